"""Two editions of an agreement compared: what changes for the parties, and the document that shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from .. import __version__
from ..model import nodes
from ..outputs.html import filled, turned
from ..outputs.html import page as contract_page
from ..outputs.page import Page
from .changes import Change, changes, plain
from .impact import Impact, impact
from .marking import WAS, redlined
from .money import Amounts, amounts
from .style import marks_style

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model.contract import Contract
    from ..outputs import Edition

SHORT_DIGEST = 12


class Version(NamedTuple):
    """One side of a comparison: an edition of the agreement, already filtered for its audience."""

    contract: Contract
    about: Edition


class Group(NamedTuple):
    """The changes of one section of paper, as lines of a table."""

    title: str
    lines: list[tuple[Markup, ...]]


@dataclass(frozen=True)
class Comparison:
    """What changed from an older version to a newer one; worked out when it is asked for."""

    older: Version
    newer: Version

    @cached_property
    def pages(self) -> tuple[Page, Page]:
        return Page(*self.older), Page(*self.newer)

    @cached_property
    def changes(self) -> list[Change]:
        return changes(*self.pages)

    @cached_property
    def impact(self) -> list[Impact]:
        return impact(*self.pages)

    @cached_property
    def amounts(self) -> list[Amounts]:
        return amounts(*self.pages)

    @cached_property
    def marked(self) -> str:
        """The contract with every change marked, without a cover."""
        said = self.pages[1].words["redline"]
        paper = self.pages[1].paper

        def note(way: str, place: str) -> str:
            return plain(paper.phrase(said[f"moved_{way}"], place=place))

        return redlined(contract_page(*self.older), contract_page(*self.newer), note)

    def html(self, style: str = "") -> str:
        """The document: a cover that tells the changes, then the contract with every change marked."""
        words = self.pages[1].words["redline"]
        head, body = self.marked.split("</head>", 1)
        start = body.index(">", body.index("<body")) + 1
        opening = body[:start].replace(*self.editions)
        title = f"<title>{escape(self.title)}</title>"
        before, _, rest = head.partition("<title>")
        head = f"{before}{title}{rest.partition('</title>')[2]}<style>{style}{marks_style(words)}</style>"
        return f"{head}</head>{opening}\n{self.cover()}{body[start:]}"

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

    # The cover

    def cover(self) -> str:
        page = self.pages[1]
        cover = filled(
            "redline/cover.html",
            page.edition.manner.house,
            paper=page.paper,
            words=page.words,
            title=page.paper.title(page.contract.agreement),
            versions=self.versions(),
            groups=self.groups(),
            amounts=[(each.title, each.before, each.after) for each in self.amounts],
            impacts=self.impacts(),
            wordings=self.wordings(),
        )
        return turned(cover) if page.paper.language.direction == "rtl" else cover

    def versions(self) -> list[dict[str, str]]:
        return [
            {"name": page.words["redline"][name], "said": version_said(page)}
            for name, page in zip(("older", "newer"), self.pages, strict=True)
        ]

    def groups(self) -> list[Group]:
        """What changed for the parties, by the sections of paper."""
        page = self.pages[1]
        found: dict[str, list[tuple[Markup, ...]]] = {}
        for change in self.changes:
            if not change.wording:
                found.setdefault(change.section, []).append(self.line(change))
        titles = page.words["sections"] | {"": page.words["paper"]["key_terms"]}
        return [Group(titles[section], lines) for section, lines in found.items()]

    def line(self, change: Change) -> tuple[Markup, ...]:
        words = self.pages[1].words["redline"]
        where = self.place(change) + (Markup("<br>{}").format(change.label) if change.label else Markup())
        before, after = change.before, change.after
        if change.field:
            before, after = before or words["unsaid"], after or words["unsaid"]
        else:
            before, after = before or "–", after or words["removed"]
        effects = Markup("<br>").join(words["effects"][key] for key in change.effects)
        if not change.field and change.after:
            effects = escape(words["added"])
        return where, escape(before), escape(after), effects

    def impacts(self, place: Callable[[Impact], Markup] | None = None) -> list[tuple[Markup, Markup]]:
        """What changes its meaning, and why. `place` says a block in another document than this one."""
        page, words = self.pages[1], self.pages[1].words["redline"]
        shown = place or self.place
        found: list[tuple[Markup, Markup]] = []
        for each in self.impact:
            why = escape(each.changed)
            if each.through:
                between = page.paper.joined([escape(title) for title in each.through])
                why = page.paper.phrase(words["through"], changed=why, between=between)
            found.append((shown(each), why))
        return found

    def wordings(self) -> Markup:
        """The clauses of which only the words change, as links."""
        places = dict.fromkeys(self.place(change) for change in self.changes if change.wording)
        return self.pages[1].paper.joined(list(places))

    def place(self, found: Change | Impact) -> Markup:
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
            "money": [each._asdict() for each in self.amounts],
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


def version_said(page: Page) -> Markup:
    agreement = page.contract.agreement
    status = agreement.status or "draft"
    return page.paper.phrase(
        page.words["redline"]["version"],
        version=agreement.version,
        status=page.words["paper"]["statuses"].get(status, status),
        digest=page.edition.source_digest[:SHORT_DIGEST],
    )


def named(found: Change | Impact) -> Markup:
    """A block by its title and the number of its clause."""
    number = Markup(' <span class="number">({})</span>').format(found.clause) if found.clause else Markup()
    return escape(found.title) + number
