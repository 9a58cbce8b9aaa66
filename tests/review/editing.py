"""What people do to a Word document before they send it back."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from tests.word.documents import W, words_of
from xladsl.word.package import opened, packed, tree, written

TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


class Edited:
    """A document in the hands of the other side, who look for words `behind` some others, such as a heading."""

    def __init__(self, content: bytes, behind: str = "") -> None:
        self.behind = behind
        self.parts = opened(content)
        self.root = tree(self.parts["word/document.xml"])
        self.remarks: list[Any] = []
        self.last = 90_000

    def content(self) -> bytes:
        parts = self.parts | {"word/document.xml": written(self.root)}
        if self.remarks:
            comments = etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
            comments.extend(self.remarks)
            parts["word/comments.xml"] = written(comments)
        return packed(parts)

    def paragraph(self, words: str) -> Any:
        every = list(self.root.iter(f"{W}p"))
        start = next(at for at, each in enumerate(every) if self.behind in plain(words_of(each)))
        found = [each for each in every[start:] if words in plain(words_of(each))]
        assert found, f"nothing says {words!r}"
        return found[0]

    def tracked(self, old: str, new: str, author: str = "Anna Lund", day: str = "2026-05-04") -> Edited:
        """Type `new` for `old` with tracking on."""
        first, last = self.isolated(old)
        said = {f"{W}author": author, f"{W}date": f"{day}T10:00:00Z"}
        parent = first.getparent()
        at = parent.index(first)
        runs = list(parent)[at : parent.index(last) + 1]
        gone = etree.Element(f"{W}del", {f"{W}id": self.next(), **said})
        parent.insert(at, gone)
        for run in runs:
            for words in run.iter(f"{W}t"):
                words.tag = f"{W}delText"
            gone.append(run)
        if new:
            come = etree.Element(f"{W}ins", {f"{W}id": self.next(), **said})
            come.append(run_of(new))
            parent.insert(at + 1, come)
        return self

    def silently(self, old: str, new: str) -> Edited:
        """Type `new` for `old` with tracking off."""
        first, last = self.isolated(old)
        parent = first.getparent()
        at = parent.index(first)
        for run in list(parent)[at : parent.index(last) + 1]:
            parent.remove(run)
        if new:
            parent.insert(at, run_of(new))
        return self

    def added_after(self, words: str, new: str, author: str = "Anna Lund", like: str = "") -> Edited:
        """A new paragraph behind the one that says some words, tracked: its own end came with it.

        It looks as that one does, or as the one that says what it is to be `like`.
        """
        paragraph = self.paragraph(words)
        said = {f"{W}id": self.next(), f"{W}author": author, f"{W}date": "2026-05-04T10:00:00Z"}
        made = etree.Element(f"{W}p")
        properties = deepcopy(self.paragraph(like or words).find(f"{W}pPr"))
        for old in properties.findall(f"{W}rPr"):
            properties.remove(old)
        marks = etree.SubElement(properties, f"{W}rPr")
        etree.SubElement(marks, f"{W}ins", said)
        made.append(properties)
        come = etree.SubElement(made, f"{W}ins", {**said, f"{W}id": self.next()})
        come.append(run_of(new))
        paragraph.addnext(made)
        return self

    def commented(self, about: str, words: str, author: str = "Anna Lund", day: str = "2026-05-04") -> Edited:
        first, last = self.isolated(about)
        number = str(len(self.remarks))
        first.addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": number}))
        end = etree.Element(f"{W}commentRangeEnd", {f"{W}id": number})
        last.addnext(end)
        reference = etree.Element(f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": number})
        end.addnext(reference)
        remark = etree.Element(
            f"{W}comment", {f"{W}id": number, f"{W}author": author, f"{W}date": f"{day}T09:00:00Z", f"{W}initials": "A"}
        )
        etree.SubElement(remark, f"{W}p").append(run_of(words))
        self.remarks.append(remark)
        return self

    def isolated(self, words: str) -> tuple[Any, Any]:
        """The first and the last run of some words, which are made runs of their own."""
        paragraph = self.paragraph(words)
        runs = [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]
        said = plain("".join(run.find(f"{W}t").text or "" for run in runs))
        start = said.index(words)
        end, at = start + len(words), 0
        inside = []
        for run in runs:
            text = run.find(f"{W}t").text or ""
            cut = [max(0, min(len(text), edge - at)) for edge in (start, end)]
            at += len(text)
            if cut[0] == cut[1]:
                continue
            for before, keep in ((text[: cut[0]], True), (text[cut[1] :], False)):
                if before:
                    other = deepcopy(run)
                    other.find(f"{W}t").text = before
                    (run.addprevious if keep else run.addnext)(other)
            run.find(f"{W}t").text = text[cut[0] : cut[1]]
            inside.append(run)
        return inside[0], inside[-1]

    def next(self) -> str:
        self.last += 1
        return str(self.last)


def plain(words: str) -> str:
    """Words with blanks that break, as people type them."""
    return words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def run_of(words: str) -> Any:
    run = etree.Element(f"{W}r")
    text = etree.SubElement(run, f"{W}t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run
