"""Which texts of an agreement are translated, each by a place that stays the same when files and lines move."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import expressions, nodes
from ..model.build import kind_of
from ..model.node import Node
from ..model.quantities import Phrase, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLANK_LINE = re.compile(r"\n[ \t]*\n")

NAMES = frozenset({"email", "notices", "held_by", "supplied_by", "registration", "address", "contact"})
"""Fields that name a person or a place, and read the same in every language."""

DOCUMENTS = frozenset({"cited"})
"""Fields that name a document, in the language of the document."""

CALLED_BY_NAME = (nodes.Party, nodes.Signatory)
"""Whose titles are the names of persons."""

DATA = (expressions.Expression, nodes.Fact)
"""What compares a text with what stands in the data; translated it would find nothing."""


class Passage(NamedTuple):
    """A text of the agreement, by its place: `sla-portal_up.because`."""

    place: str
    text: Text | Phrase

    @property
    def words(self) -> str:
        return flowing(self.text.value)


def passages(blocks: Iterable[Node]) -> Iterator[Passage]:
    """Every text that a translator translates, in the order of the blocks."""
    for block in blocks:
        name = getattr(block, "name", "")
        yield from passages_in(block, "-".join(filter(None, (kind_of(block).replace(" ", "_"), name))))


def passages_in(node: Node, place: str) -> Iterator[Passage]:
    for field, value in node.items():
        if field in DOCUMENTS or is_name(node, field):
            continue
        for part in value if type(value) is list else [value]:
            yield from passages_of(part, place, field)


def passages_of(part: Any, place: str, field: str) -> Iterator[Passage]:
    if isinstance(part, Text | Phrase):
        yield Passage(f"{place}.{field}", part)
    elif isinstance(part, Node) and not isinstance(part, DATA):
        name = getattr(part, "name", None)
        yield from passages_in(part, f"{place}.{name}" if isinstance(name, str) else place)


def is_name(node: Node, field: str) -> bool:
    """Whether a field holds a name, which is in no language."""
    return field in NAMES or (field == "title" and isinstance(node, CALLED_BY_NAME))


def speaks_in(text: Text | Phrase, code: str, drafted: str) -> bool:
    """Whether a text is there in a language; one that names none is in that of the draft."""
    return code in {text.language or drafted, *(each.language for each in text.translations)}


def flowing(words: str) -> str:
    """A text without the ends of its lines, which mean nothing; blank lines, which divide paragraphs, stay."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in BLANK_LINE.split(words))
