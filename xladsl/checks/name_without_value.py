"""A name that stands for no number, where a number is needed.

Stretches of time have a length and a number, a source has rows, and an obligation is done or not. None of them is a
number by itself: `portal_down > 4 h` may mean the longest stretch or all of them together.

Wrong:

```xladsl wrong
right to terminate long_outage "Too long an outage" {
  held by contoso
  when portal_down > 4 h // error: name-without-value
}
```

Right:

```xladsl
right to terminate long_outage "Too long an outage" {
  held by contoso
  when length of portal_down > 4 h
}
```

What has a value is a KPI, an index, a promise, a payment, points, a parameter, a column, and a question. A limit is
compared too, by how much of it was used.

Source: the condition that each party works out from another figure, since the sentence names none.

Implements: measurability S6
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import expressions, nodes
from ..model.build import kind_of
from ..model.names import a
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL309", Severity.ERROR)

FORMULAS = {"Formula", "Amount"}
VALUED = (
    nodes.Column,
    nodes.Question,
    nodes.Input,
    nodes.Parameter,
    nodes.Measuring,
    nodes.Composite,
    nodes.Promise,
    nodes.InternalTarget,
    nodes.Payment,
)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for node in contract.walk():
        for name in formulas_of(type(node)):
            held = getattr(node, name)
            for part in held if isinstance(held, list) else (held,):
                if isinstance(part, Reference) and part.target is not None and not isinstance(part.target, VALUED):
                    yield name_without_value(part)
        if isinstance(node, expressions.LevelTest):
            for named in node.conditioned:
                if isinstance(named.target, nodes.Obligation):
                    yield name_without_value(named)


@cache
def formulas_of(made: type[Node]) -> tuple[str, ...]:
    """The fields of a class that hold formulas. What is put into a measure is held against the measure's inputs."""
    if made is expressions.Argument:
        return ()
    return tuple(name for name, field in made.fields.items() if FORMULAS & set(field.types))


def name_without_value(named: Reference[Any]) -> Diagnostic:
    meant: Any = named.target
    return Diagnostic(
        "name-without-value",
        named.span,
        f"`{named.name}` stands for {called(meant)}, and that is no number",
        here="a number is needed here",
        labels=(Label(meant.span, f"`{named.name}` is defined here"),),
        why="The figure could be its length, its number or something else, and each party would work out another one.",
        remedy=remedy(named.name, meant),
    )


def called(meant: Node) -> str:
    if isinstance(meant, nodes.Source):
        return "a source of rows"
    return "stretches of time" if isinstance(meant, nodes.Intervals) else a(kind_of(meant))


def remedy(name: str, meant: Any) -> str:
    if isinstance(meant, nodes.Intervals | nodes.Outages):
        return f"Write  length of {name}  or  count of {name} , whichever the parties mean."
    if isinstance(meant, nodes.Source):
        return f"Write  count of {name} , or name one of its columns, or a KPI."
    return f"Write  fee {name} ." if isinstance(meant, nodes.Fee) else "Name a KPI, a promise or a payment."
