"""What a combination holds that earlier results told already: a quarter is told with its last month, and its first two
months were told by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import nodes
from ..notes import note
from ..results import Paid, Step
from .payable import PAYABLE
from .payments import DUE

if TYPE_CHECKING:
    from ..assessment import Assessment


def told_before(assessment: Assessment, payments: list[Paid], start: int) -> list[Paid]:
    """What is set off against combinations that began before a period, as earlier results say; else a note."""
    combinations = {each.name: each for each in assessment.contract.every(nodes.Combination)}
    found = []
    for paid in payments:
        combination = combinations.get(paid.payment)
        if combination is not None and paid.start < start and paid.status in PAYABLE:
            found += set_off(assessment, combination, paid, start)
    return found


def set_off(assessment: Assessment, combination: nodes.Combination, paid: Paid, start: int) -> list[Paid]:
    names = frozenset(part.name for part in combination.combines)
    told = assessment.given.told_due(names, paid.start, start)
    if told is None:
        note(
            assessment,
            f"`{paid.payment}` of {paid.window} holds what was due in it before this period too; what was paid of that"
            " is set off. Given the earlier results, by  --earlier , that is done here.",
        )
        return []
    if not told:
        return []
    words = "told by itself before this period, and part of what all of them come to"
    return [
        paid._replace(
            payment=f"{paid.payment} told before",
            amount=-told,
            base=None,
            steps=(Step(words, -told),),
            status=DUE,
            trace=(),
        )
    ]
