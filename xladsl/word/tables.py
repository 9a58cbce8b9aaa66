"""Tables of the contract: how wide, under which heading, and what was changed of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .inline import classes
from .markup import tag, w

if TYPE_CHECKING:
    from bs4 import Tag

    from .styles import Styles

TEXT_WIDTH = 9071
"""Between the margins, in twentieths of a point: 160 mm."""

MILLIMETRE = 1440 / 25.4
LABEL = 38
FIXED: dict[str, dict[int, int]] = {
    "terms": {0: LABEL},
    "definitions": {0: LABEL},
    "raci": {0: 50},
    "fees": {1: 62},
    "journey": {0: 27, 1: 27, 2: 16, 3: 32},
    "assessed": {0: 28, 3: 18, 4: 18},
    "years": {0: 14},
    "questions": {0: 26, 2: 46},
}
"""How wide columns are, in millimetres, by the class of their table; the others share what is left."""

LOOKS = {"terms": "Table Terms", "grid": "Contract Grid"}


class Place(NamedTuple):
    """Where a table stands: how far from the margin, and how wide it may be, in twentieths of a point."""

    indent: int
    width: int


def widths(table: Tag, columns: int, whole: int) -> list[int]:
    labelled = columns == 2 and table.find("thead") is None and "parallel" not in classes(table)
    fixed = {0: LABEL} if labelled else {}
    for name in classes(table):
        fixed |= FIXED.get(name, {})
    known = {position: round(size * MILLIMETRE) for position, size in fixed.items() if position < columns}
    if sum(known.values()) >= whole or len(known) >= columns:  # a narrow place, such as one of two columns
        known = dict.fromkeys(list(known)[:1], whole * 2 // 5) if columns == 2 else {}
    rest = (whole - sum(known.values())) // max(1, columns - len(known))
    return [known.get(position, rest) for position in range(columns)]


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
        w("vAlign", val="bottom") if line else None,
    )


def row_properties(row: Tag, change: Any) -> Any:
    heading = row.parent is not None and row.parent.name == "thead"
    return w(
        "trPr",
        w("cantSplit") if row.find_parent("table", class_="parallel") is None else None,
        w("trHeight", val=454, hRule="atLeast") if "line" in classes(row) else None,
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
