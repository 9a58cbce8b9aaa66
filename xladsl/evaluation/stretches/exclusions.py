"""What does not count: when it happened, whether it was announced in time, and how much of it there may be.

Like all stretches these are made of all the data, whatever window is asked about; a budget belongs to its own windows
and is used up in the order of time. Each block is held against its own budget by itself, so that the order in which
reasons are written changes the labels of the time that is left out and never the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ..instants import zones
from ..instants.clocks import Clock, business_days, business_time, later, stretches_of, weekly
from ..notes import note
from ..rows.counting import calendar_of
from ..rows.terms import source_of
from .algebra import END, Stretch, append, clipped, union, within, without
from .recorded import all_time, bounds_of, given, lasting, microseconds, notice_of, shared, spans, test_for, timeless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..assessment import Assessment
    from ..rows.requests import Cell
    from ..scope import Scope


class Happened(NamedTuple):
    """When what a block speaks of took place: what may be left out, what was not announced in time, and what of an
    event is more than it excuses."""

    announced: list[Stretch]
    unannounced: list[Stretch]
    beyond: list[Stretch]


class Excluded(NamedTuple):
    """What a block leaves out; what it does not, because its budget is used up; and what was not announced in time."""

    block: nodes.LeavesOut
    left_out: list[Stretch]
    beyond: list[Stretch]
    unannounced: list[Stretch]


def excluded(
    assessment: Assessment, block: nodes.LeavesOut, scope: Scope, down: list[Stretch] | None = None
) -> Excluded:
    """What a block leaves out, whatever the window of the scope.

    Where maintenance has windows and nobody records when it took place, all of each window may be left out. A budget
    is then used up by the time that was `down`, which is when the work must have been done.
    """
    scope = excusing(assessment, scope, block)
    took_place = happened(assessment, block, scope)
    if block.at_most is None:
        return Excluded(block, took_place.announced, took_place.beyond, took_place.unannounced)
    used = down if block.from_source is None else None
    key = ("excluded", id(block), shared(assessment, scope), id(used))
    # The list is kept with the answer, so that no other list can have its number.
    found: tuple[Excluded, Any] = assessment.once(
        key, lambda: (rationed(assessment, block, scope, took_place, used), used)
    )
    return found[0]


def happened(assessment: Assessment, block: nodes.LeavesOut, scope: Scope) -> Happened:
    """When it took place, by what is given, by the log, or by the windows agreed for it."""
    scope = excusing(assessment, scope, block)
    found: Happened = assessment.once(
        ("happened", id(block), shared(assessment, scope)), lambda: looked_up(assessment, block, scope)
    )
    return found


def excusing(assessment: Assessment, scope: Scope, block: nodes.LeavesOut) -> Scope:
    """The scope without its window, and without the event: what excuses an outage is another row than the outage."""
    return timeless(assessment, scope, block)._replace(event=None)


# --------------------------------------------------------------------------------------------------- when it happened


def looked_up(assessment: Assessment, block: nodes.LeavesOut, scope: Scope) -> Happened:
    told = given(assessment, block)
    if told is not None:
        return Happened(union(told), [], [])
    allowed = weekly_windows(assessment, block) if isinstance(block, nodes.Maintenance) and block.windows else None
    if block.from_source is None:
        if allowed is None:
            note(assessment, f"No log records `{block.name}`: nothing was left out for it.")
        return Happened(allowed or [], [], [])
    found = logged(assessment, block, scope)
    if allowed is None:
        return found
    announced = within(found.announced, allowed)
    if isinstance(block, nodes.Maintenance) and not block.unannounced:
        announced = union([*announced, *within(found.unannounced, allowed)])
    return Happened(announced, without(found.unannounced, announced), found.beyond)


def logged(assessment: Assessment, block: nodes.LeavesOut, scope: Scope) -> Happened:
    """The rows of the log, parted by whether they were announced in time.

    Rows with a single moment are no stretches; where such rows are measured, they are left out by what they say.
    """
    assert block.from_source is not None
    rows, where = block.from_source.source_rows.found, block.from_source.where
    if isinstance(rows, nodes.Intervals | nodes.Probes):
        from .intervals import profile_of

        made = profile_of(assessment, rows, scope, (where,) if where is not None else ())
        return Happened(union(each for each in made.profile if each.weight) if made else [], [], [])
    source = source_of(assessment, rows)
    told = given(assessment, source)
    if told is not None:
        # A stretch that is given says nothing of its cause, and a comparison with nothing is false.
        return Happened(union(told) if where is None else [], [], [])
    bounds = bounds_of(source)
    if bounds is None:
        note(assessment, f"`{source.name}` knows single moments: `{block.name}` leaves out its rows, and no time.")
        return Happened([], [], [])
    if source.name not in assessment.engine.sources():
        note(assessment, f"There are no data of `{source.name}`: nothing was left out for `{block.name}`.")
        return Happened([], [], [])
    return by_notice(assessment, block, scope, source, bounds)


def by_notice(
    assessment: Assessment, block: nodes.LeavesOut, scope: Scope, source: nodes.Source, bounds: tuple[str, str]
) -> Happened:
    assert block.from_source is not None
    notice = notice_column(assessment, block, source)
    test = test_for(assessment, source, scope, [block.from_source.where] if block.from_source.where else [])
    rows = spans(assessment, source, bounds, ((notice,) if notice else ()), test)
    late = [row for row in rows if notice is not None and not was_announced(assessment, block, scope, row)]
    in_time = [row for row in rows if notice is None or was_announced(assessment, block, scope, row)]
    events = lasting(assessment, source, pairs(in_time))
    announced = union(limited(assessment, block, scope, each) for each in events)
    return Happened(announced, union(lasting(assessment, source, pairs(late))), without(union(events), announced))


def pairs(rows: Iterable[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    return [row[:2] for row in rows]


def notice_column(assessment: Assessment, block: nodes.LeavesOut, source: nodes.Source) -> str | None:
    """The column by which an announcement is judged, if one has to be made."""
    if block.notice is None and not (isinstance(block, nodes.Relief) and block.notified_within):
        return None
    column = notice_of(source)
    if column is None:
        note(
            assessment,
            f"`{source.name}` has no column `announced` or `notified`: what `{block.name}` leaves out counts as "
            "announced in time.",
        )
    return column


def was_announced(assessment: Assessment, block: nodes.LeavesOut, scope: Scope, row: tuple[Cell, ...]) -> bool:
    """Whether a row was announced long enough before it began, and notified soon enough after."""
    start, _, told = row
    if not isinstance(start, int) or not isinstance(told, int):
        return False
    calendar = calendar_of(scope)
    agreement, zone = assessment.contract.agreement, assessment.zone
    if block.notice is not None and told > later(start, block.notice, calendar, agreement, zone, sign=-1):
        return False
    within_time = block.notified_within if isinstance(block, nodes.Relief) else None
    return within_time is None or told <= later(start, within_time, calendar, agreement, zone)


def limited(assessment: Assessment, block: nodes.LeavesOut, scope: Scope, stretch: Stretch) -> Stretch:
    """A stretch of force majeure no longer than it excuses."""
    if not isinstance(block, nodes.ForceMajeure) or block.at_most_long is None:
        return stretch
    calendar = calendar_of(scope)
    end = later(stretch.start, block.at_most_long, calendar, assessment.contract.agreement, assessment.zone)
    return stretch._replace(end=min(stretch.end, end))


def weekly_windows(assessment: Assessment, maintenance: nodes.Maintenance) -> list[Stretch]:
    """Every time in the term that one of the windows comes round; those that end before they begin end the next day."""
    week = [hours for window in maintenance.windows for hours in weekly(window.weekdays, [window.span_of_day])]
    zone = maintenance.timezone or assessment.zone
    first, last = (zones.day_of(instant, zone) for instant in all_time(assessment).whole)
    return union(Stretch(start, end) for start, end, _ in stretches_of(week, first, last, zone))


# ------------------------------------------------------------------------------------------------------------ budgets


class Measure:
    """How a budget is counted: on the clock, or on the calendar of the promise."""

    def __init__(self, assessment: Assessment, budget: nodes.TimeBudget, scope: Scope) -> None:
        unit = budget.length.unit
        self.clock: Clock | None = None
        self.allowance = microseconds(budget.length)
        if unit.startswith(("business", "working")):
            calendar = calendar_of(scope)
            days = unit.endswith("days")
            made = business_days if days else business_time
            self.clock = made(calendar, assessment.contract.agreement)
            if days:
                self.allowance = round(budget.length.amount * self.clock.unit)

    def used(self, start: int, end: int) -> int:
        return self.clock.at(end) - self.clock.at(start) if self.clock else end - start

    def after(self, start: int, amount: int) -> int:
        """The instant after `start` at which so much is used."""
        return self.clock.when(self.clock.at(start) + amount) if self.clock else start + amount


def rationed(
    assessment: Assessment,
    block: nodes.LeavesOut,
    scope: Scope,
    took_place: Happened,
    down: list[Stretch] | None,
) -> Excluded:
    """What lies within each of its budgets, the earliest moments first; the second budget sees what the first left."""
    assert block.at_most is not None
    announced = took_place.announced if down is None else within(took_place.announced, down)
    left_out = within_budget(assessment, block.at_most, scope, announced)
    if block.at_most.also is not None:
        left_out = within_budget(assessment, block.at_most.also, scope, left_out)
    beyond = union([*without(announced, left_out), *took_place.beyond])
    return Excluded(block, left_out, beyond, took_place.unannounced)


def within_budget(
    assessment: Assessment, budget: nodes.TimeBudget, scope: Scope, profile: list[Stretch]
) -> list[Stretch]:
    """The earliest moments of each of the budget's windows, as many as it allows."""
    measure = Measure(assessment, budget, scope)
    if budget.each in ("event", "ticket"):
        return union(part for stretch in profile for part in taken([stretch], measure, measure.allowance)[0])
    if isinstance(budget.each, nodes.RollingWindow | nodes.TrailingWindow):
        return union(rolling(profile, measure, microseconds(budget.each.length)))
    found: list[Stretch] = []
    unused = 0
    windows = assessment.windows(budget.each, assessment.zone)
    for window in windows.overlapping(windows.term.start, windows.term.end):
        inside = clipped(profile, window.start, window.end)
        kept, left = taken(inside, measure, measure.allowance + unused)
        unused = left if budget.carried == "carries over" else 0
        found += kept
    return union(found)


def taken(profile: list[Stretch], measure: Measure, allowance: int) -> tuple[list[Stretch], int]:
    """The earliest moments until the allowance is used up, and how much of it is left."""
    found: list[Stretch] = []
    for each in profile:
        used = measure.used(each.start, each.end)
        if used > allowance:
            return [*found, *clipped([each], each.start, measure.after(each.start, allowance))], 0
        found.append(each)
        allowance -= used
    return found, allowance


def rolling(profile: list[Stretch], measure: Measure, length: int) -> list[Stretch]:
    """The earliest moments, so that no stretch of time of a length has more of them than the allowance."""
    found: list[Stretch] = []
    for each in profile:
        now = each.start
        while now < each.end:
            recent = clipped(found, now - length, now)
            used = sum(measure.used(part.start, part.end) for part in recent)
            leaves = recent[0].start + length if recent else END
            if used >= measure.allowance and leaves > now:
                now = min(leaves, each.end)
                continue
            full = measure.after(now, measure.allowance - used) if leaves > now else recent[0].end + length
            until = min(each.end, full, leaves if leaves > now else END)
            append(found, Stretch(now, until))
            now = until
    return found
