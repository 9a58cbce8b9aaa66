"""Times of day and instants: months that are an hour short, hours that come twice, days that never were."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime, time, timedelta
from importlib import resources
from itertools import pairwise
from struct import unpack
from typing import TYPE_CHECKING

import pytest
import tzdata
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.times import BERLIN, ZONES, at, shown
from xladsl.evaluation.instants import zones
from xladsl.evaluation.instants.zones import DAY, HOUR, MINUTE, SECOND

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY_ZONE = st.sampled_from(ZONES)
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))
INSTANTS = st.integers(at("1990-01-01 00:00", "UTC") // MINUTE, at("2060-01-01 00:00", "UTC") // MINUTE).map(
    lambda minutes: minutes * MINUTE
)


@pytest.mark.parametrize(
    ("first", "following", "minutes"),
    [
        ("2025-03-01", "2025-04-01", 44_580),
        ("2025-10-01", "2025-11-01", 44_700),
        ("2025-07-01", "2025-08-01", 44_640),
        ("2024-02-01", "2024-03-01", 41_760),
        ("2025-02-01", "2025-03-01", 40_320),
        ("2025-01-01", "2026-01-01", 525_600),
        ("2024-01-01", "2025-01-01", 527_040),
    ],
)
def test_a_month_has_the_minutes_that_its_clocks_show(first: str, following: str, minutes: int) -> None:
    start, end = (zones.midnight(date.fromisoformat(day), BERLIN) for day in (first, following))
    assert end - start == minutes * MINUTE


def test_the_rules_are_those_of_the_package_and_not_of_the_machine() -> None:
    zoneinfo.reset_tzpath(to=())
    zones.zone.cache_clear()
    try:
        assert zones.offset(at("2026-07-01 00:00"), BERLIN) == 2 * HOUR
        assert zones.TZDATA == tzdata.IANA_VERSION
        # A law of 2026, which the database of a machine may not know yet.
        assert zones.offset(at("2026-12-01 12:00", "UTC"), "America/Vancouver") == -7 * HOUR
    finally:
        zoneinfo.reset_tzpath()


@pytest.mark.parametrize("name", ["Europe/Atlantis", "Europe", "", "../zones", "/etc/localtime", "zone.tab"])
def test_a_zone_that_nobody_knows_is_said_to_be_none(name: str) -> None:
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        zones.zone(name)


@pytest.mark.parametrize(
    ("zone", "written", "meant"),
    [
        (BERLIN, "2026-03-29 01:59", "2026-03-29 01:59+01:00"),
        (BERLIN, "2026-03-29 02:00", "2026-03-29 03:00+02:00"),
        (BERLIN, "2026-03-29 02:30", "2026-03-29 03:00+02:00"),
        (BERLIN, "2026-03-29 03:00", "2026-03-29 03:00+02:00"),
        (BERLIN, "2026-10-25 02:30", "2026-10-25 02:30+02:00"),
        (BERLIN, "2026-10-25 03:00", "2026-10-25 03:00+01:00"),
        ("Asia/Tehran", "2022-03-22 00:00", "2022-03-22 01:00+04:30"),
        ("Asia/Tehran", "2026-03-22 00:00", "2026-03-22 00:00+03:30"),
        ("Asia/Kathmandu", "2026-03-22 00:00", "2026-03-21 18:15+00:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04 02:30+11:00"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-05 01:45+11:00"),
        ("America/St_Johns", "2010-11-07 00:00", "2010-11-07 00:00-02:30"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31 00:00+14:00"),
    ],
)
def test_a_time_that_is_skipped_is_the_first_after_it_and_one_that_comes_twice_the_first(
    zone: str, written: str, meant: str
) -> None:
    assert at(written, zone) == at(meant)


def test_the_end_of_the_day_is_the_midnight_after_it() -> None:
    assert zones.instant(date(2026, 12, 31), time.max, BERLIN) == at("2027-01-01 00:00")
    assert zones.instant(date(2026, 12, 31), time(23, 59, 59), BERLIN) == at("2027-01-01 00:00") - SECOND


def test_what_is_shown_a_second_time_says_so() -> None:
    first, second = at("2026-10-25 02:30+02:00"), at("2026-10-25 02:30+01:00")
    assert [zones.local(instant, BERLIN).fold for instant in (first, second)] == [0, 1]
    assert shown(first) == shown(second) == "2026-10-25 02:30"


def test_a_day_that_has_begun_is_not_taken_back_with_the_clocks() -> None:
    again = at("2010-11-06 23:30-03:30")
    assert shown(again, "America/St_Johns") == "2010-11-06 23:30"
    assert zones.day_of(again, "America/St_Johns") == date(2010, 11, 7)


def test_a_day_that_was_left_out_has_no_length() -> None:
    assert zones.midnight(date(2011, 12, 30), "Pacific/Apia") == zones.midnight(date(2011, 12, 31), "Pacific/Apia")


@given(EVERY_ZONE, INSTANTS)
def test_a_reading_means_the_first_instant_at_which_clocks_are_so_far(zone: str, instant: int) -> None:
    reading = instant + zones.offset(instant, zone)
    found = zones.instant_of(reading, zone)
    assert found <= instant
    assert zones.reading_of(*parts(zones.local(found, zone))) >= reading
    assert all(before + zones.offset(before, zone) < reading for before in range(found - DAY, found, 15 * MINUTE))


@given(EVERY_ZONE, st.integers(0, 25_000), st.integers(1, 40), st.sampled_from([7 * MINUTE, HOUR, DAY, 7 * DAY]))
def test_later_readings_never_mean_earlier_instants(zone: str, day: int, count: int, step: int) -> None:
    readings = range(day * DAY, day * DAY + count * step, step)
    found = zones.instants_of(readings, zone)
    assert found == [zones.instant_of(reading, zone) for reading in readings]
    assert found == sorted(found)


@given(EVERY_ZONE, INSTANTS)
def test_every_instant_lies_in_its_day(zone: str, instant: int) -> None:
    day = zones.day_of(instant, zone)
    assert zones.midnight(day, zone) <= instant < zones.midnight(day + timedelta(days=1), zone)


@given(EVERY_ZONE, INSTANTS, st.integers(0, 800 * DAY))
def test_offsets_hold_until_they_change(zone: str, start: int, length: int) -> None:
    found = zones.transitions(zone, start, start + length)
    assert found[0] == (start, zones.offset(start, zone))
    for (_, held), (changed, following) in pairwise(found):
        assert zones.offset(changed - 1, zone) == held != following == zones.offset(changed, zone)
    halfway = start + length // 2
    assert [held for begins, held in found if begins <= halfway][-1] == zones.offset(halfway, zone)


def test_no_zone_changes_its_offset_twice_within_six_days() -> None:
    """Which lets us look for changes once in six days; Gaza will come close to it in 2040."""
    for name in zones_listed():
        for one, two in pairwise(changes_listed(name)):
            assert two - one > 6 * DAY, (name, zones.datetime_of(one))


def test_no_change_is_overlooked() -> None:
    for name in ("Asia/Gaza", "Africa/Casablanca", "Australia/Lord_Howe", "America/Sao_Paulo"):
        listed = changes_listed(name)
        start, end = 0, listed[-1] + 1
        assert [instant for instant, _ in zones.transitions(name, start, end)][1:] == listed


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("zone", ["Asia/Tehran", "America/Sao_Paulo"])
def test_the_first_and_the_last_day_that_can_be_written_do_not_raise(day: date, zone: str) -> None:
    assert zones.instant(day, time.max, zone) - zones.midnight(day, zone) == DAY
    zones.day_of(zones.midnight(day, zone), zone)


def parts(moment: datetime) -> tuple[date, time]:
    return moment.date(), moment.time()


def zones_listed() -> Iterator[str]:
    yield from (resources.files(tzdata) / "zones").read_text().split()


def changes_listed(name: str) -> list[int]:
    """The instants since 1970 at which a file of tzdata (RFC 8536) says that the offset changes."""
    data = (resources.files(tzdata) / "zoneinfo" / name).read_bytes()
    second = 44 + sizes(data[:44], 4)  # the part in which instants have 64 bits
    times, kinds, _ = unpack(">3l", data[second + 32 : second + 44])
    start = second + 44
    instants = unpack(f">{times}q", data[start : start + 8 * times])
    which = data[start + 8 * times : start + 9 * times]
    places = range(start + 9 * times, start + 9 * times + 6 * kinds, 6)
    offsets = [unpack(">l", data[place : place + 4])[0] for place in places]
    listed = [(instant, offsets[kind]) for instant, kind in zip(instants, which, strict=True) if instant > 0]
    held = [(0, zones.offset(0, name) // SECOND), *listed]
    return [instant * SECOND for (_, before), (instant, after) in pairwise(held) if before != after]


def sizes(header: bytes, width: int) -> int:
    """How many bytes follow a header whose instants are so many bytes wide."""
    universal, standard, leaps, times, kinds, letters = unpack(">6l", header[20:44])
    return times * (width + 1) + kinds * 6 + letters + leaps * (width + 4) + standard + universal
