"""The contract as the PDF that is signed: archival, accessible, and the same bytes wherever it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import Rendered
from .html import page
from .typesetting import typeset

if TYPE_CHECKING:
    from ..model.contract import Contract
    from . import Edition

SUFFIX = ".pdf"
OMITS: dict[str, str] = {}


def render(contract: Contract, edition: Edition) -> Rendered:
    """The contract, already filtered for its audience, on paper; a problem's anchor is that of the outline."""
    return Rendered(
        *typeset(
            page(contract, edition),
            edition.manner.house.style_sheet(),
            house=edition.manner.house,
            line_numbers=edition.manner.line_numbers,
            attachments=edition.attachments,
            signable=True,
        )
    )


def signatories(contract: Contract) -> dict[str, str]:
    """Everybody who signs for a party, by their names in the text, in the order of the signature blocks."""
    people = [person for side in contract.agreement.between for person in side.party.found.signatories]
    return {person.name: person.title.value if person.title else person.name for person in people}
