"""Blocks that combine payments: an amount of its own, made of what its payments come to by themselves.

The window of a combination is that of its shortest cap, or without a cap the longest of its payments, and a month at
least. It takes in all windows of its payments that end in it. Where every payment of it is divided into groups, as into
machines, each group is combined by itself.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes, units
from ...model.deadlines import usual_days
from ..figures import written
from ..notes import note
from ..options import holds_in, in_force
from ..results import Paid, Step
from ..scope import Scope
from .accounts import Account
from .caps import at_least_smallest, rounded, smallest_step, under_cap
from .due import UNDECIDED
from .meetings import ADDED, Stage, entries_in, is_money, preferred
from .payments import DUE, NOT_DUE, capped_at
from .stages import amount_of_cap, party, rounds_total, settled_for
from .stages import cut_to_size as unrounded
from .subjects import MONTHLY, Entry, each_of, pace
from .worth import NOTHING, label, unit_of

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window


def combination_windows(assessment: Assessment, combination: nodes.Combination, start: int, end: int) -> list[Window]:
    """The windows of a combination that end after `start` and not after `end`."""
    windows = assessment.windows(each_window(assessment, combination), assessment.zone).ending_in(start, end)
    return [window for window in windows if holds_in(assessment, combination, window)]


def each_window(assessment: Assessment, combination: nodes.Combination) -> Any:
    caps = [cap.each for cap in combination.cap if isinstance(cap.each, str) and usual_days(cap.each)]
    if caps:
        return min(caps, key=lambda each: usual_days(each) or 0)
    leaders = [pace(assessment, payment) for payment in members(assessment, combination)]
    eaches = [each_of(leader) for leader in leaders if leader is not None]
    calendar = [each for each in eaches if isinstance(each, str) and usual_days(each)]
    return max([MONTHLY, *calendar], key=lambda each: usual_days(each) or 0)


def members(assessment: Assessment, combination: nodes.Combination) -> list[nodes.Payment]:
    """The payments of a combination that hold under the choices taken; only money is combined."""
    held = [part.found for part in combination.combines if in_force(assessment, part.found)]
    paid_in_money = [payment for payment in held if is_money(assessment, payment)]
    for payment in held:
        if payment not in paid_in_money:
            note(assessment, f"`{payment.name}` is no money, and is given beside what `{combination.name}` comes to.")
    return paid_in_money


def combined(assessment: Assessment, combination: nodes.Combination, window: Window) -> list[Paid]:
    """What a combination comes to in one of its windows, for each group if all of its payments have groups."""

    def work() -> list[Paid]:
        chosen = members(assessment, combination)
        entries = entries_in(assessment, chosen, window.start, window.end)
        if not chosen or not all(payment.group_by for payment in chosen):
            return [together(assessment, combination, window, "", entries)]
        names = list(dict.fromkeys(entry.group.name for entry in entries))
        return [
            together(assessment, combination, window, name, [each for each in entries if each.group.name == name])
            for name in names or [""]
        ]

    found: list[Paid] = assessment.once(("combined", id(combination), window), work)
    return found


class Sum(NamedTuple):
    """What is combined so far, the payments that it is made of, and the unit of all of them."""

    stage: Stage
    counted: list[nodes.Payment]
    unit: str


def together(
    assessment: Assessment, combination: nodes.Combination, window: Window, group: str, entries: list[Entry]
) -> Paid:
    """The rule, the caps in their order, the smallest amount, and rounding where a cap left a fraction."""
    found = by_rule(assessment, combination, window, entries)
    told = assessment.given.payment(combination.name, window)
    if told is not None:
        stage = Stage(told, found.stage.status, (Step("it is given so", told),))
    else:
        stage = cut_to_size(assessment, combination, window, group, found)
    bonuses = bool(found.counted) and all(isinstance(payment, nodes.Bonus) for payment in found.counted)
    return Paid(
        payment=combination.name,
        window=window.name,
        start=window.start,
        end=window.end,
        group=group,
        unit=label(found.unit),
        amount=stage.amount,
        steps=stage.steps,
        status=stage.status if stage.amount or stage.status == UNDECIDED else NOT_DUE,
        to=party(assessment, "provider" if bonuses or stage.amount < 0 else "customer"),
    )


def cut_to_size(
    assessment: Assessment, combination: nodes.Combination, window: Window, group: str, found: Sum
) -> Stage:
    """What the caps, the smallest amount and rounding leave of the sum."""
    stage = found.stage
    for cap in combination.cap:
        stage = under(assessment, combination, cap, window, group, stage, found.unit)
    smallest = combination.smallest
    enough = at_least_smallest(smallest, stage.amount, label(found.unit))
    if smallest is not None and enough != stage.amount:
        return Stage(enough, NOT_DUE, (*stage.steps, smallest_step(smallest, enough)))
    amount = rounded(stage.amount, assessment.contract.agreement.rounding)
    return stage.cut(amount, "rounded")


def currency(assessment: Assessment) -> str:
    own = assessment.contract.agreement.currency
    return f"{units.MONEY} in {own}" if own else units.MONEY


def by_rule(assessment: Assessment, combination: nodes.Combination, window: Window, entries: list[Entry]) -> Sum:
    """What the payments come to by the rule: their sum, or one of them."""
    unit = unit_of(assessment, entries[0].payment) if entries else currency(assessment)
    due = [(payment, amount) for payment, amount in amounts_of(assessment, entries).items() if amount]
    best = None
    if combination.rule != ADDED:
        best = preferred(assessment, combination.rule, due, window.start, window.end)
    counted = [(payment, amount) for payment, amount in due if best is None or payment is best]
    credits_too = any(not isinstance(payment, nodes.Bonus) for payment, _ in counted)
    total = sum(
        (-amount if isinstance(each, nodes.Bonus) and credits_too else amount for each, amount in counted), NOTHING
    )
    words = " + ".join(f"`{payment.name}` {written(amount, unit)}" for payment, amount in counted) or "nothing is due"
    names = [payment for payment, _ in counted]
    status = status_together(assessment, [entry for entry in entries if entry.payment in names], entries)
    step = Step(words if best is None else f"{combination.rule}: {words}", total)
    return Sum(Stage(total, status, (step,)), names, unit)


def amounts_of(assessment: Assessment, entries: list[Entry]) -> dict[nodes.Payment, Fraction]:
    """What each payment comes to by itself; unrounded where only the total of the month is rounded."""
    found: dict[nodes.Payment, Fraction] = {}
    for entry in entries:
        amount = (
            unrounded(assessment, entry).amount if rounds_total(assessment) else settled_for(assessment, entry).amount
        )
        found[entry.payment] = found.get(entry.payment, NOTHING) + amount
    return found


def status_together(assessment: Assessment, counted: list[Entry], entries: list[Entry]) -> str:
    """Undecided if any part is; else what became of the claims of those that count, if it is the same for all."""
    if any(settled_for(assessment, entry).status == UNDECIDED for entry in entries):
        return UNDECIDED
    statuses = {paid.status for entry in counted if (paid := settled_for(assessment, entry)).amount}
    return statuses.pop() if len(statuses) == 1 else "unclaimed" if "unclaimed" in statuses else DUE


def under(
    assessment: Assessment,
    combination: nodes.Combination,
    cap: nodes.CapRule,
    window: Window,
    group: str,
    stage: Stage,
    unit: str,
) -> Stage:
    """What one of the caps of a combination leaves of it."""
    if stage.amount <= 0:
        return stage
    most = amount_of_cap(assessment, cap.amount, Scope(window), None)
    if most is None:
        note(assessment, f"A cap of `{combination.name}` cannot be worked out for {window.name}.")
        return stage.then("its cap is not known", NOTHING, UNDECIDED)

    account: Account = assessment.once(
        ("account of combination", id(combination), group),
        lambda: Account(
            assessment,
            lambda start, end: combination_windows(assessment, combination, start, end),
            lambda each: sum((p.amount for p in combined(assessment, combination, each) if p.group == group), NOTHING),
            assessment.zone,
        ),
    )
    amount, how = under_cap(assessment, cap, window, stage.amount, most, account)
    return stage.cut(amount, capped_at(most, unit, how))
