"""The values a measured value can have: as its range says, or as its formula allows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from . import expressions, nodes, quantities
from .measures import inherited
from .promises import measured
from .tiers import EVERYTHING, Interval, size

if TYPE_CHECKING:
    from .node import Node

HUNDRED = Decimal(100)
PERCENTAGES = Interval(Decimal(0), True, HUNDRED, True)
NET_SCORES = Interval(-HUNDRED, True, HUNDRED, True)
NOT_NEGATIVE = Interval(Decimal(0), True)


def range_of(promise: nodes.Promise) -> Interval:
    """The values that what a promise measures can have; everything, where neither range nor formula says."""
    return range_of_measured(measured(promise))


def range_of_measured(kpi: Node) -> Interval:
    given = inherited(kpi, "range")
    if isinstance(given, nodes.ValueRange):
        low, high = size(given.low), size(given.high)
        return Interval(low, low is not None, high, high is not None)
    return range_of_formula(getattr(kpi, "value", None))


def range_of_formula(formula: Any) -> Interval:
    """What a formula's outermost operation allows; only where that is certain."""
    if isinstance(formula, expressions.Group):
        return range_of_formula(formula.value)
    if isinstance(formula, expressions.Share | expressions.ShareOfTime) or is_rest_of_hundred(formula):
        return PERCENTAGES
    if isinstance(formula, expressions.NetScore):
        return NET_SCORES
    if isinstance(formula, expressions.Count | expressions.Length):
        return NOT_NEGATIVE
    if isinstance(formula, expressions.Statistic | expressions.Percentile):
        return range_of_answers(formula)
    return EVERYTHING


def is_rest_of_hundred(formula: Any) -> bool:
    """Whether a formula is what is left of 100 % after one share, or after a part of the window."""
    if not isinstance(formula, expressions.SumOf) or len(formula.addends) != 1 or formula.addends[0].sign != "-":
        return False
    whole, part = formula.first, formula.addends[0].operand
    if not isinstance(whole, quantities.Percent) or whole.amount != HUNDRED:
        return False
    return is_part_of_window(part) or range_of_formula(part) == PERCENTAGES


def is_part_of_window(formula: Any) -> bool:
    if not isinstance(formula, expressions.ProductOf) or len(formula.factors) != 1:
        return False
    below = formula.factors[0]
    return (
        isinstance(formula.first, expressions.Length)
        and below.operator == "/"
        and isinstance(below.operand, expressions.WindowLength)
    )


def range_of_answers(formula: expressions.Statistic | expressions.Percentile) -> Interval:
    """The mean, the median and any percentile of answers lie on the scale of the question."""
    question = getattr(formula.of, "target", None)
    if not isinstance(question, nodes.Question) or getattr(formula, "kind", "") == "sum":
        return EVERYTHING
    scale = question.scale
    return Interval(scale.lowest_answer.number, True, scale.highest_answer.number, True)
