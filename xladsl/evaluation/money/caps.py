"""Caps, smallest amounts and rounding: what bounds a payment, in the order in which it is written."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model import nodes
from ..figures import money
from ..instants.clocks import later
from ..instants.zones import local
from ..results import Step

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window
    from .accounts import Account

SINGLE = ("event", "ticket")
NOTHING = Fraction(0)


def under_cap(
    assessment: Assessment,
    cap: nodes.CapRule,
    window: Window,
    amount: Fraction,
    most: Fraction,
    account: Account,
) -> tuple[Fraction, str]:
    """What a cap leaves of an amount, and how that was found.

    `most` is the amount of the cap, and `account` knows what was paid in earlier windows. A cap over a
    time that is shorter than the window bounds each such time in it.
    """
    number, since = reach(assessment, cap.each, window, account.zone)
    if since is None:
        return min(amount, most * number), "" if number == 1 else f" in each of {number} windows"
    before = account.before(window, since)
    room = max(most - before, NOTHING)
    since_when = f"{local(since, assessment.zone):%Y-%m-%d}"
    return min(amount, room), f"; {money(before, '')} of it was paid since {since_when}" if before else ""


def reach(assessment: Assessment, each: Any, window: Window, zone: str) -> tuple[int, int | None]:
    """How many of a cap's windows lie in the window of a payment, and else since when earlier payments count."""
    agreement = assessment.contract.agreement
    if each in SINGLE:
        return 1, None
    if isinstance(each, nodes.RollingWindow | nodes.TrailingWindow):
        since = later(window.end, each.length, None, agreement, zone, sign=-1)
        return 1, since if since < window.start else None
    windows = assessment.windows(each, zone)
    around = windows.containing(window.end - 1)
    if around is None or around.start == window.start:
        return 1, None
    if around.start < window.start:
        return 1, around.start
    return max(len(windows.ending_in(window.start, window.end)), 1), None


def at_least_smallest(smallest: nodes.SmallestPayment | None, amount: Fraction, unit: str) -> Fraction:
    """Nothing where an amount is too small to be paid. It is compared before it is rounded."""
    if smallest is None or smallest.amount.currency != unit:
        return amount
    limit = Fraction(smallest.amount.amount)
    enough = amount > limit if smallest.kind == "only above" else amount >= limit
    return amount if enough else NOTHING


def smallest_step(smallest: nodes.SmallestPayment, amount: Fraction) -> Step:
    limit = money(Fraction(smallest.amount.amount), smallest.amount.currency)
    return Step(f"paid {smallest.kind} {limit}", amount)


def rounded(amount: Fraction, rule: nodes.Rounding | None) -> Fraction:
    """The amount after the one rounding, in whole steps of what is rounded to; as it is where none is agreed."""
    if rule is None:
        return amount
    step = Fraction(rule.to.amount)
    return whole(amount / step, rule.mode) * step if step else amount


def whole(amount: Fraction, mode: str) -> int:
    """A number without its fraction; a loss is rounded as the gain of the other party would be."""
    if amount < 0:
        return -whole(-amount, mode)
    floor, rest = divmod(amount, 1)
    if mode == "down" or not rest:
        return int(floor)
    if mode == "up":
        return int(floor) + 1
    half = Fraction(1, 2)
    if rest == half and mode == "half even":
        return int(floor) + int(floor) % 2
    return int(floor) + (rest >= half)


def shared_out(amounts: list[Fraction], rule: nodes.Rounding) -> list[Fraction]:
    """Amounts that are whole steps of the rounding and come to their rounded total.

    Each is rounded down first; the steps that are missing then go to those that lost most by it.
    """
    step = Fraction(rule.to.amount)
    total = rounded(sum(amounts, NOTHING), rule)
    floors = [amount // step * step for amount in amounts]
    missing = int((total - sum(floors, NOTHING)) / step)
    order = sorted(range(len(amounts)), key=lambda index: (floors[index] - amounts[index], index))
    for index in order[:missing]:
        floors[index] += step
    return floors
