"""A column that does not say what it holds, where a number or a moment is needed.

What a column of the data holds is for the parties to say; one that says nothing holds words. Words have no mean, none
is above another, and no time passes between them: the figure would be empty in every window, and the promise would
never be judged.

Wrong:

```xladsl wrong
tickets calls {
  columns opened as time from "created", waited from "wait_s" // error: words-as-number
  expects 900 rows each calendar month
  run by northwind
}
sla short_waits "Calls wait no longer than 30 seconds on average" {
  value mean of calls.waited
  empty counts as met
  better when lower
  level at most 30
  each calendar month
}
```

Right:

```xladsl
tickets calls {
  columns opened as time from "created", waited as duration in seconds from "wait_s"
  expects 900 rows each calendar month
  run by northwind
}
sla short_waits "Calls wait no longer than 30 seconds on average" {
  value mean of calls.waited
  empty counts as met
  better when lower
  level at most 30 s
  each calendar month
}
```

It speaks of the mean, the median, the sum and the percentile of such a column, of sums and products with it, of
weights, of what is at least or at most something, and of what is compared with anything but words. To be the same as
some words or not, to be empty, and to tell groups apart is what words can do. Of a column `as text` it speaks where
its mean, its sum or a percentile is asked for.

Source: the sum that nobody could work out, since the data said `00:41` and the agreement did not say what that is.

Implements: measurability S6
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..diagnostics import Diagnostic, Edit, Fix, Label, Rule, Severity
from ..model import expressions, nodes
from ..model.measures import expanded
from ..model.node import walk
from ..model.quantities import Reference
from ..model.units import (
    DATE,
    DURATIONS,
    MOMENT,
    MONEY,
    NUMBER,
    PERCENT,
    PERCENTAGE_POINTS,
    TEXT,
    TRUTH,
    UNKNOWN,
    unit_of,
)
from ..source import Span
from ._unit_pairs import given_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model.contract import Contract
    from ..model.node import Node
    from ..model.units import Given

RULE = Rule("XL308", Severity.ERROR)

SAMENESS = ("is", "is not", "=", "!=")
ALONE = (expressions.Statistic, expressions.Percentile, expressions.NetScore)
WRITTEN = {PERCENT: "percent", PERCENTAGE_POINTS: "percent", MOMENT: "time", DATE: "time", TRUTH: "yes or no"}


class Use(NamedTuple):
    """Something that words may be used as, and the unit that it must have there; `UNKNOWN` if it can be several."""

    formula: Any
    unit: str


def check(contract: Contract) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for block in contract.blocks if any(True for _ in columns_of_words(contract)) else ():
        given = given_by(block)
        for node in contract.within(block):
            for use in uses_in(node, given):
                column = column_of(use.formula)
                if column is None or (column.column_type == "text" and not isinstance(node, ALONE)):
                    continue  # what a text meets in sums and comparisons is for `mixed-units` to tell
                if id(column) not in told and not is_asked(contract, column):
                    told.add(id(column))
                    yield words_as_number(column, use)


def columns_of_words(contract: Contract) -> Iterator[nodes.Column]:
    return (column for source in contract.every(nodes.Source) for column in source.columns if holds_words(column))


def column_of(formula: Any) -> nodes.Column | None:
    """The column that a formula is, if it is one that holds words."""
    while isinstance(formula, expressions.Group):
        formula = formula.value
    target = formula.target if isinstance(formula, Reference) else None
    return target if isinstance(target, nodes.Column) and holds_words(target) else None


def holds_words(column: nodes.Column) -> bool:
    return column.column_type in (None, "text")


def is_asked(contract: Contract, column: nodes.Column) -> bool:
    """Whether a column holds the answers to a question, which are numbers."""
    asked = getattr(contract.names.owner(column), "questions", [])
    return column.column_type is None and any(question.name == column.name for question in asked)


def words_as_number(column: nodes.Column, use: Use) -> Diagnostic:
    kind = "money" if use.unit.startswith(MONEY) else WRITTEN.get(use.unit, "number")
    unsaid = column.column_type is None
    sure = use.unit not in (UNKNOWN, *DURATIONS)
    after = column.span.start + len(column.name)
    fix = Fix(f"write `as {kind}`", (Edit(Span(column.span.source, after, after), f" as {kind}"),))
    return Diagnostic(
        "words-as-number",
        column.span,
        f"`{column.name}` does not say what it holds, so it holds words" if unsaid else f"`{column.name}` holds words",
        here="a column holds words where it says nothing else" if unsaid else "words have no mean and no sum",
        labels=(Label(use.formula.span, "words have no value here"),),
        why="The figure would be empty in every window, and neither party could say whether the promise was kept.",
        remedy=f"Write  {column.name} as {kind} , or what else it holds."
        if sure
        else f"Say what it holds:  {column.name} as number , or  {column.name} as duration in minutes .",
        fix=fix if sure and unsaid else None,
    )


# ----------------------------------------------------------------------------------------- where words will not do


def uses_in(node: Node, given: Given) -> Iterator[Use]:
    """What must not be words in a node itself; in the application of a measure, in all of the measure's formula."""
    if isinstance(node, expressions.Application):
        for part in walk(expanded(node)):
            if not isinstance(part, expressions.Application):  # what is left of measures that lead in a circle
                yield from uses_in(part, given)
        return
    for kind, uses in USES.items():
        if isinstance(node, kind):
            yield from uses(node, given)


def in_statistic(node: Any, given: Given) -> Iterator[Use]:  # noqa: ARG001  # all are asked alike
    yield Use(node.of, NUMBER)


def in_weights(node: Any, given: Given) -> Iterator[Use]:  # noqa: ARG001  # as above
    yield Use(node.weighted_by, NUMBER)


def in_sum(node: expressions.SumOf, given: Given) -> Iterator[Use]:
    return alike([node.first, *(addend.operand for addend in node.addends)], given)


def in_product(node: expressions.ProductOf, given: Given) -> Iterator[Use]:  # noqa: ARG001  # as above
    for factor in (node.first, *(factor.operand for factor in node.factors)):
        yield Use(factor, NUMBER)


def in_extreme(node: expressions.Extreme, given: Given) -> Iterator[Use]:
    if node.kind in ("earliest", "latest"):
        return (Use(option, MOMENT) for option in node.of)
    return alike(node.of, given)


def in_comparison(node: expressions.Comparison, given: Given) -> Iterator[Use]:
    sides = [node.left, node.right]
    if node.relation not in SAMENESS:
        return alike(sides, given)
    return unlike_words(sides, given)


def in_membership(node: expressions.Membership, given: Given) -> Iterator[Use]:
    return unlike_words([node.value, *node.options], given)


def in_calendar(node: expressions.FallsIn, given: Given) -> Iterator[Use]:  # noqa: ARG001  # as above
    yield Use(node.of, MOMENT)


def in_time_on(node: expressions.TimeOn, given: Given) -> Iterator[Use]:  # noqa: ARG001  # as above
    yield Use(node.moment, MOMENT)


def in_value(node: Any, given: Given) -> Iterator[Use]:  # noqa: ARG001  # as above
    yield Use(node.value, NUMBER)


def in_per(node: expressions.Per, given: Given) -> Iterator[Use]:
    return alike([node.quantity, node.per_step], given)


def alike(formulas: list[Any], given: Given) -> Iterator[Use]:
    """Amounts that must be of one kind: of that which one of them has, or else numbers."""
    known = [unit for each in formulas if (unit := unit_of(each, given)) != UNKNOWN]
    unit = MOMENT if MOMENT in known else known[0] if known else NUMBER
    if unit != TEXT:
        yield from (Use(each, unit) for each in formulas)


def unlike_words(formulas: list[Any], given: Given) -> Iterator[Use]:
    """What is the same as something that is no words must be of its kind."""
    known = [unit for each in formulas if (unit := unit_of(each, given)) != UNKNOWN]
    return alike(formulas, given) if known and TEXT not in known else iter(())


USES: dict[type, Callable[[Any, Given], Iterator[Use]]] = {
    expressions.Statistic: in_statistic,
    expressions.Percentile: in_statistic,
    expressions.NetScore: in_statistic,
    expressions.Aggregate: in_weights,
    expressions.Share: in_weights,
    nodes.Intervals: in_weights,
    expressions.SumOf: in_sum,
    expressions.ProductOf: in_product,
    expressions.Extreme: in_extreme,
    expressions.Comparison: in_comparison,
    expressions.Membership: in_membership,
    expressions.FallsIn: in_calendar,
    expressions.TimeOn: in_time_on,
    expressions.Per: in_per,
    nodes.Kpi: in_value,
    nodes.Sla: in_value,
}
