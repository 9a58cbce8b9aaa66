"""A comparison for Word: each change can be accepted or rejected there, and both texts travel inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..outputs import word
from ..word.runs import Tracking
from .changes import plain
from .pdf import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..outputs import Rendered
    from ..outputs.typesetting import Attachment
    from .comparison import Comparison


def render(comparison: Comparison, older: Sequence[Attachment] = (), newer: Sequence[Attachment] = ()) -> Rendered:
    """The document of a comparison."""
    carried = {attachment.name: attachment.content for attachment in files(comparison, older, newer)}
    house = comparison.newer.about.manner.house
    return word.made(comparison.html(tracked=True), house, tracking=tracking(comparison), carried=carried)


def tracking(comparison: Comparison) -> Tracking:
    """Whose the changes are: those of both parties, dated by their agreement and never by the clock."""
    page = comparison.pages[1]
    agreement = page.contract.agreement
    parties = ", ".join(plain(page.paper.title(side.party.found)) for side in agreement.between)
    return Tracking(parties, agreement.signed or agreement.term.start)
