"""Business hours, business days, clocks on the wall: against calendars read day by day."""

from __future__ import annotations

from datetime import date, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.times import BERLIN, ZONES, agreed, at, calendar, lasting, shown
from xladsl.evaluation.instants import clocks, zones
from xladsl.evaluation.instants.clocks import Clock, business_days, business_time, every_hour, later, wall
from xladsl.evaluation.instants.zones import DAY, HOUR, MINUTE, SECOND
from xladsl.model import nodes

TERM = agreed("2026-01-01", "2026-12-31")
OFFICE = calendar("open monday to friday 08:00 to 17:00")
UNEVEN = calendar("open monday to thursday 08:00 to 12:00, 13:00 to 17:00 open friday 08:00 to 12:00")
NIGHTS = calendar("open monday to friday 20:00 to 06:00")
LUNCH = calendar("open monday to friday 08:00 to 12:00, 12:00 to 17:00")
CHRISTMAS = calendar(
    'open monday to friday 08:00 to 17:00 closed 2026-12-24 "Christmas Eve" holidays of DE'
    " covers 2026-01-01 to 2026-12-31"
)


FEWER = settings(max_examples=30, deadline=None)


# ---------------------------------------------------------------------------------------------------- business time


@pytest.mark.parametrize(
    ("hours", "start", "end", "expected"),
    [
        (OFFICE, "2026-04-06 15:00", "2026-04-07 10:00", 4 * HOUR),
        (OFFICE, "2026-04-10 16:59", "2026-04-13 08:01", 2 * MINUTE),
        (OFFICE, "2026-04-11 10:00", "2026-04-12 10:00", 0),
        (OFFICE, "2026-04-06 07:00", "2026-04-06 18:00", 9 * HOUR),
        (UNEVEN, "2026-04-06 11:30", "2026-04-06 13:30", HOUR),
        (LUNCH, "2026-04-06 11:30", "2026-04-06 12:30", HOUR),
        (NIGHTS, "2026-04-06 05:00", "2026-04-06 21:00", HOUR),
        (NIGHTS, "2026-04-10 23:00", "2026-04-11 12:00", 7 * HOUR),
        (NIGHTS, "2026-10-22 12:00", "2026-10-23 12:00", 10 * HOUR),
        (calendar("open saturday 20:00 to 06:00"), "2026-03-28 12:00", "2026-03-29 12:00", 9 * HOUR),
        (calendar("open saturday 20:00 to 06:00"), "2026-10-24 12:00", "2026-10-25 12:00", 11 * HOUR),
        (calendar("open sunday 02:15 to 02:45"), "2026-03-28 12:00", "2026-03-29 12:00", 0),
        (calendar("open sunday 02:15 to 02:45"), "2026-10-24 12:00", "2026-10-25 12:00", 30 * MINUTE),
        (calendar("open sunday 02:15 to 03:00"), "2026-10-24 12:00", "2026-10-25 12:00", 105 * MINUTE),
        (calendar("open friday to monday 10:00 to 11:00"), "2026-04-06 00:00", "2026-04-13 00:00", 4 * HOUR),
        (calendar("open monday to sunday 00:00 to 24:00"), "2026-03-01 00:00", "2026-04-01 00:00", 44_580 * MINUTE),
        (calendar("open monday to sunday 00:00 to 00:00"), "2026-10-01 00:00", "2026-11-01 00:00", 44_700 * MINUTE),
        (calendar("open monday 18:00 to 24:00"), "2026-04-06 00:00", "2026-04-08 00:00", 6 * HOUR),
        (calendar("open monday 08:00 to 12:00, 10:00 to 17:00"), "2026-04-06 00:00", "2026-04-07 00:00", 9 * HOUR),
        (CHRISTMAS, "2026-12-23 16:00", "2026-12-28 09:00", 2 * HOUR),
        (None, "2026-03-29 00:00", "2026-03-30 00:00", 23 * HOUR),
    ],
)  # fmt: skip
def test_business_time_passes_in_the_hours_of_the_calendar(
    hours: nodes.Calendar | None, start: str, end: str, expected: int
) -> None:
    clock = business_time(hours, TERM)
    assert clock.at(at(end)) - clock.at(at(start)) == expected
    assert sum(stop - begin for begin, stop in clock.open(at(start), at(end))) == expected


@pytest.mark.parametrize(
    ("hours", "moment", "runs"),
    [
        (OFFICE, "2026-04-06 08:00", True),
        (OFFICE, "2026-04-06 17:00", False),
        (OFFICE, "2026-04-06 07:59", False),
        (LUNCH, "2026-04-06 12:00", True),
        (NIGHTS, "2026-04-11 05:59", True),
        (NIGHTS, "2026-04-13 05:59", False),
        (CHRISTMAS, "2026-12-24 12:00", False),
        (CHRISTMAS, "2026-12-25 12:00", False),
        (None, "2026-04-12 03:00", True),
    ],
)
def test_opening_time_belongs_to_the_hours_and_closing_time_does_not(
    hours: nodes.Calendar | None, moment: str, runs: bool
) -> None:
    assert business_time(hours, TERM).running(at(moment)) is runs


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    closed_monday = calendar("open sunday to monday 20:00 to 06:00 closed 2026-04-06")
    clock = business_time(closed_monday, TERM)
    assert clock.running(at("2026-04-06 05:00"))
    assert not clock.running(at("2026-04-06 21:00"))
    assert not clock.running(at("2026-04-07 05:00"))


def test_hours_that_touch_are_one_stretch() -> None:
    clock = business_time(LUNCH, TERM)
    assert clock.open(at("2026-04-06 00:00"), at("2026-04-07 00:00")) == [
        (at("2026-04-06 08:00"), at("2026-04-06 17:00"))
    ]
    assert len(clock.starts) == len(business_time(OFFICE, TERM).starts)


def test_hours_are_those_of_the_calendar_s_own_zone() -> None:
    tokyo = business_time(calendar("timezone Asia/Tokyo open monday 09:00 to 17:00"), TERM)
    assert shown_open(tokyo, "2026-04-06 00:00", "2026-04-07 00:00") == [("2026-04-06 02:00", "2026-04-06 10:00")]


HOURS = st.tuples(st.integers(0, 95), st.integers(0, 96)).map(
    lambda quarters: nodes.ClockSpan(start=clock_time(quarters[0]), end=clock_time(quarters[1]))
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OPENINGS = st.builds(
    lambda first, last, spans: nodes.Opening(weekdays=nodes.Weekdays(first=first, last=last), spans=spans),
    st.sampled_from(WEEKDAYS),
    st.none() | st.sampled_from(WEEKDAYS),
    st.lists(HOURS, min_size=1, max_size=3),
)
BEGINNINGS = st.sampled_from(["2026-03-26", "2026-10-22", "2026-04-02", "2011-12-27", "2026-02-26", "2027-12-30"]).map(
    date.fromisoformat
)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[nodes.Calendar, nodes.Agreement, date]:
    first = draw(BEGINNINGS)
    days = [first + timedelta(days=number) for number in range(10)]
    closed = [nodes.ClosedDay(day=day) for day in draw(st.lists(st.sampled_from(days), max_size=3))]
    zone = draw(st.sampled_from(ZONES))
    hours = nodes.Calendar(name="hours", opening=draw(st.lists(OPENINGS, min_size=1, max_size=3)), closed=closed)
    return hours, agreed(f"{first}", f"{days[-1]}", zone), first


@FEWER
@given(calendars())
def test_business_time_is_what_reading_the_calendar_day_by_day_gives(
    made: tuple[nodes.Calendar, nodes.Agreement, date],
) -> None:
    hours, agreement, first = made
    clock = business_time(hours, agreement)
    stretches = read(hours, agreement)
    start = zones.midnight(first, agreement.timezone or "") + 2 * DAY
    for instant in range(start, start + 5 * DAY, 15 * MINUTE):
        opened = any(begins <= instant < ends for begins, ends, _ in stretches)
        assert clock.running(instant) is opened
        assert clock.at(instant + 15 * MINUTE) - clock.at(instant) == (15 * MINUTE if opened else 0)


@FEWER
@given(calendars())
def test_each_business_day_shows_the_same_whatever_its_hours(
    made: tuple[nodes.Calendar, nodes.Agreement, date],
) -> None:
    hours, agreement, first = made
    clock = business_days(hours, agreement)
    stretches = read(hours, agreement)
    reached = 0
    for day in sorted({day for _, _, day in stretches}):
        own = [(max(begins, reached), ends) for begins, ends, of in stretches if of == day]
        begins, reached = min(own)[0], max(reached, *(ends for _, ends in own))
        if begins < reached and day >= first:  # what is not read may reach into the days before
            assert clock.at(reached) - clock.at(begins) == clock.unit


@FEWER
@given(calendars(), st.integers(-5, 15 * 24 * 4), st.booleans())
def test_what_is_shown_leads_back_to_when(
    made: tuple[nodes.Calendar, nodes.Agreement, date], quarters: int, days: bool
) -> None:
    hours, agreement, first = made
    clock = (business_days if days else business_time)(hours, agreement)
    instant = zones.midnight(first, agreement.timezone or "") + quarters * 15 * MINUTE + 1
    reading = clock.at(instant)
    assert clock.at(clock.when(reading)) == reading
    assert clock.when(reading) <= instant
    assert clock.at(clock.when(reading) - 1) < reading or reading == 0
    if reading < clock.shown[-1]:
        assert clock.until(reading) >= instant
        assert clock.at(clock.until(reading)) == reading < clock.at(clock.until(reading) + 1)


# ---------------------------------------------------------------------------------------------------- business days


@pytest.mark.parametrize(
    ("hours", "start", "days", "deadline"),
    [
        (OFFICE, "2026-04-06 15:00", "2 business days", "2026-04-08 15:00"),
        (OFFICE, "2026-04-10 15:00", "1 working days", "2026-04-13 15:00"),
        (OFFICE, "2026-04-06 18:00", "1 business days", "2026-04-07 17:00"),
        (OFFICE, "2026-04-11 12:00", "1 business days", "2026-04-13 17:00"),
        (OFFICE, "2026-04-06 08:00", "1 business days", "2026-04-06 17:00"),
        (UNEVEN, "2026-04-10 10:00", "1 business days", "2026-04-13 12:00"),
        (UNEVEN, "2026-04-09 12:30", "1 business days", "2026-04-10 10:00"),
        (UNEVEN, "2026-04-06 10:00", "5 business days", "2026-04-13 10:00"),
        (NIGHTS, "2026-04-10 22:00", "1 business days", "2026-04-13 22:00"),
        (CHRISTMAS, "2026-12-23 12:00", "1 business days", "2026-12-28 12:00"),
        (None, "2026-05-01 00:00", "10 business days", "2026-05-15 00:00"),
        (None, "2026-05-02 12:00", "1 business days", "2026-05-05 00:00"),
    ],
)
def test_a_business_day_later_it_is_the_same_hour_of_the_next_business_day(
    hours: nodes.Calendar | None, start: str, days: str, deadline: str
) -> None:
    assert shown(later(at(start), lasting(days), hours, TERM, BERLIN)) == deadline


def test_business_days_are_the_same_in_weeks_in_which_clocks_change() -> None:
    always = calendar("open monday to sunday 00:00 to 24:00")
    clock = business_days(always, TERM)
    for day in ("2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"):
        start = date.fromisoformat(day)
        bounds = [zones.midnight(start + timedelta(days=number), BERLIN) for number in (0, 1)]
        assert clock.at(bounds[1]) - clock.at(bounds[0]) == clock.unit


def test_a_calendar_that_is_never_open_stands_still() -> None:
    shut = nodes.Calendar(name="shut", opening=[], closed=[])
    for clock in (business_time(shut, TERM), business_days(shut, TERM)):
        assert clock.at(at("2026-01-01 00:00")) == clock.at(at("2026-12-31 00:00")) == 0
        assert clock.open(at("2026-01-01 00:00"), at("2026-12-31 00:00")) == []


# ------------------------------------------------------------------------------------------------------------- later


@pytest.mark.parametrize(
    ("start", "length", "forward", "back"),
    [
        ("2026-03-28 12:00", "24 h", "2026-03-29 13:00", "2026-03-27 12:00"),
        ("2026-03-28 12:00", "1 days", "2026-03-29 12:00", "2026-03-27 12:00"),
        ("2026-03-28 02:30", "1 days", "2026-03-29 03:00", "2026-03-27 02:30"),
        ("2026-03-30 02:30", "1 days", "2026-03-31 02:30", "2026-03-29 03:00"),
        ("2026-03-28 12:00", "2 weeks", "2026-04-11 12:00", "2026-03-14 12:00"),
        ("2026-03-28 12:00", "1.5 days", "2026-03-30 00:00", "2026-03-27 00:00"),
        ("2026-01-31 10:00", "1 months", "2026-02-28 10:00", "2025-12-31 10:00"),
        ("2024-01-31 10:00", "1 months", "2024-02-29 10:00", "2023-12-31 10:00"),
        ("2024-02-29 10:00", "1 years", "2025-02-28 10:00", "2023-02-28 10:00"),
        ("2026-03-31 10:00", "1 months", "2026-04-30 10:00", "2026-02-28 10:00"),
        ("2026-11-30 10:00", "1 quarters", "2027-02-28 10:00", "2026-08-30 10:00"),
        ("2026-05-01 00:00", "18 months", "2027-11-01 00:00", "2024-11-01 00:00"),
        ("2026-04-01 00:00", "0.5 months", "2026-04-16 00:00", "2026-03-16 12:00"),
        ("2026-04-06 15:00", "4 business hours", "2026-04-07 10:00", "2026-04-06 11:00"),
        ("2026-04-06 08:30", "90 business minutes", "2026-04-06 10:00", "2026-04-03 16:00"),
        ("2026-04-06 16:00", "1 business hours", "2026-04-06 17:00", "2026-04-06 15:00"),
        ("2026-04-06 09:00", "1 business hours", "2026-04-06 10:00", "2026-04-06 08:00"),
        ("2026-04-12 02:00", "5 business days", "2026-04-17 17:00", "2026-04-06 08:00"),
        ("2026-04-06 12:00", "0 days", "2026-04-06 12:00", "2026-04-06 12:00"),
    ],
)
def test_so_much_later_and_so_much_earlier(start: str, length: str, forward: str, back: str) -> None:
    for sign, expected in ((1, forward), (-1, back)):
        assert shown(later(at(start), lasting(length), OFFICE, TERM, BERLIN, sign)) == expected


@pytest.mark.parametrize(
    ("length", "microseconds"),
    [("250 ms", 250_000), ("60 s", 60 * SECOND), ("0.5 min", 30 * SECOND), ("1 hours", HOUR)],
)
def test_clock_time_is_exact(length: str, microseconds: int) -> None:
    assert later(0, lasting(length), None, TERM, BERLIN) == microseconds
    assert later(0, lasting(length), None, TERM, BERLIN, sign=-1) == -microseconds


@given(
    st.integers(at("2025-01-01 00:00") // SECOND, at("2027-12-31 00:00") // SECOND),
    st.sampled_from(["business hours", "business minutes", "business days", "working days"]),
    st.integers(1, 30),
)
def test_a_business_deadline_leaves_exactly_so_much_time(second: int, unit: str, amount: int) -> None:
    clock = (business_days if unit.endswith("days") else business_time)(UNEVEN, TERM)
    length = lasting(f"{amount} {unit}")
    start = second * SECOND
    units = Fraction(amount * clock.unit) * {"business hours": 3600, "business minutes": 60}.get(unit, 1)
    deadline = later(start, length, UNEVEN, TERM, BERLIN)
    assert clock.at(deadline) - clock.at(start) >= units > clock.at(deadline - 1) - clock.at(start)
    notice = later(start, length, UNEVEN, TERM, BERLIN, sign=-1)
    assert clock.at(start) - clock.at(notice) >= units > clock.at(start) - clock.at(notice + 1)


# ------------------------------------------------------------------------------------------------------ other clocks


@given(st.sampled_from(ZONES), st.integers(0, 4 * 366 * 24 * 4))
def test_the_clock_on_the_wall_shows_what_the_zone_shows(zone: str, quarters: int) -> None:
    agreement = agreed("2010-01-01", "2011-12-31", zone)
    clock = wall(zone, agreement)
    instant = at("2009-01-01 00:00", "UTC") + quarters * 15 * MINUTE
    assert clock.at(instant) == instant + zones.offset(instant, zone)
    assert clock.when(clock.at(instant)) == zones.instant_of(clock.at(instant), zone) <= instant
    assert clock.running(instant)


def test_a_reading_that_the_wall_skips_is_reached_when_it_is_put_forward() -> None:
    clock = wall(BERLIN, TERM)
    skipped = zones.reading_of(date(2026, 3, 29), time(2, 30))
    assert shown(clock.when(skipped)) == "2026-03-29 03:00"
    assert shown(clock.until(skipped) + 1) == "2026-03-29 03:00"


def test_two_days_apart_on_the_wall_are_two_days_though_an_hour_is_missing() -> None:
    clock = wall(BERLIN, TERM)
    assert clock.at(at("2026-03-30 12:00")) - clock.at(at("2026-03-28 12:00")) == 2 * 86400 * clock.unit


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu", "Asia/Tehran", "Australia/Lord_Howe"])
@pytest.mark.parametrize("length", [7 * MINUTE, 15 * MINUTE, 25 * MINUTE, HOUR, 5 * HOUR])
def test_slices_are_counted_from_each_midnight(zone: str, length: int) -> None:
    clock = every_hour(zone, agreed("2026-01-01", "2026-12-31", zone))
    for day in (date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4), date(2026, 10, 25)):
        midnight, following = zones.midnight(day, zone), zones.midnight(day + timedelta(days=1), zone)
        for instant in range(midnight, following, 11 * MINUTE):
            start = clock.slice_start(length, instant)
            assert midnight <= start <= instant < start + length
            assert (start - midnight) % length == 0
        assert clock.slice_start(length, following) == following


def test_a_clock_is_made_once() -> None:
    assert business_time(OFFICE, TERM) is business_time(OFFICE, TERM)
    assert business_time(OFFICE, TERM) is not business_time(OFFICE, agreed("2026-01-01", "2026-12-31"))


def test_clocks_go_on_two_years_before_and_after_the_term() -> None:
    for year in ("2024", "2028"):
        start, end = at(f"{year}-06-12 08:00"), at(f"{year}-06-14 08:00")
        clock = business_time(OFFICE, TERM)
        assert clock.at(end) - clock.at(start) == sum(stop - begin for begin, stop in clock.open(start, end)) > 0


def test_outside_of_what_they_cover_clocks_of_hours_stand_still_and_others_go_on() -> None:
    far = at("2400-06-12 08:00"), at("1800-06-12 08:00")
    for instant in far:
        assert not business_time(OFFICE, TERM).running(instant)
        assert every_hour(BERLIN, TERM).running(instant)
    last = business_time(OFFICE, TERM).starts[-1]
    assert later(last, lasting("1 business hours"), OFFICE, TERM, BERLIN) == last


def test_a_term_without_end_does_not_take_for_ever() -> None:
    endless = agreed("2026-01-01", "9999-12-31")
    assert business_time(OFFICE, endless).starts[-1] < at("2070-01-01 00:00")
    end = zones.instant(date.max, time.max, BERLIN)
    for length in ("1 days", "2 months", "1 years", "3 business days", "4 h"):
        assert later(end, lasting(length), None, endless, BERLIN) >= zones.midnight(date(2067, 1, 1), BERLIN)
    assert every_hour(BERLIN, endless).at(at("2500-01-01 00:00")) == at("2500-01-01 00:00")


# ----------------------------------------------------------------------------------------------------------- reading


def shown_open(clock: Clock, start: str, end: str) -> list[tuple[str, str]]:
    return [(shown(begins), shown(ends)) for begins, ends in clock.open(at(start), at(end))]


def read(hours: nodes.Calendar, agreement: nodes.Agreement) -> list[tuple[int, int, date]]:
    """The stretches of opening by the words of the manual, one day and one span at a time."""
    first, last = clocks.covered(agreement)
    zone = agreement.timezone or ""
    closed = {closure.day for closure in hours.closed}
    near = agreement.term.start - timedelta(days=2), agreement.term.end + timedelta(days=2)
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in closed or not near[0] <= day <= near[1]:
            continue
        for opening in hours.opening:
            if WEEKDAYS[day.weekday()] in named_weekdays(opening.weekdays):
                found += [(*bounds(span, day, zone), day) for span in opening.spans]
    return found


def named_weekdays(weekdays: nodes.Weekdays) -> list[str]:
    found = [weekdays.first]
    while weekdays.last and found[-1] != weekdays.last:
        found.append(WEEKDAYS[(WEEKDAYS.index(found[-1]) + 1) % 7])
    return found


def bounds(span: nodes.ClockSpan, day: date, zone: str) -> tuple[int, int]:
    ends = day if span.end > span.start else day + timedelta(days=1)
    return zones.instant(day, span.start, zone), zones.instant(ends, span.end, zone)


def clock_time(quarters: int) -> time:
    return time.max if quarters == 96 else time(quarters // 4, quarters % 4 * 15)
