"""From rows to stretches of time and their length, in small agreements that are compiled from their text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.evaluation.stretching import EXCLUSION, HOUR, LOG, MINUTE, PROMISE, Asked, at, down, log
from xladsl.evaluation.given import Given
from xladsl.evaluation.notes import all_notes
from xladsl.evaluation.rows.requests import MILLION
from xladsl.evaluation.rows.table import Rows
from xladsl.evaluation.stretches.algebra import Stretch
from xladsl.model import nodes

if TYPE_CHECKING:
    from xladsl.evaluation.instants.windows import Window

# ---------------------------------------------------------------------------------------------------- outages in a log


def test_each_moment_counts_once() -> None:
    asked = Asked(down(), log=log(("2026-04-07 10:00", "2026-04-07 10:30"), ("2026-04-07 10:20", "2026-04-07 10:50")))
    assert asked.length() == 50 * MINUTE


def test_a_log_may_begin_at_the_earlier_of_two_moments() -> None:
    text = down().replace("lasting from began to ended", "lasting from began or announced to ended")
    rows = log(
        ("2026-04-07 10:00", "2026-04-07 11:00"),
        ("2026-04-08 10:00", "2026-04-08 11:00"),
        (None, "2026-04-09 11:00"),
        announced=[at("2026-04-07 09:30"), at("2026-04-08 10:30"), at("2026-04-09 10:15")],
    )
    assert Asked(text, log=rows).length() == (90 + 60 + 45) * MINUTE


def test_only_the_hours_of_a_calendar_may_count() -> None:
    rows = log(("2026-04-03 16:30", "2026-04-07 08:15"))  # from Good Friday over Easter Monday
    assert Asked(down("during office_hours"), log=rows).length() == (30 + 15) * MINUTE


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


# ------------------------------------------------------------------------------------------------- at the same time


def both_lines(number: str, where: str = "") -> Fraction | None:
    rows = log(
        ("2026-04-07 10:00", "2026-04-07 12:00"),
        ("2026-04-07 11:00", "2026-04-07 14:00"),
        ("2026-04-07 11:30", "2026-04-07 15:00"),
        users=[1, 2, 3],
        cause=["power", "power", "line"],
    )
    return Asked(down(f"while at least {number} of users are down", of=f"down {where}"), log=rows).length()


def test_so_many_at_once_are_counted_exactly() -> None:
    assert both_lines("2") == 3 * HOUR
    assert both_lines("3") == both_lines("2.5") == HOUR // 2
    assert both_lines("4") == 0


def test_rows_that_are_left_out_by_who_asks_are_none_of_those_at_once() -> None:
    assert both_lines("2", 'where cause is "power"') == HOUR
    assert both_lines("2", 'where cause is "line"') == 0


WATCHED = PROBES.replace("intervals down", "intervals unseen").format(rule="", places="")


def test_what_lasts_together_is_known_only_of_the_time_in_which_both_were_looked_at() -> None:
    asked = Asked(WATCHED + down("together with unseen"), log=log(), watch=rounds("1 1 1"))
    assert asked.length("2026-04") == 0
    assert asked.length("2026-03") is None


@pytest.mark.parametrize("hours", ["", "during office_hours"])
@pytest.mark.parametrize("both", ["from others together with down", "from down together with others"])
def test_what_is_cut_out_of_one_of_two_that_last_together_parts_no_event(hours: str, both: str) -> None:
    blocks = f"intervals others {{ from log }} intervals down {{ from log {hours} }} intervals both {{ {both} }}"
    promise = (
        "sla few { value count of both better when lower level at most 3 each calendar month no data counts as met }"
    )
    asked = Asked(LOG + blocks + promise, log=log(("2026-04-08 10:00", "2026-04-09 12:00")))
    (few,) = asked.contract.every(nodes.Sla)
    assert asked.assessment.measured(few, asked.scope()).amount == 1


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
