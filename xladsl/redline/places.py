"""The places of a document: where links may lead, and under which number each is cited."""

from __future__ import annotations

from .groups import in_number
from .tree import Element, Run, Thing
from .words import tokens


def runs(thing: Thing) -> list[Run]:
    if isinstance(thing, Run):
        return [thing]
    return [run for child in thing.children for run in runs(child)]


def anchors(document: Element) -> set[str]:
    """Every place of a document that a link may lead to."""
    found = {block.attributes["id"] for block in document.walk() if "id" in block.attributes}
    waiting: list[Element | str] = [part for run in runs(document) for part in run.inside]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Element):
            if "id" in part.attributes:
                found.add(part.attributes["id"])
            waiting += part.inside
    return found


def numbers(document: Element) -> dict[str, str]:
    """The number under which each place of a document is cited."""
    found: dict[str, str] = {}
    for block in document.walk():
        if "id" in block.attributes and (number := number_of(block)):
            found[block.attributes["id"]] = number
    for block in document.walk():  # what has no number of its own is cited by that of the clause it stands in
        if block.attributes.get("id") in found:
            for inner in block.walk():
                if "id" in inner.attributes:
                    found.setdefault(inner.attributes["id"], found[block.attributes["id"]])
    return found


def number_of(block: Element) -> str:
    """The last word of the number at the head of a block: `7.2`, or the `B` of `Schedule B`."""
    own = runs(block)
    head = [token.words for token in tokens(own[0]) if in_number(token)] if own else []
    return head[-1] if head else ""
