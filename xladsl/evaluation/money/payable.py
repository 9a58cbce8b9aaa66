"""What makes up the total that each party is owed, of all that was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model import nodes
from ...model.units import SERVICE_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...model.contract import Contract
    from ..results import Paid

PAYABLE = ("due", "claimed")
"""What is owed as it stands; what must be claimed and is not yet is owed once somebody claims it."""


def payable(contract: Contract, payments: Iterable[Paid]) -> list[Paid]:
    """Of all that was settled what makes up the total: no points, and no money that a combination told here holds.

    A combination holds what its payments come to in its own time; what lies outside of it, such as the month after the
    quarter, stands for itself. Days of service are given beside it.
    """
    settled = list(payments)
    parts = {each.name: {part.name for part in each.combines} for each in contract.every(nodes.Combination)}
    combined = [each for each in settled if each.payment in parts]
    apart = {scheme.name for scheme in contract.every(nodes.PointsScheme)}

    def is_held(paid: Paid) -> bool:
        return paid.unit != SERVICE_DAYS and any(
            paid.payment in parts[each.payment] and each.start <= paid.start and paid.end <= each.end
            for each in combined
        )

    due = [each for each in settled if each.status in PAYABLE and each.payment not in apart]
    return [each for each in due if not is_held(each)]
