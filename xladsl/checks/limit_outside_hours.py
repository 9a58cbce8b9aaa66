"""A time limit that runs day and night, for a service that closes.

Four hours on the clock, with people who go home at five: what is reported at four in the afternoon is due at eight in
the evening, when nobody is there.

Wrong:

```xladsl wrong
calendar office_hours "Office hours" { open monday to friday 09:00 to 17:00 }
sla repaired "Repaired in time" {
  for portal
  value share of desk where priority is "P1" in which resolved - opened <= 4 h // warning: limit-outside-hours
  empty counts as met
  level at least 95%
  each calendar month
  during office_hours
  owner service_manager
}
```

Right:

```xladsl
calendar office_hours "Office hours" { open monday to friday 09:00 to 17:00 }
sla repaired "Repaired in time" {
  for portal
  value share of desk where priority is "P1" in which resolved - opened <= 4 business hours
  empty counts as met
  level at least 95%
  each calendar month
  during office_hours
  owner service_manager
}
```

The rule speaks only where more cases fall due after closing time than the level allows to be late, if they come
evenly over the opening hours.

Source: a time limit must be reachable inside the hours of the service, and both must be said.

Implements: measurability A4
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.feasibility import clock, due_when_closed, hours_of, limit_place, on_the_clock, percent, time_limits
from ..model.promises import every_promise
from ..model.quantities import CLOCK_SECONDS, Percent
from ..model.tiers import settled, size
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract

RULE = Rule("XL432", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        calendar = hours_of(promise)
        allowed = misses(promise)
        for limit in time_limits(contract, promise) if calendar is not None and allowed is not None else ():
            if not on_the_clock(limit.limit) or limit.limit.unit not in CLOCK_SECONDS:
                continue
            assert calendar is not None
            seconds = Fraction(size(limit.limit) or 0)
            late = due_when_closed(calendar, seconds)
            if allowed is not None and late > allowed:
                yield Diagnostic(
                    "limit-outside-hours",
                    limit_place(limit),
                    f"{percent(late, 1)} of the opening hours of `{calendar.name}` are so late that {clock(seconds)}"
                    " end after closing time",
                    here="runs day and night",
                    labels=(Label(calendar.place("name"), "these hours count"),),
                    why=f"`{promise.name}` allows {percent(allowed, 1)} to be late; the rest would have to be done in"
                    " less time than was agreed, or at night.",
                    remedy=f"Write `{business(limit.limit)}`, or agree on service at all hours:  during all hours .",
                )


def misses(promise: nodes.Promise) -> Fraction | None:
    """The share of cases that may be late, by the strictest step of the level."""
    amounts = [settled(step.amount) for step in promise.level.steps]
    shares = [Fraction(amount.amount) / 100 for amount in amounts if isinstance(amount, Percent)]
    return 1 - max(shares) if shares and promise.level.comparison in ("at least", "above") else None


def business(limit: object) -> str:
    words = shown(limit.span)  # type: ignore[attr-defined]  # a duration has a place
    number, _, unit = words.partition(" ")
    return f"{number} business {'minutes' if unit.startswith('min') else 'hours'}"
