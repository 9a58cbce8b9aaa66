"""Half a line, no month, one of two: a number of things that there cannot be.

`down when 1.5 of 3 fail` is read as one by one party and as two by the other. `breached in 0 of the last 12 months` is
always so. And where one line that is down is enough, nothing has to fail at the same time. Nor can two lines be down at
once in a promise that is kept `for each` line, nor anything be paid `per started 0 min`.

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

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import expressions, nodes
from ..model.measures import inherited
from ..model.node import walk
from ..model.promises import formula
from ..model.quantities import Reference
from ..model.tiers import settled

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
    yield from uncountable(contract)
    yield from several_of_one(contract)
    for per in contract.parts(expressions.Per):
        if getattr(settled(per.per_step), "amount", None) == 0:
            yield Diagnostic(
                "no-such-number",
                per.per_step.span,
                f"nobody can count how many times `{per.per_step.span.text}` there are",
                here="is nothing",
                why="It is paid for each of them, so that nobody can say what is to be paid.",
                remedy="Write how long or how large each part is, such as  30 min .",
            )


def uncountable(contract: Contract) -> Iterator[Diagnostic]:
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


def several_of_one(contract: Contract) -> Iterator[Diagnostic]:
    """Promises that are kept to each value of a column, and ask for several of its values at once."""
    for promise in contract.every(nodes.Promise):
        each = {id(reference.target): reference for reference in inherited(promise, "group_by") or ()}
        value = formula(promise)
        for stretches in asked_for(value, []) if value is not None and each else ():
            rule = stretches.at_once
            if rule is not None and id(rule.column.target) in each:
                column = rule.column.found.name
                yield Diagnostic(
                    "no-such-number",
                    rule.span,
                    f"`{promise.name}` is kept for each `{column}`, and no `{column}` is {rule.number} of them",
                    here="never so within one of them",
                    labels=(Label(each[id(rule.column.target)].span, "here each is taken by itself"),),
                    why="Nothing would ever be down, and every window would look good.",
                    remedy=f"Take  for each  out of `{promise.name}`, or name there what several of `{column}` share.",
                )


def asked_for(part: Any, found: list[nodes.Intervals]) -> list[nodes.Intervals]:
    """The stretches of time that a part of the agreement is about, through those that they are made of."""
    for each in walk(part):
        target = each.target if isinstance(each, Reference) else None
        if isinstance(target, nodes.Intervals) and not any(target is known for known in found):
            found.append(target)
            asked_for(target, found)
    return found
