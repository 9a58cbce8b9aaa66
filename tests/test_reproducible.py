"""The same text makes the same bytes: in any folder, on any day, in any zone, whatever the run.

What one party built and signed, the other one builds again and compares.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLAGSHIP = ROOT / "agreements" / "digital-workplace"
FORMS = "pdf,json,html,md,docx"

ELSEWHERE = """
import os, sys, time
moment = float(sys.argv.pop(1))
time.time = lambda: moment
time.time_ns = lambda: int(moment * 1e9)
from xladsl.cli import main
main()
"""
"""The command on another day: what asks the clock gets the moment that is given first."""


def built(
    agreement: Path, into: Path, *, seed: str, zone: str, moment: str, language: str, text: str = FORMS
) -> dict[str, str]:
    """The digests of what is built of an agreement in such surroundings."""
    surroundings = {
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LC_ALL": language,
        "SOURCE_DATE_EPOCH": moment,
        "HOME": str(into),
    }
    into.mkdir()
    subprocess.run(
        [sys.executable, "-c", ELSEWHERE, moment, "build", str(agreement), "-o", str(into / "output"), "--to", text],
        cwd=into,
        env={**os.environ, **surroundings, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    documents = [path for path in sorted((into / "output").iterdir()) if not path.name.startswith(".")]
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in documents}


def test_the_same_text_makes_the_same_bytes_anywhere(tmp_path: Path) -> None:
    agreement, elsewhere = tmp_path / "agreement", tmp_path / "another folder" / "with the agreement"
    shutil.copytree(FLAGSHIP, agreement)
    shutil.copytree(FLAGSHIP, elsewhere)
    here = built(agreement, tmp_path / "1", seed="1", zone="UTC", moment="1767225600", language="C.UTF-8")
    there = built(elsewhere, tmp_path / "2", seed="2", zone="Asia/Tokyo", moment="4102444800", language="C")
    assert {Path(name).suffix for name in here} == {".pdf", ".json", ".html", ".md", ".docx"}
    assert here == there


def test_line_ends_of_another_system_make_the_same_specification(tmp_path: Path) -> None:
    """What git puts into a working copy is not what the parties agreed on."""
    windows = tmp_path / "windows"
    shutil.copytree(FLAGSHIP, windows)
    for file in windows.rglob("*.xladsl"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    usual = {"zone": "UTC", "moment": "1767225600", "language": "C.UTF-8", "text": "json,html,md"}
    assert built(FLAGSHIP, tmp_path / "1", seed="1", **usual) == built(windows, tmp_path / "2", seed="1", **usual)


def test_another_word_makes_other_bytes(tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(FLAGSHIP, changed)
    file = changed / "services.xladsl"
    file.write_text(file.read_text(encoding="utf-8").replace("Self-service", "Selfservice", 1), encoding="utf-8")
    usual = {"zone": "UTC", "moment": "1767225600", "language": "C.UTF-8", "text": "json,html,md"}
    before, after = (built(of, tmp_path / name, seed="1", **usual) for of, name in ((FLAGSHIP, "1"), (changed, "2")))
    assert file.read_bytes() != (FLAGSHIP / "services.xladsl").read_bytes()
    assert all(before[name] != after[name] for name in before)


CLOCKS = {"time", "now", "today", "utcnow", "monotonic", "localtime", "gmtime"}
CHANCE = {"random", "secrets", "uuid"}
SURROUNDINGS = {"environ", "getenv", "getlogin", "gethostname", "getcwd", "expanduser"}


@pytest.mark.parametrize(
    "module",
    [path for path in sorted((ROOT / "xladsl").rglob("*.py")) if "cli" not in path.relative_to(ROOT).parts],
    ids=lambda path: str(path.relative_to(ROOT / "xladsl")),
)
def test_no_module_below_the_commands_asks_the_clock_or_chance_or_its_surroundings(module: Path) -> None:
    asked = {f"{told.value.id}.{told.attr}" for told in attributes(module) if isinstance(told.value, ast.Name)}
    modules = {"time", "datetime", "date", "os", "locale", "socket"}
    forbidden = {f"{owner}.{name}" for owner in modules for name in CLOCKS | SURROUNDINGS} - {"datetime.time"}
    assert asked & forbidden <= ALLOWED.get(module.name, set())
    assert imported(module) & CHANCE == set()


ALLOWED: dict[str, set[str]] = {"machine.py": {"os.environ"}}
"""The PDF engine is told by a variable where the fonts are; no variable is read."""


def attributes(module: Path) -> list[ast.Attribute]:
    return [node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)]


def imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    direct = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return direct | {
        node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level
    }
