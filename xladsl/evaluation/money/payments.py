"""One payment in one window, for one group: whether it is due, its amount, and whether that counts twice.

This is the beginning of the order of work; how payments meet, and caps, are the matter of `settling`.

A payment pays once in a window. Where several of its promises are breached, or one promise in several groups that the
payment does not tell apart, the breach that pays most counts; of a bonus, which needs all of them to be met, the one
that pays least. A table with a column of bounds for each promise is due when all of these are breached.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ...model import nodes, units
from ..figures import written
from ..judging.conditions import holds
from ..judging.verdicts import first_counted
from ..results import Paid, Step
from ..scope import Group
from ..values.formulas import value_of
from .accounts import Account
from .caps import under_cap
from .due import UNDECIDED, cases, is_due, relevant
from .subjects import Entry, event_of, scope_in, windows_in, zone_of
from .worth import NOTHING, base_of, label, unit_of, worth_in

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window

DUE, NOT_DUE = "due", "not due"


def paid(assessment: Assessment, payment: nodes.Payment, window: Window, group: Group) -> Paid:
    """What a payment comes to in a window for a group, exact, before it meets others and before any cap.

    `status` is `due`, `not due`, or `undecided` where something that decides it is not known; its amount is nothing
    then. The points of a scheme are under its caps already; in a window longer than its own they are those of all its
    windows in it.
    """
    entry = Entry(payment, window, group)
    if isinstance(payment, nodes.PointsScheme):
        return points(assessment, payment, entry)
    return worked_out(assessment, entry)


def worked_out(assessment: Assessment, entry: Entry) -> Paid:
    """Whether it is due, what it is worth, and whether that counts twice."""
    if settles_in(assessment, entry.window):
        return result(assessment, entry, NOTHING, "nothing is paid for the time of settling in")
    found = cases(assessment, entry)
    due, reason = is_due(assessment, entry, found)
    if not due:
        return result(assessment, entry, None if due is None else NOTHING, reason)
    base = base_of(assessment, entry)
    worth = worth_in(assessment, entry, relevant(entry.payment, found), base)
    return doubled(assessment, entry, result(assessment, entry, worth.amount, f"{reason}: {worth.words}", base))


def doubled(assessment: Assessment, entry: Entry, found: Paid) -> Paid:
    """Twice the amount, if its condition is true."""
    condition = entry.payment.repeated
    if condition is None or not found.amount:
        return found
    event = event_of(assessment, entry.payment, entry.window)
    true = holds(assessment, condition, entry.window, entry.group, event)
    if true is False:
        return found
    amount = found.amount * 2 if true else found.amount
    words = "doubled" if true else "not doubled: whether it was so before is not known"
    return found._replace(amount=amount, steps=(*found.steps, Step(words, amount)))


def settles_in(assessment: Assessment, window: Window) -> bool:
    """Whether a window ends within the time of settling in."""
    settling = assessment.contract.agreement.settling
    return settling is not None and window.end <= first_counted(assessment)


# -------------------------------------------------------------------------------------------------------------- points


def points(assessment: Assessment, scheme: nodes.PointsScheme, entry: Entry) -> Paid:
    """The points of a window: as given, of all windows in it, or worked out and cut by the caps of the scheme."""
    window = entry.window
    told = assessment.given.payment(scheme.name, window)
    if told is not None:
        return result(assessment, entry, told, "it is given so")
    own = windows_in(assessment, scheme, window.start, window.end)
    if own and window not in own:
        return of_parts(assessment, entry, own)
    return capped_points(assessment, entry, worked_out(assessment, entry))


def of_parts(assessment: Assessment, entry: Entry, parts: list[Window]) -> Paid:
    """The points of all windows that end in a longer one."""
    found = [assessment.paid(entry.payment, part, entry.group) for part in parts]
    total = sum((part.amount for part in found), NOTHING)
    names = ", ".join(part.window for part in found if part.amount)
    undecided = any(part.status == UNDECIDED for part in found)
    return result(assessment, entry, None if undecided else total, f"of {names or 'no window'}")


def capped_points(assessment: Assessment, entry: Entry, found: Paid) -> Paid:
    """What the caps of a scheme leave of its points: they count before they become money."""
    scheme, window, group = entry
    account: Account = assessment.once(
        ("account of points", id(scheme), group),
        lambda: Account(
            assessment,
            lambda start, end: windows_in(assessment, scheme, start, end),
            lambda each: assessment.paid(scheme, each, group).amount,
            zone_of(assessment, scheme),
        ),
    )
    for cap in scheme.cap:
        most = value_of(assessment, cap.amount, scope_in(assessment, scheme, window, group)).amount
        if most is not None and found.amount:
            amount, how = under_cap(assessment, cap, window, found.amount, most, account)
            steps = (
                found.steps
                if amount == found.amount
                else (*found.steps, Step(capped_at(most, units.POINTS, how), amount))
            )
            found = found._replace(amount=amount, steps=steps)
    return found


def capped_at(most: Fraction, unit: str, how: str) -> str:
    return f"capped at {written(most, unit)}{how}"


# ---------------------------------------------------------------------------------------------------------- the result


def result(
    assessment: Assessment, entry: Entry, amount: Fraction | None, words: str, base: Fraction | None = None
) -> Paid:
    """A payment of a single step; with no amount it is undecided."""
    payment, window, group = entry
    return Paid(
        payment=payment.name,
        window=window.name,
        start=window.start,
        end=window.end,
        group=group.name,
        unit=label(unit_of(assessment, payment)),
        amount=amount or NOTHING,
        base=base,
        steps=(Step(words, amount or NOTHING),),
        status=UNDECIDED if amount is None else DUE if amount else NOT_DUE,
    )
