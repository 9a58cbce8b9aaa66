"""The contract as a Word document: for lawyers who read, mark up and send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..word import NOTHING
from . import Problem, Rendered
from .html import page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model.contract import Contract
    from ..word.runs import Tracking
    from . import Edition
    from .house import House

SUFFIX = ".docx"
OMITS: dict[str, str] = {}
HOUSE = "word/house.docx"
"""The name in the folder of a house under which its document is found."""


def render(contract: Contract, edition: Edition) -> Rendered:
    """The contract, already filtered for its audience, as a document that carries its own text."""
    carried = {attachment.name: attachment.content for attachment in edition.attachments}
    return made(page(contract, edition), edition.manner.house, carried=carried)


def made(
    html: str, house: House, *, tracking: Tracking | None = None, carried: Mapping[str, bytes] = NOTHING
) -> Rendered:
    """A finished page as a document with the styles of a house; what is marked in it as a change is tracked."""
    try:
        from ..word import UnreadableDocumentError, document

        try:
            return Rendered(document(html, house=house.own.get(HOUSE), tracking=tracking, carried=carried), [])
        except UnreadableDocumentError as problem:
            told = f"the house's `{HOUSE}` cannot be used: {problem}"
            return Rendered(None, [Problem(told, "Begin from a contract made with --to docx.")])
    except ModuleNotFoundError as problem:
        if problem.name != "lxml":
            raise
        return Rendered(None, [Problem("a Word document needs the library lxml", "pip install 'xladsl[word]'")])
