"""What does not count: exclusions, maintenance, force majeure, relief, their budgets and their announcement."""

from __future__ import annotations

from typing import Any

from tests.evaluation.stretching import EXCLUSION, HOUR, LOG, PROMISE, Asked, at, down, log
from xladsl.evaluation.notes import all_notes
from xladsl.evaluation.rows.requests import MILLION, ColumnCell, Compared, Constant
from xladsl.evaluation.rows.table import ARRIVED, Rows
from xladsl.evaluation.scope import Group
from xladsl.evaluation.stretches import intervals
from xladsl.model import expressions
from xladsl.model.node import walk

# ----------------------------------------------------------------------------------------------------- what is left out


def excused(*hours: tuple[str, str]) -> dict[str, Any]:
    """An outage all day on the 7th, and the stretches for which the customer is the cause."""
    outages = [("2026-04-07 00:00", "2026-04-08 00:00"), *hours]
    return {"log": log(*outages, cause=["provider", *["customer"] * len(hours)])}


def test_what_is_left_out_is_subtracted_once_with_its_label() -> None:
    text = EXCLUSION % "" + down('where cause is "provider"', "leaving out own_fault")
    asked = Asked(text, **excused(("2026-04-07 08:00", "2026-04-07 10:00"), ("2026-04-07 09:00", "2026-04-07 11:00")))
    length, parts = asked.measured()
    assert length == 21 * HOUR
    assert [(part.block, part.seconds, part.beyond_budget) for part in parts] == [("own_fault", 3 * HOUR, 0)]
    assert asked.window_length("window") == 30 * 24 * HOUR
    assert asked.window_length("open window") == 30 * 24 * HOUR - 3 * HOUR


def test_time_that_two_reasons_cover_is_subtracted_once() -> None:
    both = EXCLUSION % "" + 'exclusion also "Also" { recorded in log where cause is "customer" }'
    text = both + down('where cause is "provider"', "leaving out own_fault, also")
    length, parts = Asked(text, **excused(("2026-04-07 08:00", "2026-04-07 10:00"))).measured()
    assert length == 22 * HOUR
    assert [(part.block, part.seconds) for part in parts] == [("own_fault", 2 * HOUR), ("also", 0)]


def test_a_budget_is_used_up_in_the_middle_of_a_stretch() -> None:
    text = EXCLUSION % "at most 3 h each calendar month" + down('where cause is "provider" leaving out own_fault')
    asked = Asked(text, **excused(("2026-04-07 02:00", "2026-04-07 04:00"), ("2026-04-07 08:00", "2026-04-07 10:00")))
    length, [part] = asked.measured()
    assert length == 21 * HOUR
    assert (part.seconds, part.beyond_budget) == (3 * HOUR, HOUR)
    assert asked.stretches("down")[-1] == (at("2026-04-07 09:00"), at("2026-04-08 00:00"))


def test_unused_time_carries_over_or_lapses() -> None:
    rows = {
        "log": log(
            ("2026-04-01 00:00", "2026-05-01 00:00"),
            ("2026-04-07 00:00", "2026-04-07 20:00"),
            cause=["provider", "customer"],
        )
    }
    for rule, hours in (("lapses", 4), ("carries over", 16)):
        text = EXCLUSION % f"at most 4 h each calendar month, unused time {rule}"
        _, [part] = Asked(text + down('where cause is "provider"', "leaving out own_fault"), **rows).measured()
        assert part.seconds == hours * HOUR


def test_two_budgets_hold_both() -> None:
    """Each event no more than three hours, and the month no more than five."""
    rule = "at most 3 h each event, and at most 5 h each calendar month, unused time lapses"
    rows = excused(("2026-04-07 00:00", "2026-04-07 04:00"), ("2026-04-07 10:00", "2026-04-07 14:00"))
    length, [part] = Asked(
        EXCLUSION % rule + down('where cause is "provider"', "leaving out own_fault"), **rows
    ).measured()
    assert (part.seconds, part.beyond_budget) == (5 * HOUR, 3 * HOUR)
    assert length == 19 * HOUR


def test_a_rolling_budget_holds_wherever_one_looks() -> None:
    text = EXCLUSION % "at most 1 h each rolling 1 day" + down('where cause is "provider"', "leaving out own_fault")
    rows = log(
        ("2026-04-01 00:00", "2026-05-01 00:00"),
        ("2026-04-07 10:00", "2026-04-07 11:30"),
        ("2026-04-08 10:30", "2026-04-08 12:00"),
        cause=["provider", "customer", "customer"],
    )
    _, [part] = Asked(text, log=rows).measured()
    assert part.seconds == HOUR + HOUR


def test_a_late_announcement_counts() -> None:
    rows = log(
        ("2026-04-01 00:00", "2026-05-01 00:00"),
        ("2026-04-08 10:00", "2026-04-08 11:00"),
        ("2026-04-09 10:00", "2026-04-09 11:00"),
        ("2026-04-10 10:00", "2026-04-10 11:00"),
        cause=["provider", "customer", "customer", "customer"],
        announced=[None, at("2026-04-06 10:00"), at("2026-04-07 10:00:01"), None],
    )
    text = EXCLUSION % "announced 48 h before" + down('where cause is "provider"', "leaving out own_fault")
    _, [part] = Asked(text, log=rows).measured()
    assert (part.seconds, part.unannounced) == (HOUR, 2 * HOUR)


def test_what_nobody_can_judge_is_noted() -> None:
    text = """
    outages other "Other log" { columns began as time from "a", ended as time from "b" lasting from began to ended }
    exclusion theirs "Theirs" { recorded in other announced 48 h before }
    """ + down("", "leaving out theirs")
    other = Rows({"began": [at("2026-04-07 10:00")], "ended": [at("2026-04-07 11:00")]})
    asked = Asked(text, log=log(("2026-04-07 10:00", "2026-04-07 12:00")), other=other)
    assert asked.length() == HOUR
    assert len(all_notes(asked.assessment)) == 1


# -------------------------------------------------------------------------------------------------------- maintenance

MAINTENANCE = """
maintenance planned "Planned" {{ window sunday 02:00 to 06:00 {more} }}
"""


def test_all_of_each_window_is_left_out_where_nobody_records_the_work() -> None:
    text = MAINTENANCE.format(more="") + down("", "leaving out planned")
    asked = Asked(text, log=log(("2026-04-12 05:00", "2026-04-12 07:00")))
    assert asked.length() == HOUR
    assert asked.window_length("open window") == (30 * 24 - 4 * 4) * HOUR


def test_a_budget_of_windows_is_used_up_by_the_time_that_was_down() -> None:
    text = MAINTENANCE.format(more="at most 4 h each calendar month") + down("", "leaving out planned")
    asked = Asked(text, log=log(("2026-04-12 05:00", "2026-04-12 07:00"), ("2026-04-19 01:00", "2026-04-19 06:00")))
    length, [part] = asked.measured()
    assert length == 3 * HOUR
    assert (part.seconds, part.beyond_budget) == (4 * HOUR, HOUR)
    assert asked.window_length("open window") == (30 * 24 - 4) * HOUR


def test_time_that_no_work_used_carries_over() -> None:
    budget = "at most 4 h each calendar month, unused time carries over"
    text = MAINTENANCE.format(more=budget) + down("", "leaving out planned")
    nights = log(
        ("2026-01-11 02:00", "2026-01-11 05:00"),
        *[(f"2026-02-{day} 02:00", f"2026-02-{day} 06:00") for day in ("08", "15")],
    )
    asked = Asked(text, log=nights)
    assert asked.length("2026-01") == 0
    assert asked.length("2026-02") == 3 * HOUR


def test_recorded_work_is_left_out_inside_of_its_windows() -> None:
    more = 'recorded in log where cause is "work"'
    text = MAINTENANCE.format(more=more) + down('where cause is not "work"', "leaving out planned")
    rows = log(
        ("2026-04-12 00:00", "2026-04-12 08:00"), ("2026-04-12 04:00", "2026-04-12 07:00"), cause=["provider", "work"]
    )
    assert Asked(text, log=rows).length() == 6 * HOUR


def test_unannounced_work_in_its_window_counts_only_if_it_is_said() -> None:
    for said, hours in (("", 6), ("unannounced counts as downtime", 8)):
        more = f'recorded in log where cause is "work" announced 5 days before {said}'
        text = MAINTENANCE.format(more=more) + down('where cause is not "work"', "leaving out planned")
        rows = log(
            ("2026-04-12 00:00", "2026-04-12 08:00"),
            ("2026-04-12 04:00", "2026-04-12 07:00"),
            cause=["provider", "work"],
        )
        assert Asked(text, log=rows).length() == hours * HOUR


def test_a_maintenance_window_across_midnight_and_the_change_of_clocks() -> None:
    text = """
    maintenance nights "Nights" { window saturday 22:00 to 04:00 }
    """ + down("", "leaving out nights")
    asked = Asked(text, log=log(("2026-03-28 20:00", "2026-03-29 06:00")))
    assert asked.length("2026-03") == 2 * HOUR + 2 * HOUR


def test_force_majeure_excuses_each_event_for_so_long() -> None:
    text = """
    force majeure storm "Storm" {
      includes "storms" at most 2 days recorded in log where cause is "storm"
    }
    """ + down('where cause is not "storm"', "leaving out storm")
    rows = log(
        ("2026-04-01 00:00", "2026-05-01 00:00"),
        ("2026-04-07 00:00", "2026-04-12 00:00"),
        ("2026-04-20 00:00", "2026-04-21 00:00"),
        cause=["provider", "storm", "storm"],
    )
    _, [part] = Asked(text, log=rows).measured()
    assert (part.seconds, part.beyond_budget) == (3 * 24 * HOUR, 3 * 24 * HOUR)


def test_relief_is_lost_if_the_other_party_is_told_too_late() -> None:
    text = """
    relief approval "Late approval" {
      recorded in log where cause is "approval" notified within 2 business days
      at most 1 business day each calendar month
    }
    """ + down('where cause is not "approval"', "during office_hours leaving out approval")
    rows = log(
        ("2026-04-01 00:00", "2026-05-01 00:00"),
        ("2026-04-13 12:00", "2026-04-15 12:00"),
        ("2026-04-20 12:00", "2026-04-21 12:00"),
        cause=["provider", "approval", "approval"],
        announced=[None, at("2026-04-15 12:00"), at("2026-04-22 12:00:01")],
    )
    _, [part] = Asked(text, log=rows).measured()
    assert (part.seconds, part.beyond_budget, part.unannounced) == (9 * HOUR, 9 * HOUR, 9 * HOUR)


def test_a_reason_may_be_made_of_intervals() -> None:
    text = """
    intervals storms "Storms" { from log where cause is "storm" joined within 30 min }
    exclusion stormy "Storms" { recorded in storms }
    """ + down('where cause is not "storm"', "leaving out stormy")
    rows = log(
        ("2026-04-07 00:00", "2026-04-08 00:00"),
        ("2026-04-07 10:00", "2026-04-07 11:00"),
        ("2026-04-07 11:30", "2026-04-07 12:00"),
        cause=["provider", "storm", "storm"],
    )
    assert Asked(text, log=rows).length() == 22 * HOUR


def test_how_long_maintenance_took_is_told_whatever_its_budget() -> None:
    more = 'recorded in log where cause is "work" at most 1 h each calendar month'
    text = LOG + MAINTENANCE.format(more=more) + PROMISE.format(of="planned", more="")
    rows = log(("2026-04-12 02:00", "2026-04-12 05:00"), cause=["work"])
    assert Asked(text, log=rows).length() == 3 * HOUR


def test_what_failed_at_a_third_party_is_recorded_nowhere() -> None:
    text = """
    dependency lines "Lines" { supplied by "Nordlink" for portal failure is left out }
    """ + down()
    asked = Asked(text, log=log(("2026-04-07 10:00", "2026-04-07 11:00")))
    assert asked.length() == HOUR
    assert [each for each in all_notes(asked.assessment) if "`lines`" in each]


# ------------------------------------------------------------------------------------------------ groups and other rows


def test_what_excuses_one_machine_does_not_excuse_another() -> None:
    text = EXCLUSION % "" + down('where cause is "provider"', "leaving out own_fault")
    rows = log(
        ("2026-04-07 10:00", "2026-04-07 12:00"),
        ("2026-04-07 10:00", "2026-04-07 12:00"),
        ("2026-04-07 10:00", "2026-04-07 11:00"),
        cause=["provider", "provider", "customer"],
        users=[MILLION, 2 * MILLION, 2 * MILLION],
    )
    asked = Asked(text, log=rows)
    node = next(part for part in walk(asked.promise) if isinstance(part, expressions.Length))  # type: ignore[arg-type]
    for machine, expected in ((1, 2 * HOUR), (2, HOUR)):
        only = Compared(ColumnCell("users"), "=", Constant(machine * MILLION))
        scope = asked.scope()._replace(group=Group(f"machine {machine}", (("log", only),)))
        assert intervals.length(asked.assessment, node, scope)[0] == expected


def test_a_single_event_is_excused_by_another_row() -> None:
    text = EXCLUSION % "" + down("", "leaving out own_fault")
    rows = log(
        ("2026-04-07 10:00", "2026-04-07 12:00"),
        ("2026-04-07 11:00", "2026-04-07 13:00"),
        cause=["provider", "customer"],
    )
    asked = Asked(text, log=rows)
    node = next(part for part in walk(asked.promise) if isinstance(part, expressions.Length))  # type: ignore[arg-type]
    event = ("log", Compared(ColumnCell("cause"), "=", Constant("provider")))
    length, [part] = intervals.length(asked.assessment, node, asked.scope()._replace(event=event))
    assert (length, part.seconds) == (HOUR, HOUR)


def test_a_ticket_lasts_from_its_first_time_to_its_last() -> None:
    text = """
    tickets desk "Desk" {
      columns number from "id", opened as time from "a", answered as time from "b", resolved as time from "c"
    }
    """ + PROMISE.format(of="desk", more="")
    rows = Rows(
        {
            "number": ["1", "2"],
            "opened": [at("2026-04-07 10:00"), at("2026-04-30 23:00")],
            "answered": [at("2026-04-07 10:30"), None],
            "resolved": [at("2026-04-07 12:00"), None],
        }
    )
    assert Asked(text, desk=rows).length() == 3 * HOUR


def test_a_row_that_arrives_too_late_for_its_window_does_not_count() -> None:
    text = down().replace("lasting from began to ended", "late after 2 days lasting from began to ended")
    two = (("2026-04-07 10:00", "2026-04-07 11:00"), ("2026-04-08 10:00", "2026-04-08 11:00"))
    arrived = {ARRIVED: [at("2026-05-03 00:00"), at("2026-05-03 00:00:01")]}
    assert Asked(text, log=log(*two, **arrived)).length() == HOUR
    assert Asked(down(), log=log(*two, **arrived)).length() == 2 * HOUR
