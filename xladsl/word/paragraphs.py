"""One paragraph of the document: its style, its number, the places that it marks, and whether it comes or goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bs4.element import Tag

from .anchors import numbered
from .inline import (
    DELETED,
    INLINE,
    INSERTED,
    Look,
    Targets,
    Words,
    classes,
    looked,
    number_and_tab,
    words_of,
    words_without,
)
from .markup import w
from .moves import Move, Moves
from .numbering import Counter
from .tables import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .runs import Runs

CLAUSE_INDENT = 680
SCHEDULE_INDENT = 1700
ITEM_INDENT = 454
FIRST_LIST = 900
"""Our lists are counted from here, above any of a house."""

UNNUMBERED = (0, 2)
"""In no list, whatever the style of the paragraph counts."""

CHANGES = {"inserted": INSERTED, "deleted": DELETED, "moved-to": INSERTED, "moved-from": DELETED}


class Where(NamedTuple):
    """What holds of a block because of what it stands in."""

    look: Look
    text: str = "Normal"
    indent: int = 0
    width: int = TEXT_WIDTH
    in_table: bool = False
    in_clause: bool = False
    schedule: bool = False
    together: bool = False
    change: str = ""
    move: str = ""
    column: int = 0
    """Which of several languages side by side: each has numbers of its own."""


class Paragraphs:
    """Makes paragraphs, and the lists that their numbers are counted by."""

    def __init__(self, runs: Runs, targets: Targets) -> None:
        self.runs = runs
        self.styles = runs.styles
        self.targets = targets
        self.moves = Moves()
        self.counters: list[Counter] = []
        self.headings: dict[tuple[int, bool], Counter] = {}
        self.lists: dict[tuple[int, int], Counter] = {}
        self.counted: dict[str, int] = {}
        self.pending: list[str] = []
        """Places whose first paragraph comes next."""
        self.titled = False
        self.turned = False
        """Whether the next heading begins a page."""

    def within(self, element: Tag, where: Where) -> Where:
        """What an element says for all that stands in it."""
        change = CHANGES.get(str(element.get("data-change", "")), "")
        if element.get("id") and element.name != "tr" and "clause" not in classes(element):
            self.pending.append(str(element["id"]))
        moved = str(element.get("data-change", "")).startswith("moved")
        return where._replace(
            look=looked(element, where.look)._replace(style="") if element.name not in INLINE else where.look,
            change=change or where.change,
            move=(move_of(element) if moved else "") or where.move,
        )

    # Paragraphs

    def paragraph(
        self,
        element: Tag,
        where: Where,
        style: str,
        *,
        list_number: tuple[int, int] | None = None,
        new_page: bool = False,
        before: Tag | None = None,
    ) -> list[Any]:
        """A paragraph; `before` is a number that Word would not count as paper does, and that is written out."""
        if element.get("data-at"):
            self.pending.append(self.next_of(str(element["data-at"])))
        pieces = words_of(element, where.look, self.targets, where.change)
        if before is not None:
            pieces = [*number_and_tab(before, where.look, where.change), *pieces]
        return self.laid(pieces, where, style, list_number=list_number, new_page=new_page)

    def next_of(self, place: str) -> str:
        """The name of the next paragraph of a place."""
        count = self.counted.get(place, 0)
        self.counted[place] = count + 1
        return numbered(place, count)

    def laid(
        self,
        pieces: list[Words],
        where: Where,
        style: str,
        *,
        list_number: tuple[int, int] | None = None,
        new_page: bool = False,
    ) -> list[Any]:
        if style == "Cover Party":
            pieces = [
                each._replace(look=each.look._replace(style="Cover Capacity")) if position else each
                for position, each in in_lines(pieces)
            ]
        places, self.pending = self.pending, []
        properties = w(
            "pPr",
            w("pStyle", val=self.styles.id_of(style)),
            w("keepNext") if where.together else None,
            w("pageBreakBefore") if new_page else None,
            w(
                "numPr",
                w("ilvl", val=list_number[1] if list_number != UNNUMBERED else 0),
                w("numId", val=list_number[0]),
            )
            if list_number
            else None,
            *(self.beside(where) if drawn_alone(pieces) else self.flowing(style, where, list_number)),
            self.end_of(where),
        )
        made = w("p", properties, *self.runs.bookmarked(places, self.runs.of(pieces, where.width)))
        if where.move and where.change and not where.in_table:
            self.moves.add(Move(where.move, where.change, made))
        return [made]

    def flowing(self, style: str, where: Where, list_number: tuple[int, int] | None) -> list[Any]:
        """The direction of words, and how far they stand from the margin."""
        return [w("bidi") if where.look.right_to_left else None, self.indented(style, where, list_number)]

    def beside(self, where: Where) -> list[Any]:
        """Where a drawing stands. It runs from left to right in every language, but at the side where lines begin.

        Within a paragraph from right to left LibreOffice would put its words elsewhere than its lines.
        """
        if not where.look.right_to_left:
            return []
        return [w("ind", left=0, right=where.indent), w("jc", val="right")]

    def indented(self, style: str, where: Where, list_number: tuple[int, int] | None) -> Any:
        """Only where the style does not say it: items in items, and headings whose number is written out."""
        if list_number == UNNUMBERED or (style == "Clause Small" and where.in_clause):
            return w("ind", left=where.indent, firstLine=0)
        if list_number in ((0, 0), (0, 1)):
            hanging = SCHEDULE_INDENT if where.schedule and style == "heading 1" else CLAUSE_INDENT
            if style.startswith("heading"):
                return w("ind", left=hanging, hanging=hanging)
            return w("ind", left=where.indent, hanging=ITEM_INDENT)
        return None

    def end_of(self, where: Where) -> Any:
        """The end of a paragraph that comes or goes with it."""
        if not where.change:
            return None
        return w("rPr", w(where.change, **self.runs.said(where.change)))

    def heading_counter(self, where: Where) -> Counter:
        key = (where.column, where.schedule)
        if key not in self.headings:
            first = SCHEDULE_INDENT if where.schedule else CLAUSE_INDENT
            self.headings[key] = self.counter(((first, first), (CLAUSE_INDENT, CLAUSE_INDENT)), where)
        return self.headings[key]

    def counter(self, indents: tuple[tuple[int, int], ...], where: Where) -> Counter:
        plain = Look(language=where.look.language, right_to_left=True)
        language = self.runs.properties(plain) if where.look.right_to_left else None
        made = Counter(FIRST_LIST + len(self.counters), indents, language)
        self.counters.append(made)
        return made

    def item_counter(self, element: Tag, where: Where, printed: dict[str, str]) -> tuple[Counter, bool]:
        """The list that an item goes on with, or a new one where it begins again; and whether that counts as paper."""
        around = element.find_parent(class_="clause") or element.parent
        key = (id(around), where.column)
        counter = self.lists.get(key)
        if counter is not None and counter.counts_as(0, printed):
            return counter, True
        counter = self.lists[key] = self.counter(((where.indent, ITEM_INDENT),), where)
        return counter, counter.counts_as(0, printed)

    def definitions(self) -> list[Any]:
        """The lists by which the document counts. A heading that somebody adds to the body is counted too."""
        body = self.headings.get((0, False))
        names = ("heading 1", "heading 2")
        if body is not None and len(body.looks) == len(names):
            for level, name in enumerate(names):
                self.styles.numbered(name, level, body.number)
        headings = tuple(map(self.styles.id_of, names))
        used = [counter for counter in self.counters if counter.looks]
        return [
            *(counter.definition(headings if counter is body else ()) for counter in used),
            *(w("num", w("abstractNumId", val=counter.number), numId=counter.number) for counter in used),
        ]


def versions(number: Tag, change: str) -> dict[str, str]:
    """The number in the old version, in the new one, or in both."""
    old, new = (words_without(number, each) for each in (INSERTED, DELETED))
    return {"old": old} if change == DELETED else {"new": new} if change else {"old": old, "new": new}


def drawn_alone(pieces: list[Words]) -> bool:
    return any(piece.drawing for piece in pieces) and not any(piece.words for piece in pieces)


def in_lines(pieces: list[Words]) -> Iterator[tuple[int, Words]]:
    """Each piece with the line that it stands in, counted from 0."""
    line = 0
    for piece in pieces:
        line += piece.words == "\n"
        yield line, piece


def move_of(element: Tag) -> str:
    if element.get("data-move"):
        return str(element["data-move"])
    inner = element.find(True, attrs={"data-move": True})
    return str(inner["data-move"]) if isinstance(inner, Tag) else ""
