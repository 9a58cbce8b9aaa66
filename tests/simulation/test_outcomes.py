"""How likely outcomes are, against scipy, against enumeration, and against draws."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import exp

import pytest
import scipy.stats

from xladsl.simulation.classes import quantile
from xladsl.simulation.outcomes import Certain, Downtime, Mean, NetScore, Outcome, Share


@pytest.mark.parametrize(("truth", "rows"), [(0.93, 40), (0.5, 1), (0.999, 5000), (0.0, 7), (1.0, 7)])
def test_a_share_is_binomial(truth: float, rows: int) -> None:
    share = Share(truth, rows, "a percentage")
    for good in range(0, rows + 1, max(1, rows // 50)):
        assert share.below(good) == pytest.approx(scipy.stats.binom.cdf(good, rows, truth), abs=1e-12)
        measured = share.outcome(good).measured
        assert measured is not None
        assert (measured.amount, measured.rows) == (Fraction(good, rows), rows)


def test_a_net_score_is_what_all_answers_come_to() -> None:
    likes, dislikes, answers = 0.55, 0.2, 6
    chances = {1: likes, -1: dislikes, 0: 1 - likes - dislikes}
    exact = dict.fromkeys(range(-answers, answers + 1), 0.0)
    for given in product(chances, repeat=answers):
        chance = 1.0
        for answer in given:
            chance *= chances[answer]
        exact[sum(given)] += chance
    score = NetScore(likes, dislikes, answers, "points")
    for number, net in enumerate(exact):
        below = score.below(number - 1) if number else 0.0
        assert score.below(number) - below == pytest.approx(exact[net], abs=1e-12)


def test_a_net_score_is_made_of_so_many_answers() -> None:
    score = NetScore(0.55, 0.2, 41, "points")
    for number in range(score.size):
        measured = score.outcome(number).measured
        assert measured is not None
        assert measured.spread is not None
        promoters, detractors = measured.spread.figures
        assert measured.amount == Fraction(100) * (promoters - detractors) / 41
        assert promoters >= 0
        assert detractors >= 0
        assert promoters + detractors <= 41


def test_a_mean_is_normal_and_ends_with_its_scale() -> None:
    mean = Mean(Fraction(54, 10), 1.2, 300, "", (Fraction(1), Fraction(7)))
    error = 1.2 / 300**0.5
    for chance in (0.01, 0.3, 0.5, 0.9, 0.999):
        found = mean.outcome(quantile(mean, chance)).measured
        assert found is not None
        assert found.amount is not None
        assert float(found.amount) == pytest.approx(scipy.stats.norm.ppf(chance, 5.4, error), abs=error / 500)
    low = Mean(Fraction(1), 1.2, 300, "", (Fraction(1), Fraction(7))).outcome(0).measured
    assert low is not None
    assert low.amount == 1


def test_the_spread_of_a_mean_is_the_one_that_was_told() -> None:
    measured = Mean(Fraction(54, 10), 1.2, 300, "", (None, None)).outcome(12_345).measured
    assert measured is not None
    assert measured.spread is not None
    total, squares = measured.spread.figures
    assert float((squares - total * total / 300) / 299) == pytest.approx(1.44)


def test_downtime_is_a_sum_of_outages() -> None:
    outages, lasting = 1.3, 1080.0
    downtime = Downtime(outages, lasting, 2_592_000)
    assert downtime.below(0) == pytest.approx(exp(-outages), abs=1e-3)
    chance = random.Random(5)
    drawn = []
    for _ in range(20_000):
        number, waited = 0, chance.expovariate(outages)
        while waited < 1:
            number, waited = number + 1, waited + chance.expovariate(outages)
        drawn.append(sum(chance.expovariate(1 / lasting) for _ in range(number)))
    for seconds in (60, 600, 1800, 3600, 7200):
        share = sum(each <= seconds for each in drawn) / len(drawn)
        assert downtime.below(seconds) == pytest.approx(share, abs=4 * (share * (1 - share) / len(drawn)) ** 0.5)
    assert downtime.below(2_592_000) == 1


def test_what_is_certain_is_one_outcome() -> None:
    outcome = Outcome(length=Fraction(7))
    assert Certain(outcome).outcome(0) == outcome
    assert Certain(outcome).below(0) == 1


def test_a_quantile_is_the_lowest_that_is_not_exceeded() -> None:
    share = Share(0.5, 10, "")
    assert [quantile(share, chance) for chance in (0.0, 0.5, 1.0)] == [0, 5, 10]
