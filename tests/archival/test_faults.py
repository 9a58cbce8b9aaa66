"""What cannot be set stops the build, and the message says in which clause it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tests.archival.texts import BEGUN
from xladsl.cli import main

if TYPE_CHECKING:
    from pathlib import Path

FACE = "\U0001f600"


def refused(folder: Path, text: str, *more: str) -> str:
    (folder / "agreement.xladsl").write_text(text, encoding="utf-8")
    command = ["build", str(folder / "agreement.xladsl"), "-o", str(folder), "--to", "pdf", *more]
    built = CliRunner().invoke(main, command)
    assert built.exit_code == 1, built.output
    assert not list(folder.glob("*.pdf"))
    return built.output


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        (
            "Example Services A/S",
            "clause 1.1 (`provider_company`)",
        ),  # the name of a party, which stands on the cover too
        ("I am back at work without chasing anyone.", "clause 2.1 (`effortless_help`)"),  # a sentence
        ("very difficult", "clause C.1 (`ease`)"),  # a cell of a table
        ("Chief Executive Officer", "clause "),  # a signature block
        ("five hours down in May", "clause "),  # a heading
    ],
)
def test_a_letter_that_no_font_has(tmp_path: Path, words: str, clause: str) -> None:
    told = refused(tmp_path, BEGUN.replace(words, words + FACE, 1))
    assert "U+1F600 (GRINNING FACE)" in told
    assert f"in: {clause}" in told
    assert f"{words[-10:]}{FACE}" in told
    assert "write: Write another character, or the word for it." in told


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (".clause { font-family: Futura; }", "asks for the font `Futura`"),
        (".clause { background: url(https://example.org/a.png); }", "may not load `https://example.org/a.png`"),
        (".clause { blink: yes; }", "The typesetter warns"),
    ],
)
def test_what_a_house_style_asks_for_in_vain(tmp_path: Path, style: str, said: str) -> None:
    house = tmp_path / "house"
    house.mkdir()
    (house / "contract.css").write_text(style, encoding="utf-8")
    told = refused(tmp_path, BEGUN, "--templates", str(house))
    assert said in told
