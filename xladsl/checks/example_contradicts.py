"""An example that the agreement itself contradicts.

Examples are read before the clauses, and believed. One that comes from an earlier draft promises something else than
the table beside it.

Wrong:

```xladsl wrong
example "a good month" {
  given portal_up is 99.95%
  then portal_up is breached // error: example-contradicts
}
```

Right:

```xladsl
example "a good month" {
  given portal_up is 99.95%
  then portal_up is met
}
```

What can be told at sight is compared: a verdict with the level and the value given, and a fee with its one amount.

Source: a published agreement whose table charges 200 % and whose example 100 %.

Implements: trap T20
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import measured
from ..model.quantities import Money
from ..model.tiers import bounded, scale, settled, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..source import Span

RULE = Rule("XL619", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for example in contract.every(nodes.Example):
        for fact in example.then:
            if isinstance(fact.subject, nodes.FeeFact):
                yield from other_fee(fact, fact.subject.fee.target)
            elif fact.value in ("met", "breached") and isinstance(subject(fact), nodes.Promise):
                about = (subject(fact), measured(subject(fact)))
                given = [known for known in example.given if subject(known) in about and same_time(known, fact)]
                if len(given) == 1:
                    yield from other_verdict(fact, given[0], subject(fact))


def subject(fact: Any) -> Any:
    return getattr(getattr(fact, "subject", None), "target", None)


def same_time(one: Any, other: Any) -> bool:
    return bool(one.fact_window == other.fact_window)


def other_fee(fact: nodes.Fact, fee: nodes.Fee | None) -> Iterator[Diagnostic]:
    if fee is None or fee.as_invoiced or fee.unit_price is not None or len(fee.amounts) != 1:
        return
    agreed = fee.amounts[0].amount
    if isinstance(fact.value, Money) and (fact.value.amount, fact.value.currency) != (agreed.amount, agreed.currency):
        title = f"the example has `{fact.value.span.text}` for `{fee.name}`, and `{agreed.span.text}` is agreed"
        yield contradiction(fact, title, agreed.span)


def other_verdict(fact: nodes.Fact, given: Any, promise: nodes.Promise) -> Iterator[Diagnostic]:
    """A verdict that does not follow from the value; only for one level that holds all the time, decided by itself."""
    decided = promise.breached_when is None or isinstance(promise.breached_when, nodes.SimpleDecision)
    level = settled(promise.level.steps[0].amount)
    value, bound = size(given.value), size(level)
    if len(promise.level.steps) != 1 or not decided or value is None or bound is None:
        return
    if scale(given.value) != scale(level):
        return
    verdict = "met" if bounded(promise.level.comparison, bound).has(value) else "breached"
    if verdict != fact.value:
        title = f"with `{given.value.span.text}` `{promise.name}` is {verdict}, and the example says otherwise"
        yield contradiction(fact, title, promise.level.span)


def contradiction(fact: nodes.Fact, title: str, place: Span) -> Diagnostic:
    return Diagnostic(
        "example-contradicts",
        fact.span,
        title,
        here="the agreement says something else",
        labels=(Label(place, "here it is agreed"),),
        why="A reader believes the example; in a dispute it is evidence against the clause.",
        remedy="Correct the example, or the clause if the example is right.",
    )
