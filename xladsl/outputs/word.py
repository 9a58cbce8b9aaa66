"""The contract as a Word document: for lawyers who read, mark up and send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import Problem, Rendered
from .html import page

if TYPE_CHECKING:
    from ..model.contract import Contract
    from . import Edition

SUFFIX = ".docx"
OMITS: dict[str, str] = {}
HOUSE = "word/house.docx"
"""The name in the folder of a house under which its document is found."""


def render(contract: Contract, edition: Edition) -> Rendered:
    """The contract, already filtered for its audience, as a document that carries its own text."""
    from ..word import UnreadableDocumentError, document

    own = edition.manner.house.own.get(HOUSE)
    carried = {attachment.name: attachment.content for attachment in edition.attachments}
    try:
        return Rendered(document(page(contract, edition), house=own, carried=carried), [])
    except ModuleNotFoundError as problem:
        if problem.name != "lxml":
            raise
        return Rendered(None, [Problem("a Word document needs the library lxml", "pip install 'xladsl[word]'")])
    except UnreadableDocumentError as problem:
        told, remedy = f"the house's `{HOUSE}` cannot be used: {problem}", "Begin from a contract made with --to docx."
        return Rendered(None, [Problem(told, remedy)])
