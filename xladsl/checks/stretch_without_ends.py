"""Stretches of time of which nobody says when they begin or when they end.

A list of tickets holds many moments: the trouble began, somebody noticed, the ticket was opened, it was closed. Which
of them start and stop the clock of a downtime decides about minutes and about money. Only outages and probes say it of
themselves; any other source has to be cut into small intervals that pass a test.

Wrong:

```xladsl wrong
tickets desk {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio"
}
intervals desk_down { from desk } // error: stretch-without-ends
```

Right:

```xladsl
tickets desk {
  columns opened as time from "created", resolved as time from "closed", priority as text from "prio"
}
outages trouble {
  columns noticed as time from "noticed_at", restored as time from "restored_at"
  lasting from noticed to restored
}
intervals desk_down { from trouble }
```

Source: published agreements in which the clock of an outage starts with the customer's ticket, and the time until
somebody writes one is nobody's.

Implements: trap T12
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL600", Severity.ERROR)

WITH_ENDS = (nodes.Outages, nodes.Probes, nodes.Intervals)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for stretches in contract.every(nodes.Intervals):
        source = stretches.made_from.source_rows.target
        if stretches.at_once is not None and source is not None and not isinstance(source, nodes.Outages):
            yield none_at_once(stretches, source)
        elif stretches.each_slice is None and isinstance(source, nodes.Source) and not isinstance(source, WITH_ENDS):
            yield Diagnostic(
                "stretch-without-ends",
                stretches.place("made_from"),
                f"`{stretches.name}` is made of `{source.name}`, which does not say from when to when a row lasts",
                here="begins and ends at which moments?",
                labels=(Label(source.place("name"), f"a row here has {moments_of(source)}"),),
                why="From the first sign, from the report, from the answer: each is another start of the clock.",
                remedy="Take the stretches from `outages` with  lasting from COLUMN to COLUMN , or cut them out with  "
                "each 1 min in which … .",
            )


def none_at_once(stretches: nodes.Intervals, source: Any) -> Diagnostic:
    return Diagnostic(
        "stretch-without-ends",
        stretches.place("at_once"),
        f"`{source.name}` has no rows that last, of which several could be down at once",
        here="of these, how many at the same time?",
        why="Two rows of the same moment may be two failures of one thing, or one failure of each of two.",
        remedy="Take the stretches from `outages` with  lasting from COLUMN to COLUMN ; for probes write  "
        "down when 2 of 3 fail .",
    )


def moments_of(source: nodes.Source) -> str:
    moments = [f"`{column.name}`" for column in source.columns if column.column_type == "time"]
    return f"the moments {' and '.join(moments)}" if moments else "no two moments"
