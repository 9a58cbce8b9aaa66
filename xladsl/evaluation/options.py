"""What the customer has chosen: blocks that hold only under another choice are not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import nodes

if TYPE_CHECKING:
    from ..model.node import Node
    from .assessment import Assessment


def in_force(assessment: Assessment, block: Node) -> bool:
    """Whether a block holds: it depends on no choice, or on one that was taken."""
    only_when: nodes.OnlyWhen | None = getattr(block, "only_when", None)
    return only_when is None or taken(assessment, only_when.option.found, only_when.choice.found)


def taken(assessment: Assessment, option: nodes.Option, choice: nodes.Choice) -> bool:
    """Whether a choice was taken: as the agreement says by `chosen`, unless something else is given."""
    choices = assessment.given.choices(option.name)
    return choice.chosen if choices is None else choice.name in choices


def prices(assessment: Assessment) -> list[nodes.Price]:
    """What the choices that were taken cost, on top of the fees."""
    return [
        choice.price
        for option in assessment.contract.every(nodes.Option)
        if in_force(assessment, option)
        for choice in option.choices
        if choice.price is not None and taken(assessment, option, choice)
    ]
