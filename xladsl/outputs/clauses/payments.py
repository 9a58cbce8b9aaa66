"""Tiers, and worked examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ..outline import word
from ..sentences import Row
from ..tier_drawing import TierDrawing, tier_drawing
from .lines import Line

if TYPE_CHECKING:
    from ...model import nodes
    from ...model.node import Node
    from ..sentences import Writer


class Payments:
    """What the templates of credits, bonuses and examples ask for."""

    def __init__(self, paper: Writer) -> None:
        self.paper = paper

    def rows_first(self, node: Node, *fields: str) -> list[Row]:
        """What is read before the tiers."""
        return [
            Row(self.paper.label(node, field), self.paper.field(node, field), self.paper.at(node, field))
            for field in fields
            if self.paper.says(node, field)
        ]

    def tier_headings(self, payment: nodes.Payment) -> list[str]:
        if payment.header:
            return [self.paper.capitalised(self.paper.name_as_words(heading)) for heading in payment.header]
        most = max(len(row.cells) for row in payment.rows)
        return [self.paper.label(payment, "value")] * (most - 1) + [self.paper.words["constructs"][word(payment)]]

    def tiers(self, payment: nodes.Payment) -> list[Line]:
        return [Line(tuple(self.paper.say(cell) for cell in row.cells)) for row in payment.rows]

    def tier_drawing(self, payment: nodes.Payment) -> TierDrawing | None:
        return tier_drawing(self.paper, payment)

    def example_rows(self, example: nodes.Example) -> list[Line]:
        return [Line((self.facts(example.given), self.facts(example.then)))]

    def facts(self, facts: list[Any]) -> Markup:
        return Markup("<br>").join(self.paper.sentence(self.paper.say(fact)) for fact in facts)
