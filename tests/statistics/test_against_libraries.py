"""The closed forms say what the large libraries say, and what the definitions say when followed word by word."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy
import pytest
from scipy import optimize, stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_confint, samplesize_proportions_2indep_onetail

from xladsl.model.statistics.distributions import (
    binomial_at_most,
    incomplete_beta,
    normal_below,
    normal_quantile,
    two_sided_student,
)
from xladsl.model.statistics.intervals import (
    mean_interval,
    net_score_interval,
    no_failure_bound,
    percentile_ranks,
    planned_net_score_interval,
    share_interval,
)
from xladsl.model.statistics.planning import finite_population_factor, net_score_deviation
from xladsl.model.statistics.power import Sample, answers_to_tell_means, answers_to_tell_shares, chance_to_tell
from xladsl.model.statistics.risk import false_breach_chance_of_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIDENCES = [0.5, 0.8, 0.9, 0.95, 0.99, 0.9999]


@pytest.mark.parametrize("chance", [1e-300, 1e-50, 1e-10, 1e-4, 0.025, 0.3, 0.5, 0.50001, 0.8, 0.975, 0.999, 1 - 1e-12])
def test_normal_quantile(chance: float) -> None:
    assert normal_quantile(chance) == pytest.approx(stats.norm.ppf(chance), rel=5e-15, abs=1e-16)
    assert normal_below(normal_quantile(chance)) == pytest.approx(chance, rel=1e-12)


@pytest.mark.parametrize("degrees", [1, 2, 9, 61, 1000, 10**6])
@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_student(confidence: float, degrees: int) -> None:
    assert two_sided_student(confidence, degrees) == pytest.approx(
        stats.t.isf((1 - confidence) / 2, degrees), rel=1e-11
    )


@pytest.mark.parametrize("trials", [1, 2, 10, 50, 400, 43_200, 1_000_000])
@pytest.mark.parametrize("chance", [1e-20, 1e-6, 0.03, 0.25, 0.5, 0.95, 0.9999])
def test_binomial(trials: int, chance: float) -> None:
    middle, spread = trials * chance, math.sqrt(trials * chance * (1 - chance))
    for successes in sorted({int(middle + step * spread) for step in (-6, -2, -1, 0, 1, 2, 6)} | {0, trials - 1}):
        expected = stats.binom.cdf(successes, trials, chance)
        assert binomial_at_most(successes, trials, chance) == pytest.approx(expected, rel=2e-11, abs=1e-290)


@pytest.mark.parametrize(("trials", "chance"), [(10**9, 0.3), (10**13, 0.97), (10**15, 0.5)])
def test_binomial_of_very_many(trials: int, chance: float) -> None:
    mean, spread = trials * chance, math.sqrt(trials * chance * (1 - chance))
    for errors in (-3, -1, 0, 0.5, 2):
        successes = int(mean + errors * spread)
        expected = stats.binom.cdf(successes, trials, chance)
        assert binomial_at_most(successes, trials, chance) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("first", [0.5, 1, 3.5, 40, 2000])
@pytest.mark.parametrize("second", [0.5, 2, 17.5, 900])
def test_incomplete_beta(first: float, second: float) -> None:
    for value in (1e-12, 0.001, 0.2, 0.5, 0.7, 0.999):
        expected = stats.beta.cdf(value, first, second)
        assert incomplete_beta(first, second, value, 1 - value) == pytest.approx(expected, rel=1e-11, abs=1e-290)


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_wilson(confidence: float) -> None:
    for answers in (1, 2, 7, 20, 500, 100_000):
        for good in {0, 1, answers // 3, answers // 2, answers - 1, answers}:
            expected = proportion_confint(good, answers, alpha=1 - confidence, method="wilson")
            assert share_interval(good, answers, confidence=confidence) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("trials", [1, 12, 300, 10_000])
def test_no_failure_is_the_end_of_the_exact_interval(trials: int) -> None:
    _, expected = proportion_confint(0, trials, alpha=0.10, method="beta")
    assert no_failure_bound(trials) == pytest.approx(expected, rel=1e-12)


def test_mean() -> None:
    answers = numpy.random.default_rng(7).integers(1, 8, size=30)
    deviation = float(answers.std(ddof=1))
    expected = stats.t.interval(0.95, 29, loc=answers.mean(), scale=stats.sem(answers))
    assert mean_interval(float(answers.mean()), deviation, 30) == pytest.approx(expected, rel=1e-12)


SCORES = [
    (1, 0, 1),
    (0, 0, 5),
    (3, 0, 3),
    (0, 4, 4),
    (10, 3, 20),
    (1, 7, 21),
    (40, 20, 160),
    (85, 5, 100),
    (0, 1, 900),
    (5000, 500, 10_000),
]


@pytest.mark.parametrize(("promoters", "detractors", "answers"), SCORES)
def test_net_score_solves_the_quartic(promoters: int, detractors: int, answers: int) -> None:
    """Z. Yang, X. Sun and J. W. Hardin, 2013, A Non-Iterative Implementation of Tango's Score Confidence Interval."""
    z_square = stats.norm.ppf(0.975) ** 2
    n, gap, sided = answers, promoters - detractors, promoters + detractors
    quartic = [
        n**2 * (n / z_square + 1) ** 2,
        -n * gap * (n / z_square + 1) * (4 * n / z_square + 1),
        2 * n * gap**2 * (3 * n / z_square + 2) / z_square - n**2 * (sided / z_square + 1),
        n * gap * (2 * sided / z_square + 1) - gap**3 * (4 * n / z_square + 1) / z_square,
        gap**2 * (gap**2 / z_square - sided) / z_square,
    ]
    for bound in net_score_interval(promoters, detractors, answers):
        largest = max(
            abs(coefficient * bound**power) for power, coefficient in zip(range(4, -1, -1), quartic, strict=True)
        )
        assert abs(numpy.polyval(quartic, bound)) < 1e-12 * max(largest, 1)


@pytest.mark.parametrize(("promoters", "detractors", "answers"), [(10, 3, 20), (85, 5, 100), (5000, 500, 10_000)])
def test_net_score_is_where_the_score_statistic_is_critical(promoters: int, detractors: int, answers: int) -> None:
    """The most likely shares under each score are searched for, not worked out."""
    neutral = answers - promoters - detractors

    def statistic(score: float) -> float:
        def unlikelihood(low: float) -> float:
            chances = (low + score, low, 1 - 2 * low - score)
            return -sum(
                count * math.log(chance)
                for count, chance in zip((promoters, detractors, neutral), chances, strict=True)
            )

        edge = 1e-12
        found = optimize.minimize_scalar(
            unlikelihood,
            bounds=(max(0.0, -score) + edge, (1 - score) / 2 - edge),
            method="bounded",
            options={"xatol": 1e-12},
        )
        variance = (2 * found.x + score - score**2) / answers
        return ((promoters - detractors) / answers - score) / math.sqrt(variance)

    low, high = net_score_interval(promoters, detractors, answers)
    assert statistic(low) == pytest.approx(1.959964, abs=1e-5)
    assert statistic(high) == pytest.approx(-1.959964, abs=1e-5)


def test_planned_net_score_adds_three_answers() -> None:
    answers = numpy.repeat([1, 0, -1], [400 + 3, 60 + 6, 20 + 3])  # four times the counts, so that 3/4 is whole
    half = stats.norm.ppf(0.975) * answers.std() / math.sqrt(len(answers) / 4)
    expected = (answers.mean() - half, answers.mean() + half)
    assert planned_net_score_interval(100 / 120, 5 / 120, 120) == pytest.approx(expected, rel=1e-12)


def test_deviation_of_a_net_score() -> None:
    assert net_score_deviation(0.5, 0.2) == pytest.approx(numpy.repeat([1, 0, -1], [5, 3, 2]).std(), rel=1e-14)


def test_finite_population() -> None:
    drawn = stats.hypergeom(80, 32, 60).std()
    with_return = stats.binom(60, 0.4).std()
    assert finite_population_factor(60, 80) == pytest.approx(drawn / with_return, rel=1e-12)


def every_pair_of_ranks(answers: int, percentile: float, open_at_each_end: float) -> Iterator[int | None]:
    below = stats.binom(answers, percentile)
    ranks = range(1, answers + 1)
    yield max((rank for rank in ranks if below.cdf(rank - 1) <= open_at_each_end), default=None)
    yield min((rank for rank in ranks if below.sf(rank - 1) <= open_at_each_end), default=None)


@pytest.mark.parametrize("answers", [1, 5, 20, 59, 100, 300])
@pytest.mark.parametrize("percentile", [0.05, 0.5, 0.9, 0.95, 0.99])
@pytest.mark.parametrize("confidence", [0.8, 0.9, 0.95, 0.99])
def test_percentile_ranks(answers: int, percentile: float, confidence: float) -> None:
    expected = tuple(every_pair_of_ranks(answers, percentile, (1 - confidence) / 2 + 1e-13))
    assert percentile_ranks(answers, percentile, confidence=confidence) == expected


@pytest.mark.parametrize(("answers", "percentile"), [(100, 0.5), (1000, 0.95), (400, 0.9)])
def test_percentile_ranks_of_the_library(answers: int, percentile: float) -> None:
    test = stats.quantile_test(numpy.arange(1, answers + 1), q=0, p=percentile)
    assert percentile_ranks(answers, percentile) == tuple(test.confidence_interval(0.95))


@pytest.mark.parametrize(("before", "after"), [(0.85, 0.90), (0.5, 0.51), (0.2, 0.9), (0.99, 0.999)])
@pytest.mark.parametrize("power", [0.5, 0.8, 0.95])
def test_answers_to_tell_shares(before: float, after: float, power: float) -> None:
    expected = samplesize_proportions_2indep_onetail(after - before, before, power, alpha=0.05)
    assert answers_to_tell_shares(before, after, power=power) == math.ceil(float(expected))


@pytest.mark.parametrize("difference", [1, 5, 12])
def test_answers_to_tell_means(difference: float) -> None:
    expected = NormalIndPower().solve_power(difference / 20, power=0.8, alpha=0.05)
    assert answers_to_tell_means(20, difference) == math.ceil(expected)


@pytest.mark.parametrize("difference", [0, 0.5, 5])
def test_chance_to_tell(difference: float) -> None:
    expected = NormalIndPower().power(difference / 20, 310, 0.05, ratio=90 / 310)
    assert chance_to_tell(difference, Sample(20, 310), Sample(20, 90)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("events", [1, 10, 20, 399, 5000])
@pytest.mark.parametrize("truth", [0.9, 0.95, 0.97, 0.9999])
def test_false_breaches_of_counts(events: int, truth: float) -> None:
    good = stats.binom(events, truth)
    fewest_good = next(count for count in range(events + 1) if Decimal(count) / events >= Decimal("0.95"))
    chance = false_breach_chance_of_counts(events, Decimal("0.95"), truth)
    assert chance == pytest.approx(good.cdf(fewest_good - 1), rel=1e-11, abs=1e-290)
