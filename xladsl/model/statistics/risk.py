"""How often chance alone breaks a promise that is kept, and what small numbers of events make of a level."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from .distributions import binomial_at_most, normal_below, normal_quantile
from .numbers import Exact, Number, certainty, exact_share, not_negative, require, share

if TYPE_CHECKING:
    from collections.abc import Iterable


def false_breach_chance(standard_errors: Number) -> float:
    """The chance, from 0 to 1, that a window misses its level while the true value is so many standard errors better.

    0 is a coin flip, 1 is 15.9 %; a true value that is worse than the level has a negative number. A decision that
    asks for proof, or leaves a band, adds to the number what it asks for: 1.96 for proof at 95 %, whose interval is
    two-sided. (Joint Committee for Guides in Metrology, 2012, JCGM 106: The Role of Measurement Uncertainty in
    Conformity Assessment)
    """
    return normal_below(-float(standard_errors))


def false_breach_chance_of_counts(events: int, level: Exact, truth: Number, *, level_meets: bool = True) -> float:
    """The chance, from 0 to 1, that a window of so many independent events misses its level; exact.

    `level` is the share of good events promised, `truth` the share that is truly good; `level_meets` is false for a
    promise of `above` the level. No events miss nothing.
    """
    good = share(truth, "the true share")
    if events == 0:
        return 0.0
    enough = events - allowed_misses(events, level, level_meets=level_meets)
    return binomial_at_most(enough - 1, events, good)


def allowed_misses(events: int, level: Exact, *, level_meets: bool = True) -> int:
    """How many of so many events, at least 1, may miss while the share of good ones still keeps the level.

    `level_meets` is false for a promise of `above` the level; -1 if then even no miss is not enough.
    """
    require(events >= 1, "there is at least one event")
    misses = events * (1 - exact_share(level, "a level"))
    return math.floor(misses) if level_meets else math.ceil(misses) - 1


def smallest_step(events: int) -> Fraction:
    """By how much one event, of at least 1, moves a share: a hundredth for 100 events."""
    require(events >= 1, "there is at least one event")
    return Fraction(1, events)


def guard_band(standard_error: Number, *, confidence: Number = 0.95) -> float:
    """How far inside a level one has to aim, in the unit of the error, to keep it with this chance in each window.

    `confidence` is one-sided, since only too low a value harms, and lies from 0.5 to below 1. (Joint Committee for
    Guides in Metrology, 2012, JCGM 106)
    """
    require(confidence >= 0.5, "to keep a level less often than not is no aim")
    return normal_quantile(certainty(confidence, "confidence")) * float(
        not_negative(standard_error, "a standard error")
    )


class Repetition(NamedTuple):
    """The chance, from 0 to 1, that something happens at least once, and how often it is to be expected."""

    at_least_once: float
    expected: float


def repeated(chance: Number, times: int) -> Repetition:
    """What a chance comes to over so many independent windows and measures, at least 0: over a year, 12 months."""
    require(times >= 0, "nothing is repeated fewer than 0 times")
    each = share(chance, "a chance")
    never = times * math.log1p(-each) if each < 1 else -math.inf
    return Repetition(-math.expm1(never) if times else 0.0, times * each)


def together(chances: Iterable[Number]) -> Repetition:
    """What several independent chances come to. (Z. Šidák, 1967, Rectangular Confidence Regions, JASA 62)"""
    each = [share(chance, "a chance") for chance in chances]
    never = math.fsum(math.log1p(-chance) if chance < 1 else -math.inf for chance in each)
    return Repetition(-math.expm1(never), math.fsum(each))
