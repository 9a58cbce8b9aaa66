"""An example that does not come out.

Examples are read before the clauses, and believed. One that comes from an earlier draft promises something else than
the table beside it, and each party can point to the sentence that suits it.

Wrong:

```xladsl wrong
credit portal_credit "Credit for portal availability" {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | at least 99.0% but below 99.9% |  5% |
  | below 99.0%                    | 10% |
  paid by credit note within 30 days of the report
  claim not needed
}
example "ninety minutes in April" {
  given length of portal_down is 90 min in 2026-04
  then portal_up is breached in 2026-04,
       portal_credit is EUR 1,000.00 in 2026-04 // error: example-fails
}
```

Right:

```xladsl
credit portal_credit "Credit for portal availability" {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | at least 99.0% but below 99.9% |  5% |
  | below 99.0%                    | 10% |
  paid by credit note within 30 days of the report
  claim not needed
}
example "ninety minutes in April" {
  given length of portal_down is 90 min in 2026-04
  then portal_up is breached in 2026-04,
       portal_credit is EUR 500.00 in 2026-04
}
```

Each fact after `then` is worked out from those after `given`, by the same steps as a result of real measurements.
Nothing else is taken to have happened: a promise of which no fact speaks has no data, and nothing follows from that.
A value is held against what is written exactly. One that has no end of decimals, such as 99.7916… %, may be written
with at least two of them, as long as both lie on the same side of the level.

Source: a published agreement whose table charges 200 % and whose example 100 %.

Implements: trap T20
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Edit, Fix, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import AllFees, Comparison, FeesOf
from ..model.node import walk
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..evaluation.examples.working_out import Outcome
    from ..model.contract import Contract

RULE = Rule("XL619", Severity.ERROR, echoes=("mixed-units",))

STEPS = 6
"""The last steps that a message tells; the first ones only repeat what is given."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    for example in contract.every(nodes.Example):
        yield from failing(contract, example)


def failing(contract: Contract, example: nodes.Example) -> Iterator[Diagnostic]:
    from ..evaluation.examples.working_out import worked_out  # only agreements with examples pay for the evaluator

    for outcome in worked_out(contract, example):
        if not outcome.ok:
            yield other(outcome, steps(outcome) + empty_cells(contract, example)) if outcome.found else unknown(outcome)


def other(outcome: Outcome, told: str) -> Diagnostic:
    fact = outcome.fact
    subject = fact.subject.span.text
    place = agreed(fact)
    verb = "are" if isinstance(fact.subject, AllFees | FeesOf) else "is"
    right = f"{subject} {verb} {outcome.found.replace('…', '')}{named(fact)}"
    return Diagnostic(
        "example-fails",
        fact.span,
        f"`{subject}` {verb} {outcome.found}, and the example says {outcome.wanted}",
        here=f"the clauses come to {outcome.found}{when(outcome)}",
        labels=(Label(place, "here it is agreed"),) if place is not None else (),
        why=f"A reader believes the example, and in a dispute it is evidence against the clauses.{told}",
        remedy=f"Write  {right} , or change the clause if the example is right.",
        fix=Fix(f"Write `{right}`", (Edit(fact.span, right),)),
    )


def unknown(outcome: Outcome) -> Diagnostic:
    fact = outcome.fact
    reason = outcome.trace[-1] if outcome.trace else "the facts that are given do not lead there"
    return Diagnostic(
        "example-fails",
        fact.span,
        f"nobody can tell from the example whether `{fact.subject.span.text}` is {outcome.wanted}",
        here="this does not follow from what is given",
        why=f"An example that nobody can work out is a claim: {reason}.",
        remedy="Say in `given` what it follows from, such as a measured value, rows or a length of time.",
    )


def when(outcome: Outcome) -> str:
    return f" in {outcome.window}" if outcome.window else ""


def named(fact: nodes.Fact) -> str:
    """The window of a fact as it is written."""
    return f" in {fact.place('fact_window').text.removeprefix('in').strip()}" if fact.fact_window is not None else ""


def steps(outcome: Outcome) -> str:
    told = outcome.trace[-STEPS:]
    return f" It is worked out so: {'; '.join(told)}." if told else ""


def agreed(fact: nodes.Fact) -> Any:
    """The clause that decides: the level of a promise, the amount of a fee, the table or the formula of a payment."""
    target: Any = getattr(fact.subject, "target", None)
    if isinstance(fact.subject, nodes.FeeFact) and fact.subject.fee.target is not None:
        target = fact.subject.fee.target
        return target.amounts[0].span if target.amounts else target.place("name")
    if isinstance(target, nodes.Promise):
        return target.level.span
    if isinstance(target, nodes.Payment):
        return target.rows[0].span if target.rows else target.pay.span if target.pay is not None else None
    return target.place("name") if isinstance(target, nodes.Block) else None


def empty_cells(contract: Contract, example: nodes.Example) -> str:
    """That a cell of which the example says nothing is empty, where a test reads it as if it were something else."""
    tests = {
        id(test.left.target): test
        for block in contract.blocks
        for test in contract.within(block)
        if isinstance(test, Comparison) and test.relation in ("is not", "!=") and isinstance(test.left, Reference)
    }
    for rows in example.given:
        source = rows.of.target if isinstance(rows, nodes.RowsFact) else None
        told = {part.name for part in walk(rows) if isinstance(part, Reference)}
        if not isinstance(source, nodes.Source):
            continue
        for column in source.columns:
            test = tests.get(id(column))
            if test is not None and column.name not in told:
                said = " ".join(test.span.text.split())
                return (
                    f" The rows of `{source.name}` say no `{column.name}`, and of an empty cell `{said}` is false;"
                    f" `not ({said.replace(' is not ', ' is ').replace(' != ', ' = ')})` is true."
                )
    return ""
