"""Small intervals that pass a test, and the stretches that they make."""

from __future__ import annotations

from tests.evaluation.stretching import LOG, MINUTE, PROMISE, Asked, at, log
from xladsl.evaluation.rows.requests import MILLION
from xladsl.evaluation.rows.table import Rows

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


def test_slices_may_be_told_by_how_long_something_lasts_in_them() -> None:
    """Days with more than four hours of it, each by itself: an outage over midnight has a part in each."""
    days = "intervals bad_days { from log each 1 day in which length of down > 4 h }"
    text = LOG + "intervals down { from log }" + days + PROMISE.format(of="bad_days", more="")
    rows = log(
        ("2026-04-01 20:00", "2026-04-02 04:01"),
        ("2026-04-10 08:00", "2026-04-10 10:00"),
        ("2026-04-10 12:00", "2026-04-10 14:01"),
    )
    asked = Asked(text, log=rows)
    assert asked.stretches("bad_days") == [
        (at("2026-04-02 00:00"), at("2026-04-03 00:00")),
        (at("2026-04-10 00:00"), at("2026-04-11 00:00")),
    ]
    good = text.replace("> 4 h", "<= 4 h")
    assert Asked(good, log=rows).length() == 28 * 24 * 60 * MINUTE
