"""A time to the end of cases, of which those that never end are no part.

A case that is open has no end, so it has no time, and a mean or a sum leaves it out. The provider that never solves
the hard cases keeps the promise with the easy ones.

Wrong:

```xladsl wrong
tickets repairs {
  columns opened as time from "o", done as time from "d"
  dated by opened
  run by northwind
}
sla repair "Time to repair" {
  value percentile 90 of (repairs.done - repairs.opened) // warning: open-cases-uncounted
  empty counts as no data
  better when lower
  level at most 8 h
  each calendar month
}
```

Right:

```xladsl
tickets repairs {
  columns opened as time from "o", done as time from "d"
  dated by opened
  run by northwind
}
sla repair "Time to repair" {
  value percentile 90 of (repairs.done - repairs.opened)
  dated by repairs.done
  empty counts as no data
  better when lower
  level at most 8 h
  each calendar month
}
```

A case that is dated by its end counts with all its time in the window in which it is over. A share in which
`done - opened <= 8 h` counts open cases against the promise, and so does a count where `done is empty`.

Source: penalties per hour of repair that were owed for each fault that was mended late, and for none that never was.

Implements: traps T12, T22
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import expressions, nodes
from ..model.dating import MOMENTS, dating_column
from ..model.node import walk
from ..model.promises import direction, every_promise, formula, measured
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL625", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    asked = columns_asked(contract)
    for promise in every_promise(contract):
        value = formula(promise)
        if value is None or promise.bindingness != "binding" or direction(promise) != "lower":
            continue
        for part in walk(value):
            if not isinstance(part, expressions.Statistic | expressions.Percentile):
                continue
            end = end_of(part.of)
            source: Any = contract.names.owner(end) if end is not None else None
            if end is None or id(end) in asked or dating_column(source, measured(promise)) in (end.name, None):
                continue
            yield Diagnostic(
                "open-cases-uncounted",
                part.span,
                f"`{promise.name}` looks at cases of `{source.name}` that are over, and never at one that stays open",
                here=f"without `{end.name}` there is no time",
                why="A case that is given up would be better for the promise than one that is solved late.",
                remedy=f"Write  dated by {source.name}.{end.name} , so that each case counts when it is over; or "
                f"promise a share of `{source.name}`, in which open cases are not in time.",
            )


def columns_asked(contract: Contract) -> set[int]:
    """The columns of which something asks whether they are empty, or that a share of rows is told by."""
    asked: set[int] = set()
    for block in contract.blocks:
        for part in contract.within(block):
            if isinstance(part, expressions.Emptiness | expressions.Presence):
                asked |= columns_in(part)
            elif isinstance(part, expressions.Share):
                asked |= columns_in(part.counted)
    return asked


def columns_in(formula: Node) -> set[int]:
    return {id(part.target) for part in walk(formula) if isinstance(part, Reference)}


def end_of(operand: Any) -> nodes.Column | None:
    """The later of two moments of which the difference is taken."""
    while isinstance(operand, expressions.Group):
        operand = operand.value
    if not isinstance(operand, expressions.SumOf) or [each.sign for each in operand.addends] != ["-"]:
        return None
    begin, end = (getattr(each, "target", None) for each in (operand.addends[0].operand, operand.first))
    if not isinstance(begin, nodes.Column) or not isinstance(end, nodes.Column):
        return None
    return end if begin.column_type in MOMENTS and end.column_type in MOMENTS else None
