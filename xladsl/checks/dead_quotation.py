"""Prose that quotes something the agreement does not have.

`{portal_up.level}` in a sentence is printed as the level. If there is no `portal_up`, or it has no level, the paper
would have a hole in the middle of the sentence.

Wrong:

```xladsl wrong
clause reporting "Reporting" {
  text "The portal is available for {portal_up.lvel} of the time." // error: dead-quotation
}
```

Right:

```xladsl
clause reporting "Reporting" {
  text "The portal is available for {portal_up.level} of the time."
}
```

Source: published agreements that refer to clauses which are not there.

Implements: trap T21; lint ref-broken
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Edit, Fix, Rule, Severity
from ..model import nodes
from ..model.node import Node
from ..model.prose import Quotation, quotations, quoted
from ..spelling import nearest
from ._prose import prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..source import Span

RULE = Rule("XL350", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for words in prose(contract):
        for quotation in quotations(words.value) if "{" in words.value else ():
            if not resolves(contract, quotation):
                yield dead(contract, quotation, words.at(words.value[quotation.start : quotation.end]))


def resolves(contract: Contract, quotation: Quotation) -> bool:
    found = quoted(contract, quotation)
    if quotation.kind == "term":
        return isinstance(found, nodes.Definition)
    if quotation.kind == "clause":
        return isinstance(found, Node)
    return found is not None and found != []


def dead(contract: Contract, quotation: Quotation, place: Span) -> Diagnostic:
    near = near_path(contract, quotation)
    kind = f"{quotation.kind}:" if quotation.kind else ""
    what = "defined term" if quotation.kind == "term" else "clause" if quotation.kind == "clause" else "value"
    return Diagnostic(
        "dead-quotation",
        place,
        f"the text quotes `{quotation.path}`, and the agreement has no such {what}",
        here=f"did you mean `{near}`?" if near else "stands for nothing",
        why="On paper there would be a hole in the sentence, and each party would fill it for itself.",
        remedy=f"Write `{{{kind}{near}}}`."
        if near
        else "Quote a name of the agreement, or the value of one of its clauses.",
        fix=Fix(f"quote `{near}`", (Edit(place, f"{{{kind}{near}}}"),)) if near else None,
    )


def quotable(contract: Contract, kind: str) -> list[str]:
    """The names that may stand first in a quotation."""
    if kind == "term":
        return [term.name for term in contract.every(nodes.Definition)]
    return [*contract.names.blocks, *contract.names.parts]


def near_path(contract: Contract, quotation: Quotation) -> str | None:
    """The path with the step that fails replaced by the closest one that exists."""
    steps = quotation.path.split(".")
    for count in range(1, len(steps) + 1):
        part = quotation._replace(kind="", path=".".join(steps[:count]))
        if quoted(contract, part) is None:
            within = quoted(contract, part._replace(path=".".join(steps[: count - 1]))) if count > 1 else None
            known = [*type(within).fields] if isinstance(within, Node) else quotable(contract, quotation.kind)
            near = nearest(steps[count - 1], known)
            return ".".join([*steps[: count - 1], near, *steps[count:]]) if near else None
    return None
