"""What a measured value says about the true one.

All bounds are two-sided, and so is `breached when proven at 95%`: each end fails once in 40 times. One end of the
two-sided interval at 90 % is a bound with 95 %; `one_sided` makes the one of the other. What was measured on everyone
is certain: with a `population` as large as the answers an interval is a single value.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from .distributions import binomial_at_most, bisected, two_sided_normal, two_sided_student
from .numbers import Number, certainty, require
from .planning import finite_population_factor, net_score_deviation, standard_error


class Bounds(NamedTuple):
    """The lowest and the highest true value that what was measured does not speak against."""

    low: float
    high: float

    @property
    def margin(self) -> float:
        """Half the width."""
        return (self.high - self.low) / 2


def one_sided(confidence: Number) -> float:
    """The two-sided confidence whose one end is a bound with this one-sided confidence; from 0.5 to 1, not included.

    0.95 gives 0.9.
    """
    require(0.5 < confidence < 1, "confidence in one bound lies between 0.5 and 1")
    return 2 * float(confidence) - 1


def share_interval(good: int, answers: int, *, confidence: Number = 0.95, population: int | None = None) -> Bounds:
    """Wilson's score interval of a share, within 0 to 1, of `good` among `answers`, of which there is at least one.

    (E. B. Wilson, 1927, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22; recommended by
    L. D. Brown, T. T. Cai and A. DasGupta, 2001, Interval Estimation for a Binomial Proportion, Statistical Science 16)
    """
    require(answers >= 1 and 0 <= good <= answers, "of at least one answer, from none to all are good")
    measured = good / answers
    worth = worth_of(answers, population)
    if worth == math.inf:
        return Bounds(measured, measured)
    errors = two_sided_normal(certainty(confidence, "confidence")) / math.sqrt(worth)
    shrunk = 1 + errors**2
    centre = (measured + errors**2 / 2) / shrunk
    half = errors * math.sqrt(measured * (1 - measured) + errors**2 / 4) / shrunk
    return Bounds(0.0 if good == 0 else centre - half, 1.0 if good == answers else centre + half)


def net_score_interval(
    promoters: int, detractors: int, answers: int, *, confidence: Number = 0.95, population: int | None = None
) -> Bounds:
    """The score interval of a net score, within -1 to 1, for judging what was measured on at least one answer.

    It asks of each score whether it explains the counts, with the spread that this score would have; so it holds
    where few are detractors, and Wald's does not. (T. Tango, 1998, Equivalence Test and Confidence Interval for the
    Difference in Proportions for the Paired-Sample Design, Statistics in Medicine 17)
    """
    require_counts(promoters, detractors, answers)
    worth = worth_of(answers, population)
    if worth == math.inf:
        score = (promoters - detractors) / answers
        return Bounds(score, score)
    errors = two_sided_normal(certainty(confidence, "confidence"))
    liked, disliked = promoters / answers, detractors / answers
    return Bounds(lowest_score(liked, disliked, worth, errors), -lowest_score(disliked, liked, worth, errors))


def planned_net_score_interval(
    promoters: Number, detractors: Number, answers: int, *, confidence: Number = 0.95
) -> Bounds:
    """The adjusted Wald interval of a net score, within -1 to 1: for planning from the shares of a small baseline.

    `promoters` and `detractors` are shares, together at most 1, of at least one answer. Three answers are added, 3/4
    to each side, so that a baseline without detractors does not promise a margin of nothing. (B. Rocks, 2016, Interval
    Estimation for the "Net Promoter Score", The American Statistician 70)
    """
    require(answers >= 1, "there is at least one answer")
    net_score_deviation(promoters, detractors)
    adjusted = answers + 3
    liked = (float(promoters) * answers + 0.75) / adjusted
    disliked = (float(detractors) * answers + 0.75) / adjusted
    errors = two_sided_normal(certainty(confidence, "confidence"))
    half = errors * net_score_deviation(liked, disliked) / math.sqrt(adjusted)
    return Bounds(max(-1.0, liked - disliked - half), min(1.0, liked - disliked + half))


def mean_interval(
    mean: Number, deviation: Number, answers: int, *, confidence: Number = 0.95, population: int | None = None
) -> Bounds:
    """Student's interval of a mean, in its unit; `deviation` is that of the answers, of which there are at least two.

    Not for long-tailed values such as durations on few answers. (Student, 1908, The Probable Error of a Mean,
    Biometrika 6)
    """
    require(answers >= 2, "one answer tells nothing of how far answers lie apart")
    error = standard_error(deviation, answers, population=population)
    half = two_sided_student(certainty(confidence, "confidence"), answers - 1) * error
    return Bounds(float(mean) - half, float(mean) + half)


class Ranks(NamedTuple):
    """Places in the measured values put in order, the smallest having rank 1; None where no value is far enough out."""

    low: int | None
    high: int | None


def percentile_ranks(answers: int, percentile: Number, *, confidence: Number = 0.95) -> Ranks:
    """The ranks of the measured values that bound a percentile from below and above, whatever the distribution.

    `percentile` is a share strictly between 0 and 1. Each bound fails with at most half of what confidence leaves
    open. (H. A. David and H. N. Nagaraja, 2003, Order Statistics, chapter 7; G. J. Hahn and W. Q. Meeker, 1991,
    Statistical Intervals, chapter 5)
    """
    require(answers >= 1, "there is at least one answer")
    quantile = certainty(percentile, "a percentile")
    open_at_each_end = (1 - certainty(confidence, "confidence")) / 2
    # A value of rank r is above the percentile if fewer than r values are below it; from the other end, likewise.
    low = largest_rank_below(quantile, answers, open_at_each_end)
    high = largest_rank_below(1 - quantile, answers, open_at_each_end)
    return Ranks(low or None, answers + 1 - high if high else None)


def no_failure_bound(trials: int, *, confidence: Number = 0.95) -> float:
    """The largest true share of failures, from 0 to 1, that `trials`, at least 1, without any do not speak against.

    One-sided and exact; about 3 / trials at 95 %. (J. A. Hanley and A. Lippman-Hand, 1983, If Nothing Goes Wrong, Is
    Everything All Right?, JAMA 249)
    """
    require(trials >= 1, "there is at least one trial")
    return -math.expm1(math.log1p(-certainty(confidence, "confidence")) / trials)


def rule_of_three(trials: int) -> float:
    """`no_failure_bound` at 95 %, as everyone can work it out: 3 / trials, and at most 1."""
    require(trials >= 1, "there is at least one trial")
    return min(1.0, 3 / trials)


def lowest_score(liked: float, disliked: float, worth: float, errors: float) -> float:
    """The lowest net score that lies within so many standard errors of the measured one."""
    measured = liked - disliked

    def too_low(score: float) -> bool:
        fewest = detractors_given(score, liked, disliked)
        variance = max(0.0, 2 * fewest + score * (1 - score))
        return measured - score > errors * math.sqrt(variance / worth)

    return bisected(too_low, -1.0, measured) if measured > -1 else -1.0


def detractors_given(score: float, liked: float, disliked: float) -> float:
    """The most likely share of detractors, given the counts, if the true net score were `score` (Tango's equation)."""
    linear = (2 - liked + disliked) * score - liked - disliked
    constant = -disliked * score * (1 - score)
    root = math.sqrt(max(0.0, linear * linear - 8 * constant))
    if linear <= 0:
        return (root - linear) / 4
    return -2 * constant / (root + linear)


def largest_rank_below(quantile: float, answers: int, chance: float) -> int:
    """The largest rank of a value that is above a quantile with at most this chance; 0 if there is none."""
    low, high = 0, answers + 1
    tolerated = chance * (1 + 1e-12)  # what is just kept may be computed a trace higher
    while high - low > 1:
        middle = (low + high) // 2
        if binomial_at_most(middle - 1, answers, quantile) <= tolerated:
            low = middle
        else:
            high = middle
    return low


def worth_of(answers: int, population: int | None) -> float:
    """How many answers from an endless population would tell as much."""
    factor = finite_population_factor(answers, population)
    return answers / factor**2 if factor else math.inf


def require_counts(promoters: int, detractors: int, answers: int) -> None:
    counted = promoters >= 0 and detractors >= 0 and promoters + detractors <= answers
    require(answers >= 1 and counted, "promoters and detractors are counts within at least one answer")
