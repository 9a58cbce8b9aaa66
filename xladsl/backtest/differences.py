"""Two versions of an agreement on the same data: which verdicts differ, and what it comes to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluation.money.payable import PAYABLE
from ..statements.record import amount_of

if TYPE_CHECKING:
    from collections.abc import Iterable

Record = dict[str, Any]


class Changed(NamedTuple):
    """A verdict that is not the same; None on a side that has none in that window."""

    promise: str
    window: str
    group: str
    draft: Record | None
    against: Record | None


def verdicts(draft: Record, against: Record) -> list[Changed]:
    """The verdicts of two results that differ, in the order of the draft; promises are the same if their names are."""
    ours, theirs = by_place(draft["judgements"]), by_place(against["judgements"])
    found = []
    for place in {**ours, **theirs}:
        one, other = ours.get(place), theirs.get(place)
        if (one and one["verdict"]) != (other and other["verdict"]):
            said = one or other
            assert said is not None
            found.append(Changed(said["promise"], said["window"], said.get("group", ""), one, other))
    return found


def by_place(judgements: Iterable[Record]) -> dict[tuple[str, str, str, str], Record]:
    return {(each["promise"], each["start"], each["end"], each.get("group", "")): each for each in judgements}


Sums = dict[tuple[str, str], Fraction]
"""By the name of a payment or of a party, and the unit."""


def sums_by_payment(result: Record) -> Sums:
    """What each payment came to over the whole period, whether by itself or within a combination."""
    found: Sums = {}
    for paid in result["payments"]:
        if paid["status"] in PAYABLE and amount_of(paid["amount"]):
            key = paid["payment"], paid["unit"]
            found[key] = found.get(key, Fraction(0)) + amount_of(paid["amount"])
    return found


def sums_by_party(totals: Iterable[Record]) -> Sums:
    return {(each["paid_to"], each["unit"]): amount_of(each["amount"]) for each in totals}
