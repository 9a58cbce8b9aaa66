"""A value that is defined by itself.

If the first KPI is worked out from the second and the second from the first, neither can be worked out at all.

Wrong:

```xladsl wrong
kpi comfort { value calm + 1 better when higher } // error: circular-value
kpi calm { value comfort - 1 better when higher }
```

Right:

```xladsl
kpi comfort { value calm + 1 better when higher }
kpi calm { value mean of after_incident.ease better when higher }
```

Implements: trap T16
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.node import walk
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL326", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    reported: set[int] = set()
    for block in contract.blocks:
        if not isinstance(block, DEFINED) or id(block) in reported:
            continue
        circle = circle_from(block)
        if circle:
            reported |= {id(member) for member in circle}
            names = [f"`{member.name}`" for member in circle]
            yield Diagnostic(
                "circular-value",
                block.place("name"),
                f"`{block.name}` is defined by itself" + (f", through {', '.join(names[1:])}" if names[1:] else ""),
                here="leads back to itself",
                labels=tuple(Label(member.place("name"), "on the way") for member in circle[1:2]),
                why="What is defined by itself has no value, so nothing could be decided by it.",
                remedy="Define one of them by what is measured.",
            )


DEFINED = (nodes.Kpi, nodes.Composite, nodes.Parameter, nodes.Intervals)


def circle_from(start: nodes.Named) -> list[nodes.Named]:
    """The definitions on the way from one back to itself; empty if there is no such way."""
    ways: list[list[nodes.Named]] = [[start]]
    seen: set[int] = set()
    while ways:
        way = ways.pop()
        for used in used_by(way[-1]):
            if used is start:
                return way
            if id(used) not in seen:
                seen.add(id(used))
                ways.append([*way, used])
    return []


def used_by(definition: Node) -> Iterator[nodes.Named]:
    for part in walk(definition):
        if isinstance(part, Reference) and isinstance(part.target, DEFINED):
            yield part.target
