"""Instructions carried out: the older document becomes the newer one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..redline.tree import OPAQUE, Thing, parse, written
from .instructions import ATTRIBUTES, DELETE, INSERT, MOVE, REPLACE, placed

if TYPE_CHECKING:
    from collections.abc import Sequence


class InapplicableError(Exception):
    """An instruction names a place that the document does not have: it was made for another document."""


def applied(instructions: Sequence[dict[str, Any]], html: str) -> str:
    """A document as instructions change it, from what `Instruction.data` told. Raises InapplicableError."""
    document = parse(html)
    parts: dict[tuple[int, ...], Thing] = {place: part for part, place in placed(document)}
    parts[()] = document
    parents = {child: parent for parent in document.walk() for child in parent.children}

    def part(place: Any) -> Any:
        found = parts.get(tuple(place))
        if found is None:
            raise InapplicableError(f"The document has nothing at {list(place)}.")
        return found

    for told in instructions:
        if told["kind"] in (DELETE, MOVE):
            gone = part(told["at"])
            parents[gone].children.remove(gone)
    last: dict[tuple[Any, ...], Thing] = {}  # what was put behind a part most recently, for the next to follow it
    for told in instructions:
        kind = told["kind"]
        if kind == REPLACE:
            take_over(part(told["at"]), fragment(told["html"]))
        elif kind == ATTRIBUTES:
            part(told["at"]).attributes = dict(told["attributes"])
        elif kind in (INSERT, MOVE):
            parent = part(told["within"])
            behind = tuple(told["after"]) if told["after"] is not None else None
            before = last.get((*told["within"], behind), part(behind) if behind is not None else None)
            put = fragment(told["html"]) if kind == INSERT else part(told["at"])
            position = parent.children.index(before) + 1 if before is not None else 0
            parent.children.insert(position, put)
            last[*told["within"], behind] = put
    return written(document)


def take_over(old: Any, new: Any) -> None:
    """Make a part what another one is, in its place."""
    old.__dict__.pop("text", None)
    old.__dict__.update({name: value for name, value in new.__dict__.items() if name != "text"})


def fragment(html: str) -> Any:
    """A block, or a run of words, as an instruction carries it."""
    if any(html.startswith(f"<{name}") for name in OPAQUE):
        return parse(f"<html>{html}</html>").children[0]
    body: Any
    [body] = parse(f"<html><body>{html}</body></html>").children
    return body.children[0]
