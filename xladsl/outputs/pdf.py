"""The contract as the PDF that is signed: archival, accessible, and the same bytes wherever it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import Rendered
from .html import page, style_sheet
from .typesetting import typeset

if TYPE_CHECKING:
    from ..model.contract import Contract
    from . import Edition

SUFFIX = ".pdf"
OMITS: dict[str, str] = {}


def render(contract: Contract, edition: Edition) -> Rendered:
    """The contract, already filtered for its audience, on paper; a problem's anchor is that of the outline."""
    return Rendered(*typeset(page(contract, edition), style_sheet(), attachments=edition.attachments))
