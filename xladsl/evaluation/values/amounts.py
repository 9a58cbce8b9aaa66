"""Amounts as they stand in an agreement, made exact and brought to the unit in which values are compared.

A percentage becomes a share of one, time on the clock and open time become seconds, business days stay days, money is
in units of its currency; whatever is counted stays as it is.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model import nodes, quantities
from ...model.node import walk
from ..instants import clocks, zones
from ..notes import note

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window

HUNDREDTHS = (quantities.Percent, quantities.PercentagePoints)
SECONDS = {
    **{unit: Fraction(seconds) for unit, seconds in quantities.CLOCK_SECONDS.items()},
    "business minutes": Fraction(60),
    "business hours": Fraction(3600),
    "days": Fraction(86_400),
    "weeks": Fraction(7 * 86_400),
}
MONTHS = {"months": 1, "quarters": 3, "years": 12}
"""Units of the calendar whose length depends on where they begin."""


def amount_of(quantity: quantities.Quantity | quantities.Money | quantities.Duration) -> Fraction:
    """An amount in its canonical unit. Months are counted, since nobody knows how many seconds they have."""
    amount = Fraction(quantity.amount)
    if isinstance(quantity, HUNDREDTHS):
        return amount / 100
    if not isinstance(quantity, quantities.Duration):
        return amount
    return amount * (MONTHS.get(quantity.unit) or SECONDS.get(quantity.unit) or 1)


def length_of(duration: quantities.Duration, assessment: Assessment, window: Window, zone: str) -> Fraction:
    """A length of time in seconds, or in business days; months are those that follow the beginning of the window."""
    if duration.unit not in MONTHS:
        return amount_of(duration)
    end = clocks.later(window.start, duration, None, assessment.contract.agreement, zone)
    return Fraction(end - window.start, zones.SECOND)


def amount_at(parameter: nodes.Parameter, day: date) -> Any:
    """The amount of a parameter that holds on a day: the one whose first day came last. None before all."""
    begun = [step for step in parameter.value if step.since is None or step.since <= day]
    return max(begun, key=lambda step: step.since or date.min).amount if begun else None


def governing_day(parameter: nodes.Parameter, assessment: Assessment, window: Window) -> date:
    """The day that decides which of several amounts of a parameter holds.

    Where that is the end of the window it is the window's last day, not the first one after it. So it is, with a note,
    where nobody tells when the claim arrived or the invoice was issued.
    """
    if parameter.governed_by == "incident":
        return zones.day_of(window.start, assessment.zone)
    if parameter.governed_by == "report":
        return zones.day_of(reported(assessment, window), assessment.zone)
    if parameter.governed_by in ("claim", "invoice"):
        moment = told_moment(parameter, assessment, window)
        if moment is not None:
            return zones.day_of(moment, assessment.zone)
        note(
            assessment,
            f"`{parameter.name}` goes by the date of the {parameter.governed_by}, which nobody tells for {window.name}:"
            " the last day of the window was taken.",
        )
    return zones.day_of(window.end - 1, assessment.zone)


def told_moment(parameter: nodes.Parameter, assessment: Assessment, window: Window) -> int | None:
    """When the invoice was issued, or the first claim arrived for a payment that the parameter is a part of."""
    from ..money.claims import arrival, invoiced

    if parameter.governed_by == "invoice":
        moment = invoiced(assessment, window)
        return None if moment is None else moment.start
    payments = assessment.contract.every(nodes.Payment)
    using = [each for each in payments if any(getattr(part, "target", None) is parameter for part in walk(each))]
    claims = (arrival(assessment, payment, window) for payment in using)
    return min((claim for claim in claims if claim is not None), default=None)


def reported(assessment: Assessment, window: Window) -> int:
    """When the report on a window was issued, or else is due; its end where no report is agreed."""
    reports = assessment.contract.every(nodes.Report)
    issued = [assessment.given.happened("issued", report.name, window) for report in reports]
    told = next((moment for moment in issued if moment is not None), None)
    if told is not None:
        return told.start
    due = next((report for report in reports if report.covers_all), reports[0] if reports else None)
    if due is None:
        return window.end
    return clocks.later(window.end, due.due_within.within, None, assessment.contract.agreement, assessment.zone)
