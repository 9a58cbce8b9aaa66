"""A block that speaks of something its readers may not see.

The edition for the public, or for the parties, would carry the name of an internal block, or a hole where it was.

Wrong:

```xladsl wrong
kpi inside_view "Margin per ticket" {
  audience internal
  serves effortless_help
  value count of desk
  better when lower
}
target cheap_help "Margin per ticket" {
  kpi inside_view // error: audience-leak
  level at most 100
  each calendar month
}
```

Right:

```xladsl
kpi inside_view "Margin per ticket" {
  audience internal
  serves effortless_help
  value count of desk
  better when lower
}
target cheap_help "Margin per ticket" {
  audience internal
  kpi inside_view
  level at most 100
  each calendar month
}
```

A block without an `audience` is for the parties.

Source: the rule that a document for one audience never contains, names or counts what is for a narrower one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.audience import CARRYING, WIDTHS, width
from ..model.node import children
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL347", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    everything = [pair for block in contract.blocks for pair in with_widths(block, width(block))]
    narrow = {id(node): wide for node, wide in everything}
    if len(set(narrow.values())) < 2:
        return
    for node, wide in everything:
        if type(node) is Reference and node.target is not None:
            target = node.target if id(node.target) in narrow else contract.names.owner(node.target)
            if narrow.get(id(target), wide) < wide and not isinstance(target, CARRYING):
                yield leak(node, target, narrow[id(target)], wide)


def with_widths(node: Node, around: int) -> Iterator[tuple[Node, int]]:
    """A node and all it holds, each with how wide its audience is: never wider than what it stands in."""
    waiting = [(node, around)]
    while waiting:
        node, around = waiting.pop()
        if isinstance(node, nodes.Block | nodes.Example):
            around = min(around, width(node))
        yield node, around
        waiting.extend((child, around) for child in children(node))


def leak(reference: Reference[object], target: Node, narrow: int, wide: int) -> Diagnostic:
    words = {number: word for word, number in WIDTHS.items()}
    readers = "everybody" if words[wide] == "public" else "the parties"
    return Diagnostic(
        "audience-leak",
        reference.span,
        f"`{reference.name}` is {words[narrow]}, and this is for {readers}",
        here=f"`audience {words[narrow]}`",
        labels=(Label(target.place("audience"), "its readers are chosen here"),) if "audience" in target.places else (),
        why="The name alone tells the other party that there is something it may not see.",
        remedy=f"Give both the same `audience`, or do not name `{reference.name}` here.",
    )
