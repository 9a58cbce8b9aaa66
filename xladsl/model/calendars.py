"""The days on which a calendar is closed, day by day, for as long as the agreement lasts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .nodes import Agreement, Calendar


def closed_days(calendar: Calendar, agreement: Agreement) -> list[tuple[date, str]]:
    """Public holidays and the days named in the calendar, in order; a day named in the calendar keeps its own reason.

    Public holidays come from the `holidays` library; they are written out because a later release of that library,
    or a law, may change them, and an agreement may not change with either.
    """
    period = calendar.covers or agreement.term
    closed: dict[date, str] = {}
    if calendar.holidays:
        import holidays

        years = range(period.start.year, period.end.year + 1)
        for country in calendar.holidays:
            # Without a language the library would name the days in that of whoever runs it.
            for day, name in holidays.country_holidays(country, years=years, language="en_US").items():
                closed.setdefault(day, name)
    closed |= {closure.day: closure.reason.value if closure.reason else "closed" for closure in calendar.closed}
    return sorted((day, name) for day, name in closed.items() if period.start <= day <= period.end)
