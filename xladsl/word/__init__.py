"""The contract as a Word document, and a Word document read back.

It is made from the HTML of the contract, which is the one finished document, and knows nothing of agreements. The words
of the contract are data: what looks like a field, a link or a macro stays text.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from .package import UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .runs import Tracking

SUFFIX = ".docx"


NOTHING: Mapping[str, bytes] = MappingProxyType({})


def document(
    html: str, *, house: bytes | None = None, tracking: Tracking | None = None, carried: Mapping[str, bytes] = NOTHING
) -> bytes:
    """A contract as a Word document: the same bytes for the same HTML.

    `house` is a Word document whose styles, page and letterhead it takes. Where the HTML marks what was inserted,
    deleted and moved, these become tracked changes in the name that `tracking` says. `carried` are files that travel
    inside, by their names. Raises UnreadableDocumentError for a house style that cannot be used.
    """
    from bs4 import BeautifulSoup, Tag

    from .assembling import assembled
    from .blocks import Blocks
    from .inline import Look, Targets
    from .papers import papers_of
    from .paragraphs import Where
    from .runs import Runs
    from .styles import house_of

    soup = BeautifulSoup(html, "html.parser")
    page = soup.find("body")
    assert isinstance(page, Tag), "a page has a body"
    root = soup.find("html")
    look = Look(
        language=str(root.get("lang", "")) if isinstance(root, Tag) else "",
        right_to_left=isinstance(root, Tag) and root.get("dir") == "rtl",
    )
    our_house = house_of(house)
    targets = Targets(page)
    runs = Runs(our_house.styles, targets, tracking)
    blocks = Blocks(runs, targets)
    body = blocks.of(page, Where(look))
    blocks.moves.mark(runs)
    return assembled(our_house, body, blocks.definitions(), papers_of(page, look), runs, carried)


__all__ = ["SUFFIX", "UnreadableDocumentError", "document"]
