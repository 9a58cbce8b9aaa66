"""Payments among each other: which are paid, caps, claims, rounding, combinations, and what is earned back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.paying import Trial, credit, euros
from xladsl.evaluation.money.caps import rounded, shared_out, whole
from xladsl.evaluation.money.following import followed
from xladsl.evaluation.money.settling import amount_in, settled
from xladsl.evaluation.notes import all_notes
from xladsl.statements.record import totals

BASE = "base fee portal_monthly of the month measured"
MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
FAST = settings(deadline=None, max_examples=60)


def breached(*windows: str, promise: str = "portal_up") -> dict[str, str]:
    return {f"{promise}@{window}": "breached" for window in windows}


def flat(name: str, amount: str, clauses: str = "", promise: str = "portal_up") -> str:
    return credit(f"for {promise} value EUR {amount} {clauses}", name)


ALL_BREACHED = {"portal_up": "breached", "mail_up": "breached", "desk_quick": "breached"}


# --------------------------------------------------------------------------------------------------------------- caps


def test_a_cap_is_reached_exactly() -> None:
    for minutes, paid in ((299, 2990), (300, 3000), (301, 3000)):
        text = credit(
            f"for portal_up {BASE} value EUR 10.00 per exact 1 min of length of portal_down "
            "cap 30% of base each calendar month"
        )
        assert Trial(text, verdicts=ALL_BREACHED, lengths={"portal_down": minutes * 60}).amount() == paid


def test_a_cap_over_a_year_looks_at_what_was_paid_before() -> None:
    text = flat("trial_credit", "500.00", "cap EUR 1,200.00 each calendar year")
    trial = Trial(text, verdicts=ALL_BREACHED)
    assert [trial.amount(period=month) for month in ("2026-01", "2026-02", "2026-03", "2026-04", "2027-01")] == [
        *(500, 500, 200, 0, 500)
    ]
    (third,) = trial.paid(period="2026-03")
    assert third.steps[-1].what == "capped at EUR 1,200.00; 1,000.00 of it was paid since 2026-01-01"


def test_a_rolling_cap_frees_what_falls_out_of_it() -> None:
    text = flat("trial_credit", "500.00", "cap EUR 1,200.00 each rolling 12 months")
    trial = Trial(text, verdicts=breached("2026-01", "2026-02", "2026-12", "2027-01", "2027-02"))
    assert trial.amount(period="2026-12") == 200
    assert trial.amount(period="2027-01") == 500, "January of the year before is no longer one of the twelve"
    assert trial.amount(period="2027-02") == 500


def test_the_credits_of_the_past_may_be_told() -> None:
    text = credit(
        f"for portal_up {BASE} value 5% of base "
        "cap 5% of fee portal_monthly of the last 12 months each rolling 12 months"
    )
    trial = Trial(text, verdicts=breached("2026-12"), payments={"trial_credit@2026-06": 5800})
    assert trial.amount(period="2026-12") == 200


def test_caps_apply_in_the_order_in_which_they_are_written() -> None:
    caps = (
        "cap EUR 400.00 each calendar month",
        "cap EUR 700.00 each calendar quarter",
        "cap EUR 300.00 each calendar month",
    )
    for order in permutations(caps):
        trial = Trial(flat("trial_credit", "500.00", " ".join(order)), verdicts=ALL_BREACHED)
        assert [trial.amount(period=month) for month in ("2026-04", "2026-05", "2026-06")] == [300, 300, 100]
        first = [step.what for step in trial.paid(period="2026-04")[0].steps]
        assert len(first) == 1 + (1 if order.index(caps[2]) < order.index(caps[0]) else 2)


def test_a_cap_over_shorter_windows_bounds_each_of_them() -> None:
    text = flat("trial_credit", "5,000.00", "cap EUR 1,000.00 each calendar month", "quarter_good")
    assert Trial(text, verdicts={"quarter_good": "breached"}).amount(period="2026-q2") == 3000


def test_a_month_of_days_is_their_sum_and_a_cap_takes_the_last_ones() -> None:
    text = credit(f"for day_good {BASE} value base / 30 cap 100% of base each calendar month")
    trial = Trial(text, verdicts={"day_good": "breached"})
    days = [paid.amount for paid in trial.paid(period="2026-05")]
    assert sum(days) == 10_000
    assert days == [euros("333.33")] * 30 + [euros("0.10")]
    few = Trial(text, verdicts=breached("2026-04-07", "2026-04-08", promise="day_good"))
    assert few.amount(period="2026-04") == euros("666.66")


def test_a_cap_that_nobody_can_work_out_leaves_the_amount_undecided() -> None:
    text = """service extra { fee extra_fee "Extra" as invoiced each calendar month }""" + flat(
        "trial_credit", "500.00", "cap 10% of fee extra_fee of the month measured each calendar month"
    )
    trial = Trial(text, verdicts=ALL_BREACHED)
    assert trial.status() == "undecided"
    assert "A cap of `trial_credit` cannot be worked out for 2026-04." in all_notes(trial.assessment)
    assert Trial(text).status() == "not due", "what is not due needs no cap"


# ----------------------------------------------------------------------------------------------------- small and round


@pytest.mark.parametrize(
    ("kind", "fee", "paid"),
    [
        ("only above", "10.00", "0"),
        ("only above", "10.10", "1.01"),
        ("only from", "10.00", "1"),
        ("only from", "9.99", "0"),
    ],
)
def test_a_smallest_amount_is_above_or_from_it(kind: str, fee: str, paid: str) -> None:
    text = credit(f"for portal_up {BASE} value 10% of base pays {kind} EUR 1.00")
    assert Trial(text, verdicts=ALL_BREACHED, fees={"portal_monthly": euros(fee)}).amount() == euros(paid)


def test_a_smallest_amount_is_compared_before_rounding() -> None:
    text = credit(f"for portal_up {BASE} value 10% of base pays only from EUR 1.00")
    assert Trial(text, verdicts=ALL_BREACHED, fees={"portal_monthly": euros("9.999")}).amount() == 0


@pytest.mark.parametrize(
    ("mode", "amounts"),
    [
        ("half up", {"0.005": 1, "0.015": 2, "0.0149": 1, "0.001": 0}),
        ("half even", {"0.005": 0, "0.015": 2, "0.025": 2, "0.0251": 3}),
        ("up", {"0.001": 1, "0.01": 1, "0.011": 2}),
        ("down", {"0.019": 1, "0.02": 2}),
    ],
)
def test_modes_of_rounding(mode: str, amounts: dict[str, int]) -> None:
    rounding = f"rounding {mode} to EUR 0.01, once, on each credit"
    for amount, cents in amounts.items():
        text = credit(f"for portal_up {BASE} value 1% of base")
        trial = Trial(text, rounding, verdicts=ALL_BREACHED, fees={"portal_monthly": euros(amount) * 100})
        assert trial.amount() == Fraction(cents, 100)


def test_a_loss_is_rounded_like_a_gain() -> None:
    assert [whole(Fraction(half, 2), "half up") for half in (-3, -1, 1, 3)] == [-2, -1, 1, 2]
    assert [whole(Fraction(half, 2), "half even") for half in (-3, -1, 1, 3)] == [-2, 0, 0, 2]


def test_without_an_agreed_rounding_an_amount_stays_as_it_is() -> None:
    text = credit(f"for portal_up {BASE} value base / 30")
    assert Trial(text, "", verdicts=ALL_BREACHED).amount() == Fraction(10_000, 30)


ON_TOTAL = "rounding half up to EUR 0.01, once, on the total of the month"


def test_the_total_of_a_month_is_rounded_once_and_shared_out() -> None:
    text = "".join(credit(f"for {promise} {BASE} value base / 30", f"{promise}_credit") for promise in ALL_BREACHED)
    names = [f"{promise}_credit" for promise in ALL_BREACHED]
    each = [Trial(text, verdicts=ALL_BREACHED).amount(name) for name in names]
    assert each == [euros("333.33")] * 3
    total = [Trial(text, ON_TOTAL, verdicts=ALL_BREACHED).amount(name) for name in names]
    assert sorted(total) == [euros("333.33"), euros("333.33"), euros("333.34")]


@FAST
@given(st.lists(st.fractions(0, 1000, max_denominator=997), min_size=1, max_size=8))
def test_shares_come_to_the_rounded_total_and_none_is_off_by_a_cent(amounts: list[Fraction]) -> None:
    rule = Trial("", ON_TOTAL).contract.agreement.rounding
    assert rule is not None
    shares = shared_out(amounts, rule)
    assert sum(shares) == rounded(sum(amounts, Fraction(0)), rule)
    assert all(abs(share - amount) < Fraction(1, 100) for share, amount in zip(shares, amounts, strict=True))


# ----------------------------------------------------------------------------------------------- payments that meet


def meeting(rule: str, amounts: dict[str, str], others: str = "", **facts: object) -> dict[str, Fraction]:
    """What three credits come to in April, of which the first says how it meets the others."""
    promises = dict(zip(amounts, ALL_BREACHED, strict=False))
    text = "".join(
        flat(name, amount, f"with other credits of the month {rule}" if index == 0 else others, promises[name])
        for index, (name, amount) in enumerate(amounts.items())
    )
    trial = Trial(text, verdicts=ALL_BREACHED, **facts)
    return {name: trial.amount(name) for name in amounts}


AMOUNTS = {"one": "100.00", "two": "300.00", "three": "200.00"}


def test_only_the_largest_is_paid() -> None:
    assert meeting("only the largest", AMOUNTS) == {"one": 0, "two": 300, "three": 0}
    added = "with other credits of the month add up"
    assert meeting("only the largest", AMOUNTS, added) == {"one": 0, "two": 300, "three": 200}
    assert meeting("add up", AMOUNTS) == {"one": 100, "two": 300, "three": 200}


def test_of_equal_amounts_one_is_paid_whatever_the_order_of_the_text() -> None:
    equal = dict.fromkeys(AMOUNTS, "100.00")
    assert sum(meeting("only the largest", equal).values()) == 100
    assert meeting("only the largest", equal) == meeting("only the largest", dict(reversed(equal.items())))


def test_the_largest_is_found_before_caps() -> None:
    text = flat("one", "500.00", "cap EUR 100.00 each calendar month with other credits of the month only the largest")
    trial = Trial(text + flat("two", "300.00", promise="mail_up"), verdicts=ALL_BREACHED)
    assert (trial.amount("one"), trial.amount("two")) == (100, 0)


def test_the_customer_chooses_by_claiming_and_until_then_the_largest_counts() -> None:
    text = flat(
        "one",
        "100.00",
        'claim within 30 days of the end of the month, by "mail" '
        "with other credits of the month the one the customer chooses",
    )
    text += flat("two", "300.00", 'claim within 30 days of the end of the month, by "mail"', "mail_up")
    trial = Trial(text, verdicts=ALL_BREACHED)
    assert (trial.amount("one"), trial.amount("two")) == (0, 300)
    (words,) = all_notes(trial.assessment)
    assert (
        words
        == "The customer may choose one of `one` EUR 100.00, `two` EUR 300.00; until it does, the largest is counted."
    )
    claimed = Trial(text, verdicts=ALL_BREACHED, claims={"one": date(2026, 5, 3)})
    assert (claimed.amount("one"), claimed.amount("two")) == (100, 0)


def test_a_bonus_falls_beside_a_credit_that_it_excludes() -> None:
    bonus = credit("for mail_up value EUR 900.00 with other credits of the month exclude each other", "extra", "bonus")
    text = flat("trial_credit", "10.00") + bonus
    assert Trial(text, verdicts=breached("2026-04")).amount("extra") == 0
    assert Trial(text, verdicts=breached("2026-04")).amount() == 10
    assert Trial(text).amount("extra") == 900


def test_payments_of_another_unit_do_not_meet() -> None:
    text = flat("one", "100.00", "with other credits of the month only the largest")
    days = credit("for mail_up | below 99.9% | 5 service days |", "two")
    trial = Trial(text + days, verdicts=breached("2026-04"), values={"mail_up": Fraction("0.9")})
    assert (trial.amount("one"), trial.amount("two")) == (100, 5)


def test_a_common_cap_cuts_in_proportion() -> None:
    found = meeting("add up, then cap 3% of all fees of the month measured", AMOUNTS)
    assert found == {"one": 50, "two": 150, "three": 100}
    assert meeting("add up, then cap 6% of all fees of the month measured", AMOUNTS) == {
        "one": 100,
        "two": 300,
        "three": 200,
    }


def test_a_common_cap_comes_after_the_own_cap_and_takes_what_ends_earlier_first() -> None:
    text = flat("days", "40.00", "cap EUR 100.00 each calendar month", "day_good")
    text += flat(
        "month", "500.00", "with other credits of the month add up, then cap 2% of all fees of the month measured"
    )
    facts = {
        "portal_up": "breached",
        **breached("2026-04-01", "2026-04-02", "2026-04-03", "2026-04-09", promise="day_good"),
    }
    trial = Trial(text, verdicts=facts)
    assert trial.amount("days") == 100
    assert trial.amount("month") == 100


# -------------------------------------------------------------------------------------------------------- combinations


def combination(rule: str, clauses: str = "", **facts: object) -> Fraction:
    promises = dict(zip(AMOUNTS, ALL_BREACHED, strict=True))
    text = "".join(flat(name, amount, promise=promises[name]) for name, amount in AMOUNTS.items())
    text += f"combination together {{ combines one, two, three rule {rule} {clauses} }}"
    return Trial(text, **{"verdicts": ALL_BREACHED, **facts}).amount("together")


def test_combinations_by_their_rules() -> None:
    assert combination("add up") == 600
    assert combination("only the largest") == 300
    assert combination("the one the customer chooses") == 300
    assert combination("exclude each other") == 300
    assert combination("add up", verdicts={}) == 0


def test_caps_and_the_smallest_amount_of_a_combination() -> None:
    assert combination("add up", "cap EUR 600.00 each calendar month") == 600
    assert combination("add up", "cap EUR 599.99 each calendar month") == euros("599.99")
    assert combination("add up", "pays only above EUR 600.00") == 0
    assert combination("add up", "pays only from EUR 600.00") == 600
    yearly = "cap EUR 2,000.00 each calendar year cap EUR 600.00 each calendar month"
    text = "".join(flat(name, amount) for name, amount in AMOUNTS.items())
    trial = Trial(
        text + f"combination together {{ combines one, two, three rule add up {yearly} }}", verdicts=ALL_BREACHED
    )
    assert [trial.amount("together", month) for month in MONTHS[:5]] == [600, 600, 600, 200, 0]


def test_a_combination_takes_in_all_windows_that_end_in_its_own() -> None:
    text = (
        flat("days", "10.00", promise="day_good")
        + flat("month", "20.00")
        + flat("quarter", "30.00", promise="quarter_good")
    )
    text += "combination together { combines days, month, quarter rule add up }"
    facts = {
        "quarter_good": "breached",
        "portal_up": "breached",
        **breached("2026-04-07", "2026-06-30", promise="day_good"),
    }
    (paid,) = Trial(text, verdicts=facts).paid("together", "2026-q2")
    assert (paid.window, paid.amount) == ("2026-q2", 2 * 10 + 3 * 20 + 30)
    assert paid.steps[0].what == "`days` EUR 20.00 + `month` EUR 60.00 + `quarter` EUR 30.00"


def test_a_bonus_is_taken_off_the_credits_it_is_added_to() -> None:
    text = flat("one", "100.00") + credit("for mail_up value EUR 30.00", "two", "bonus")
    text += "combination together { combines one, two rule add up }"
    (paid,) = Trial(text, verdicts=breached("2026-04")).paid("together")
    assert (paid.amount, paid.to) == (70, "contoso")
    (paid,) = Trial(text).paid("together")
    assert (paid.amount, paid.to) == (30, "northwind")


# --------------------------------------------------------------------------------------------------------------- claims


def claimed(rule: str, day: date | None, **facts: object) -> tuple[str, Fraction]:
    text = flat("trial_credit", "100.00", f'claim {rule}, by "mail"')
    claims = {} if day is None else {"trial_credit": day}
    (paid,) = Trial(text, verdicts=breached("2026-04"), claims=claims, **facts).paid()
    return paid.status, paid.amount


def test_a_claim_may_not_be_needed() -> None:
    assert Trial(flat("trial_credit", "100.00", "claim not needed"), verdicts=breached("2026-04")).status() == "due"


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("within 30 days of the end of the month", date(2026, 5, 30)),
        ("within 30 days of the end of the window", date(2026, 5, 30)),
        ("within 2 months of the end of the month", date(2026, 6, 30)),
        ("within 5 business days of the end of the month", date(2026, 5, 7)),
        ("by the end of the second billing month after", date(2026, 6, 30)),
        ("by the end of the first billing month after", date(2026, 5, 31)),
    ],
)
def test_the_last_day_of_a_claim_is_in_time_and_the_next_is_not(rule: str, last: date) -> None:
    from datetime import timedelta

    assert claimed(rule, None) == ("unclaimed", 100)
    assert claimed(rule, last) == ("claimed", 100)
    assert claimed(rule, last + timedelta(days=1)) == ("lapsed", 0)


def test_what_lapsed_takes_no_room_under_a_cap() -> None:
    text = flat(
        "trial_credit",
        "100.00",
        'cap EUR 150.00 each calendar year claim within 30 days of the end of the month, by "mail"',
    )
    claims = {"trial_credit@2026-01": date(2026, 9, 1), "trial_credit@2026-02": date(2026, 3, 1)}
    trial = Trial(text, verdicts=breached("2026-01", "2026-02", "2026-03"), claims=claims)
    assert [trial.amount(period=month) for month in MONTHS[:3]] == [0, 100, 50]


# ---------------------------------------------------------------------------------------------------------- earned back


def returning(clauses: str, months: dict[str, str], extra: str = "") -> Trial:
    text = flat("trial_credit", "8,000.00", extra) + f"earn back back {{ returns trial_credit {clauses} }}"
    return Trial(text, verdicts={f"portal_up@{month}": verdict for month, verdict in months.items()})


def test_half_comes_back_after_six_good_months_and_not_twice() -> None:
    trial = returning("share half when portal_up is met 6 months in a row", {"2026-01": "breached"})
    assert [trial.amount("back", month) for month in MONTHS[5:9]] == [0, 4000, 0, 0]
    (paid,) = trial.paid("back", "2026-07")
    assert (paid.to, paid.status) == ("northwind", "due")
    assert paid.steps[0].what == "50% of `trial_credit` of 2026-01"


def test_a_new_failure_ends_the_count_of_the_earlier_credit() -> None:
    trial = returning(
        "share half when portal_up is met 6 months in a row", {"2026-01": "breached", "2026-07": "breached"}
    )
    assert [trial.amount("back", month) for month in MONTHS[1:]] == [0] * 11
    assert trial.amount("back", "2027-01") == 4000


def test_a_share_may_be_a_percentage_or_all() -> None:
    for words, amount in (("25%", 2000), ("in full", 8000), ("half", 4000)):
        trial = returning(f"share {words} when portal_up is met 1 month in a row", {"2026-01": "breached"})
        assert trial.amount("back", "2026-02") == amount


def test_a_balance_is_set_off_against_later_credits_the_oldest_first() -> None:
    months = {"2026-01": "breached", "2026-05": "breached", "2026-06": "breached"}
    text = credit("for portal_up value EUR 1.00 per exact 1 min of length of portal_down")
    text += "earn back back { returns trial_credit share in full when portal_up is met 3 months in a row "
    text += "offset against later credits }"
    lengths = {"portal_down@2026-01": 8000 * 60, "portal_down@2026-05": 5000 * 60, "portal_down@2026-06": 5000 * 60}
    trial = Trial(text, verdicts={f"portal_up@{month}": each for month, each in months.items()}, lengths=lengths)
    assert [trial.amount("back", month) for month in MONTHS[:8]] == [0, 0, 0, 8000, 5000, 3000, 0, 0]
    assert [trial.paid("back", month)[0].status for month in MONTHS[3:6]] == ["not due", "due", "due"]
    assert (
        trial.paid("back", "2026-05")[0].steps[0].what
        == "set off against `trial_credit`; a balance of EUR 3,000.00 is left"
    )
    assert trial.amount(period="2026-05") == 5000, "the credit itself is what it is"


def test_never_means_never() -> None:
    text = flat("one", "100.00") + flat("two", "200.00")
    text += "earn back back { returns one, two share in full when portal_up is met 1 month in a row never for two }"
    assert Trial(text, verdicts=breached("2026-04")).amount("back", "2026-05") == 100


def test_a_payment_may_say_itself_what_is_earned_back() -> None:
    trial = Trial(
        flat("trial_credit", "8,000.00", "earned back half, when portal_up is met 2 months in a row"),
        verdicts=breached("2026-01"),
    )
    name = "trial_credit earned back"
    assert [trial.amount(period=month, prefix=name) for month in MONTHS[:4]] == [0, 0, 4000, 0]
    assert trial.amount(period="2026-01") == 8000


def test_what_comes_back_is_a_part_of_what_was_paid() -> None:
    trial = returning(
        "share half when portal_up is met 1 month in a row",
        {"2026-01": "breached"},
        "cap EUR 3,000.00 each calendar month",
    )
    assert trial.amount("back", "2026-02") == 1500


# -------------------------------------------------------------------------------------------------------- what follows


RIGHTS = """
right to terminate chronic { held by contoso when portal_up is breached in 3 of the last 6 months
  exercised within 60 days of the end of the month }
improvement plan plan { when portal_up is breached 2 months in a row
  presented within 10 business days of the end of the month }
reward cake { for portal_up when portal_up is met 2 months in a row gives "Cake." }
"""


def test_rights_plans_and_rewards_with_their_last_day() -> None:
    from xladsl.evaluation.instants.windows import period_of

    trial = Trial(RIGHTS, verdicts=breached("2026-04", "2026-05", "2026-07"))
    found = []
    for month in MONTHS[3:9]:
        span = period_of(month, "Europe/Copenhagen")
        assert span is not None
        found += [
            (each.block, each.window, each.until) for each in followed(trial.assessment, [], span.start, span.end)
        ]
    assert ("plan", "2026-05", "2026-06-12") in found
    assert ("chronic", "2026-07", "2026-09-29") in found
    assert [window for block, window, _ in found if block == "chronic"] == ["2026-07", "2026-08", "2026-09"]
    assert [window for block, window, _ in found if block == "cake"] == ["2026-09"]
    kinds = {each.block: (each.kind, each.reason) for each in followed(trial.assessment, [], 0, 2_000_000_000_000_000)}
    assert kinds["chronic"] == ("right to terminate", "`portal_up` is breached in 3 of the last 6 months")


# ----------------------------------------------------------------------------------------------------------- properties

MINUTES = st.lists(st.integers(0, 3000), min_size=12, max_size=12)
PAYING = credit(
    f"""for portal_up {BASE} value EUR 7.77 per started 30 min of length of portal_down
    cap 10% of base each calendar month cap EUR 2,500.00 each rolling 12 months"""
)


def over_a_year(minutes: list[int]) -> list[Fraction]:
    months = dict(zip(MONTHS, minutes, strict=True))
    verdicts = {f"portal_up@{month}": "breached" for month, each in months.items() if each}
    lengths = {f"portal_down@{month}": each * 60 for month, each in months.items()}
    trial = Trial(PAYING, verdicts=verdicts, lengths=lengths)
    return [trial.amount(period=month) for month in MONTHS]


@FAST
@given(MINUTES)
def test_caps_hold_in_every_year(minutes: list[int]) -> None:
    paid = over_a_year(minutes)
    assert all(amount <= 1000 for amount in paid)
    assert sum(paid) <= 2500
    due = sum(min(euros("7.77") * -(-each // 30), Fraction(1000)) for each in minutes)
    assert sum(paid) == min(due, Fraction(2500))


@FAST
@given(MINUTES, st.integers(0, 11), st.integers(1, 500))
def test_a_worse_month_never_brings_less_by_its_end(minutes: list[int], month: int, more: int) -> None:
    worse = [each + more * (index == month) for index, each in enumerate(minutes)]
    totals = [[sum(paid[: index + 1]) for index in range(12)] for paid in (over_a_year(minutes), over_a_year(worse))]
    assert all(one <= other for one, other in zip(*totals, strict=True))


EACH = st.lists(st.fractions(0, 5000, max_denominator=300), min_size=3, max_size=3)


@FAST
@given(EACH, st.sampled_from(["add up", "only the largest", "exclude each other"]), st.permutations([0, 1, 2]))
def test_the_order_of_the_text_does_not_matter(amounts: list[Fraction], rule: str, order: list[int]) -> None:
    found = []
    for chosen in ([0, 1, 2], order):
        text = "parameter p0 { value EUR 1.00 } parameter p1 { value EUR 1.00 } parameter p2 { value EUR 1.00 }"
        for index in chosen:
            clauses = f"with other credits of the month {rule}, then cap 30% of all fees of the month measured"
            text += credit(f"for portal_up value p{index} {clauses}", f"c{index}")
        values = {f"p{index}": amount for index, amount in enumerate(amounts)}
        trial = Trial(text, verdicts=ALL_BREACHED, values=values)
        found.append([trial.amount(f"c{index}") for index in range(3)])
    assert found[0] == found[1]
    assert sum(found[0]) <= 3000


@FAST
@given(st.fractions(0, 100_000, max_denominator=9973), st.sampled_from(["half up", "half even", "up", "down"]))
def test_the_one_rounding_is_off_by_half_a_cent_or_by_less_than_one(amount: Fraction, mode: str) -> None:
    rule = Trial("", f"rounding {mode} to EUR 0.01, once, on each credit").contract.agreement.rounding
    error = rounded(amount, rule) - amount
    bounds = {"half up": (Fraction(-1, 200), Fraction(1, 200)), "half even": (Fraction(-1, 200), Fraction(1, 200))}
    low, high = bounds.get(mode, (Fraction(0), Fraction(1, 100)) if mode == "up" else (Fraction(-1, 100), Fraction(0)))
    assert low <= error <= high
    assert mode in bounds or abs(error) < Fraction(1, 100)
    assert (rounded(amount, rule) * 100).denominator == 1


def test_all_that_is_settled_comes_once() -> None:
    text = "".join(flat(name, amount) for name, amount in AMOUNTS.items())
    text += "combination together { combines one, two rule add up }"
    trial = Trial(text, verdicts=ALL_BREACHED)
    found = settled(trial.assessment, 0, 2_000_000_000_000_000)
    assert len(found) == len({(paid.payment, paid.window, paid.group) for paid in found}) == 4 * 36
    starts = [paid.start for paid in found if paid.payment == "one"]
    assert all(one < other for one, other in pairwise(starts))
    month = trial.assessment.windows("calendar month", "Europe/Copenhagen").named("2026-04")
    assert month is not None
    assert amount_in(trial.assessment, trial.block("together"), month) == 400


def test_two_common_caps_hold_both() -> None:
    text = flat("one", "1,000.00", "with other credits of the month add up, then cap EUR 900.00")
    text += flat("two", "1,000.00", "with other credits of the quarter add up, then cap EUR 1,000.00", "mail_up")
    trial = Trial(text, verdicts=ALL_BREACHED)
    months = [trial.amount("one", month) + trial.amount("two", month) for month in MONTHS[3:6]]
    assert months == [900, 100, 0]


def test_a_promise_of_another_zone_is_paid_in_the_month_it_has_there() -> None:
    text = """sla far { value length of portal_down better when lower level at most 1 min each calendar month
      timezone America/New_York owner service_manager }""" + credit(
        "for far value EUR 5.00 cap EUR 8.00 each calendar quarter"
    )
    trial = Trial(text, verdicts={"far": "breached"})
    assert [trial.amount(period=month) for month in MONTHS[3:7]] == [5, 3, 0, 5]


def test_a_combination_is_rounded_with_the_total_of_the_month() -> None:
    text = "".join(credit(f"for {promise} {BASE} value base / 30", f"{promise}_credit") for promise in ALL_BREACHED)
    names = ", ".join(f"{promise}_credit" for promise in ALL_BREACHED)
    text += f"combination together {{ combines {names} rule add up }}"
    assert Trial(text, ON_TOTAL, verdicts=ALL_BREACHED).amount("together") == 1000
    assert Trial(text, verdicts=ALL_BREACHED).amount("together") == euros("999.99")


def test_a_combination_is_claimed_as_its_payments_are() -> None:
    text = flat("one", "100.00", 'claim within 30 days of the end of the month, by "mail"')
    text += "combination together { combines one rule add up }"
    verdicts = breached("2026-04")
    assert Trial(text, verdicts=verdicts).status("together") == "unclaimed"
    assert Trial(text, verdicts=verdicts, claims={"one": date(2026, 5, 2)}).status("together") == "claimed"
    late = Trial(text, verdicts=verdicts, claims={"one": date(2026, 8, 2)})
    assert (late.status("together"), late.amount("together")) == ("not due", 0)


def test_days_of_service_are_owed_beside_what_is_combined() -> None:
    text = credit("for portal_up value 2 service days", "days") + credit("for portal_up value EUR 6.00", "money")
    text += "combination both { combines days, money rule add up cap EUR 4.00 each calendar month }"
    trial = Trial(text, values={"portal_up": Fraction("0.9")})
    found = [paid._replace(to="contoso") for name in ("days", "money", "both") for paid in trial.paid(name)]
    owed = {each["unit"]: each["amount"]["decimal"] for each in totals(trial.contract, found)}
    assert owed == {"EUR": "4", "service days": "2"}
