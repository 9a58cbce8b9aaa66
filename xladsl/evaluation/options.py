"""What the customer has chosen, and when: blocks that hold only under another choice are not looked at.

A choice that is taken later, as where a plan is changed, takes the place of the one before it where one is chosen. The
last day of a window decides for all of it, or the first where the option says that changes wait for the next window.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ..model import nodes
from .instants.zones import day_of

if TYPE_CHECKING:
    from ..model.node import Node
    from .assessment import Assessment
    from .instants.windows import Window

WAITING = "wait for the next window"


def in_force(assessment: Assessment, block: Node) -> bool:
    """Whether a block holds at any time: it depends on no choice, or on one that was taken."""
    only_when: nodes.OnlyWhen | None = getattr(block, "only_when", None)
    return only_when is None or taken(assessment, only_when.option.found, only_when.choice.found)


def taken(assessment: Assessment, option: nodes.Option, choice: nodes.Choice) -> bool:
    """Whether a choice was taken, be it later: as the agreement says by `chosen`, unless something else is given."""
    choices = assessment.given.choices(option.name)
    return begins(choice) is not None if choices is None else choice.name in choices


def holds_in(assessment: Assessment, block: Node, window: Window) -> bool:
    """Whether a block holds for a window, by the choice that was taken on the day that decides for it."""
    only_when: nodes.OnlyWhen | None = getattr(block, "only_when", None)
    return only_when is None or taken_in(assessment, only_when.option.found, only_when.choice.found, window)


def taken_in(assessment: Assessment, option: nodes.Option, choice: nodes.Choice, window: Window) -> bool:
    if not taken(assessment, option, choice) or assessment.given.choices(option.name) is not None:
        return taken(assessment, option, choice)
    deciding = window.start if option.choice_change == WAITING else window.end - 1
    day = day_of(deciding, assessment.zone)
    begun = [(since, each) for each in option.choices if (since := begins(each)) is not None and since <= day]
    if option.choose == "one" and begun:
        return max(begun, key=lambda found: found[0])[1] is choice
    return any(each is choice for _, each in begun)


def begins(choice: nodes.Choice) -> date | None:
    """From when on a choice is taken; None where it never is."""
    return choice.chosen_from or (date.min if choice.chosen else None)


def prices(assessment: Assessment) -> list[tuple[nodes.Option, nodes.Choice, nodes.Price]]:
    """What the choices that were taken cost, on top of the fees."""
    return [
        (option, choice, choice.price)
        for option in assessment.contract.every(nodes.Option)
        if in_force(assessment, option)
        for choice in option.choices
        if choice.price is not None and taken(assessment, option, choice)
    ]
