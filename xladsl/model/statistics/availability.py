"""Time that may be lost, what probes can see of it, and what chains and exclusions leave of a promise; all exact.

Within its window availability is counted in full, not sampled: it has no margin, but it has a resolution. Lengths of
time are all in one unit, of the caller's choice.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from .numbers import Exact, exact_share, not_negative, positive, require

if TYPE_CHECKING:
    from collections.abc import Iterable

SENSIBLE_SAMPLES = 10
"""With as many probes in a downtime budget, one that fails by accident is a tenth of it."""

FEWEST_SAMPLES = 2
"""With fewer probes in a downtime budget, a single one that fails is a breach."""


def downtime_budget(level: Exact, window: Exact) -> Fraction:
    """How much of a window may be lost; `level` is a share from 0 to 1. 99.99 % of 30 days leave 4.32 minutes.

    (B. Beyer and others, 2016, Site Reliability Engineering, chapter 3: the error budget)
    """
    return (1 - exact_share(level, "a level")) * positive(window, "a window")


def samples_in_budget(budget: Exact, interval: Exact) -> Fraction:
    """How many probes fit into a downtime budget; to be held against `FEWEST_SAMPLES` and `SENSIBLE_SAMPLES`."""
    return not_negative(budget, "a budget") / positive(interval, "an interval")


def longest_interval(budget: Exact, *, samples: int = SENSIBLE_SAMPLES) -> Fraction:
    """The longest time between probes of which so many, at least 1, still fit into a downtime budget."""
    require(samples >= 1, "a budget holds at least one probe")
    return not_negative(budget, "a budget") / samples


def weight_of_one_probe(interval: Exact, window: Exact) -> Fraction:
    """The share of a window that one probe stands for: 0.0116 % for one every 5 minutes of 30 days."""
    weight = positive(interval, "an interval") / positive(window, "a window")
    require(weight <= 1, "an interval is no longer than the window")
    return weight


def chain_availability(levels: Iterable[Exact]) -> Fraction:
    """The share of time in which services that all must be up are up together, if they fail independently.

    (R. E. Barlow and F. Proschan, 1975, Statistical Theory of Reliability and Life Testing, chapter 2)
    """
    return math.prod((exact_share(level, "a level") for level in levels), start=Fraction(1))


def effective_promise(level: Exact, window: Exact, left_out: Exact) -> Fraction:
    """The share of the whole window that is certain, when up to `left_out` of it does not count.

    99.9 % with 4 hours of planned work in 30 days is 99.345 %. `left_out` is at least 0; where it reaches the window,
    nothing is promised.
    """
    whole = positive(window, "a window")
    counted = max(Fraction(0), whole - not_negative(left_out, "what is left out"))
    return exact_share(level, "a level") * counted / whole
