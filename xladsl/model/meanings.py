"""What each field means to the parties, in one sentence: for the schema, the reference and whoever hovers over a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .node import NodeType


def meaning(made: NodeType, field: str) -> str:
    """The meaning of a field of a class, or of the same field wherever it appears; empty where nobody has said it."""
    for owner in made.__mro__:
        found = MEANINGS.get(f"{owner.__name__}.{field}")
        if found:
            return found
    return MEANINGS.get(field, "")


MEANINGS: dict[str, str] = {}
