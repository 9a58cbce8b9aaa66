"""A confidence of 95 % is kept: in drawn samples, or, where few outcomes are possible, over all of them."""

from __future__ import annotations

import math
from functools import cache

import numpy
import pytest
from scipy import stats

from xladsl.model.statistics.intervals import (
    Bounds,
    mean_interval,
    net_score_interval,
    percentile_ranks,
    planned_net_score_interval,
    share_interval,
)
from xladsl.model.statistics.planning import answers_for_margin, net_score_deviation, planned_margin, standard_error
from xladsl.model.statistics.power import answers_to_tell_net_scores, answers_to_tell_shares
from xladsl.model.statistics.risk import false_breach_chance

DRAWN = 20_000
interval_of_counts = cache(net_score_interval)


def generator() -> numpy.random.Generator:
    return numpy.random.default_rng(20_260_101)


def net_score_coverage(answers: int, promoters: float, detractors: float) -> dict[str, float]:
    """The chance of all outcomes whose interval holds the true score, by kind of interval."""
    truth, covered = promoters - detractors, dict.fromkeys(("score", "adjusted", "wald"), 0.0)
    for liked in range(answers + 1):
        disliked = numpy.arange(answers - liked + 1)
        outcomes = numpy.column_stack([numpy.full_like(disliked, liked), disliked, answers - liked - disliked])
        chances = stats.multinomial.pmf(outcomes, answers, [promoters, detractors, 1 - promoters - detractors])
        for count, chance in zip(disliked.tolist(), chances, strict=True):
            if chance > 1e-9:
                shares = liked / answers, count / answers
                wald = planned_margin(net_score_deviation(*shares), answers)
                kinds = {
                    "score": interval_of_counts(liked, count, answers),
                    "adjusted": planned_net_score_interval(*shares, answers),
                    "wald": Bounds(shares[0] - shares[1] - wald, shares[0] - shares[1] + wald),
                }
                for kind, bounds in kinds.items():
                    covered[kind] += chance * (bounds.low <= truth <= bounds.high)
    return covered


@pytest.mark.parametrize(
    ("answers", "promoters", "detractors", "wald", "adjusted", "score"),
    [(10, 0.95, 0.02, 40, 94.1, 94.1), (50, 0.85, 0.05, 90.0, 96.1, 95.1), (100, 0.5, 0.2, 94.5, 94.9, 95.0)],
)
def test_net_score(
    answers: int, promoters: float, detractors: float, wald: float, adjusted: float, score: float
) -> None:
    """Exactly, over all outcomes: why Wald's interval is not to be had."""
    covered = net_score_coverage(answers, promoters, detractors)
    expected = {"wald": wald, "adjusted": adjusted, "score": score}
    assert {kind: round(100 * chance, 1) for kind, chance in covered.items()} == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(("answers", "promoters", "detractors"), [(18, 0.6, 0.1), (90, 0.4, 0.0), (400, 0.7, 0.3)])
def test_net_score_of_drawn_answers(answers: int, promoters: float, detractors: float) -> None:
    chances = [promoters, detractors, 1 - promoters - detractors]
    drawn, times = numpy.unique(generator().multinomial(answers, chances, DRAWN), axis=0, return_counts=True)
    bounds = numpy.array([interval_of_counts(int(liked), int(disliked), answers) for liked, disliked, _ in drawn])
    truth = promoters - detractors
    covered = times[(bounds[:, 0] <= truth) & (truth <= bounds[:, 1])].sum() / DRAWN
    assert 0.925 < covered < 0.985


@pytest.mark.parametrize("truth", [0.5, 0.8, 0.95])
def test_share_on_average_over_sample_sizes(truth: float) -> None:
    """Wilson's interval is right on average, and a little off either way for any one number of answers."""
    coverages = []
    for answers in range(20, 120, 4):
        good = numpy.arange(answers + 1)
        bounds = numpy.array([share_interval(int(count), answers) for count in good])
        holds = (bounds[:, 0] <= truth) & (truth <= bounds[:, 1])
        coverages.append(stats.binom.pmf(good, answers, truth)[holds].sum())
    assert numpy.mean(coverages) == pytest.approx(0.95, abs=0.01)
    assert min(coverages) > 0.90


def test_share_of_a_finite_population() -> None:
    good = generator().hypergeometric(320, 80, 100, DRAWN)
    bounds = {count: share_interval(int(count), 100, population=400) for count in numpy.unique(good)}
    covered = numpy.mean([bounds[count].low <= 0.8 <= bounds[count].high for count in good])
    assert covered == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize("answers", [2, 5, 30])
def test_mean(answers: int) -> None:
    drawn = generator().normal(5.2, 1.3, (DRAWN, answers))
    half_of_unit = mean_interval(0, 1, answers).high
    half = half_of_unit * drawn.std(axis=1, ddof=1)
    assert (abs(drawn.mean(axis=1) - 5.2) <= half).mean() == pytest.approx(0.95, abs=0.006)


@pytest.mark.parametrize(("answers", "percentile"), [(72, 0.95), (400, 0.9), (25, 0.5)])
def test_percentile_of_long_tailed_times(answers: int, percentile: float) -> None:
    drawn = numpy.sort(generator().lognormal(3, 1.5, (DRAWN, answers)), axis=1)
    ranks = percentile_ranks(answers, percentile)
    assert ranks.low is not None
    assert ranks.high is not None
    truth = stats.lognorm.ppf(percentile, 1.5, scale=math.exp(3))
    covered = (drawn[:, ranks.low - 1] <= truth) & (truth <= drawn[:, ranks.high - 1])
    assert covered.mean() > 0.948


def test_margin_that_was_planned() -> None:
    needed = answers_for_margin(net_score_deviation(0.7, 0.3), 0.05)
    drawn = generator().multinomial(needed, [0.7, 0.3, 0.0], DRAWN)
    scores = (drawn[:, 0] - drawn[:, 1]) / needed
    assert (abs(scores - 0.4) <= 0.05).mean() == pytest.approx(0.95, abs=0.008)


def test_power_that_was_planned_for_shares() -> None:
    needed = answers_to_tell_shares(0.85, 0.90)
    before, after = (
        generator().spawn(2)[turn].binomial(needed, level, DRAWN) for turn, level in enumerate((0.85, 0.90))
    )
    pooled = (before + after) / needed / 2
    error = numpy.sqrt(2 * pooled * (1 - pooled) / needed)
    shows = abs(after - before) / needed / error > stats.norm.ppf(0.975)
    assert shows.mean() == pytest.approx(0.80, abs=0.015)


def test_power_that_was_planned_for_net_scores() -> None:
    shares = [[0.55, 0.15, 0.30], [0.65, 0.10, 0.25]]
    needed = answers_to_tell_net_scores(*(net_score_deviation(*each[:2]) for each in shares), 0.15)
    scores, variances = [], []
    for turn, each in enumerate(shares):
        liked, disliked, _ = (generator().spawn(2)[turn].multinomial(needed, each, DRAWN) / needed).T
        scores.append(liked - disliked)
        variances.append((liked + disliked - (liked - disliked) ** 2) / needed)
    shows = abs(scores[1] - scores[0]) / numpy.sqrt(variances[0] + variances[1]) > stats.norm.ppf(0.975)
    assert shows.mean() == pytest.approx(0.80, abs=0.02)


def test_false_breaches_of_a_net_score() -> None:
    """A true score of 45 against a level of 40: the chance that luck breaks it on 100 answers."""
    drawn = generator().multinomial(100, [0.6, 0.15, 0.25], DRAWN)
    breached = ((drawn[:, 0] - drawn[:, 1]) / 100 < 0.40).mean()
    error = standard_error(net_score_deviation(0.6, 0.15), 100)
    half_a_step = 0.005  # scores come in steps of a hundredth
    assert breached == pytest.approx(false_breach_chance((0.05 + half_a_step) / error), abs=0.01)
