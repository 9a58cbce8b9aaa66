"""A clock that may stand still for ever.

While a case waits for the user, the provider's time stops. Without a longest pause every late case can be made to wait,
and is then never late.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio",
    state as text from "status"
  pauses while state is "awaiting user", recorded in states // warning: pause-without-end
  expects 900 rows each calendar month
  run by northwind
}

outages states {
  columns number as text from "id", state as text from "state", entered as time from "from", left as time from "to"
  lasting from entered to left
  run by northwind
}
```

Right:

```xladsl
tickets desk {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio",
    state as text from "status"
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

It speaks of a source on which a binding promise rests. That a time limit has a calendar is `calendar-unsaid`.

Source: the requirement that a clock states its start, stop and pauses, and a cap on pauses.

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

RULE = Rule("XL579", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    spoken: list[object] = []
    for promise in every_promise(contract):
        for source in sources_of_promise(contract, promise) if promise.bindingness == "binding" else ():
            if not isinstance(source, nodes.Tickets) or any(source is each for each in spoken):
                continue
            spoken.append(source)
            for pause in source.pauses:
                if pause.at_most is None:
                    yield Diagnostic(
                        "pause-without-end",
                        pause.span,
                        f"the clock of `{source.name}` may stand still for ever",
                        here="no longest pause is agreed",
                        labels=(Label(promise.place("name"), "this promise runs on that clock"),),
                        why="A case that is set to waiting is never late, however long its user waits.",
                        remedy="Add  , at most 5 business days , or what the parties agree.",
                    )
