"""What an agreement remembers: time that was paid for, balances that lapse, budgets, and what was told before."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.evaluation.paying import ZONE, Trial, contract, credit, euros
from tests.evaluation.test_evaluate import outages
from xladsl.evaluation.evaluate import evaluate
from xladsl.evaluation.given import Given
from xladsl.evaluation.instants.zones import instant, midnight
from xladsl.evaluation.money.payable import payable
from xladsl.evaluation.results import Evaluation
from xladsl.evaluation.rows.table import Rows, Table
from xladsl.evaluation.stretches import algebra
from xladsl.evaluation.stretches.algebra import MINUTE, Stretch
from xladsl.statements import record
from xladsl.statements.earlier import Earlier
from xladsl.statements.told import heard


def month(number: int) -> tuple[date, date]:
    """The first and the last day of a month of 2026."""
    return date(2026, number, 1), date(2026, number + 1, 1) - timedelta(days=1)


def at(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return instant(moment.date(), moment.time(), ZONE)


def evaluated(text: str, table: Table, first: date, last: date, given: Given | None = None) -> Evaluation:
    return evaluate(contract(text), table, first, last, given)


def as_result(text: str, evaluation: Evaluation) -> dict[str, Any]:
    """What a result says when it is read again."""
    about = record.Circumstances("0" * 64, "0" * 64, "parties", "")
    found: dict[str, Any] = json.loads(record.rendered(record.document(contract(text), evaluation, about)))
    return found


def told(text: str, *facts: str) -> Given:
    found = heard(facts, contract(text), midnight(date(2026, 4, 1), ZONE), Given())
    assert found.given is not None, found.problems
    return found.given


def amounts(found: Evaluation, name: str) -> dict[str, Fraction]:
    return {each.window: each.amount for each in found.payments if each.payment == name}


# ---------------------------------------------------------------------------------------------- joined, without the gap


def minutes(*spans: tuple[int, int]) -> list[Stretch]:
    return [Stretch(start * MINUTE, end * MINUTE) for start, end in spans]


def test_a_gap_that_does_not_count_is_in_no_sum_and_parts_nothing() -> None:
    joined = algebra.joined(minutes((0, 6), (120, 126), (500, 503)), 180 * MINUTE, counted=False)
    assert algebra.seconds(joined) == 15 * 60
    events = [(event[0].start, event[-1].end) for event in algebra.events(joined, ())]
    assert events == [(each.start, each.end) for each in minutes((0, 126), (500, 503))]
    kept = algebra.longer(joined, 10 * MINUTE, or_equal=True, gaps_counted=False)
    assert algebra.seconds(kept) == 12 * 60
    assert algebra.longer(joined, 13 * MINUTE, or_equal=True, gaps_counted=False) == []
    assert algebra.seconds(algebra.longer(joined, 13 * MINUTE, or_equal=True)) == 12 * 60


# ----------------------------------------------------------------------------------------------- paid for the same time

ROLLING = """
sla any_days {
  value length of portal_down better when lower level at most 60 min each rolling 7 days
  no data counts as met owner service_manager
}
""" + credit("for any_days value EUR 100.00 pays once for the same time claim not needed")


def test_an_outage_in_many_rolling_windows_is_paid_for_once() -> None:
    rows = outages(("2026-04-07 10:00", "2026-04-07 11:30", "a"), ("2026-04-10 10:00", "2026-04-10 10:50", "a"))
    assert sum(amounts(evaluated(ROLLING, rows, *month(4)), "trial_credit").values()) == 100
    often = ROLLING.replace("pays once for the same time", "")
    assert sum(amounts(evaluated(often, rows, *month(4)), "trial_credit").values()) == 700


def test_what_comes_after_it_is_paid_for_anew() -> None:
    rows = outages(("2026-04-07 10:00", "2026-04-07 11:30", "a"), ("2026-04-10 10:00", "2026-04-10 11:01", "a"))
    found = amounts(evaluated(ROLLING, rows, *month(4)), "trial_credit")
    assert [window for window, amount in found.items() if amount] == [
        "2026-04-01 to 2026-04-07",
        "2026-04-04 to 2026-04-10",
    ]


def test_what_an_earlier_result_told_as_owed_is_paid_for() -> None:
    text = ROLLING.replace("claim not needed", "claim within 30 days of the end of the window")
    rows = outages(("2026-04-28 10:00", "2026-04-28 11:30", "a"))
    given = told(text, "trial_credit is claimed on 2026-05-01 in 2026-04-22")
    april = evaluated(text, rows, *month(4), given)
    claimed = [each.window for each in april.payments if each.status == "claimed"]
    assert claimed == ["2026-04-22 to 2026-04-28"]
    may = evaluated(text, rows, *month(5), Earlier([as_result(text, april)]))
    assert sum(amounts(may, "trial_credit").values()) == 0
    assert sum(amounts(evaluated(text, rows, *month(5)), "trial_credit").values()) == 400


def test_rows_that_were_paid_for_are_not_there() -> None:
    text = """
    events calls { columns answered as time from "t", good as yes or no from "g" run by northwind }
    sla kind_calls {
      value share of calls in which good is yes better when higher level at least 50% each rolling 7 days
      empty counts as met no data counts as met owner service_manager
    }
    """ + credit("for kind_calls value EUR 10.00 pays once for the same time claim not needed")
    moments = [at("2026-04-07 10:00"), at("2026-04-07 11:00"), at("2026-04-09 10:00"), at("2026-04-09 11:00")]
    table = Table({"calls": Rows({"answered": list(moments), "good": [0, 0, 1, 0]})})
    found = amounts(evaluated(text, table, *month(4)), "trial_credit")
    assert [window for window, amount in found.items() if amount] == ["2026-04-01 to 2026-04-07"]


# --------------------------------------------------------------------------------------------------- before some moment


def trailing(anchor: str) -> str:
    return f"""
    sla before {{
      value length of portal_down better when lower level at most 60 min each trailing 30 days before the {anchor}
      no data counts as met owner service_manager
    }}
    """ + credit("for before value EUR 100.00 claim within 30 days of the incident")


DOWN = outages(("2026-04-07 10:00", "2026-04-07 11:30", "a"), ("2026-04-20 10:00", "2026-04-20 10:10", "a"))


def test_each_claim_is_judged_over_the_time_before_it() -> None:
    text = trailing("claim")
    given = told(text, "trial_credit is claimed on 2026-04-10", "trial_credit is claimed on 2026-04-12 09:00")
    found = evaluated(text, DOWN, *month(4), given)
    assert amounts(found, "trial_credit") == {"2026-03-12 to 2026-04-10": 100, "2026-04-12 09:00": 100}
    assert {each.status for each in found.payments} == {"claimed"}
    assert amounts(evaluated(text, DOWN, *month(4)), "trial_credit") == {}, "nobody has claimed anything"


def test_other_moments_make_windows_of_their_own() -> None:
    found = evaluated(trailing("incident"), DOWN, *month(4))
    assert [(each.window, each.verdict) for each in found.judgements if each.promise == "before"] == [
        ("2026-04-07 10:00", "met"),
        ("2026-04-20 10:00", "breached"),
    ]
    found = evaluated(trailing("end of the month"), DOWN, *month(4))
    assert [each.window for each in found.judgements if each.promise == "before"] == ["2026-04-01 to 2026-04-30"]
    text = trailing("invoice")
    found = evaluated(text, DOWN, *month(4), told(text, "all fees are invoiced on 2026-04-15 in 2026-03"))
    assert [each.verdict for each in found.judgements if each.promise == "before"] == ["breached"]


# -------------------------------------------------------------------------------------------- notice, and dated amounts


def test_a_claim_in_two_steps_needs_both_in_time() -> None:
    rule = "notified within 24 h of the end of the window claim within 10 days of the end of the window"
    text = credit(f"for portal_up value EUR 100.00 {rule}")

    def status(**facts: Any) -> str:
        trial = Trial(
            text, verdicts={"portal_up": "breached"}, **{name: {"trial_credit": each} for name, each in facts.items()}
        )
        return trial.status()

    assert status() == "unclaimed"
    assert status(claims=date(2026, 5, 3)) == "unclaimed"
    assert status(notices=date(2026, 5, 1)) == "unclaimed"
    assert status(notices=date(2026, 5, 1), claims=date(2026, 5, 3)) == "claimed"
    assert status(notices=date(2026, 5, 2), claims=date(2026, 5, 3)) == "lapsed"
    assert status(notices=date(2026, 5, 1), claims=date(2026, 5, 11)) == "lapsed"


def test_a_claim_may_come_too_early() -> None:
    rule = "claim within 30 days of the end of the window, not before 5 days after"
    text = credit(f"for portal_up value EUR 100.00 {rule}")
    for day, status in ((date(2026, 5, 5), "unclaimed"), (date(2026, 5, 6), "claimed"), (date(2026, 6, 1), "lapsed")):
        trial = Trial(text, verdicts={"portal_up": "breached"}, claims={"trial_credit": day})
        assert trial.status() == status, day


def test_so_many_of_several_promises() -> None:
    condition = "at least 2 of portal_up and mail_up and desk_quick are breached"
    text = credit(f"for portal_up when {condition} value EUR 100.00 claim not needed")
    text += credit(f"for portal_up when {condition} 2 months in a row value EUR 7.00 claim not needed", "twice")

    def amount(months: dict[str, int], name: str = "trial_credit") -> Fraction:
        names = ("portal_up", "mail_up", "desk_quick")
        verdicts = {f"{each}@{month}": "breached" for month, number in months.items() for each in names[:number]}
        return Trial(text, verdicts=verdicts).amount(name)

    assert [amount({"2026-04": number}) for number in range(4)] == [0, 0, 100, 100]
    assert amount({"2026-04": 3, "2026-03": 1}, "twice") == 0
    assert amount({"2026-04": 2, "2026-03": 3}, "twice") == 7


RATE = """
parameter rate "Rate" {{
  value EUR 10.00 from 2026-01-01, EUR 20.00 from 2026-05-01 governed by the date of the {}
}}
"""


def test_an_amount_goes_by_the_day_of_the_claim_or_of_the_invoice() -> None:
    for moment, fact in (
        ("claim", "trial_credit is claimed on 2026-05-04"),
        ("invoice", "all fees are invoiced on 2026-05-04"),
    ):
        text = RATE.format(moment) + credit("for portal_up value rate claim within 30 days of the end of the window")
        given = told(text, "portal_up is breached", fact)
        found = evaluated(text, outages(), *month(4), given)
        assert amounts(found, "trial_credit") == {"2026-04": 20}
        found = evaluated(text, outages(), *month(4), told(text, "portal_up is breached"))
        assert amounts(found, "trial_credit") == {"2026-04": 10}
        assert [each for each in found.notes if each.startswith(f"`rate` goes by the date of the {moment}")]


# ------------------------------------------------------------------------------------------------------ lapses, budgets


def balance(clauses: str, months: dict[str, str]) -> Trial:
    text = credit("for portal_up value EUR 100.00 claim not needed")
    text += f"earn back calm {{ returns trial_credit share in full when portal_up is met 1 months in a row {clauses} }}"
    return Trial(text, verdicts={f"portal_up@{name}": verdict for name, verdict in months.items()})


def test_a_balance_lapses_after_its_time_or_with_its_year() -> None:
    bad = {"2026-11": "breached", "2027-02": "breached"}
    for clauses, taken in (
        ("", 100),
        ("lapses after 3 months", 100),
        ("lapses after 2 months", 0),
        ("lapses with each calendar year", 0),
        ("lapses with each contract year", 0),
    ):
        trial = balance(f"offset against later credits {clauses}", bad)
        offset = [each.amount for each in trial.paid("calm", "2027-02")]
        assert sum(offset) == taken, clauses


def test_what_lapsed_before_it_could_be_earned_is_not_earned() -> None:
    assert balance("lapses with each calendar month", {"2026-04": "breached"}).amount("calm", "2026-05") == 0
    assert balance("lapses after 1 month", {"2026-04": "breached"}).amount("calm", "2026-05") == 100


REWARD = """
reward cake { when portal_up is met gives "Cake." worth EUR 400.00 budget EUR 1,000.00 each calendar quarter }
"""


def test_a_reward_keeps_to_its_budget_and_a_new_one_begins_with_the_quarter() -> None:
    found = evaluated(
        REWARD, outages(("2026-05-07 10:00", "2026-05-07 11:30", "a")), date(2026, 4, 1), date(2026, 9, 30)
    )
    given = [each.window for each in found.followed if each.block == "cake"]
    assert given == ["2026-04", "2026-06", "2026-07", "2026-08"]
    assert "`cake` costs EUR 400.00, and of its budget EUR 200.00 were left in 2026-09." in found.notes


# -------------------------------------------------------------------------------------------------------- what was told


def test_a_quarter_takes_off_what_its_months_were_told() -> None:
    text = credit("for portal_up value EUR 100.00 claim not needed")
    text += "combination both { combines trial_credit rule add up cap EUR 150.00 each calendar quarter }"
    rows = outages(("2026-04-07 10:00", "2026-04-07 11:30", "a"), ("2026-06-07 10:00", "2026-06-07 11:30", "a"))
    april = evaluated(text, rows, *month(4))
    may = evaluated(text, rows, *month(5), Earlier([as_result(text, april)]))
    history = Earlier([as_result(text, april), as_result(text, may)])
    june = evaluated(text, rows, *month(6), history)
    whole = evaluated(text, rows, date(2026, 4, 1), date(2026, 6, 30))

    def owed(*found: Evaluation) -> Fraction:
        return sum((paid.amount for each in found for paid in payable(contract(text), each.payments)), Fraction(0))

    assert owed(april, may, june) == owed(whole) == 150
    assert amounts(june, "both told before") == {"2026-q2": -100}
    assert as_result(text, june)["totals"][0]["amount"]["numerator"] == "50"


def test_earlier_results_stand_for_each_group() -> None:
    text = """
    sla each_up {
      value length of portal_down better when lower level at most 60 min each calendar month
      for each incidents.machine no data counts as met owner service_manager
    }
    """ + credit(
        "for each_up value EUR 100.00 for each incidents.machine"
        " doubled when each_up is breached in the previous month claim not needed"
    )
    march = outages(("2026-03-07 10:00", "2026-03-07 11:30", "a"), ("2026-03-07 10:00", "2026-03-07 10:05", "b"))
    april = outages(("2026-04-07 10:00", "2026-04-07 11:30", "a"), ("2026-04-07 10:00", "2026-04-07 11:30", "b"))
    history = Earlier([as_result(text, evaluated(text, march, *month(3)))])
    found = evaluated(text, april, *month(4), history)
    assert {each.group: each.amount for each in found.payments} == {"a": 200, "b": 100}


# ------------------------------------------------------------------------------------------------------------- in words


def test_business_days_of_a_table_are_told_in_days() -> None:
    text = """
    calendar office { open monday to friday 09:00 to 17:00 }
    sla repaired {
      value length of portal_down better when lower level at most 1 business days each calendar month during office
      no data counts as met owner service_manager
    }
    """ + credit(
        "for repaired | above 1 business days but at most 3 business days | EUR 5.00 |"
        " | above 3 business days | EUR 9.00 |"
    )
    found = evaluated(text, outages(("2026-04-07 09:00", "2026-04-09 09:00", "a")), *month(4))
    [paid] = [each for each in found.payments if each.payment == "trial_credit"]
    assert paid.amount == euros(5)
    assert "above 1 business day but at most 3 business days" in paid.steps[0].what


def test_the_previous_value_of_a_kpi_may_lie_before_all_data() -> None:
    text = """
    events calls { columns answered as time from "t", good as yes or no from "g" run by northwind }
    kpi good_calls { value share of calls in which good is yes better when higher }
    sla smooth {
      value (good_calls + (previous value of good_calls, empty counts as good_calls)) / 2
      better when higher level at least 50% each calendar month no data counts as breached owner service_manager
    }
    """
    table = Table({"calls": Rows({"answered": [at("2026-04-07 10:00")], "good": [1]})})
    found = evaluated(text, table, *month(4))
    assert [each.verdict for each in found.judgements if each.promise == "smooth"] == ["met"]
