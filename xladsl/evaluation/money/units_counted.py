"""Payments for each unit of something: started, full or exact ones, beyond an allowance."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model.expressions import Length
from ...model.feasibility import written_out
from ..figures import number, written
from ..rows.counting import CALENDAR_MONTHS, counting_of, duration_of
from ..stretches.intervals import length
from ..values.formulas import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...model.expressions import Per, PerUnit
    from ..assessment import Assessment
    from ..scope import Scope


def per_unit(
    assessment: Assessment, formula: PerUnit, scope: Scope, given: Mapping[str, Fraction], unit: str
) -> tuple[Fraction | None, str]:
    """What so much for each unit comes to, and the sum in words; None where a part of it is not known."""
    amount = value_of(assessment, formula.amount, scope, given).amount
    counted = units_of(assessment, formula.per, scope, given)
    if amount is None or counted is None:
        return None, "a figure is not known"
    return amount * counted, f"{number(counted)} × {written(amount, unit)}"


def units_of(assessment: Assessment, per: Per, scope: Scope, given: Mapping[str, Fraction]) -> Fraction | None:
    """How many units there are: started ones rounded up, full ones down, exact ones not at all."""
    quantity = quantity_of(assessment, per, scope, given)
    step = value_of(assessment, per.per_step, scope, given).amount
    beyond = value_of(assessment, per.per_beyond, scope, given).amount if per.per_beyond is not None else Fraction(0)
    if quantity is None or beyond is None or not step:
        return None
    counted = max(quantity - beyond, Fraction(0)) / step
    if per.rounding == "started":
        return Fraction(-(-counted.numerator // counted.denominator))
    return Fraction(counted.numerator // counted.denominator) if per.rounding == "full" else counted


def quantity_of(assessment: Assessment, per: Per, scope: Scope, given: Mapping[str, Fraction]) -> Fraction | None:
    """How much there is of what is counted.

    The unit says by which clock a length of time is told: days by the clocks on the wall, business hours by the hours
    that count. Nobody can say how many months a length has.
    """
    formula: Any = written_out(per.quantity)
    step = duration_of(per.per_step, assessment, scope.window)
    if step is None or not isinstance(formula, Length):
        return value_of(assessment, per.quantity, scope, given).amount
    counting = counting_of(step)
    if counting is CALENDAR_MONTHS:
        return None
    return length(assessment, formula, scope, counting.clock(assessment, scope))[0]
