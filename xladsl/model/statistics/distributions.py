"""The three distributions that the estimates rest on, to the precision of the machine."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SMALLEST = 1e-300  # stands in for a zero that would be divided by
MANY = 1e8  # the continued fraction takes as many steps as the root of this


def normal_below(value: float) -> float:
    """The chance, from 0 to 1, that a standard normal value lies below this one."""
    return math.erfc(-value / math.sqrt(2)) / 2


def normal_quantile(chance: float) -> float:
    """The value that a standard normal one lies below with this chance, which is strictly between 0 and 1.

    Starts from a rational approximation good to 0.00045 (M. Abramowitz and I. Stegun, 1964, Handbook of Mathematical
    Functions, 26.2.23) and takes Halley's steps, each of which triples the number of right digits.
    """
    if chance >= 0.5:
        return -normal_quantile(1 - chance) if chance > 0.5 else 0.0
    root = math.sqrt(-2 * math.log(chance))
    numerator = 2.515517 + root * (0.802853 + root * 0.010328)
    denominator = 1 + root * (1.432788 + root * (0.189269 + root * 0.001308))
    value = numerator / denominator - root
    for _ in range(3):
        density = math.exp(-value * value / 2) / math.sqrt(2 * math.pi)
        step = (normal_below(value) - chance) / density
        value -= step / (1 + value * step / 2)
    return value


def two_sided_normal(confidence: float) -> float:
    """How many standard errors to either side hold a normal value with this confidence: 1.96 for 95 %."""
    return -normal_quantile((1 - confidence) / 2)


@lru_cache(maxsize=1024)  # a simulation asks it of the same samples for each case
def two_sided_student(confidence: float, degrees: float) -> float:
    """How many estimated standard errors to either side hold the mean, when its deviation is estimated too.

    `degrees` of freedom is the number of answers less one, at least 1. (Student, 1908, The Probable Error of a Mean)
    """
    outside = 1 - confidence

    def tail(distance: float) -> float:
        square = distance * distance
        return incomplete_beta(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square))

    furthest = 1.0
    while tail(furthest) > outside:
        furthest *= 2
    return bisected(lambda distance: tail(distance) > outside, 0.0, furthest)


def binomial_at_most(successes: int, trials: int, chance: float) -> float:
    """The chance of at most so many successes in independent trials, each of which succeeds with `chance`.

    To the precision of the machine, or, for so many trials that this would take long, to eight decimals.
    """
    if successes < 0:
        return 0.0
    if successes >= trials:
        return 1.0
    variance = trials * chance * (1 - chance)
    if variance > MANY:
        return nearly_normal_below(successes + 0.5 - trials * chance, math.sqrt(variance), 1 - 2 * chance)
    return incomplete_beta(trials - successes, successes + 1, 1 - chance, chance)


def nearly_normal_below(excess: float, deviation: float, asymmetry: float) -> float:
    """The chance of a binomial value no more in excess of its mean: normal, and the first term for its skewness.

    (W. Feller, 1971, An Introduction to Probability Theory and Its Applications, volume 2, chapter XVI)
    """
    value = excess / deviation
    density = math.exp(-value * value / 2) / math.sqrt(2 * math.pi)
    return min(1.0, max(0.0, normal_below(value) - asymmetry / deviation * (value * value - 1) / 6 * density))


def incomplete_beta(first: float, second: float, value: float, rest: float) -> float:
    """The regularised incomplete beta function of positive parameters at `value`, where `rest` is 1 - `value`.

    The rest is asked for because near 1 a difference would have lost its digits. (NIST Digital Library of Mathematical
    Functions, 8.17.22, evaluated forwards by the method of W. J. Lentz, 1976)
    """
    if value <= 0 or rest <= 0:
        return 0.0 if value <= 0 else 1.0
    if value * (first + second + 2) > first + 1:  # where the other fraction converges faster
        return 1 - incomplete_beta_fraction(second, first, rest, value)
    return incomplete_beta_fraction(first, second, value, rest)


def incomplete_beta_fraction(first: float, second: float, value: float, rest: float) -> float:
    above, below = 1.0, 1 / nonzero(1 - (first + second) * value / (first + 1))
    fraction, step = below, 0
    change = 0.0
    while abs(change - 1) > 1e-15:
        step += 1
        end = first + 2 * step
        for term in (
            step * (second - step) * value / ((end - 1) * end),
            -(first + step) * (first + second + step) * value / (end * (end + 1)),
        ):
            below = 1 / nonzero(1 + term * below)
            above = nonzero(1 + term / above)
            change = above * below
            fraction *= change
    return beta_power(first, second, value, rest) / first * fraction


def beta_power(first: float, second: float, value: float, rest: float) -> float:
    """value^first rest^second / B(first, second), without taking large logarithms from one another.

    The logarithms are taken relative to the peak at first / (first + second); what Stirling's formula leaves out is
    added by itself. (C. Loader, 2000, Fast and Accurate Computation of Binomial Probabilities)
    """
    whole = first + second
    off_peak = value * second - rest * first  # (value - peak) * whole
    logarithm = first * logarithm_near_one(off_peak / first, value * (whole / first))
    logarithm += second * logarithm_near_one(-off_peak / second, rest * (whole / second))
    correction = stirling_rest(whole) - stirling_rest(first) - stirling_rest(second)
    return math.sqrt(first / whole * second / (2 * math.pi)) * math.exp(logarithm + correction)


def logarithm_near_one(excess: float, value: float) -> float:
    """The logarithm of a value, from what it has in excess of 1 where that says it more exactly."""
    return math.log1p(excess) if abs(excess) < 0.5 else math.log(value)


def stirling_rest(value: float) -> float:
    """What Stirling's formula leaves out of the logarithm of the gamma function."""
    if value < 15:
        return math.lgamma(value) - (value - 0.5) * math.log(value) + value - math.log(2 * math.pi) / 2
    square = value * value
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / value


def bisected(lower_side: Callable[[float], bool], low: float, high: float) -> float:
    """The place between two where a condition that holds below it ceases to hold, to the last digit."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if lower_side(middle) else (low, middle)
    return middle


def nonzero(value: float) -> float:
    return value if abs(value) > SMALLEST else SMALLEST
