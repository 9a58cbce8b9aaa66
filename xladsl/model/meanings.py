"""What each field means to the parties, in one sentence: for the schema, and for whoever hovers over a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._meanings import MEANINGS

if TYPE_CHECKING:
    from .node import Node


def meaning(made: type[Node], field: str) -> str:
    """The meaning of a field of a class, or of the class it comes from; empty where the manual has no row for it."""
    for owner in made.__mro__:
        said = MEANINGS.get(f"{owner.__name__}.{field}")
        if said:
            return said
    return ""
