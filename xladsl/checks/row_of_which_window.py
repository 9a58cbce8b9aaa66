"""A row that could be counted in more than one window, or that has no moment to count it by.

A case that is opened in March and solved in April belongs to one month by its beginning and to another by its end. The
late case of one party is the open case of the other, and the month with the credit moves with it. A column that holds
no moment cannot say it at all. Where no column does, each row counts in every window, and the answers of one month keep
the promise of a whole year.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "created", // warning: row-of-which-window "opened` or `resolved"
    resolved as time from "closed", priority as text from "prio"
  expects 900 rows each calendar month
  run by northwind
}
```

Right:

```xladsl
tickets desk {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio"
  dated by resolved
  expects 900 rows each calendar month
  run by northwind
}
```

A KPI or a service level that counts by another moment says so itself: `dated by desk.opened`. The rule speaks of rows
that a binding promise counts; where nothing is said, the first column with a moment decides. Stretches of time lie
where they lie, and need no such clause.

Source: the trap that an event at the edge of two windows has an owner only if the parties name one.

Implements: trap T9
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.dating import MOMENTS, dating_column
from ..model.expressions import Aggregate, Length, Share
from ..model.measures import expanded
from ..model.node import Node, walk
from ..model.promises import every_promise, measured
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL621", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    yield from momentless(contract)
    unclear: dict[nodes.Source, nodes.Promise] = {}
    for promise in every_promise(contract):
        if promise.bindingness == "binding" and promise.each not in ("event", "ticket"):
            for source in counted_by_default(contract, measured(promise)):
                unclear.setdefault(source, promise)
    for source, promise in unclear.items():
        moments = moments_of(source)
        if source.dated_by is None and not source.every_window:
            if len(moments) > 1:
                yield undated(source, moments, promise)
            elif not moments and promise.each != "term":
                yield in_every_window(source, promise)


def momentless(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.blocks:
        column = getattr(block, "dated_by", None)
        if column is not None and column.found.column_type not in MOMENTS:
            yield Diagnostic(
                "row-of-which-window",
                column.span,
                f"`{column.found.name}` holds no moment, and cannot say in which window a row counts",
                here="a column of times or dates belongs here",
                labels=(Label(column.found.span, "the column is here"),),
                why="A row that lies in no window is counted in none, and the promise is judged without it.",
                remedy="Name a column that holds a time or a date, or say that this one does:  as time .",
            )


def undated(source: nodes.Source, moments: list[nodes.Column], promise: nodes.Promise) -> Diagnostic:
    decides = dating_column(source)
    first = next((each for each in moments if each.name == decides), moments[0])
    ends = source.lasting.end if isinstance(source, nodes.Outages) and source.lasting is not None else None
    others = sorted((each for each in moments if each is not first), key=lambda each: each.name != ends)
    second = others[0]
    return Diagnostic(
        "row-of-which-window",
        source.place("columns"),
        f"`{source.name}` does not say whether `{first.name}` or `{second.name}` puts a row into a month",
        here="a row can begin in one month and end in the next",
        labels=(Label(promise.place("name"), "this promise counts its rows"),),
        why=f"As it stands `{first.name}` decides. Each party would count the row where it does it more good.",
        remedy=f"Write  dated by {second.name}  or  dated by {first.name} , whichever the parties mean.",
    )


def in_every_window(source: nodes.Source, promise: nodes.Promise) -> Diagnostic:
    return Diagnostic(
        "row-of-which-window",
        source.place("name"),
        f"no column of `{source.name}` says when a row was, and so each counts in every window",
        here="which column holds a time or a date?",
        labels=(Label(promise.place("name"), "this promise counts its rows"),),
        why="The rows of one month would keep or break the promise of all the others.",
        remedy='Add the column, as  columns answered as time from "answered" ; or, for a list that holds at any time,'
        "  counts in every window .",
    )


def moments_of(source: nodes.Source) -> list[nodes.Column]:
    return [column for column in source.columns if column.column_type in MOMENTS]


def counted_by_default(contract: Contract, block: Any) -> Iterator[nodes.Source]:
    """The sources whose rows a KPI or a promise counts without saying by which moment."""
    value = getattr(block, "value", None)
    if value is None or block.dated_by is not None:
        return
    for part in walk(expanded(value) if hasattr(value, "measure") else value):
        if isinstance(part, (Aggregate, Share)) and not isinstance(part, Length):
            operand: Node = part.of  # type: ignore[union-attr]  # every aggregate is of something
            for name in walk(operand):
                owner = contract.names.owner(name.target) if isinstance(name, Reference) and name.target else None
                if isinstance(owner, nodes.Source):
                    yield owner
