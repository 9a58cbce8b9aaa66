"""Prose that quotes the model: `{portal_up.level}` is the level, `{clause:data_use}` the number of that clause.

Only names between single braces quote; any other brace is a character like others, so that text which looks like a
template of some program stays text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .node import Node

if TYPE_CHECKING:
    from .contract import Contract

QUOTATION = re.compile(r"(?<!\{)\{(?:(clause|term):)?([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\}(?!\})")


class Quotation(NamedTuple):
    """A place in prose that stands for something of the model.

    `kind` is `clause` for the number under which a block is printed, `term` for a defined term, and empty for a value;
    `start` and `end` are offsets in the words of the text.
    """

    kind: str
    path: str
    start: int
    end: int


def quotations(words: str) -> list[Quotation]:
    """Every quotation in a text, in order."""
    return [Quotation(found[1] or "", found[2], found.start(), found.end()) for found in QUOTATION.finditer(words)]


def pieces(words: str) -> list[str | Quotation]:
    """A text as it is to be printed: plain words and quotations in turn."""
    found: list[str | Quotation] = []
    after = 0
    for quotation in quotations(words):
        found += [words[after : quotation.start], quotation]
        after = quotation.end
    return [piece for piece in (*found, words[after:]) if piece]


def quoted(contract: Contract, quotation: Quotation) -> Any:
    """What a quotation stands for: a node, a value of one of its fields, or None when there is no such thing."""
    names = contract.names
    first, *rest = quotation.path.split(".")
    found: Any = next(iter([*names.blocks.get(first, []), *names.parts.get(first, [])]), None)
    for step in rest:
        if not isinstance(found, Node):
            return None
        member = names.members.get(id(found), {}).get(step)
        found = (
            member[0] if member else getattr(found, FIELD_WORDS.get(step, step), None) if known(found, step) else None
        )
    return found


def known(node: Node, step: str) -> bool:
    return FIELD_WORDS.get(step, step) in type(node).fields


FIELD_WORDS = {"kpi": "kpi_of", "fee": "amounts"}
"""Where a clause's own word is not the name of its field."""
