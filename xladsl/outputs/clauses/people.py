"""Who answers for what, and who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from ...model import nodes
from .lines import Line

if TYPE_CHECKING:
    from ...model.node import Node
    from ..sentences import Writer


RACI = ("accountable", "responsible", "consulted", "informed")


class Signing(NamedTuple):
    """A party's part of the page of signatures."""

    heading: Markup
    persons: list[dict[str, Any]]


class People:
    """What the templates of responsibilities and signatures ask for."""

    def __init__(self, paper: Writer) -> None:
        self.paper = paper

    def responsibilities(self) -> list[Line]:
        """Who is accountable, responsible, consulted and informed, for each thing that some role names."""
        subjects: dict[int, tuple[Node, dict[str, list[Markup]]]] = {}
        for role in self.paper.contract.every(nodes.Role):
            for part in RACI:
                for reference in getattr(role, part):
                    if not self.paper.withheld(reference):
                        _, named = subjects.setdefault(
                            id(reference.target), (reference.target, {each: [] for each in RACI})
                        )
                        named[part].append(self.paper.link(role))
        return [
            Line((self.paper.link(subject), *(self.paper.joined(roles[part]) for part in RACI)))
            for subject, roles in subjects.values()
        ]

    def signing(self) -> list[Signing]:
        """Each party with the persons who sign for it; an empty line where the agreement names nobody."""
        heading, field = self.paper.words["signatures"]["for"], self.paper.words["signatures"]["field"]
        signed = self.paper.contract.agreement.signed
        day = self.paper.language.date(signed) if signed else ""
        nobody = {"name": "", "position": "", "more": [], "date": day, "anchor": "", "signatory": "", "field": ""}
        return [
            Signing(
                self.paper.phrase(heading, party=self.paper.title(side.party.found)),
                [
                    {
                        "name": self.paper.title(person),
                        "position": self.paper.optional(person, "position"),
                        "more": self.paper.rows(person, "position"),
                        "date": day,
                        "anchor": self.paper.outline.anchor(person),
                        "signatory": person.name,
                        "field": self.paper.phrase(field, person=self.paper.title(person)).striptags(),
                    }
                    for person in side.party.found.signatories
                ]
                or [nobody],
            )
            for side in self.paper.contract.agreement.between
        ]
