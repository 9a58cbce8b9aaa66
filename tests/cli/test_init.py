"""What `xladsl init` writes is an agreement that is in order from the first minute, and never in place of another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from xladsl import __version__
from xladsl.cli import COMMANDS, main


def xladsl(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    folder = tmp_path / "our agreement"
    assert xladsl("init", folder).exit_code == 0
    return folder


def test_it_checks_clean_and_is_built(begun: Path, tmp_path: Path) -> None:
    checked = xladsl("check", begun)
    assert (checked.exit_code, checked.output) == (0, "no findings in 1 file\n")
    built = xladsl("build", begun, "-o", tmp_path / "build", "--to", "json,html,md")
    assert built.exit_code == 0
    assert {path.suffix for path in (tmp_path / "build").iterdir()} >= {".json", ".html", ".md"}


def test_it_promises_an_experience_and_a_service_level_and_pays_for_one(begun: Path) -> None:
    text = (begun / "agreement.xladsl").read_text(encoding="utf-8")
    assert all(re.search(rf"^{kind} ", text, re.MULTILINE) for kind in ("target", "sla", "credit"))


@pytest.mark.parametrize("file", ["README.md", ".github/workflows/agreement.yml"])
def test_the_commands_it_names_exist_and_the_compiler_is_this_one(begun: Path, file: str) -> None:
    text = (begun / file).read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|run: )xladsl (\w+)", text)) <= COMMANDS.keys()
    assert re.findall(r"xladsl==(.*)\"", text) == [__version__]


def test_nothing_is_overwritten(begun: Path) -> None:
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    (begun / "agreement.xladsl").write_text("ours")
    again = xladsl("init", begun)
    assert again.exit_code == 2
    assert "Already there: " in again.output
    assert (begun / "agreement.xladsl").read_text() == "ours"
    assert all(path.read_bytes() == text for path, text in before.items() if path.name != "agreement.xladsl")


def test_one_file_in_the_way_keeps_all_from_being_written(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours")
    assert xladsl("init", tmp_path).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_a_file_instead_of_a_folder_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    refused = xladsl("init", tmp_path / "file")
    assert refused.exit_code == 2
    assert "cannot be written: " in refused.output
