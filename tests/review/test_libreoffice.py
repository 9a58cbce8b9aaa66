"""A document that LibreOffice saved once more says what it said, and what was changed in it is told all the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.review.editing import Edited
from tests.review.test_comparison import newer, older
from tests.review.test_review import base, compiled, sent
from xladsl.compiler import Compiled
from xladsl.outputs import PLAIN
from xladsl.review import review
from xladsl.review.base import base_of

__all__ = ["newer"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice"),
]


def saved_again(content: bytes, folder: Path, *, by_way_of: str = "") -> bytes:
    path = folder / "sent.docx"
    path.write_bytes(content)
    for form in filter(None, (by_way_of, "docx:MS Word 2007 XML")):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder / "again"), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        path = folder / "again" / f"sent.{form.partition(':')[0]}"
    return path.read_bytes()


@pytest.mark.parametrize("by_way_of", ["", "odt"])
def test_a_contract(tmp_path: Path, by_way_of: str) -> None:
    again = saved_again(sent(), tmp_path, by_way_of=by_way_of)
    assert not any(review(compiled(), base(), base().read(again))[1:])


def test_changes_in_a_contract(tmp_path: Path) -> None:
    edited = Edited(sent()).tracked("fifty or more", "sixty or more").silently("for five years", "for six years")
    changed = review(compiled(), base(), base().read(saved_again(edited.content(), tmp_path)))
    assert [(edit.span.text, edit.words) for edit in changed.edits] == [("fifty", "sixty")]
    assert ["six years" in change.after for change in changed.silent] == [True]
    [asked] = changed.settled
    assert asked.who == ("Anna Lund, 2026-05-04",)


def test_a_comparison(tmp_path: Path, newer: Compiled) -> None:
    assert newer.readable is not None
    sent_comparison = base_of(newer.readable, "parties", PLAIN, older().readable)
    again = saved_again(sent_comparison.content, tmp_path)
    assert not any(review(newer, sent_comparison, sent_comparison.read(again))[1:])
