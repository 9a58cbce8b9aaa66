"""Tables of the contract: how wide, under which heading, and what was changed of their rows."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import resources
from .inline import classes
from .markup import tag, w

if TYPE_CHECKING:
    from bs4 import Tag

    from .styles import Styles

TEXT_WIDTH = 9071
"""Between the margins, in twentieths of a point: 160 mm."""

MILLIMETRE = 1440 / 25.4
MOST_FIXED = 0.85
"""How much of a table may be fixed by the style sheet: what is left must hold a word."""

LABEL = 38
"""How wide the labels of rows are, in millimetres, where the style sheet says nothing else."""

WIDTH = re.compile(
    r"table\.(\w+) (?:th|td):(first-child|last-child|nth-child\((\d+)\))(?=[^{}]*\{[^{}]*\bwidth: (\d+)mm)"
)

LOOKS = {"terms": "Table Terms", "grid": "Contract Grid"}


class Place(NamedTuple):
    """Where a table stands: how far from the margin, and how wide it may be, in twentieths of a point."""

    indent: int
    width: int


def widths(table: Tag, columns: int, whole: int) -> list[int]:
    """How wide each column is. Those of which the style sheet of paper says nothing share what the others leave."""
    labelled = columns == 2 and table.find("thead") is None and "parallel" not in classes(table)
    fixed = {0: LABEL} if labelled else {}
    for name in classes(table):
        fixed |= {position % columns: size for position, size in said_widths().get(name, {}).items()}
    known = {position: round(size * MILLIMETRE) for position, size in fixed.items()}
    if sum(known.values()) >= whole * MOST_FIXED or len(known) >= columns:  # a narrow place, such as one of two columns
        known = {0: whole * 2 // 5} if columns == 2 else {}
    rest = (whole - sum(known.values())) // max(1, columns - len(known))
    return [known.get(position, rest) for position in range(columns)]


@cache
def said_widths() -> dict[str, dict[int, int]]:
    """The widths of columns in the style sheet of paper, in millimetres, by the class of their table."""
    found: dict[str, dict[int, int]] = {}
    for name, which, number, size in WIDTH.findall(
        (resources.templates() / "contract.css").read_text(encoding="utf-8")
    ):
        position = int(number) - 1 if number else 0 if which == "first-child" else -1
        found.setdefault(name, {})[position] = int(size)
    return found


def table_properties(table: Tag, place: Place, styles: Styles, *, right_to_left: bool, headed: bool) -> Any:
    """The order is that of the schema."""
    look = next((LOOKS[name] for name in classes(table) if name in LOOKS), "Table Plain")
    return w(
        "tblPr",
        w("tblStyle", val=styles.id_of(look)),
        w("bidiVisual") if right_to_left else None,
        w("tblW", w=place.width, type="dxa"),
        w("tblInd", w=place.indent, type="dxa"),
        w("tblLayout", type="fixed"),
        w(
            "tblLook",
            val="0020" if headed else "0000",
            firstRow=int(headed),
            lastRow=0,
            firstColumn=0,
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        ),
    )


def rows_of(table: Tag) -> list[Tag]:
    """The rows of a table, without those of tables inside it."""
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def cells_of(row: Tag) -> list[Tag]:
    return row.find_all(("th", "td"), recursive=False)


def spans(cell: Tag) -> int:
    said = str(cell.get("colspan", "1"))
    return int(said) if said.isdigit() and 0 < int(said) < 64 else 1


def cell_properties(cell: Tag, row: Tag, width: int) -> Any:
    line = "line" in classes(row)
    borders = (
        w("tcBorders", w("bottom", val="single", sz=4, space=0, color="333333")) if line and cell.name == "td" else None
    )
    return w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=spans(cell)) if spans(cell) > 1 else None,
        borders,
        w("vAlign", val="bottom") if {"first", "line"} & set(classes(row)) else None,
    )


def row_properties(row: Tag, change: Any) -> Any:
    heading = row.parent is not None and row.parent.name == "thead"
    return w(
        "trPr",
        w("cantSplit") if row.find_parent("table", class_="parallel") is None else None,
        w("trHeight", val=454, hRule="atLeast") if {"first", "line"} & set(classes(row)) else None,
        w("tblHeader") if heading else None,
        change,
    )


def settled_in_cell(content: list[Any]) -> list[Any]:
    """What stands in a cell, which ends with a paragraph that nothing can take away.

    Where its last paragraphs come or go, it is the end of the paragraph before them that comes or goes.
    """
    ends = [end_mark(block) for block in content]
    last = len(content)
    while last and ends[last - 1] is not None:
        last -= 1
    if last < len(content):
        mark = ends[-1]
        mark.getparent().remove(mark)
        if last and content[last - 1].tag == tag("p"):
            mark_end(content[last - 1], mark)
    return content


def end_mark(block: Any) -> Any:
    """The change of the end of a paragraph, if it was changed."""
    properties = block.find(f"{tag('pPr')}/{tag('rPr')}") if block.tag == tag("p") else None
    if properties is None:
        return None
    return next((part for part in properties if part.tag in map(tag, ("ins", "del", "moveFrom", "moveTo"))), None)


def mark_end(paragraph: Any, mark: Any) -> None:
    properties = paragraph.find(tag("pPr"))
    if properties is None:
        properties = w("pPr")
        paragraph.insert(0, properties)
    runs = properties.find(tag("rPr"))
    if runs is None:
        runs = w("rPr")
        properties.append(runs)
    runs.insert(0, mark)
