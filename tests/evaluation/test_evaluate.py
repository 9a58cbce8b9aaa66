"""A whole agreement over a period, from rows to amounts."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction

from tests.evaluation.paying import Trial, contract, credit
from xladsl.evaluation.evaluate import evaluate
from xladsl.evaluation.instants.zones import instant
from xladsl.evaluation.money.payable import payable
from xladsl.evaluation.results import Evaluation
from xladsl.evaluation.rows.table import Rows, Table

ZONE = "Europe/Copenhagen"


def outages(*rows: tuple[str, str, str]) -> Table:
    """A log of interruptions: from, to, and the machine."""

    def at(text: str) -> int:
        moment = datetime.fromisoformat(text)
        return instant(moment.date(), moment.time(), ZONE)

    columns = [[at(row[0]) for row in rows], [at(row[1]) for row in rows], [row[2] for row in rows]]
    return Table({"incidents": Rows(dict(zip(("began", "ended", "machine"), columns, strict=True)))})  # type: ignore[arg-type]


def evaluated(text: str, table: Table, first: date, last: date, deal: str = "") -> Evaluation:
    return evaluate(contract(text, deal=deal), table, first, last)


def paid(found: Evaluation, name: str) -> dict[tuple[str, str], Fraction]:
    return {(each.window, each.group): each.amount for each in found.payments if each.payment == name}


TIERS = credit(
    """for portal_up base fee portal_monthly of the month measured
    | at least 99% but below 99.9% | 5% | | below 99% | 10% |
    doubled when portal_up is breached in the previous month claim not needed"""
)
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def test_from_a_log_to_a_credit() -> None:
    found = evaluated(TIERS, outages(("2026-04-07 10:00", "2026-04-07 11:30", "a")), *APRIL)
    verdicts = {(each.promise, each.window): each.verdict for each in found.judgements}
    assert verdicts["portal_up", "2026-04"] == "breached"
    assert verdicts["mail_up", "2026-04"] == "met"
    assert len([each for each in verdicts if each[0] == "day_good"]) == 30
    assert verdicts["day_good", "2026-04-07"] == "breached"
    assert ("quarter_good", "2026-q2") not in verdicts, "the quarter has not ended"
    assert paid(found, "trial_credit") == {("2026-04", ""): 500}
    assert (found.period, found.engine[0]) == (("2026-04-01", "2026-04-30"), "python")


def test_a_bad_month_before_doubles() -> None:
    rows = (("2026-03-07 10:00", "2026-03-07 11:30", "a"), ("2026-04-07 10:00", "2026-04-07 11:30", "a"))
    found = evaluated(TIERS, outages(*rows), date(2026, 3, 1), date(2026, 4, 30))
    assert paid(found, "trial_credit") == {("2026-03", ""): 500, ("2026-04", ""): 1000}


SURVEYED = """
events answers { columns at as time from "t", good as yes or no from "g" run by northwind }
sla happy {
  value share of answers in which good is yes
  better when higher
  level at least 90%
  each calendar month
  no data counts as breached
  owner service_manager
}
""" + credit("for happy value EUR 100.00 doubled when happy is breached in the previous month claim not needed")


def test_months_of_which_nobody_brought_data_double_nothing() -> None:
    at = instant(date(2026, 4, 7), time(10), ZONE)
    table = Table({"answers": Rows({"at": [at, at], "good": [1, 0]}), "incidents": Rows({"began": [], "ended": []})})
    found = evaluated(SURVEYED, table, *APRIL)
    assert paid(found, "trial_credit") == {("2026-04", ""): 100}
    words = "There are no data of `happy` for a time before 2026-04-01 that its history asks for."
    assert words in found.notes
    both = evaluated(SURVEYED, table, date(2026, 3, 1), date(2026, 4, 30))
    assert paid(both, "trial_credit") == {("2026-03", ""): 100, ("2026-04", ""): 200}, "March belongs to the period"


MACHINES = (
    """
sla machine_up {
  for each incidents.machine
  value 100% - length of portal_down / length of the window
  better when higher
  level at least 99.9%
  each calendar month
  no data counts as met
  owner service_manager
}
"""
    + credit(
        """for machine_up for each incidents.machine base fee portal_monthly of the month measured
    | at least 99% but below 99.9% | 5% | | below 99% | 10% | claim not needed""",
    )
    + credit("for machine_up value EUR 7.00 claim not needed", "once")
    + ("combination of_machines { combines trial_credit rule add up cap 8% of fee portal_monthly each calendar month }")
)


def test_each_machine_is_paid_for_by_itself() -> None:
    rows = (
        ("2026-04-07 10:00", "2026-04-07 11:30", "a"),
        ("2026-04-08 10:00", "2026-04-08 20:00", "b"),
        ("2026-04-09 10:00", "2026-04-09 10:01", "c"),
    )
    found = evaluated(MACHINES, outages(*rows), *APRIL)
    assert paid(found, "trial_credit") == {("2026-04", "a"): 500, ("2026-04", "b"): 1000, ("2026-04", "c"): 0}
    assert paid(found, "once") == {("2026-04", ""): 7}, "a payment that does not tell machines apart is paid once"
    assert paid(found, "of_machines") == {("2026-04", "a"): 500, ("2026-04", "b"): 800, ("2026-04", "c"): 0}
    total = payable(contract(MACHINES), found.payments)
    assert sum(each.amount for each in total) == 500 + 800 + 7


EVENTS = """
sla each_short {
  value length of portal_down
  better when lower
  level at most 1 h
  each event
  no data counts as met
  owner service_manager
}
""" + credit(
    """for each_short value EUR 10.00 per started 30 min of length of portal_down beyond 1 h
    cap EUR 40.00 each calendar month claim not needed"""
)


def test_events_are_paid_one_by_one_until_the_cap_of_the_month() -> None:
    rows = (
        ("2026-04-07 10:00", "2026-04-07 11:00", "a"),
        ("2026-04-08 10:00", "2026-04-08 11:45", "a"),
        ("2026-04-09 10:00", "2026-04-09 12:31", "a"),
        ("2026-05-01 10:00", "2026-05-01 11:01", "a"),
    )
    found = evaluated(EVENTS, outages(*rows), date(2026, 4, 1), date(2026, 5, 31))
    assert paid(found, "trial_credit") == {
        ("2026-04-07 10:00", ""): 0,
        ("2026-04-08 10:00", ""): 20,
        ("2026-04-09 10:00", ""): 20,
        ("2026-05-01 10:00", ""): 10,
    }


LATE = """
events answers { columns at as time from "t", good as yes or no from "g", who as text from "o" run by northwind }
sla all_good {
  value share of answers in which good is yes
  better when higher
  level at least 100%
  each event
  no data counts as met
  owner service_manager
}
""" + credit("for all_good value EUR 5.00 claim not needed")


def test_two_events_of_one_instant_are_two() -> None:
    at = instant(date(2026, 4, 7), time(10), ZONE)
    table = Table(
        {
            "answers": Rows({"at": [at, at, at + 1], "good": [0, 0, 1], "who": ["a", "b", "c"]}),
            "incidents": Rows({"began": [], "ended": []}),
        }
    )
    found = evaluated(LATE, table, *APRIL)
    named = [("2026-04-07 10:00", ""), ("2026-04-07 10:00 (2)", ""), ("2026-04-07 10:00 (3)", "")]
    assert paid(found, "trial_credit") == dict(zip(named, (5, 5, 0), strict=True))


DAYS = (
    credit("for each_day value EUR 1.00 per started day of length of portal_down claim not needed")
    + """
sla each_day {
  value length of portal_down better when lower level at most 0 min each event
  no data counts as met owner service_manager
}
"""
)


def test_days_are_those_of_the_calendar_when_clocks_change() -> None:
    back = evaluated(
        DAYS, outages(("2026-10-24 00:00", "2026-10-26 00:00", "a")), date(2026, 10, 1), date(2026, 10, 31)
    )
    assert sum(paid(back, "trial_credit").values()) == 2, "49 hours on the clock, and two days"
    ahead = evaluated(DAYS, outages(("2026-03-28 00:00", "2026-03-30 00:01", "a")), date(2026, 3, 1), date(2026, 3, 31))
    assert sum(paid(ahead, "trial_credit").values()) == 3, "47 hours and a minute, and a third day begins"


def test_splitting_a_period_changes_nothing() -> None:
    rows = [(f"2026-{month:02}-07 10:00", f"2026-{month:02}-07 1{month % 3 + 1}:30", "a") for month in range(1, 13)]
    text = TIERS + credit("for portal_up value EUR 400.00 cap EUR 1,000.00 each calendar quarter", "flat")
    table = outages(*rows)
    whole = evaluated(text, table, date(2026, 1, 1), date(2026, 12, 31))
    parts = [
        evaluated(text, table, date(2026, month, 1), date(2026, month, 28 if month == 2 else 30))
        for month in (2, 6, 11)
    ]
    for part in parts:
        assert set(part.payments) <= set(whole.payments)
        assert set(part.judgements) <= set(whole.judgements)


def test_promises_that_bind_nobody_are_judged_and_lead_to_nothing() -> None:
    text = """sla shown { value length of portal_down better when lower level at most 1 min force informative
      each calendar month owner service_manager breach leads to a_plan }
    improvement plan a_plan { presented within 10 business days of the end of the month }""" + credit(
        "for shown value EUR 5.00"
    )
    found = evaluated(text, outages(("2026-04-07 10:00", "2026-04-07 11:30", "a")), *APRIL)
    assert [each.verdict for each in found.judgements if each.promise == "shown"] == ["breached"]
    assert not any(each.amount for each in found.payments)
    assert found.followed == ()


def test_a_breach_leads_to_a_plan_with_its_day() -> None:
    text = """sla led { value length of portal_down better when lower level at most 1 min
      each calendar month owner service_manager breach leads to a_plan }
    improvement plan a_plan { presented within 10 business days of the end of the month }"""
    found = evaluated(text, outages(("2026-04-07 10:00", "2026-04-07 11:30", "a")), *APRIL)
    assert [(each.block, each.kind, each.window, each.until) for each in found.followed] == [
        ("a_plan", "improvement plan", "2026-04", "2026-05-14")
    ]


def test_a_claim_within_days_of_the_incident_is_counted_from_the_last_one() -> None:
    text = credit('for portal_up value EUR 5.00 claim within 5 business days of the incident, by "mail"')
    rows = (("2026-04-07 10:00", "2026-04-07 11:30", "a"), ("2026-04-20 10:00", "2026-04-20 11:30", "a"))
    found = evaluated(text, outages(*rows), *APRIL)
    (unclaimed,) = [each for each in found.payments if each.amount]
    assert (unclaimed.status, unclaimed.trace) == ("unclaimed", ("to be claimed until 2026-04-27",))


def test_the_total_leaves_out_points_and_what_is_combined() -> None:
    text = credit("for portal_up | below 99.9% | 3 points |", "marks", "points") + credit(
        "for portal_up value EUR 5.00", "one"
    )
    text += credit("for portal_up value EUR 6.00", "two") + "combination both { combines one rule add up }"
    trial = Trial(text, values={"portal_up": Fraction("0.9")})
    found = [paid for name in ("marks", "one", "two", "both") for paid in trial.paid(name)]
    assert {each.payment: each.amount for each in payable(trial.contract, found)} == {"two": 6, "both": 5}


OFFICE = """
calendar office_hours { open monday to friday 08:00 to 16:00 closed 2026-04-06 "Easter Monday" }
sla in_hours {
  value length of portal_down better when lower level at most 0 min each calendar month during office_hours
  no data counts as met owner service_manager
}
"""


def test_business_hours_and_days_are_those_that_count() -> None:
    log = outages(("2026-04-02 15:30", "2026-04-07 08:45", "a"))  # from a Thursday to a Tuesday
    hours = credit("for in_hours value EUR 1.00 per started business hour of length of portal_down claim not needed")
    assert paid(evaluated(OFFICE + hours, log, *APRIL), "trial_credit") == {("2026-04", ""): 10}
    days = credit("for in_hours value EUR 1.00 per started business day of length of portal_down claim not needed")
    assert paid(evaluated(OFFICE + days, log, *APRIL), "trial_credit") == {("2026-04", ""): 2}
    minutes = credit("for in_hours value EUR 1.00 per full 30 min of length of portal_down claim not needed")
    assert paid(evaluated(OFFICE + minutes, log, *APRIL), "trial_credit") == {("2026-04", ""): 18}


def test_a_case_that_ends_before_it_begins_is_told() -> None:
    opened, resolved = (instant(date(2026, 4, 7), time(hour), ZONE) for hour in (12, 9))
    table = Table({"calls": Rows({"opened": [opened, resolved], "resolved": [resolved, opened]})})
    text = """tickets calls "Calls" { columns opened as time from "o", resolved as time from "r" }
    kpi calls_in_time { value share of calls in which resolved - opened <= 4 h better when higher empty counts as met }
    sla calls_fixed { kpi calls_in_time level at least 90% each calendar month no data counts as breached }"""
    found = evaluated(text, table, *APRIL)
    [told] = [note for note in found.notes if "before" in note]
    assert told.startswith("In 1 row of `calls`, `resolved` lies before `opened`")


def test_a_combination_holds_its_own_time_and_no_more() -> None:
    text = f"{TIERS} combination both {{ combines trial_credit rule add up cap EUR 9,000.00 each calendar quarter }}"
    rows = outages(("2026-04-07 10:00", "2026-04-07 11:30", "a"), ("2026-07-07 10:00", "2026-07-07 11:30", "a"))
    found = evaluated(text, rows, date(2026, 4, 1), date(2026, 7, 31))
    total = {
        (each.payment, each.window): each.amount for each in payable(contract(text), found.payments) if each.amount
    }
    assert total == {("both", "2026-q2"): 500, ("trial_credit", "2026-07"): 500}
    june = evaluated(text, rows, date(2026, 6, 1), date(2026, 6, 30))
    [told] = [note for note in june.notes if note.startswith("`both` of 2026-q2 holds what was due in it before")]
    assert told.endswith("Given the earlier results, by  --earlier , that is done here.")
