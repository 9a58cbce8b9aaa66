"""A time of day, on the day of a moment or so many days after it, against the calendar on the wall."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.times import BERLIN, agreed, at, calendar, shown
from xladsl.evaluation.instants import zones
from xladsl.evaluation.instants.times_of_day import on_business_day, on_day

TERM = agreed("2026-01-01", "2026-12-31")
OFFICE = calendar("open monday to friday 08:00 to 17:00 holidays of DE covers 2026-01-01 to 2026-12-31")
END_OF_DAY = time.max


@pytest.mark.parametrize(
    ("moment", "clock", "days", "expected"),
    [
        ("2026-04-07 00:00", time(17), 0, "2026-04-07 17:00"),
        ("2026-04-07 23:59", time(17), 0, "2026-04-07 17:00"),
        ("2026-04-07 23:59", time(6), 1, "2026-04-08 06:00"),
        ("2026-03-28 12:00", time(6), 1, "2026-03-29 06:00"),  # the clocks go forward in that night
        ("2026-03-28 12:00", time(2, 30), 1, "2026-03-29 03:00"),  # which they do not show
        ("2026-10-24 12:00", time(6), 1, "2026-10-25 06:00"),
        ("2026-12-31 12:00", END_OF_DAY, 0, "2027-01-01 00:00"),
    ],
)
def test_days_are_those_of_the_calendar(moment: str, clock: time, days: int, expected: str) -> None:
    assert shown(on_day(clock, days, TERM, BERLIN).at(at(moment))) == expected


@pytest.mark.parametrize(
    ("moment", "days", "expected"),
    [
        ("2026-04-01 07:00", 1, "2026-04-02 17:00"),  # before the office opens
        ("2026-04-01 16:59", 1, "2026-04-02 17:00"),
        ("2026-04-01 22:00", 1, "2026-04-02 17:00"),  # after it closed
        ("2026-04-02 16:00", 1, "2026-04-07 17:00"),  # over Easter
        ("2026-04-04 12:00", 1, "2026-04-07 17:00"),  # on a Saturday
        ("2026-04-04 12:00", 2, "2026-04-08 17:00"),
    ],
)
def test_business_days_are_those_after_the_day(moment: str, days: int, expected: str) -> None:
    assert shown(on_business_day(time(17), days, OFFICE, TERM, BERLIN).at(at(moment))) == expected


@settings(max_examples=30, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2026, 12, 20)), st.integers(0, 24 * 60 - 1), st.integers(1, 5))
def test_it_is_the_same_all_day(day: date, minutes: int, days: int) -> None:
    moment = zones.midnight(day, BERLIN)
    within = min(moment + minutes * zones.MINUTE, zones.midnight(day + timedelta(days=1), BERLIN) - 1)
    clock = on_business_day(END_OF_DAY, days, OFFICE, TERM, BERLIN)
    assert clock.at(within) == clock.at(moment) > within
