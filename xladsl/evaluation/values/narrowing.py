"""Which rows and stretches an aggregate speaks of, and what of a formula is said of a single row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model import expressions, nodes, quantities, units
from ...model.node import children
from ..rows.counting import CLOCK, duration_of, strongest, told_unit
from ..rows.requests import Empty, Not
from ..rows.scales import Scaled, number
from ..rows.terms import column_in, source_of, test_of
from .asking import Asking
from .found import At, Found, constant
from .wording import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ...model.node import Node
    from ..rows.requests import Test
    from ..scope import Scope
    from .divisions import Key

OF_MANY_ROWS = (
    *(expressions.Aggregate, expressions.Share, expressions.ShareOfTime, expressions.Over),
    expressions.WindowLength,
)
"""What turns rows into a number: outside of these, a column is the column of one row."""


class Narrowing(Asking):
    """What the parts of a formula speak of."""

    def at(self, formula: Any) -> At:
        """What a formula comes to, for each key of the divisions that it stands in."""
        raise NotImplementedError

    def narrowing(self, aggregate: Any, rows: Node) -> list[Test]:
        """Which rows an aggregate counts: of a column or a question those in which it is not empty."""
        source = source_of(self.assessment, rows)
        tests = []
        if isinstance(rows, nodes.Intervals):
            tests.append(test_of(self.assessment, rows.made_from.where, source, self.scope))
        if isinstance(rows, (nodes.Column, nodes.Question)):
            column = column_in(source, rows)
            assert column is not None
            tests.append(Not(Empty(column.term)))
        if aggregate.where is not None:
            tests.append(test_of(self.assessment, aggregate.where, source, self.scope))
        return tests

    def weight(self, aggregate: Any) -> Scaled | None:
        if aggregate.weighted_by is None:
            return None
        column = aggregate.weighted_by.found
        weight = column_in(source_of(self.assessment, column), column)
        return number(weight) if weight is not None else None

    # -------------------------------------------------------------------------------------------------- what is given

    def given_column(self, aggregate: Any, operand: Any) -> At | None:
        """What is given for a column instead of its rows."""
        if not isinstance(operand, quantities.Reference) or not is_plain(aggregate):
            return None
        given = self.assessment.given.value(self.name_of(operand.found), self.scope.window)
        if given is None:
            return None
        self.tell(f"{operand.name} is given")
        return constant(given)

    def name_of(self, rows: Node) -> str:
        """A block by its name, a part of one as `source.column`."""
        owner = self.assessment.contract.names.owner(rows)
        name: str = getattr(rows, "name", "")
        return name if owner is rows else f"{getattr(owner, 'name', '')}.{name}"

    # -------------------------------------------------------------------------------------------------- a single row

    def is_rowwise(self, formula: Any) -> bool:
        """Whether a formula speaks of columns outside of any aggregate."""
        return next(columns_of(formula), None) is not None

    def is_answer(self, operand: Any) -> bool:
        """Whether it is the answers to a question: there are few different ones, and somebody may ask how many."""
        if not isinstance(operand, quantities.Reference) or operand.target is None:
            return False
        source = self.assessment.contract.names.owner(operand.target)
        return isinstance(source, nodes.Survey) and operand.target.name in {asked.name for asked in source.questions}

    def source_read(self, operand: Any) -> nodes.Source:
        """The source whose columns a formula speaks of."""
        return source_of(self.assessment, next(columns_of(operand)).found)

    # -------------------------------------------------------------------------------------------------- surroundings

    @property
    def needs_spread(self) -> bool:
        """Whether somebody will ask how far the true value may be from the measured one."""
        promise = self.scope.promise
        if promise is None or self.divisions:
            return False
        proven = (nodes.ProvenDecision, nodes.UnprovenDecision)
        return isinstance(promise.breached_when, proven) or promise.decision_margin is not None

    def beside(self, operands: Iterable[Any]) -> Any:
        """The same, where a length of time that stands beside a difference of moments says how it is told."""
        durations = [duration_of(each, self.assessment, self.scope.window) for each in operands]
        counting = strongest(each for each in durations if each is not None)
        if counting is CLOCK:
            return self
        made = self.like()
        made.counting, made.keys = counting, self.keys
        return made

    def by_scope(self, work: Callable[[Scope], Found]) -> At:
        """What others work out from a window and a group."""
        if not self.divisions:
            found = work(self.scope)
            return lambda _key: found
        known: dict[Key, Found] = {}
        self.keys.update(self.all_keys())

        def at(key: Key) -> Found:
            if key not in known:
                known[key] = work(self.scope_of(key))
            return known[key]

        return at

    def telling(self, what: str, formula: Any, at: At) -> At:
        """Says what came of a formula, where it is not one of thousands."""
        if self.divisions:
            return at
        unit = told_unit(units.unit_of(formula), self.counting)

        def told(key: Key) -> Found:
            found = at(key)
            self.tell(sentence(what, found, unit))
            return found

        return told


# ----------------------------------------------------------------------------------------------------------- helpers


def is_plain(aggregate: Any) -> bool:
    """Whether nothing narrows an aggregate."""
    said = (getattr(aggregate, name, None) for name in ("where", "longer_than", "at_least_long", "joined_within"))
    return not any(said) and not getattr(aggregate, "leaving_out_these", None) and aggregate.weighted_by is None


def columns_of(formula: Any) -> Iterator[Any]:
    """The columns that a formula speaks of outside of any aggregate."""
    waiting = [formula]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, quantities.Reference):
            if isinstance(part.target, (nodes.Column, nodes.Question)):
                yield part
        elif isinstance(part, (expressions.Expression, expressions.Addend, expressions.Factor)):
            waiting += [] if isinstance(part, OF_MANY_ROWS) else children(part)
