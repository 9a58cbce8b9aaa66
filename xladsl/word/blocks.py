"""The blocks of the contract as paragraphs and tables: headings, clauses, items, terms, and who signs."""

from __future__ import annotations

from copy import copy
from typing import Any

from bs4.element import NavigableString, Tag

from .drawings import can_be_drawn
from .inline import DELETED, INLINE, INSERTED, Words, classes, words_of
from .markup import tag, w
from .paragraphs import CLAUSE_INDENT, ITEM_INDENT, UNNUMBERED, Paragraphs, Where, versions
from .tables import (
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

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Blocks(Paragraphs):
    """Makes the body of the document."""

    def of(self, element: Tag, where: Where) -> list[Any]:
        """What stands in an element, block by block."""
        made: list[Any] = []
        loose: list[Any] = []
        for child in [*element.children, None]:
            drawings = drawn_alone(child)
            if isinstance(child, NavigableString) or (isinstance(child, Tag) and child.name in INLINE and not drawings):
                loose.append(child)
                continue
            if any(isinstance(each, Tag) or str(each).strip() for each in loose):
                made += self.paragraph(wrapped(loose), where, where.text)
            loose = []
            if drawings and isinstance(child, Tag):
                changed = where._replace(change=child.name)
                made += [block for drawing in drawings for block in self.block(drawing, changed)]
            elif isinstance(child, Tag):
                made += self.block(child, where)
        return made

    def block(self, element: Tag, where: Where) -> list[Any]:
        where = self.within(element, where)
        found = classes(element)
        if element.name in ("style", "script", "title", "head"):
            return []
        if element.name == "svg":
            drawing = Words("", where.look, where.change, drawing=element)
            return self.laid([drawing], where, where.text) if can_be_drawn(element) else []
        if element.name in HEADINGS:
            return self.heading(element, where)
        if element.name == "nav":
            return self.contents(element, where)
        if element.name == "table":
            return self.table(element, where)
        if element.name == "p":
            styles = [style for name, style in PARAGRAPHS.items() if name in found]
            style = "Table Small" if where.in_table and "small" in found else styles[0] if styles else where.text
            if element.find("span", class_="num") is not None and element.find_parent("nav") is not None:
                return self.entry(element, where)
            opens = self.opens_second_cover(element, where)
            made = self.paragraph(element, where, style, new_page=opens)
            self.titled &= not (opens and made)  # the page was turned, and the title itself turns it no more
            return made
        if element.name == "li" or "item" in found:
            return self.item(element, where)
        if "clause" in found:
            return self.clause(element, where)
        if "signature" in found:
            return self.of(element, where._replace(together=True))
        schedule = element.name == "section" and "schedule" in found
        self.turned |= schedule or element.name == "main" or "key-terms" in found
        return self.of(element, where._replace(schedule=schedule or where.schedule))

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

    def opens_second_cover(self, element: Tag, where: Where) -> bool:
        """Whether a paragraph stands above a title that follows a cover sheet with a title of its own."""
        return self.titled and not where.in_table and element.find_next_sibling("h1") is not None

    def heading(self, element: Tag, where: Where) -> list[Any]:
        new_page, self.turned = self.turned, False
        if element.name == "h1":
            new_page = self.titled and not where.in_table  # what follows its own cover sheet has a second one
            self.titled = True
            return self.paragraph(element, where, "Title", new_page=new_page)
        clause = element.find_parent(class_="clause") if element.name == "h3" else None
        if clause is not None and clause.get("id"):
            self.pending.append(str(clause["id"]))
        number = element.find("span", class_="num")
        level = 0 if element.name == "h2" else 1
        style = f"heading {level + 1}"
        if not isinstance(number, Tag):
            if level == 0:
                return self.paragraph(element, where, "TOC Heading", new_page=new_page)
            return self.paragraph(element, where, style, list_number=UNNUMBERED)
        counter = self.heading_counter(where)
        if counter.counts_as(level, versions(number, where.change)):
            return self.paragraph(element, where, style, list_number=(counter.number, level), new_page=new_page)
        return self.paragraph(element, where, style, list_number=(0, level), new_page=new_page, before=number)

    def contents(self, element: Tag, where: Where) -> list[Any]:
        """The table of contents: a field that Word can make anew, with the entries as they are now.

        No page is named, for only Word knows on which it sets a heading; it puts them in when it renews the field.
        """
        self.turned = True
        if element.find("li") is None:  # two languages side by side, in a table that Word could not make anew
            return self.of(element, where)
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
        pieces = words_of(line, where.look, self.targets, where.change, numbered=True)
        return self.laid(pieces, where._replace(indent=0), "Table Text" if where.in_table else "toc 1")

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
        for cell in cells_of(element):
            size = sum(sizes[column : column + spans(cell)])
            column += spans(cell)
            if at and cell.name == "td":
                self.pending.append(self.next_of(at))
                at = ""
            cells.append(w("tc", cell_properties(cell, element, size), *self.cell(cell, element, size, where)))
        return w("tr", row_properties(element, change), *cells)

    def cell(self, element: Tag, row: Tag, size: int, where: Where) -> list[Any]:
        heading = element.get("scope") == "col"
        inside = where._replace(
            text="Table Heading" if heading else self.text_in(element, row),
            indent=0,
            width=size - 136,
            in_table=True,
        )
        inside = self.within(element, inside)
        if "second" in classes(element):
            inside = inside._replace(column=1)
        return settled_in_cell(self.of(element, inside) or self.laid([], inside, inside.text))

    def text_in(self, cell: Tag, row: Tag) -> str:
        if "digest" in classes(row):
            return "Table Small"
        table = row.find_parent("table")
        label = cell.name == "th" and (table is None or "definitions" not in classes(table))
        return "Table Label" if label else "Table Heading" if cell.name == "th" else "Table Text"


def drawn_alone(child: Any) -> list[Tag]:
    """The drawings of a change that is nothing else; each has a paragraph to itself, which comes or goes with it."""
    if not isinstance(child, Tag) or child.name not in (INSERTED, DELETED) or child.get_text(strip=True):
        return []
    return child.find_all("svg", recursive=False)


def wrapped(loose: list[Any]) -> Tag:
    """Words that stand in no paragraph of their own, as one."""
    made = Tag(name="p")
    for each in loose:
        made.append(copy(each))
    return made


def keep_together(blocks: list[Any]) -> None:
    """Keep each paragraph with the next one, but for the last. What stands in a drawing is kept by it."""
    found = [paragraph for block in blocks for paragraph in block.iter(tag("p"))]
    paragraphs = [each for each in found if next(each.iterancestors(tag("drawing")), None) is None]
    for paragraph in paragraphs[:-1]:
        properties = paragraph.find(tag("pPr"))
        if properties is not None and properties.find(tag("keepNext")) is None:
            properties.insert(1, w("keepNext"))
