"""What holds for every legal input, of whatever kind of number and however extreme; and what is no legal input."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from xladsl.model.statistics import availability, intervals, planning, power, risk

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTS = st.integers(1, 5000) | st.sampled_from([1, 2, 10**6, 10**12])
SHARES = st.decimals(0, 1, allow_nan=False) | st.fractions(0, 1)
ANY_SHARES = SHARES | st.floats(0, 1)
CERTAINTIES = st.floats(1e-6, 1 - 1e-9) | st.sampled_from([0.9, Decimal("0.95"), Fraction(99, 100)])
EXACT_SIZES = st.decimals(0, Decimal("1e50"), allow_nan=False) | st.fractions(0)
SIZES = st.floats(0, 1e300) | EXACT_SIZES
POSITIVE = SIZES.filter(lambda size: size > 0)


@st.composite
def counted_scores(draw: st.DrawFn) -> tuple[int, int, int]:
    answers = draw(COUNTS)
    promoters = draw(st.integers(0, answers) | st.sampled_from([0, answers]))
    return promoters, draw(st.integers(0, answers - promoters)), answers


@given(counted_scores(), CERTAINTIES)
def test_a_net_score_lies_in_its_interval(counts: tuple[int, int, int], confidence: Any) -> None:
    promoters, detractors, answers = counts
    low, high = intervals.net_score_interval(promoters, detractors, answers, confidence=confidence)
    assert -1 <= low <= (promoters - detractors) / answers <= high <= 1
    mirrored = intervals.net_score_interval(detractors, promoters, answers, confidence=confidence)
    assert mirrored == (-high, -low)


@given(counted_scores().filter(lambda counts: counts[2] <= 5000))
def test_more_answers_of_the_same_kind_say_more(counts: tuple[int, int, int]) -> None:
    promoters, detractors, answers = counts
    twice = (2 * promoters, 2 * detractors, 2 * answers)
    assert intervals.net_score_interval(*twice).margin < intervals.net_score_interval(*counts).margin
    shares = promoters / answers, detractors / answers
    planned = intervals.planned_net_score_interval
    assert planned(*shares, 2 * answers).margin <= planned(*shares, answers).margin
    assert (
        intervals.share_interval(2 * promoters, 2 * answers).margin
        < intervals.share_interval(promoters, answers).margin
    )


@given(counted_scores(), CERTAINTIES)
def test_a_share_lies_in_its_interval(counts: tuple[int, int, int], confidence: Any) -> None:
    good, _, answers = counts
    low, high = intervals.share_interval(good, answers, confidence=confidence)
    assert 0 <= low <= good / answers <= high <= 1
    other = intervals.share_interval(answers - good, answers, confidence=confidence)
    assert other == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(counted_scores())
def test_whom_all_were_asked_is_known(counts: tuple[int, int, int]) -> None:
    promoters, detractors, answers = counts
    assert intervals.net_score_interval(*counts, population=answers) == ((promoters - detractors) / answers,) * 2
    assert intervals.share_interval(promoters, answers, population=answers).margin == 0
    assert planning.planned_margin(1, answers, population=answers) == 0
    wider = intervals.net_score_interval(*counts)
    assert intervals.net_score_interval(*counts, population=2 * answers).margin <= wider.margin


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.integers(2, 10**9), CERTAINTIES)
def test_a_mean_lies_in_the_middle(mean: float, deviation: float, answers: int, confidence: Any) -> None:
    low, high = intervals.mean_interval(mean, deviation, answers, confidence=confidence)
    assert low <= mean <= high


@given(COUNTS, st.floats(1e-9, 1 - 1e-9), CERTAINTIES)
def test_ranks_are_ranks(answers: int, percentile: float, confidence: Any) -> None:
    low, high = intervals.percentile_ranks(answers, percentile, confidence=confidence)
    assert low is None or 1 <= low <= answers
    assert high is None or 1 <= high <= answers
    assert low is None or high is None or low <= high
    mirrored = intervals.percentile_ranks(1001, 0.5)
    assert (mirrored.low or 0) + (mirrored.high or 0) == 1002


@given(SIZES, POSITIVE, CERTAINTIES, st.none() | COUNTS)
@example(0, 1, 0.95, 1)
def test_the_answers_needed_give_the_margin(
    deviation: Any, margin: Any, confidence: Any, population: int | None
) -> None:
    needed = planning.answers_for_margin(deviation, margin, confidence=confidence, population=population)
    assert 1 <= needed <= (population or math.inf)
    assume(needed < 10**30)
    reached = planning.planned_margin(deviation, needed, confidence=confidence, population=population)
    assert reached <= float(margin) * (1 + 1e-9)
    if needed > 1:
        short = planning.planned_margin(deviation, needed - 1, confidence=confidence, population=population)
        assert short >= float(margin) * (1 - 1e-9)


@given(st.fractions(0, 1), st.fractions(0, 1))
def test_no_net_score_varies_more_than_the_worst(one: Fraction, other: Fraction) -> None:
    promoters, detractors = min(one, other), 1 - max(one, other)
    deviation = planning.net_score_deviation(promoters, detractors)
    assert 0 <= deviation <= planning.WORST_NET_SCORE_DEVIATION
    assert deviation == planning.net_score_deviation(detractors, promoters)
    assert planning.share_deviation(one) <= planning.WORST_SHARE_DEVIATION


@given(
    st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000), st.sampled_from(["0.5", "0.9", "0.95"])
)
def test_trials_without_failure_are_just_enough(level: Fraction, confidence: str) -> None:
    trials = planning.trials_without_failure(level, confidence=Decimal(confidence))
    unproven = 1 - Fraction(confidence)
    assert level**trials <= unproven < level ** (trials - 1)


@given(
    st.fractions(Fraction(1, 100), Fraction(999, 1000), max_denominator=1000),
    st.sampled_from([0.5, 0.9, 0.95, 0.99]),
    st.none() | st.integers(2, 5000),
)
def test_answers_that_prove_a_share_are_just_enough(level: Fraction, confidence: float, people: int | None) -> None:
    needed = planning.answers_for_proof(level, confidence=confidence, population=people)
    assert intervals.share_interval(needed, needed, confidence=confidence, population=people).low >= level - 1e-9
    if needed > 1:
        short = intervals.share_interval(needed - 1, needed - 1, confidence=confidence, population=people)
        assert short.low < level + 1e-9


@given(SHARES.filter(lambda level: 0 < level < 1))
def test_one_miss_needs_events(level: Any) -> None:
    events = planning.events_for_one_miss(level)
    assert risk.allowed_misses(events, level) >= 1
    assert events == 1 or risk.allowed_misses(events - 1, level) == 0


@given(SHARES, COUNTS)
def test_allowed_misses_keep_the_level_and_no_more_do(level: Any, events: int) -> None:
    misses = risk.allowed_misses(events, level)
    assert Fraction(events - misses, events) >= Fraction(level)
    assert misses == events or Fraction(events - misses - 1, events) < Fraction(level)
    stricter = risk.allowed_misses(events, level, level_meets=False)
    assert stricter == -1 or Fraction(events - stricter, events) > Fraction(level)
    assert Fraction(events - stricter - 1, events) <= Fraction(level)


@given(SHARES, COUNTS, ANY_SHARES, ANY_SHARES)
def test_a_better_provider_breaches_less_often(level: Any, events: int, one: Any, other: Any) -> None:
    worse, better = sorted([float(one), float(other)])
    chances = [risk.false_breach_chance_of_counts(events, level, truth) for truth in (worse, better)]
    assert 0 <= chances[1] <= chances[0] + 1e-12 <= 1 + 2e-12


@given(st.integers(0, 10**9), SHARES, SHARES, SHARES)
def test_no_more_answers_than_events(events: int, rate: Any, asked: Any, spared: Any) -> None:
    answers = planning.expected_answers(events, response_rate=rate, asked=asked, spared=spared)
    assert 0 <= answers <= events
    assert planning.shortest_window(1, answers, each="calendar year") in {None, *windows_with_one(answers)}


def windows_with_one(answers: Fraction) -> list[planning.WindowVolume]:
    parts = {"calendar month": 12, "calendar quarter": 4, "half year": 2, "calendar year": 1}
    volumes = [planning.WindowVolume(window, math.floor(answers / part)) for window, part in parts.items()]
    return [volume for volume in volumes if volume.answers >= 1]


@given(SHARES, SHARES)
def test_nonresponse_only_widens(measured: Any, rate: Any) -> None:
    low, high = planning.nonresponse_bounds(measured, rate)
    assert 0 <= low <= Fraction(measured) <= high <= 1
    assert high - low == 1 - Fraction(rate)


@given(ANY_SHARES, ANY_SHARES, CERTAINTIES, CERTAINTIES)
def test_shares_that_differ_can_be_told_apart(before: Any, after: Any, confidence: Any, chance: Any) -> None:
    assume(float(before) != float(after))
    needed = power.answers_to_tell_shares(before, after, confidence=confidence, power=chance)
    assert needed >= 1
    assert needed == power.answers_to_tell_shares(after, before, confidence=confidence, power=chance)


@given(SIZES, SIZES, POSITIVE, CERTAINTIES)
def test_small_differences_need_more_answers(before: Any, after: Any, difference: Any, chance: Any) -> None:
    needed = power.answers_to_tell_net_scores(before, after, difference, power=chance)
    assert needed <= power.answers_to_tell_net_scores(before, after, Fraction(difference) / 2, power=chance)
    assert power.answers_to_tell_means(before, difference, power=chance) >= 1


@given(SIZES, SIZES, COUNTS, st.none() | COUNTS, SIZES, CERTAINTIES)
def test_a_chance_to_tell_is_a_chance(
    before: Any, after: Any, answers: int, baseline: int | None, difference: Any, confidence: Any
) -> None:
    samples = power.Sample(before, baseline), power.Sample(after, answers)
    chance = power.chance_to_tell(difference, *samples, confidence=confidence)
    assert 1 - float(confidence) - 1e-9 <= chance <= 1
    assert power.smallest_visible_difference(*samples, confidence=confidence) >= 0
    ramp = power.ramp_power([0, difference, 2 * difference], before, answers, confidence=confidence)
    assert max(ramp.steps) <= ramp.whole + 1e-9


@given(st.lists(ANY_SHARES, max_size=40), st.integers(0, 10**9))
def test_together_is_likelier_than_each(chances: list[Any], times: int) -> None:
    at_least_once, expected = risk.together(chances)
    assert max(map(float, chances), default=0) <= at_least_once + 1e-12
    assert at_least_once <= min(1, expected + 1e-12)
    for chance in chances:
        assert 0 <= risk.repeated(chance, times).at_least_once <= 1


@given(st.floats(allow_nan=False), SIZES, st.floats(0.5, 1 - 1e-9))
def test_risks_are_chances(errors: float, error: Any, confidence: float) -> None:
    assert 0 <= risk.false_breach_chance(errors) <= 1
    assert risk.guard_band(error, confidence=confidence) >= 0


@given(SHARES, st.lists(SHARES, max_size=6), EXACT_SIZES.filter(lambda size: size > 0), EXACT_SIZES)
def test_availability_is_exact(level: Any, levels: list[Any], window: Any, left_out: Any) -> None:
    assert availability.downtime_budget(level, window) == (1 - Fraction(level)) * Fraction(window)
    assert availability.effective_promise(level, window, 0) == Fraction(level)
    assert 0 <= availability.effective_promise(level, window, left_out) <= Fraction(level)
    chain = availability.chain_availability([level, *levels])
    assert chain <= min(map(Fraction, [level, *levels]))


@pytest.mark.parametrize(
    "call",
    [
        lambda: intervals.share_interval(0, 0),
        lambda: intervals.share_interval(3, 2),
        lambda: intervals.net_score_interval(2, 2, 3),
        lambda: intervals.net_score_interval(1, 1, 3, confidence=1),
        lambda: intervals.net_score_interval(1, 1, 3, population=2),
        lambda: intervals.mean_interval(5, 1, 1),
        lambda: intervals.percentile_ranks(10, 1),
        lambda: intervals.one_sided(0.5),
        lambda: planning.net_score_deviation(0.7, 0.4),
        lambda: planning.net_score_deviation(math.nan, 0.4),
        lambda: planning.answers_for_margin(1, 0),
        lambda: planning.answers_for_margin(math.inf, 1),
        lambda: planning.standard_error(1, 0),
        lambda: planning.events_for_one_miss(1),
        lambda: planning.expected_answers(-1, response_rate=1),
        lambda: planning.shortest_window(1, 1, each="ticket"),
        lambda: planning.nonresponse_bounds(2, 1),
        lambda: planning.trials_without_failure(1),
        lambda: power.answers_to_tell_shares(0.5, 0.5),
        lambda: power.chance_to_tell(1, power.Sample(1, None), power.Sample(1, None)),
        lambda: power.ramp_power([1], 1, 10),
        lambda: risk.allowed_misses(0, Decimal("0.9")),
        lambda: risk.allowed_misses(10, Decimal(95)),
        lambda: risk.repeated(0.5, -1),
        lambda: risk.guard_band(1, confidence=0.4),
        lambda: availability.downtime_budget(Decimal("99.9"), 720),
        lambda: availability.downtime_budget(Decimal("0.999"), 0),
        lambda: availability.weight_of_one_probe(10, 5),
        lambda: availability.longest_interval(1, samples=0),
    ],
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"^\D"):
        call()
