"""One payment through all the steps: beside others, under its caps, large enough, and rounded once.

What is left after a payment's own caps goes under the caps that bind several together (`then cap`): payments that end
earlier come first, those that end together are cut in proportion. A cap over a longer time looks at what was paid in it
before, after rounding.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model import nodes, units
from ...model.expressions import AllFees, FeeAmount, FeesOf
from ..figures import written
from ..notes import note
from ..results import Paid
from ..scope import Scope
from ..values.formulas import value_of
from .accounts import Account
from .caps import at_least_smallest, rounded, shared_out, smallest_step, under_cap
from .claims import status_of
from .due import UNDECIDED
from .fees import fee
from .meetings import (
    Stage,
    alone,
    entries_in,
    falls_beside,
    is_money,
    others_like,
    period_of,
    told_amount,
    worth_together,
)
from .payments import DUE, NOT_DUE, capped_at
from .subjects import Entry, groups_of, scope_in, windows_in, zone_of
from .worth import NOTHING, label, unit_of

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window

ON_TOTAL = "the total of the month"


def settled_for(assessment: Assessment, entry: Entry) -> Paid:
    """What a payment comes to in a window for a group, after every step."""

    def work() -> Paid:
        stage = cut_to_size(assessment, entry)
        amount = rounded_amount(assessment, entry, stage.amount)
        return final(assessment, entry, stage.cut(amount, "rounded"))

    found: Paid = assessment.once(("settled", *keys(entry)), work)
    return found


def settled_of(assessment: Assessment, payment: nodes.Payment, window: Window) -> list[Paid]:
    """What a payment comes to in one of its windows, for each of its groups."""
    return [settled_for(assessment, Entry(payment, window, group)) for group in groups_of(assessment, payment, window)]


def keys(entry: Entry) -> tuple[Any, ...]:
    return id(entry.payment), entry.window, entry.group


def final(assessment: Assessment, entry: Entry, stage: Stage) -> Paid:
    """The result, with what became of the claim, and who gets it."""
    before = assessment.paid(*entry)
    status, trace = stage.status, before.trace
    if status == DUE:
        status, words = status_of(assessment, entry.payment, entry.window) if stage.amount else (NOT_DUE, "")
        trace = (*trace, words) if words else trace
    if entry.payment.as_voucher is not None and stage.amount:
        trace = (*trace, f"as {entry.payment.as_voucher.value}")
    return Paid(
        payment=before.payment,
        window=before.window,
        start=before.start,
        end=before.end,
        group=before.group,
        unit=before.unit,
        amount=stage.amount,
        base=before.base,
        steps=stage.steps,
        status=status,
        to=payee(assessment, entry.payment),
        trace=trace,
    )


def payee(assessment: Assessment, payment: nodes.Payment) -> str:
    """Who gets a payment: the customer, for a bonus the provider, and nobody for points."""
    if isinstance(payment, nodes.PointsScheme):
        return ""
    if payment.to_party is not None:
        return payment.to_party.name
    return party(assessment, "provider" if isinstance(payment, nodes.Bonus) else "customer")


def party(assessment: Assessment, capacity: str) -> str:
    sides = assessment.contract.agreement.between
    return next((side.party.name for side in sides if side.capacity == capacity), "")


# ------------------------------------------------------------------------------------------------------------ the steps


def own_capped(assessment: Assessment, entry: Entry) -> Stage:
    """What is left beside others of which not all are paid, and after the payment's own caps."""

    def work() -> Stage:
        stage = alone(assessment, entry)
        is_final = told_amount(assessment, entry) is not None or isinstance(entry.payment, nodes.PointsScheme)
        if not stage.amount or is_final:
            return stage
        fallen = falls_beside(assessment, entry.payment, entry.window)
        if fallen:
            return stage.then(fallen, NOTHING, NOT_DUE)
        for cap in entry.payment.cap:
            stage = capped(assessment, entry, cap, stage)
        return stage

    found: Stage = assessment.once(("own capped", *keys(entry)), work)
    return found


def cut_to_size(assessment: Assessment, entry: Entry) -> Stage:
    """What is left after all caps and the smallest amount, before it is rounded."""

    def work() -> Stage:
        stage = own_capped(assessment, entry)
        if not stage.amount or told_amount(assessment, entry) is not None:
            return stage
        stage = commonly_capped(assessment, entry)
        smallest = entry.payment.smallest
        enough = at_least_smallest(smallest, stage.amount, label(unit_of(assessment, entry.payment)))
        if smallest is not None and enough != stage.amount:
            return Stage(enough, NOT_DUE, (*stage.steps, smallest_step(smallest, enough)))
        return stage if stage.amount or stage.status != DUE else stage._replace(status=NOT_DUE)

    found: Stage = assessment.once(("cut to size", *keys(entry)), work)
    return found


def capped(assessment: Assessment, entry: Entry, cap: nodes.CapRule, stage: Stage) -> Stage:
    """What one of a payment's own caps leaves of it."""
    payment, window, group = entry
    if not stage.amount:
        return stage
    base = assessment.paid(*entry).base
    most = amount_of_cap(assessment, cap.amount, scope_in(assessment, *entry), base, units.given_in(payment))
    if most is None:
        note(assessment, f"A cap of `{payment.name}` cannot be worked out for {window.name}.")
        return stage.then("its cap is not known", NOTHING, UNDECIDED)

    account: Account = assessment.once(
        ("account", id(payment), group),
        lambda: Account(
            assessment,
            lambda start, end: windows_in(assessment, payment, start, end),
            lambda each: paid_for(assessment, Entry(payment, each, group)),
            zone_of(assessment, payment),
        ),
    )
    amount, how = under_cap(assessment, cap, window, stage.amount, most, account)
    return stage.cut(amount, capped_at(most, unit_of(assessment, payment), how))


def amount_of_cap(
    assessment: Assessment, formula: Any, scope: Scope, base: Fraction | None, given: units.Given = units.NOTHING_GIVEN
) -> Fraction | None:
    """The amount of a cap: money, points, or a part of the base of the payment in its own window."""
    if isinstance(formula, FeeAmount | FeesOf | AllFees):
        return fee(assessment, formula, scope.window)
    most = value_of(assessment, formula, scope, {} if base is None else {"base": base}).amount
    if most is not None and units.unit_of(formula, given) == units.PERCENT:
        return None if base is None else most * base
    return most


def paid_for(assessment: Assessment, entry: Entry) -> Fraction:
    """What an earlier payment came to. Where only the total of a month is rounded it counts before that."""
    found: Any = cut_to_size(assessment, entry) if rounds_total(assessment) else settled_for(assessment, entry)
    amount: Fraction = found.amount
    return amount


def paid_before(assessment: Assessment, entries: list[Entry]) -> Fraction:
    """What some earlier payments came to, the earliest worked out first."""
    return sum((paid_for(assessment, entry) for entry in sorted(entries, key=lambda each: each.place)), NOTHING)


# -------------------------------------------------------------------------------------------------------- common caps


def commonly_capped(assessment: Assessment, entry: Entry) -> Stage:
    """What the clauses `then cap` leave, those of the payment itself and of others that it meets."""
    if not is_money(assessment, entry.payment):
        return own_capped(assessment, entry)
    like = others_like(assessment, entry.payment)
    if not any(other.combines is not None and other.combines.combined_cap is not None for other in like):
        return own_capped(assessment, entry)
    together = assessment.once(
        ("together", *alike(assessment, entry), entry.window.end),
        lambda: capped_together(assessment, like, entry.window),
    )
    stage: Stage = together[entry]
    return stage


def capped_together(assessment: Assessment, like: list[nodes.Payment], window: Window) -> dict[Entry, Stage]:
    """All payments that end at one instant, under each cap that binds them together, one cap after the other."""
    entries = [
        each for each in entries_in(assessment, like, window.end - 1, window.end) if each.window.end == window.end
    ]
    stages = {entry: own_capped(assessment, entry) for entry in entries}
    rounding = assessment.contract.agreement.rounding
    for other in like:
        rule = other.combines
        if rule is None or rule.combined_cap is None:
            continue
        start, end = period_of(assessment, other, rule.period, window)
        if worth_together(assessment, other, start, end):
            most = common_cap(assessment, other, rule, start, end)
            earlier = [each for each in entries_in(assessment, like, start, end) if each.window.end < window.end]
            room = None if most is None else max(most - paid_before(assessment, earlier), NOTHING)
            words = f"capped together with the others of the {rule.period}"
            words += f" at {written(most, unit_of(assessment, other))}" if most is not None else ""
            stages = cut_in_proportion(stages, room, words, None if rounds_total(assessment) else rounding)
    return stages


def common_cap(
    assessment: Assessment, payment: nodes.Payment, rule: nodes.CombinesWith, start: int, end: int
) -> Fraction | None:
    """The amount of a common cap, in the last window of its payment in the period."""
    last = entries_in(assessment, [payment], start, end)[-1]
    return amount_of_cap(
        assessment, rule.combined_cap, Scope(last.window), assessment.paid(*last).base, units.given_in(payment)
    )


def cut_in_proportion(
    stages: dict[Entry, Stage], room: Fraction | None, words: str, rule: nodes.Rounding | None
) -> dict[Entry, Stage]:
    """Amounts that together are no more than there is room for; undecided where nobody knows how much that is.

    Where each amount is rounded the parts are cut to whole cents that come to the cap, or else they might exceed it.
    """
    total = sum((stage.amount for stage in stages.values()), NOTHING)
    if room is None:
        return {entry: stage.then("the common cap is not known", NOTHING, UNDECIDED) for entry, stage in stages.items()}
    if total <= room:
        return stages
    parts = [stage.amount * room / total for stage in stages.values()]
    shares = parts if rule is None else shared_out(parts, rule)
    cut = zip(stages.items(), shares, strict=True)
    return {entry: stage.then(words, share) if stage.amount else stage for (entry, stage), share in cut}


# ------------------------------------------------------------------------------------------------------------ rounding


def rounds_total(assessment: Assessment) -> bool:
    rule = assessment.contract.agreement.rounding
    return rule is not None and rule.on == ON_TOTAL


def rounded_amount(assessment: Assessment, entry: Entry, amount: Fraction) -> Fraction:
    """An amount after the one rounding: of itself, or as its share of the rounded total of the month."""
    rule = assessment.contract.agreement.rounding
    if rule is None or not amount or not is_money(assessment, entry.payment):
        return amount
    if not rounds_total(assessment) or told_amount(assessment, entry) is not None:
        return rounded(amount, rule)
    period = period_of(assessment, entry.payment, "month", entry.window)

    def work() -> dict[Entry, Fraction]:
        entries = entries_in(assessment, others_like(assessment, entry.payment), *period)
        shares = shared_out([cut_to_size(assessment, each).amount for each in entries], rule)
        return dict(zip(entries, shares, strict=True))

    shares: dict[Entry, Fraction] = assessment.once(("shares of the total", *alike(assessment, entry), *period), work)
    return shares.get(entry, rounded(amount, rule))


def alike(assessment: Assessment, entry: Entry) -> tuple[bool, str]:
    """What payments have in common that meet: to whom they go, and their unit."""
    return isinstance(entry.payment, nodes.Bonus), unit_of(assessment, entry.payment)
