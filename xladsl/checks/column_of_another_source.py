"""A test of rows that asks for a column which these rows do not have.

`region` may be a column of the requests, and none of the outages. Asked of an outage it is as an empty cell: nothing
passes, no downtime is found, and every month looks good.

Wrong:

```xladsl wrong
outages trouble {
  columns began as time from "began", ended as time from "ended"
  lasting from began to ended
}
intervals urgent_trouble {
  from trouble where priority is "P1" // error: column-of-another-source
}
```

Right:

```xladsl
outages trouble {
  columns began as time from "began", ended as time from "ended", priority as text from "prio"
  lasting from began to ended
}
intervals urgent_trouble {
  from trouble where priority is "P1"
}
```

Source: a log of outages and a list of tickets in one agreement, of which only the list told priorities.

Implements: trap T21
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import expressions, nodes
from ..model.node import Node, walk
from ..model.quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL640", Severity.ERROR)

TESTING = (nodes.Selection, nodes.Intervals, nodes.RowsFact, expressions.Aggregate, expressions.Share)
ROWS = (nodes.Source, nodes.Intervals, nodes.Column, nodes.Question)
ASKED = ("where", "counted", "weighted_by", "at_once")
"""The fields in which rows are tested or weighed."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    for node in contract.parts(*TESTING):
        source = rows_of(contract, node)
        if source is None:
            continue
        own = {part.name for part in [*source.columns, *getattr(source, "questions", [])]}
        for reference, column in asked_by(node):
            if column.name not in own:
                yield of_another(reference, column, contract.names.owner(column), source)


def rows_of(contract: Contract, node: Any) -> nodes.Source | None:
    """The source whose rows a node tests; None where that is left to whoever applies a measure."""
    if isinstance(node, nodes.Intervals):
        return source_behind(contract, node)
    of = node.source_rows if isinstance(node, nodes.Selection) else node.of
    named = (part.target for part in walk(of) if isinstance(part, Reference))
    return source_behind(contract, next((each for each in named if isinstance(each, ROWS)), None))


def source_behind(contract: Contract, rows: Any) -> nodes.Source | None:
    """Intervals may be made from others; those made of each other in a circle have no source."""
    seen: set[int] = set()
    while isinstance(rows, nodes.Intervals) and id(rows) not in seen:
        seen.add(id(rows))
        rows = rows.made_from.source_rows.target
    owner = contract.names.owner(rows) if rows is not None else None
    return owner if isinstance(owner, nodes.Source) else None


def asked_by(node: Node) -> Iterator[tuple[Reference[Any], nodes.Column | nodes.Question]]:
    for name in ASKED:
        said = getattr(node, name, None)
        for part in walk(said) if isinstance(said, Node) else ():
            if isinstance(part, Reference) and isinstance(part.target, nodes.Column | nodes.Question):
                yield part, part.target


def of_another(
    reference: Reference[Any], column: nodes.Column | nodes.Question, owner: Node, source: nodes.Source
) -> Diagnostic:
    theirs = f" of `{owner.name}`" if isinstance(owner, nodes.Named) else ""
    names = ", ".join(f"`{each.name}`" for each in source.columns)
    other = f"Take another of its columns ({names}), or add" if names else "Add"
    return Diagnostic(
        "column-of-another-source",
        reference.span,
        f"`{column.name}` is a column{theirs}, and the rows here are those of `{source.name}`",
        here=f"no row of `{source.name}` has it",
        labels=(Label(column.span, f"it is a column{theirs}"),),
        why="Asked of these rows it is always empty: nothing passes the test, and every month looks the same.",
        remedy=f"{other} the column to `{source.name}`.",
    )
