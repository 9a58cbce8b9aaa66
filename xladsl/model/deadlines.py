"""How long windows and deadlines last, and how many windows fit between two days.

A month has no one length, and ten business days may be twelve days or eighteen. So a length is told as the fewest and
the most days that it can be, and a rule that accuses takes the bound that excuses.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from . import nodes
from .quantities import CLOCK_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from .quantities import Duration


class Days(NamedTuple):
    """The fewest and the most days that a length of time can have."""

    fewest: Fraction
    most: Fraction


SECONDS_OF_DAY = 86400
WEEK = 5  # business days
MONTHS_OF_YEAR = 12
HOLIDAYS_IN_A_ROW = 4
HOURS_OF_BUSINESS_DAY = 8

CALENDAR_DAYS = {
    "day": (1, 1),
    "week": (7, 7),
    "month": (28, 31),
    "quarter": (90, 92),
    "half year": (181, 184),
    "year": (365, 366),
}
USUAL_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "half year": 182, "year": 365}
MONTHS_OF_WINDOW = {"month": 1, "quarter": 3, "half year": 6, "year": 12}
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

# The days of so many months on end, wherever in the year they begin.
FEWEST_OF_MONTHS = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
MOST_OF_MONTHS = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)


def days_of(duration: Duration) -> Days:
    """How many days a duration can last, from whatever moment it runs."""
    amount = Fraction(duration.amount)
    if duration.unit in CLOCK_SECONDS:
        days = amount * Fraction(CLOCK_SECONDS[duration.unit]) / SECONDS_OF_DAY
        return Days(days, days)
    unit = duration.unit.removesuffix("s")
    if unit in MONTHS_OF_WINDOW:
        return of_months(amount * MONTHS_OF_WINDOW[unit])
    if unit in ("business hour", "business minute"):
        hours = amount if unit == "business hour" else amount / 60
        return Days(hours / 24, of_business_days(Fraction(-(-hours // HOURS_OF_BUSINESS_DAY))).most)
    if unit in ("day", "week"):
        days = amount * CALENDAR_DAYS[unit][0]
        return Days(days, days)
    return of_business_days(amount)


def of_months(amount: Fraction) -> Days:
    years, months = divmod(int(amount), MONTHS_OF_YEAR)
    rest = amount - int(amount)
    leap_days = -(-years // 4) if years > 1 else years
    fewest = 365 * years + FEWEST_OF_MONTHS[months] + 28 * rest
    return Days(Fraction(fewest), Fraction(365 * years + leap_days + MOST_OF_MONTHS[months] + 31 * rest))


def of_business_days(amount: Fraction) -> Days:
    """Weeks of five days: at the fewest the weekends between the days, at the most one more and some holidays."""
    weekends = max(amount - 1, Fraction(0)) // WEEK
    return Days(amount + 2 * weekends, amount + 2 * (weekends + 1) + HOLIDAYS_IN_A_ROW)


def days_of_window(window: Any) -> Days | None:
    """How many days a window can last; None for an event, a ticket or the whole term."""
    if isinstance(window, nodes.RollingWindow | nodes.TrailingWindow):
        return days_of(window.length)
    if window == "clock hour":
        return Days(Fraction(1, 24), Fraction(1, 24))
    found = CALENDAR_DAYS.get(unit_of_window(window))
    return Days(Fraction(found[0]), Fraction(found[1])) if found else None


def usual_days(window: Any) -> Fraction | None:
    """The length by which people speak of a window: a month of 30 days, a year of 365."""
    if isinstance(window, nodes.RollingWindow | nodes.TrailingWindow):
        days = days_of(window.length)
        return days.most if days.fewest == days.most > 0 else None
    if window == "clock hour":
        return Fraction(1, 24)
    found = USUAL_DAYS.get(unit_of_window(window))
    return Fraction(found) if found else None


def unit_of_window(window: Any) -> str:
    """`month` of `calendar month`, `billing month` and `contract month`; empty for what is no span of the calendar."""
    if not isinstance(window, str):
        return ""
    unit = window if window == "half year" else window.split()[-1]
    return unit if unit in CALENDAR_DAYS else ""


def window_starts(window: Any, agreement: nodes.Agreement, since: date) -> Iterator[date]:
    """The days on which windows begin, from the first that is not before `since`; none where no day can be told."""
    unit = unit_of_window(window)
    if unit in MONTHS_OF_WINDOW:
        anchor = anchor_of(window, agreement)
        if anchor is None:
            return
        step = MONTHS_OF_WINDOW[unit]
        number = number_of_window(since, anchor, step)
        while True:
            start = months_after(anchor, number * step)
            if start is None:
                return
            if start >= since:
                yield start
            number += 1
    elif window == "calendar week" and since < date.max - timedelta(days=7):
        start = since + timedelta(days=-since.weekday() % 7)
        while start < date.max - timedelta(days=7):
            yield start
            start += timedelta(days=7)


def window_of(window: Any, agreement: nodes.Agreement, day: date) -> tuple[date, date] | None:
    """The window that a day lies in: its first day, and that of the next; None where these cannot be told."""
    unit = unit_of_window(window)
    if unit in MONTHS_OF_WINDOW:
        anchor = anchor_of(window, agreement)
        if anchor is None:
            return None
        step = MONTHS_OF_WINDOW[unit]
        number = number_of_window(day, anchor, step)
        start, following = (months_after(anchor, count * step) for count in (number, number + 1))
        return (start, following) if start and following else None
    length = {"calendar day": 1, "calendar week": 7}.get(window)
    if length is None or day > date.max - timedelta(days=length):
        return None
    start = day - timedelta(days=day.weekday() % length)
    return start, start + timedelta(days=length)


def number_of_window(day: date, anchor: date, step: int) -> int:
    """Of the windows of `step` months, of which number 0 begins with the anchor, the one that a day lies in."""
    months = (day.year * MONTHS_OF_YEAR + day.month) - (anchor.year * MONTHS_OF_YEAR + anchor.month)
    number = months // step
    start = months_after(anchor, number * step)
    return number - 1 if start is None or start > day else number


def anchor_of(window: str, agreement: nodes.Agreement) -> date | None:
    """A day on which a window of this kind begins; one late in a month begins earlier in a month that is shorter."""
    if window.startswith("contract"):
        return agreement.term.start
    if window.startswith("fiscal"):
        starts = agreement.fiscal_year
        return day_of_month(MONTH_NAMES.index(starts.month) + 1, starts.day) if starts else None
    if window.startswith("billing"):
        return day_of_month(1, agreement.billing_month) if agreement.billing_month else None
    return date(2000, 1, 1)


def day_of_month(month: int, day: Decimal) -> date:
    """A day in a leap year, or the last of its month where the month is shorter."""
    found = months_after(date(2000, 1, max(1, min(int(day), 31))), month - 1)
    assert found is not None
    return found


def months_after(day: date, months: int) -> date | None:
    """The same day some months later, or the last day of a shorter month; None beyond the years that can be told."""
    year, month = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 + months, MONTHS_OF_YEAR)
    for number in range(day.day, day.day - 4, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return None


def whole_windows(window: Any, agreement: nodes.Agreement, first: date, last: date) -> int | None:
    """How many windows lie wholly between two days, both included; None where windows cannot be counted."""
    if first > last:
        return 0
    if isinstance(window, nodes.RollingWindow | nodes.TrailingWindow):
        length = days_of(window.length).most
        return int(((last - first).days + 1) // length) if length > 0 else None
    if unit_of_window(window) in MONTHS_OF_WINDOW or window == "calendar week":
        if anchored(window, agreement):
            ends = takewhile(lambda pair: pair[1] - timedelta(days=1) <= last, pairs(window, agreement, first))
            return sum(1 for _ in ends)
        return None
    return (last - first).days + 1 if window == "calendar day" else None


def anchored(window: Any, agreement: nodes.Agreement) -> bool:
    return window == "calendar week" or (isinstance(window, str) and anchor_of(window, agreement) is not None)


def pairs(window: Any, agreement: nodes.Agreement, since: date) -> Iterator[tuple[date, date]]:
    return pairwise(window_starts(window, agreement, since))


def begins_on(window: Any, agreement: nodes.Agreement, day: date) -> bool | None:
    """Whether a window begins on a day; None where that cannot be told."""
    first = next(window_starts(window, agreement, day), None)
    return None if first is None else first == day


def next_start(window: Any, agreement: nodes.Agreement, day: date) -> date | None:
    """The first day, from `day` on, on which a window begins."""
    return next(window_starts(window, agreement, day), None)
