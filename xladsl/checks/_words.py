"""How the rules speak: the user's words cut to what a message can hold, and lists as people say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..source import Span

LONGEST = 60


def shown(span: Span) -> str:
    """The words of a span on one line, cut where they are too many for a message."""
    words = " ".join(span.text.split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a, b and c`"""
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end
