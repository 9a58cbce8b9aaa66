"""A Word document read back: its paragraphs with what was changed in them, by whom, and what was remarked.

Nothing of it is obeyed: fields are not worked out, links are not followed, macros are not run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .assembling import carried_in
from .markup import tag, value
from .oddities import (
    ELSEWHERE,
    FALLBACK,
    HIDDEN,
    Oddity,
    fetched,
    is_foreign,
    is_number_like,
    look_of_run,
    looks,
    sights,
    words_across_pages,
    words_of_counters,
)
from .package import DOCUMENT, UnreadableDocumentError, has_macros, opened, relations, tree
from .styles import Styles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

COME = {tag("ins"): "ins", tag("moveTo"): "ins"}
GO = {tag("del"): "del", tag("moveFrom"): "del"}
CHANGES = COME | GO
PASSING, SETTLED = "passing", "settled"
"""What came and went again, and what went before the document was sent; neither stands in any version of it."""

SIGNS = {tag("tab"): "\t", tag("br"): "\n", tag("cr"): "\n", tag("noBreakHyphen"): "-", tag("softHyphen"): ""}
REFERENCE = re.compile(r"^\s*REF\s+(\w+)")
MOST_PARAGRAPHS = 50_000
"""A contract of fifty pages has two thousand."""

PAGE_AT_THE_END = re.compile(r"\t\d+$")
"""What Word adds to an entry of the contents when it makes them anew."""


class Piece(NamedTuple):
    """Words that were changed alike: `ins`, `del`, one of those that stand nowhere, or nothing; by whom and when."""

    words: str
    change: str = ""
    author: str = ""
    day: str = ""


class Paragraph(NamedTuple):
    """A paragraph with the bookmarks in it; `end` is the change of its end, `row` that of the row it stands in.

    `level` says of a heading whether it is one of a section (1) or of a clause (2).
    """

    marks: tuple[str, ...]
    pieces: tuple[Piece, ...]
    end: Piece
    row: Piece
    cell: int
    """Which cell of a table it stands in, counted through the document; 0 outside of tables."""
    level: int = 0
    row_number: int = 0
    """Which row of a table, counted likewise."""


class Comment(NamedTuple):
    """A remark, with the words that it is about, and the position of the paragraph they begin in."""

    author: str
    day: str
    words: str
    about: str
    paragraph: int


class Returned(NamedTuple):
    """What came back.

    `frame` are the words of heads, feet, notes and counters, without what was tracked in them, and `asked` with that;
    `carried` the files that travelled inside.
    """

    paragraphs: list[Paragraph]
    comments: list[Comment]
    oddities: list[Oddity]
    frame: list[str]
    asked: list[str]
    carried: dict[str, bytes]
    macros: bool


def read(content: bytes, numbers: Mapping[str, str] | None = None, *, ours: str = "") -> Returned:
    """Read a document; `numbers` says what references to bookmarks show, whatever they show now.

    `ours` is in whose name the changes were tracked with which it was sent. These are taken as made: what somebody else
    tracked under that name is then seen as a change without tracking. Raises UnreadableDocumentError.
    """
    parts = opened(content)
    body = tree(parts[DOCUMENT]).find(tag("body"))
    if body is None:
        raise UnreadableDocumentError("It has no text. Save it as .docx once more.")
    styles = tree(parts[STYLES]) if STYLES in parts else None
    reader = Reader(numbers or {}, looks(styles), ours, levels(styles))
    found = list(paragraphs_of(body))
    if len(found) > MOST_PARAGRAPHS:
        raise UnreadableDocumentError(
            f"It has {len(found):,} paragraphs; no contract has more than {MOST_PARAGRAPHS:,}."
        )
    paragraphs = [reader.paragraph(each) for each in found]
    return Returned(
        paragraphs,
        reader.comments(parts.get("word/comments.xml")),
        sorted([*reader.oddities, *sights(body), *fetched(parts)], key=lambda oddity: oddity.paragraph),
        list(frame_of(parts, left_out=COME)),
        list(frame_of(parts, left_out=GO)),
        carried_in(parts),
        has_macros(parts),
    )


def levels(styles: Any) -> dict[str, int]:
    """The styles of headings, by the identifiers that they have in a document, and the level of each."""
    named = {} if styles is None else Styles(styles).named
    return {named[f"heading {level}"]: level for level in (1, 2) if f"heading {level}" in named}


FRAME = re.compile(r"word/\w*(header|footer|footnotes|endnotes)\w*\.xml$")
AROUND = ("header", "footer", "footnotes", "endnotes")
STYLES, COUNTERS = "word/styles.xml", "word/numbering.xml"


def frame_of(parts: Mapping[str, bytes], left_out: Collection[str]) -> Iterator[str]:
    """What stands around the text: heads, feet, notes, marks across the page, and words that counters add.

    The words of tracked changes that are `left_out` are not among them.
    """
    related = {target for kind, target, _ in relations(parts, DOCUMENT) if kind in AROUND}
    for name in sorted(parts):
        if FRAME.match(name) or name in related:
            part = tree(parts[name])
            yield from filter(None, (words_in(part, left_out), *words_across_pages(part)))
        elif name == COUNTERS:
            yield from words_of_counters(tree(parts[name]))


def numbers_shown(content: bytes, *, ours: str = "") -> dict[str, str]:
    """What each bookmark is cited by in a document that we made, with the changes that are ours."""
    root = tree(opened(content)[DOCUMENT])
    reader = Reader({}, {}, ours, {})
    for paragraph in paragraphs_of(root):
        reader.paragraph(paragraph)
    return reader.cited


def paragraphs_of(root: Any) -> Iterator[Any]:
    """The paragraphs in order, those in boxes too; what only older programs would show stands there twice."""
    for paragraph in root.iter(tag("p")):
        if not any(each.tag == FALLBACK for each in paragraph.iterancestors()):
            yield paragraph


class Reader:
    """Goes through the paragraphs in order, for fields and remarks may begin in one and end in another."""

    def __init__(
        self, numbers: Mapping[str, str], styles: dict[str, str], ours: str, levels: Mapping[str, int]
    ) -> None:
        self.numbers = numbers
        self.styles = styles
        self.ours = ours
        self.levels = levels
        self.cited: dict[str, str] = {}
        self.fields: list[Field] = []
        self.cells: dict[Any, int] = {}
        self.rows: dict[Any, int] = {}
        self.position = -1
        self.open: dict[str, tuple[int, list[str]]] = {}
        self.remarked: dict[str, tuple[int, str]] = {}
        self.oddities: list[Oddity] = []

    def paragraph(self, element: Any) -> Paragraph:
        self.position += 1
        marks: list[str] = []
        around = self.change_around(element)
        pieces = joined(self.pieces(element, around, marks))
        if any(field.instruction.strip().startswith("TOC") for field in self.fields):
            pieces = [*pieces[:-1], *(each._replace(words=PAGE_AT_THE_END.sub("", each.words)) for each in pieces[-1:])]
        cell = next(element.iterancestors(tag("tc")), None)
        row = next(element.iterancestors(tag("tr")), None)
        number = 0 if cell is None else self.cells.setdefault(cell, len(self.cells) + 1)
        end = self.change_in(element.find(f"{tag('pPr')}/{tag('rPr')}"), around)
        of_row = self.change_in(None if row is None else row.find(tag("trPr")), Piece(""))
        level = self.levels.get(value(element.find(f"{tag('pPr')}/{tag('pStyle')}")), 0)
        row_number = 0 if row is None else self.rows.setdefault(row, len(self.rows) + 1)
        return Paragraph(tuple(marks), tuple(pieces), end, of_row, number, level, row_number)

    def pieces(self, element: Any, change: Piece, marks: list[str]) -> Iterator[Piece]:
        for child in element:
            if child.tag == tag("bookmarkStart"):
                marks.append(value(child, "name"))
            elif child.tag in (tag("commentRangeStart"), tag("commentRangeEnd"), tag("commentReference")):
                self.remark(child)
            elif child.tag in CHANGES:
                yield from self.pieces(child, self.changed(child, change), marks)
            elif child.tag == tag("r"):
                yield from self.run(child, change)
            elif child.tag == tag("fldSimple"):
                self.fields.append(Field(value(child, "instr"), shown=True))
                yield from self.pieces(child, change, marks)
                yield from self.closed(change)
            elif child.tag not in (tag("pPr"), FALLBACK):
                yield from self.pieces(child, change, marks)

    def run(self, element: Any, change: Piece) -> Iterator[Piece]:
        kind = look_of_run(element, self.styles)
        words = "".join(child.text or "" for child in element if child.tag in (tag("t"), tag("delText")))
        if kind and words.strip():
            self.oddities.append(Oddity(kind, words, self.position))
        if kind == HIDDEN:
            return
        for child in element:
            if child.tag == tag("fldChar"):
                yield from self.field(value(child, "fldCharType"), change)
            elif child.tag in (tag("instrText"), tag("delInstrText")):
                if self.fields:
                    self.fields[-1].instruction += child.text or ""
            elif child.tag in (tag("t"), tag("delText")):
                yield from self.said(change._replace(words=child.text or ""))
            elif child.tag in SIGNS and value(child, "type") in ("", "textWrapping"):
                yield from self.said(change._replace(words=SIGNS[child.tag]))
            elif child.tag == tag("commentReference"):
                self.remark(child)

    def field(self, kind: str, change: Piece) -> Iterator[Piece]:
        if kind == "begin":
            self.fields.append(Field(""))
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
        elif kind == "end" and self.fields:
            yield from self.closed(change)

    def closed(self, change: Piece) -> Iterator[Piece]:
        """The end of a field; one that shows a number shows it now, as paper has it."""
        if not self.fields:
            return  # one ended inside another that had not begun in it
        field = self.fields.pop()
        in_contents = any(each.instruction.strip().startswith("TOC") for each in self.fields)
        elsewhere = bool(self.numbers) and field.target != "" and field.target not in self.numbers
        if elsewhere or is_foreign(field.instruction, in_contents=in_contents):
            self.oddities.append(Oddity(ELSEWHERE, field.instruction, self.position))
        if target := field.target:
            if change.change != SETTLED:
                self.cited.setdefault(target, field.result)
            number = self.numbers.get(target, field.result)
            shown = number if is_number_like(field.result, number) else field.result
            yield from self.said(change._replace(words=shown))

    def said(self, piece: Piece) -> Iterator[Piece]:
        """Words, unless they are what a reference to a number shows, or the instruction of a field."""
        for field in reversed(self.fields):
            if not field.shown:
                return
            if field.target:
                field.result += piece.words
                return
        for _, words in self.open.values():
            words.append(piece.words)
        yield piece

    # Changes

    def changed(self, element: Any, around: Piece) -> Piece:
        """A change, inside another perhaps: what one put in and the next took out was never there, nor will it be."""
        kind = CHANGES[element.tag]
        who, when = who_and_when(element)
        if self.ours and who == self.ours:
            return around if kind == "ins" or around.change == SETTLED else Piece("", SETTLED)
        nested = around.change if around.change == SETTLED else PASSING if around.change not in ("", kind) else kind
        return Piece("", nested, who, when)

    def change_around(self, paragraph: Any) -> Piece:
        """The change of the drawing in which a paragraph stands."""
        found = Piece("")
        for each in reversed(list(paragraph.iterancestors(*CHANGES))):
            found = self.changed(each, found)
        return found

    def change_in(self, properties: Any, around: Piece) -> Piece:
        """The change of a whole: of the end of a paragraph, or of a row."""
        if properties is None:
            return around
        found = [self.changed(each, around) for each in properties if each.tag in CHANGES]
        if any(each.change == SETTLED for each in found):
            return Piece("", SETTLED)
        found = [each for each in found if each.change]
        if len({each.change for each in found}) > 1:
            return found[-1]._replace(change=PASSING)
        return found[0] if found else around

    # Remarks

    def remark(self, element: Any) -> None:
        identifier = value(element, "id")
        if element.tag == tag("commentRangeStart"):
            self.open[identifier] = (self.position, [])
        elif element.tag == tag("commentRangeEnd") and identifier in self.open:
            position, words = self.open.pop(identifier)
            self.remarked[identifier] = (position, "".join(words))
        else:
            self.remarked.setdefault(identifier, (self.position, ""))

    def comments(self, part: bytes | None) -> list[Comment]:
        if part is None:
            return []
        found = []
        for comment in tree(part).iter(tag("comment")):
            position, about = self.remarked.get(value(comment, "id"), (0, ""))
            found.append(Comment(*who_and_when(comment), words_in(comment, GO), about, position))
        return sorted(found, key=lambda comment: comment.paragraph)


class Field:
    """A field that has begun and not ended: what it asks for, and whether its result comes now."""

    def __init__(self, instruction: str, *, shown: bool = False) -> None:
        self.instruction = instruction
        self.shown = shown
        self.result = ""

    @property
    def target(self) -> str:
        """The bookmark whose number it shows."""
        found = REFERENCE.match(self.instruction)
        return found[1] if found else ""


def who_and_when(element: Any) -> tuple[str, str]:
    """On one line, for whoever wrote it may have called themselves anything."""
    return " ".join(value(element, "author").split()), " ".join(value(element, "date").split())[:10]


def joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Pieces that were changed alike as one."""
    made: list[Piece] = []
    for piece in pieces:
        if made and made[-1]._replace(words="") == piece._replace(words=""):
            made[-1] = piece._replace(words=made[-1].words + piece.words)
        elif piece.words:
            made.append(piece)
    return made


def words_in(root: Any, left_out: Collection[str]) -> str:
    """All words of a part, without the results of its fields: pages and sections differ from program to program."""
    lines = []
    for paragraph in paragraphs_of(root):
        words, depth = "", 0
        for each in paragraph.iter(*map(tag, ("fldChar", "t", "delText", "tab", "br"))):
            if each.tag == tag("fldChar"):
                depth += {"begin": 1, "end": -1}.get(value(each, "fldCharType"), 0)
            elif not depth and each.getparent().tag == tag("r") and next(each.iterancestors(*left_out), None) is None:
                words += SIGNS.get(each.tag, each.text or "")
        lines.append(" ".join(words.split()))
    return "\n".join(filter(None, lines))
