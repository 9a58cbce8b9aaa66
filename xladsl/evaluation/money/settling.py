"""What is paid in the end, by the order of work that every agreement prints.

The amount, and whether it is doubled (`payments`); a claim that came too late; which of several are paid (`meetings`);
caps in the order in which they are written, the smallest amount, one rounding (`stages`). A combination is worked out
from what its payments come to by themselves, after these steps, and is an amount of its own (`combinations`). What is
earned back is returned later, out of what was paid (`earnings`).

A payment over hours, days or events comes to so much in a month as all of its windows that end in that month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import nodes
from ..options import in_force
from .combinations import combination_windows, combined
from .due import UNDECIDED
from .earnings import earned_in
from .meetings import payments
from .stages import settled_of
from .subjects import windows_in
from .worth import NOTHING

if TYPE_CHECKING:
    from fractions import Fraction

    from ..assessment import Assessment
    from ..instants.windows import Window
    from ..results import Paid


def settled(assessment: Assessment, start: int, end: int) -> list[Paid]:
    """All payments, combinations and amounts earned back, of the windows that end after `start` and not after `end`."""
    every: list[nodes.Consequence] = [
        *payments(assessment),
        *assessment.contract.every(nodes.Combination),
        *assessment.contract.every(nodes.EarnBack),
    ]
    held = [block for block in every if in_force(assessment, block)]
    return [paid for block in held for paid in settled_by(assessment, block, start, end)]


def settled_by(assessment: Assessment, block: nodes.Consequence, start: int, end: int) -> list[Paid]:
    """What one payment, combination or earn-back comes to in its windows that end in a period."""
    if isinstance(block, nodes.Payment):
        found = [
            paid for each in windows_in(assessment, block, start, end) for paid in settled_of(assessment, block, each)
        ]
        return found + earned_in(assessment, block, start, end)
    if isinstance(block, nodes.Combination):
        windows = combination_windows(assessment, block, start, end)
        return [paid for each in windows for paid in combined(assessment, block, each)]
    return earned_in(assessment, block, start, end) if isinstance(block, nodes.EarnBack) else []


def amount_in(assessment: Assessment, block: nodes.Consequence, window: Window) -> Fraction | None:
    """What a payment, a combination or an earn-back comes to in all of its windows that end in a window.

    None where a part of it is undecided.
    """
    found = [paid for paid in settled_by(assessment, block, window.start, window.end) if paid.payment == block.name]
    return None if any(paid.status == UNDECIDED for paid in found) else sum((paid.amount for paid in found), NOTHING)
