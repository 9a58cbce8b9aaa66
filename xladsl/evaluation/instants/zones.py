"""From times of day to instants and back, by the rules of a time zone.

The rules come from the package `tzdata` and never from the machine: two machines whose systems know different laws
would else put the same outage into different months. An instant is in microseconds since 1970-01-01 UTC; a reading is
what the clocks of a zone show, in microseconds since they showed the first midnight of 1970.

A reading that clocks skip means the first instant after it, and one that they show twice means the first of the two.
Both follow from one rule, and with it a later reading never means an earlier instant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzdata  # type: ignore[import-untyped]  # it is data

if TYPE_CHECKING:
    from collections.abc import Iterable

TZDATA: str = tzdata.IANA_VERSION
"""The release of the database of time zones, such as `2026f`: with another one a result may be another."""

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # what clocks show has no zone
EPOCH_DAY = EPOCH.toordinal()
MICROSECOND = timedelta(microseconds=1)

# Between these, whatever the zone, clocks show a day that can be written.
EARLIEST = (date.min.toordinal() + 2 - EPOCH_DAY) * DAY
LATEST = (date.max.toordinal() - 2 - EPOCH_DAY) * DAY


@cache
def zone(name: str) -> ZoneInfo:
    """The rules of a zone by its name, such as `Europe/Copenhagen`. Raises ZoneInfoNotFoundError for another name."""
    if not NAME.fullmatch(name):  # a specification may come from anywhere, and a name is no path
        raise ZoneInfoNotFoundError(f"no time zone is called {name[:60]}")
    try:
        # Not by importlib.resources, which takes longer to load than all zones of an agreement together.
        rules = tzdata.__loader__.get_data(f"{tzdata.__path__[0]}/zoneinfo/{name}")
        return ZoneInfo.from_file(BytesIO(rules), key=name)
    except (OSError, ValueError) as error:
        raise ZoneInfoNotFoundError(f"no time zone is called {name}") from error


def instant(day: date, clock: time, name: str) -> int:
    """When the clocks of a zone first show a time of a day; `time.max` is 24:00, the end of the day."""
    return instant_of(reading_of(day, clock), name)


def midnight(day: date, name: str) -> int:
    """When a day begins in a zone."""
    return instant_of(reading_of(day), name)


def day_of(instant: int, name: str) -> date:
    """The day that it is in a zone: the last one that has begun, even where clocks are put back across midnight."""
    shown = local(instant, name)
    following = shown.date() + timedelta(days=1)
    return following if shown.fold and midnight(following, name) <= instant else shown.date()


def local(instant: int, name: str) -> datetime:
    """What the clocks of a zone show; with `fold` where they show it for the second time."""
    rules = zone(name)
    return rules.fromutc(datetime_of(instant).replace(tzinfo=rules)).replace(tzinfo=None)


def offset(instant: int, name: str) -> int:
    """How far the clocks of a zone are ahead of UTC, in microseconds."""
    rules = zone(name)
    in_utc = datetime_of(instant).replace(tzinfo=rules)
    return (rules.fromutc(in_utc) - in_utc) // MICROSECOND


def transitions(name: str, start: int, end: int) -> list[tuple[int, int]]:
    """The offsets from one instant to another: each with the instant from which it holds, the first with `start`."""
    years = range(datetime_of(start).year, datetime_of(end).year + 1)
    changes = [change for year in years for change in changes_of(name, year) if start < change[0] < end]
    return [(start, offset(start, name)), *changes]


# ---------------------------------------------------------------------------------------------------------- readings


def reading_of(day: date, clock: time = time.min) -> int:
    return (day.toordinal() - EPOCH_DAY) * DAY + of_day(clock)


def of_day(clock: time) -> int:
    """How far into its day a time is."""
    if clock == time.max:
        return DAY
    return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND + clock.microsecond


def datetime_of(reading: int) -> datetime:
    return EPOCH + timedelta(microseconds=min(max(reading, EARLIEST), LATEST))


def instant_of(reading: int, name: str) -> int:
    """The first instant at which the clocks of a zone show a reading or a later one."""
    rules = zone(name)
    shown = datetime_of(reading)
    first, second = ahead(rules, shown), ahead(rules, shown.replace(fold=1))
    if first >= second:  # clocks show it, be it twice
        return reading - first
    return change_between(name, reading - second, reading - first)


def instants_of(readings: Iterable[int], name: str) -> list[int]:
    """As `instant_of`, for many readings in ascending order."""
    wanted = list(readings)
    if not wanted:
        return []
    offsets = transitions(name, wanted[0] - 2 * DAY, wanted[-1] + 2 * DAY)
    ends = [start + held for (_, held), (start, _) in pairwise(offsets)]
    found: list[int] = []
    for (start, held), end in zip(offsets, [*ends, wanted[-1] + 1], strict=True):
        until = bisect_left(wanted, end, len(found))
        found += [max(start, reading - held) for reading in wanted[len(found) : until]]
    return found


def ahead(rules: ZoneInfo, shown: datetime) -> int:
    """The offset that the rules of a zone give to what its clocks show."""
    offset = rules.utcoffset(shown)
    assert offset is not None  # of a known zone it never is
    return offset // MICROSECOND


# ----------------------------------------------------------------------------------------------------------- changes


@cache
def changes_of(name: str, year: int) -> tuple[tuple[int, int], ...]:
    """The instants in a year (of UTC) from which another offset holds, each with that offset.

    Looks once in six days: since 1970 no zone has changed its offset and changed it back within so few.
    """
    found = []
    before, last = reading_of(date(year, 1, 1)) - 1, reading_of(date(year, 12, 31)) + DAY - 1
    held = offset(before, name)
    while before < last:
        after = min(before + 6 * DAY, last)
        if (following := offset(after, name)) != held:
            found.append((change_between(name, before, after), following))
        before, held = after, following
    return tuple(found)


def change_between(name: str, before: int, after: int) -> int:
    """The instant from which the offset holds that holds at `after`, where `before` has the one before it."""
    held = offset(before, name)
    low, high = before // SECOND, after // SECOND  # offsets change with a full second
    while high - low > 1:
        middle = (low + high) // 2
        if offset(middle * SECOND, name) == held:
            low = middle
        else:
            high = middle
    return high * SECOND
