"""The finished pages: numbered right, with links that lead somewhere, and no signature that stands alone."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from tests.archival import documents
from tests.archival.texts import CREDITS, LONG_NAME, PARAGRAPHS, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

PAPERS = {"final": documents.final, "four who sign": documents.proposed, "widest and longest": documents.widest}
LEAD = "Signed for the parties by the persons named below."
ENTRY = re.compile(r"^(.+?)\s*(?:\.\s+){3,}(\d+)", re.MULTILINE)
"""A line of the contents: the title, dots, the page, and the number of the section as it comes out of a PDF."""


@cache
def read(name: str) -> PdfReader:
    return PdfReader(io.BytesIO(PAPERS[name]()))


@cache
def words(name: str) -> list[str]:
    """The words of each page."""
    return [page.extract_text() for page in read(name).pages]


@pytest.mark.parametrize("name", PAPERS)
def test_each_page_says_which_of_how_many_it_is(name: str) -> None:
    pages = words(name)
    wrong = [number for number, text in enumerate(pages, 1) if f"Page {number} of {len(pages)}" not in text]
    assert wrong == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_link_leads_somewhere(name: str) -> None:
    places = read(name).named_destinations
    links = [action for page in read(name).pages for action in links_of(page)]
    assert len(links) > 20
    assert [link for link in links if link not in places and not link.startswith(("https://", "mailto:"))] == []


def links_of(page: Any) -> Iterator[str]:
    for annotation in page.get("/Annots", ()):
        link = annotation.get_object()
        if link["/Subtype"] == "/Link":
            yield str(link["/Dest"]) if "/Dest" in link else str(link["/A"]["/URI"])


@pytest.mark.parametrize("name", PAPERS)
def test_the_contents_are_the_headings_and_their_pages(name: str) -> None:
    reader = read(name)
    listed = next(position for position, text in enumerate(words(name)) if "\nContents\n" in f"\n{text}\n")
    contents = ENTRY.findall(words(name)[listed])
    expected = list(headings(reader))
    assert [title for title, _ in contents] == [title for _, title, _ in expected]
    for (_, told), (number, _, page) in zip(contents, expected, strict=True):
        assert told in (f"{page}{number}", f"{page}")


def headings(reader: PdfReader) -> Iterator[tuple[str, str, int]]:
    """The headings of sections as the bookmarks of the PDF tell them, with their pages."""
    for entry in reader.outline:
        for each in entry if isinstance(entry, list) else [entry]:
            found = re.fullmatch(r"(?:Schedule )?(\d+|[A-Z]) (.+)", "" if isinstance(each, list) else str(each.title))
            if found is not None:
                yield found[1], found[2], int(reader.get_destination_page_number(each) or 0) + 1


@pytest.mark.parametrize("name", PAPERS)
def test_a_signature_never_stands_alone_on_a_page(name: str) -> None:
    signing = [text for text in words(name) if "Place and date" in text]
    assert signing
    assert all(LEAD in text or text.count("Place and date") > 1 for text in signing)


@pytest.mark.parametrize("name", PAPERS)
def test_each_signatory_has_a_field_below_their_own_name(name: str) -> None:
    found = {
        str(field["/T"]): (page.extract_text(), field)
        for page in read(name).pages
        for field in (each.get_object() for each in page.get("/Annots", ()))
        if field["/Subtype"] == "/Widget"
    }
    assert len(found) == (4 if name == "four who sign" else 2)
    for text, field in found.values():
        person = str(field["/TU"]).removeprefix("Signature of ")
        assert person in text
        left, bottom, right, top = (float(side) for side in field["/Rect"])
        assert right - left > 200
        assert top - bottom > 35
        assert bottom > 60


def test_what_is_long_is_there_to_its_end() -> None:
    pages = words("widest and longest")
    text = " ".join(" ".join(pages).split())
    assert LONG_NAME in text
    assert len([page for page in pages if "Nothing in this paragraph" in page]) >= 3
    assert text.count("Nothing in this paragraph") == PARAGRAPHS
    rows = [page for page in pages if "Experience levels" in page and re.search(r"Moment \d+ of the day", page)]
    assert len(rows) >= 2
    assert all("Touchpoint" in page for page in rows), "the head of a table stands on each of its pages"
    assert all(f"Moment {number} of the day" in text for number in range(1, ROWS + 1))
    assert all(f"Credit for part {number} of the portal" in text for number in range(1, CREDITS + 1))


def test_no_page_is_empty() -> None:
    for name in PAPERS:
        assert [number for number, text in enumerate(words(name), 1) if len(text) < 120] == []
