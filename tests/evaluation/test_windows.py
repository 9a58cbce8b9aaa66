"""Windows of every kind: where they begin, what they are called, which come before, and what the term cuts off."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.times import BERLIN, ZONES, agreed, at, calendar, lasting, shown
from xladsl.evaluation.instants import zones
from xladsl.evaluation.instants.windows import Window, Windows
from xladsl.evaluation.instants.zones import DAY, HOUR, MINUTE, SECOND
from xladsl.model import nodes

OFFICE = calendar("open monday to friday 08:00 to 17:00 closed 2026-04-06")


def since(day: int, month: str = "january") -> dict[str, Any]:
    """The clauses of an agreement whose fiscal year and billing month begin on a day."""
    return {
        "fiscal_year": nodes.DayOfYear(day=Decimal(day), month=month),
        "billing_month": Decimal(day),
    }


THREE_YEARS = agreed("2026-01-01", "2028-12-31", **since(1, "february"))


def rolling(length: str) -> nodes.RollingWindow:
    return nodes.RollingWindow(length=lasting(length))


def trailing(length: str) -> nodes.TrailingWindow:
    return nodes.TrailingWindow(length=lasting(length), anchor="claim")


def told(window: Window | None, zone: str = BERLIN) -> tuple[str, str, str] | None:
    """The name, the first and the last moment of a window; nothing more is known of one that is whole."""
    return window and (window.name, shown(window.start, zone), shown(window.end, zone))


# --------------------------------------------------------------------------------------------------- where they begin


@pytest.mark.parametrize(
    ("each", "name", "start", "end"),
    [
        ("calendar day", "2026-05-13", "2026-05-13 00:00", "2026-05-14 00:00"),
        ("calendar week", "2026-w20", "2026-05-11 00:00", "2026-05-18 00:00"),
        ("calendar month", "2026-05", "2026-05-01 00:00", "2026-06-01 00:00"),
        ("calendar quarter", "2026-q2", "2026-04-01 00:00", "2026-07-01 00:00"),
        ("half year", "2026-h1", "2026-01-01 00:00", "2026-07-01 00:00"),
        ("calendar year", "2026", "2026-01-01 00:00", "2027-01-01 00:00"),
        ("fiscal quarter", "2026-05-01 to 2026-07-31", "2026-05-01 00:00", "2026-08-01 00:00"),
        ("fiscal year", "2026-02-01 to 2027-01-31", "2026-02-01 00:00", "2027-02-01 00:00"),
        ("billing month", "2026-05", "2026-05-01 00:00", "2026-06-01 00:00"),
        ("contract month", "2026-05", "2026-05-01 00:00", "2026-06-01 00:00"),
        ("contract quarter", "2026-q2", "2026-04-01 00:00", "2026-07-01 00:00"),
        ("contract year", "2026", "2026-01-01 00:00", "2027-01-01 00:00"),
        ("term", "2026-01-01 to 2028-12-31", "2026-01-01 00:00", "2029-01-01 00:00"),
        ("clock hour", "2026-05-13 10:00", "2026-05-13 10:00", "2026-05-13 11:00"),
        ("business day", "2026-05-13", "2026-05-13 00:00", "2026-05-14 00:00"),
        (rolling("28 days"), "2026-04-16 to 2026-05-13", "2026-04-16 00:00", "2026-05-14 00:00"),
        (rolling("12 months"), "2025-05-14 to 2026-05-13", "2026-01-01 00:00", "2026-05-14 00:00"),
        (rolling("720 h"), "2026-04-14 to 2026-05-13", "2026-04-14 00:00", "2026-05-14 00:00"),
    ],
)
def test_the_window_in_which_an_instant_lies(each: Any, name: str, start: str, end: str) -> None:
    windows = Windows(each, THREE_YEARS, BERLIN, OFFICE)
    found = windows.containing(at("2026-05-13 10:30"))
    assert not windows.sliding
    assert told(found) == (name, start, end)


@pytest.mark.parametrize(
    ("each", "day", "name"),
    [
        ("billing month", 31, "2026-01-31 to 2026-02-27"),
        ("billing month", 30, "2026-01-30 to 2026-02-27"),
        ("billing month", 29, "2026-01-29 to 2026-02-27"),
        ("billing month", 28, "2026-01-28 to 2026-02-27"),
        ("fiscal quarter", 31, "2026-01-31 to 2026-04-29"),
        ("fiscal quarter", 30, "2026-01-30 to 2026-04-29"),
        ("fiscal quarter", 29, "2026-01-29 to 2026-04-28"),
        ("fiscal year", 31, "2026-01-31 to 2027-01-30"),
    ],
)
def test_a_window_counted_from_a_late_day_begins_with_the_last_of_a_shorter_month(
    each: str, day: int, name: str
) -> None:
    windows = Windows(each, agreed("2025-01-01", "2028-12-31", **since(day)), BERLIN)
    found = windows.containing(at("2026-02-15 12:00"))
    assert found is not None
    assert found.name == name
    assert windows.named(name) == found


def test_months_counted_from_the_31st_come_back_to_it() -> None:
    windows = Windows("contract month", agreed("2027-12-31", "2028-12-30"), BERLIN)
    starts = [shown(window.start)[:10] for window in windows.overlapping(*windows.term[:2])]
    assert starts == [
        *("2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30", "2028-05-31"),
        *("2028-06-30", "2028-07-31", "2028-08-31", "2028-09-30", "2028-10-31", "2028-11-30"),
    ]


def test_a_fiscal_year_may_begin_on_the_29th_of_february() -> None:
    windows = Windows("fiscal year", agreed("2026-01-01", "2029-12-31", **since(29, "february")), BERLIN)
    assert [shown(window.whole[0])[:10] for window in windows.overlapping(*windows.term[:2])] == [
        *("2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28")
    ]


@pytest.mark.parametrize(
    ("each", "name", "minutes"),
    [
        ("calendar month", "2026-03", 44_580),
        ("calendar month", "2026-10", 44_700),
        ("calendar month", "2026-07", 44_640),
        ("calendar month", "2026-02", 40_320),
        ("calendar month", "2028-02", 41_760),
        ("calendar quarter", "2026-q1", 90 * 1440 - 60),
        ("calendar quarter", "2028-q1", 91 * 1440 - 60),
        ("calendar quarter", "2026-q2", 91 * 1440),
        ("calendar quarter", "2026-q3", 92 * 1440),
        ("calendar quarter", "2026-q4", 92 * 1440 + 60),
        ("calendar year", "2026", 365 * 1440),
        ("calendar year", "2028", 366 * 1440),
        ("calendar day", "2026-03-29", 23 * 60),
        ("calendar day", "2026-10-25", 25 * 60),
        ("calendar week", "2026-w13", 167 * 60),
    ],
)
def test_windows_have_the_minutes_that_clocks_show(each: str, name: str, minutes: int) -> None:
    window = Windows(each, THREE_YEARS, BERLIN).named(name)
    assert window is not None
    assert window.name == name
    assert window.end - window.start == minutes * MINUTE


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Asia/Tehran", "Australia/Lord_Howe", "UTC", "America/St_Johns"])
def test_months_and_hours_begin_where_the_zone_has_them(zone: str) -> None:
    agreement = agreed("2026-01-01", "2026-12-31")
    month = Windows("calendar month", agreement, zone).named("2026-04")
    assert told(month, zone) == ("2026-04", "2026-04-01 00:00", "2026-05-01 00:00")
    hour = Windows("clock hour", agreement, zone).containing(at("2026-04-01 10:59", zone))
    assert told(hour, zone) == ("2026-04-01 10:00", "2026-04-01 10:00", "2026-04-01 11:00")


@pytest.mark.parametrize(
    ("zone", "day", "names", "minutes"),
    [
        (BERLIN, "2026-03-29", ["00:00", "01:00", "03:00", "04:00"], [60] * 4),
        (BERLIN, "2026-10-25", ["00:00", "01:00", "02:00", "02:00+01:00", "03:00"], [60] * 5),
        ("Australia/Lord_Howe", "2026-10-04", ["00:00", "01:00", "02:30", "03:00"], [60, 60, 30, 60]),
        ("Australia/Lord_Howe", "2026-04-05", ["00:00", "01:00", "01:30+10:30", "02:00"], [60, 60, 30, 60]),
    ],
)
def test_where_clocks_change_an_hour_ends_and_another_begins(
    zone: str, day: str, names: list[str], minutes: list[int]
) -> None:
    windows = Windows("clock hour", agreed("2026-01-01", "2026-12-31"), zone)
    midnight = zones.midnight(date.fromisoformat(day), zone)
    found = windows.overlapping(midnight, midnight + sum(minutes) * MINUTE)
    assert [window.name for window in found] == [f"{day} {name}" for name in names]
    assert [(window.end - window.start) // MINUTE for window in found] == minutes
    assert [windows.named(window.name) for window in found] == found


def test_days_on_which_the_calendar_is_closed_lie_in_no_window() -> None:
    windows = Windows("business day", THREE_YEARS, BERLIN, OFFICE)
    assert windows.containing(at("2026-04-04 12:00")) is None
    assert windows.containing(at("2026-04-06 12:00")) is None
    assert [window.name for window in windows.overlapping(at("2026-04-02 00:00"), at("2026-04-08 00:00"))] == [
        *("2026-04-02", "2026-04-03", "2026-04-07")
    ]
    tuesday = windows.containing(at("2026-04-07 23:59"))
    assert tuesday is not None
    assert told(windows.before(tuesday)) == ("2026-04-03", "2026-04-03 00:00", "2026-04-04 00:00")
    assert windows.named("2026-04-05") is None
    assert windows.named("2026-w15") == tuesday


def test_without_a_calendar_business_days_are_those_from_monday_to_friday() -> None:
    windows = Windows("business day", THREE_YEARS, BERLIN)
    assert len(windows.overlapping(at("2026-04-06 00:00"), at("2026-04-13 00:00"))) == 5


@pytest.mark.parametrize("each", ["fiscal quarter", "fiscal year", "billing month"])
def test_windows_that_nobody_agreed_on_are_none(each: str) -> None:
    windows = Windows(each, agreed("2026-01-01", "2026-12-31"), BERLIN)
    assert windows.containing(at("2026-05-01 00:00")) is None
    assert windows.named("2026-05") is None
    assert windows.first_whole() is None


# ---------------------------------------------------------------------------------------------------------- the term


SHORT = agreed("2026-04-15", "2026-08-10")


def test_windows_are_cut_at_the_term_and_remember_the_whole() -> None:
    windows = Windows("calendar month", SHORT, BERLIN)
    first, *_, last = windows.overlapping(*windows.term[:2])
    assert told(first) == ("2026-04", "2026-04-15 00:00", "2026-05-01 00:00")
    assert first.whole == (at("2026-04-01 00:00"), at("2026-05-01 00:00"))
    assert told(last) == ("2026-08", "2026-08-01 00:00", "2026-08-11 00:00")
    assert last.whole == (at("2026-08-01 00:00"), at("2026-09-01 00:00"))
    assert windows.containing(at("2026-04-14 23:59")) is None
    assert windows.containing(at("2026-08-11 00:00")) is None
    assert windows.before(first) is None
    assert windows.named("2026-03") is None
    assert windows.named("2026-09") is None
    assert windows.named(date(2026, 4, 3)) == windows.named("2026-04") == first
    assert windows.named(date(2026, 8, 30)) == last


def test_a_window_cut_at_the_end_of_the_term_ends_with_it() -> None:
    windows = Windows("calendar quarter", SHORT, BERLIN)
    assert [window.name for window in windows.ending_in(at("2026-07-01 00:00"), at("2026-08-11 00:00"))] == ["2026-q3"]
    assert windows.ending_in(at("2026-08-11 00:00"), at("2027-01-01 00:00")) == []


@pytest.mark.parametrize(
    ("each", "settling", "name"),
    [
        ("calendar month", None, "2026-05"),
        ("calendar month", "2026-05-31", "2026-06"),
        ("calendar month", "2026-05-15", "2026-06"),
        ("calendar quarter", None, None),
        ("contract month", None, "2026-04-15 to 2026-05-14"),
        ("contract month", "2026-04-30", "2026-05-15 to 2026-06-14"),
        ("term", "2026-04-30", "2026-04-15 to 2026-08-10"),
        ("calendar week", None, "2026-w17"),
        ("clock hour", "2026-04-30", "2026-05-01 00:00"),
        (rolling("28 days"), None, "2026-04-15 to 2026-05-12"),
        (rolling("28 days"), "2026-04-30", "2026-05-01 to 2026-05-28"),
        (trailing("30 days"), None, "2026-04-15 to 2026-05-14"),
        ("event", "2026-04-30", "2026-05-01"),
    ],
)
def test_the_first_window_that_is_whole(each: Any, settling: str | None, name: str | None) -> None:
    settled = date.fromisoformat(settling) if settling else None
    found = Windows(each, agreed("2026-04-15", "2026-08-10", settling=settled), BERLIN).first_whole()
    assert (found and found.name) == name
    assert found is None or found[:2] == found.whole


@pytest.mark.parametrize("each", ["calendar month", "clock hour", "business day", "term", "event", rolling("28 days")])
def test_a_term_that_ends_before_it_begins_has_no_window(each: Any) -> None:
    windows = Windows(each, agreed("2036-01-01", "2026-12-31"), BERLIN, OFFICE)
    assert windows.containing(at("2030-01-01 00:00")) is None
    assert windows.overlapping(at("2020-01-01 00:00"), at("2040-01-01 00:00")) == []
    assert windows.named("2030") is None


def test_a_rolling_window_is_judged_within_the_term_only() -> None:
    windows = Windows(rolling("28 days"), SHORT, BERLIN)
    found = windows.ending_in(at("2026-01-01 00:00"), at("2027-01-01 00:00"))
    assert len(found) == 118
    assert told(found[0]) == ("2026-03-19 to 2026-04-15", "2026-04-15 00:00", "2026-04-16 00:00")
    assert told(found[-1]) == ("2026-07-14 to 2026-08-10", "2026-07-14 00:00", "2026-08-11 00:00")
    assert told(windows.before(found[-1])) == ("2026-07-13 to 2026-08-09", "2026-07-13 00:00", "2026-08-10 00:00")


def test_a_rolling_window_overlaps_what_lies_in_its_last_days() -> None:
    windows = Windows(rolling("7 days"), THREE_YEARS, BERLIN)
    start = at("2026-05-13 10:00")
    found = windows.overlapping(start, start + HOUR)
    assert len(found) == 7
    assert found[0] == windows.containing(start)
    assert all(window.start <= start < window.end for window in found)


# ------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("each", "label", "name"),
    [
        ("calendar month", "2026-q2", "2026-04"),
        ("calendar month", "2026", "2026-01"),
        ("calendar month", "2026-h2", "2026-07"),
        ("calendar month", "2026-04-17", "2026-04"),
        ("calendar month", date(2026, 4, 17), "2026-04"),
        ("calendar quarter", "2026-05", "2026-q2"),
        ("calendar quarter", "2026-10", "2026-q4"),
        ("calendar week", "2026-w53", "2026-w53"),
        ("fiscal quarter", "2026-q2", "2026-02-01 to 2026-04-30"),
        ("calendar year", "2026-10", "2026"),
        ("term", "2026-10", "2026-01-01 to 2028-12-31"),
        ("clock hour", "2026-04-17", "2026-04-17 00:00"),
        ("clock hour", "2026-04-17 10:30", "2026-04-17 10:00"),
        (rolling("12 months"), "2026-12", "2026-01-01 to 2026-12-31"),
        (rolling("12 months"), "2026-04", "2025-05-01 to 2026-04-30"),
        (rolling("28 days"), "2026-04-17", "2026-03-21 to 2026-04-17"),
        (trailing("30 days"), "2026-04-17", "2026-03-19 to 2026-04-17"),
        (rolling("1 s"), "2026-04-17 10:30", "2026-04-17 10:31"),
        ("event", "2026-04-17", "2026-04-17"),
        ("ticket", "2026-04", "2026-04"),
    ],
)
def test_the_window_that_people_mean(each: Any, label: str | date, name: str) -> None:
    found = Windows(each, THREE_YEARS, BERLIN).named(label)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "label", ["", "soon", "2026-13", "2026-q5", "2026-q0", "2026-w54", "2026-02-30", "2026-04-17 25:00"]
)
def test_what_is_no_period_means_no_window(label: str) -> None:
    assert Windows("calendar month", THREE_YEARS, BERLIN).named(label) is None


def test_weeks_are_called_by_the_year_of_their_thursday() -> None:
    windows = Windows("calendar week", agreed("2026-12-01", "2027-02-01"), BERLIN)
    assert [window.name for window in windows.overlapping(at("2026-12-27 00:00"), at("2027-01-05 00:00"))] == [
        *("2026-w52", "2026-w53", "2027-w01")
    ]


# ---------------------------------------------------------------------------------------------------------- one by one


@pytest.mark.parametrize("each", ["event", "ticket", rolling("1 s"), rolling("23 h"), trailing("30 days")])
def test_sliding_windows_are_none_by_themselves(each: Any) -> None:
    windows = Windows(each, THREE_YEARS, BERLIN)
    assert windows.sliding
    assert windows.containing(at("2026-05-13 10:00")) is None
    assert windows.overlapping(*windows.term[:2]) == windows.ending_in(*windows.term[:2]) == []


def test_the_window_of_an_event() -> None:
    windows = Windows("event", THREE_YEARS, BERLIN)
    start = at("2026-05-11 10:00")
    assert windows.event(start) == (start, start + 1, "2026-05-11 10:00", (start, start + 1))
    assert told(windows.event(start, start + 2 * HOUR)) == ("2026-05-11 10:00", "2026-05-11 10:00", "2026-05-11 12:00")
    assert windows.event(at("2025-12-31 23:59")) is None
    assert windows.event(at("2029-01-01 00:00")) is None


def test_a_short_rolling_window_ends_with_its_row() -> None:
    windows = Windows(rolling("1 s"), THREE_YEARS, BERLIN)
    row = at("2026-05-11 10:00")
    found = windows.ending_at(row + 1)
    assert found is not None
    assert (found.start, found.end) == (row - SECOND + 1, row + 1)


def test_a_trailing_window_ends_with_the_claim() -> None:
    windows = Windows(trailing("30 days"), THREE_YEARS, BERLIN)
    assert told(windows.ending_at(at("2026-04-10 09:00"))) == (
        "2026-04-10 09:00",
        "2026-03-11 09:00",
        "2026-04-10 09:00",
    )
    cut = windows.ending_at(at("2026-01-10 09:00"))
    assert told(cut) == ("2026-01-10 09:00", "2026-01-01 00:00", "2026-01-10 09:00")
    assert cut is not None
    assert shown(cut.whole[0]) == "2025-12-11 09:00"
    assert windows.ending_at(at("2025-12-31 09:00")) is None


# -------------------------------------------------------------------------------------------------------- properties


KINDS = (
    *("calendar day", "calendar week", "calendar month", "calendar quarter", "half year", "calendar year"),
    *("fiscal quarter", "fiscal year", "billing month", "contract month", "contract quarter", "contract year"),
    *("term", "clock hour"),
)
MONTHS = ("january", "february", "march", "april", "november", "december")


@st.composite
def series(draw: st.DrawFn) -> Windows:
    """Windows that fill a term, in which clocks may change and February may be long."""
    start = draw(st.dates(date(2010, 1, 1), date(2029, 1, 1)))
    each = draw(st.sampled_from(KINDS))
    days = draw(st.integers(0, 20 if each == "clock hour" else 900))
    starts = since(draw(st.integers(1, 31)), draw(st.sampled_from(MONTHS)))
    return Windows(each, agreed(f"{start}", f"{start + timedelta(days=days)}", **starts), draw(st.sampled_from(ZONES)))


@settings(deadline=None)
@given(series())
def test_windows_fill_the_term_without_gap_or_overlap(windows: Windows) -> None:
    found = windows.overlapping(*windows.term[:2])
    if not found:
        assert windows.term.start == windows.term.end  # a day that the zone left out
        return
    assert (found[0].start, found[-1].end) == windows.term[:2]
    for window, following in pairwise(found):
        assert window.start < window.end == following.start
        assert windows.before(following) == window
    assert windows.before(found[-1], len(found) - 1) == found[0]
    assert windows.before(found[-1], len(found)) is None


@settings(deadline=None)
@given(series(), st.data())
def test_each_instant_of_the_term_lies_in_one_window_by_whose_name_it_is_found(
    windows: Windows, data: st.DataObject
) -> None:
    if windows.term.start == windows.term.end:
        return
    instant = data.draw(st.integers(windows.term.start, windows.term.end - 1))
    window = windows.containing(instant)
    assert window is not None
    assert window.start <= instant < window.end
    assert window.whole[0] <= window.start
    assert window.end <= window.whole[1]
    assert windows.overlapping(instant, instant + 1) == [window]
    assert windows.containing(window.start) == windows.containing(window.end - 1) == window
    assert windows.containing(window.end) != window
    assert windows.named(window.name) == window


@settings(deadline=None)
@given(series(), st.data())
def test_every_window_ends_in_one_of_several_periods(windows: Windows, data: st.DataObject) -> None:
    start, end = windows.term.start, windows.term.end
    cuts = sorted(data.draw(st.lists(st.integers(start - DAY, end + DAY), max_size=4)))
    periods = pairwise([start - 400 * DAY, *cuts, end + 400 * DAY])
    found = [window for period in periods for window in windows.ending_in(*period)]
    assert found == windows.overlapping(start, end)
