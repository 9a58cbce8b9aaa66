"""The contract as the PDF that is signed: archival, accessible, and the same bytes wherever it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import Rendered
from .html import page
from .outline import outline
from .typesetting import typeset

if TYPE_CHECKING:
    from ..model.contract import Contract
    from . import Edition, Problem

SUFFIX = ".pdf"
OMITS: dict[str, str] = {}


def render(contract: Contract, edition: Edition) -> Rendered:
    """The contract, already filtered for its audience, on paper."""
    content, problems = typeset(
        page(contract, edition),
        edition.manner.house.style_sheet(),
        house=edition.manner.house,
        line_numbers=edition.manner.line_numbers,
        attachments=edition.attachments,
        signable=True,
    )
    return Rendered(content, [placed(problem, contract, edition) for problem in problems])


def placed(problem: Problem, contract: Contract, edition: Edition) -> Problem:
    """A problem with the clause that it is in, by its number on paper and its name in the text."""
    lines = outline(contract, edition.manner.house.numbering)
    found = lines.anchored(problem.anchor) if problem.anchor else None
    if found is None:
        numbers = {entry.anchor: f"clause {entry.number}" for section in lines.sections for entry in section.entries}
        return problem._replace(clause=numbers.get(problem.anchor, ""))
    return problem._replace(clause=f"clause {lines.number(found)} (`{getattr(found, 'name', '')}`)")


def signatories(contract: Contract) -> dict[str, str]:
    """Everybody who signs for a party, by their names in the text, in the order of the signature blocks."""
    people = [person for side in contract.agreement.between for person in side.party.found.signatories]
    return {person.name: person.title.value if person.title else person.name for person in people}
