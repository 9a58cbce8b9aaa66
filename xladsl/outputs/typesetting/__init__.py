"""From HTML to the bytes of a PDF, in the project's own fonts and the same on every machine.

The PDF is archival and accessible: PDF/A-3a and PDF/UA-1 in one file. The engine is WeasyPrint; what it would do
in silence (set a text in another font, leave out a character, fetch an address) is here either impossible or a
problem that the caller is told of.
"""

from __future__ import annotations

import io
import warnings
from contextlib import redirect_stdout
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from ... import resources
from ..house import OURS
from .change_bars import add_change_bars, has_marks
from .drawn_words import whole_words_in_drawings
from .faults import INSTALL_LIBRARIES, broken_outline, foreign_fonts, unfit_contents, warned, what_the_engine_says
from .finishing import attached, finish
from .fitting_lines import lines_that_fit
from .given import Attachment, TypesettingProblem
from .line_numbers import number_lines
from .machine import FAMILIES, FONT_FILES, asset_fetcher, is_font, log_of_the_engine, only_our_fonts, small_images
from .signature_fields import add_signature_fields
from .voices import told_in_tags

if TYPE_CHECKING:
    import logging
    from collections.abc import Sequence

    from ..house import House

__all__ = ["Attachment", "TypesettingProblem", "typeset"]

# The environment, the log and the limit for images are the process's, not the call's: one typesetting at a time.
_one_at_a_time = Lock()


def typeset(
    html: str,
    style: str,
    *,
    house: House = OURS,
    line_numbers: bool = False,
    attachments: Sequence[Attachment] = (),
    signable: bool = False,
) -> tuple[bytes | None, list[TypesettingProblem]]:
    """The PDF of a page of HTML with its style sheet, or None and every problem that was found.

    The HTML must have a title and a language. Images are `data:` addresses or `asset:` and the name of a file of the
    house, whose fonts stand beside the project's own. A PDF that is `signable` has a field in each cell for a signature
    (`<td data-signatory="who">`).
    """
    missing = [name for name in FONT_FILES if not is_font(resources.fonts() / name)]
    if missing:
        message = f"Fonts that come with the project are missing or damaged: {', '.join(missing)}"
        return None, [TypesettingProblem(message, f"Install the project again, or put them into {resources.fonts()}.")]
    problems: list[TypesettingProblem] = []
    with _one_at_a_time, only_our_fonts(house):
        try:
            with redirect_stdout(io.StringIO()), warnings.catch_warnings():
                # What these warn of at import they also log when it matters.
                warnings.simplefilter("ignore", DeprecationWarning)
                import weasyprint
        except OSError as failure:
            message = f"A system library that sets text on paper is missing ({str(failure).splitlines()[0]})"
            return None, [TypesettingProblem(message, INSTALL_LIBRARIES)]
        with log_of_the_engine() as log, small_images(), whole_words_in_drawings(), lines_that_fit():
            wanted = _Wanted(house, line_numbers, attachments, signable)
            pdf = _render(weasyprint, html, style, wanted, problems, log)
    return (None if problems else pdf), problems


class _Wanted(NamedTuple):
    """What the caller asked for beside the page and its style."""

    house: House
    line_numbers: bool
    attachments: Sequence[Attachment]
    signable: bool


def _render(
    weasyprint: Any,
    html: str,
    style: str,
    wanted: _Wanted,
    problems: list[TypesettingProblem],
    log: list[logging.LogRecord],
) -> bytes | None:
    """Lay out and write; every fault is added to `problems`."""
    house = wanted.house
    fetcher = asset_fetcher(weasyprint, problems, house)
    fonts = weasyprint.text.fonts.FontConfiguration()
    counters = weasyprint.css.counters.CounterStyle()
    configured = {"font_config": fonts, "counter_style": counters, "pdf_variant": "pdf/a-3a"}
    try:
        sheet = weasyprint.CSS(string=style, url_fetcher=fetcher, font_config=fonts, counter_style=counters)
        document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(stylesheets=[sheet], **configured)
        problems += [
            *unfit_contents(document),
            *broken_outline(document),
            *foreign_fonts(document, (*FAMILIES, *sorted(house.families()))),
        ]
        if wanted.line_numbers:
            number_lines(weasyprint, document, **configured)
        if has_marks(html):
            add_change_bars(document)
        # What would fetch an attachment or write a forbidden link is not even begun.
        with told_in_tags(from_the_right='dir="rtl"' in html):
            pdf = None if problems else _write(weasyprint, document, wanted.attachments, wanted.signable)
        problems += what_the_engine_says(log, document)
        return pdf
    except weasyprint.urls.FatalURLFetchingError as refusal:
        if not problems:  # the fetcher tells why, except where what we let it load is broken
            problems.append(warned(str(refusal)))
        return None
    except RecursionError:
        remedy = "Let the template put fewer elements inside one another; about sixty lists are the limit."
        problems.append(TypesettingProblem("The text is nested too deeply to be laid out", remedy))
        return None


def _write(weasyprint: Any, document: Any, attachments: Sequence[Attachment], signable: bool) -> bytes:
    for page in document.pages:
        # What stands inside a link would get a second link over the same words, and one that is not tagged as a link.
        page.links[:] = [link for link in page.links if link[3].element_tag.partition("::")[0] == "a"]
    embedded = sorted(attachments, key=lambda attachment: attachment.name)

    def finisher(_: Any, pdf: Any) -> None:
        finish(pdf, embedded)
        if signable:
            add_signature_fields(pdf, document)

    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/a-3a",
        attachments=[attached(weasyprint, attachment) for attachment in embedded],
        finisher=finisher,
    )
    return pdf
