"""A condition that can never become true.

Three breaches in the last two months, twelve good months in a row in an agreement of nine, twenty points where twelve
are the most: whoever holds the right has none.

Wrong:

```xladsl wrong
right to terminate chronic_failure "Chronic failure" {
  held by contoso
  when portal_up is breached in 4 of the last 3 months // error: history-out-of-reach
  on 30 days notice
}
```

Right:

```xladsl
right to terminate chronic_failure "Chronic failure" {
  held by contoso
  when portal_up is breached in 3 of the last 12 months
  on 30 days notice
}
```

Source: the requirement that thresholds of termination can be reached: a right at 20 points, where 12 are the most.

Implements: measurability C11, trap T17
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import begins_on, whole_windows
from ..model.expressions import LevelTest, Outcome, PointsOf, TimesInARow, TimesOfLast, ValueTest
from ..model.feasibility import written_out
from ..model.quantities import Number, Points, Reference
from ..model.tiers import settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL457", Severity.ERROR)

WHY = "A right that can never be used looks like protection, and is none."


def check(contract: Contract) -> Iterator[Diagnostic]:
    for node in contract.parts(Outcome, LevelTest, ValueTest):
        if isinstance(node, Outcome | LevelTest):
            yield from too_many_times(contract, node)
        else:
            yield from too_many_points(node)


def too_many_times(contract: Contract, test: Outcome | LevelTest) -> Iterator[Diagnostic]:
    history: Any = test.history
    if isinstance(history, TimesOfLast) and history.times > history.of:
        yield Diagnostic(
            "history-out-of-reach",
            history.span,
            f"there are no {history.times} in the last {history.of} {history.unit}",
            here="can never be true",
            why=WHY,
            remedy=f"Write  in {history.of} of the last {history.times} {history.unit} , if the two were exchanged.",
        )
    elif isinstance(history, TimesInARow | TimesOfLast):
        windows = windows_of_term(contract, test, history.unit)
        if windows is not None and history.times > windows:
            yield Diagnostic(
                "history-out-of-reach",
                history.span,
                f"the agreement ends after {windows} {history.unit}, before there are {history.times}",
                here="can never be true",
                labels=(Label(contract.agreement.term.span, "the term"),),
                why=WHY,
                remedy=f"Ask for {windows} or fewer, or agree on a renewal or a longer term.",
            )


def windows_of_term(contract: Contract, test: Outcome | LevelTest, unit: str) -> int | None:
    """The most windows of a unit that the term can have, parts of windows included; None where it may be renewed."""
    agreement = contract.agreement
    promise = test.conditioned[0].found
    window: Any = f"calendar {unit.removesuffix('s')}"
    if unit.startswith("window"):
        window = promise.each if isinstance(promise, nodes.Promise) else ""
    if agreement.renewal is not None:
        return None
    start, end = agreement.term.start, agreement.term.end
    whole = whole_windows(window, agreement, start, end)
    if whole is None or isinstance(window, nodes.RollingWindow | nodes.TrailingWindow) or end == date.max:
        return None
    cut = [not begins_on(window, agreement, day) for day in (start, end + timedelta(days=1))]
    return whole + sum(cut)


def too_many_points(test: ValueTest) -> Iterator[Diagnostic]:
    scheme = scheme_of(test.value)
    threshold = settled(test.amount)
    most = most_points(scheme) if scheme is not None else None
    if scheme is None or most is None or not isinstance(threshold, Points | Number) or test.history is not None:
        return
    if threshold.amount > most or (threshold.amount == most and test.relation == ">"):
        yield Diagnostic(
            "history-out-of-reach",
            test.span,
            f"`{scheme.name}` never gives more than {most:f} points",
            here="can never be true",
            labels=(Label(scheme.place("rows"), "the points are here"),),
            why=WHY,
            remedy=f"Choose a threshold of at most {most:f} points, or count over several windows.",
        )


def scheme_of(value: Any) -> nodes.PointsScheme | None:
    formula = written_out(value)
    reference = formula.scheme if isinstance(formula, PointsOf) else formula
    target = reference.target if isinstance(reference, Reference) else None
    return target if isinstance(target, nodes.PointsScheme) else None


def most_points(scheme: nodes.PointsScheme) -> Decimal | None:
    """The most points of one window, doubling included; None where a row or a formula does not tell."""
    given = [settled(row.cells[-1]) for row in scheme.rows]
    amounts = [each.amount for each in given if isinstance(each, Points | Number)]
    if scheme.pay is not None or not amounts or len(amounts) < len(given):
        return None
    return max(amounts) * (2 if scheme.repeated is not None else 1)
