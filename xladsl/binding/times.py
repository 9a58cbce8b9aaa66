"""How a time or a day is written, and the instant that this means."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from ..evaluation.instants import zones
from .plan import EARLIEST, EPOCHS, ISO, LATEST

if TYPE_CHECKING:
    from collections.abc import Callable

SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH = date(1970, 1, 1).toordinal()
REMEMBERED = 100_000
"""How many different ends of times are remembered: more than a minute has milliseconds."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
OFFSET = r"Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?"

PARTS = {
    "Y": r"(?P<year>[0-9]{4})",
    "y": r"(?P<short_year>[0-9]{2})",
    "m": r"(?P<month>[0-9]{1,2})",
    "b": rf"(?P<month_name>(?i:{'|'.join(MONTHS)}))",
    "d": r"(?P<day>[0-9]{1,2})",
    "H": r"(?P<hour>[0-9]{1,2})",
    "I": r"(?P<half_day_hour>[0-9]{1,2})",
    "p": r"(?P<half>(?i:AM|PM))",
    "M": r"(?P<minute>[0-9]{1,2})",
    "S": r"(?P<second>[0-9]{1,2})",
    "f": r"(?P<fraction>[0-9]+)",
    "z": rf"(?P<offset>{OFFSET})",
    "%": "%",
}
"""What may stand in a pattern, after `%`: the parts that Python, C and most databases know by the same letters."""

ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
ISO_CLOCK = re.compile(
    r"[T ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
    rf" ?(?P<offset>{OFFSET})?"
)
MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?"
EPOCH_NUMBER = r"(?P<sign>-?)(?P<whole>[0-9]{1,18})(?:\.(?P<fraction>[0-9]+))?"


class UnreadableError(ValueError):
    """Why a text cannot be cast: the end of a sentence that begins with the text or its column."""


@cache
def pattern(form: str) -> re.Pattern[str]:
    """What a form such as `%d-%m-%Y %H:%M` matches. Raises ValueError, in words, for what is no form."""
    if form == ISO:
        return re.compile(ISO_DAY.pattern + ISO_CLOCK.pattern)
    written, place = "", 0
    while place < len(form):
        letter = form[place]
        if letter == "%":
            place += 1
            part = form[place : place + 1]
            if part not in PARTS:
                raise ValueError(f"`%{part}` is no part of a time; there are {', '.join('%' + each for each in PARTS)}")
            written += PARTS[part]
        else:
            written += re.escape(letter)
        place += 1
    try:
        made = re.compile(written)
    except re.error:
        raise ValueError("a part of the time stands in it twice") from None
    missing = [each for each in ("day", "month", "year") if not any(each in name for name in made.groupindex)]
    if missing:
        raise ValueError(f"it does not say the {missing[0]}")
    return made


class TimeReader:
    """Reads the times of one column.

    `twice` and `skipped` collect the texts that clocks of the zone show twice or never; the two marks tell whether
    times with an offset of their own were met, and times without one.
    """

    def __init__(self, form: str, zone: str) -> None:
        self.zone = zone
        self.with_offset = False
        self.without_offset = False
        self.twice: set[str] = set()
        self.skipped: set[str] = set()
        self._minutes: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._days: dict[str, int] = {}
        self._ends_with_offset: dict[str, int] = {}
        self._days_in_utc: dict[str, int] = {}
        self._offsets: dict[int, int | None] = {}
        if form == ISO:
            self.read = self.of_iso
        elif form in EPOCHS:
            self.read = self.of_epoch
            self.pattern = re.compile(EPOCH_NUMBER)
            self.unit = EPOCHS[form]
        else:
            self.read = self.of_pattern
            self.pattern = pattern(form)

    @property
    def parts(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        """What three parts of an ISO time are worth that were met before: its day, as `2026-04-07`, its minute, as
        ` 10:00`, and its end, as `:59.5` or `:59Z`. Where all three are known, the instant is their sum.

        They are parts of times with an offset of their own once one of these was met, and of times without one before.
        """
        if self.with_offset:
            return self._days_in_utc, self._minutes, self._ends_with_offset
        return self._days, self._minutes, self._ends

    def of_iso(self, text: str) -> int:
        """The instant of an ISO time, whose parts are remembered."""
        day = self._days_in_utc.get(text[:10])
        if day is None:
            day = self.iso_day(text[:10])
        found = ISO_CLOCK.fullmatch(text[10:])
        if found is None:
            raise UnreadableError("is a day and says no time" if len(text) == 10 else "is no time")
        hour, minute, second, fraction, offset = found.groups()
        clock = self._minutes[text[10:16]] = of_day(int(hour), int(minute), 0, None)
        end, absolute = self.without_own_offset(of_day(0, 0, int(second or 0), fraction), offset)
        ends = self._ends_with_offset if absolute else self._ends
        if len(ends) < REMEMBERED:
            ends[text[16:]] = end
        if absolute:
            return within_years(day + clock + end)
        self.remember_day(text[:10], day)
        return within_years(self.instant(day + clock + end, text))

    def iso_day(self, text: str) -> int:
        """What clocks show when the day begins. It is remembered of days so far from the first and the last year that
        no time on them can lie outside."""
        found = ISO_DAY.fullmatch(text)
        if found is None:
            raise UnreadableError("is no time")
        reading = day_in(found.groupdict())
        if reading - DAY >= EARLIEST and reading + 2 * DAY <= LATEST:
            self._days_in_utc[text] = reading
        return reading

    def remember_day(self, text: str, reading: int) -> None:
        """Such days by when they begin in the zone, if its offset holds from the day before to the day after."""
        offset = self.offset_on(reading // DAY)
        if offset is not None and text in self._days_in_utc:
            self._days[text] = reading - offset

    def of_epoch(self, text: str) -> int:
        found = self.pattern.fullmatch(text)
        if found is None:
            raise UnreadableError("is no number of seconds since 1970, or of parts of them")
        amount = int(found["whole"]) * self.unit + decimals(found["fraction"] or "", self.unit)
        return within_years(-amount if found["sign"] else amount)

    def of_pattern(self, text: str) -> int:
        found = self.pattern.fullmatch(text)
        if found is None:
            raise UnreadableError("is no time")
        parts = found.groupdict()
        shown, absolute = self.without_own_offset(day_in(parts) + of_day_in(parts), parts.get("offset"))
        return within_years(shown if absolute else self.instant(shown, text))

    def without_own_offset(self, shown: int, offset: str | None) -> tuple[int, bool]:
        if offset is None:
            self.without_offset = True
            return shown, False
        self.with_offset = True
        return shown - offset_of(offset), True

    def instant(self, reading: int, text: str) -> int:
        """When the clocks of the zone show a reading. On nearly all days that is a matter of one subtraction."""
        offset = self.offset_on(reading // DAY)
        if offset is not None:
            return reading - offset
        shown, rules = zones.datetime_of(reading), zones.zone(self.zone)
        first, second = zones.ahead(rules, shown), zones.ahead(rules, shown.replace(fold=1))
        if first > second:
            self.twice.add(text)
        elif first < second:
            self.skipped.add(text)
        return zones.instant_of(reading, self.zone)

    def offset_on(self, number: int) -> int | None:
        """The offset of the zone on a day, counted from 1970-01-01, if it holds all day."""
        if number not in self._offsets:
            self._offsets[number] = steady_offset(number, self.zone)
        return self._offsets[number]


def within_years(instant: int) -> int:
    if EARLIEST <= instant < LATEST:
        return instant
    raise UnreadableError("does not lie in the years 1970 to 2099")


def day_reader(form: str, zone: str) -> Callable[[str], int]:
    """Reads the days of one column: each becomes the instant at which it begins."""
    written = re.compile(ISO_DAY.pattern + MIDNIGHT) if form == ISO else pattern(form)

    def read(text: str) -> int:
        found = written.fullmatch(text)
        if found is None:
            raise UnreadableError("is more than a day" if pattern(ISO).fullmatch(text) else "is no day")
        parts = found.groupdict()
        if parts.get("offset") or of_day_in(parts):
            raise UnreadableError("is more than a day")
        instant = zones.instant_of(day_in(parts), zone)
        if not EARLIEST - DAY <= instant < LATEST:
            raise UnreadableError("does not lie in the years 1970 to 2099")
        return instant

    return read


def steady_offset(number: int, zone: str) -> int | None:
    """The offset that holds all day, and all of the day before and after: so nothing is shown twice or skipped."""
    start = number * DAY
    held = offsets_of_year(date.fromordinal(EPOCH + number).year, zone)
    for (since, offset), until in zip(held, [*(since for since, _ in held[1:]), LATEST], strict=True):
        if since <= start - offset - DAY and start - offset + 2 * DAY <= until:
            return offset
    return None


@cache
def offsets_of_year(year: int, zone: str) -> list[tuple[int, int]]:
    start, end = day(year, 1, 1) - 3 * DAY, day(year, 12, 31) + 4 * DAY
    return zones.transitions(zone, start, end)


def day_in(parts: dict[str, str | None]) -> int:
    year = int(parts["year"] or 0) if "year" in parts else short_year(int(parts["short_year"] or 0))
    name = parts.get("month_name")
    month = MONTHS.index(name.lower()) + 1 if name else int(parts["month"] or 0)
    return day(year, month, int(parts["day"] or 0))


def short_year(year: int) -> int:
    """69 is 1969 and 68 is 2068, as POSIX has it."""
    return year + (1900 if year >= 69 else 2000)


def of_day_in(parts: dict[str, str | None]) -> int:
    hour = int(parts.get("hour") or 0)
    if (half_day_hour := parts.get("half_day_hour")) is not None:
        if not 1 <= int(half_day_hour) <= 12:
            raise UnreadableError("is no time of any day")
        hour = int(half_day_hour) % 12 + (12 if (parts.get("half") or "").upper() == "PM" else 0)
    return of_day(hour, int(parts.get("minute") or 0), int(parts.get("second") or 0), parts.get("fraction"))


def day(year: int, month: int, number: int) -> int:
    try:
        return (date(year, month, number).toordinal() - EPOCH) * DAY
    except ValueError:
        raise UnreadableError("is no day of the calendar") from None


def of_day(hour: int, minute: int, second: int, fraction: str | None) -> int:
    if hour > 23 or minute > 59 or second > 59:
        raise UnreadableError("is no time of any day")
    return (hour * 3600 + minute * 60 + second) * SECOND + (decimals(fraction, SECOND) if fraction else 0)


@cache
def offset_of(text: str) -> int:
    if text in ("Z", "UTC", "GMT"):
        return 0
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    if hours > 18 or minutes > 59:
        raise UnreadableError("is so far from UTC as no zone is")
    east = (hours * 60 + minutes) * 60 * SECOND
    return -east if text[0] == "-" else east


def decimals(fraction: str, unit: int) -> int:
    """What the digits after the point are worth in parts of a unit, rounded half up."""
    scale: int = 10 ** len(fraction)
    return (2 * int(fraction or 0) * unit + scale) // (2 * scale)
