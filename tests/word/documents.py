"""What a Word document says, as Word would show it, and after all its changes are accepted or rejected."""

from __future__ import annotations

import re
import zipfile
from copy import deepcopy
from io import BytesIO
from typing import Any, NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COME = {f"{W}ins", f"{W}moveTo"}
GO = {f"{W}del", f"{W}moveFrom"}
RANGES = {f"{W}{kind}Range{end}" for kind in ("moveFrom", "moveTo") for end in ("Start", "End")}


class Line(NamedTuple):
    """A paragraph: its style, the number that Word counts, and its words."""

    style: str
    number: str
    words: str


def part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def accepted(content: bytes) -> Any:
    return resolved(part(content, "word/document.xml"), come=COME, go=GO)


def rejected(content: bytes) -> Any:
    return resolved(part(content, "word/document.xml"), come=GO, go=COME)


def resolved(root: Any, come: set[str], go: set[str]) -> Any:
    """A document with its changes resolved, as the standard says what each of them means."""
    root = deepcopy(root)
    for mark in [each for each in root.iter() if each.tag in RANGES]:
        mark.getparent().remove(mark)
    for row in list(root.iter(f"{W}tr")):
        properties = row.find(f"{W}trPr")
        if properties is not None and any(each.tag in go for each in properties):
            row.getparent().remove(row)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            table.getparent().remove(table)
    for run in [each for each in root.iter() if each.tag in go and each.getparent().tag not in (f"{W}rPr", f"{W}trPr")]:
        run.getparent().remove(run)
    for paragraph in list(root.iter(f"{W}p")):
        marks = paragraph.find(f"{W}pPr/{W}rPr")
        if marks is not None and any(each.tag in go for each in marks):
            into_the_next(paragraph)
    for change in [
        each for each in root.iter() if each.tag in come and each.getparent().tag not in (f"{W}rPr", f"{W}trPr")
    ]:
        parent = change.getparent()
        at = parent.index(change)
        for child in reversed(list(change)):
            parent.insert(at, child)
        parent.remove(change)
    return root


def into_the_next(paragraph: Any) -> None:
    """A paragraph whose end is gone: what is left of it begins the next one."""
    left = [each for each in paragraph if each.tag != f"{W}pPr"]
    following = paragraph.getnext()
    if following is not None and following.tag == f"{W}p":
        start = 1 if following.find(f"{W}pPr") is not None else 0
        for position, each in enumerate(left):
            following.insert(start + position, each)
        left = []
    assert not "".join(words_of(each) for each in left), "words would be lost with the end of their paragraph"
    paragraph.getparent().remove(paragraph)


def lines(root: Any, numbering: Any, styles: Any = None) -> list[Line]:
    """The paragraphs that say something, in order; `styles` count too."""
    counted = Counting(numbering, styles)
    found = []
    for paragraph in root.iter(f"{W}p"):
        number = counted.number(paragraph)
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        words = re.sub(r" *([ \t\n]) *", r"\1", words_of(paragraph)).strip(" ")  # blanks beside a change stay with it
        if not number and not said_in_contents(style):
            number, _, words = words.rpartition("\t")  # one that Word could not count is written out
        if words or number:
            found.append(Line(style.get(f"{W}val") if style is not None else "", number, words))
    return found


def said_in_contents(style: Any) -> bool:
    return style is not None and style.get(f"{W}val") == "TOC1"


def words_of(element: Any) -> str:
    said = ""
    for part in element.iter(f"{W}t", f"{W}delText", f"{W}tab", f"{W}br"):
        if part.getparent().tag == f"{W}r":
            said += {f"{W}tab": "\t", f"{W}br": "\n"}.get(part.tag, part.text or "")
    return said


class Counting:
    """Counts as Word does, by `numbering.xml` alone."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self.styles = {
            each.get(f"{W}styleId"): each.find(f"{W}pPr/{W}numPr")
            for each in (styles.iter(f"{W}style") if styles is not None else ())
        }
        kinds = {kind.get(f"{W}abstractNumId"): kind for kind in numbering.iter(f"{W}abstractNum")}
        self.lists = {
            each.get(f"{W}numId"): kinds[each.find(f"{W}abstractNumId").get(f"{W}val")]
            for each in numbering.iter(f"{W}num")
        }
        self.counts: dict[tuple[int, int], int] = {}

    def number(self, paragraph: Any) -> str:
        said = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if said is None and style is not None:
            said = self.styles.get(style.get(f"{W}val"))
        if said is None or said.find(f"{W}numId").get(f"{W}val") == "0":
            return ""
        kind = self.lists[said.find(f"{W}numId").get(f"{W}val")]
        level = int(said.find(f"{W}ilvl").get(f"{W}val"))
        key = int(kind.get(f"{W}abstractNumId"))
        self.counts[key, level] = self.counts.get((key, level), 0) + 1
        self.counts.pop((key, level + 1), None)
        levels = {int(each.get(f"{W}ilvl")): each for each in kind.iter(f"{W}lvl")}
        shown = levels[level].find(f"{W}lvlText").get(f"{W}val")
        for each in range(level + 1):
            form = levels[each].find(f"{W}numFmt").get(f"{W}val")
            shown = shown.replace(f"%{each + 1}", figure(self.counts.get((key, each), 1), form))
        return shown


def figure(count: int, form: str) -> str:
    if form == "decimal":
        return str(count)
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[count - 1]
    return {"upperLetter": letter, "lowerLetter": letter.lower()}[form]
