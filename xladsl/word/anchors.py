"""Names of places in a Word document, made from the names of places on paper.

Word allows 40 letters, digits and underscores. A name that begins with an underscore is not shown to whoever edits.
"""

from __future__ import annotations

import re
from hashlib import sha256
from html import unescape

READABLE = 30
OTHER = re.compile(r"[^A-Za-z0-9]+")
PLACE = re.compile(r'<[^<>]*?\s(id|data-at)="([^"]*)"')


def bookmark(place: str) -> str:
    """The bookmark of a place such as `sla-portal_up` or `sla-portal_up.level`; another place has another."""
    digest = sha256(place.encode()).hexdigest()[:8]
    return f"_{OTHER.sub('_', place)[:READABLE]}_{digest}"


def numbered(place: str, count: int) -> str:
    """The name of one of several paragraphs of a place, counted from 0."""
    return f"{place}#{count}" if count else place


def places(html: str) -> dict[str, str]:
    """The way back: for each bookmark of a document the place on paper that it marks, of the HTML it was made of."""
    counted: dict[str, int] = {}
    found: dict[str, str] = {}
    for kind, place in PLACE.findall(html):
        place = unescape(place)
        if kind == "id":
            found[bookmark(place)] = place
        else:
            found[bookmark(numbered(place, counted.get(place, 0)))] = place
            counted[place] = counted.get(place, 0) + 1
    return found
