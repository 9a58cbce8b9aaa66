"""A row that falls into two promises, because their filters share an edge.

Where one priority takes everything from 75 % and the next one everything up to 75 %, a ticket of exactly 75 % is in
both: it has two deadlines, and each party counts it where it suits.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "created", resolved as time from "closed", affected as percent from "users",
          priority as text from "prio"
}
sla fixed_urgent "Urgent tickets fixed in time" {
  value share of desk where affected >= 75% in which resolved - opened <= 8 h
  empty counts as met
  level at least 95%
  each calendar month
}
sla fixed_high "High tickets fixed in time" {
  value share of desk where affected >= 25% and affected <= 75% // warning: row-in-two-promises
              in which resolved - opened <= 12 h
  empty counts as met
  level at least 95%
  each calendar month
}
```

Right:

```xladsl
tickets desk {
  columns opened as time from "created", resolved as time from "closed", affected as percent from "users",
          priority as text from "prio"
}
sla fixed_urgent "Urgent tickets fixed in time" {
  value share of desk where affected >= 75% in which resolved - opened <= 8 h
  empty counts as met
  level at least 95%
  each calendar month
}
sla fixed_high "High tickets fixed in time" {
  value share of desk where affected >= 25% and affected < 75% in which resolved - opened <= 12 h
  empty counts as met
  level at least 95%
  each calendar month
}
```

Only filters that differ in the bounds of one column are compared, and only a single shared value is taken for a slip.

Source: a published matrix of priorities with the bands 75–100 % and 25–75 % of the users.

Implements: trap T2
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.expressions import Both, Comparison, Share
from ..model.node import walk
from ..model.promises import every_promise, formula
from ..model.quantities import Reference
from ..model.tiers import EVERYTHING, Interval, bounded, scale, size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model.contract import Contract
    from ..model.node import Node
    from ..model.nodes import Promise

RULE = Rule("XL608", Severity.WARNING)

COMPARISONS = {
    ">=": "at least",
    "is at least": "at least",
    "<=": "at most",
    "is at most": "at most",
    ">": "above",
    "is above": "above",
    "<": "below",
    "is below": "below",
}


class Filter(NamedTuple):
    """Which rows a promise takes: of a source, those with one column between bounds, and all else as it is written."""

    promise: Promise
    where: Node
    column: str
    interval: Interval
    rows: tuple[int, int, str, tuple[str, ...]]
    """What two filters must have in common to differ in the bounds of their column only."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    beginning: dict[tuple[Any, Decimal], Filter] = {}
    ending: dict[tuple[Any, Decimal], Filter] = {}
    for promise in every_promise(contract):
        for later in filters_of(promise):
            low, low_closed, high, high_closed = later.interval
            for edge, closed, here, there in (
                (low, low_closed, beginning, ending),
                (high, high_closed, ending, beginning),
            ):
                if edge is not None and closed:
                    earlier = there.get((later.rows, edge))
                    if earlier is not None and earlier.promise is not promise:
                        yield in_both(earlier, later, edge)
                    here.setdefault((later.rows, edge), later)


def in_both(earlier: Filter, later: Filter, edge: Decimal) -> Diagnostic:
    return Diagnostic(
        "row-in-two-promises",
        later.where.span,
        f"a row with `{later.column}` at exactly {edge:f} falls into `{earlier.promise.name}` and "
        f"into `{later.promise.name}`",
        here="both filters let it in",
        labels=(Label(earlier.where.span, "the other filter"),),
        why="One case has two deadlines, and each party counts it where it suits.",
        remedy="Let one of them end just before: `<` instead of `<=`, or `>` instead of `>=`.",
    )


def filters_of(promise: Promise) -> Iterator[Filter]:
    """The shares in what a promise measures whose rows are chosen by bounds of one column."""
    value = formula(promise)
    for share in walk(value) if value is not None else ():
        if isinstance(share, Share) and share.where is not None:
            tests = share.where.options if isinstance(share.where, Both) else [share.where]
            bounds = [bound for test in tests for bound in bounds_in(test)]
            scales = {scale(test.right) for test, _ in bounds}
            columns = {id(column): column for column in (getattr(test.left, "target", None) for test, _ in bounds)}
            if len(columns) == 1 and len(scales) == 1:
                interval = EVERYTHING
                for _, each in bounds:
                    interval = interval.common(each)
                rest = tuple(repr(test) for test in tests if not bounds_in(test))
                number, column = columns.popitem()
                rows = (id(share.of.target), number, scales.pop(), rest)
                yield Filter(promise, share.where, getattr(column, "name", ""), interval, rows)


def bounds_in(test: Any) -> list[tuple[Comparison, Interval]]:
    """The comparison of a column with an amount, and the values that it lets in; nothing for every other test."""
    if isinstance(test, Comparison) and test.relation in COMPARISONS and isinstance(test.left, Reference):
        amount = size(test.right)
        return [] if amount is None else [(test, bounded(COMPARISONS[test.relation], amount))]
    return []
