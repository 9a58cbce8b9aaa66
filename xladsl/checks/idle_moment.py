"""A moment that is recorded for each case, and that nothing uses.

A report is made by voicemail and by chat message; the time to respond runs from the voicemail, and the chat is recorded
for nothing. Either the clock was meant to start with both, or the column is a leftover.

Wrong:

```xladsl wrong
events reports "Emergency reports" {
  columns voicemail as time from "voicemail_at", chat as time from "chat_at", // info: idle-moment
          available as time from "available_at"
}
sla response "Emergency response" {
  value share of reports in which available - voicemail <= 1 h
  empty counts as met
  level at least 95%
  each calendar month
}
```

Right:

```xladsl
events reports "Emergency reports" {
  columns voicemail as time from "voicemail_at", chat as time from "chat_at",
          available as time from "available_at"
}
sla response "Emergency response" {
  value share of reports in which available - latest of (voicemail, chat) <= 1 h
  empty counts as met
  level at least 95%
  each calendar month
}
```

The first moment of a source may stand for the row itself, and is left alone.

Source: a published agreement by which a report counts only when it was made in two ways.

Implements: trap T12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.feasibility import time_limits
from ..model.promises import every_promise
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL611", Severity.INFO)


def check(contract: Contract) -> Iterator[Diagnostic]:
    used = {id(part.target) for part in contract.parts(Reference)}
    told: set[int] = set()
    for promise in every_promise(contract):
        for limit in time_limits(contract, promise):
            columns = limit.source.columns if isinstance(limit.source, nodes.Source) else []
            moments = [column for column in columns if column.column_type == "time"]
            for column in moments[1:]:
                if id(column) not in used and id(column) not in told:
                    told.add(id(column))
                    yield Diagnostic(
                        "idle-moment",
                        column.span,
                        f"`{limit.source.name}` records `{column.name}`, and no clock starts or stops with it",
                        here="this moment is used by nothing",
                        labels=(Label(limit.limit.span, f"runs from `{limit.start.name}` to `{limit.end.name}`"),),
                        why="A case may begin or end with the later of two moments, and minutes lie between them.",
                        remedy=f"Start the clock with `latest of ({limit.start.name}, {column.name})`, or leave the "
                        "column out.",
                    )
