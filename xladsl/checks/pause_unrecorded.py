"""A pause of which nobody keeps a record.

A clock that stops while a case waits for its user can only be worked out where a log says when each case waited. A
ticket shows the state that it is in now, and not the hours that it spent in the states before.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio",
    state as text from "status"
  pauses while state is "awaiting user", at most 5 business days // warning: pause-unrecorded
  expects 900 rows each calendar month
  run by northwind
}
```

Right:

```xladsl
tickets desk {
  columns number as text from "id", opened as time from "created", resolved as time from "closed",
    priority as text from "prio", state as text from "status"
  one row for each number
  pauses while state is "awaiting user", recorded in states, at most 5 business days
  expects 900 rows each calendar month
  run by northwind
}

outages states {
  columns number as text from "id", state as text from "state", entered as time from "from", left as time from "to"
  lasting from entered to left
  run by northwind
}
```

It also speaks where the log cannot be joined to the tickets: they need a key (`one row for each`), and the log a column
of the same name. It speaks of a source on which a binding promise rests.

Source: the requirement that a clock states its start, stop and pauses, and that each is evidenced.

Implements: measurability M20; trap T12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL620", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    promised: dict[nodes.Tickets, nodes.Promise] = {}
    for promise in every_promise(contract):
        for source in sources_of_promise(contract, promise) if promise.bindingness == "binding" else ():
            if isinstance(source, nodes.Tickets):
                promised.setdefault(source, promise)
    for source, promise in promised.items():
        for pause in source.pauses:
            log = pause.recorded_in.found if pause.recorded_in else None
            if log is None:
                yield unrecorded(source, pause, promise)
            elif source.deduplicated not in {column.name for column in log.columns}:
                yield unjoined(source, pause, log)


def unrecorded(source: nodes.Tickets, pause: nodes.Pause, promise: nodes.Promise) -> Diagnostic:
    return Diagnostic(
        "pause-unrecorded",
        pause.span,
        f"nothing says when the clock of `{source.name}` stood still",
        here="a ticket shows its state now, and not the hours it spent in others",
        labels=(Label(promise.place("name"), "this promise runs on that clock"),),
        why="Without a record the pause cannot be worked out, and every case counts as if it had never waited.",
        remedy="Name the log that says from when to when each case waited:  , recorded in case_states .",
    )


def unjoined(source: nodes.Tickets, pause: nodes.Pause, log: nodes.Source) -> Diagnostic:
    key = source.deduplicated
    return Diagnostic(
        "pause-unrecorded",
        pause.span,
        f"no row of `{log.name}` can be told to belong to a case of `{source.name}`",
        here=f"`{log.name}` has no column `{key}`"
        if key
        else f"`{source.name}` does not say what tells its cases apart",
        labels=(Label(log.place("name"), "the log is here"),),
        why="A pause that belongs to no case stops no clock, and every case counts as if it had never waited.",
        remedy=f'Give `{log.name}` a column of that name:  columns {key} as text from "…" .'
        if key
        else f"Write  one row for each NUMBER  in `{source.name}`, and give `{log.name}` a column of the same name.",
    )
