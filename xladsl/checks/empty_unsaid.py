"""A ratio or a mean that may have nothing to divide by.

In a month without a single ticket, was every ticket answered in time, or none? With money on the answer, both parties
have one. So the agreement has to say what an empty month counts as.

Wrong:

```xladsl wrong
sla answered "Tickets answered in time" {
  value share of desk in which resolved - opened <= 4 business hours // error: empty-unsaid
  level at least 95%
  each calendar month
}
credit answer_credit {
  for answered
  value EUR 500.00
}
```

Right:

```xladsl
sla answered "Tickets answered in time" {
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as met
  level at least 95%
  each calendar month
}
credit answer_credit {
  for answered
  value EUR 500.00
}
```

Source: published agreements that call a month without traffic a month without errors, and others that are silent.

Implements: trap T7
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import expressions, nodes
from ..model.measures import inherited
from ..model.node import children, walk
from ..model.promises import bears_money, every_promise, formula
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL332", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        yield from unsaid_in_slices(contract, promise)
        value = formula(promise)
        if value is None or inherited(promise, "empty") is not None or promise.no_data is not None:
            continue
        divided = first_that_may_be_empty(value)
        if divided is not None and bears_money(contract, promise):
            remedy = "Add  empty counts as met , or `breached`, or `no data`, or an amount such as `100%`."
            yield unsaid(promise, divided, "window", remedy)


def unsaid_in_slices(contract: Contract, promise: nodes.Promise) -> Iterator[Diagnostic]:
    """The small intervals of which downtime is made may be quiet too, and no rule for the whole window helps them."""
    for stretch in intervals_of(promise):
        sliced = stretch.each_slice
        tests: list[Any] = [sliced, *sliced.also] if sliced is not None else []
        divided = next(filter(None, (first_that_may_be_empty(test.measured) for test in tests)), None)
        if sliced is not None and divided is not None and bears_money(contract, promise):
            remedy = (
                "Put the share in parentheses and add what a quiet one counts as:  (share of …, empty counts as 0%) ."
            )
            yield unsaid(promise, divided, sliced.every.span.text, remedy)


def intervals_of(promise: nodes.Promise) -> Iterator[nodes.Intervals]:
    value = formula(promise)
    for part in walk(value) if value is not None else ():
        if isinstance(part, Reference) and isinstance(part.target, nodes.Intervals):
            yield part.target


def unsaid(promise: nodes.Promise, divided: Node, window: str, remedy: str) -> Diagnostic:
    return Diagnostic(
        "empty-unsaid",
        divided.span,
        f"`{promise.name}` does not say what counts when there is nothing to measure",
        here=f"in a quiet {window} this divides by nothing",
        labels=(Label(promise.place("name"), "money hangs on this promise"),),
        why="Without a single case the customer will say `breached` and the provider `met`.",
        remedy=remedy,
    )


def first_that_may_be_empty(formula: Any) -> Node | None:
    """The first part of a formula that has no value when there is no row, and says nothing about it."""
    if isinstance(formula, expressions.Group) and formula.group_empty is not None:
        return None
    if isinstance(formula, expressions.Application) and said_by_measure(formula):
        return None
    if isinstance(formula, EMPTYING) and getattr(formula, "kind", "") != "sum":
        return formula
    if isinstance(formula, expressions.ProductOf):
        for factor in formula.factors:
            if factor.operator == "/" and not always_there(factor.operand):
                return formula
    for part in children(formula):
        found = first_that_may_be_empty(part)
        if found is not None:
            return found
    return None


EMPTYING = (
    expressions.Share,
    expressions.Statistic,
    expressions.Percentile,
    expressions.NetScore,
    expressions.Application,
)


def said_by_measure(application: expressions.Application) -> bool:
    return application.measure.found.empty is not None


def always_there(divisor: Any) -> bool:
    """Whether a divisor is never zero: the whole window, or an amount written down."""
    if isinstance(divisor, expressions.WindowLength):
        return True
    return not isinstance(divisor, expressions.Expression)
