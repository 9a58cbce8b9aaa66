"""Half a line, no month, one of two: a number of things that there cannot be.

`down when 1.5 of 3 fail` is read as one by one party and as two by the other. `breached in 0 of the last 12 months` is
always so. And where one line that is down is enough, nothing has to fail at the same time.

Wrong:

```xladsl wrong
outages line_log {
  columns line from "line", began as time from "began", ended as time from "ended"
  lasting from began to ended
}
intervals both_lines_down {
  from line_log
  while at least 1.5 of line are down // error: no-such-number
}
```

Right:

```xladsl
outages line_log {
  columns line from "line", began as time from "began", ended as time from "ended"
  lasting from began to ended
}
intervals both_lines_down {
  from line_log
  while at least 2 of line are down
}
```

Source: whoever counts things, months or days comes to a whole number.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import expressions, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model.contract import Contract

RULE = Rule("XL642", Severity.ERROR)

LEAST: dict[type, int] = {
    nodes.AtOnce: 2,
    nodes.Down: 1,
    nodes.Confirmed: 1,
    expressions.TimeOn: 1,
    expressions.TimesOfLast: 1,
    expressions.TimesInARow: 1,
}
"""How many of something there are at least."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    for node in contract.parts(*LEAST):
        least = LEAST[type(node)]
        number = next((each for each in numbers_in(node) if each < least or each != int(each)), None)
        if number is not None:
            asks_nothing = "Below that the clause asks for nothing, and reads as if it did."
            read_in_two_ways = "One party would round it up and the other down."
            yield Diagnostic(
                "no-such-number",
                node.span,
                f"it takes a whole number here, from {least} on, and not `{number}`",
                here=f"says `{number}`",
                why=asks_nothing if number < least else read_in_two_ways,
                remedy=f"Write {max(least, ceil(number))} in place of {number}, or what the parties agreed.",
            )


def numbers_in(node: Any) -> list[Decimal]:
    """The numbers that a part says."""
    if isinstance(node, nodes.AtOnce):
        return [node.number]
    if isinstance(node, nodes.Down):
        return [node.failing, node.of]
    if isinstance(node, nodes.Confirmed):
        return [node.failures, node.answers]
    if isinstance(node, expressions.TimeOn):
        return [node.days_later.amount] if node.days_later is not None else []
    return [node.times, node.of] if isinstance(node, expressions.TimesOfLast) else [node.times]
