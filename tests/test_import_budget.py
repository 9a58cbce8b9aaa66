"""People run a command many times an hour: it loads what it needs, and nothing heavy besides."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

AGREEMENT = Path(__file__).parents[1] / "templates" / "init" / "agreement.xladsl"

HEAVY = {
    *("lark", "jinja2", "markupsafe", "weasyprint", "pydyf", "fontTools", "PIL", "markdownify", "bs4", "holidays"),
    *("babel", "jsonschema", "hypothesis", "duckdb", "polars", "pandas", "numpy", "rich", "pygls", "lsprotocol"),
    *("asyncio", "socket", "ssl", "email", "http", "logging", "importlib.metadata", "multiprocessing", "difflib"),
}
"""The paper engine, what makes documents, whatever answers queries or speaks a protocol, and slow standard modules."""

NOT_FOR_CHECKING = {"json", "pathlib", "tempfile", "zoneinfo", "dataclasses", "xladsl.outputs"}
"""Small, and still more than a millisecond each that a clean check can do without."""


def loaded_by(*arguments: object) -> set[str]:
    program = "import sys; from xladsl.cli import main; main(sys.argv[1:], standalone_mode=False)"
    told = "import atexit, sys; atexit.register(lambda: print('\\n', *sys.modules))"
    finished = subprocess.run(
        [sys.executable, "-c", f"{told}; {program}", *map(str, arguments)], capture_output=True, text=True, check=True
    )
    return set(finished.stdout.splitlines()[-1].split())


@pytest.fixture(scope="module")
def of_python_itself() -> set[str]:
    """What an environment loads at start for reasons of its own, such as the hooks of editable installations."""
    finished = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(finished.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        (["--version"], HEAVY | NOT_FOR_CHECKING | {"xladsl.compiler"}),
        (["--help"], HEAVY | NOT_FOR_CHECKING | {"xladsl.compiler"}),
        (["check", "--help"], HEAVY | NOT_FOR_CHECKING),
        (["check", AGREEMENT], HEAVY | {"json", "xladsl.reports.machine", "xladsl.syntax.recovery"}),
    ],
    ids=["--version", "--help", "check --help", "check"],
)
def test_a_command_loads_nothing_heavy(arguments: list[object], refused: set[str], of_python_itself: set[str]) -> None:
    assert (loaded_by(*arguments) - of_python_itself) & refused == set()


def test_only_examples_are_worked_out(tmp_path: Path, of_python_itself: set[str]) -> None:
    plain = tmp_path / "agreement.xladsl"
    plain.write_text(re.sub(r"(?ms)^example .*?^}$", "", AGREEMENT.read_text(encoding="utf-8")), encoding="utf-8")
    refused = HEAVY | NOT_FOR_CHECKING | {"xladsl.evaluation.examples.working_out", "xladsl.reports.machine"}
    assert (loaded_by("check", plain) - of_python_itself) & refused == set()


def test_paper_is_loaded_for_paper_alone(tmp_path: Path) -> None:
    loaded = loaded_by("build", AGREEMENT, "-o", tmp_path, "--to", "json")
    assert loaded & {"lark", "weasyprint", "jinja2", "jsonschema", "markdownify", "asyncio"} == set()
