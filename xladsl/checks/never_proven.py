"""A level that cannot be proven met, even if nothing ever fails.

`breached when not proven met at 95%` asks for proof: the whole confidence interval must keep the level. Forty changes
without a failure do not prove 99 %: a provider who fails in one of forty would still see such a month every third time.
Their interval reaches down to 91 %. It takes 381. And at 100 % nothing is ever proven, whatever is measured.

Wrong:

```xladsl wrong
tickets changes {
  columns opened as time from "created", failed as yes or no from "failed"
  expects 40 rows each calendar month
  run by northwind
}
sla safe_changes "Changes without failure" {
  value share of changes in which failed is no
  empty counts as met
  level at least 99%
  each calendar month
  breached when not proven met at 95% // error: never-proven
}
```

Right:

```xladsl
tickets changes {
  columns opened as time from "created", failed as yes or no from "failed"
  expects 40 rows each calendar month
  run by northwind
}
sla safe_changes "Changes without failure" {
  value share of changes in which failed is no
  empty counts as met
  level at least 90%
  each calendar month
  breached when not proven met at 95%
}
```

Source: of n cases without failure Wilson's interval reaches down to n / (n + z²), with z = 1.96 at 95 %, since it is
two-sided: 35 cases for 90 %, 73 for 95 %, 381 for 99 % (E. B. Wilson, 1927).

Implements: measurability M5b, M29
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise
from ..model.samples import basis_of, expected, levels_of, population_of
from ._sample_words import about, by_window, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL559", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.planning import answers_for_proof

    for promise in every_promise(contract):
        decision, basis = promise.breached_when, basis_of(contract, promise)
        if (
            isinstance(decision, nodes.ProvenDecision | nodes.UnprovenDecision)
            and not 0 < decision.confidence.amount < 100
        ):
            yield never_so_sure(promise, decision)
            continue
        if basis is None or not isinstance(decision, nodes.UnprovenDecision) or basis.kind != "share":
            continue
        sure, number = Fraction(decision.confidence.amount) / 100, expected(promise, basis)
        levels = [Fraction(level) / 100 for level in levels_of(promise)] if upwards(promise) else []
        if number is None or not levels or not 0 < max(levels) < 1 or not 0 < sure < 1:
            continue
        people = population_of(basis) if not promise.segments else None
        everyone = people if people is not None and people >= number else None
        needed = answers_for_proof(max(levels), confidence=sure, population=everyone)
        if number < needed:
            yield Diagnostic(
                "never-proven",
                promise.place("breached_when"),
                f"{about(number, promise, basis)} cannot prove the level of `{promise.name}`, even without any failure",
                here=f"takes {needed:,} in a {window_of(promise)}, all of them good",
                why="The promise would be broken in every window, whatever the provider does.",
                remedy=by_window(needed, promise, basis, "lower the level, or write  breached when proven at 95% "),
            )


def never_so_sure(promise: nodes.Promise, decision: nodes.ProvenDecision | nodes.UnprovenDecision) -> Diagnostic:
    return Diagnostic(
        "never-proven",
        decision.span,
        f"no value of `{promise.name}` is ever proven at {decision.confidence.amount}%",
        here="sure to more than 0% and less than 100%",
        why="A verdict that waits for full certainty never comes, and one that needs none is no proof.",
        remedy="Write  95% , which is usual, or another share between 0% and 100%.",
    )


def upwards(promise: nodes.Promise) -> bool:
    return promise.level.comparison in ("at least", "above")
