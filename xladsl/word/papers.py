"""What the page says of itself: its title, its parties, the line at its foot, and whether it is a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import Tag

from .frame import Papers
from .inline import DELETED, words_without

if TYPE_CHECKING:
    from .inline import Look


def papers_of(page: Tag, look: Look) -> Papers:
    return Papers(
        title=said(page.find("h1")),
        parties=" · ".join(said(party.find("a") or party) for party in page.find_all("p", class_="party")),
        edition=str(page.get("data-edition", "")),
        page=str(page.get("data-page", "")),
        of=str(page.get("data-of", "")),
        watermark=said(page.find("p", class_="watermark")),
        look=look,
    )


def said(element: object) -> str:
    return words_without(element, DELETED) if isinstance(element, Tag) else ""
