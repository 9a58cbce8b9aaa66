"""From how many seconds on an outage counts, and how many a promise allows: for the rules that compare the two."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..model import nodes
from ..model.deadlines import usual_days
from ..model.feasibility import DAY_SECONDS, down_time, on_the_clock, promised_shares
from ..model.tiers import size

if TYPE_CHECKING:
    from ..source import Span

MINUTE = Decimal(60)


class Shortest(NamedTuple):
    """The seconds that an outage must last in order to count at all, and where that is said."""

    stretches: nodes.Intervals
    seconds: Decimal
    span: Span


class Allowance(NamedTuple):
    """The seconds of downtime that a promise allows in a window of so many days, by the first of its levels."""

    step: nodes.LevelStep
    seconds: Fraction
    days: Fraction


def shortest_counted(promise: nodes.Promise) -> Shortest | None:
    """The shortest outage that counts for a promise of availability; None where every second does."""
    length = down_time(promise)
    stretches = length.of.target if length is not None else None
    if not isinstance(stretches, nodes.Intervals):
        return None
    found = []
    for duration in (stretches.at_least_long, stretches.longer_than):
        seconds = size(duration) if duration is not None else None
        if duration is not None and seconds is not None and on_the_clock(duration):
            found.append(Shortest(stretches, seconds, duration.span))
    if stretches.partial_units == "are dropped":
        found.append(Shortest(stretches, MINUTE, stretches.place("partial_units")))
    return max(found, key=lambda shortest: shortest.seconds, default=None)


def allowance(promise: nodes.Promise) -> Allowance | None:
    """What a promise of availability allows; None for any other promise, and for windows of no length."""
    days, shares = usual_days(promise.each), promised_shares(promise)
    if days is None or not shares:
        return None
    step, share = shares[0]
    return Allowance(step, (1 - share) * days * DAY_SECONDS, days)


def one_breaks(promise: nodes.Promise, shortest: Shortest) -> bool:
    """Whether one outage that counts is more than all that the promise allows."""
    allowed = allowance(promise)
    return allowed is not None and 0 < allowed.seconds < Fraction(shortest.seconds)


def minutes(seconds: Fraction | Decimal) -> str:
    text = f"{float(seconds) / 60:.2f}".rstrip("0").rstrip(".")
    return f"{text} {'minute' if text == '1' else 'minutes'}"
