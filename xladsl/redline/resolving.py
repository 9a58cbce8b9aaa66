"""A marked document with all its changes accepted, or all of them rejected."""

from __future__ import annotations

import json

from .tree import Element, Run, Thing, parse, written
from .words import put_together, tokens

GONE = {True: ("deleted", "moved-from", "comparison"), False: ("inserted", "moved-to", "comparison")}
MARKS = ("changed", "renumbered")
ATTRIBUTES = ("data-change", "data-move", "data-note", "data-plain", "data-before")


def accepted(html: str) -> str:
    """What a marked document says when everything that was deleted is taken out."""
    return written(resolved(parse(html), accept=True))


def rejected(html: str) -> str:
    """What a marked document says when everything that was inserted is taken out."""
    return written(resolved(parse(html), accept=False))


def plain(html: str) -> str:
    """A document that has no marks, written as `accepted` and `rejected` write it, to be compared with theirs."""
    return accepted(html)


def resolved(element: Element, *, accept: bool) -> Element:
    made = Element(element.name, attributes(element, accept=accept), inside=element.inside)
    for child in element.children:
        if isinstance(child, Run):
            kept = put_together(tokens(Run(list(unwrapped(child.inside, accept=accept)))))
            if kept:
                made.children.append(Run(joined(kept)))
        elif child.attributes.get("data-change") not in GONE[accept]:
            made.children.append(resolved(child, accept=accept))
    return made


def unwrapped(inside: list[Element | str], *, accept: bool) -> list[Element | str]:
    result: list[Element | str] = []
    for part in inside:
        if isinstance(part, str):
            result.append(part)
        elif part.name == ("del" if accept else "ins"):
            continue
        elif part.name in ("ins", "del"):
            result += unwrapped(part.inside, accept=accept)
        else:
            raw = part.name in ("svg", "img", "br", "hr")
            inner = part.inside if raw else unwrapped(part.inside, accept=accept)
            if inner or not part.inside:
                result.append(Element(part.name, attributes(part, accept=accept), inside=inner))
    return result


def joined(inside: list[Element | str]) -> list[Element | str]:
    """Neighbours of the same kind as one element: a link in which a word was deleted is one link."""
    result: list[Element | str] = []
    for part in inside:
        if isinstance(part, Element) and part.name not in ("br", "svg", "img"):
            last = result[-1] if result else None
            if isinstance(last, Element) and (last.name, last.attributes) == (part.name, part.attributes):
                last.inside += part.inside
                continue
            part = Element(part.name, part.attributes, inside=part.inside)
        result.append(part)
    for part in result:
        if isinstance(part, Element) and part.name not in ("br", "svg", "img"):
            part.inside = joined(part.inside)
    return result


def attributes(element: Element, *, accept: bool) -> dict[str, str]:
    found = {name: value for name, value in element.attributes.items() if name not in ATTRIBUTES}
    classes = [name for name in element.classes if name not in MARKS]
    if classes:
        found["class"] = " ".join(classes)
    else:
        found.pop("class", None)
    if not accept:
        for name, value in json.loads(element.attributes.get("data-before", "{}")).items():
            if value is None:
                found.pop(name, None)
            else:
                found[name] = value
    return dict(sorted(found.items()))


__all__ = ["Thing", "accepted", "plain", "rejected"]
