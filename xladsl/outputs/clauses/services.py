"""What a service costs, and what can be chosen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from .lines import Line

if TYPE_CHECKING:
    from ...model import nodes
    from ..sentences import Writer


class Services:
    """What the templates of services and options ask for."""

    def __init__(self, paper: Writer) -> None:
        self.paper = paper

    def fees(self, service: nodes.Service) -> list[Line]:
        said = [
            (fee, Markup(" ").join(self.paper.field(fee, field) for field in fields if self.paper.has(fee, field)))
            for fee in service.fees
            for fields in [("unit_price", "each", "once")]
        ]
        return [
            Line((self.paper.title(fee), self.fee_lines(fee), each), self.paper.outline.anchor(fee))
            for fee, each in said
        ]

    def fee_amount(self, fee: nodes.Fee) -> Markup:
        fields = ("amounts", "as_invoiced", "unit_price", "each", "once")
        return Markup(" ").join(self.paper.field(fee, field) for field in fields if self.paper.has(fee, field))

    def fee_lines(self, fee: nodes.Fee) -> Markup:
        if fee.as_invoiced:
            return self.paper.field(fee, "as_invoiced")
        return Markup("<br>").join(self.paper.say(amount) for amount in fee.amounts)

    def choices(self, option: nodes.Option) -> list[Line]:
        return [
            Line(
                (
                    self.paper.title(choice),
                    self.paper.optional(choice, "price"),
                    self.paper.optional(choice, "adds"),
                    self.chosen(choice),
                ),
                self.paper.outline.anchor(choice),
            )
            for choice in option.choices
        ]

    def chosen(self, choice: nodes.Choice) -> Markup:
        """A tick where a choice was taken, with the day on which it was if that is later."""
        if choice.chosen_from is None:
            return escape("☑" if choice.chosen else "☐")
        return Markup("☑ {}").format(self.paper.say(choice.chosen_from))
