"""Lengths and windows against the calendar itself, day by day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from tests.texts import alone
from xladsl.loading import load
from xladsl.model import nodes
from xladsl.model.deadlines import begins_on, days_of, months_after, next_start, usual_days, whole_windows
from xladsl.model.quantities import Duration

if TYPE_CHECKING:
    from collections.abc import Callable

YEARS = [date(2023, 1, 1) + timedelta(days=number) for number in range(6 * 365)]


def duration(amount: object, unit: str) -> Duration:
    return Duration(amount=Decimal(str(amount)), unit=unit)


def agreement(start: str = "2026-01-01", more: str = "fiscal year starts 1 may billing month starts on day 15") -> Any:
    text = f"agreement trial {{ between provider a and customer b term {start} to 2028-12-31 {more} }}"
    return next(block for block in load("trial.xladsl", alone(text)).blocks if isinstance(block, nodes.Agreement))


@pytest.mark.parametrize("months", range(1, 31))
def test_months_are_as_long_as_the_calendar_has_them(months: int) -> None:
    firsts = [day for day in YEARS if day.day == 1]
    lengths = [(following - day).days for day in firsts if (following := months_after(day, months))]
    found = days_of(duration(months, "months"))
    assert list(found) == [min(lengths), max(lengths)] or (
        found.fewest <= min(lengths) and max(lengths) <= found.most and found.most - found.fewest <= 7
    )


def test_a_year_is_twelve_months() -> None:
    years = [days_of(duration(1, "year")), days_of(duration(12, "months")), days_of(duration(4, "quarters"))]
    assert [list(days) for days in years] == [[365, 366]] * 3


@pytest.mark.parametrize("number", range(1, 31))
def test_business_days_last_no_less_and_no_longer(number: int) -> None:
    lengths = []
    for start in YEARS[:14]:
        day, counted = start, 0
        while counted < number:
            day += timedelta(days=1)
            counted += day.weekday() < 5
        lengths.append((day - start).days)
    found = days_of(duration(number, "business days"))
    assert found.fewest == min(lengths)
    assert max(lengths) <= found.most


@pytest.mark.parametrize(
    ("amount", "unit", "days"),
    [
        (36, "h", Fraction(3, 2)),
        (90, "min", Fraction(1, 16)),
        (2, "weeks", 14),
        (1, "day", 1),
        (864, "ms", Fraction(1, 100000)),
    ],
)
def test_time_of_the_clock_has_one_length(amount: int, unit: str, days: Fraction) -> None:
    assert days_of(duration(amount, unit)) == (days, days)


@pytest.mark.parametrize(
    ("window", "first"),
    [
        ("calendar month", lambda day: day.day == 1),
        ("calendar quarter", lambda day: day.day == 1 and day.month in (1, 4, 7, 10)),
        ("half year", lambda day: day.day == 1 and day.month in (1, 7)),
        ("calendar year", lambda day: (day.month, day.day) == (1, 1)),
        ("fiscal quarter", lambda day: day.day == 1 and day.month in (2, 5, 8, 11)),
        ("fiscal year", lambda day: (day.month, day.day) == (5, 1)),
        ("billing month", lambda day: day.day == 15),
        ("contract month", lambda day: day.day == 1),
        ("calendar week", lambda day: day.weekday() == 0),
    ],
)
def test_windows_begin_where_the_calendar_has_them(window: str, first: Callable[[date], bool]) -> None:
    whole = agreement()
    for day in YEARS:
        assert begins_on(window, whole, day) == first(day), day


def test_whole_windows_are_counted_with_both_ends() -> None:
    whole = agreement()
    assert whole_windows("calendar month", whole, date(2026, 1, 1), date(2026, 12, 31)) == 12
    assert whole_windows("calendar month", whole, date(2026, 1, 2), date(2026, 12, 30)) == 10
    assert whole_windows("calendar quarter", whole, date(2026, 4, 1), date(2026, 9, 29)) == 1
    assert whole_windows("calendar year", whole, date(2026, 1, 1), date(2026, 9, 30)) == 0
    assert whole_windows("calendar day", whole, date(2026, 1, 1), date(2026, 1, 31)) == 31
    assert whole_windows("event", whole, date(2026, 1, 1), date(2026, 1, 31)) is None


def test_a_contract_month_begins_on_the_day_of_the_term_or_on_the_last_of_a_short_month() -> None:
    late = agreement(start="2026-01-31")
    assert next_start("contract month", late, date(2026, 2, 1)) == date(2026, 2, 28)
    assert next_start("contract quarter", late, date(2026, 2, 1)) == date(2026, 4, 30)


def test_windows_that_nobody_agreed_on_are_not_counted() -> None:
    bare = agreement(more="")
    assert whole_windows("fiscal year", bare, date(2026, 1, 1), date(2030, 1, 1)) is None
    assert begins_on("billing month", bare, date(2026, 1, 1)) is None


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("window", ["calendar month", "calendar week", "half year", "contract year", "fiscal year"])
def test_the_first_and_the_last_day_that_can_be_written_do_not_raise(window: str, day: date) -> None:
    begins_on(window, agreement(), day)
    whole_windows(window, agreement(), day, day)


def test_usual_lengths() -> None:
    assert [usual_days(window) for window in ("calendar month", "half year", "contract year", "event")] == [
        30,
        182,
        365,
        None,
    ]
    assert usual_days(nodes.RollingWindow(length=duration(28, "days"))) == 28
    assert usual_days(nodes.RollingWindow(length=duration(3, "months"))) is None


def test_a_window_without_length_has_none() -> None:
    assert usual_days(nodes.RollingWindow(length=duration(0, "days"))) is None
