"""One payment by itself: whether it is due, which row fits, what a formula comes to, and when it counts twice."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evaluation.paying import Trial, credit, euros

PERCENT = Fraction(1, 100)
TINY = Fraction(1, 10**9)
BASE = "base fee portal_monthly of the month measured"

TIERS = credit(
    f"""for portal_up {BASE}
    | at least 99.0% but below 99.9% | 5% |
    | at least 95.0% but below 99.0% | 10% |
    | below 95.0% | 25% |"""
)


def up(share: str | Fraction, text: str = TIERS, **facts: object) -> Trial:
    return Trial(text, values={"portal_up": Fraction(share)}, **facts)


# ------------------------------------------------------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("availability", "euros_paid"),
    [
        ("0.999", 0),
        (Fraction("0.999") - TINY, 500),
        ("0.99", 500),
        (Fraction("0.99") - TINY, 1000),
        ("0.95", 1000),
        (Fraction("0.95") - TINY, 2500),
        ("0", 2500),
        ("1", 0),
    ],
)
def test_an_edge_belongs_to_the_row_that_says_so(availability: str | Fraction, euros_paid: int) -> None:
    assert up(availability).amount() == euros_paid


def test_every_step_is_told_with_its_amount() -> None:
    (paid,) = up("0.96").paid()
    assert (paid.base, paid.unit, paid.status, paid.to) == (10_000, "EUR", "due", "contoso")
    assert [step.amount for step in paid.steps] == [1000]
    assert paid.steps[0].what == "`portal_up` is breached: at least 95% but below 99%: 10% of the base"


def test_the_worst_row_is_the_one_that_pays_most() -> None:
    nested = credit(
        f"for portal_up {BASE} | below 99.9% | 10% | | below 99% | 25% | | below 95% | 100% | worst row that fits"
    )
    assert [up(each, nested).amount() for each in ("0.94", "0.96", "0.995")] == [10_000, 2500, 1000]
    upside_down = credit(f"for portal_up {BASE} | below 99.9% | 30% | | below 99% | 25% | worst row that fits")
    assert up("0.5", upside_down).amount() == 3000


def test_the_first_row_that_fits_is_the_first_in_the_text() -> None:
    text = credit(f"for portal_up {BASE} | below 95% | 25% | | below 99.9% | 5% | first row that fits")
    assert [up(each, text).amount() for each in ("0.94", "0.95")] == [2500, 500]


def test_otherwise_fits_what_no_other_row_fits() -> None:
    text = credit(f"for portal_up {BASE} | otherwise | 30% | | at least 99% | 5% |")
    assert [up(each, text).amount() for each in ("0.99", "0.98")] == [500, 3000]


def test_a_table_without_a_fitting_row_pays_nothing() -> None:
    assert up("0.995", credit(f"for portal_up {BASE} | below 99% | 5% |")).status() == "not due"


def test_named_bounds_and_amounts_are_those_of_their_day() -> None:
    text = (
        "parameter low { value 99% from 2026-01-01, 98% from 2026-06-01 }"
        "parameter much { value 10% from 2026-01-01, 20% from 2026-05-15 }"
    ) + credit(f"for portal_up {BASE} | at least low | 5% | | below low | the much |")
    trial = up("0.985", text)
    assert [trial.amount(period=f"2026-0{month}") for month in (4, 5, 6)] == [1000, 2000, 500]


def test_a_table_may_give_money_points_days_or_words() -> None:
    assert up("0.9", credit("for portal_up | below 99.9% | EUR 12.34 |")).amount() == euros("12.34")
    (days,) = up("0.9", credit("for portal_up | below 99.9% | 5 service days |")).paid()
    assert (days.amount, days.unit) == (5, "service days")
    (points,) = up("0.9", credit("for portal_up | below 99.9% | 3 points |", kind="points")).paid()
    assert (points.amount, points.unit, points.to) == (3, "points", "")
    (words,) = up("0.9", credit('for portal_up | below 99.9% | "a day out" |')).paid()
    assert words.amount == 0
    assert "a day out" in words.steps[0].what


MATRIX = credit(
    f"""for portal_up, desk_quick {BASE}
    | at least 99% | at most 2 h | 1% |
    | at least 99% | above 2 h | 2% |
    | below 99% | at most 2 h | 3% |
    | otherwise | otherwise | 9% |"""
)


@pytest.mark.parametrize(
    ("availability", "minutes", "paid"),
    [("0.995", 90, 100), ("0.995", 121, 200), ("0.98", 120, 300), ("0.98", 121, 900), ("0.98", 60, 0), ("1", 90, 0)],
)
def test_a_table_with_a_column_for_each_promise_is_due_when_all_are_breached(
    availability: str, minutes: int, paid: int
) -> None:
    trial = Trial(MATRIX, values={"portal_up": Fraction(availability), "desk_quick": minutes * 60})
    assert trial.amount() == paid


def test_of_several_promises_the_breach_that_pays_most_counts() -> None:
    text = credit(f"for portal_up, mail_up {BASE} | at least 98% | 5% | | below 98% | 10% |")
    both = {"portal_up": Fraction("0.97"), "mail_up": Fraction("0.99")}
    assert Trial(text, values=both).amount() == 1000
    assert Trial(text, values={"portal_up": Fraction(1), "mail_up": Fraction("0.99")}).amount() == 500
    flat = credit("for portal_up, mail_up value EUR 7.00")
    assert Trial(flat, verdicts={"portal_up": "breached", "mail_up": "breached"}).amount() == 7


def test_a_verdict_alone_is_enough_for_a_fixed_amount_but_not_for_a_table() -> None:
    facts = {"portal_up": "breached"}
    assert Trial(credit(f"for portal_up {BASE} value 5% of base"), verdicts=facts).amount() == 500
    (paid,) = Trial(TIERS, verdicts=facts).paid()
    assert (paid.status, paid.amount) == ("undecided", 0)
    assert "its table needs a value" in paid.steps[0].what


# ------------------------------------------------------------------------------------------------- whether it is due


@pytest.mark.parametrize("verdict", ["met", "inconclusive"])
def test_nothing_follows_from_another_verdict_than_a_breach(verdict: str) -> None:
    assert Trial(credit("for portal_up value EUR 7.00"), verdicts={"portal_up": verdict}).status() == "not due"


def test_a_condition_takes_the_place_of_the_breach() -> None:
    text = credit("for portal_up when portal_up is below 95% value EUR 7.00")
    assert [up(each, text).amount() for each in ("0.95", "0.949")] == [0, 7]
    text = credit("for portal_up when portal_up is breached and mail_up is breached value EUR 7.00")
    assert up("0.9", text).amount() == 0
    assert up("0.9", text, verdicts={"mail_up": "breached"}).amount() == 7


def test_nothing_follows_from_a_promise_that_does_not_bind() -> None:
    text = """sla aimed { value length of portal_down better when lower level at most 1 min force target
      each calendar month owner service_manager }""" + credit("for aimed value EUR 7.00")
    assert Trial(text, verdicts={"aimed": "breached"}).status() == "not due"


def test_a_promise_may_lead_to_a_payment_that_does_not_name_it() -> None:
    text = """sla led { value length of portal_down better when lower level at most 1 min
      each calendar month owner service_manager breach leads to trial_credit }""" + credit("value EUR 7.00")
    assert Trial(text, verdicts={"led": "breached"}).amount() == 7
    assert Trial(text).amount() == 0


def test_nothing_is_paid_for_the_time_of_settling_in() -> None:
    trial = Trial(TIERS, deal="settling until 2026-03-31", values={"portal_up": Fraction("0.9")})
    assert [trial.amount(period=f"2026-0{month}") for month in (2, 3, 4)] == [0, 0, 2500]


BONUS = credit(
    f"for portal_up gate mail_up {BASE} | at least 99.95% but below 99.99% | 1% | | at least 99.99% | 2% |",
    kind="bonus",
)


def test_a_bonus_needs_its_promise_and_its_gates_met() -> None:
    assert [up(each, BONUS).amount() for each in ("0.9995", "0.9999", "0.9994", "0.99")] == [100, 200, 0, 0]
    assert up("0.9999", BONUS, verdicts={"mail_up": "breached"}).amount() == 0
    assert up("0.9999", BONUS, verdicts={"mail_up": "inconclusive"}).amount() == 0
    assert up("0.9999", BONUS).paid()[0].to == "northwind"


def test_a_gate_must_be_met_in_every_one_of_its_windows() -> None:
    text = credit("for quarter_good gate portal_up value EUR 9.00", kind="bonus")
    assert Trial(text).amount(period="2026-q2") == 9
    assert Trial(text, verdicts={"portal_up@2026-05": "breached"}).amount(period="2026-q2") == 0


OPTIONS = """
option plan "Plan" {
  choose one
  choice small "Small" { chosen }
  choice big "Big" { price EUR 500.00 each calendar month }
}
"""


def test_a_block_holds_only_under_its_choice() -> None:
    from xladsl.evaluation.money.settling import settled

    text = OPTIONS + credit("for portal_up value EUR 7.00 only when plan is big")
    assert settled(up("0.9", text).assessment, 0, 1_800_000_000_000_000) == []
    chosen = up("0.9", text, choices={"plan": frozenset({"big"})})
    assert {paid.amount for paid in settled(chosen.assessment, 0, 1_800_000_000_000_000)} == {7}


# -------------------------------------------------------------------------------------------------------- formulas


def lasted(minutes: str | int, clauses: str) -> Fraction:
    """What a credit for a slow desk pays when the portal was down for so long."""
    seconds = Fraction(minutes) * 60
    return Trial(credit(f"for desk_quick {clauses}"), lengths={"portal_down": seconds}).amount()


@pytest.fixture(autouse=True)
def desk_by_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """A promise whose length is told is judged by it."""
    from tests.evaluation import paying

    known = paying.Told.verdict

    def verdict(self: paying.Told, name: str, window: object) -> object:
        return None if name == "desk_quick" and "portal_down" in self.facts["lengths"] else known(self, name, window)  # type: ignore[arg-type]

    monkeypatch.setattr(paying.Told, "verdict", verdict)


@pytest.mark.parametrize(
    ("minutes", "started", "full", "exact"),
    [
        (60, 0, 0, 0),
        ("60.001", 3, 2, Fraction("60.001") / 30),
        (89, 3, 2, Fraction(89, 30)),
        (90, 3, 3, 3),
        (91, 4, 3, Fraction(91, 30)),
    ],
)
def test_units_are_started_full_or_exact(minutes: str | int, started: int, full: int, exact: Fraction) -> None:
    each = "per {} 30 min of length of portal_down"
    assert lasted(minutes, f"{BASE} value 5% of base {each.format('started')}") == 500 * started
    assert lasted(minutes, f"{BASE} value 5% of base {each.format('full')}") == 500 * full
    assert abs(lasted(minutes, f"{BASE} value 5% of base {each.format('exact')}") - 500 * exact) <= Fraction(1, 200)


def test_an_allowance_is_not_paid_for() -> None:
    clauses = "value EUR 10.00 per started 30 min of length of portal_down beyond 1 h"
    assert [lasted(minutes, clauses) for minutes in (60, "60.5", 90, "90.5", 120)] == [0, 10, 10, 20, 20]


def test_a_single_unit_needs_no_number() -> None:
    assert lasted(61, "value EUR 10.00 per started hour of length of portal_down") == 20


def test_points_of_the_shortfall() -> None:
    text = credit(f"for portal_up {BASE} value 1% of base per full 0.1 pp of shortfall")
    assert [up(each, text).amount() for each in ("0.9981", "0.998", "0.997")] == [0, 100, 200]
    assert up("0.9", credit(f"for portal_up {BASE} value (shortfall) of base")).amount() == 990
    assert up("0.9", credit(f"for portal_up {BASE} value (level - measured value) of base")).amount() == 990
    bonus = credit(f"for portal_up {BASE} value 1% of base per full 0.01 pp of excess", kind="bonus")
    assert up("0.9995", bonus).amount() == 500


def test_arithmetic_and_extremes() -> None:
    assert lasted(90, f"{BASE} value 10 × base × length of portal_down / length of the window") == euros("208.33")
    assert lasted(90, f"{BASE} value lowest of (5% of base, EUR 300.00)") == 300
    assert lasted(90, f"{BASE} value highest of (5% of base, EUR 300.00)") == 500
    assert lasted(90, f"{BASE} value base / 30") == euros("333.33")


POINTS = credit(
    """for portal_up
    | at least 98% but below 99.9% | 1 point |
    | at least 97% but below 98% | 2 points |
    | below 97% | 3 points |
    doubled when portal_up is breached in the previous month""",
    "trial_points",
    "points",
) + credit(f"for trial_points {BASE} value EUR 100.00 per full point of points of trial_points")


def test_points_double_for_as_long_as_breaches_follow_each_other() -> None:
    values = dict(
        zip(("portal_up@2026-01", "portal_up@2026-02", "portal_up@2026-03"), ("0.96", "0.985", "0.96"), strict=True)
    )
    trial = Trial(POINTS, values=values)
    months = ("2026-01", "2026-02", "2026-03", "2026-04")
    assert [trial.amount("trial_points", month) for month in months] == [3, 2, 6, 0]
    assert [trial.amount(period=month) for month in months] == [300, 200, 600, 0]
    assert [step.what for step in trial.paid("trial_points", "2026-02")[0].steps][-1] == "doubled"


def test_a_month_that_is_met_ends_the_row() -> None:
    trial = Trial(POINTS, values={"portal_up@2026-01": Fraction("0.985"), "portal_up@2026-03": Fraction("0.985")})
    assert [trial.amount("trial_points", f"2026-0{month}") for month in (1, 2, 3)] == [1, 0, 1]


def test_points_are_capped_before_they_become_money() -> None:
    text = credit(
        "for portal_up | below 99.9% | 3 points | cap 5 points each calendar quarter", "trial_points", "points"
    )
    text += credit("for portal_up value EUR 100.00 per full point of points of trial_points")
    trial = up("0.9", text)
    assert [trial.amount("trial_points", month) for month in ("2026-04", "2026-05", "2026-06", "2026-07")] == [
        3,
        2,
        0,
        3,
    ]
    assert [trial.amount(period=month) for month in ("2026-04", "2026-05", "2026-06", "2026-07")] == [300, 200, 0, 300]


def test_a_quarter_has_the_points_of_its_months() -> None:
    text = credit("for portal_up | below 99.9% | 3 points |", "trial_points", "points")
    text += credit("for quarter_good value EUR 100.00 per full point of points of trial_points")
    trial = up("0.9", text, verdicts={"quarter_good": "breached"})
    assert trial.amount(period="2026-q2") == 900


def test_points_that_are_given_are_not_worked_out() -> None:
    assert Trial(POINTS, payments={"trial_points": 11}).amount() == 1100


# ------------------------------------------------------------------------------------------------------------- fees


FEES = """
service desk "Desk" {
  fee desk_monthly "Desk" EUR 100.00 from 2026-01-01, EUR 120.00 from 2026-07-01 each calendar month
  fee desk_yearly "Licence" EUR 1,200.00 each calendar year
  fee desk_hour "Hour" EUR 2.00 each clock hour
  fee desk_cases "Cases" EUR 3.50 per case counted by cases each calendar month
  fee desk_start "Transition" EUR 5,000.00 once
  fee desk_extra "Extra" as invoiced each calendar month
  starts 2026-03-01
}
kpi cases { value count of incidents better when higher }
"""


def base(words: str, period: str = "2026-04", **facts: object) -> Fraction | None:
    """A base of so many fees, as one tenth of a percent would show it."""
    text = OPTIONS + FEES + credit(f"for portal_up base {words} value 100% of base")
    facts = {"values": {"portal_up": Fraction("0.5"), "cases": 10}, **facts}
    (paid,) = Trial(text, **facts).paid(period=period)
    return None if paid.status == "undecided" else paid.amount


@pytest.mark.parametrize(
    ("words", "period", "amount"),
    [
        ("fee desk_monthly of the month measured", "2026-04", 100),
        ("fee desk_monthly of the month measured", "2026-07", 120),
        ("fee desk_monthly of the month before", "2026-07", 100),
        ("fee desk_monthly of the month credited", "2026-06", 120),
        ("fee desk_monthly of the quarter measured", "2026-07", 360),
        ("fee desk_monthly of the last 12 months", "2026-08", 640),
        ("fee desk_monthly", "2026-05", 100),
        ("fee desk_yearly of the month measured", "2026-04", 100),
        ("fee desk_yearly of the quarter measured", "2026-04", 300),
        ("fee desk_hour of the month measured", "2026-03", 2 * (31 * 24 - 1)),
        ("fee desk_cases of the month measured", "2026-04", 35),
        ("fee desk_monthly of the month measured", "2026-02", 0),
        ("fee portal_monthly of the last 12 months", "2026-02", 20_000),
    ],
)
def test_fees_of_a_period(words: str, period: str, amount: int) -> None:
    assert base(words, period) == amount


def test_all_fees_are_the_lines_of_all_services_and_the_choices_taken() -> None:
    told = {"fees": {"desk_extra": 1}}
    monthly = 10_000 + 100 + 100 + 2 * 30 * 24 + 35 + 1
    assert base("all fees of the month measured", **told) == monthly
    chosen = {"choices": {"plan": frozenset({"big"})}, **told}
    assert base("all fees of the month measured", **chosen) == monthly + 500
    assert base("fees of desk of the month measured", "2026-03", **told) == 100 + 100 + 2 * 743 + 35 + 1 + 5000
    without = "fees of desk of the month measured without one_time_charges"
    assert base(without, "2026-03", **told) == 100 + 100 + 2 * 743 + 35 + 1


def test_fees_that_are_told_need_not_be_worked_out() -> None:
    assert base("all fees of the month measured", fees={"all fees": 777}) == 777
    assert base("fees of desk of the month measured", fees={"desk": 77}) == 77
    assert base("fee desk_monthly of the quarter measured", fees={"desk_monthly": 7}) == 21


def test_an_invoice_that_nobody_tells_of_leaves_the_payment_undecided() -> None:
    from xladsl.evaluation.notes import all_notes

    trial = Trial(
        FEES + credit("for portal_up base fee desk_extra of the month measured value 5% of base"),
        values={"portal_up": 0},
    )
    assert trial.status() == "undecided"
    assert list(all_notes(trial.assessment)) == [
        "`desk_extra` is as invoiced, and nobody says what was invoiced for 2026-04."
    ]


# -------------------------------------------------------------------------------------------------------- properties

FAST = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
SHARES = st.fractions(0, 1, max_denominator=10_000)
EDGES = [Fraction(each) for each in ("0.999", "0.99", "0.95", "0", "1")]
AROUND = st.builds(
    lambda edge, by: min(max(edge + by * TINY, Fraction(0)), Fraction(1)), st.sampled_from(EDGES), st.integers(-1, 1)
)


@FAST
@given(st.one_of(SHARES, AROUND), st.one_of(SHARES, AROUND))
def test_a_worse_value_never_pays_less(one: Fraction, other: Fraction) -> None:
    worse, better = sorted((one, other))
    assert up(worse).amount() >= up(better).amount()


@FAST
@given(st.one_of(SHARES, AROUND))
def test_the_table_agrees_with_a_table_of_thresholds(value: Fraction) -> None:
    thresholds = ((Fraction("0.95"), 2500), (Fraction("0.99"), 1000), (Fraction("0.999"), 500))
    expected = next((amount for limit, amount in thresholds if value < limit), 0)
    assert up(value).amount() == expected


@FAST
@given(st.fractions(61, 5000, max_denominator=1000))
def test_full_units_never_exceed_exact_ones_nor_these_started_ones(minutes: Fraction) -> None:
    full, exact, started = (
        lasted(minutes, f"value EUR 1.00 per {kind} 7 min of length of portal_down")
        for kind in ("full", "exact", "started")
    )
    assert full <= exact + Fraction(1, 200) <= started + Fraction(1, 100)
    assert started - full <= 1


# ------------------------------------------------------------------------------- what else a payment may follow from

OTHERS = """
obligation staff_list { of northwind due by 2026-05-10 describes "The list is there." }
obligation monthly_list { of northwind recurring each calendar month describes "The list is there." }
limit cases_in_month { of northwind for portal at most 100 cases each calendar month }
kpi complaints { value count of incidents better when lower }
"""


def test_what_was_not_done_by_its_day_is_paid_for_once() -> None:
    trial = Trial(OTHERS + credit("for staff_list value EUR 9.00"), verdicts={"staff_list": "breached"})
    assert [trial.amount(period=f"2026-0{month}") for month in (4, 5, 6)] == [0, 9, 0]
    again = Trial(OTHERS + credit("for monthly_list value EUR 9.00"), verdicts={"monthly_list@2026-05": "breached"})
    assert [again.amount(period=f"2026-0{month}") for month in (4, 5, 6)] == [0, 9, 0]


def test_a_limit_that_is_exceeded_is_paid_for() -> None:
    text = OTHERS + credit("for cases_in_month value EUR 9.00")
    assert [Trial(text, values={"cases_in_month": used}).amount() for used in (100, 101)] == [0, 9]


def test_a_table_may_look_at_a_number_that_nobody_promised() -> None:
    text = OTHERS + credit("for complaints | above 10 but at most 20 | EUR 5.00 | | above 20 | EUR 50.00 |")
    assert [Trial(text, values={"complaints": number}).amount() for number in (10, 11, 21)] == [0, 5, 50]


def test_points_may_choose_a_row() -> None:
    text = credit("for portal_up | below 99.9% | 3 points |", "trial_points", "points")
    text += credit(f"for trial_points {BASE} | at least 1 point but below 3 points | 1% | | at least 3 points | 4% |")
    assert [up(each, text).amount() for each in ("0.9", "0.9995")] == [400, 0]
    assert Trial(text, payments={"trial_points": 2}).amount() == 100


def test_doubt_may_lead_to_a_payment() -> None:
    text = """sla unsure { value length of portal_down better when lower level at most 1 min each calendar month
      unclear leads to trial_credit owner service_manager }""" + credit("value EUR 7.00")
    assert Trial(text, verdicts={"unsure": "inconclusive"}).amount() == 7
    assert Trial(text, verdicts={"unsure": "met"}).amount() == 0


def test_the_last_month_has_no_later_invoice() -> None:
    text = credit("for portal_up base fee portal_monthly of the month credited value 5% of base")
    assert up("0.9", text).amount(period="2028-12") == 500


def test_what_is_out_of_words_is_no_money() -> None:
    text = credit(f'for portal_up {BASE} | "gold" | below 99.9% | 5% | | "silver" | below 99.9% | 1% |')
    assert up("0.9", text).status() == "not due", "nobody says whether it is gold or silver"


def test_a_bonus_for_two_promises_needs_both_and_takes_the_weaker() -> None:
    text = credit(
        f"for portal_up, mail_up {BASE} | at least 99.9% | 1% | | at least 99.99% | 2% | worst row that fits",
        kind="bonus",
    )
    both = {"portal_up": Fraction(1), "mail_up": Fraction("0.9999")}
    assert Trial(text, values=both).amount() == 200
    assert Trial(text, values={**both, "mail_up": Fraction("0.999")}).amount() == 100
    assert Trial(text, values={**both, "mail_up": Fraction("0.99")}).amount() == 0


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/New_York", "Asia/Tokyo"])
def test_the_month_measured_is_the_same_month_in_every_zone(zone: str) -> None:
    text = (
        FEES
        + f"""sla far {{ value length of portal_down better when lower level at most 1 min each calendar month
      timezone {zone} owner service_manager }}"""
    )
    text += credit("for far base fee desk_monthly of the month measured value 100% of base")
    trial = Trial(text, verdicts={"far": "breached"})
    assert [trial.amount(period=month) for month in ("2026-06", "2026-07")] == [100, 120]
