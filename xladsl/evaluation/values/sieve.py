"""A test of columns that hold few different values: how many rows there are of each is asked for once, and which of
them pass is seen here. Going through all rows a second time would cost as much as the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import nodes
from ..rows.requests import ColumnCell, Compared, Constant, Empty, Every, Not, Some
from ..rows.terms import holds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..rows.requests import Cell, Term, Test


def few_valued(source: nodes.Source) -> frozenset[str]:
    """The columns of a source of which each cell is one of a few: answers to questions, and yes or no."""
    questions = source.questions if isinstance(source, nodes.Survey) else []
    truths = [column.name for column in source.columns if column.column_type == "yes or no"]
    return frozenset([*truths, *(question.name for question in questions)])


def columns_tested(test: Test) -> frozenset[str] | None:
    """The columns that a test speaks of; None if it asks more of them than what they hold."""
    if isinstance(test, Every | Some):
        parts = [columns_tested(each) for each in test.tests]
        named = [part for part in parts if part is not None]
        return frozenset().union(*named) if len(named) == len(parts) else None
    if isinstance(test, Not):
        return columns_tested(test.test)
    if isinstance(test, Compared):
        found = [column_named(test.left), column_named(test.right)]
        return frozenset().union(*found) if None not in found else None  # type: ignore[arg-type]  # no None is left
    return column_named(test.term) if isinstance(test, Empty) else None


def column_named(term: Term) -> frozenset[str] | None:
    if isinstance(term, ColumnCell):
        return frozenset([term.name])
    return frozenset() if isinstance(term, Constant) else None


def passes(test: Test, row: Mapping[str, Cell]) -> bool:
    """Whether rows pass that hold these cells; to be asked of columns that are tested for what they hold."""
    if isinstance(test, Every):
        return all(passes(each, row) for each in test.tests)
    if isinstance(test, Some):
        return any(passes(each, row) for each in test.tests)
    if isinstance(test, Not):
        return not passes(test.test, row)
    if isinstance(test, Empty):
        return cell_of(test.term, row) is None
    assert isinstance(test, Compared)
    left, right = cell_of(test.left, row), cell_of(test.right, row)
    return left is not None and right is not None and holds(left, test.relation, right)


def cell_of(term: Term, row: Mapping[str, Cell]) -> Cell:
    if isinstance(term, Constant):
        return term.value
    assert isinstance(term, ColumnCell)
    return row[term.name]
