"""What is said of one row, translated for whoever holds the rows: predicates into tests, formulas into terms.

An engine compares whole numbers and knows no unit. So a formula becomes a term together with its scale: by how much the
cell is larger than the value. Constants are worked out here and never by an engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import expressions, nodes, quantities, units
from ...model.dating import dating_column
from ...model.node import Node
from ..instants import clocks, zones
from ..values import amounts
from . import pauses, requests
from .counting import CLOCK, Counting, duration_of, strongest, time_of_day
from .requests import ALWAYS, MILLION, ColumnCell, Compared, Constant, Every, Not, Product, Some, Sum
from .scales import NEVER, NOTHING, Scaled, added, bounded, common, fixed_amount, moment, number, parted, times
from .table import COMPARED, in_time

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..scope import Scope
    from ..stretches.algebra import Stretch
    from .requests import Term, Test

MOMENTS = (units.MOMENT, units.DATE)
PAIR = 2
SCALES = {units.TEXT: 1, units.TRUTH: 1, units.PERCENT: 100 * MILLION}
RELATIONS = {
    "is": "=",
    "is not": "!=",
    "is at least": ">=",
    "is at most": "<=",
    "is above": ">",
    "is below": "<",
}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class NotATerm(Exception):  # noqa: N818  # it is no error of the program
    """A formula that whole numbers cannot say of a row, such as one column divided by another."""


def test_of(assessment: Assessment, predicate: Node | None, source: nodes.Source, scope: Scope) -> Test:
    """Whether a predicate holds of a row of a source; without a predicate it does."""
    return ALWAYS if predicate is None else Rowwise(assessment, source, scope).test(predicate)


def term_of(
    assessment: Assessment, formula: Any, source: nodes.Source, scope: Scope, counting: Counting = CLOCK
) -> Scaled:
    """The number that a formula comes to in a row of a source; `counting` is how the time between two moments is told.
    What holds words is empty.

    Raises NotATerm.
    """
    return number(Rowwise(assessment, source, scope, counting).term(formula))


def dated(source: nodes.Source, block: Node | None = None) -> ColumnCell | None:
    """The column that says in which window a row of a source counts; None for a source that has none."""
    column = dating_column(source, block)
    return ColumnCell(column) if column is not None else None


def rows_in(assessment: Assessment, source: nodes.Source, scope: Scope, block: Node | None = None) -> Test:
    """The rows of a source that count at all: those of the window, the group and the event that are not left out."""
    at = dated(source, block)
    tests = [scope.group.test(source.name)]
    # A row that is judged by itself is its own window, whichever of its moments a KPI beside it is dated by.
    of_event = scope.event is not None and scope.event[0] == source.name
    if scope.event is not None and of_event:
        tests.append(scope.event[1])
    if at is not None:
        tests += [] if of_event else [within(at, scope.window.start, scope.window.end)]
        tests += [*left_out_rows(assessment, source, scope, at), *paid_for_rows(assessment, scope, at)]
    if source.late is not None:
        zone = source.timezone or assessment.zone
        tests.append(in_time(clocks.later(scope.window.end, source.late, None, assessment.contract.agreement, zone)))
    return every(tests)


def within(instant: Term, start: int, end: int) -> Test:
    return Every((Compared(instant, ">=", Constant(start)), Compared(instant, "<", Constant(end))))


def every(tests: list[Test]) -> Test:
    """All of some tests, those that say nothing left away."""
    said = [test for test in tests if test is not ALWAYS]
    return said[0] if len(said) == 1 else Every(tuple(said)) if said else ALWAYS


def left_out_rows(assessment: Assessment, source: nodes.Source, scope: Scope, at: ColumnCell) -> Iterator[Test]:
    """That a row is not one of those that the promise leaves out: it was not dated in time that is left out.

    Where what is left out is recorded in the source itself, its rows are told by what they say. If that is bounded, it
    also matters that something of the time of the row was left out.
    """
    if scope.promise is None or not scope.promise.leaving_out:
        return
    from ..stretches.intervals import left_out
    from ..stretches.recorded import bounds_of, earlier_of

    blocks = {reference.found.name: reference.found for reference in scope.promise.leaving_out}
    for reason, stretches in left_out(assessment, scope):
        recorded = blocks[reason.block].from_source
        if recorded is None or source_of(assessment, recorded.source_rows.found) is not source:
            if stretches:
                yield Not(Some(tuple(within(at, start, end) for start, end, _ in stretches)))
            continue
        said = test_of(assessment, recorded.where, source, scope)
        bounds = bounds_of(source) if is_bounded(blocks[reason.block]) else None
        if bounds is None:
            yield Not(said)
            continue
        begins = [bounds[0], *earlier_of(source)]
        yield Not(every([said, Some(tuple(touching((begin, bounds[1]), stretches) for begin in begins))]))


def paid_for_rows(assessment: Assessment, scope: Scope, at: ColumnCell) -> Iterator[Test]:
    """That a row does not lie in time that was paid for with an earlier window, and counts no more."""
    from ..stretches.intervals import paid_for

    for start, end, _ in paid_for(assessment, scope):
        yield Not(within(at, start, end))


def is_bounded(block: nodes.LeavesOut) -> bool:
    """Whether not all that is recorded is left out."""
    at_most_long = getattr(block, "at_most_long", None)
    return block.at_most is not None or block.notice is not None or at_most_long is not None


def touching(bounds: tuple[str, str], stretches: list[Stretch]) -> Test:
    """That the time from one column to another has a moment in common with some stretches."""
    begins, ends = map(ColumnCell, bounds)
    return Some(
        tuple(
            Every((Compared(begins, "<", Constant(end)), Not(Compared(ends, "<=", Constant(start)))))
            for start, end, _ in stretches
        )
    )


def source_of(assessment: Assessment, rows: Node) -> nodes.Source:
    """The source whose rows are meant by a source, a column, a question or intervals."""
    if isinstance(rows, nodes.Intervals):
        return source_of(assessment, rows.made_from.source_rows.found)
    owner = assessment.contract.names.owner(rows)
    assert isinstance(owner, nodes.Source)
    return owner


def column_in(source: nodes.Source, part: nodes.Column | nodes.Question) -> Scaled | None:
    """A column or a question of a source, or what the source has under the same name; None if it has nothing."""
    questions = source.questions if isinstance(source, nodes.Survey) else []
    if any(question.name == part.name for question in questions):
        return Scaled(ColumnCell(part.name), Fraction(MILLION), units.NUMBER)
    for column in source.columns:
        if column.name == part.name:
            unit = units.COLUMNS[column.column_type or "text"]
            return Scaled(ColumnCell(part.name), Fraction(SCALES.get(unit, MILLION)), unit)
    return None


class Leaf(NamedTuple):
    """A part of a sum: its sign, and what it is."""

    sign: int
    of: Scaled | quantities.Duration


class Rowwise:
    """Translates what is said of the rows of one source."""

    def __init__(self, assessment: Assessment, source: nodes.Source, scope: Scope, counting: Counting = CLOCK) -> None:
        self.assessment = assessment
        self.source = source
        self.scope = scope
        self.counting = counting

    # --------------------------------------------------------------------------------------------------------- tests

    def test(self, predicate: Any) -> Test:
        if isinstance(predicate, expressions.Either):
            return Some(tuple(self.test(option) for option in predicate.options))
        if isinstance(predicate, expressions.Both):
            return Every(tuple(self.test(option) for option in predicate.options))
        if isinstance(predicate, expressions.Negation):
            return Not(self.test(predicate.of))
        if isinstance(predicate, expressions.Comparison):
            return self.compared(predicate.left, predicate.relation, predicate.right)
        if isinstance(predicate, expressions.Membership):
            return Some(tuple(self.compared(predicate.value, "is", option) for option in predicate.options))
        if isinstance(predicate, expressions.Emptiness):
            return requests.Empty(self.term(predicate.of).term)
        if isinstance(predicate, expressions.Presence):
            return Not(requests.Empty(self.term(predicate.of).term))
        assert isinstance(predicate, expressions.FallsIn), f"{type(predicate).__name__} says nothing of a row"
        calendar = clocks.business_time(predicate.calendar.found, self.assessment.contract.agreement)
        return requests.Running(calendar, self.term(predicate.of).term)

    def compared(self, left: Any, relation: str, right: Any) -> Test:
        """A comparison, with all that is worked out of the row on its left and one number on its right."""
        relation = RELATIONS.get(relation, relation)
        leaves = [*self.leaves(left, 1), *self.leaves(right, -1)]
        if any(isinstance(leaf.of, Scaled) and leaf.of.unit == units.TEXT for leaf in leaves):
            return self.same_text(relation, left, right)
        counting = strongest(leaf.of for leaf in leaves if isinstance(leaf.of, quantities.Duration))
        told = self.told(leaves, counting) if is_length(leaves) else plain(leaves)
        varying, fixed = parted(told)
        if not varying:
            return ALWAYS if holds(Fraction(0), relation, -fixed) else NEVER
        summed, scale = added(varying)
        if isinstance(summed, Sum) and not summed.added and len(summed.subtracted) == 1:
            return bounded(summed.subtracted[0], MIRRORED[relation], fixed * scale)
        return bounded(summed, relation, -fixed * scale)

    def same_text(self, relation: str, left: Any, right: Any) -> Test:
        """Texts are the same or they are not; none is above another."""
        if relation not in ("=", "!="):
            return NEVER
        sides = [words_of(side) or self.term(side).term for side in (left, right)]
        return Compared(sides[0], relation, sides[1])

    # --------------------------------------------------------------------------------------------------------- terms

    def term(self, formula: Any) -> Scaled:
        if isinstance(formula, expressions.SumOf):
            return self.sum(formula)
        if isinstance(formula, expressions.ProductOf):
            return self.product(formula)
        if isinstance(formula, expressions.Group):
            return self.term(formula.value)
        if isinstance(formula, expressions.Extreme):
            return self.extreme(formula)
        if isinstance(formula, expressions.TimeOn):
            clock = time_of_day(formula, self.assessment, self.source, self.scope)
            return Scaled(read(clock, self.term(formula.moment).term), Fraction(MILLION), units.MOMENT)
        if isinstance(formula, quantities.Reference):
            return self.referred(formula)
        return self.constant(formula)

    def constant(self, formula: Any) -> Scaled:
        if isinstance(formula, quantities.Text):
            return Scaled(Constant(formula.value), Fraction(1), units.TEXT)
        if isinstance(formula, str):
            return Scaled(Constant(int(formula == "yes")), Fraction(1), units.TRUTH)
        zone = self.source.timezone or self.assessment.zone
        if isinstance(formula, expressions.WindowEdge):
            return moment(self.scope.window.end if formula.which == "end" else self.scope.window.start)
        if isinstance(formula, nodes.PointInTime):
            return moment(zones.instant(formula.day, formula.clock, zone))
        if not isinstance(formula, Node):
            return moment(zones.midnight(formula, zone))
        from ..values.formulas import value_of

        found = value_of(self.assessment, formula, self.scope)
        if found.amount is None:
            return Scaled(NOTHING, Fraction(1), found.unit)
        return fixed_amount(found.amount, found.unit)

    def referred(self, reference: quantities.Reference[Any]) -> Scaled:
        target = reference.found
        if isinstance(target, (nodes.Column, nodes.Question)):
            return column_in(self.source, target) or Scaled(NOTHING, Fraction(1), units.UNKNOWN)
        if isinstance(target, nodes.Parameter):
            held = amounts.amount_at(target, amounts.governing_day(target, self.assessment, self.scope.window))
            if isinstance(held, quantities.Text):
                return self.constant(held)
        return self.constant(reference)

    def sum(self, formula: expressions.SumOf) -> Scaled:
        leaves = [Leaf(sign, number(of) if isinstance(of, Scaled) else of) for sign, of in self.leaves(formula, 1)]
        counting = self.counting if is_difference(leaves) else CLOCK
        told = self.told(leaves, counting)
        summed, scale = added(told)
        return Scaled(summed, scale, unit_of_sum(told, counting))

    def product(self, formula: expressions.ProductOf) -> Scaled:
        """Constants change the scale and no cell."""
        factors = [
            ("*", number(self.term(formula.first))),
            *((each.operator, number(self.term(each.operand))) for each in formula.factors),
        ]
        varying: list[Term] = []
        scale = Fraction(1)
        for times_or_by, each in factors:
            if isinstance(each.term, Constant):
                value = Fraction(each.term.value) / each.scale
                if not value:
                    if times_or_by == "/":
                        return Scaled(NOTHING, Fraction(1), units.UNKNOWN)
                    return fixed_amount(Fraction(0), units.NUMBER)
                scale = scale * value if times_or_by == "/" else scale / value
            elif times_or_by == "/":
                raise NotATerm
            else:
                varying.append(each.term)
                scale *= each.scale
        unit = units.unit_of(formula)
        if not varying:
            return fixed_amount(1 / scale, unit)
        return Scaled(varying[0] if len(varying) == 1 else Product(tuple(varying)), scale, unit)

    def extreme(self, formula: expressions.Extreme) -> Scaled:
        options = [number(self.term(option)) for option in formula.of]
        scale = common([option.scale for option in options])
        terms = tuple(times(option.term, scale / option.scale) for option in options)
        chosen = requests.First if formula.kind in ("lowest", "earliest") else requests.Last
        return Scaled(chosen(terms), scale, options[0].unit)

    # ---------------------------------------------------------------------------------------------------------- sums

    def leaves(self, formula: Any, sign: int) -> Iterator[Leaf]:
        """The parts of a sum with their signs, whatever brackets they stand in."""
        if isinstance(formula, expressions.SumOf):
            yield from self.leaves(formula.first, sign)
            for addend in formula.addends:
                yield from self.leaves(addend.operand, sign if addend.sign == "+" else -sign)
        elif isinstance(formula, expressions.Group):
            yield from self.leaves(formula.value, sign)
        else:
            duration = duration_of(formula, self.assessment, self.scope.window)
            yield Leaf(sign, duration if duration is not None else self.term(formula))

    def told(self, leaves: list[Leaf], counting: Counting) -> list[tuple[int, Scaled]]:
        """The parts of a sum as terms. Where moments are subtracted from moments they are read off the clock by which
        the time between them is told, and the time that did not count is subtracted too."""
        reading = counting if is_difference(leaves) else CLOCK
        clock = reading.clock(self.assessment, self.scope)
        shifted = reading.shifted(self.assessment, self.scope, leaves_months(leaves))
        found: list[tuple[int, Scaled]] = []
        for sign, of in leaves:
            if isinstance(of, quantities.Duration):
                found.append((sign, fixed_amount(reading.amount(of), units.CLOCK)))
            elif of.unit in MOMENTS and clock is not None:
                by = shifted if shifted is not None and sign < 0 else clock
                found.append((sign, Scaled(read(by, of.term), Fraction(clock.unit), of.unit)))
            else:
                found.append((sign, of))
        return [*found, *self.stood_still(leaves, clock)]

    def stood_still(self, leaves: list[Leaf], clock: clocks.Clock | None) -> Iterator[tuple[int, Scaled]]:
        """What is subtracted from the time between two moments of a ticket, because its clock stood still."""
        moments = {sign: of.term for sign, of in leaves if isinstance(of, Scaled) and of.unit in MOMENTS}
        if len(moments) == PAIR and is_difference(leaves):
            paused = pauses.paused(self.assessment, self.source, self.scope, moments[-1], moments[1], clock)
            if paused is not None:
                yield -1, Scaled(paused, Fraction(clock.unit if clock is not None else MILLION), units.CLOCK)


# ----------------------------------------------------------------------------------------------------------- helpers


def words_of(formula: Any) -> Constant | None:
    """What a text is compared with, as it is written."""
    if isinstance(formula, quantities.Text):
        return Constant(formula.value)
    if isinstance(formula, str):
        return Constant(formula)
    return Constant(f"{formula.amount:f}") if isinstance(formula, quantities.Number) else None


def read(clock: clocks.Clock, instant: Term) -> Term:
    if isinstance(instant, Constant):
        assert isinstance(instant.value, int)
        return Constant(clock.at(instant.value))
    return requests.Reading(clock, instant)


def is_difference(leaves: list[Leaf]) -> bool:
    """Whether as many moments are added as are subtracted, so that a length of time is left."""
    signs = [sign for sign, of in leaves if isinstance(of, Scaled) and of.unit in MOMENTS]
    return bool(signs) and sum(signs) == 0


def is_length(leaves: list[Leaf]) -> bool:
    """Whether moments are compared with a length of time, and not only with each other."""
    return any(not isinstance(of, Scaled) or of.unit not in MOMENTS for _, of in leaves)


def plain(leaves: list[Leaf]) -> list[tuple[int, Scaled]]:
    return [(sign, of) for sign, of in leaves if isinstance(of, Scaled)]


def leaves_months(leaves: list[Leaf]) -> Fraction:
    """How many months are added to the earlier moment of a difference."""
    lengths = [(sign, of) for sign, of in leaves if isinstance(of, quantities.Duration)]
    return -sum((sign * amounts.amount_of(of) for sign, of in lengths if of.unit in amounts.MONTHS), Fraction(0))


def holds(left: Any, relation: str, right: Any) -> bool:
    """Whether two amounts, or two texts, compare as a relation says, in words or in signs."""
    return bool(COMPARED[RELATIONS.get(relation, relation)](left, right))


def unit_of_sum(leaves: list[tuple[int, Scaled]], counting: Counting) -> str:
    kinds = [each.unit for _, each in leaves]
    moments = [sign for sign, each in leaves if each.unit in MOMENTS]
    if moments:
        return units.MOMENT if sum(moments) else counting.unit
    return next((kind for kind in kinds if kind), units.UNKNOWN)
