"""What the README claims is so: its excerpt compiles, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.expectations import fenced
from xladsl import resources
from xladsl.cli import COMMANDS, main
from xladsl.compiler import compile_agreement
from xladsl.outputs import OUTPUTS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
BEGUN = resources.templates() / "init" / "agreement.xladsl"


def test_the_excerpt_is_from_an_agreement_that_compiles() -> None:
    agreement = BEGUN.read_text(encoding="utf-8")
    [excerpt] = [text.text for text in fenced(README) if text.language == "xladsl"]
    assert all(block.strip() in agreement for block in re.split(r"\n(?=target|credit|example)", excerpt))
    assert compile_agreement(str(BEGUN)).diagnostics == []


def test_the_finding_is_what_the_compiler_says(tmp_path: Path) -> None:
    file = tmp_path / "agreement.xladsl"
    text = BEGUN.read_text(encoding="utf-8")
    file.write_text(text.replace("at least 99.0% but below 99.5%", "at least 99.2% but below 99.5%"), encoding="utf-8")
    [finding] = [text.text.strip() for text in fenced(README) if text.language == "console"]
    assert finding in CliRunner().invoke(main, ["check", str(file)]).output


def test_each_command_is_shown_and_each_one_shown_exists() -> None:
    assert set(re.findall(r"`xladsl (\w+)", TEXT)) == COMMANDS.keys()


def test_the_options_it_names_exist() -> None:
    for command, said in re.findall(r"^\| `xladsl (\w+)` \|(.*)$", TEXT, re.MULTILINE):
        helped = CliRunner().invoke(main, [command, "--help"]).output
        assert all(option in helped for option in re.findall(r"--\w+", said)), command


def test_the_forms_it_names_are_made() -> None:
    [forms] = re.findall(r"--to ([\w,]+)", TEXT)
    assert set(forms.split(",")) <= OUTPUTS.keys()


def test_the_targets_it_names_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in makefile for target in re.findall(r"\bmake (\w+)  ", TEXT))


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXT))))
def test_its_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:xladsl|grammar|templates|agreements|docs)/[\w./-]*)`", TEXT)))
)
def test_the_files_it_names_are_there(path: str) -> None:
    assert (ROOT / path).exists() or "training" in path


def test_the_number_of_published_agreements_is_theirs() -> None:
    [number] = re.findall(r"the terms of (\d+) published agreements", TEXT)
    files = (ROOT / "agreements" / "published").glob("*.xladsl")
    assert int(number) == sum(
        re.search(r"^agreement ", file.read_text("utf-8"), re.MULTILINE) is not None for file in files
    )
