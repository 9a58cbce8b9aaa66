"""An amendment: the instrument that the parties sign, and the agreement as it changes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from .. import __version__
from ..outputs.html import filled, turned
from ..outputs.html import page as contract_page
from ..outputs.page import Page
from ..redline.changes import plain
from ..redline.comparison import Comparison
from ..redline.cover import impacts, named
from ..redline.places import numbers
from ..redline.tree import Element, Thing, parse
from .citing import Cited, Citing, heading_of, heading_text
from .instructions import Instruction, Place, instructions, placed

if TYPE_CHECKING:
    from ..model.contract import Contract
    from ..outputs import Edition


class Renumbered(NamedTuple):
    """A clause that keeps its words and gets another number."""

    before: str
    after: str
    title: str


@dataclass(frozen=True)
class Amendment:
    """From an executed version to a newer one. `number` counts the amendments of the agreement, from 1.

    `file_digest` is the SHA-256 of the executed PDF, empty where there is none at hand. Without `effective`, the
    amendment takes effect when it is signed.
    """

    comparison: Comparison
    number: int
    file_digest: str = ""
    effective: date | None = None

    @cached_property
    def documents(self) -> tuple[Element, Element]:
        older, newer = (contract_page(*version) for version in (self.comparison.older, self.comparison.newer))
        return parse(older), parse(newer)

    @cached_property
    def instructions(self) -> list[Instruction]:
        return instructions(*self.documents)

    @cached_property
    def cited(self) -> list[Cited]:
        """What the instrument says, in the order of paper; consequences are told elsewhere."""
        old, new = self.documents
        citing = Citing(old, new, self.page.paper)
        parts: dict[Place, Thing] = {place: part for part, place in placed(old)}
        parts[()] = old
        told = [each for each in self.instructions if not each.consequence]
        return [
            citing.cited(each, parts.get(each.after) if each.after is not None else None, block(parts, each.within))
            for each in told
        ]

    @cached_property
    def renumbered(self) -> list[Renumbered]:
        """The clauses that get another number only because of what stands before them."""
        old, new = self.documents
        before, after = numbers(old), numbers(new)
        blocks = {block.attributes["id"]: block for block in new.walk() if "id" in block.attributes}
        moved = {each.new.attributes.get("id") for each in self.instructions if isinstance(each.new, Element)}
        found = [
            Renumbered(before[name], number, heading_text(blocks[name]))
            for name, number in after.items()
            if name in before and before[name] != number and name not in moved
            if name in blocks and heading_of(blocks[name]) is not None
        ]
        return list(dict.fromkeys(found))

    @property
    def page(self) -> Page:
        return self.comparison.pages[1]

    @property
    def title(self) -> str:
        words = self.page.words["amendment"]["title"]
        return plain(self.page.paper.phrase(words, number=self.said(self.number), title=self.agreement_title))

    def said(self, number: int) -> str:
        """A number in the digits of the language."""
        return self.page.paper.language.clause(str(number))

    @property
    def agreement_title(self) -> Markup:
        older = self.comparison.pages[0]
        return older.paper.title(older.contract.agreement)

    # The documents

    def html(self, style: str = "") -> str:
        """The instrument of amendment."""
        page = self.page
        html = filled(
            "amendment/instrument.html",
            page.edition.manner.house,
            page=page,
            paper=page.paper,
            words=page.words,
            said=page.words["amendment"],
            title=self.title,
            cover=self.comparison.pages[0].cover,
            identified=self.identified(),
            digests=self.digests(),
            cited=self.cited,
            renumbered=self.renumbered,
            impacts=impacts(self.comparison, named),
            effect=self.effect(),
            line=f"{self.title} · {page.edition.source_digest[:12]}",
            style=Markup(style),  # noqa: S704  # the style sheet of the house
        )
        return turned(html) if page.paper.language.direction == "rtl" else html

    def consolidated(self, style: str = "") -> str:
        """The newer version, with a note of what made it."""
        return consolidated_page(self.page.contract, self.page.edition, self.number, self.effective, style)

    def identified(self) -> Markup:
        agreement = self.comparison.older.contract.agreement
        return self.page.paper.phrase(
            self.page.words["amendment"]["identified"],
            title=self.agreement_title,
            version=agreement.version,
            signed=self.day(agreement.signed),
            before=self.said(self.number - 1) if self.number > 1 else None,
        )

    def digests(self) -> list[tuple[str, str]]:
        said = self.page.words["amendment"]
        found = [(said["text_digest"], self.comparison.older.about.source_digest)]
        if self.file_digest:
            found.append((said["file_digest"], self.file_digest))
        return [*found, (said["amended_digest"], self.comparison.newer.about.source_digest)]

    def effect(self) -> Markup:
        said = self.page.words["amendment"]
        if self.effective is None:
            return escape(said["effective_signed"])
        return self.page.paper.phrase(said["effective"], date=self.day(self.effective))

    def day(self, day: date | None) -> str | None:
        return self.page.paper.language.date(day) if day is not None else None

    # For machines

    def json(self) -> bytes:
        """The instructions as data: with the older document they make the newer one."""
        older, newer = self.comparison.older, self.comparison.newer
        told: dict[str, Any] = {
            "compiler": {"name": "xladsl", "version": __version__},
            "amends": older.contract.agreement.name,
            "number": self.number,
            "effective": self.effective.isoformat() if self.effective else None,
            "audience": older.about.audience,
            "older": {
                "version": older.contract.agreement.version,
                "source_digest": older.about.source_digest,
                "file_digest": self.file_digest or None,
            },
            "newer": {"version": newer.contract.agreement.version, "source_digest": newer.about.source_digest},
            "instructions": [each.data() for each in self.instructions],
            "renumbered": [each._asdict() for each in self.renumbered],
            "impact": [each._asdict() for each in self.comparison.impact],
        }
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()

    def cites_renumbered(self) -> list[tuple[int, Renumbered]]:
        """Instructions, counted from 1, that cite a clause which gets another number."""
        by_number = {each.before: each for each in self.renumbered}
        return [
            (position, by_number[each.number])
            for position, each in enumerate(self.cited, 1)
            if each.number in by_number
        ]


def consolidated_page(
    contract: Contract, edition: Edition, number: int, effective: date | None, style: str = ""
) -> str:
    """An agreement as an amendment changed it, with a note that says so."""
    paper = Page(contract, edition).paper
    day = paper.language.date(effective) if effective is not None else None
    said = paper.phrase(paper.words["amendment"]["consolidated"], number=paper.language.clause(str(number)), date=day)
    html = contract_page(contract, edition, style=Markup(style))  # noqa: S704  # the style sheet of the house
    note = Markup('<p class="consolidated">{}</p>\n').format(said)
    return html.replace("</header>", f"{note}</header>", 1)


def block(parts: dict[Place, Thing], place: Place) -> Element | None:
    found = parts.get(place)
    return found if isinstance(found, Element) else None
