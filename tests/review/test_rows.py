"""A row of a table that came or went is a line of the text that comes or goes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from tests.review.editing import Edited
from tests.review.test_review import edits, found, sent
from tests.word.documents import W

SAID = {f"{W}author": "Anna Lund", f"{W}date": "2026-05-04T10:00:00Z"}


def row(edited: Edited, words: str) -> Any:
    return next(edited.paragraph(words).iterancestors(f"{W}tr"))


def tracked(edited: Edited, made: Any, change: str) -> None:
    properties = made.find(f"{W}trPr")
    if properties is None:
        properties = etree.Element(f"{W}trPr")
        made.insert(0, properties)
    etree.SubElement(properties, f"{W}{change}", {f"{W}id": edited.next(), **SAID})


def added(edited: Edited, behind: str, *cells: str) -> Edited:
    model = row(edited, behind)
    made = deepcopy(model)
    for mark in list(made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)
    for words, cell in zip(made.iter(f"{W}t"), cells, strict=True):
        words.text = cell
    tracked(edited, made, "ins")
    model.addnext(made)
    return edited


def test_a_row_that_went() -> None:
    edited = Edited(sent())
    tracked(edited, row(edited, "at least 99.0% but"), "del")
    changed = found(edited)
    assert edits(changed) == [("  | at least 99.0% but below 99.5% |     5% |\n", "")]
    assert not changed.open
    assert all(change.who == ("Anna Lund, 2026-05-04",) for change in changed.settled)


def test_a_row_that_came_is_laid_out_as_the_one_before_it() -> None:
    changed = found(added(Edited(sent()), "below 99.0%", "below 95.0%", "25%"))
    assert edits(changed) == [("", "  | below 95.0%                    |    25% |\n")]
    assert not changed.open
    assert changed.findings, "two rows pay for the same value now, and the rules say so"


def test_a_row_that_cannot_be_written_so_is_for_people() -> None:
    changed = found(added(Edited(sent()), "below 99.0%", "in bad months", "25%"))
    assert not changed.edits
    assert [change.after for change in changed.open] == ["in bad months", "25%"]


def test_a_row_of_the_compiler_is_for_people() -> None:
    edited = Edited(sent())
    tracked(edited, row(edited, "within 30 days of the end"), "del")
    assert not found(edited).edits


def test_a_row_that_lost_a_cell_is_no_row_that_went() -> None:
    edited = Edited(sent())
    for words in row(edited, "at least 99.0% but").findall(f"{W}tc")[1].iter(f"{W}t"):
        words.text = ""
    assert not found(edited, untracked=True).edits
