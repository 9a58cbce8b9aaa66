"""A table of tiers as a drawing: a step for each row, from the lowest measured value to the highest.

It is not to scale, so that bounds that lie close together can be read. What it shows is also said in words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import nodes
from ..model.tiers import Tier, lower_order, scale, size, tables

if TYPE_CHECKING:
    from decimal import Decimal

    from .sentences import Writer

WIDTH, HEIGHT = 1180, 300
LEFT, RIGHT, TOP, BOTTOM = 150, 30, 40, 60
"""The size of a drawing in tenths of a millimetre, and how much of each side is for words."""

LETTER = 16
"""How wide a letter of a label is at most, in the same measure."""

MOST_STEPS = 8


class Mark(NamedTuple):
    """Words at a place of an axis."""

    words: str
    place: float


class Step(NamedTuple):
    """A stretch of values for which the same is due. An end that belongs to it is filled; one without end has none."""

    start: float
    end: float
    level: float
    start_end: str
    end_end: str


class TierDrawing(NamedTuple):
    """What the template draws."""

    title: str
    values: list[Mark]
    amounts: list[Mark]
    steps: list[Step]


def tier_drawing(paper: Writer, payment: nodes.Payment) -> TierDrawing | None:
    """The drawing of a payment's table; None where it is no simple row of steps, or too dense to be read."""
    found = list(tables(payment))
    if len(found) != 1:
        return None
    tiers = sorted(
        (tier for tier in found[0] if not tier.interval.empty), key=lambda tier: lower_order(tier.interval.lower)
    )
    bounds = sorted({end for tier in tiers for end in (tier.interval.low, tier.interval.high) if end is not None})
    worths = sorted({tier.worth for tier in tiers if tier.worth is not None})
    alike = len({scale(tier.result) for tier in tiers}) == 1 and all(tier.worth is not None for tier in tiers)
    apart = all(before.interval.common(after.interval).empty for before, after in pairwise(tiers))
    if not 2 <= len(tiers) <= MOST_STEPS or not alike or not apart or worths[0] < 0:
        return None
    across = (WIDTH - LEFT - RIGHT) / (len(bounds) + 1)
    said = said_bounds(paper, payment)
    values = [Mark(said[bound], LEFT + across * each) for each, bound in enumerate(bounds, 1) if bound in said]
    if any(len(mark.words) * LETTER > across for mark in values):
        return None

    def height(worth: Decimal) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(worth / worths[-1] if worths[-1] else 0), 1)

    steps = [step(tier, bounds, across, height(tier.worth)) for tier in tiers if tier.worth is not None]
    results = {tier.worth: plain(paper, tier.result) for tier in tiers}
    amounts = [Mark(words, height(worth)) for worth, words in results.items() if worth is not None]
    title = "; ".join(f"{plain(paper, band_of(tier))}: {plain(paper, tier.result)}" for tier in tiers)
    return TierDrawing(title, values, amounts, steps)


def by_lower_end(tier: Tier) -> tuple[bool, Decimal, bool]:
    return lower_order(tier.interval.lower)


def step(tier: Tier, bounds: list[Decimal], across: float, level: float) -> Step:
    interval = tier.interval

    def place(end: Decimal) -> float:
        return round(LEFT + across * (bounds.index(end) + 1), 1)

    return Step(
        LEFT if interval.low is None else place(interval.low),
        WIDTH - RIGHT if interval.high is None else place(interval.high),
        level,
        "none" if interval.low is None else "filled" if interval.low_closed else "hollow",
        "none" if interval.high is None else "filled" if interval.high_closed else "hollow",
    )


def band_of(tier: Tier) -> Any:
    """The cell of a row that says for which values it is."""
    return next(cell for cell in tier.row.cells[:-1] if isinstance(cell, nodes.Band) or cell == "otherwise")


def said_bounds(paper: Writer, payment: nodes.Payment) -> dict[Decimal, str]:
    """Each bound of a table as its rows say it."""
    bands = [cell for row in payment.rows for cell in row.cells if isinstance(cell, nodes.Band)]
    found = {size(bound.amount): plain(paper, bound.amount) for band in bands for bound in band.bounds}
    return {value: words for value, words in found.items() if value is not None}


def plain(paper: Writer, value: Any) -> str:
    return str(paper.say(value).striptags())
