"""Two editions of an agreement compared: what changes for the parties, and the document that shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from .. import __version__
from ..model import nodes
from ..outputs.html import page as contract_page
from ..outputs.page import Page
from .changes import Change, changes, plain
from .cover import cover, named
from .examples import Reckoned, reckoned
from .impact import Impact, impact
from .marking import WAS, redlined
from .money import Amounts, Money
from .retranslated import Retranslated, retranslated
from .style import marks_style

if TYPE_CHECKING:
    from ..model.contract import Contract
    from ..outputs import Edition


class Version(NamedTuple):
    """One side of a comparison: an edition of the agreement, already filtered for its audience."""

    contract: Contract
    about: Edition


@dataclass(frozen=True)
class Comparison:
    """What changed from an older version to a newer one; worked out when it is asked for."""

    older: Version
    newer: Version

    @cached_property
    def pages(self) -> tuple[Page, Page]:
        newer = Page(*self.newer)
        return Page(*self.older, newer.paper.language.code), newer  # what is told of both is told in one language

    @cached_property
    def changes(self) -> list[Change]:
        return changes(*self.pages)

    @cached_property
    def impact(self) -> list[Impact]:
        return impact(*self.pages)

    @cached_property
    def money(self) -> Money:
        """What either version may cost, and of what nobody changed but what now follows from another promise."""
        touched = {change.anchor for change in self.changes if not change.wording} | {
            each.anchor for each in self.impact
        }
        page = self.pages[1]
        concerned = frozenset(
            payment.name
            for payment in page.contract.every(nodes.Payment)
            if any(page.outline.anchor(named.found) in touched for named in payment.for_whom)
        )
        return Money(*self.pages, concerned)

    @property
    def amounts(self) -> list[Amounts]:
        return self.money.amounts

    @cached_property
    def reckoned(self) -> list[Reckoned]:
        """The examples that come to something else; where nothing changes, none does."""
        return reckoned(*self.pages) if any(not change.wording for change in self.changes) else []

    @cached_property
    def retranslated(self) -> list[Retranslated]:
        return retranslated(*self.pages)

    @property
    def strangers(self) -> bool:
        """Whether these are two agreements rather than two versions of one: of another name, between other parties."""
        older, newer = (page.contract.agreement for page in self.pages)
        parties = [
            {plain(page.paper.title(side.party.found)) for side in page.contract.agreement.between}
            for page in self.pages
        ]
        return older.name != newer.name and not parties[0] & parties[1]

    @cached_property
    def marked(self) -> str:
        """The contract with every change marked, without a cover."""
        said = self.pages[1].words["redline"]
        paper = self.pages[1].paper

        def note(way: str, place: str) -> str:
            return plain(paper.phrase(said[f"moved_{way}"], place=place))

        return redlined(contract_page(*self.older), contract_page(*self.newer), note)

    def html(self, style: str = "", *, tracked: bool = False) -> str:
        """The document: a cover that tells the changes, then the contract with every change marked.

        Where the changes are `tracked`, the reader's program shows them in its own way: the cover explains no marks.
        """
        words = self.pages[1].words["redline"]
        head, body = self.marked.split("</head>", 1)
        start = body.index(">", body.index("<body")) + 1
        opening = body[:start].replace(*self.editions)
        title = f"<title>{escape(self.title)}</title>"
        before, _, rest = head.partition("<title>")
        head = f"{before}{title}{rest.partition('</title>')[2]}<style>{style}{marks_style(words)}</style>"
        return f"{head}</head>{opening}\n{self.cover(tracked=tracked)}{body[start:]}"

    @property
    def editions(self) -> tuple[str, str]:
        """The line at the foot of each page: that of the newer version, and the one that names both."""
        older, newer = (str(escape(page.cover.edition_line)) for page in self.pages)
        return newer, self.pages[1].words["redline"]["editing"].format(older=older, newer=newer)

    @property
    def title(self) -> str:
        page = self.pages[1]
        title = page.paper.title(page.contract.agreement)
        return plain(page.paper.phrase(page.words["redline"]["title"], title=title))

    def cover(self, *, tracked: bool = False) -> str:
        """What changes for the parties, on the pages before the contract."""
        return cover(self, self.place, tracked=tracked)

    def place(self, found: Change | Impact | Retranslated) -> Markup:
        """A block by its title and its number, leading to where the marked document shows it."""
        for anchor in (found.anchor, f"{WAS}{found.anchor}"):
            if f' id="{anchor}"' in self.marked:
                return Markup('<a class="ref" href="#{}">{}</a>').format(anchor, named(found))
        return named(found)

    # For machines

    def json(self) -> bytes:
        """The changes as data, in the order of paper."""
        told: dict[str, Any] = {
            "compiler": {"name": "xladsl", "version": __version__},
            "older": head(self.older),
            "newer": head(self.newer),
            "changes": [change._asdict() for change in self.changes],
            "impact": [each._asdict() for each in self.impact],
            "translations": [each._asdict() for each in self.retranslated],
            "money": [each._asdict() for each in self.amounts],
            "money_rests_on": [plain(note) for note in self.money.notes],
            "examples": [each._asdict() for each in self.reckoned],
        }
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def head(version: Version) -> dict[str, str | None]:
    agreement: nodes.Agreement = version.contract.agreement
    return {
        "agreement": agreement.name,
        "version": agreement.version,
        "status": agreement.status,
        "source_digest": version.about.source_digest,
        "audience": version.about.audience,
    }
