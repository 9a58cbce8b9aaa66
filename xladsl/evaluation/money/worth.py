"""What a payment is worth once it is due: its base, and what a table or a formula makes of it.

Several promises of one payment, or several groups that it does not tell apart, are each worth something; the payment is
worth the most of that, or of a bonus the least.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import expressions, nodes, units
from ...model.promises import UPWARDS
from ..figures import written
from ..scope import EVERYONE, Scope
from ..values.formulas import value_of
from . import tiers
from .fees import fee
from .subjects import scope_in
from .units_counted import per_unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..assessment import Assessment
    from .due import Case
    from .subjects import Entry

NOTHING = Fraction(0)


class Worth(NamedTuple):
    """What a payment is worth in one case; None where a figure that it takes is not known."""

    amount: Fraction | None
    words: str


def worth_in(assessment: Assessment, entry: Entry, found: list[Case], base: Fraction | None) -> Worth:
    """What a payment is worth in a window, by the case that counts."""
    payment = entry.payment
    # A table with a column for each promise looks at all of them at once.
    together = not found or len(tiers.columns_of_bounds(payment)) > 1
    worths = [worth_of(assessment, entry, found, case, base) for case in ([None] if together else found)]
    unknown = next((worth for worth in worths if worth.amount is None), None)
    if unknown is not None:
        return unknown
    pick = min if isinstance(payment, nodes.Bonus) else max
    return pick(worths, key=lambda worth: worth.amount or NOTHING)


def worth_of(
    assessment: Assessment, entry: Entry, found: list[Case], case: Case | None, base: Fraction | None
) -> Worth:
    payment = entry.payment
    scope = scope_of(case, entry)
    given = surroundings(assessment, case, base)
    if payment.rows:
        together = [each.value for each in found] if case is None else [case.value] if case else []
        row = tiers.fitting(assessment, payment, together, scope, given)
        return Worth(row.amount, row.words)
    if payment.pay is None:
        return Worth(NOTHING, "it has no amount")
    return value_of_payment(assessment, payment, scope, given)


def scope_of(case: Case | None, entry: Entry) -> Scope:
    """Where the figures of an amount are measured: the window of the payment, with the hours of its promise."""
    _, window, group = entry
    if case is None or not isinstance(case.block, nodes.Promise):
        return Scope(window, group)
    inside = case.scope if case.scope.window == window else Scope(window, case.scope.group)
    return inside._replace(promise=case.block, group=inside.group if group == EVERYONE else group)


def surroundings(assessment: Assessment, case: Case | None, base: Fraction | None) -> dict[str, Fraction]:
    """What the words of a payment stand for, as far as it is known."""
    given = {} if base is None else {"base": base}
    if case is None or case.value is None:
        return given
    given["measured value"] = case.value
    if isinstance(case.block, nodes.Promise):
        assert case.judgement is not None
        given |= against_level(case.block, case.value, case.judgement.level)
        given |= baseline_of(assessment, case.block, case.scope)
    return given


def against_level(promise: nodes.Promise, value: Fraction, level: Fraction | None) -> dict[str, Fraction]:
    """How far a value is on the wrong side of its level, or on the right side."""
    if level is None:
        return {}
    short = value - level if UPWARDS.get(promise.level.comparison) == "lower" else level - value
    if promise.level.comparison == "exactly":
        short = abs(short)
    return {"level": level, "shortfall": max(short, NOTHING), "excess": max(-short, NOTHING)}


def baseline_of(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> dict[str, Fraction]:
    amount = value_of(assessment, promise.baseline.amount, scope).amount if promise.baseline is not None else None
    return {} if amount is None else {"baseline": amount}


def value_of_payment(
    assessment: Assessment, payment: nodes.Payment, scope: Scope, given: Mapping[str, Fraction]
) -> Worth:
    """What the clause `value` comes to. A bare percentage is one of the base."""
    formula: Any = payment.pay
    unit = units.unit_of(formula, units.given_in(payment))
    amount, words = amount_by(assessment, formula, scope, given, unit)
    if amount is None:
        return Worth(None, "a figure of its amount is not known")
    if unit == units.PERCENT:
        if "base" not in given:
            return Worth(None, "its base is not known")
        amount *= given["base"]
    return Worth(max(amount, NOTHING), words)


def amount_by(
    assessment: Assessment, formula: Any, scope: Scope, given: Mapping[str, Fraction], unit: str
) -> tuple[Fraction | None, str]:
    """What a formula comes to, and how; so much for each unit may be a part of a sum."""
    if isinstance(formula, expressions.PerUnit):
        return per_unit(assessment, formula, scope, given, unit)
    if not isinstance(formula, expressions.SumOf) or not any(map(counts_units, (formula.first, *formula.addends))):
        return value_of(assessment, formula, scope, given).amount, "by its formula"
    signed = [("+", formula.first), *((addend.sign, addend.operand) for addend in formula.addends)]
    total, said = NOTHING, []
    for sign, part in signed:
        amount, words = amount_by(assessment, part, scope, given, unit)
        if amount is None:
            return None, words
        total += amount if sign == "+" else -amount
        said.append(f"{sign} {words if counts_units(part) else written(amount, unit)}")
    return total, " ".join(said).removeprefix("+ ")


def counts_units(part: Any) -> bool:
    return isinstance(part.operand if isinstance(part, expressions.Addend) else part, expressions.PerUnit)


def base_of(assessment: Assessment, entry: Entry) -> Fraction | None:
    """The amount of which a payment takes a percentage."""
    base = entry.payment.base
    if base is None:
        return None
    formula: Any = base.amount
    if isinstance(formula, expressions.FeeAmount | expressions.FeesOf | expressions.AllFees):
        return fee(assessment, formula, entry.window, base.base_excludes)
    return value_of(assessment, formula, scope_in(assessment, *entry)).amount


def unit_of(assessment: Assessment, payment: nodes.Payment) -> str:
    """The unit of what a payment pays, as `model.units` calls it; money of no currency is in that of the agreement."""
    if isinstance(payment, nodes.PointsScheme):
        return units.POINTS
    given = units.given_in(payment)
    unit = tiers.unit_of_rows(payment) if payment.rows else units.unit_of(payment.pay, given)
    if unit == units.PERCENT:
        unit = given.units["base"]
    if unit in (units.SERVICE_DAYS, units.POINTS) or unit.startswith(f"{units.MONEY} in "):
        return unit
    currency = assessment.contract.agreement.currency
    return f"{units.MONEY} in {currency}" if currency else units.MONEY


def label(unit: str) -> str:
    """`EUR` of `money in EUR`."""
    return unit.removeprefix(units.MONEY).removeprefix(" in ") if unit.startswith(units.MONEY) else unit
