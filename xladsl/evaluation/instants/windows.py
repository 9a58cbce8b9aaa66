"""The windows in which a promise is measured and judged: half-open, from instant to instant, with the name they have.

No list of windows is ever made: ten years have 87,000 clock hours. A series of windows knows which is the first that
ends after an instant and which the last that has ended by then, and everything else follows.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ...model.deadlines import days_of, months_after, window_of
from . import zones
from .clocks import later, open_days, wall
from .zones import HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...model.quantities import Duration

ONE_DAY = timedelta(days=1)


class Window(NamedTuple):
    """`start` belongs to it, `end` does not; both are microseconds since 1970-01-01 UTC.

    `name` is how people call it: `2026-04`, `2026-q2`, `2026-h1`, `2026`, `2026-w15`, `2026-04-07`,
    `2026-04-07 10:00`, and where the calendar has no name for it, its first and its last day,
    `2026-04-15 to 2026-05-14`. `whole` is the window as the calendar has it, where the term or the service covers only
    a part.
    """

    start: int
    end: int
    name: str
    whole: tuple[int, int]


class Windows:
    """The windows of a clause `each` in a time zone, as far as they lie in the term.

    `sliding` windows are none by themselves: the event, the row or the claim that each is about makes it, by `event`
    or by `ending_at`. Rolling windows of a day or longer are judged each midnight; for an instant there is the one that
    is judged first, for a period the one that ends with it. `calendar` says which days are business days.
    """

    def __init__(
        self, each: Any, agreement: nodes.Agreement, zone: str, calendar: nodes.Calendar | None = None
    ) -> None:
        self.each = each
        self.agreement = agreement
        self.zone = zone
        self.calendar = calendar
        self.term = span_of_days(agreement.term.start, agreement.term.end, zone)
        self.rolls = isinstance(each, nodes.RollingWindow) and days_of(each.length).most >= 1
        self.sliding = each in ("event", "ticket") or (isinstance(each, LASTING) and not self.rolls)
        self.series = series_of(self)

    def containing(self, instant: int) -> Window | None:
        """The window in which an instant lies."""
        return next(self.onward(instant, instant + 1), None)

    def overlapping(self, start: int, end: int) -> list[Window]:
        """The windows that have an instant in common with a stretch of time."""
        return list(self.onward(start, end))

    def ending_in(self, start: int, end: int) -> list[Window]:
        """The windows that end after `start` and no later than `end`."""
        return list(takewhile(lambda window: window.end <= end, self.onward(start, end)))

    def before(self, window: Window, back: int = 1) -> Window | None:
        """The window before another one, or so many windows before it; None where that lies before the term."""
        span: Span | None = Span(*window.whole, window.name)
        for _ in range(back):
            span = self.series.ended_by(span.end - 1) if span else None
        return self.cut(span) if span else None

    def named(self, label: str | date) -> Window | None:
        """The window that people mean by a period, such as `2026-04`, `2026-q1` or a day: the one that the period
        begins in, or the first in it."""
        period = period_of(label, self.zone)
        if period is None:
            return None
        if self.rolls:
            return self.containing(period.end - 1)
        if self.sliding:
            return self.ending_at(period.end) if isinstance(self.each, LASTING) else self.cut(period)
        span = self.series.ending_after(period.start)
        found = self.cut(span) if span and span.start < period.end else None
        return found or next(self.onward(period.start, period.end), None)

    def first_whole(self) -> Window | None:
        """The first window of which no part lies before the term, in the time of settling in, or after the term; where
        there is none, the first that is whole."""
        settling = self.agreement.settling
        settled = zones.instant(settling, time.max, self.zone) if settling else self.term.start
        if self.sliding:
            return self.first_made(settled)
        return next(self.whole_since(settled), None) or next(self.whole_since(self.term.start), None)

    def ending_at(self, end: int) -> Window | None:
        """The rolling or trailing window that ends at an instant; None where it lies outside of the term."""
        start = later(end, self.each.length, self.calendar, self.agreement, self.zone, sign=-1)
        return self.cut(Span(start, end, name_of_stretch(start, end, self.zone)))

    def event(self, start: int, end: int | None = None) -> Window | None:
        """The window of a single event: of a row, one microsecond; None where it does not begin within the term."""
        if not self.term.start <= start < self.term.end:
            return None
        return self.cut(Span(start, start + 1 if end is None else end, name_of_instant(start, self.zone)))

    def onward(self, start: int, end: int) -> Iterator[Window]:
        """The windows that end after `start` and begin before `end`, each when it is asked for."""
        if start >= self.term.end:
            return
        span = self.series.ending_after(max(start, self.term.start))
        while span and (window := self.cut(span)) and window.start < end:
            yield window
            span = self.series.ending_after(span.end)

    def whole_since(self, start: int) -> Iterator[Window]:
        """The windows from an instant on of which nothing is cut off."""
        windows = self.onward(start, self.term.end)
        return (window for window in windows if window.start >= start and window[:2] == window.whole)

    def cut(self, span: Span) -> Window | None:
        """What the term leaves of a window; a rolling one is not judged after the term."""
        start, end = max(span.start, self.term.start), min(span.end, self.term.end)
        if start >= end or (self.rolls and end < span.end):
            return None
        return Window(start, end, span.name, span[:2])

    def first_made(self, since: int) -> Window | None:
        """The first sliding window that can be made after an instant: of an event, the day on which it happens."""
        if isinstance(self.each, LASTING):
            return self.ending_at(later(since, self.each.length, self.calendar, self.agreement, self.zone))
        return self.named(zones.day_of(since, self.zone))


LASTING = (nodes.RollingWindow, nodes.TrailingWindow)


# ------------------------------------------------------------------------------------------------------------ series


class Span(NamedTuple):
    """A window as the calendar has it, whatever the term."""

    start: int
    end: int
    name: str


class Series:
    """All windows of a kind, in the order of their ends. This is the one of windows that are none by themselves."""

    def ending_after(self, instant: int) -> Span | None:
        """The first window that ends after an instant."""

    def ended_by(self, instant: int) -> Span | None:
        """The last window that has ended by an instant; where windows fill all time, the one before that in which the
        instant lies."""
        span = self.ending_after(instant)
        return self.ending_after(span.start - 1) if span else None


def series_of(windows: Windows) -> Series:
    each, zone, agreement = windows.each, windows.zone, windows.agreement
    if windows.rolls:
        return RollingSpans(each.length, windows.calendar, agreement, zone)
    if windows.sliding:
        return Series()
    if each == "term":
        return OneSpan(windows.term)
    if each == "clock hour":
        return ClockHours(agreement, zone)
    if each == "business day":
        return OpenDays(open_days(windows.calendar, agreement), zone)
    return CalendarSpans(each, agreement, zone)


class CalendarSpans(Series):
    """Days, weeks, months, quarters and years, from whatever day they are counted."""

    def __init__(self, each: str, agreement: nodes.Agreement, zone: str) -> None:
        self.each = each
        self.agreement = agreement
        self.zone = zone

    def ending_after(self, instant: int) -> Span | None:
        days = window_of(self.each, self.agreement, zones.day_of(instant, self.zone))
        return span_of_days(days[0], days[1] - ONE_DAY, self.zone) if days else None


class ClockHours(Series):
    """From full hour to full hour; where clocks are put forward or back, an hour ends and another begins."""

    def __init__(self, agreement: nodes.Agreement, zone: str) -> None:
        self.clock = wall(zone, agreement)
        self.zone = zone

    def ending_after(self, instant: int) -> Span | None:
        start = instant - self.clock.at(instant) % HOUR
        changed, changes = self.clock.bounds(self.clock.piece(instant))
        start, end = max(start, changed), min(start + HOUR, changes)
        return Span(start, end, name_of_instant(start, self.zone))


class OpenDays(Series):
    """Each day on which a calendar is open, from midnight to midnight; the other days lie in no window."""

    def __init__(self, days: tuple[date, ...], zone: str) -> None:
        self.days = days
        self.zone = zone

    def ending_after(self, instant: int) -> Span | None:
        return self.numbered(bisect_left(self.days, zones.day_of(instant, self.zone)))

    def ended_by(self, instant: int) -> Span | None:
        return self.numbered(bisect_left(self.days, zones.day_of(instant, self.zone)) - 1)

    def numbered(self, number: int) -> Span | None:
        return span_of_days(self.days[number], self.days[number], self.zone) if 0 <= number < len(self.days) else None


class RollingSpans(Series):
    """The last so many days, anew at each midnight."""

    def __init__(
        self, length: Duration, calendar: nodes.Calendar | None, agreement: nodes.Agreement, zone: str
    ) -> None:
        self.length = length
        self.calendar = calendar
        self.agreement = agreement
        self.zone = zone

    def ending_after(self, instant: int) -> Span | None:
        return self.ending_with(zones.day_of(instant, self.zone))

    def ended_by(self, instant: int) -> Span | None:
        return self.ending_with(zones.day_of(instant, self.zone) - ONE_DAY)

    def ending_with(self, day: date) -> Span:
        end = zones.instant(day, time.max, self.zone)
        start = later(end, self.length, self.calendar, self.agreement, self.zone, sign=-1)
        return Span(start, end, name_of_stretch(start, end, self.zone))


class OneSpan(Series):
    """The whole term."""

    def __init__(self, span: Span) -> None:
        self.span = span

    def ending_after(self, instant: int) -> Span | None:
        return self.span if instant < self.span.end else None

    def ended_by(self, instant: int) -> Span | None:
        return self.span if self.span.end <= instant else None


# ------------------------------------------------------------------------------------------------------------- names


def span_of_days(first: date, last: date, zone: str) -> Span:
    """From one day to another, both included."""
    return Span(zones.midnight(first, zone), zones.instant(last, time.max, zone), name_of_days(first, last))


def name_of_days(first: date, last: date) -> str:
    if first == last:
        return f"{first}"
    if first.weekday() == 0 and last - first == 6 * ONE_DAY:
        year, week, _ = first.isocalendar()
        return f"{year}-w{week:02}"
    for months, name in NAMED_MONTHS.items():
        following = months_after(first, months)
        if first.day == 1 and first.month % months == 1 % months and following == last + ONE_DAY:
            return name.format(year=first.year, number=(first.month - 1) // months + 1)
    return f"{first} to {last}"


NAMED_MONTHS = {1: "{year}-{number:02}", 3: "{year}-q{number}", 6: "{year}-h{number}", 12: "{year}"}


def name_of_stretch(start: int, end: int, zone: str) -> str:
    """By its days, or by its last moment where that is not the end of a day."""
    last = zones.day_of(end - 1, zone)
    if end != zones.instant(last, time.max, zone):
        return name_of_instant(end, zone)
    return f"{zones.day_of(start, zone)} to {last}"


def name_of_instant(instant: int, zone: str) -> str:
    """What clocks show, to the minute; where they show it for the second time, with how far they are ahead of UTC."""
    shown = zones.local(instant, zone)
    if shown.fold:
        shown = shown.replace(tzinfo=timezone(timedelta(microseconds=zones.offset(instant, zone))))
    return shown.isoformat(" ", "minutes")


def period_of(label: str | date, zone: str) -> Span | None:
    """What people mean by the name of a window, or by a day; None where it is no such name."""
    try:
        if isinstance(label, date):
            return span_of_days(label, label, zone)
        if ":" in label:
            start = instant_named(label, zone)
            return Span(start, start + MINUTE, label)
        return span_of_days(*days_named(label), zone)
    except ValueError:
        return None


def instant_named(name: str, zone: str) -> int:
    moment = datetime.fromisoformat(name)
    if moment.tzinfo is None:
        return zones.instant(moment.date(), moment.time(), zone)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // zones.MICROSECOND


def days_named(name: str) -> tuple[date, date]:
    """The first and the last day of a period. Raises ValueError if it is none."""
    first, several, last = name.partition(" to ")
    if several:
        return date.fromisoformat(first), date.fromisoformat(last)
    year, _, part = name.partition("-")
    if "-" in part:
        return date.fromisoformat(name), date.fromisoformat(name)
    if part.startswith("w"):
        monday = date.fromisocalendar(int(year), int(part[1:]), 1)
        return monday, monday + 6 * ONE_DAY
    months = MONTHS_OF_LETTER.get(part[:1], 1 if part else 12)
    number = int(part.lstrip("qh") or 1)
    begins = date(int(year), (number - 1) * months + 1, 1)
    return begins, (months_after(begins, months) or date.max) - ONE_DAY


MONTHS_OF_LETTER = {"q": 3, "h": 6}
