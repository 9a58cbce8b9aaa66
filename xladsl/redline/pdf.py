"""A comparison on paper, with the texts of both versions inside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..outputs import Rendered
from ..outputs.typesetting import Attachment, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .comparison import Comparison


def render(comparison: Comparison, older: Sequence[Attachment] = (), newer: Sequence[Attachment] = ()) -> Rendered:
    """The PDF of a comparison; what each version carries goes along, named for its side, and the changes as data."""
    manner = comparison.newer.about.manner
    agreement = comparison.newer.contract.agreement
    day = agreement.signed or agreement.term.start
    told = Attachment(
        "comparison.json", comparison.json(), "application/json", "Data", "What changed, for machines", day
    )
    carried = [
        attachment._replace(name=f"{side}-{attachment.name}")
        for side, attached in (("older", older), ("newer", newer))
        for attachment in attached
    ]
    return Rendered(
        *typeset(
            comparison.html(),
            manner.house.style_sheet(),
            house=manner.house,
            line_numbers=manner.line_numbers,
            attachments=[told, *carried],
        )
    )
