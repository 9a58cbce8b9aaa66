"""How a trace tells a formula and what it came to: `mean of resolved - opened: 13 h (26 h / 2)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model import expressions, quantities
from ..figures import number, written
from ..rows.counting import unit_of_amount
from .amounts import amount_of

if TYPE_CHECKING:
    from .found import Found


def sentence(what: str, found: Found, unit: str) -> str:
    """What a formula came to, in its unit, and the two numbers that it is the ratio of."""
    amount = written(found.amount, unit) if found.amount is not None else "no value"
    if found.above is not None and found.below is not None:
        return f"{what}: {amount} ({number(found.above)} / {number(found.below)})"
    return f"{what}: {amount}" + (f", on {found.rows:,} rows" if found.rows is not None else "")


def spoken(formula: Any) -> str:
    """A formula of a row, nearly as it is written."""
    if isinstance(formula, quantities.Reference):
        return formula.name
    if isinstance(formula, expressions.SumOf):
        return " ".join([spoken(formula.first), *(f"{each.sign} {spoken(each.operand)}" for each in formula.addends)])
    if isinstance(formula, expressions.ProductOf):
        parts = [f"{each.operator} {spoken(each.operand)}" for each in formula.factors]
        return " ".join([spoken(formula.first), *parts])
    if isinstance(formula, expressions.Group):
        return f"({spoken(formula.value)})"
    if isinstance(formula, expressions.Extreme):
        return f"{formula.kind} of ({', '.join(map(spoken, formula.of))})"
    if isinstance(formula, (quantities.Quantity, quantities.Money, quantities.Duration)):
        return written(amount_of(formula), unit_of_amount(formula))
    return "a formula"
