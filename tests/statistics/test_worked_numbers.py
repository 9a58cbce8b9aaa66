"""Numbers that the manual and the rules quote, and numbers from the literature, each worked out once by hand."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from xladsl.model.statistics.availability import (
    FEWEST_SAMPLES,
    chain_availability,
    downtime_budget,
    effective_promise,
    longest_interval,
    samples_in_budget,
    weight_of_one_probe,
)
from xladsl.model.statistics.intervals import (
    mean_interval,
    net_score_interval,
    no_failure_bound,
    one_sided,
    percentile_ranks,
    planned_net_score_interval,
    rule_of_three,
    share_interval,
)
from xladsl.model.statistics.planning import (
    USUAL_NET_SCORE_DEVIATION,
    WORST_NET_SCORE_DEVIATION,
    answers_for_margin,
    answers_for_percentile,
    answers_for_percentile_bound,
    answers_for_proof,
    events_for_one_miss,
    expected_answers,
    finite_population_factor,
    net_score_deviation,
    nonresponse_bounds,
    planned_margin,
    share_deviation,
    shortest_window,
    standard_error,
    trials_without_failure,
)
from xladsl.model.statistics.power import (
    Sample,
    answers_to_tell_means,
    answers_to_tell_net_scores,
    answers_to_tell_shares,
    chance_to_tell,
    ramp_power,
    smallest_visible_difference,
)
from xladsl.model.statistics.risk import (
    allowed_misses,
    false_breach_chance,
    false_breach_chance_of_counts,
    guard_band,
    repeated,
    smallest_step,
    together,
)

MINUTE, HOUR, DAY = 60, 3600, 86400


def percent(*shares: float, places: int = 1) -> tuple[float, ...]:
    return tuple(round(float(share) * 100, places) for share in shares)


class TestNetScores:
    @pytest.mark.parametrize(("promoters", "detractors", "needed"), [("0.7", "0.3", 1291), ("0.4", "0", 369)])
    def test_forty_within_five_points(self, promoters: str, detractors: str, needed: int) -> None:
        deviation = net_score_deviation(Decimal(promoters), Decimal(detractors))
        assert answers_for_margin(deviation, Decimal("0.05")) == needed

    def test_without_a_baseline(self) -> None:
        assert answers_for_margin(USUAL_NET_SCORE_DEVIATION, Decimal("0.05")) == 1291
        assert answers_for_margin(WORST_NET_SCORE_DEVIATION, Decimal("0.05")) == 1537
        assert answers_for_margin(WORST_NET_SCORE_DEVIATION, Decimal("0.10")) == 385

    def test_happiness_of_eighty_on_fifty_answers(self) -> None:
        assert percent(planned_margin(net_score_deviation(0.85, 0.05), 50)) == (14.1,)
        assert percent(planned_net_score_interval(0.85, 0.05, 50).margin) == (14.9,)

    def test_airways_before_and_after_a_transplantation(self) -> None:
        """Bentur and others (2009), in M. W. Fagerland, S. Lydersen and P. Laake, 2014, Statistics in Medicine 33."""
        assert [round(bound, 3) for bound in net_score_interval(1, 7, 21)] == [-0.517, -0.026]

    def test_nobody_dislikes_a_service_that_few_were_asked_about(self) -> None:
        assert net_score_interval(1, 0, 1).high == 1
        assert planned_net_score_interval(1, 0, 5).margin > 0.15


class TestShares:
    def test_wilson(self) -> None:
        assert percent(*share_interval(450, 500)) == (87.1, 92.3)
        assert percent(*share_interval(18, 20)) == (69.9, 97.2)

    def test_wilson_in_the_literature(self) -> None:
        """R. G. Newcombe, 1998, Two-Sided Confidence Intervals for the Single Proportion, table I, method 3."""
        assert [round(bound, 4) for bound in share_interval(81, 263)] == [0.2553, 0.3662]
        assert [round(bound, 4) for bound in share_interval(15, 148)] == [0.0624, 0.1605]
        assert [round(bound, 4) for bound in share_interval(0, 20)] == [0.0, 0.1611]
        assert [round(bound, 4) for bound in share_interval(1, 29)] == [0.0061, 0.1718]

    def test_half_and_half_within_five_points(self) -> None:
        assert answers_for_margin(share_deviation(Decimal("0.5")), Decimal("0.05")) == 385

    def test_no_failure(self) -> None:
        assert [trials_without_failure(Decimal(level)) for level in ("0.95", "0.99")] == [59, 299]
        assert trials_without_failure(Decimal("0.5"), confidence=Decimal("0.875")) == 3
        assert percent(no_failure_bound(12)) == (22.1,), "no failure in 12 changes proves no more than 78 %"
        assert no_failure_bound(300) < rule_of_three(300) == 0.01

    def test_proof_of_a_share(self) -> None:
        """1.96² × level / (1 - level): 34.6 at 90 %, 72.99 at 95 %, 380.3 at 99 %."""
        assert [answers_for_proof(Decimal(level)) for level in ("0.9", "0.95", "0.99")] == [35, 73, 381]
        assert answers_for_proof(Decimal("0.95"), population=100) == 43
        assert share_interval(43, 43, population=100).low >= 0.95 > share_interval(42, 42, population=100).low

    def test_those_who_did_not_answer(self) -> None:
        assert nonresponse_bounds(Decimal("0.9"), Decimal("0.6")) == (Fraction(54, 100), Fraction(94, 100))
        assert nonresponse_bounds(Decimal("0.9"), Decimal("0.04")) == (Fraction(36, 1000), Fraction(996, 1000))
        net_score = nonresponse_bounds(Decimal("0.4"), Decimal("0.25"), lowest=-1)
        assert net_score == (Fraction(-65, 100), Fraction(85, 100))


class TestMeansAndPercentiles:
    def test_usability_within_five_points(self) -> None:
        assert answers_for_margin(20, 5) == 62

    def test_mean_of_few(self) -> None:
        """2.262 errors for nine degrees of freedom, as in Student's tables."""
        assert round(mean_interval(0, math.sqrt(10), 10).high, 3) == 2.262

    def test_percentiles_that_exist(self) -> None:
        levels = [Decimal(level) for level in ("0.95", "0.99", "0.999")]
        assert [answers_for_percentile(level) for level in levels] == [20, 100, 1000]

    def test_percentiles_that_have_a_bound(self) -> None:
        levels = [Decimal(level) for level in ("0.9", "0.95", "0.99", "0.999")]
        assert [answers_for_percentile_bound(level) for level in levels] == [29, 59, 299, 2995]

    @pytest.mark.parametrize(("percentile", "fewest"), [(0.95, 72), (0.99, 368)])
    def test_fewest_answers_with_both_bounds(self, percentile: float, fewest: int) -> None:
        assert percentile_ranks(fewest - 1, percentile).high is None
        assert None not in percentile_ranks(fewest, percentile)

    def test_upper_bound_alone(self) -> None:
        assert percentile_ranks(58, 0.95, confidence=one_sided(0.95)).high is None
        assert percentile_ranks(59, 0.95, confidence=one_sided(0.95)).high == 59

    def test_median_of_ten(self) -> None:
        """The second and the ninth of ten, as in tables of the sign test."""
        assert percentile_ranks(10, 0.5) == (2, 9)

    def test_confidence_that_is_just_reached(self) -> None:
        """All five answers lie on one side of the median once in sixteen times."""
        assert percentile_ranks(5, 0.5, confidence=Decimal("0.9375")) == (1, 5)


class TestWindows:
    def test_quarter_where_a_month_is_too_short(self) -> None:
        monthly = expected_answers(400, spared=Decimal("0.1"), response_rate=Decimal("0.25"))
        assert monthly == 90
        assert shortest_window(90, monthly) == ("calendar month", 90)
        assert shortest_window(91, monthly) == ("calendar quarter", 270)
        assert shortest_window(271, monthly) == ("half year", 540)
        assert shortest_window(541, monthly) == ("calendar year", 1080)
        assert shortest_window(1081, monthly) is None

    def test_weekly_answers(self) -> None:
        assert shortest_window(200, 20, each="calendar week") == ("calendar quarter", 260)

    def test_a_response_of_four_in_a_hundred(self) -> None:
        assert expected_answers(400, response_rate=Decimal("0.04")) == 16

    def test_a_hundred_of_four_hundred(self) -> None:
        assert round(finite_population_factor(100, 400), 3) == 0.867
        assert round(finite_population_factor(60, 80), 1) == 0.5
        assert answers_for_margin(0.5, 0.05, population=400) == 197


class TestImprovement:
    def test_answers_to_tell(self) -> None:
        assert answers_to_tell_shares(Decimal("0.85"), Decimal("0.90")) == 686
        half = math.sqrt(0.5)
        assert answers_to_tell_net_scores(half, half, Decimal("0.05")) == 3137
        assert answers_to_tell_means(20, 5) == 252

    def test_one_answer_tells_what_never_varies(self) -> None:
        assert answers_to_tell_shares(0, 1) == 2, "half of 1.96 squared, rounded up"
        assert answers_to_tell_shares(0, 1, confidence=0.5) == 1
        assert answers_to_tell_means(0, 1) == answers_to_tell_net_scores(0, 0, 1) == 1

    def test_from_51_to_79(self) -> None:
        """About 108 when all take sides; 108.7 before it is rounded up."""
        before, after = net_score_deviation(0.755, 0.245), net_score_deviation(0.895, 0.105)
        assert answers_to_tell_net_scores(before, after, Decimal("0.28")) == 109

    def test_with_the_answers_needed_the_change_shows_as_often_as_planned(self) -> None:
        sample = Sample(20, answers_to_tell_means(20, 5))
        assert round(chance_to_tell(5, sample, sample), 2) == 0.80
        assert round(smallest_visible_difference(sample, sample), 1) == 5.0

    def test_a_baseline_that_is_known_needs_half_the_answers(self) -> None:
        assert round(chance_to_tell(5, Sample(0, None), Sample(20, 126)), 2) == 0.80

    def test_steps_of_a_ramp_that_do_not_show(self) -> None:
        ramp = ramp_power([Decimal("0.65"), Decimal("0.70"), Decimal("0.75")], 0.45, 90)
        assert percent(*ramp.steps, ramp.whole, places=0) == (12, 12, 32)


class TestRisk:
    def test_false_breaches_of_a_window(self) -> None:
        chances = [false_breach_chance(errors) for errors in (0, 1, 1.645, 2)]
        assert percent(*chances) == (50.0, 15.9, 5.0, 2.3)

    def test_false_breaches_of_a_year(self) -> None:
        assert percent(repeated(false_breach_chance(1), 12).at_least_once, places=0) == (87,)
        assert round(repeated(false_breach_chance(2), 12).expected, 2) == 0.27

    def test_many_measures(self) -> None:
        assert percent(repeated(0.01, 3 * 4).at_least_once, places=0) == (11,)
        assert repeated(0.05, 40 * 12).at_least_once > 0.9999
        assert together([0.01] * 12).at_least_once == pytest.approx(repeated(0.01, 12).at_least_once, rel=1e-14)

    def test_ten_tickets(self) -> None:
        assert allowed_misses(10, Decimal("0.95")) == 0
        assert percent(false_breach_chance_of_counts(10, Decimal("0.95"), Decimal("0.97")), places=0) == (26,)
        assert events_for_one_miss(Decimal("0.95")) == 20

    def test_four_hundred_tickets(self) -> None:
        assert allowed_misses(400, Decimal("0.95")) == 20
        assert allowed_misses(400, Decimal("0.95"), level_meets=False) == 19
        assert smallest_step(400) == Fraction(25, 10000)

    def test_a_level_that_has_no_exact_float(self) -> None:
        assert allowed_misses(1000, Decimal("0.999")) == 1, "1 - 0.999 is below 0.001 in binary"

    def test_internal_target_inside_the_promise(self) -> None:
        error = standard_error(net_score_deviation(0.7, 0.1), 100)
        assert percent(error, guard_band(error)) == (6.6, 10.9)


class TestAvailability:
    def test_probes_every_minute(self) -> None:
        budget = downtime_budget(Decimal("0.999"), 30 * DAY)
        assert budget / MINUTE == Fraction("43.2")
        assert math.floor(samples_in_budget(budget, MINUTE)) == 43

    def test_probes_too_seldom_for_four_nines(self) -> None:
        budget = downtime_budget(Decimal("0.9999"), 30 * DAY)
        assert budget / MINUTE == Fraction("4.32")
        assert samples_in_budget(budget, 5 * MINUTE) < 1 < FEWEST_SAMPLES
        assert longest_interval(budget) == Fraction("25.92")

    def test_one_missed_probe(self) -> None:
        assert percent(weight_of_one_probe(5 * MINUTE, 30 * DAY), places=4) == (0.0116,)

    def test_months_are_not_alike(self) -> None:
        budgets = [downtime_budget(Decimal("0.999"), days * DAY) / MINUTE for days in (28, 31)]
        assert budgets == [Fraction("40.32"), Fraction("44.64")]

    def test_chain(self) -> None:
        levels = [Decimal("0.9995"), Decimal("0.999"), Decimal("0.999")]
        assert chain_availability(levels) == Fraction("0.9975019995")

    def test_promise_after_planned_work(self) -> None:
        promise = effective_promise(Decimal("0.999"), 30 * DAY, 4 * HOUR)
        assert promise == Fraction("0.99345")
        shown = Decimal("99.345").quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert shown == Decimal("99.35")

    def test_nothing_is_promised_where_everything_is_left_out(self) -> None:
        assert effective_promise(Decimal("0.999"), 30 * DAY, 31 * DAY) == 0
