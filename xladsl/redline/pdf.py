"""A comparison on paper, with the texts of both versions inside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..outputs import Rendered
from ..outputs.typesetting import Attachment, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .comparison import Comparison

CHANGES = "comparison.json"


def render(comparison: Comparison, older: Sequence[Attachment] = (), newer: Sequence[Attachment] = ()) -> Rendered:
    """The PDF of a comparison."""
    manner = comparison.newer.about.manner
    return Rendered(
        *typeset(
            comparison.html(),
            manner.house.style_sheet(),
            house=manner.house,
            line_numbers=manner.line_numbers,
            attachments=files(comparison, older, newer),
        )
    )


def files(comparison: Comparison, older: Sequence[Attachment], newer: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """What travels inside of it: the changes as data, and what each version carries, named for its side."""
    agreement = comparison.newer.contract.agreement
    day = agreement.signed or agreement.term.start
    told = Attachment(CHANGES, comparison.json(), "application/json", "Data", "What changed, for machines", day)
    carried = [
        attachment._replace(name=f"{side}-{attachment.name}")
        for side, attached in (("older", older), ("newer", newer))
        for attachment in attached
    ]
    return (told, *carried)
