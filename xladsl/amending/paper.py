"""An amendment and the text that it makes, as PDFs that carry what they were made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..outputs import Rendered
from ..outputs.typesetting import Attachment, typeset
from .amendment import consolidated_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..model.contract import Contract
    from ..outputs import Edition
    from .amendment import Amendment

INSTRUCTIONS = "amendment.json"
CONSOLIDATED = "consolidated.json"


def instrument(amendment: Amendment, older: Sequence[Attachment] = (), newer: Sequence[Attachment] = ()) -> Rendered:
    """The instrument that is signed, with its instructions as data and the texts of both versions."""
    attached = files(amendment, older, newer)
    return on_paper(amendment.page.edition, amendment.html(), attached, signable=True)


def files(amendment: Amendment, older: Sequence[Attachment], newer: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """What travels inside the instrument: the instructions, and what each version carries, named for its side."""
    day = amendment.effective or day_of(amendment.page.contract)
    description = "The instructions, for machines"
    told = Attachment(INSTRUCTIONS, amendment.json(), "application/json", "Data", description, day)
    carried = [
        attachment._replace(name=f"{side}-{attachment.name}")
        for side, attached in (("older", older), ("newer", newer))
        for attachment in attached
    ]
    return (told, *carried)


def consolidated(
    contract: Contract, edition: Edition, number: int, effective: date | None, carried: Sequence[Attachment] = ()
) -> Rendered:
    """The agreement as an amendment changed it, for reading."""
    html = consolidated_page(contract, edition, number, effective)
    return on_paper(edition, html, [*carried, told_of(contract, number, effective)], signable=False)


def told_of(contract: Contract, number: int, effective: date | None) -> Attachment:
    """Which amendment a consolidated text is of, for whoever makes it again."""
    told = {"number": number, "effective": effective.isoformat() if effective else None}
    content = (json.dumps(told, indent=2) + "\n").encode()
    description = "Which amendment the text is consolidated with"
    return Attachment(CONSOLIDATED, content, "application/json", "Data", description, day_of(contract))


def on_paper(edition: Edition, html: str, attached: Sequence[Attachment], *, signable: bool) -> Rendered:
    house, numbered = edition.manner.house, edition.manner.line_numbers
    style = house.style_sheet()
    return Rendered(*typeset(html, style, house=house, line_numbers=numbered, attachments=attached, signable=signable))


def day_of(contract: Contract) -> date:
    """The day of the files inside the paper: that of the agreement, and never the clock's."""
    return contract.agreement.signed or contract.agreement.term.start
