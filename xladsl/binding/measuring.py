"""What is told of rows that are held elsewhere, by asking whoever holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluation.engines.duckdb import told
from .telling import NO_DATES, Dates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..evaluation.engines.sql import Between
    from .plan import SourcePlan
    from .reading import Term

LOOKED_THROUGH = 5_000_000
"""Among so many rows it is looked for rows that are alike in every column."""


class Measured(NamedTuple):
    """How many rows there are, between which numbers each column lies, and which have no empty cell; the dates before
    the term and after it, and how many rows have none."""

    rows: int
    ranges: dict[str, Between]
    full: frozenset[str]
    early: Dates
    late: Dates
    undated: int

    @property
    def outside(self) -> int:
        return self.early.number + self.late.number


def measured(
    plan: SourcePlan,
    term: Term,
    relation: str,
    quoted: Callable[[str], str],
    asked: Callable[[str], Sequence[Sequence[Any]]],
) -> Measured:
    """Of a relation, as it stands behind `FROM`, with the columns of a plan."""
    numbers = [column.name for column in plan.columns if column.kind != "text"]
    wanted = ["COUNT(*)"]
    for name in map(quoted, numbers):
        wanted += [f"COUNT({name})", f"MIN({name})", f"MAX({name})"]
    if plan.dated is not None:
        dated = quoted(plan.dated)
        wanted.append(f"COUNT(*) FILTER (WHERE {dated} IS NULL)")
        for beside in (f"{dated} < {term.start}", f"{dated} >= {term.end}"):
            wanted += [f"{what} FILTER (WHERE {beside})" for what in ("COUNT(*)", f"MIN({dated})", f"MAX({dated})")]
    [(rows, *found)] = asked(f"SELECT {', '.join(wanted)} FROM {relation}")
    ranges, full = told(rows, numbers, found[: 3 * len(numbers)])
    if plan.dated is None:
        return Measured(rows, ranges, full, NO_DATES, NO_DATES, 0)
    undated, *dates = found[3 * len(numbers) :]
    return Measured(rows, ranges, full, Dates(*dates[:3]), Dates(*dates[3:]), undated)
