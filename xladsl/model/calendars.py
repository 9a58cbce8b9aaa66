"""The days on which a calendar is closed, day by day, for as long as the agreement lasts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .nodes import Agreement, Calendar
    from .quantities import Text


def closed_days(calendar: Calendar, agreement: Agreement) -> list[tuple[date, str]]:
    """The days on which a calendar is closed, and why, in English or in the agreement's own words."""
    said = closures(calendar, agreement)
    return [(day, "closed" if why is None else why if isinstance(why, str) else why.value) for day, why in said]


def closures(calendar: Calendar, agreement: Agreement) -> list[tuple[date, Text | str | None]]:
    """Public holidays and the days named in the calendar, in order; a day named in the calendar keeps its own reason.

    Public holidays come from the `holidays` library; they are written out because a later release of that library,
    or a law, may change them, and an agreement may not change with either.
    """
    period = calendar.covers or agreement.term
    closed: dict[date, Text | str | None] = {}
    for code in calendar.holidays:
        for day, name in public_holidays(code, range(period.start.year, period.end.year + 1)).items():
            closed.setdefault(day, name)
    closed |= {closure.day: closure.reason for closure in calendar.closed}
    return [(day, closed[day]) for day in sorted(closed) if period.start <= day <= period.end]


def public_holidays(code: str, years: Iterable[int]) -> dict[date, str]:
    """The public holidays of a country, such as `DE`, or of a part of one, such as `DE-BY`, with their names.

    Raises NotImplementedError where the library knows no such country or part.
    """
    import holidays

    country, _, part = code.partition("-")
    # Without a language the library would name the days in that of whoever runs it.
    return dict(holidays.country_holidays(country, subdiv=part or None, years=years, language="en_US"))
