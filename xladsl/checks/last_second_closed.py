"""Hours that end one second, or one minute, before midnight.

From 00:00 to 23:59 a day has 1,439 minutes. What happens in the last one falls in no hours at all: it is not measured,
and a deadline does not run. The end of the day is written 24:00.

Wrong:

```xladsl wrong
calendar always "Every day" {
  open monday to sunday 00:00 to 23:59 // warning: last-second-closed
  covers 2026-01-01 to 2028-12-31
}
```

Right:

```xladsl
calendar always "Every day" {
  open monday to sunday 00:00 to 24:00
  covers 2026-01-01 to 2028-12-31
}
```

Source: a published machine-readable agreement whose daily interval runs from 00:00:00 to 23:59:59.

Implements: trap T9
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Edit, Fix, Rule, Severity
from ..model.nodes import ClockSpan
from ..source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL607", Severity.WARNING)

LAST_MINUTE = (23, 59)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for span in contract.parts(ClockSpan):
        if (span.end.hour, span.end.minute) == LAST_MINUTE and not span.end.microsecond:
            written = span.span.text.rpartition("to")[2].strip()
            lost = "last second" if len(written) > len("23:59") else "last minute"
            end = Span(span.span.source, span.span.end - len(written), span.span.end)
            yield Diagnostic(
                "last-second-closed",
                end,
                f"the {lost} of the day lies outside of these hours",
                here=f"`{written}` is not the end of the day",
                why="An outage across midnight would be cut in two, and a deadline would stand still in between.",
                remedy="Write `24:00`, the end of the day.",
                fix=Fix("write `24:00`", (Edit(end, "24:00"),)),
            )
