"""Names of places in a Word document, made from the names of places on paper.

Word allows 40 letters, digits and underscores. A name that begins with an underscore is not shown to whoever edits.
"""

from __future__ import annotations

import re
from hashlib import sha256

READABLE = 30
OTHER = re.compile(r"[^A-Za-z0-9]+")


def bookmark(place: str) -> str:
    """The bookmark of a place such as `sla-portal_up` or `sla-portal_up.level`; another place has another."""
    digest = sha256(place.encode()).hexdigest()[:8]
    return f"_{OTHER.sub('_', place)[:READABLE]}_{digest}"


def places(pairs: list[tuple[str, int]]) -> dict[str, tuple[str, int]]:
    """The way back: for each bookmark the place, and which of the paragraphs of that place it stands at."""
    return {bookmark(numbered(place, count)): (place, count) for place, count in pairs}


def numbered(place: str, count: int) -> str:
    """The name of one of several paragraphs of a place, counted from 0."""
    return f"{place}#{count}" if count else place
