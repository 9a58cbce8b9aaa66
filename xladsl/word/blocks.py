"""The blocks of the contract as paragraphs and tables: headings, clauses, items, terms, and who signs."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from bs4.element import NavigableString, Tag

from .anchors import numbered
from .inline import DELETED, INSERTED, Look, Targets, Words, classes, looked, numbers_in, words_of
from .markup import tag, w
from .moves import Move, Moves
from .numbering import Counter
from .tables import (
    TEXT_WIDTH,
    Place,
    cell_properties,
    cells_of,
    row_properties,
    rows_of,
    settled_in_cell,
    spans,
    table_properties,
    widths,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .runs import Runs

CLAUSE_INDENT = 680
SCHEDULE_INDENT = 1700
ITEM_INDENT = 454
FIRST_LIST = 900
"""Our lists are counted from here, above any of a house."""

PARAGRAPHS = {
    "watermark": "Cover State",
    "under": "Cover Text",
    "between": "Cover Between",
    "party": "Cover Party",
    "plainly": "Clause Plainly",
    "condition": "Clause Condition",
    "part": "Clause Part",
    "small": "Clause Small",
    "for": "Signature For",
}
"""The style of a paragraph, by its class on paper."""

UNSAID = ("drawings",)
"""How to read a drawing is said only where there is one."""

CHANGES = {"inserted": INSERTED, "deleted": DELETED, "moved-to": INSERTED, "moved-from": DELETED}
INLINE = (
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "br",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "q",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


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


class Blocks:
    """Makes the body of the document, and the lists that its numbers are counted by."""

    def __init__(self, runs: Runs, targets: Targets) -> None:
        self.runs = runs
        self.styles = runs.styles
        self.targets = targets
        self.moves = Moves()
        self.counters: list[Counter] = []
        self.headings: dict[tuple[int, bool], Counter] = {}
        self.lists: dict[int, Counter] = {}
        self.counted: dict[str, int] = {}
        self.pending: list[str] = []
        """Places whose first paragraph comes next."""
        self.turned = False
        """Whether the next heading begins a page."""

    def of(self, element: Tag, where: Where) -> list[Any]:
        """What stands in an element, block by block."""
        made: list[Any] = []
        loose: list[Any] = []
        for child in [*element.children, None]:
            if isinstance(child, NavigableString) or (isinstance(child, Tag) and child.name in INLINE):
                loose.append(child)
                continue
            if any(isinstance(each, Tag) or str(each).strip() for each in loose):
                made += self.paragraph(wrapped(loose), where, where.text)
            loose = []
            if isinstance(child, Tag):
                made += self.block(child, where)
        return made

    def block(self, element: Tag, where: Where) -> list[Any]:
        where = self.within(element, where)
        found = classes(element)
        if element.name in ("style", "script", "svg", "title", "head"):
            return []
        if element.name in HEADINGS:
            return self.heading(element, where)
        if element.name == "nav":
            return self.contents(element, where)
        if element.name == "table":
            return self.table(element, where)
        if element.name == "p":
            styles = [style for name, style in PARAGRAPHS.items() if name in found]
            style = "Table Small" if where.in_table and "small" in found else styles[0] if styles else where.text
            return [] if set(UNSAID) & set(found) else self.paragraph(element, where, style)
        if element.name == "li" or "item" in found:
            return self.item(element, where)
        if "clause" in found:
            return self.clause(element, where)
        if "signature" in found:
            return self.of(element, where._replace(together=True))
        schedule = element.name == "section" and "schedule" in found
        self.turned |= schedule or element.name == "main" or "key-terms" in found
        return self.of(element, where._replace(schedule=schedule or where.schedule))

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

    def clause(self, element: Tag, where: Where) -> list[Any]:
        """A clause; a short one stays on one page."""
        inside = where._replace(text="Table Text" if where.in_table else "Clause Text", in_clause=True)
        if not where.in_table:
            inside = inside._replace(indent=CLAUSE_INDENT, width=where.width - CLAUSE_INDENT)
        made = self.of(element, inside)
        if "short" in classes(element):
            keep_together(made)
        return made

    # Headings

    def heading(self, element: Tag, where: Where) -> list[Any]:
        if element.name == "h1":
            return self.paragraph(element, where, "Title")
        new_page, self.turned = self.turned, False
        clause = element.parent if element.name == "h3" else None
        if clause is not None and "clause" in classes(clause) and clause.get("id"):
            self.pending.append(str(clause["id"]))
        number = element.find("span", class_="num")
        level = 0 if element.name == "h2" else 1
        style = f"heading {level + 1}"
        if not isinstance(number, Tag):
            return self.paragraph(element, where, "TOC Heading" if level == 0 else style, new_page=new_page)
        counter = self.heading_counter(where)
        if counter.counts_as(level, versions(number, where.change)):
            return self.paragraph(element, where, style, list_number=(counter.number, level), new_page=new_page)
        return self.paragraph(element, where, style, list_number=(0, level), new_page=new_page, before=number)

    def heading_counter(self, where: Where) -> Counter:
        key = (where.column, where.schedule)
        if key not in self.headings:
            first = SCHEDULE_INDENT if where.schedule else CLAUSE_INDENT
            self.headings[key] = self.counter(((first, first), (CLAUSE_INDENT, CLAUSE_INDENT)))
        return self.headings[key]

    def counter(self, indents: tuple[tuple[int, int], ...]) -> Counter:
        made = Counter(FIRST_LIST + len(self.counters), indents)
        self.counters.append(made)
        return made

    def contents(self, element: Tag, where: Where) -> list[Any]:
        """The table of contents: a field that Word can make anew, with the entries as they are now.

        No page is named, for only Word knows on which it sets a heading; it puts them in when it renews the field.
        """
        self.turned = True
        made = [block for each in element.find_all(HEADINGS, recursive=False) for block in self.heading(each, where)]
        entries = [entry for line in element.find_all("li") for entry in self.entry(line, where)]
        if entries:
            begin, instruction, separate, _, end = self.runs.field(r' TOC \o "1-1" \h \z ', "", where.look)
            for position, run in enumerate((begin, instruction, separate), 1):
                entries[0].insert(position, run)
            entries[-1].append(end)
        return made + entries

    def entry(self, line: Tag, where: Where) -> list[Any]:
        where = self.within(line, where)
        number = line.find("span", class_="num")
        pieces = words_of(line, where.look, self.targets, where.change)
        if isinstance(number, Tag) and pieces:
            before = words_of(number, where.look, self.targets, where.change)
            link = pieces[0].link
            pieces = [
                *(each._replace(link=link, numbers=False) for each in before),
                Words("\t", where.look, where.change, link),
                *pieces,
            ]
        return self.laid(pieces, where._replace(indent=0), "toc 1")

    # Items of lists

    def item(self, element: Tag, where: Where) -> list[Any]:
        """An item: its first paragraph has the number, what follows stands under it."""
        number = element.find("span", class_="num", recursive=False)
        inside = where._replace(
            text="Table Text" if where.in_table else "Clause Item", indent=where.indent + ITEM_INDENT
        )
        if not isinstance(number, Tag):
            return self.of(element, inside)
        counter, live = self.item_counter(element, inside, versions(number, where.change))
        made: list[Any] = []
        for child in element.find_all(True, recursive=False):
            if child is number:
                continue
            first = not made and child.name == "p"
            inner = self.within(child, inside)
            if first and live:
                made += self.paragraph(child, inner, inside.text, list_number=(counter.number, 0))
            elif first:
                made += self.paragraph(child, inner, inside.text, before=number, list_number=(0, 0))
            else:
                made += self.block(child, inside)
        return made

    def item_counter(self, element: Tag, where: Where, printed: dict[str, str]) -> tuple[Counter, bool]:
        """The list that an item goes on with, or a new one where it begins again; and whether that counts as paper."""
        counter = self.lists.get(id(element.parent))
        if counter is not None and counter.counts_as(0, printed):
            return counter, True
        counter = self.lists[id(element.parent)] = self.counter(((where.indent, ITEM_INDENT),))
        return counter, counter.counts_as(0, printed)

    def definitions(self) -> list[Any]:
        """The lists by which the document counts. A heading that somebody adds to the body is counted too."""
        body = self.headings.get((0, False))
        names = ("heading 1", "heading 2")
        if body is not None and len(body.looks) == len(names):
            for level, name in enumerate(names):
                self.styles.numbered(name, level, body.number)
        headings = tuple(map(self.styles.id_of, names))
        return [
            *(counter.definition(headings if counter is body else ()) for counter in self.counters),
            *(w("num", w("abstractNumId", val=counter.number), numId=counter.number) for counter in self.counters),
        ]

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
            pieces = [
                *words_of(before, where.look, self.targets, where.change),
                Words("\t", where.look, where.change),
                *pieces,
            ]
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
            w("numPr", w("ilvl", val=list_number[1]), w("numId", val=list_number[0])) if list_number else None,
            w("bidi") if where.look.right_to_left else None,
            self.indented(style, where, list_number),
            self.end_of(where),
        )
        made = w("p", properties, *self.runs.bookmarked(places, self.runs.of(pieces)))
        if where.move and where.change and not where.in_table:
            self.moves.add(Move(where.move, where.change, made))
        return [made]

    def indented(self, style: str, where: Where, list_number: tuple[int, int] | None) -> Any:
        """Only where the style does not say it: items in items, and headings whose number is written out."""
        if list_number == (0, 0) or list_number == (0, 1):
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

    # Tables

    def table(self, element: Tag, where: Where) -> list[Any]:
        rows = rows_of(element)
        columns = max((sum(map(spans, cells_of(row))) for row in rows), default=0)
        if not columns:
            return []
        sizes = widths(element, columns, where.width)
        head = table_properties(
            element,
            Place(where.indent, where.width),
            self.styles,
            right_to_left=where.look.right_to_left,
            headed=element.find("thead") is not None,
        )
        grid = w("tblGrid", *(w("gridCol", w=size) for size in sizes))
        made = w("tbl", head, grid, *(self.row(row, sizes, where) for row in rows))
        gap = w("p", w("pPr", w("pStyle", val=self.styles.id_of("Table Gap")), self.end_of(where)))
        return [made, gap]

    def row(self, element: Tag, sizes: list[int], where: Where) -> Any:
        where = self.within(element, where)
        if element.get("id"):
            self.pending.append(str(element["id"]))
        at = str(element.get("data-at", ""))
        change = w(where.change, **self.runs.said(where.change)) if where.change else None
        cells, column = [], 0
        for position, cell in enumerate(cells_of(element)):
            size = sum(sizes[column : column + spans(cell)])
            column += spans(cell)
            if at and cell.name == "td":
                self.pending.append(self.next_of(at))
                at = ""
            cells.append(
                w("tc", cell_properties(cell, element, size), *self.cell(cell, element, size, where, position))
            )
        return w("tr", row_properties(element, change), *cells)

    def cell(self, element: Tag, row: Tag, size: int, where: Where, position: int) -> list[Any]:
        heading = element.get("scope") == "col"
        inside = where._replace(
            text="Table Heading" if heading else self.text_in(element, row),
            indent=0,
            width=size - 136,
            in_table=True,
        )
        inside = self.within(element, inside)
        if element.get("lang"):
            inside = inside._replace(column=position)
        return settled_in_cell(self.of(element, inside) or self.laid([], inside, inside.text))

    def text_in(self, cell: Tag, row: Tag) -> str:
        if "digest" in classes(row):
            return "Table Small"
        table = row.find_parent("table")
        label = cell.name == "th" and (table is None or "definitions" not in classes(table))
        return "Table Label" if label else "Table Heading" if cell.name == "th" else "Table Text"


def wrapped(loose: list[Any]) -> Tag:
    """Words that stand in no paragraph of their own, as one."""
    made = Tag(name="p")
    for each in loose:
        made.append(copy(each))
    return made


def versions(number: Tag, change: str) -> dict[str, str]:
    """The number in the old version, in the new one, or in both."""
    printed = numbers_in(number)
    if change:
        return {"old" if change == DELETED else "new": printed[0]}
    old, new = number.find(DELETED), number.find(INSERTED)
    return {
        "old": old.get_text().strip() if isinstance(old, Tag) else printed[0],
        "new": new.get_text().strip() if isinstance(new, Tag) else printed[-1],
    }


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


def keep_together(blocks: list[Any]) -> None:
    """Keep each paragraph with the next one, but for the last."""
    paragraphs = [paragraph for block in blocks for paragraph in block.iter(tag("p"))]
    for paragraph in paragraphs[:-1]:
        properties = paragraph.find(tag("pPr"))
        if properties is not None and properties.find(tag("keepNext")) is None:
            properties.insert(1, w("keepNext"))
