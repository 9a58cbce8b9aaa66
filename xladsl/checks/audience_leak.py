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
from ..model.prose import quotations
from ..model.quantities import Reference
from ._prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node
    from ..source import Span

RULE = Rule("XL347", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    if len({width(block) for block in (*contract.blocks, *contract.parts(nodes.Block, nodes.Example))}) < 2:
        return
    everything = [pair for block in contract.blocks for pair in with_widths(block, width(block))]
    widths = {id(node): wide for node, wide in everything}
    for node, wide in everything:
        if type(node) is Reference and node.target is not None:
            target = node.target if id(node.target) in widths else contract.names.owner(node.target)
            if narrower(target, widths, wide):
                yield leak(node.span, node.name, target, widths[id(target)], wide)
    for words in prose(contract):
        for quotation in quotations(words.value):
            name, wide = quotation.path.partition(".")[0], widths[id(words.text)]
            for target in contract.names.blocks.get(name, [])[:1]:
                if narrower(target, widths, wide):
                    place = words.at(words.value[quotation.start : quotation.end])
                    yield leak(place, name, target, widths[id(target)], wide)


def narrower(target: Node, widths: dict[int, int], wide: int) -> bool:
    """Whether fewer people may read of a target than of what names it; what every edition carries is for all."""
    return widths.get(id(target), wide) < wide and not isinstance(target, CARRYING)


def with_widths(node: Node, around: int) -> Iterator[tuple[Node, int]]:
    """A node and all it holds, each with how wide its audience is: never wider than what it stands in."""
    waiting = [(node, around)]
    while waiting:
        node, around = waiting.pop()
        if isinstance(node, nodes.Block | nodes.Example):
            around = min(around, width(node))
        yield node, around
        waiting.extend((child, around) for child in children(node))


def leak(place: Span, name: str, target: Node, narrow: int, wide: int) -> Diagnostic:
    words = {number: word for word, number in WIDTHS.items()}
    readers = "everybody" if words[wide] == "public" else "the parties"
    return Diagnostic(
        "audience-leak",
        place,
        f"`{name}` is {words[narrow]}, and this is for {readers}",
        here=f"`audience {words[narrow]}`",
        labels=(Label(target.place("audience"), "its readers are chosen here"),) if "audience" in target.places else (),
        why="The name alone tells the other party that there is something it may not see.",
        remedy=f"Give both the same `audience`, or do not name `{name}` here.",
    )
