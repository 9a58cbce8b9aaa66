"""A time limit that has run out before the supplier has to answer.

A case that needs a supplier waits for the supplier. If that one may take until the next business day, nobody can
promise the end of the case within four hours of the night.

Wrong:

```xladsl wrong
sla portal_fixed "Portal repaired in time" {
  for portal
  value share of desk where priority is "P1" in which resolved - opened <= 4 h // warning: supplier-slower-than-promise
  empty counts as met
  level at least 95%
  each calendar month
  owner service_manager
}
dependency leased_lines "Leased lines" {
  supplied by "Nordlink ApS"
  for portal
  responds within 1 business day
  failure is borne by the provider
}
```

Right:

```xladsl
sla portal_fixed "Portal repaired in time" {
  for portal
  value share of desk where priority is "P1" in which resolved - opened <= 4 h
  empty counts as met
  level at least 95%
  each calendar month
  owner service_manager
}
dependency leased_lines "Leased lines" {
  supplied by "Nordlink ApS"
  for portal
  responds within 30 min
  failure is borne by the provider
}
```

Source: the times of suppliers must fit into the time promised to the customer, on the same calendar.

Implements: measurability A2
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.feasibility import dependencies_of, hours_of, limit_place, on_the_clock, shortest_day, time_limits
from ..model.promises import every_promise
from ..model.tiers import scale, size
from ._words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract
    from ..model.quantities import Duration

RULE = Rule("XL431", Severity.WARNING)

WEEKEND = Fraction(48 * 3600)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        suppliers = [each for each in dependencies_of(contract, promise) if each.when_it_fails != "is left out"]
        for limit in time_limits(contract, promise) if suppliers else ():
            for supplier in suppliers:
                takes = supplier.responds
                if takes is None or limit.ends != "resolution" or not too_slow(takes, limit.limit, promise):
                    continue
                yield Diagnostic(
                    "supplier-slower-than-promise",
                    limit_place(limit),
                    f"`{promise.name}` ends within {shown(limit.limit.span)}, and `{supplier.name}` may take"
                    f" {shown(takes.span)} to answer",
                    here="no time is left for the repair",
                    labels=(Label(supplier.place("responds"), "the supplier's own time is here"),),
                    why="Each case that needs the supplier would be late although everybody keeps to what was agreed.",
                    remedy=f"Agree with the supplier on less than {shown(limit.limit.span)} on the same clock, promise"
                    " more time, or leave its failures out.",
                )


def too_slow(takes: Duration, limit: Duration, promise: nodes.Promise) -> bool:
    """Whether the supplier's time uses up the whole limit, at the latest over a weekend."""
    if scale(takes) == scale(limit):
        return amount(takes) >= amount(limit)
    if on_the_clock(limit) and not on_the_clock(takes):
        return limit.unit not in CALENDAR_UNITS and amount(limit) < WEEKEND
    if on_the_clock(takes) and takes.unit not in CALENDAR_UNITS and not on_the_clock(limit):
        working = working_seconds(limit, promise)
        return working is not None and amount(takes) >= working
    return False


CALENDAR_UNITS = ("days", "day", "weeks", "week", "months", "month", "quarters", "quarter", "years", "year")


def amount(duration: Duration) -> Fraction:
    return Fraction(size(duration) or 0)


def working_seconds(limit: Duration, promise: nodes.Promise) -> Fraction | None:
    """The least clock time that a limit of business time takes."""
    if "minute" in limit.unit:
        return Fraction(limit.amount) * 60
    if "hour" in limit.unit:
        return Fraction(limit.amount) * 3600
    calendar = hours_of(promise)
    return Fraction(limit.amount) * shortest_day(calendar) if calendar is not None else None
