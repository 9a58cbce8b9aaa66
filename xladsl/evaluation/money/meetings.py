"""Payments that meet in a month, a quarter or an event: what each is worth by itself, and which of them are paid.

`with other credits of the month only the largest` compares what payments are worth before their caps, in all windows
that end in the month. The clause binds the payment that says it, and those that say nothing of it; one that says
`add up` is paid beside. Where a bonus and a credit exclude each other the credit is paid, and else the larger.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ...model import nodes, units
from ..figures import written
from ..instants.zones import day_of, midnight
from ..notes import note
from ..options import in_force
from ..results import Step
from ..scope import EVERYONE
from .claims import arrival, status_of
from .payments import DUE, NOT_DUE
from .subjects import Entry, groups_of, windows_in, zone_of
from .worth import NOTHING, unit_of

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window

LARGEST, CHOSEN, EXCLUDED, ADDED = "only the largest", "the one the customer chooses", "exclude each other", "add up"


class Stage(NamedTuple):
    """A payment on its way: the amount so far, exact, and what was done."""

    amount: Fraction
    status: str
    steps: tuple[Step, ...]

    def then(self, what: str, amount: Fraction, status: str = "") -> Stage:
        return Stage(amount, status or self.status, (*self.steps, Step(what, amount)))

    def cut(self, amount: Fraction, what: str) -> Stage:
        """The amount after a step, which is told only if it changed something."""
        return self if amount == self.amount else self.then(what, amount)


def alone(assessment: Assessment, entry: Entry) -> Stage:
    """What a payment is worth before it meets others: as given, or worked out, unless a claim came too late."""
    told = told_amount(assessment, entry)
    if told is not None:
        return Stage(told, DUE if told else NOT_DUE, (Step("it is given so", told),))
    found = assessment.paid(*entry)
    stage = Stage(found.amount, found.status, found.steps)
    if not stage.amount or isinstance(entry.payment, nodes.PointsScheme):
        return stage
    status, words = status_of(assessment, entry.payment, entry.window)
    return stage.then(words, NOTHING, status) if status == "lapsed" else stage


def told_amount(assessment: Assessment, entry: Entry) -> Fraction | None:
    """What a payment is said to have come to, after every step: for its group, or else for all groups together, for
    which the first of them stands."""
    own = assessment.given.payment_of_group(entry.payment.name, entry.window, entry.group.name)
    if own is not None:
        return own
    told = assessment.given.payment(entry.payment.name, entry.window)
    if told is None or entry.group == EVERYONE:
        return told
    return told if entry.group == groups_of(assessment, entry.payment, entry.window)[0] else NOTHING


def payments(assessment: Assessment) -> list[nodes.Payment]:
    """The payments that hold under the choices that were taken."""
    return [each for each in assessment.contract.every(nodes.Payment) if in_force(assessment, each)]


def entries_in(assessment: Assessment, chosen: list[nodes.Payment], start: int, end: int) -> list[Entry]:
    """Some payments in their windows that end in a period, for each of their groups, in the order of time."""
    found = [
        Entry(payment, window, group)
        for payment in chosen
        for window in windows_in(assessment, payment, start, end)
        for group in groups_of(assessment, payment, window)
    ]
    return sorted(found, key=lambda entry: entry.place)


def period_of(assessment: Assessment, payment: nodes.Payment, words: str, window: Window) -> tuple[int, int]:
    """The month or quarter of the calendar in which a window ends, or the event that it is.

    It is the month that people have where the payment's windows end, told by the midnights of the agreement's zone.
    """
    zone = zone_of(assessment, payment)
    around = None if words == "event" else assessment.windows(f"calendar {words}", zone).containing(window.end - 1)
    if around is None:
        return window.start, window.end
    first, last = (midnight(day_of(instant, zone), assessment.zone) for instant in (around.start, around.end))
    return first, last


def is_money(assessment: Assessment, payment: nodes.Payment) -> bool:
    return unit_of(assessment, payment).startswith(units.MONEY)


def others_like(assessment: Assessment, payment: nodes.Payment, *, both_ways: bool = False) -> list[nodes.Payment]:
    """All payments that a payment meets, itself included: of its unit, and to the same party unless both ways."""
    unit = unit_of(assessment, payment)
    return [
        other
        for other in payments(assessment)
        if (both_ways or isinstance(other, nodes.Bonus) == isinstance(payment, nodes.Bonus))
        and not isinstance(other, nodes.PointsScheme)
        and unit_of(assessment, other) == unit
    ]


def others_instead(assessment: Assessment, payment: nodes.Payment) -> list[nodes.Payment]:
    """What the customer may choose instead of money, such as days of service, or the money instead of those."""
    unit = unit_of(assessment, payment)
    return [
        other
        for other in payments(assessment)
        if other.combines is not None and other.combines.rule == CHOSEN and unit_of(assessment, other) != unit
    ]


# ----------------------------------------------------------------------------------------------------- which are paid


def falls_beside(assessment: Assessment, payment: nodes.Payment, window: Window) -> str:
    """Why a payment is not paid beside the others of its period; empty where it is."""
    rule = rule_for(assessment, payment, window)
    if rule is None or rule.rule == ADDED:
        return ""
    start, end = period_of(assessment, payment, rule.period, window)
    rivals = others_like(assessment, payment, both_ways=rule.rule == EXCLUDED)
    if rule.rule == CHOSEN:
        rivals += others_instead(assessment, payment)
    worths = [(rival, worth_together(assessment, rival, start, end)) for rival in rivals]
    best = preferred(assessment, rule.rule, [(rival, worth) for rival, worth in worths if worth], start, end)
    return "" if best is None or best is payment else f"not paid beside `{best.name}`: {rule.rule}"


def preferred(
    assessment: Assessment, rule: str, due: list[tuple[nodes.Payment, Fraction]], start: int, end: int
) -> nodes.Payment | None:
    """The one of several payments that is paid where not all of them are; None where there are not several.

    Where nobody has chosen, money goes before what cannot be compared with it.
    """
    if len(due) < 2:
        return None
    if rule == CHOSEN:
        asked = claimed_first(assessment, [payment for payment, _ in due], start, end)
        if asked is not None:
            return asked
        said = ", ".join(sorted(f"`{each.name}` {written(worth, unit_of(assessment, each))}" for each, worth in due))
        note(assessment, f"The customer may choose one of {said}; until it does, the largest is counted.")

    def last(each: tuple[nodes.Payment, Fraction]) -> tuple[bool, bool, Fraction, str]:
        payment, worth = each
        given_way = rule == EXCLUDED and isinstance(payment, nodes.Bonus)
        return given_way, not is_money(assessment, payment), -worth, payment.name

    return min(due, key=last)[0]


def rule_for(assessment: Assessment, payment: nodes.Payment, window: Window) -> nodes.CombinesWith | None:
    """The payment's own clause, or for one that says nothing that of another which is due in the same period."""
    if isinstance(payment, nodes.PointsScheme) or payment.combines is not None:
        return payment.combines
    if any(part.found is payment for block in assessment.contract.every(nodes.Combination) for part in block.combines):
        return None
    for other in sorted(others_like(assessment, payment, both_ways=True), key=lambda other: other.name):
        rule = other.combines
        if rule is None or rule.rule == ADDED:
            continue
        same_way = isinstance(other, nodes.Bonus) == isinstance(payment, nodes.Bonus)
        if (same_way or rule.rule == EXCLUDED) and worth_together(
            assessment, other, *period_of(assessment, payment, rule.period, window)
        ):
            return rule
    return None


def worth_together(assessment: Assessment, payment: nodes.Payment, start: int, end: int) -> Fraction:
    """What a payment is worth before it meets others, in all windows that end in a period."""

    def work() -> Fraction:
        return sum((alone(assessment, each).amount for each in entries_in(assessment, [payment], start, end)), NOTHING)

    found: Fraction = assessment.once(("worth", id(payment), start, end), work)
    return found


def claimed_first(assessment: Assessment, chosen: list[nodes.Payment], start: int, end: int) -> nodes.Payment | None:
    """The payment that the customer asked for, which is its choice; of several the first."""
    asked = [
        (arrived, payment.name, payment)
        for payment in chosen
        for window in windows_in(assessment, payment, start, end)
        if (arrived := arrival(assessment, payment, window)) is not None
    ]
    return min(asked, key=lambda each: each[:2])[2] if asked else None
