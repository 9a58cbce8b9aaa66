"""A lower priority that is served faster than a higher one.

Priorities are an order. Where `P2` is due in two hours and `P1` in four, whoever reports a case had better call it
less urgent than it is.

Wrong:

```xladsl wrong
sla p1_fixed "Priority 1 solved in time" {
  value share of desk where priority is "P1" in which resolved - opened <= 8 business hours
  empty counts as met
  level at least 95%
  each calendar month
  owner service_manager
}
sla p2_fixed "Priority 2 solved in time" {
  value share of desk where priority is "P2"
        in which resolved - opened <= 6 business hours // warning: priorities-reversed
  empty counts as met
  level at least 95%
  each calendar month
  owner service_manager
}
```

Right:

```xladsl
sla p1_fixed "Priority 1 solved in time" {
  value share of desk where priority is "P1" in which resolved - opened <= 4 business hours
  empty counts as met
  level at least 95%
  each calendar month
  owner service_manager
}
sla p2_fixed "Priority 2 solved in time" {
  value share of desk where priority is "P2" in which resolved - opened <= 6 business hours
  empty counts as met
  level at least 95%
  each calendar month
  owner service_manager
}
```

Source: the requirement that targets agree with each other: the first priority no slower than the second.

Implements: measurability A8
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.expressions import Comparison
from ..model.feasibility import limit_place, limits_by_start, longer
from ..model.quantities import Number, Text
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.feasibility import TimeLimit

RULE = Rule("XL439", Severity.WARNING)

NUMBERED = re.compile(r"^\D{0,12}([1-9])$")
WORDS = ("critical", "high", "medium", "low")
PRIORITY = ("prio", "sever", "urgen")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for limits in limits_by_start(contract):
        ranked = [(rank, limit) for limit in limits if (rank := rank_of(limit.where)) is not None]
        for rank, limit in ranked:
            more_urgent = (other for urgent, other in ranked if urgent < rank and same_clock(limit, other))
            slower = next((other for other in more_urgent if longer(other.limit, limit.limit)), None)
            if slower is not None:
                yield reversed_order(limit, slower)


def reversed_order(limit: TimeLimit, slower: TimeLimit) -> Diagnostic:
    return Diagnostic(
        "priorities-reversed",
        limit_place(limit),
        f"`{limit.promise.name}` is due after {shown(limit.limit.span)}, and the more urgent"
        f" `{slower.promise.name}` after {shown(slower.limit.span)}",
        here="faster than what is more urgent",
        labels=(Label(limit_place(slower), "the more urgent one is due here"),),
        why="People would call a case less urgent to have it solved sooner.",
        remedy=f"Let it take at least {shown(slower.limit.span)}, or give the more urgent one less time.",
    )


def rank_of(where: Any) -> int | None:
    """The place of a priority in its order, most urgent first; None where the rows are not chosen by one priority."""
    if not isinstance(where, Comparison) or where.relation not in ("is", "="):
        return None
    column = getattr(where.left, "target", None)
    if not any(word in f"{getattr(column, 'name', '')} {getattr(column, 'header', '')}".lower() for word in PRIORITY):
        return None
    if isinstance(where.right, Number):
        return int(where.right.amount)
    words = where.right.value.strip().lower() if isinstance(where.right, Text) else ""
    numbered = NUMBERED.match(words)
    return int(numbered[1]) if numbered else WORDS.index(words) if words in WORDS else None


def same_clock(one: TimeLimit, other: TimeLimit) -> bool:
    """Whether two limits run between the same two moments of the rows of one source, chosen by the same column."""
    moments = one.source is other.source and one.start is other.start and one.end is other.end
    return moments and one.where.left.target is other.where.left.target
