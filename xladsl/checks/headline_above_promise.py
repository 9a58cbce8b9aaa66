"""A promise that leaves out more time than it allows to fail.

99.9 % of a month of 30 days allows 43 minutes. If four hours of planned work do not count, people may be without the
service for four hours and 43 minutes: what they get is 99.345 %.

Wrong:

```xladsl wrong
maintenance planned_work "Planned work" {
  window sunday 02:00 to 06:00
  at most 4 h each calendar month
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9% // info: headline-above-promise
  each calendar month
  leaving out planned_work
  owner service_manager
}
```

Right:

```xladsl
maintenance planned_work "Planned work" {
  window sunday 02:00 to 06:00
  at most 30 min each calendar month
}
sla portal_open "Portal availability" {
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  leaving out planned_work
  owner service_manager
}
```

It is worth knowing and no fault: the number is right for what it counts. Force majeure, reliefs and what has no bound
are not in it.

Source: the share of a window that is left in the worst case is the level, times the window less all that may be left
out, over the window.

Implements: measurability C12
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import usual_days
from ..model.feasibility import DAY_SECONDS, clock, left_out, percent, promised_shares
from ..model.promises import every_promise
from ..model.statistics.availability import downtime_budget, effective_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL459", Severity.INFO)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        shares, days = promised_shares(promise), usual_days(promise.each)
        if not shares or days is None:
            continue
        step, share = shares[-1]
        counted = [each for each in left_out(promise) if isinstance(each.block, nodes.Exclusion | nodes.Maintenance)]
        bounded = [(each.block, each.seconds) for each in counted if each.seconds is not None]
        seconds = sum((most for _, most in bounded), Fraction(0))
        window = days * DAY_SECONDS
        allowed = downtime_budget(share, window)
        if seconds > allowed:
            yield Diagnostic(
                "headline-above-promise",
                step.span,
                f"`{promise.name}` promises {percent(share)}, and people may have"
                f" {percent(effective_promise(share, window, seconds))} of {in_words(promise.each, days)}",
                here=f"allows {clock(allowed)} of downtime, and up to {clock(seconds)} more do not count",
                labels=tuple(Label(block.place("name"), f"up to {clock(most)}") for block, most in bounded),
                why="People feel the time that does not count as much as the time that does.",
                remedy=f"Say the second number beside the first, or leave out less than {clock(allowed)}.",
            )


def in_words(window: object, days: Fraction) -> str:
    return f"{days} days" if days > 1 else f"a {window}"
