"""Payments in many years at once, and caps over a longer time than a payment's own window.

What such a cap leaves depends on all that was paid before, which is different in nearly every year: it is worked out on
sums, and not case by case.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from ..evaluation.money.caps import reach, rounded
from ..evaluation.money.due import UNDECIDED
from ..evaluation.money.meetings import alone, is_money
from ..evaluation.money.stages import amount_of_cap, rounds_total
from ..evaluation.money.subjects import Entry, windows_in, zone_of
from ..evaluation.money.worth import base_of
from ..evaluation.scope import EVERYONE, Scope
from ..model import nodes, units
from .supposing import Amount, Settled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..evaluation.assessment import Assessment
    from ..evaluation.instants.windows import Window
    from .chunks import Chunk
    from .supposing import Supposition

DECIMALS = 6
"""Sums of floats are cut to so many, which undoes what floats add."""


def worth(amount: Amount) -> float:
    return float(amount.amount)


def amounts(chunk: Chunk, payment: nodes.Payment, window: Window) -> Any:
    """What a payment comes to in a window, in each year."""
    return chunk.column(Settled(payment.name, window)).numbers(worth)


def is_capped_over_time(rest: Assessment, payment: nodes.Payment, window: Window) -> bool:
    """Whether a cap looks at earlier windows. Points, and payments that meet others, are worked out case by case."""
    if isinstance(payment, nodes.PointsScheme) or payment.combines is not None or payment.group_by:
        return False
    zone = zone_of(rest, payment)
    return any(reach(rest, cap.each, window, zone)[1] is not None for cap in payment.cap)


def capped_over_time(chunk: Chunk, payment: nodes.Payment, window: Window) -> Any:
    """What the caps of a payment leave in a window, in each year."""
    entry = Entry(payment, window, EVERYONE)
    total = chunk.asked(
        ("alone", payment.name), lambda supposed: by_itself(supposed, entry), window, payment.name
    ).numbers(worth)
    return under_caps(chunk, entry, payment.cap, total)


def by_itself(supposed: Supposition, entry: Entry) -> Amount:
    """What a payment is before its caps."""
    found = alone(supposed, entry)
    return Amount(found.amount, found.status == UNDECIDED)


def under_caps(chunk: Chunk, entry: Entry, caps: Iterable[nodes.CapRule], total: Any) -> Any:
    """What caps leave of an amount, in each year; then the smallest amount, and rounding."""
    rest, payment = chunk.learnt.setting.at_rest, entry.payment
    for cap in caps:
        total = np.minimum(total, room_under(chunk, entry, cap))
    smallest = payment.smallest
    if smallest is not None:
        limit = float(smallest.amount.amount)
        total = np.where(total > limit if smallest.kind == "only above" else total >= limit, total, 0.0)
    rounds = is_money(rest, payment) and not rounds_total(rest)
    return in_steps(total, rest.contract.agreement.rounding if rounds else None)


def room_under(chunk: Chunk, entry: Entry, cap: nodes.CapRule) -> Any:
    """What a cap allows in a window, after what was paid in the time that it looks at."""
    rest = chunk.learnt.setting.at_rest
    payment, window, _ = entry

    def ask(supposed: Supposition) -> Amount:
        base = base_of(supposed, entry)
        most = amount_of_cap(supposed, cap.amount, Scope(window), base, units.given_in(payment))
        return Amount(Fraction(0), undecided=True) if most is None else Amount(most)

    most = chunk.asked(("cap", payment.name, id(cap)), ask, window, payment.name).numbers(worth)
    number, since = reach(rest, cap.each, window, zone_of(rest, payment))
    if since is None:
        return most * number
    earlier = [each for each in windows_in(rest, payment, since, window.end) if (each.end, each) < (window.end, window)]
    paid = sum((amounts(chunk, payment, each) for each in earlier), np.float64(0))
    return np.maximum(most - paid, 0.0)


def in_steps(amount: Any, rule: nodes.Rounding | None) -> Any:
    """Amounts after rounding, each different one rounded exactly."""
    if rule is None:
        return amount
    different, places = np.unique(np.round(amount, DECIMALS), return_inverse=True)
    exact = [float(rounded(Fraction(str(each)), rule)) for each in different.tolist()]
    return np.array(exact)[places].reshape(np.shape(amount))
