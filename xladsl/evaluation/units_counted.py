"""Payments for each unit of something: started, full or exact ones, beyond an allowance."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..model import nodes, quantities, units
from ..model.expressions import Length
from ..model.feasibility import written_out
from . import clocks
from .figures import number, written
from .intervals import stretches_of
from .values import value_of
from .zones import SECOND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model.expressions import Per, PerUnit
    from .assessment import Assessment
    from .scope import Scope

DAYS = ("days", "weeks")


def per_unit(
    assessment: Assessment, formula: PerUnit, scope: Scope, given: Mapping[str, Fraction], unit: str
) -> tuple[Fraction | None, str]:
    """What so much for each unit comes to, and the sum in words; None where a part of it is not known."""
    amount = value_of(assessment, formula.amount, scope, given).amount
    counted = units_of(assessment, formula.per, scope, given)
    if amount is None or counted is None:
        return None, "a figure is not known"
    if units.unit_of(formula.amount) == units.PERCENT:
        if "base" not in given:
            return None, "its base is not known"
        amount *= given["base"]
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
    """How much there is of what is counted; days of a length are those of the calendar, also when clocks change."""
    measured = value_of(assessment, per.quantity, scope, given).amount
    formula: Any = written_out(per.quantity)
    step: Any = per.per_step
    if measured is None or not isinstance(step, quantities.Duration) or not isinstance(formula, Length):
        return measured
    if step.unit.removesuffix("s") not in ("day", "week") or assessment.given.length(formula.of.name, scope.window):
        return measured
    return measured + changes_of_clocks(assessment, formula, scope)


def changes_of_clocks(assessment: Assessment, formula: Length, scope: Scope) -> Fraction:
    """By how many seconds the days of some stretches are longer on the wall clock than they lasted."""
    block: Any = formula.of.found
    if not isinstance(block, nodes.Intervals | nodes.Outages) or formula.where is not None:
        return Fraction(0)
    zone = (scope.promise.timezone if scope.promise is not None else None) or assessment.zone
    wall = clocks.wall(zone, assessment.contract.agreement)
    found = stretches_of(assessment, block, scope)
    shown = sum(wall.at(stretch.end) - wall.at(stretch.start) for stretch in found)
    lasted = sum(stretch.end - stretch.start for stretch in found)
    return Fraction(shown - lasted, SECOND)
