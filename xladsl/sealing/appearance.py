"""What a signature shows on the page: whose certificate made it, and when, in the field of its signatory."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from .identity import SealingError

if TYPE_CHECKING:
    from datetime import datetime

MILLIMETRES_OF_A_POINT = 25.4 / 72
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body dir="{direction}"><h1>{said}</h1><p dir="ltr">{when}</p><p dir="ltr">{issuer}</p></body></html>"""
STYLE = """
@page {{ size: {width:.2f}mm {height:.2f}mm; margin: .5mm 1mm; }}
html {{ font: 7pt/1.2 'Source Serif 4', 'Noto Naskh Arabic'; color: #111; }}
body, p, h1 {{ margin: 0; }}
body {{ position: absolute; bottom: 0; inset-inline-start: 0; text-align: start; }}
h1 {{ font-size: 8.5pt; font-weight: bold; bookmark-level: none; max-height: 2.4em; overflow: hidden; }}
p {{ white-space: nowrap; overflow: hidden; }}
"""


class Shown(NamedTuple):
    """The words in the field: whose signature it is, in the language of the paper, and who vouches for the name."""

    said: str
    language: str
    direction: str
    issuer: str
    moment: datetime


def appearance(shown: Shown, width: float, height: float) -> bytes:
    """A page as large as a field, in points, with the words of a signature in the fonts of paper."""
    from ..outputs.typesetting import typeset

    size = {"width": width * MILLIMETRES_OF_A_POINT, "height": height * MILLIMETRES_OF_A_POINT}
    style = STYLE.format(**size)
    page, problems = typeset(page_of(shown), style)
    if page is None:  # a name may have letters that no font of ours has, and nobody is kept from signing by their name
        page, problems = typeset(page_of(shown._replace(said="✓", issuer="")), style)
    if page is None:
        raise SealingError(f"What the signature would show cannot be set: {problems[0].message}.")
    return page


def page_of(shown: Shown) -> str:
    from bs4 import BeautifulSoup
    from markupsafe import escape

    from ..outputs.direction import set_apart

    html = PAGE.format(
        language=escape(shown.language),
        direction=shown.direction,
        title=escape(shown.said),
        said=escape(shown.said),
        when=f"{shown.moment:%Y-%m-%d %H:%M:%S} UTC",
        issuer=escape(shown.issuer),
    )
    document = BeautifulSoup(html, "html.parser")
    set_apart(document)
    return str(document)


def style_of(shown: Shown) -> Any:
    """That picture as pyHanko asks for it, made when it knows how large the field is."""
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import BaseStampStyle

    class Drawn:
        def __init__(self, writer: Any, box: Any) -> None:
            self.writer, self.box = writer, box

        def apply_appearance(self, annotation: Any) -> None:
            page = PdfFileReader(io.BytesIO(appearance(shown, self.box.width, self.box.height)))
            annotation[pdf_name("/AP")][pdf_name("/N")] = self.writer.import_page_as_xobject(page)

    class Drawing(BaseStampStyle):
        def create_stamp(self, writer: Any, box: Any, text_params: Any) -> Any:  # noqa: ARG002  # we know the words
            return Drawn(writer, box)

    return Drawing()
