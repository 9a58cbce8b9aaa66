"""Which amounts of an agreement meet: in sums, comparisons, levels, tables and payments, each with its unit."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import expressions, nodes
from ..model.quantities import Text
from ..model.units import (
    CLOCK,
    MOMENT,
    MONEY,
    NOTHING_GIVEN,
    NUMBER,
    UNKNOWN,
    Given,
    added,
    difference_of,
    given_in,
    measured_unit,
    money_of,
    paid_unit,
    together,
    unit_of,
)
from ..source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..model.node import Node


class Pair(NamedTuple):
    """Two amounts that meet.

    `sign` is what joins them in a sum, and empty where they are compared. `about_difference` says that the left unit is
    the one in which two values of the left side are apart.
    """

    left: Span
    left_unit: str
    right: Span
    right_unit: str
    sign: str = ""
    about_difference: bool = False

    @property
    def mixes(self) -> bool:
        if self.sign:
            return added(self.left_unit, self.sign, self.right_unit) is not None
        return together(self.left_unit, self.right_unit) is not None


def given_by(block: Node) -> Given:
    """What a block gives to the formulas in it."""
    if isinstance(block, nodes.Payment):
        return given_in(block)
    if isinstance(block, nodes.Promise):
        return Given({"baseline": measured_unit(block)})
    return NOTHING_GIVEN


def pairs_in(node: Node, given: Given) -> Iterator[Pair]:
    """The amounts that meet in a node itself, those inside its parts not included."""
    for pairs in pairs_for(type(node)):
        yield from pairs(node, given)


@cache
def pairs_for(kind: type) -> list[Callable[[Any, Given], Iterable[Pair]]]:
    return [PAIRS[base] for base in kind.__mro__ if base in PAIRS]


def against(node: Any, unit: str, amounts: Iterable[Any], given: Given = NOTHING_GIVEN) -> Iterator[Pair]:
    """Amounts that must have the unit of something said at a node."""
    for amount in amounts:
        if hasattr(amount, "span"):
            yield Pair(node if isinstance(node, Span) else node.span, unit, amount.span, unit_of(amount, given))


def in_sum(node: expressions.SumOf, given: Given) -> Iterator[Pair]:
    unit, span = unit_of(node.first, given), node.first.span
    for addend in node.addends:
        if not hasattr(addend.operand, "span"):
            return
        pair = Pair(span, unit, addend.operand.span, unit_of(addend.operand, given), addend.sign)
        yield pair
        unit = added(pair.left_unit, pair.sign, pair.right_unit) or ""
        span = Span(span.source, span.start, pair.right.end)


def in_comparison(node: expressions.Comparison, given: Given) -> Iterator[Pair]:
    if hasattr(node.left, "span"):
        yield from against(node.left, unit_of(node.left, given), [node.right], given)


def in_slice(node: nodes.Slice | expressions.ShareOfTime, given: Given) -> Iterator[Pair]:
    for test in (node, *node.also):
        yield from against(test.measured, unit_of(test.measured, given), [test.limit], given)


def in_group(node: expressions.Group, given: Given) -> Iterator[Pair]:
    return against(node.value, unit_of(node.value, given), [node.group_empty], given)


def in_time_on(node: expressions.TimeOn, given: Given) -> Iterator[Pair]:
    return against(node, MOMENT, [node.moment], given)


def in_value_test(node: expressions.ValueTest, given: Given) -> Iterator[Pair]:
    return against(node.value, unit_of(node.value, given), [node.amount], given)


def in_level_test(node: expressions.LevelTest, given: Given) -> Iterator[Pair]:
    for promise in node.conditioned:
        yield from against(promise, measured_unit(promise.found), [node.amount], given)


def in_membership(node: expressions.Membership, given: Given) -> Iterator[Pair]:
    return against(node.value, unit_of(node.value, given), node.options, given)


def in_extreme(node: expressions.Extreme, given: Given) -> Iterator[Pair]:
    for left, right in pairwise(node.of):
        yield from against(left, unit_of(left, given), [right], given)


def in_per(node: expressions.Per, given: Given) -> Iterator[Pair]:
    return against(node.quantity, unit_of(node.quantity, given), [node.per_step, node.per_beyond], given)


def in_promise(node: nodes.Promise, given: Given) -> Iterator[Pair]:
    """The level and everything like it has the unit of what is measured; margins that of a difference."""
    unit, about = measured_unit(node), getattr(node, "kpi_of", None) or getattr(node, "value", None) or node
    like_levels = [step.amount for step in node.level.steps if not isinstance(step.amount, nodes.LevelSum)]
    baseline = node.baseline.amount if node.baseline else None
    warned = node.warned.amount if node.warned else None
    amounts = [*like_levels, node.stretch, node.minimum_level, baseline, warned]
    yield from against(about, unit, amounts, given)
    margin = node.breached_when.margin if isinstance(node.breached_when, nodes.GuardedDecision) else None
    for pair in against(about, difference_of(unit), [node.decision_margin, margin], given):
        yield pair._replace(about_difference=True)


def in_internal_target(node: nodes.InternalTarget, given: Given) -> Iterator[Pair]:
    amounts = [step.amount for step in node.level.steps if not isinstance(step.amount, nodes.LevelSum)]
    return against(node.stricter_than, measured_unit(node), amounts, given)


def in_level_sum(node: nodes.LevelSum, given: Given) -> Iterator[Pair]:
    """A baseline of 51 % plus 5 percentage points; 5 % of what would be left open."""
    left = unit_of(node.left, given)
    place = node.left.span if not isinstance(node.left, str) else first_words(node.span, node.left)
    if not isinstance(node.right, str):
        right = node.right.span
        yield Pair(place, difference_of(left), right, unit_of(node.right, given), about_difference=True)


def first_words(span: Span, words: str) -> Span:
    return Span(span.source, span.start, span.start + len(words))


def in_measuring(node: nodes.Measuring, given: Given) -> Iterator[Pair]:
    if isinstance(node, nodes.Kpi) and node.value is not None:
        unit = unit_of(node.value)
        ends = [node.range.low, node.range.high] if node.range else []
        yield from against(node.value, unit, [node.empty, step_of(node), *ends], given)


def in_sla(node: nodes.Sla, given: Given) -> Iterator[Pair]:
    if node.value is not None:
        yield from against(node.value, unit_of(node.value), [node.empty, step_of(node)], given)


def step_of(node: nodes.Measuring | nodes.Sla) -> Any:
    """What a value is rounded to."""
    return node.rounded.to if node.rounded is not None else None


def in_key_result(node: nodes.KeyResult, given: Given) -> Iterator[Pair]:
    return against(node.kpi_of, unit_of(node.kpi_of), [node.moves.start, node.moves.end], given)


def in_weighted_part(node: nodes.WeightedPart, given: Given) -> Iterator[Pair]:
    if node.scaled is not None:
        yield from against(node.kpi, unit_of(node.kpi), [node.scaled.low, node.scaled.high], given)


def in_payment(node: nodes.Payment, given: Given) -> Iterator[Pair]:
    """Bounds have the unit of the promise they are about; what follows is of one unit in all rows."""
    promises = [promise for promise in node.for_whom if not isinstance(promise.found, nodes.Payment)]
    for row in node.rows:
        bands = [cell for cell in row.cells[:-1] if isinstance(cell, nodes.Band)]
        for promise, band in zip(promises * len(bands) if len(promises) == 1 else promises, bands, strict=False):
            amounts = [bound.amount for bound in band.bounds]
            if len(bands) == len(promises) or len(promises) == 1 == len(bands):
                yield from against(promise, measured_unit(promise.found), amounts, given)
    results = [row.cells[-1] for row in node.rows if not isinstance(row.cells[-1], str | Text)]
    for left, right in pairwise(results):
        yield from against(left, unit_of(left, given), [right], given)


def in_fact(node: nodes.Fact, given: Given) -> Iterator[Pair]:
    """A fact has the unit of what it is about; what is paid is money, points or days, however its amount is said."""
    yield from against(node.subject, unit_of_fact(node.subject), [node.value], given)


def unit_of_fact(subject: Any) -> str:
    target = getattr(subject, "target", None)
    if isinstance(target, nodes.Promise | nodes.Kpi):
        return measured_unit(target)
    if isinstance(target, nodes.Payment | nodes.Combination | nodes.EarnBack):
        return paid_unit(target)
    if isinstance(subject, nodes.FeeFact):
        return money_of(subject.fee.target.amounts if subject.fee.target else [])
    return FACTS.get(type(subject), UNKNOWN)


FACTS: dict[type[Any], str] = {
    nodes.DowntimeFact: CLOCK,
    nodes.CountFact: NUMBER,
    expressions.WindowLength: CLOCK,
    expressions.AllFees: MONEY,
    expressions.FeesOf: MONEY,
}


def in_dated(node: nodes.Parameter, given: Given) -> Iterator[Pair]:
    for earlier, later in pairwise(step.amount for step in node.value):
        yield from against(earlier, unit_of(earlier), [later], given)


PAIRS: dict[type, Callable[[Any, Given], Iterable[Pair]]] = {
    expressions.SumOf: in_sum,
    expressions.Comparison: in_comparison,
    expressions.ShareOfTime: in_slice,
    nodes.Slice: in_slice,
    expressions.Group: in_group,
    expressions.TimeOn: in_time_on,
    expressions.ValueTest: in_value_test,
    expressions.LevelTest: in_level_test,
    expressions.Membership: in_membership,
    expressions.Extreme: in_extreme,
    expressions.Per: in_per,
    nodes.Promise: in_promise,
    nodes.InternalTarget: in_internal_target,
    nodes.LevelSum: in_level_sum,
    nodes.Measuring: in_measuring,
    nodes.Sla: in_sla,
    nodes.KeyResult: in_key_result,
    nodes.WeightedPart: in_weighted_part,
    nodes.Payment: in_payment,
    nodes.Fact: in_fact,
    nodes.Parameter: in_dated,
}
