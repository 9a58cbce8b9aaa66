"""The key terms of an agreement, and the line at the foot of every page."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ...model import nodes
from ..sentences import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .. import Edition
    from ..sentences import Writer
    from .services import Services

NOT_AGREED = ("draft", "proposed")
"""The states that stand across every page."""

SHORT_DIGEST = 12


class Cover:
    """What the template of the cover asks for."""

    def __init__(self, paper: Writer, edition: Edition, services: Services) -> None:
        self.paper = paper
        self.edition = edition
        self.services = services
        self.agreement = paper.contract.agreement
        self.title = paper.title(self.agreement)
        self.status = self.agreement.status or "draft"
        self.source_digest = edition.source_digest
        self.specification_digest = edition.specification_digest

    @property
    def state(self) -> str:
        return str(self.paper.words["paper"]["statuses"][self.status])

    @property
    def watermark(self) -> str:
        return self.state if self.status in NOT_AGREED else ""

    @property
    def edition_line(self) -> str:
        """Which text this is: version, state, the digest of the source, and the commit if one is named."""
        version = f"{self.paper.words['paper']['version']} {self.agreement.version}" if self.agreement.version else ""
        commit = f"git {self.edition.manner.commit[:SHORT_DIGEST]}" if self.edition.manner.commit else ""
        parts = (version, self.state, self.source_digest[:SHORT_DIGEST], commit)
        return " · ".join(part for part in parts if part)

    @property
    def schedule(self) -> Markup | None:
        return self.paper.sentences(self.agreement, "schedule")[0] if self.agreement.schedule else None

    @property
    def parties(self) -> list[dict[str, Markup | str]]:
        capacities = self.paper.words["capacities"]
        return [
            {
                "name": self.paper.title(side.party.found),
                "capacity": capacities.get(side.capacity, side.capacity),
                "anchor": self.paper.outline.anchor(side.party.found),
            }
            for side in self.agreement.between
        ]

    @cached_property
    def rows(self) -> list[Row]:
        return list(self._key_terms())

    def _key_terms(self) -> Iterator[Row]:
        agreement, paper, words = self.agreement, self.paper, self.paper.words["paper"]
        if agreement.version:
            yield Row(words["version"], escape(agreement.version), paper.at(agreement, "version"))
        yield Row(words["status"], escape(self.state))
        for field in ("term", "renewal", "settling", "signed", "law", "courts", "languages", "currency", "timezone"):
            alone = field == "languages" and agreement.languages and len(agreement.languages.language) == 1
            if paper.has(agreement, field) and not alone:
                yield Row(paper.label(agreement, field), paper.field(agreement, field), paper.at(agreement, field))
        services = self.paper.contract.every(nodes.Service)
        if services:
            yield Row(self.paper.labels("services")[0], paper.joined([paper.link(service) for service in services]))
        fees = [fee for service in services for fee in service.fees]
        if fees:
            lines = [Markup("{}: {}").format(paper.title(fee), self.services.fee_amount(fee)) for fee in fees]
            yield Row(self.paper.labels("fees")[0], Markup("<br>").join(lines))
        yield Row(words["audience"], escape(words["audiences"][self.edition.audience]))
        for field in ("because", "note"):
            if paper.has(agreement, field):
                yield Row(paper.label(agreement, field), paper.field(agreement, field), paper.at(agreement, field))
        if points := list(self._open_points()):
            yield Row(words["open_points"], Markup("<br>").join(points))

    def _open_points(self) -> Iterator[Markup]:
        """What the parties have not settled, each with the clause that it is about."""
        for block in self.paper.contract.blocks:
            for point in getattr(block, "open_points", ()):
                said = self.paper.say(point)
                general = isinstance(block, nodes.Agreement)
                yield said if general else Markup("{}: {}").format(self.paper.link(block), said)
