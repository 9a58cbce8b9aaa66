"""What a typesetter is given beside the page, and what it says of a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class TypesettingProblem(NamedTuple):
    """Why there is no PDF: what is wrong and what to do about it.

    `near` is the text around the fault and `anchor` the `id` of the innermost element that holds it; both are empty
    where the fault has no place. `clause` is what people call that place, where somebody knows.
    """

    message: str
    remedy: str
    near: str = ""
    anchor: str = ""
    clause: str = ""


class Attachment(NamedTuple):
    """A file that travels inside the PDF, such as the source of the agreement.

    `relationship` is PDF's own word for what it is to the document: Source, Data, Supplement or Alternative.
    `modified` is part of the bytes, so it is a date of the agreement and never the clock's.
    """

    name: str
    content: bytes
    media_type: str
    relationship: str
    description: str
    modified: date
