"""What the rules about tables have in common: intervals in words, and the direction in which a table gets worse."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..model import nodes, quantities
from ..model.measures import inherited
from ..model.promises import direction, paid_for
from ..model.ranges import range_of
from ..model.tiers import EVERYTHING, Interval, bounds_of, settled

if TYPE_CHECKING:
    from ..model.contract import Contract
    from ..model.expressions import Amount

FAULTS_OF_TABLES = (
    "tier-gap",
    "tier-overlap",
    "tier-order",
    "tier-cell-count",
    "unreachable-tier",
    "nested-tiers-without-policy",
    "first-tier-not-promise",
    "mixed-units",
    "unpayable-amount",
    "foreign-currency",
)
"""The rules that name a mistake in a table where it stands; what a proof would say of such a table is its echo."""


def bound_like(payment: nodes.Payment) -> Amount | None:
    """An amount of the table's unit, to write others like it."""
    return next((settled(bound.amount) for bound in bounds_of(payment)), None)


def in_words(interval: Interval, like: Amount | None) -> str:
    """`at least 98.9% but below 99.0%`, or the one value that the interval is."""
    if interval.low is not None and interval.low == interval.high:
        return f"exactly {amount_like(interval.low, like)}"
    parts = []
    if interval.low is not None:
        parts.append(f"{'at least' if interval.low_closed else 'above'} {amount_like(interval.low, like)}")
    if interval.high is not None:
        parts.append(f"{'at most' if interval.high_closed else 'below'} {amount_like(interval.high, like)}")
    return " but ".join(parts) or "anything"


def amount_like(value: Decimal, like: Amount | None) -> str:
    """A number with the unit of another amount, as the language writes it."""
    if isinstance(like, quantities.Duration):
        seconds = quantities.CLOCK_SECONDS.get(like.unit)
        return f"{plain(value / seconds if seconds else value)} {like.unit}"
    if isinstance(like, quantities.Money):
        return f"{like.currency} {value:,.2f}"
    marks: dict[type, str] = {
        quantities.Percent: "%",
        quantities.PercentagePoints: " pp",
        quantities.Points: " points",
        quantities.ServiceDays: " service days",
    }
    return plain(value) + marks.get(type(like), "")


def plain(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def direction_of(contract: Contract, payment: nodes.Payment) -> str:
    """In which direction the measured value is good; empty where the promises disagree or say nothing.

    A bonus runs the other way: its last row, for the best results, is the one that must have no end.
    """
    found = {direction(promise) for promise in paid_for(contract, payment)}
    found |= {inherited(kpi.found, "better") or "" for kpi in payment.for_whom if isinstance(kpi.found, nodes.Kpi)}
    better = found.pop() if len(found) == 1 else ""
    return better if not isinstance(payment, nodes.Bonus) else {"higher": "lower", "lower": "higher"}.get(better, "")


def natural_range(contract: Contract, payment: nodes.Payment) -> Interval:
    """The values that the measured value can have at all."""
    ranges = [range_of(promise) for promise in paid_for(contract, payment)]
    return ranges[0] if len(ranges) == 1 else EVERYTHING
