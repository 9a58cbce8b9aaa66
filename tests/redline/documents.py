"""Documents to compare: those of real agreements, and what chance makes of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from xladsl.compiler import compile_agreement
from xladsl.outputs.html import page
from xladsl.profiles import UNASKED
from xladsl.redline.tree import Element, Run, parse, written
from xladsl.sealing.carrying import carry

if TYPE_CHECKING:
    from random import Random

AGREEMENTS = Path(__file__).parents[2] / "agreements"
PUBLISHED = ("slack", "aws-s3", "csat-it-services", "common-paper-sla", "windstream-mpls")


@cache
def document(name: str) -> str:
    """The contract of one of the agreements of the project, as HTML."""
    return contract_of(AGREEMENTS / name)


def contract_of(path: Path) -> str:
    readable = compile_agreement(str(path), profile=UNASKED).readable
    assert readable is not None
    carried = carry(readable, "parties", profile=UNASKED)
    return page(carried.contract, carried.about)


def published(name: str) -> str:
    return document(f"published/{name}.xladsl")


def changed_by_chance(html: str, chance: Random, times: int) -> str:
    """A document after so many changes that somebody might make: words, rows, clauses, their order and their names."""
    found = parse(html)
    for _ in range(times):
        chance.choice((other_words, lost, twice, elsewhere, exchanged, renamed))(found, chance)
    return written(found)


def parents(document: Element, *names: str) -> list[Element]:
    return [
        block
        for block in document.walk()
        if any(isinstance(child, Element) and (not names or child.name in names) for child in block.children)
    ]


PARTS = ("p", "tr", "div", "table", "section", "li", "td")


def place(document: Element, chance: Random) -> tuple[Element, int]:
    parent = chance.choice(parents(document, *PARTS))
    positions = [
        position for position, child in enumerate(parent.children) if isinstance(child, Element) and child.name in PARTS
    ]
    return parent, chance.choice(positions)


def other_words(document: Element, chance: Random) -> None:
    runs = [child for block in document.walk() for child in block.children if isinstance(child, Run)]
    inside = chance.choice(runs).inside
    while elements := [part for part in inside if isinstance(part, Element) and part.name not in ("svg", "br")]:
        if chance.random() < 0.5:
            break
        inside = chance.choice(elements).inside
    texts = [position for position, part in enumerate(inside) if isinstance(part, str) and part.strip()]
    if not texts:
        return
    position = chance.choice(texts)
    words = str(inside[position]).split(" ")
    spot = chance.randrange(len(words))
    words[spot : spot + chance.randrange(3)] = chance.choice(([], ["at", "most", "99.95%,"], ["(and", "then)"], ["."]))
    inside[position] = " ".join(words)


def lost(document: Element, chance: Random) -> None:
    parent, position = place(document, chance)
    del parent.children[position]


def twice(document: Element, chance: Random) -> None:
    """Something new, which is like something that is there and has no name yet."""
    parent, position = place(document, chance)
    copy = parse(f"<html><body>{''.join(written(parent.children[position]).splitlines()[1:])}</body></html>")
    [body] = copy.children
    assert isinstance(body, Element)
    for block in copy.walk():
        strip_anchors(block)
    parent.children[position:position] = body.children


def strip_anchors(thing: Element) -> None:
    thing.attributes.pop("id", None)
    for child in [*thing.children, *thing.inside]:
        for part in child.inside if isinstance(child, Run) else [child]:
            if isinstance(part, Element):
                strip_anchors(part)


def elsewhere(document: Element, chance: Random) -> None:
    parent, position = place(document, chance)
    block = parent.children[position]
    assert isinstance(block, Element)
    inside = set(block.walk())
    others = [other for other in parents(document, block.name) if other not in inside]
    if others:
        del parent.children[position]
        goal = chance.choice(others)
        goal.children.insert(chance.randrange(len(goal.children) + 1), block)


def exchanged(document: Element, chance: Random) -> None:
    parent = chance.choice(parents(document, *PARTS))
    one, other = (chance.randrange(len(parent.children)) for _ in range(2))
    if isinstance(parent.children[one], Element) and isinstance(parent.children[other], Element):
        parent.children[one], parent.children[other] = parent.children[other], parent.children[one]


def renamed(document: Element, chance: Random) -> None:
    named = [block for block in document.walk() if "id" in block.attributes]
    if named:
        chance.choice(named).attributes["id"] = f"renamed-{chance.randrange(10**6)}"


# What people change in the text itself


def text_changed_by_chance(text: str, chance: Random, times: int) -> str:
    """A text after so many changes that somebody might make, and that leave it readable."""
    for _ in range(times):
        change = chance.choice((another_figure, another_place, another_clause, other_prose))
        after = change(text, chance)
        if readable_page(after) is not None:
            text = after
    return text


def readable_page(text: str) -> str | None:
    """The contract of a text as HTML; None where its shape or its names are not in order."""
    readable = compile_agreement("changed.xladsl", lambda path: text if "changed" in path else None, UNASKED).readable
    if readable is None:
        return None
    carried = carry(readable, "parties", profile=UNASKED)
    return page(carried.contract, carried.about)


def another_figure(text: str, chance: Random) -> str:
    found = chance.choice([*re.finditer(r"\b\d{1,2}(?=%| days| h\b| months)", text)] or [None])
    if found is None:
        return text
    return f"{text[: found.start()]}{chance.randrange(1, 99)}{text[found.end() :]}"


def another_place(text: str, chance: Random) -> str:
    blocks = re.split(r"(?<=^}\n)", text, flags=re.MULTILINE)
    block = blocks.pop(chance.randrange(len(blocks)))
    blocks.insert(chance.randrange(len(blocks) + 1), block)
    return "".join(blocks)


def another_clause(text: str, chance: Random) -> str:
    chapter = chance.choice(("general", "term", "change", "liability"))
    words = " ".join(chance.choice(("notice", "record", "shared", "month", "in", "writing")) for _ in range(12))
    return f'{text}\nclause added_{chance.randrange(10**6)} "Added" {{ in {chapter} text "{words}." }}\n'


def other_prose(text: str, chance: Random) -> str:
    found = chance.choice([*re.finditer(r'(?<=text ")[^"{]+(?=")|(?<=describes ")[^"{]+(?=")', text)] or [None])
    if found is None:
        return text
    words = found[0].split(" ")
    words[chance.randrange(len(words))] = chance.choice(("other", "words, and", ""))
    return f"{text[: found.start()]}{' '.join(words)}{text[found.end() :]}"
