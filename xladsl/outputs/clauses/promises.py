"""What is promised, what decides, and what follows from a breach."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from ...model import nodes, quantities
from ...model.node import Node, walk
from .. import plain_words
from ..sentences import Row

if TYPE_CHECKING:
    from ..sentences import Writer
    from .measuring import Measuring


PROMISE_ORDER = (
    "for_whom",
    "segments",
    "level",
    "minimum_level",
    "stretch",
    "baseline",
    "each",
    "timezone",
    "during",
    "answers",
    "breached_when",
    "decision_margin",
    "unclear",
    "no_data",
    "leaving_out",
    "empty",
    "rounded",
    "partial_periods",
    "provided",
    "better",
    "range",
    "warned",
    "owner",
    "verified_by",
)


class Promises:
    """What the template of promises asks for."""

    def __init__(self, paper: Writer, measuring: Measuring) -> None:
        self.paper = paper
        self.measuring = measuring

    def plainly(self, promise: nodes.Promise) -> Markup:
        return plain_words.plainly(self.paper, promise)

    def rows(self, promise: nodes.Promise) -> list[Row]:
        """What the promise says, in the order in which it is read."""
        decides = [] if promise.breached_when else [Row(self.paper.labels("breached_when")[0], self.decides)]
        return sorted(
            self.paper.rows(promise, "kpi_of", "value", "breach_leads_to")
            + decides
            + self.measuring.inherited_rows(promise),
            key=lambda row: self.reading_order.get(row.label, len(self.reading_order)),
        )

    @property
    def decides(self) -> Markup:
        return escape(self.paper.words["paper"]["decides"])

    @cached_property
    def reading_order(self) -> dict[str, int]:
        return {label: position for position, label in enumerate(self.paper.labels(*PROMISE_ORDER))}

    def consequence_rows(self, promise: nodes.Promise) -> list[Row]:
        named = [reference.target for reference in promise.breach_leads_to]
        found = {id(block): block for block in [*named, *self.consequences.get(id(promise), [])]}
        links = [self.paper.link(block) for block in found.values() if block and not self.paper.withheld(block)]
        return [Row(self.paper.labels("consequences")[0], self.paper.joined(links))] if links else []

    @cached_property
    def consequences(self) -> dict[int, list[Node]]:
        """For each promise, the credits, bonuses, plans and rights that name it."""
        found: dict[int, list[Node]] = {}
        for block in self.paper.contract.every(nodes.Consequence):
            for target in {id(part.target) for part in walk(block) if isinstance(part, quantities.Reference)}:
                found.setdefault(target, []).append(block)
        return found
