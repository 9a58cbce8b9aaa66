"""Whether an improvement can be told from chance.

`power` is the chance that a true change shows; 80 % is usual. Below it, a promise to improve is decided by luck.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .distributions import normal_below, normal_quantile, two_sided_normal
from .numbers import Number, certainty, not_negative, positive, require, share
from .planning import share_deviation, standard_error

if TYPE_CHECKING:
    from collections.abc import Sequence


class Sample(NamedTuple):
    """The standard deviation of one answer, and how many there are; None where the value is known without sampling."""

    deviation: Number
    answers: int | None


def answers_to_tell_shares(before: Number, after: Number, *, confidence: Number = 0.95, power: Number = 0.8) -> int:
    """The answers needed each time to tell one true share from another, which differs: 686 for 85 and 90 %.

    (J. L. Fleiss, B. Levin and M. C. Paik, 2003, Statistical Methods for Rates and Proportions, chapter 4, without
    the correction for continuity)
    """
    one, other = share(before, "the baseline"), share(after, "the target")
    require(one != other, "shares that can be told apart differ")
    if_same = math.sqrt(2) * share_deviation((one + other) / 2)
    if_different = math.hypot(share_deviation(one), share_deviation(other))
    errors = two_sided_normal(certainty(confidence, "confidence")), normal_quantile(certainty(power, "power"))
    apart = Fraction(max(0.0, errors[0] * if_same + errors[1] * if_different)) / Fraction(other - one)
    return max(1, math.ceil(apart**2))


def answers_to_tell_means(
    deviation: Number, difference: Number, *, confidence: Number = 0.95, power: Number = 0.8
) -> int:
    """The answers needed each time to tell two means that differ; `deviation` of one answer is in the same unit.

    (J. Cohen, 1988, Statistical Power Analysis for the Behavioral Sciences, chapter 2, in the normal approximation)
    """
    return max(1, math.ceil(answers_to_tell(deviation, deviation, difference, confidence, power)))


def answers_to_tell_net_scores(
    before: Number, after: Number, difference: Number, *, confidence: Number = 0.95, power: Number = 0.8
) -> int:
    """The answers needed each time to tell two net scores; `before` and `after` are the deviations of one answer.

    Of the planned number, three stand for those that the adjusted Wald interval adds. (J. Sauro and J. R. Lewis, 2016,
    Quantifying the User Experience, chapter 7; B. Rocks, 2016, Interval Estimation for the "Net Promoter Score")
    """
    return max(1, math.ceil(answers_to_tell(before, after, difference, confidence, power) - 3))


def chance_to_tell(difference: Number, before: Sample, after: Sample, *, confidence: Number = 0.95) -> float:
    """The power: the chance, from 1 - confidence to 1, that a true `difference` of two values shows.

    For samples whose sizes are given, such as a baseline of 310 answers and windows of 90. At least one of the values
    is sampled. (J. Cohen, 1988, Statistical Power Analysis for the Behavioral Sciences, chapter 2)
    """
    errors = two_sided_normal(certainty(confidence, "confidence"))
    error = error_of_difference(before, after)
    if error == 0:
        return 1.0 if difference else 1 - float(confidence)
    apart = abs(float(difference)) / error
    return normal_below(apart - errors) + normal_below(-apart - errors)


def smallest_visible_difference(
    before: Sample, after: Sample, *, confidence: Number = 0.95, power: Number = 0.8
) -> float:
    """The smallest true difference, in the unit of the deviations, that shows with the chance `power`."""
    errors = two_sided_normal(certainty(confidence, "confidence")) + normal_quantile(certainty(power, "power"))
    return max(0.0, errors) * error_of_difference(before, after)


class RampPower(NamedTuple):
    """The chance that each step of a ramp shows against the one before, and that the last shows against the first."""

    steps: tuple[float, ...]
    whole: float


def ramp_power(levels: Sequence[Number], deviation: Number, answers: int, *, confidence: Number = 0.95) -> RampPower:
    """Whether a provider who follows a ramp exactly can be seen to; `levels`, at least two, are in order of time.

    `deviation` is that of one answer, in the unit of the levels, and `answers` are those of each window.
    """
    require(len(levels) >= 2, "a ramp has at least two levels")
    heights = [Fraction(level) for level in levels]
    window = Sample(deviation, answers)
    *steps, whole = (
        chance_to_tell(after - before, window, window, confidence=confidence)
        for before, after in (*pairwise(heights), (heights[0], heights[-1]))
    )
    return RampPower(tuple(steps), whole)


def answers_to_tell(before: Number, after: Number, difference: Number, confidence: Number, power: Number) -> Fraction:
    """The answers needed each time, not yet rounded up."""
    spread = not_negative(before, "a deviation") ** 2 + not_negative(after, "a deviation") ** 2
    apart = positive(abs(Fraction(difference)), "the difference")
    errors = two_sided_normal(certainty(confidence, "confidence")) + normal_quantile(certainty(power, "power"))
    return (Fraction(max(0.0, errors)) / apart) ** 2 * spread


def error_of_difference(before: Sample, after: Sample) -> float:
    """The standard error of the difference between two values, of which what is known without sampling adds none."""
    errors = [
        standard_error(sample.deviation, sample.answers) for sample in (before, after) if sample.answers is not None
    ]
    require(len(errors) > 0, "of two values known without sampling, any difference shows")
    return math.hypot(*errors)
