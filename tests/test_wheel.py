"""What people install is not what we develop in: the wheel must bring everything along."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import sysconfig
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: object, cwd: Path) -> str:
    finished = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, f"{command}\n{finished.stdout}\n{finished.stderr}"
    return finished.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment that holds the wheel, and of this checkout nothing."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    run(sys.executable, "-m", "venv", "--without-pip", folder / "environment", cwd=folder)
    commands = folder / "environment" / "bin"
    [wheel] = folder.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", commands / "python"]
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    # The packages that we depend on are lent, so that this needs no network. Our own checkout is not among them: it
    # is reached by a .pth file, and those count only in an environment's own folder.
    [packages] = (folder / "environment" / "lib").glob("*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"))
    return commands


def test_the_wheel_brings_its_files_along(installed: Path) -> None:
    program = (
        "import os\n"
        "from xladsl import lexicons, resources as r\n"
        "for folder in (r.grammar(), r.templates(), r.fonts(), r.catalogue(), os.path.dirname(lexicons.__file__)):\n"
        "    print(folder, *sorted(os.listdir(folder)))"
    )
    listings = run(installed / "python", "-c", program, cwd=installed).splitlines()
    for listing, wanted in zip(listings, (".lark", "fonts", ".ttf", ".xladsl", "_uk.py"), strict=True):
        assert listing.startswith(str(installed.parent)), "taken from the checkout"
        assert wanted in listing.partition(" ")[2]
    fonts = listings[2]
    assert fonts.count(".ttf") == 6
    assert fonts.count("OFL.txt") == 2


def test_an_agreement_is_built_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    agreement = ROOT / "agreements" / "digital-workplace"
    output = tmp_path / "output"
    run(installed / "xladsl", "build", agreement, "-o", output, "--to", "pdf,json,html,md", cwd=tmp_path)
    made = {path.suffix: path for path in output.rglob("*") if path.is_file()}
    assert {".pdf", ".json", ".html", ".md"} <= made.keys()
    assert made[".pdf"].read_bytes().startswith(b"%PDF")


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *(each for extra in extras if extra != "test" for each in extras[extra])]
    names = {re.split(r"[=<>~!]", requirement)[0] for requirement in declared}
    distributions = packages_distributions()
    for module in (ROOT / "xladsl").rglob("*.py"):
        for imported in imported_packages(ast.parse(module.read_text())) - sys.stdlib_module_names - {"xladsl"}:
            if (imported, module.name) != ("lark", "generate.py"):  # a developer's command
                library = imported.removeprefix("_")  # the compiled part of a library of that name
                assert names & {name.lower() for name in distributions[library]}, f"{module} imports {imported}"


def imported_packages(tree: ast.AST) -> set[str]:
    found = set()
    for statement in ast.walk(tree):
        if isinstance(statement, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom) and not statement.level and statement.module:
            found.add(statement.module.partition(".")[0])
    return found
