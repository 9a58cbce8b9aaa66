"""The interval of a value that was measured on some and is held to be true of all."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from math import sqrt

from ...model.statistics import intervals
from ..results import Bounds, Spread

FINEST = Decimal("1e-9")


def bounds(spread: Spread, confidence: Fraction, population: int | None = None) -> Bounds | None:
    """The ends of the two-sided interval with this confidence, a share of one, in the canonical unit of the value.

    None for no answers, an open end where too few were given. With a `population` smaller than the answers there must
    have been more people than were said, and it is not made use of.
    """
    if spread.answers < 1:
        return None
    people = population if population is not None and population >= spread.answers else None
    return METHODS[spread.kind](spread, confidence, people)


def of_share(spread: Spread, confidence: Fraction, population: int | None) -> Bounds:
    good = int(spread.figures[0])
    found = intervals.share_interval(good, spread.answers, confidence=confidence, population=population)
    return rounded(found, confidence, "Wilson's score interval")


def of_mean(spread: Spread, confidence: Fraction, population: int | None) -> Bounds:
    method = "Student's interval"
    if spread.answers < 2:
        return Bounds(None, None, confidence, method)
    total, squares = spread.figures[0], spread.figures[1]
    variance = (squares - total * total / spread.answers) / (spread.answers - 1)
    mean = total / spread.answers
    found = intervals.mean_interval(mean, sqrt(variance), spread.answers, confidence=confidence, population=population)
    return rounded(found, confidence, method)


def of_net_score(spread: Spread, confidence: Fraction, population: int | None) -> Bounds:
    promoters, detractors = int(spread.figures[0]), int(spread.figures[1])
    found = intervals.net_score_interval(
        promoters, detractors, spread.answers, confidence=confidence, population=population
    )
    return rounded(found, confidence, "score interval", 100)


def of_percentile(spread: Spread, confidence: Fraction, population: int | None) -> Bounds:  # noqa: ARG001  # as others
    rank = spread.figures[0] / 100
    ranks = intervals.percentile_ranks(spread.answers, rank, confidence=confidence)
    ends = [at_rank(spread, each) for each in ranks]
    return Bounds(ends[0], ends[1], confidence, "interval of ranks")


def at_rank(spread: Spread, rank: int | None) -> Fraction | None:
    """The value of a rank, the smallest having rank 1."""
    before = 0
    for value, times in sorted(spread.histogram):
        before += times
        if rank is not None and before >= rank:
            return value
    return None


def rounded(found: intervals.Bounds, confidence: Fraction, method: str, scale: int = 1) -> Bounds:
    low, high = (Fraction(Decimal(end * scale).quantize(FINEST, ROUND_HALF_EVEN)) for end in (found.low, found.high))
    return Bounds(low, high, confidence, method)


METHODS = {"share": of_share, "mean": of_mean, "net score": of_net_score, "percentile": of_percentile}
