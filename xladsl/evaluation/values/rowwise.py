"""Formulas of one row that whole numbers cannot say, such as one column divided by another; worked out in fractions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ...model import expressions, quantities
from .amounts import amount_of


def worked_out(formula: Any, row: Mapping[str, Fraction | None]) -> Fraction | None:
    """What a formula comes to with the cells of a row; None if a part of it is empty, or it divides by nothing."""
    if isinstance(formula, quantities.Reference):
        return row.get(formula.found.name)
    if isinstance(formula, expressions.Group):
        return worked_out(formula.value, row)
    if isinstance(formula, expressions.SumOf):
        return added(formula, row)
    if isinstance(formula, expressions.ProductOf):
        return multiplied(formula, row)
    if isinstance(formula, expressions.Extreme):
        options = [option for option in (worked_out(each, row) for each in formula.of) if option is not None]
        choose = min if formula.kind in ("lowest", "earliest") else max
        return choose(options, default=None)
    return amount_of(formula)


def added(formula: expressions.SumOf, row: Mapping[str, Fraction | None]) -> Fraction | None:
    amount = worked_out(formula.first, row)
    for addend in formula.addends:
        other = worked_out(addend.operand, row)
        if amount is None or other is None:
            return None
        amount = amount + other if addend.sign == "+" else amount - other
    return amount


def multiplied(formula: expressions.ProductOf, row: Mapping[str, Fraction | None]) -> Fraction | None:
    amount = worked_out(formula.first, row)
    for factor in formula.factors:
        other = worked_out(factor.operand, row)
        if amount is None or other is None or (factor.operator == "/" and not other):
            return None
        amount = amount / other if factor.operator == "/" else amount * other
    return amount
