"""Which of its moments puts a row into a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import nodes
from .measures import inherited

if TYPE_CHECKING:
    from .node import Node

MOMENTS = ("time", "date")


def dating_column(source: nodes.Source, block: Node | None = None) -> str | None:
    """The name of the column that says in which window a row counts; None where rows count in every window.

    A KPI or a service level that counts by another moment says so itself. A source that says nothing is dated by the
    beginning of what lasts, as outages name it, or else by its first column with a moment.
    """
    said = inherited(block, "dated_by") if block is not None else None
    if said is not None and said.target is not None and any(said.target is column for column in source.columns):
        name: str = said.target.name
        return name
    if source.every_window:
        return None
    if source.dated_by is not None:
        return source.dated_by.found.name
    moments = [column.name for column in source.columns if column.column_type in MOMENTS]
    begins = source.lasting.start if isinstance(source, nodes.Outages) and source.lasting is not None else None
    return begins if begins in moments else next(iter(moments), None)
