"""A promise of all or of nothing: 100 %, or no failure ever.

The best possible value leaves no room for a single failure, however small, and every measuring has some. Such a promise
is broken in its first year; or it is understood by everyone as something else, which is then what to write.

Wrong:

```xladsl wrong
sla everyone_content "Everyone is content" {
  value share of after_incident.ease in which ease >= 4
  empty counts as no data
  force binding
  level at least 100% // warning: nothing-left-to-miss
  each calendar quarter
}
```

Right:

```xladsl
sla everyone_content "Nearly everyone is content" {
  value share of after_incident.ease in which ease >= 4
  empty counts as no data
  force binding
  level at least 95%
  each calendar quarter
}
```

That a thing never happens, as a count of 0, may be promised, and a promise about each ticket or each event may well be
about all of it. So may one whose downtime begins after a grace period, or whose credit grows from nothing with what was
lost: there the tolerance is said.

Source: a target lies below the ceiling of its KPI, and 100 % only stands with an explicit tolerance.

Implements: measurability M10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import expressions, nodes
from ..model.feasibility import written_out
from ..model.node import walk
from ..model.promises import every_promise, formula, payments_on
from ..model.ranges import range_of
from ..model.samples import levels_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL565", Severity.WARNING)

ONE_BY_ONE = ("event", "ticket", "clock hour", "calendar day", "business day")


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        if promise.each in ONE_BY_ONE or promise.bindingness != "binding" or tolerates(contract, promise):
            continue
        reach, comparison = range_of(promise), promise.level.comparison
        best = reach.high if comparison == "at least" else reach.low if comparison == "at most" else None
        counted = isinstance(written_out(formula(promise)), expressions.Count)
        if best is not None and best in levels_of(promise) and not counted:
            said = promise.level.steps[-1].amount
            words = said if isinstance(said, str) else said.span.text
            yield Diagnostic(
                "nothing-left-to-miss",
                promise.level.span,
                f"`{promise.name}` promises `{words}`, the best value there is",
                here="not one failure may ever be measured",
                why="It would be broken by the first slip of a probe or a pen, and then argued away.",
                remedy="Promise what can be kept, or say the tolerance: a grace period, or a credit that grows with the"
                " loss.",
            )


def tolerates(contract: Contract, promise: nodes.Promise) -> bool:
    """Whether a little may be lost after all: in what counts as downtime, or in what is paid for."""
    value = formula(promise)
    stretches = [getattr(part, "target", part) for part in walk(value)] if value is not None else []
    forgiving = any(
        getattr(part, field, None) is not None
        for part in stretches
        for field in ("longer_than", "at_least_long", "counted_after", "down", "confirmed", "each_slice")
    )
    return forgiving or any(
        isinstance(part, expressions.PerUnit | expressions.Length | expressions.GivenValue)
        and getattr(part, "what", "") != "base"
        for payment in payments_on(contract, promise)
        for part in (walk(payment.pay) if payment.pay is not None else ())
    )
