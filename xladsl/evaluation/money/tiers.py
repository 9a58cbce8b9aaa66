"""The row of a tier table that fits, and what follows from it.

Columns of bounds look at the measured values in the order of the payment's promises; columns of words look at the group
that is paid for, by the columns that it is divided by. What follows may be a part of the base, money, points, days, or
words.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes, quantities, units
from ..figures import written
from ..rows.counting import unit_of_amount
from ..values.formulas import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..assessment import Assessment
    from ..scope import Scope

AMOUNTS = (quantities.Quantity, quantities.Money, quantities.Duration)
OTHERWISE = "otherwise"


class Fitting(NamedTuple):
    """What the table gives: nothing where no row fits, None where it cannot be told."""

    amount: Fraction | None
    words: str


def fitting(
    assessment: Assessment,
    payment: nodes.Payment,
    values: Sequence[Fraction | None],
    scope: Scope,
    given: Mapping[str, Fraction],
) -> Fitting:
    """The amount by the row that fits; of several rows by the policy of the table, the first one if it has none."""
    if any(value is None for value in values) or (columns_of_bounds(payment) and not values):
        return Fitting(None, "its table needs a value, and there is none")
    known = [value for value in values if value is not None]
    proper = [
        row for row in payment.rows if OTHERWISE not in row.cells[:-1] and fits(assessment, payment, row, known, scope)
    ]
    rows = proper or [
        row for row in payment.rows if OTHERWISE in row.cells[:-1] and fits(assessment, payment, row, known, scope)
    ]
    if not rows:
        return Fitting(Fraction(0), "no row of its table fits")
    found = [followed(assessment, row, scope, given) for row in rows]
    if payment.policy == "worst row that fits":
        unknown = next((each for each in found if each.amount is None), None)
        return unknown or max(found, key=lambda each: each.amount or Fraction(0))
    return found[0]


def columns_of_bounds(payment: nodes.Payment) -> list[int]:
    """The columns of a table that say how large a value must be."""
    return sorted(
        {
            index
            for row in payment.rows
            for index, cell in enumerate(row.cells[:-1])
            if isinstance(cell, (nodes.Band, nodes.NamedAmount, *AMOUNTS))
        }
    ) or ([0] if any(len(row.cells) > 1 and row.cells[:-1] == [OTHERWISE] for row in payment.rows) else [])


def fits(
    assessment: Assessment, payment: nodes.Payment, row: nodes.TierRow, values: list[Fraction], scope: Scope
) -> bool:
    """Whether all cells of a row but the last fit."""
    bounds = columns_of_bounds(payment)
    words = 0
    for index, cell in enumerate(row.cells[:-1]):
        if index in bounds:
            number = bounds.index(index)
            if cell != OTHERWISE and number < len(values) and not within(assessment, cell, values[number], scope):
                return False
            continue
        if isinstance(cell, quantities.Text) and not said(payment, cell.value, words, scope):
            return False
        words += 1
    return True


def within(assessment: Assessment, cell: Any, value: Fraction, scope: Scope) -> bool:
    """Whether a value lies in a cell: between its bounds, or exactly at its amount."""
    from ..judging.verdicts import keeps

    if not isinstance(cell, nodes.Band):
        amount = cell.parameter if isinstance(cell, nodes.NamedAmount) else cell
        return value_of(assessment, amount, scope).amount == value
    for bound in cell.bounds:
        limit = value_of(assessment, bound.amount, scope).amount
        if limit is None or not keeps(bound.comparison, value, limit):
            return False
    return True


def said(payment: nodes.Payment, text: str, number: int, scope: Scope) -> bool:
    """Whether a text is the name of the group, or of its part by the column that stands at the same place."""
    name = scope.group.name
    parts = name.split(", ") if len(payment.group_by) > 1 else [name]
    return text == name or (number < len(parts) and text == parts[number])


def followed(assessment: Assessment, row: nodes.TierRow, scope: Scope, given: Mapping[str, Fraction]) -> Fitting:
    """What the last cell of a row gives."""
    cell: Any = row.cells[-1]
    where = row_in_words(assessment, row, scope)
    if isinstance(cell, quantities.Text):
        return Fitting(Fraction(0), f"{where}: “{cell.value}”")
    if isinstance(cell, str):
        return Fitting(Fraction(0), f"{where}: {cell}")
    amount = cell.parameter if isinstance(cell, nodes.NamedAmount) else cell
    measured = value_of(assessment, amount, scope)
    if measured.amount is None:
        return Fitting(None, f"{where}: what follows is not known")
    unit = unit_of_cell(cell)
    gives = written(measured.amount, unit)
    if unit not in (units.PERCENT, units.PERCENTAGE_POINTS):
        return Fitting(measured.amount, f"{where}: {gives}")
    if "base" not in given:
        return Fitting(None, f"{where}: {gives} of a base that is not known")
    return Fitting(measured.amount * given["base"], f"{where}: {gives} of the base")


def unit_of_rows(payment: nodes.Payment) -> str:
    """The unit of what follows in a table; of one kind in all rows, so that the first that has one tells it."""
    found = (unit_of_cell(row.cells[-1]) for row in payment.rows)
    return next((unit for unit in found if unit not in (units.UNKNOWN, units.TEXT)), units.UNKNOWN)


def unit_of_cell(cell: Any) -> str:
    return units.unit_of(cell.parameter if isinstance(cell, nodes.NamedAmount) else cell)


def row_in_words(assessment: Assessment, row: nodes.TierRow, scope: Scope) -> str:
    """`at least 99.0% but below 99.9%`"""
    return ", ".join(cell_in_words(assessment, cell, scope) for cell in row.cells[:-1])


def cell_in_words(assessment: Assessment, cell: Any, scope: Scope) -> str:
    def amount_in_words(amount: Any) -> str:
        found = value_of(assessment, amount, scope).amount
        return "an amount that is not known" if found is None else written(found, unit_of_amount(amount))

    if isinstance(cell, nodes.Band):
        return " but ".join(f"{bound.comparison} {amount_in_words(bound.amount)}" for bound in cell.bounds)
    if isinstance(cell, quantities.Text):
        return cell.value
    if isinstance(cell, nodes.NamedAmount):
        return amount_in_words(cell.parameter)
    return cell if isinstance(cell, str) else amount_in_words(cell)
