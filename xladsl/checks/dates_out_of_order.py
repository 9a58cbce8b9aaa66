"""Dates that contradict each other.

A term that ends before it begins, a baseline measured after the target it is for, a deadline after the end of the
agreement: whoever relies on one of the two dates breaks the other.

Wrong:

```xladsl wrong
target ease_2027 "Ease of getting help" {
  kpi ease
  level at least 5.2 from 2026-04-01
  baseline 4.9 from 2026-04-01 to 2026-06-30 on 310 answers // error: dates-out-of-order
  each calendar quarter
}
```

Right:

```xladsl
target ease_2027 "Ease of getting help" {
  kpi ease
  level at least 5.2 from 2026-04-01
  baseline 4.9 from 2025-10-01 to 2025-12-31 on 310 answers
  each calendar quarter
}
```

Where the agreement is renewed, nothing has to end with its term.

Source: the requirement that a baseline comes before the first level, and that every target lies within the term.

Implements: measurability T1
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from ..model.contract import Contract
    from ..model.node import Node
    from ..source import Span

    Orders = Iterable[tuple["Day", "Day"]]

RULE = Rule("XL323", Severity.ERROR)


class Day(NamedTuple):
    """A date, what it is, and where it is said."""

    date: date | None
    what: str
    place: Span


class Term(NamedTuple):
    """The first and the last day of the agreement."""

    begin: Day
    end: Day


def check(contract: Contract) -> Iterator[Diagnostic]:
    term = term_of(contract.agreement)
    if contract.agreement.renewal is not None:  # then nobody knows the last day yet
        term = Term(term.begin, term.end._replace(date=None))
    dated: list[Node] = contract.parts(*ORDERS)
    for node in dated:
        for orders in orders_for(type(node)):
            for earlier, later in orders(node, term):
                yield from contradiction(earlier, later)


@cache
def orders_for(kind: type) -> list[Callable[[Any, Term], Orders]]:
    return [ORDERS[base] for base in kind.__mro__ if base in ORDERS]


def contradiction(earlier: Day, later: Day) -> Iterator[Diagnostic]:
    if earlier.date is None or later.date is None or earlier.date <= later.date:
        return
    # What is said of the whole stands; the part that contradicts it is to be corrected.
    blame_earlier = later.what == "the term ends" or not earlier.what.endswith("begins")
    wrong, other = (earlier, later) if blame_earlier else (later, earlier)
    yield Diagnostic(
        "dates-out-of-order",
        wrong.place,
        f"{earlier.what} on {earlier.date}, and {later.what} on {later.date} already",
        here=f"{wrong.what} on {wrong.date}",
        labels=(Label(other.place, f"{other.what} on {other.date}"),) if other.place != wrong.place else (),
        why="The two cannot both hold, so neither can be relied on.",
        remedy="Correct one of the two dates.",
    )


def term_of(agreement: nodes.Agreement) -> Term:
    period = agreement.term
    return Term(Day(period.start, "the term begins", period.span), Day(period.end, "the term ends", period.span))


def of_agreement(node: nodes.Agreement, _term: Term) -> Orders:
    term = term_of(node)
    settled = Day(node.settling, "the time of settling in ends", node.place("settling"))
    return [(term.begin, term.end), (term.begin, settled), (settled, term.end)]


def of_promise(node: nodes.Promise, term: Term) -> Orders:
    steps = [Day(step.since, "this level begins", step.span) for step in node.level.steps]
    orders = [(step, term.end) for step in steps]
    if node.baseline is not None:
        first = Day(node.baseline.start, "the baseline begins", node.baseline.span)
        last = Day(node.baseline.end, "the baseline ends", node.baseline.span)
        orders.append((first, last))
        orders += [(last, step) for step in steps[:1] if step.date] or [(last, term.end)]
    return orders


def of_objective(node: nodes.Objective, term: Term) -> Orders:
    first = Day(node.period.start, f"`{node.name}` begins", node.period.span)
    last = Day(node.period.end, f"`{node.name}` ends", node.period.span)
    moves = [Day(result.moves.by, f"`{result.name}` is due", result.moves.span) for result in node.key_results]
    return [(first, last), (first, term.end), *((first, move) for move in moves), *((move, last) for move in moves)]


def of_quick_win(node: nodes.QuickWin, term: Term) -> Orders:
    due = Day(node.due, f"`{node.name}` is due", node.place("due"))
    return [(due, term.end)]


def of_recurrence(node: nodes.Recurrence, term: Term) -> Orders:
    return [(Day(node.first_due, "this falls due first", node.span), term.end)]


def of_service(node: nodes.Service, term: Term) -> Orders:
    return [(Day(node.starts, f"`{node.name}` starts", node.place("starts")), term.end)]


def of_fee_step(node: nodes.DatedMoney, term: Term) -> Orders:
    return [(Day(node.since, "this amount begins", node.span), term.end)]


def of_calendar(node: nodes.Calendar, _term: Term) -> Orders:
    if node.covers is None:
        return []
    first = Day(node.covers.start, f"`{node.name}` begins", node.covers.span)
    return [(first, Day(node.covers.end, f"`{node.name}` ends", node.covers.span))]


ORDERS: dict[type, Callable[[Any, Term], Orders]] = {
    nodes.Agreement: of_agreement,
    nodes.Promise: of_promise,
    nodes.Objective: of_objective,
    nodes.QuickWin: of_quick_win,
    nodes.Recurrence: of_recurrence,
    nodes.Service: of_service,
    nodes.DatedMoney: of_fee_step,
    nodes.Calendar: of_calendar,
}
