"""A specification as it would read for another time, so that last year's data can be judged by a draft.

Windows lie where the calendar has them, and public holidays on their own days of that year. The term begins as many
whole years earlier as it takes, settling in is over, and levels and prices are those of one day of the agreement.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.calendars import public_holidays

if TYPE_CHECKING:
    from collections.abc import Iterator

Document = dict[str, Any]
"""A monitoring specification, read from its JSON."""

STEPS = ("level step", "dated money", "dated amount")
"""What holds from a day on, until the next of its kind begins."""


class AsIf(NamedTuple):
    """The changed specification, and what was changed, in sentences; none if it can be taken as it is."""

    document: Document
    said: tuple[str, ...] = ()


def as_if(document: Document, first: date, last: date, on: date | None = None) -> AsIf:
    """The specification as if it had been in force from `first` to `last`.

    `on` is the day of the agreement whose levels and prices hold throughout. Left out, they are those that the text has
    for each day, and before it has any, those of the first day on which it counts in full.
    """
    agreement = document["agreement"]
    term = agreement["term"]
    settling = agreement.get("settling")
    start, end = date.fromisoformat(term["start"]), date.fromisoformat(term["end"])
    counted = date.fromisoformat(settling) + timedelta(days=1) if settling else start
    if on is None and counted <= first and last <= end:
        return AsIf(document)
    changed = deepcopy(document)
    said = []
    if first < counted:
        begin_earlier(changed, years_before(start, first.replace(month=1, day=1) - timedelta(days=1)))
        said.append(f"It counts from {counted}; it is taken to have been in force before that, and settled in.")
    if last > end:
        changed["agreement"]["term"]["end"] = years_after(end, last).isoformat()
        said.append(f"It ends on {end}; it is taken to have gone on as it was then.")
    if on is not None:
        said.append(f"Levels and prices are those of {on}, throughout.")
        hold_from_the_beginning(changed, on, frozen=True)
    elif first < counted:
        said.append(f"Until {counted}, levels and prices are those of that day.")
        hold_from_the_beginning(changed, counted, frozen=False)
    return AsIf(changed, (*said, *close_on_holidays(changed, first, last)))


def begin_earlier(document: Document, start: date) -> None:
    """Move the beginning of the term; services have begun by then, and nobody settles in."""
    document["agreement"]["term"]["start"] = start.isoformat()
    document["agreement"].pop("settling", None)
    for service in document.get("services", []):
        service.pop("starts", None)


def years_before(start: date, reached: date) -> date:
    """The same day of the latest year in which it is not after `reached`: so years of the contract begin as they do."""
    while start > reached:
        start = in_year(start, start.year - 1)
    return start


def years_after(end: date, reached: date) -> date:
    while end < reached:
        end = in_year(end, end.year + 1)
    return end


def in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


# --------------------------------------------------------------------------------------------------- levels and prices


def hold_from_the_beginning(document: Document, day: date, *, frozen: bool) -> None:
    """Let what holds on a day hold before it as well, and for ever if `frozen`."""
    for parts in lists_in(document):
        if parts and all(isinstance(part, dict) and part.get("type") in STEPS for part in parts):
            parts[:] = held_on(parts, day, frozen=frozen)


def held_on(steps: list[Document], day: date, *, frozen: bool) -> list[Document]:
    """The steps that are left: for each choice of rows that which holds on the day, or the first if none has begun."""
    by_rows: dict[str, list[Document]] = {}
    for step in steps:
        by_rows.setdefault(repr(step.get("level_where")), []).append(step)
    kept = []
    for several in by_rows.values():
        ordered = sorted(several, key=lambda step: step.get("since", ""))
        begun = [step for step in ordered if step.get("since", "") <= day.isoformat()]
        holding = begun[-1] if begun else ordered[0]
        kept.append({key: value for key, value in holding.items() if key != "since"})
        if not frozen:
            kept += ordered[ordered.index(holding) + 1 :]
    return kept


def lists_in(part: Any) -> Iterator[list[Any]]:
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if isinstance(part, list):
        yield part
    for each in inside:
        yield from lists_in(each)


# ---------------------------------------------------------------------------------------------------- days without work


def close_on_holidays(document: Document, first: date, last: date) -> list[str]:
    """Close calendars on the public holidays of years that the agreement does not list."""
    for calendar in document.get("calendars", []):
        covers = calendar.get("covers") or document["agreement"]["term"]
        listed = calendar["effective"]["closed_days"]
        known = {day["day"] for day in listed}
        inside = range(int(covers["start"][:4]), int(covers["end"][:4]) + 1) if calendar.get("covers") else ()
        years = sorted({*range(first.year - 1, last.year + 2)} - {*inside} - {int(day[:4]) for day in known})
        found = holidays_of(calendar.get("holidays", []), years)
        listed[:] = sorted([*listed, *(day for day in found if day["day"] not in known)], key=lambda day: day["day"])
        if calendar.get("covers"):
            covers["start"] = min(covers["start"], f"{first.year - 1}-01-01")
            covers["end"] = max(covers["end"], f"{last.year + 1}-12-31")
    others = [
        f"`{calendar['id']}`"
        for calendar in document.get("calendars", [])
        if calendar.get("closed") and not names_days_of(calendar, first, last)
    ]
    return [f"Of closed days, public holidays alone count in {' and '.join(others)}."] if others else []


def names_days_of(calendar: Document, first: date, last: date) -> bool:
    """Whether each year of a period has a day on which a calendar says itself that it is closed."""
    years = {int(day["day"][:4]) for day in calendar["closed"]}
    return years.issuperset(range(first.year, last.year + 1))


def holidays_of(countries: list[str], years: list[int]) -> list[dict[str, str]]:
    found: dict[date, str] = {}
    for country in countries:
        for day, name in public_holidays(country, years).items() if years else ():
            found.setdefault(day, name)
    return [{"day": day.isoformat(), "name": name} for day, name in found.items()]
