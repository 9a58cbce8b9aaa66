"""What is said about rows that were read: what is wrong with them, what that means, and what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Severity
from ..evaluation.instants import zones
from ..evaluation.rows.table import ARRIVED
from .faults import SHOWN_TWICE, SKIPPED, Fault, Found
from .problems import SHOWN, Problem, agreeing, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..evaluation.rows.requests import Cell
    from .cells import CellReader
    from .plan import ColumnPlan, SourcePlan


class Dates(NamedTuple):
    """So many dates, from the first to the last."""

    number: int
    first: int | None = None
    last: int | None = None


NO_DATES = Dates(0)


def of_fault(plan: SourcePlan, fault: Fault, found: Found, rejected: int, read: int) -> Problem:
    """What is said of one thing that is wrong in some rows."""
    if fault.column is not None and fault.why in (SHOWN_TWICE, SKIPPED):
        return odd_time(plan, fault.column, fault.why, found)
    allowed = plan.allowed.covers(rejected, read)
    where = f"what stands in `{fault.column.header}` {fault.why}" if fault.column else f"the row {fault.why}"
    title = f"{count(found.rows, 'row')} of `{plan.source}` cannot be read: {where}"
    why = f"{rejected:,} of {read:,} rows are rejected, and {plan.allowed} may be."
    remedy = remedy_for(plan, fault)
    if not allowed:
        remedy += f" To go on without them, say `rejects = {rejected}` under `[{plan.source}]`."
    severity = Severity.WARNING if allowed else Severity.ERROR
    return Problem("unreadable-row", severity, plan.source, title, found.places, why, remedy.strip(), found.rows)


def remedy_for(plan: SourcePlan, fault: Fault) -> str:
    column, why = fault.column, fault.why
    if column is None:
        return "Is a delimiter or a quotation mark missing there?" if "cells where" in why else ""
    under = f"under `[{plan.source}.columns.{column.name}]`"
    if column.kind == "time" and "is a day" in why:
        return f"If it holds days, let the agreement say `{column.name} as date`."
    if column.kind == "date" and "more than a day" in why:
        return f"If it holds times, let the agreement say `{column.name} as time`."
    if column.kind in ("time", "date") and ("is no" in why or "lie in" in why):
        return f'Say how it is written {under}, as `format = "%d-%m-%Y %H:%M"` or `format = "epoch ms"`.'
    if "comma" in why:
        return f"If the comma stands before the decimals, say `decimal_comma = true` {under}; else leave it out."
    if column.lowest is not None and "scale" in why:
        return f'If it stands for no answer, say `null = "99"`, or whatever it is, {under}.'
    if column.kind == "number" and ("is no number" in why or "finite" in why):
        return f'If it stands for an empty cell, say `null = "n/a"`, or whatever it is, {under}.'
    if column.kind == "yes or no":
        return f'Say which words mean what {under}: `yes = "up"` and `no = "down"`.'
    return "Correct it where it comes from."


def odd_time(plan: SourcePlan, column: ColumnPlan, why: str, found: Found) -> Problem:
    one = found.rows == 1
    times = f"{count(found.rows, 'time')} of `{plan.source}`"
    if why == SHOWN_TWICE:
        title = f"{times} {'comes' if one else 'come'} twice in {column.zone}, where clocks are set back"
        meaning = f"{'It does' if one else 'They do'} not say which of the two is meant, so it is the first."
    else:
        title = f"{times} {'does' if one else 'do'} not exist in {column.zone}, where clocks are set forward"
        meaning = f"{'It is' if one else 'They are'} read as the first instant after. Probably the zone is another one."
    remedy = f"Write the offset from UTC with each time, or say `zone` under `[{plan.source}.columns.{column.name}]`."
    rule = "time-shown-twice" if why == SHOWN_TWICE else "time-skipped"
    return Problem(rule, Severity.WARNING, plan.source, title, found.places, meaning, remedy, found.rows)


def of_offsets(plan: SourcePlan, readers: Iterable[CellReader]) -> list[Problem]:
    """Where only some times of a column say how far they are from UTC."""
    return [
        warning(
            "mixed-offsets",
            plan,
            f"only some times in `{reader.column.header}` of `{plan.source}` carry an offset from UTC",
            why=f"The others are read in {reader.column.zone}.",
            remedy="Two systems may have written them. Ask which zone each of them means.",
        )
        for reader in readers
        if reader.times is not None and reader.times.with_offset and reader.times.without_offset
    ]


def of_same_files(plan: SourcePlan, same: Mapping[str, list[str]]) -> list[Problem]:
    """Files that are alike to the last byte: one is probably a copy, but two short logs may be alike by chance."""
    return [
        warning(
            "same-file",
            plan,
            f"{listed(names)} are the same file, and each row of `{plan.source}` in it counts {len(names)} times",
            remedy="Leave one out, or let the agreement say `one row for each …`.",
        )
        for names in same.values()
        if len(names) > 1
    ]


def of_same_rows(plan: SourcePlan, alike: int) -> list[Problem]:
    """Where the agreement names no key, rows that are alike in every column count as often as they come."""
    if not alike:
        return []
    same = f"{agreeing(alike, 'is', 'are')} like another one in every column that the agreement names"
    title = f"{count(alike, 'row')} of `{plan.source}` {same}"
    why = "Each of them counts, since the agreement names no key."
    remedy = "If they were sent twice, let the agreement say `one row for each …`, or send them once."
    return [warning("same-rows", plan, title, why, remedy)._replace(rows=alike)]


def not_compared(plan: SourcePlan, most: int) -> Problem:
    """Where there are more rows than anybody compares with one another."""
    title = f"`{plan.source}` has more than {most:,} rows, so nobody looked whether some are alike"
    remedy = "Where rows may have been sent twice, let the agreement say `one row for each …`."
    return Problem("not-compared", Severity.INFO, plan.source, title, (), "", remedy)


def replaced(plan: SourcePlan, rows: int, keys: Iterable[Cell]) -> Problem:
    """How many rows gave way to others, and a few of the keys that came more than once."""
    times = Counter(keys)
    several = sorted(key for key, number in times.items() if number > 1 and isinstance(key, str))
    such = f", such as {listed(several[:SHOWN])}" if several else ""
    title = f"{count(rows, 'row')} of `{plan.source}` gave way to a later one with the same `{plan.key}`{such}"
    why = "The agreement counts one row for each."
    return Problem("duplicates", Severity.INFO, plan.source, title, (), why, "", rows)


def of_dates(plan: SourcePlan, early: Dates, late: Dates, undated: int, zone: str) -> list[Problem]:
    """Which rows lie in no window of the agreement."""
    found = []
    for dates, where in ((early, "before the agreement begins"), (late, "after the agreement has ended")):
        if dates.first is not None and dates.last is not None:
            first, last = zones.day_of(dates.first, zone), zones.day_of(dates.last, zone)
            lie = agreeing(dates.number, "lies", "lie")
            title = f"{count(dates.number, 'row')} of `{plan.source}` {lie} {where}: `{plan.dated}` is "
            title += f"{first}" if first == last else f"from {first} to {last}"
            found.append(Problem("rows-outside", Severity.INFO, plan.source, title, rows=dates.number))
    if undated:
        forms = ("has", "lies") if undated == 1 else ("have", "lie")
        title = (
            f"{count(undated, 'row')} of `{plan.source}` {forms[0]} no `{plan.dated}`, and so {forms[1]} in no window"
        )
        found.append(Problem("rows-undated", Severity.INFO, plan.source, title, rows=undated))
    return found


def of_arrival(plan: SourcePlan) -> list[Problem]:
    """Where the agreement says when a row is too late, and the data do not say when it came."""
    if not plan.may_be_late or any(column.name == ARRIVED for column in plan.columns):
        return []
    title = f"nothing says when the rows of `{plan.source}` arrived, so none of them is taken for late"
    remedy = f'If a column says it, name that: `arrived = "…"` under `[{plan.source}]`.'
    return [Problem("arrival-unsaid", Severity.INFO, plan.source, title, remedy=remedy)]


def no_rows(plan: SourcePlan) -> Problem:
    why = "What is measured from it has no data."
    return warning("no-rows", plan, f"there is no row for `{plan.source}`", why)


def warning(rule: str, plan: SourcePlan, title: str, why: str = "", remedy: str = "") -> Problem:
    return Problem(rule, Severity.WARNING, plan.source, title, (), why, remedy)
