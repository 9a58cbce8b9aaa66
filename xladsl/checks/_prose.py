"""The prose of an agreement: every text that people read, and where in it some words stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from ..model.node import walk
from ..model.quantities import Text
from ..source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node


class Words(NamedTuple):
    """A text in one language, the block it stands in, and its place."""

    value: str
    text: Text
    block: Node
    place: Span

    def at(self, words: str) -> Span:
        """Where some words of the text stand; the whole text where an escape hides them."""
        found = self.place.text.find(words)
        if found < 0:
            return self.place
        start = self.place.start + found
        return Span(self.place.source, start, start + len(words))


def prose(contract: Contract) -> list[Words]:
    """All texts of the agreement, each in all its languages; collected once for all the rules that read them."""
    if contract not in COLLECTED:
        COLLECTED[contract] = [words for block in contract.blocks for words in prose_of(block)]
    return COLLECTED[contract]


COLLECTED: WeakKeyDictionary[Contract, list[Words]] = WeakKeyDictionary()


def prose_of(block: Node) -> Iterator[Words]:
    for part in walk(block):
        if isinstance(part, Text):
            yield Words(part.value, part, block, part.span)
            for translation in part.translations:
                yield Words(translation.value, part, block, translation.span)
