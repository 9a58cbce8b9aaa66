"""From rows to stretches of time and their length, in small agreements that are compiled from their text."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xladsl.compiler import compile_agreement
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.given import Given
from xladsl.evaluation.instants import zones
from xladsl.evaluation.notes import all_notes
from xladsl.evaluation.rows.requests import MILLION, ColumnCell, Compared, Constant
from xladsl.evaluation.rows.table import ARRIVED, Rows, Table
from xladsl.evaluation.scope import EVERYONE, Group, Scope
from xladsl.evaluation.stretches import intervals
from xladsl.evaluation.stretches.algebra import Stretch
from xladsl.model import expressions, nodes
from xladsl.model.node import walk

if TYPE_CHECKING:
    from xladsl.evaluation.instants.windows import Window
    from xladsl.model.contract import Contract

ZONE = "Europe/Copenhagen"
MINUTE = 60
HOUR = 3600

DEAL = """
agreement hosting_deal "Hosting" {
  between provider northwind and customer contoso
  term 2026-01-01 to 2027-12-31
  timezone Europe/Copenhagen
  currency EUR
  rounding half up to EUR 0.01, once, on each credit
}
party northwind "Northwind" { }
party contoso "Contoso" { }
calendar office_hours "Office hours" { open monday to friday 08:00 to 17:00 closed 2026-04-06 "Easter Monday" }
service portal "Portal" { by northwind }
"""

LOG = """
outages log "Log" {
  columns began as time from "began", ended as time from "ended", cause as text from "cause",
          users as number from "users", share as percent from "share", announced as time from "announced"
  lasting from began to ended
}
"""

PROMISE = """
sla portal_up "Availability" {{
  for portal
  value 100% - (length of {of}) / length of the window
  level at least 99.9%
  each calendar month
  no data counts as breached
  {more}
}}
"""


@lru_cache(maxsize=64)
def compiled(text: str) -> Contract:
    found = compile_agreement("agreement.xladsl", lambda _: DEAL + text)
    assert found.readable is not None, [each.title for each in found.diagnostics]
    return found.readable


def at(moment: str) -> int:
    """`2026-04-07 10:00` or `2026-04-07 10:00:30`, in Copenhagen."""
    read = datetime.fromisoformat(moment)
    return zones.instant(read.date(), read.time(), ZONE)


def log(*outages: tuple[Any, ...], **columns: list[Any]) -> Rows:
    """Outages by beginning and end; other columns by name."""
    moments = [[at(cell) if isinstance(cell, str) else cell for cell in outage[:2]] for outage in outages]
    cells: dict[str, list[Any]] = {name: [None] * len(outages) for name in ("cause", "users", "share", "announced")}
    return Rows(
        {"began": [began for began, _ in moments], "ended": [ended for _, ended in moments], **cells, **columns}
    )


class Asked:
    """An agreement with its rows, asked about the one promise that it has."""

    def __init__(self, text: str, told: Given | None = None, **sources: Rows) -> None:
        self.contract = compiled(text)
        self.assessment = Assessment(self.contract, Table(sources), told)
        self.promise = next(iter(self.contract.every(nodes.Promise)), None)

    def window(self, name: str) -> Window:
        assert self.promise is not None
        found = self.assessment.windows_of(self.promise).named(name)
        assert found is not None
        return found

    def scope(self, name: str = "2026-04") -> Scope:
        return Scope(self.window(name), EVERYONE, self.promise)

    def length(self, name: str = "2026-04") -> Fraction | None:
        return self.measured(name)[0]

    def measured(self, name: str = "2026-04") -> tuple[Fraction | None, Any]:
        node = next(part for part in walk(self.promise) if isinstance(part, expressions.Length))
        return intervals.length(self.assessment, node, self.scope(name))

    def window_length(self, which: str, name: str = "2026-04") -> Fraction:
        return intervals.window_length(self.assessment, which, self.scope(name))

    def stretches(self, block: str, name: str = "2026-04") -> list[tuple[int, int]]:
        found = next(each for each in self.contract.blocks if getattr(each, "name", "") == block)
        return [each[:2] for each in intervals.stretches_of(self.assessment, found, self.scope(name))]


def down(clauses: str = "", more: str = "", of: str = "down") -> str:
    return LOG + f"intervals down {{ from log {clauses} }}" + PROMISE.format(of=of, more=more)


# ---------------------------------------------------------------------------------------------------- outages in a log


def test_each_moment_counts_once() -> None:
    asked = Asked(down(), log=log(("2026-04-07 10:00", "2026-04-07 10:30"), ("2026-04-07 10:20", "2026-04-07 10:50")))
    assert asked.length() == 50 * MINUTE


def test_an_outage_is_cut_where_the_window_ends() -> None:
    asked = Asked(down(), log=log(("2026-04-30 23:55", "2026-05-01 00:05")))
    assert asked.length("2026-04") == 5 * MINUTE
    assert asked.length("2026-05") == 5 * MINUTE


def test_an_outage_across_the_edge_of_a_window_is_judged_by_its_whole_length() -> None:
    asked = Asked(down("longer than 5 min"), log=log(("2026-04-30 23:56", "2026-05-01 00:04")))
    assert asked.length("2026-04") == 4 * MINUTE
    assert asked.length("2026-05") == 4 * MINUTE


def test_an_outage_that_has_not_ended_lasts_until_the_end_of_each_window() -> None:
    asked = Asked(down(), log=log(("2026-04-30 22:00", None)))
    assert asked.length("2026-04") == 2 * HOUR
    assert asked.length("2026-05") == 31 * 24 * HOUR
    assert list(all_notes(asked.assessment)) == [
        "1 row of `log` without an end: it counts as going on, to the end of each window."
    ]


def test_an_outage_that_ends_before_it_begins_is_none_and_is_noted() -> None:
    asked = Asked(down(), log=log(("2026-04-07 10:00", "2026-04-07 09:00"), ("2026-04-08 10:00", "2026-04-08 10:01")))
    assert asked.length() == MINUTE
    assert list(all_notes(asked.assessment)) == [
        "1 row of `log` with an end before the beginning: no stretch of time, left aside."
    ]


def test_without_data_there_is_no_length() -> None:
    assert Asked(down()).length() is None
    assert Asked(down(), log=log()).length() == 0


def test_the_night_the_clocks_go_forward_is_an_hour_shorter() -> None:
    asked = Asked(down(), log=log(("2026-03-29 01:00", "2026-03-29 04:00")))
    assert asked.length("2026-03") == 2 * HOUR
    assert asked.window_length("window", "2026-03") == 44_580 * MINUTE
    back = Asked(down(), log=log(("2026-10-25 01:00", "2026-10-25 04:00")))
    assert back.length("2026-10") == 4 * HOUR
    assert back.window_length("window", "2026-10") == 44_700 * MINUTE


# ------------------------------------------------------------------------------------------------------- minimum runs


def lasting(seconds: int) -> Rows:
    start = at("2026-04-07 10:00")
    return log((start, start + seconds * MILLION))


def test_an_outage_of_exactly_the_least_length() -> None:
    for minutes in (1, 5, 10):
        least = minutes * MINUTE
        longer, as_long = down(f"longer than {minutes} min"), down(f"at least {minutes} min long")
        assert Asked(longer, log=lasting(least)).length() == 0
        assert Asked(longer, log=lasting(least + 1)).length() == least + 1
        assert Asked(as_long, log=lasting(least)).length() == least
        assert Asked(as_long, log=lasting(least - 1)).length() == 0


def test_a_hundred_outages_of_59_seconds_are_nothing_where_parts_of_minutes_are_dropped() -> None:
    start = at("2026-04-07 10:00")
    many = [(start + n * 300 * MILLION, start + n * 300 * MILLION + 59 * MILLION) for n in range(100)]
    assert Asked(down("partial minutes are dropped"), log=log(*many)).length() == 0
    assert Asked(down("partial minutes count in full"), log=log(*many)).length() == 100 * MINUTE
    assert Asked(down("partial minutes count exactly"), log=log(*many)).length() == 5900
    assert Asked(down("longer than 60 s"), log=log(*many)).length() == 0


def test_a_minute_that_two_outages_touch_counts_once() -> None:
    two = log(("2026-04-07 10:00:10", "2026-04-07 10:00:20"), ("2026-04-07 10:00:40", "2026-04-07 10:00:50"))
    assert Asked(down("partial minutes count in full"), log=two).length() == MINUTE


def test_what_is_close_together_is_joined_before_it_is_judged() -> None:
    two = log(("2026-04-07 10:00", "2026-04-07 10:02"), ("2026-04-07 10:05", "2026-04-07 10:07"))
    assert Asked(down("joined within 3 min longer than 5 min"), log=two).length() == 7 * MINUTE
    assert Asked(down("joined within 2 min longer than 5 min"), log=two).length() == 0


def test_an_aggregate_narrows_after_the_intervals_did() -> None:
    rows = log(
        ("2026-04-07 10:00", "2026-04-07 10:02"),
        ("2026-04-07 11:00", "2026-04-07 12:00"),
        ("2026-04-07 13:00", "2026-04-07 14:00"),
        cause=["power", "power", "line"],
    )
    asked = Asked(LOG + PROMISE.format(of='log where cause is "power" longer than 5 min', more=""), log=rows)
    assert asked.length() == HOUR


# ------------------------------------------------------------------------------------------------------------ weights


def test_weighted_stretches_add_up_where_they_overlap() -> None:
    rows = log(
        ("2026-04-07 10:00", "2026-04-07 11:00"),
        ("2026-04-07 10:30", "2026-04-07 11:30"),
        users=[2 * MILLION, 3 * MILLION],
    )
    assert Asked(down("weighted by log.users"), log=rows).length() == 5 * HOUR
    assert Asked(down(), log=rows).length() == 90 * MINUTE
    assert Asked(down(of="log weighted by users"), log=rows).length() == 5 * HOUR


def test_a_weight_may_be_a_share_of_those_who_are_hit() -> None:
    rows = log(("2026-04-07 10:00", "2026-04-07 11:40"), share=[2_100_000])
    assert Asked(down("weighted by log.share"), log=rows).length() == Fraction("2.1") * MINUTE
    finest = log(("2026-04-07 10:00", "2026-04-07 10:00:01"), share=[1])
    assert Asked(down("weighted by log.share"), log=finest).length() == Fraction(1, 100 * MILLION)


def test_a_row_without_a_weight_counts_nothing() -> None:
    rows = log(
        ("2026-04-07 10:00", "2026-04-07 11:00"), ("2026-04-08 10:00", "2026-04-08 11:00"), users=[None, MILLION]
    )
    assert Asked(down("weighted by log.users"), log=rows).length() == HOUR


# -------------------------------------------------------------------------------------------------------------- grace


def test_whole_working_days_begin_after_the_day_of_the_report() -> None:
    text = down("counted after 2 working days of office_hours, whole days only")
    asked = Asked(text, log=log(("2026-05-11 10:00", "2026-05-16 12:00"), ("2026-05-18 09:00", "2026-05-20 23:00")))
    assert asked.stretches("down", "2026-05") == [(at("2026-05-14 00:00"), at("2026-05-16 12:00"))]


def test_a_weekend_and_a_holiday_are_no_working_days() -> None:
    text = down("counted after 2 working days of office_hours, whole days only")
    asked = Asked(text, log=log(("2026-04-02 10:00", "2026-04-09 12:00")))
    assert asked.stretches("down") == [(at("2026-04-08 00:00"), at("2026-04-09 12:00"))]


def test_a_grace_on_the_clock_is_counted_from_the_minute() -> None:
    asked = Asked(down("counted after 30 min"), log=log(("2026-04-07 10:00", "2026-04-07 10:45")))
    assert asked.length() == 15 * MINUTE


# ------------------------------------------------------------------------------------------------------------- probes

PROBES = """
probes watch "Watch" {{
  every 60 s {places}
  {rule}
  columns at as time from "ts", ok as yes or no from "up"
}}
intervals down {{ from watch }}
"""


def rounds(answers: str, start: str = "2026-04-07 10:00", apart: int = MINUTE) -> Rows:
    """A round each minute; `1` for an answer, `0` for none, several digits for several places, `-` for no round."""
    began = at(start)
    samples = [
        (began + number * apart * MILLION + place, int(digit))
        for number, each in enumerate(answers.split())
        for place, digit in enumerate(each)
        if digit != "-"
    ]
    return Rows({"at": [moment for moment, _ in samples], "ok": [ok for _, ok in samples]})


def probed(answers: str, rule: str = "", places: str = "") -> Fraction | None:
    text = PROBES.format(rule=rule, places=places) + PROMISE.format(of="down", more="")
    return Asked(text, watch=rounds(answers)).length()


def test_one_failure_is_down_until_the_next_answer() -> None:
    assert probed("1 0 1 1") == MINUTE
    assert probed("1 0 0 0 1") == 3 * MINUTE
    assert probed("1 0 - - 1") == 3 * MINUTE


def test_two_of_three_places_must_fail() -> None:
    rule = "down when 2 of 3 fail, for at least 60 s"
    assert probed("111 011 111", rule, "from 3 places") == 0
    assert probed("111 010 111", rule, "from 3 places") == MINUTE
    assert probed("111 01 111", rule, "from 3 places") == 0
    assert probed("111 010 111", "down when 2 of 3 fail, for at least 61 s", "from 3 places") == 0
    assert probed("111 010 000 111", "down when 2 of 3 fail, for at least 2 min", "from 3 places") == 2 * MINUTE


def test_failures_in_a_row_confirm_and_answers_in_a_row_end() -> None:
    rule = "confirmed by 3 failures in a row, over after 2 answers in a row"
    assert probed("1 0 0 1 0 0 1", rule) == 0
    assert probed("1 0 0 0 1 1", rule) == 3 * MINUTE
    assert probed("1 0 0 0 1 0 1 1", rule) == 5 * MINUTE


def test_a_probe_that_fails_at_the_end_of_its_data_is_down_until_the_end_of_that_window() -> None:
    text = PROBES.format(rule="", places="") + PROMISE.format(of="down", more="")
    asked = Asked(text, watch=rounds("1 0", "2026-04-30 22:59"))
    assert asked.length("2026-04") == HOUR
    assert asked.length("2026-05") is None
    assert asked.length("2026-03") is None


# ------------------------------------------------------------------------------------------------------------- slices

REQUESTS = """
events requests "Requests" {
  columns at as time from "ts", failed as yes or no from "failed", cause as text from "cause"
}
exclusion theirs "Theirs" { recorded in requests where cause is "customer" }
"""


def requested(*minutes: tuple[str, int, int], cause: str | None = None) -> Rows:
    """Requests by the minute: how many there were, and how many of them failed."""
    found = [
        (at(moment) + number * MILLION // 2, int(number < failed))
        for moment, times, failed in minutes
        for number in range(times)
    ]
    return Rows(
        {
            "at": [moment for moment, _ in found],
            "failed": [failed for _, failed in found],
            "cause": [cause if failed else None for _, failed in found],
        }
    )


def sliced(clauses: str = "", empty: str = "empty counts as 0%") -> str:
    test = f"(share of requests in which failed is yes, {empty}) > 5%"
    slices = f"intervals down {{ from requests each 1 min in which {test} {clauses} }}"
    return REQUESTS + slices + PROMISE.format(of="down", more="")


def test_minutes_in_which_too_many_requests_fail() -> None:
    rows = requested(
        ("2026-04-07 10:00", 100, 5),
        ("2026-04-07 10:01", 100, 6),
        ("2026-04-07 10:02", 1, 1),
        ("2026-04-07 10:05", 20, 2),
    )
    asked = Asked(sliced(), requests=rows)
    assert asked.stretches("down") == [
        (at("2026-04-07 10:01"), at("2026-04-07 10:03")),
        (at("2026-04-07 10:05"), at("2026-04-07 10:06")),
    ]
    assert asked.length() == 3 * MINUTE


def test_slices_in_a_row_are_one_stretch_also_across_months() -> None:
    failing = [(f"2026-04-30 23:5{minute}", 4, 4) for minute in range(5, 10)]
    failing += [(f"2026-05-01 00:0{minute}", 4, 4) for minute in range(5)]
    asked = Asked(sliced("at least 10 min long"), requests=requested(*failing))
    assert asked.length("2026-04") == asked.length("2026-05") == 5 * MINUTE
    assert Asked(sliced("longer than 10 min"), requests=requested(*failing)).length("2026-04") == 0


def test_slices_without_requests_are_judged_by_what_empty_counts_as() -> None:
    rows = requested(("2026-04-07 10:00", 4, 0), ("2026-04-07 10:03", 4, 0))
    asked = Asked(sliced(empty="empty counts as 100%"), requests=rows)
    assert asked.stretches("down")[:2] == [
        (at("2026-04-07 00:00"), at("2026-04-07 10:00")),
        (at("2026-04-07 10:01"), at("2026-04-07 10:03")),
    ]
    assert asked.stretches("down")[-1][1] == at("2026-05-01 00:00")
    assert asked.length("2026-03") is None
    assert asked.length("2026-05") is None


def test_a_request_that_does_not_count_is_in_no_slice() -> None:
    rows = requested(("2026-04-07 10:00", 10, 1), cause="customer")
    assert Asked(sliced(), requests=rows).length() == MINUTE
    assert Asked(sliced("leaving out theirs"), requests=rows).length() == 0


# ----------------------------------------------------------------------------------------------------- what is left out

EXCLUSION = """
exclusion own_fault "Their own fault" { recorded in log where cause is "customer" %s }
"""


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


# ------------------------------------------------------------------------------------------- hours and partial periods


def test_only_the_hours_of_the_promise_count() -> None:
    asked = Asked(down("", "during office_hours"), log=log(("2026-04-07 16:00", "2026-04-08 09:00")))
    assert asked.length() == 2 * HOUR
    assert asked.window_length("open window") == 21 * 9 * HOUR
    assert asked.window_length("window") == 30 * 24 * HOUR


LATE_SERVICE = 'service shop "Shop" { by northwind starts 2026-04-11 }'


def partly(rule: str) -> Asked:
    text = LATE_SERVICE + down("", rule).replace("for portal", "for shop")
    return Asked(text, log=log(("2026-04-10 22:00", "2026-04-11 01:00")))


def test_a_window_that_the_service_fills_in_part() -> None:
    assert partly("").window_length("window") == 20 * 24 * HOUR
    assert partly("partial periods count their own length").window_length("window") == 20 * 24 * HOUR
    assert partly("partial periods count as met elsewhere").window_length("window") == 30 * 24 * HOUR
    assert partly("").length() == HOUR


# -------------------------------------------------------------------------------------------------------- what is given


class Told(Given):
    def __init__(self, lengths: dict[str, int], stretches: dict[str, list[Stretch]]) -> None:
        self.lengths = lengths
        self.told = stretches

    def length(self, name: str, window: Window) -> Fraction | None:
        return Fraction(self.lengths[name]) if name in self.lengths else None

    def stretches(self, name: str, window: Window) -> list[Stretch] | None:
        return self.told.get(name)


def test_a_given_stretch_says_nothing_of_its_cause() -> None:
    stretch = [Stretch(at("2026-04-07 10:00"), at("2026-04-07 10:05"))]
    text = EXCLUSION % "" + down('where cause is "provider"', "leaving out own_fault")
    assert Asked(text, Told({}, {"log": stretch})).length() == 5 * MINUTE
    assert Asked(text, Told({}, {"log": stretch, "own_fault": stretch})).length() == 0


def test_what_is_given_goes_before_what_is_measured() -> None:
    rows = log(("2026-04-07 10:00", "2026-04-07 11:00"))
    assert Asked(down(), Told({"down": 90}, {}), log=rows).length() == 90
    assert Asked(down(), Told({"the window": 1000}, {})).window_length("window") == 1000
    ten_minutes = [Stretch(at("2026-04-30 23:55"), at("2026-05-01 00:05"))]
    assert Asked(down("longer than 20 min"), Told({}, {"down": ten_minutes})).length() == 5 * MINUTE
    assert Asked(down("longer than 20 min"), Told({}, {"log": ten_minutes})).length() == 0


# ---------------------------------------------------------------------------------------------------------- properties

START = at("2026-04-07 10:00")
spans = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 900)), max_size=8)
WAYS = ("", "joined within 2 min longer than 3 min", "partial minutes are dropped", "partial minutes count in full")


def in_log(found: list[tuple[int, int]], cause: str) -> list[tuple[int, int, str]]:
    return [(START + start * MILLION, START + (start + length) * MILLION, cause) for start, length in found]


def rows_of(found: list[tuple[int, int, str]]) -> Rows:
    return log(*(each[:2] for each in found), cause=[each[2] for each in found])


@settings(max_examples=40, deadline=None)
@given(spans, spans, st.sampled_from(WAYS), st.integers(0, 40))
def test_leaving_out_never_hurts_the_provider(
    outages: list[tuple[int, int]], reasons: list[tuple[int, int]], way: str, minutes: int
) -> None:
    rows = {"log": rows_of([*in_log(outages, "provider"), *in_log(reasons, "customer")])}
    text = EXCLUSION % f"at most {minutes} min each calendar month"
    everything = Asked(text + down(f'where cause is "provider" {way}'), **rows)
    for less in (
        Asked(text + down(f'where cause is "provider" {way} leaving out own_fault'), **rows),
        Asked(text + down(f'where cause is "provider" {way}', "leaving out own_fault"), **rows),
    ):
        shorter, longer = less.length(), everything.length()
        assert shorter is not None
        assert longer is not None
        assert shorter <= longer


@settings(max_examples=40, deadline=None)
@given(spans, st.sampled_from(WAYS), st.integers(0, 900), st.randoms())
def test_cutting_outages_in_two_changes_nothing(
    outages: list[tuple[int, int]], way: str, cut: int, random: Any
) -> None:
    halves = [
        half
        for start, length in outages
        for half in ((start, min(cut, length)), (start + min(cut, length), length - min(cut, length)))
    ]
    random.shuffle(halves)
    whole = Asked(down(way), log=rows_of(in_log(outages, "provider")))
    assert Asked(down(way), log=rows_of(in_log(halves, "provider"))).length() == whole.length()


@settings(max_examples=25, deadline=None)
@given(spans, st.sampled_from(WAYS))
def test_the_days_of_a_month_add_up_to_the_month(outages: list[tuple[int, int]], way: str) -> None:
    moved = [(start * 600, length * 200) for start, length in outages]
    rows = {"log": rows_of(in_log(moved, "provider"))}
    monthly = Asked(down(way), **rows)
    daily = Asked(down(way).replace("calendar month", "calendar day"), **rows)
    days = daily.assessment.windows_of(daily.promise).overlapping(*monthly.window("2026-04")[:2])  # type: ignore[arg-type]
    assert sum((daily.length(day.name) or 0 for day in days), Fraction(0)) == monthly.length()


@settings(max_examples=25, deadline=None)
@given(spans, st.integers(1, 14))
def test_moving_everything_by_whole_windows_moves_the_result(outages: list[tuple[int, int]], days: int) -> None:
    def moved(by: int) -> Asked:
        later = [(start + by * 24 * HOUR, length) for start, length in outages]
        text = down("joined within 1 min partial minutes count in full").replace("calendar month", "calendar day")
        return Asked(text, log=rows_of(in_log(later, "provider")))

    assert moved(days).length(f"2026-04-{7 + days:02}") == moved(0).length("2026-04-07")


def unbroken(moments: set[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for second in sorted(moments):
        if found and found[-1][-1] == second - 1:
            found[-1].append(second)
        else:
            found.append([second])
    return found


def second_by_second(
    outages: list[tuple[int, int]], reasons: list[tuple[int, int]], gap: int, least: int, grace: int, minutes: str
) -> int:
    """The order of work on sets of seconds, each step as the language tells it."""
    covered = {second for start, length in outages for second in range(start, start + length)}
    excused = {second for start, length in reasons for second in range(start, start + length)}
    parts = unbroken(covered)
    for before, after in pairwise(parts):
        if after[0] - before[-1] - 1 <= gap:
            covered |= set(range(before[-1], after[0]))
    counted = {second for run in unbroken(covered) if len(run) >= least for second in run[grace:]} - excused
    touched = {second // MINUTE for second in counted}
    if minutes == "are dropped":
        whole = {each for each in touched if all(each * MINUTE + second in counted for second in range(MINUTE))}
        return len(whole) * MINUTE
    return len(touched) * MINUTE if minutes == "count in full" else len(counted)


@settings(max_examples=60, deadline=None)
@given(
    spans,
    spans,
    st.sampled_from((0, 60, 300)),
    st.sampled_from((1, 60, 600)),
    st.sampled_from((0, 30, 120)),
    st.sampled_from(("are dropped", "count in full", "count exactly")),
)
def test_the_order_of_work(
    outages: list[tuple[int, int]], reasons: list[tuple[int, int]], gap: int, least: int, grace: int, minutes: str
) -> None:
    rows = rows_of([*in_log(outages, "provider"), *in_log(reasons, "customer")])
    clauses = f"""
      where cause is "provider" joined within {gap} s at least {least} s long counted after {grace} s
      leaving out own_fault partial minutes {minutes}
    """
    found = Asked(EXCLUSION % "" + down(clauses), log=rows).length()
    assert found == second_by_second(outages, reasons, gap, least, grace, minutes)
