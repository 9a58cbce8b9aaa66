"""The text of a tagged PDF as a program reads it aloud: by its tags, in their order, each part in its language."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NumberObject, TextStringObject

if TYPE_CHECKING:
    from collections.abc import Iterator

BFCHAR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def spoken(content: bytes) -> str:
    """All that the tags hold, each text with a blank behind it; what a tag says of its letters comes before these."""
    reader = PdfReader(io.BytesIO(content))
    written = {page.indirect_reference.idnum: marked(page) for page in reader.pages if page.indirect_reference}
    return " ".join(texts(reader.trailer["/Root"]["/StructTreeRoot"], written, None))  # type: ignore[index]


def texts(element: Any, written: dict[int, dict[int, str]], page: int | None) -> Iterator[str]:
    element = element.get_object()
    if isinstance(element, NumberObject):
        assert page is not None
        yield written[page].get(int(element), "")
    elif isinstance(element, ArrayObject):
        for kid in element:
            yield from texts(kid, written, page)
    elif isinstance(element, DictionaryObject):
        page = element.raw_get("/Pg").idnum if "/Pg" in element else page
        if isinstance(element.get("/ActualText"), TextStringObject):
            yield str(element["/ActualText"])
        elif "/K" in element:
            yield from texts(element["/K"], written, page)


def marked(page: Any) -> dict[int, str]:
    """The texts of a page by the numbers of their marks."""
    fonts = {name: letters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    found: dict[int, str] = {}
    open_: list[int | None] = []
    font: dict[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else None
            open_.append(int(properties["/MCID"]) if isinstance(properties, DictionaryObject) else None)
        elif operator == b"EMC":
            open_.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in (b"TJ", b"Tj") and open_ and open_[-1] is not None:
            glyphs = operands[0] if operator == b"TJ" else operands
            words = "".join(in_letters(glyph, font) for glyph in glyphs if not isinstance(glyph, (int, float)))
            found[open_[-1]] = found.get(open_[-1], "") + words
    return found


def letters(font: Any) -> dict[int, str]:
    """What each glyph of a font stands for."""
    table = font["/ToUnicode"].get_data()
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in BFCHAR.findall(table)}


def in_letters(glyphs: Any, font: dict[int, str]) -> str:
    raw = glyphs.original_bytes
    return "".join(font.get(int.from_bytes(raw[at : at + 2]), "") for at in range(0, len(raw), 2))
