"""An amendment and the text that it makes, as PDFs that carry what they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..outputs import Rendered
from ..outputs.typesetting import Attachment, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from .amendment import Amendment


def instrument(amendment: Amendment, older: Sequence[Attachment] = (), newer: Sequence[Attachment] = ()) -> Rendered:
    """The instrument that is signed, with its instructions as data and the texts of both versions."""
    told = Attachment(
        "amendment.json",
        amendment.json(),
        "application/json",
        "Data",
        "The instructions, for machines",
        day_of(amendment),
    )
    carried = [
        attachment._replace(name=f"{side}-{attachment.name}")
        for side, attached in (("older", older), ("newer", newer))
        for attachment in attached
    ]
    return on_paper(amendment, amendment.html(), [told, *carried], signable=True)


def consolidated(amendment: Amendment, newer: Sequence[Attachment] = ()) -> Rendered:
    """The agreement as amended, for reading."""
    return on_paper(amendment, amendment.consolidated(), newer, signable=False)


def on_paper(amendment: Amendment, html: str, attached: Sequence[Attachment], *, signable: bool) -> Rendered:
    manner = amendment.page.edition.manner
    style = manner.house.style_sheet()
    return Rendered(*typeset(html, style, house=manner.house, attachments=attached, signable=signable))


def day_of(amendment: Amendment) -> date:
    """The day of the files inside the paper: that of the agreement, and never the clock's."""
    agreement = amendment.page.contract.agreement
    return amendment.effective or agreement.signed or agreement.term.start
