"""Rows of a table that came or went: the line of the text that writes such a row, put in or taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..source import Span
from .lines import ratio
from .proposing import Edit, in_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from . import Change
    from .base import Base

ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*(?:\n|\Z)", re.MULTILINE)
LIKELIEST = 2


def is_row(base: Base, group: Sequence[Change]) -> bool:
    """Whether some changes are all lines of a row that came, or of one that went."""
    row = group[0].row
    if not row or (group[0].before and group[0].after):
        return False
    return not group[0].before or len(group) == sum(line.row == row for line in base.lines)


def rows(base: Base, group: Sequence[Change]) -> list[list[Edit]]:
    """The ways to put a row into the text, or to take it away, the likeliest first."""
    node = base.nodes.get(group[0].place.clause)
    if node is None or node.source is None:
        return []
    if not group[0].after:
        gone = written(node, [change.before for change in group], base)
        return [[Edit(Span(node.source, found.start(), found.end()), "")] for found in gone]
    row = base.lines[group[0].at].row
    behind = written(node, [line.words for line in base.lines if row and line.row == row], base)
    cells = [[in_source(change.after, language) for change in group] for language in base.languages]
    ends = [(found.end(), like(found[0], said)) for found in behind for said in cells]
    return [[Edit(Span(node.source, end, end), line)] for end, line in ends if line]


def written(node: Any, said: Sequence[str], base: Base) -> list[re.Match[str]]:
    """The lines of a node's table that most likely write a row of paper."""
    found = list(ROW.finditer(node.source.text, node.span.start, node.span.end))
    words = {in_source(" ".join(said), language) for language in base.languages}
    likeness = {line: max(ratio(" ".join(cells_of(line[0])), each) for each in words) for line in found}
    return sorted(found, key=lambda line: -likeness[line])[:LIKELIEST] if said else []


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def like(model: str, cells: Sequence[str]) -> str:
    """A line with these cells that is laid out as another; nothing where it has another number of them."""
    columns = model.strip().strip("|").split("|")
    if len(columns) != len(cells) or any("|" in cell for cell in cells):
        return ""
    margin = model[: len(model) - len(model.lstrip())]
    laid = [
        cell.rjust(len(column) - 2) if column.startswith("  ") else cell.ljust(len(column) - 2)
        for column, cell in zip(columns, cells, strict=True)
    ]
    return f"{margin}| {' | '.join(laid)} |\n"
