"""The small intervals that pass a test: the minutes in which more than a twentieth of the requests failed.

They are looked at a month at a time, so that a year of minutes needs no more memory than a month of them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ...model.expressions import Length
from ...model.node import Node, walk
from ..instants import zones
from ..instants.clocks import every_hour
from ..instants.windows import Window
from ..rows.counting import zone_of
from ..rows.requests import Every, Not, SliceStart, Tally, Test
from ..rows.terms import dated, source_of, test_of
from ..scope import Group, Scope
from ..values.divisions import Slices, calendar_units, long_slices
from .algebra import END, Stretch, gaps, union
from .recorded import all_time, bounds_of, microseconds, test_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...model.expressions import Predicate
    from ..assessment import Assessment

TWO_DAYS = 2 * zones.DAY


class Looked(NamedTuple):
    """The slices that pass, and the first and the last moment at which there was anything to look at."""

    passing: list[Stretch]
    since: int
    until: int


def slices_of(
    assessment: Assessment, block: nodes.Intervals, scope: Scope, where: Iterable[Predicate] = ()
) -> Looked | None:
    """The slices of all time that pass; None where there are no data.

    Slices without rows are judged by what an empty slice counts as, from the first day with rows on.
    """
    if block.each_slice is not None and lengths_in(block.each_slice):
        return slices_of_time(assessment, block, scope)
    source = source_of(assessment, block)
    at = dated(source)
    if source.name not in assessment.engine.sources() or at is None or block.each_slice is None:
        return None
    zone = zone_of(assessment, scope)
    clock = every_hour(zone, assessment.contract.agreement)
    narrowed = scope._replace(group=counted_rows(assessment, block, scope, source, where), promise=None)
    by_day = Tally(source.name, narrowed.group.test(source.name), (SliceStart(clock, TWO_DAYS, at),))
    days = [day for (day,) in assessment.engine.tally(by_day) if isinstance(day, int)]
    if not days:
        return None
    spans = months(min(days), max(days), zone)
    found = [in_month(assessment, block.each_slice, narrowed, zone, *span) for span in spans]
    passing = [each for month in found for each in month.passing]
    if found[-1].others_pass:
        passing.append(Stretch(found[-1].end, END))
    seen = [moment for month in found for moment in month.seen]
    return Looked(union(passing), min(seen), max(seen)) if seen else None


def lengths_in(each: nodes.Slice) -> list[Node]:
    """The stretches whose length a slice is tested by."""
    said: list[Any] = [each, *each.also]
    return [part.of.found for test in said for part in walk(test.measured) if isinstance(part, Length)]


def slices_of_time(assessment: Assessment, block: nodes.Intervals, scope: Scope) -> Looked | None:
    """The slices that pass a test of how long something lasts in them, such as the days with four hours of it.

    They are looked at from the first of these stretches to the last; all time besides is as a slice with none of them.
    """
    from .intervals import profile_of

    assert block.each_slice is not None
    around = all_time(assessment)
    made = [profile_of(assessment, each, scope) for each in lengths_in(block.each_slice)]
    if None in made:
        return None
    profile = union(each for one in made if one is not None for each in one.profile)
    zone = zone_of(assessment, scope)
    narrowed = scope._replace(promise=None)
    if not profile:
        return Looked([], around.start, END)
    first = zones.midnight(zones.day_of(profile[0].start, zone), zone)
    spans = list(months(first, min(profile[-1].end, around.end), zone))
    before = one_by_one(assessment, block.each_slice, narrowed, zone, first - zones.DAY, first)
    passing = [
        each for start, end in spans for each in one_by_one(assessment, block.each_slice, narrowed, zone, start, end)
    ]
    if before:
        passing += [Stretch(around.start, first), Stretch(spans[-1][1], END)]
    return Looked(union(passing), around.start, END)


def one_by_one(
    assessment: Assessment, each: nodes.Slice, scope: Scope, zone: str, start: int, end: int
) -> list[Stretch]:
    """The slices between two midnights that pass, each asked by itself."""
    from ..values.asking import Unmeasured
    from ..values.formulas import Working
    from ..values.parts import compared

    division = division_of(each, zone, assessment, start, end)
    within = scope._replace(window=Window(start, end, "", (start, end)))
    working: Any = Working(assessment, within).divided(division)
    said: list[Any] = [each, *each.also]
    try:
        tests = [(working.at(test.measured), test.relation, working.at(test.limit)) for test in said]
        found = [
            begins
            for begins in division.starts()
            if all(compared(measured((begins,)), relation, limit((begins,))) for measured, relation, limit in tests)
        ]
    except Unmeasured:
        return []
    return [slice_from(division, begins) for begins in found]


def division_of(each: nodes.Slice, zone: str, assessment: Assessment, start: int, end: int) -> Slices:
    """The slices of some days; a slice of a day is all of it, also where the clocks change."""
    agreement = assessment.contract.agreement
    if each.every.unit == "days" and each.every.amount == 1:
        return long_slices(calendar_units("days", 1, None, agreement, zone), [Stretch(start, end)])
    return Slices(every_hour(zone, agreement), microseconds(each.every), ((start, end),))


def row_reasons(assessment: Assessment, block: nodes.Intervals, scope: Scope) -> list[nodes.LeavesOut]:
    """What leaves out rows of the source by what they say, because rows of a single moment are no stretches."""
    source = source_of(assessment, block)
    promised = scope.promise.leaving_out if scope.promise else []
    reasons = {id(each.found): each.found for each in (*block.leaving_out, *promised) if each.found.from_source}
    return [
        reason
        for reason in reasons.values()
        if reason.from_source is not None
        and not isinstance(reason.from_source.source_rows.found, nodes.Intervals)
        and source_of(assessment, reason.from_source.source_rows.found) is source
        and bounds_of(source) is None
    ]


def counted_rows(
    assessment: Assessment, block: nodes.Intervals, scope: Scope, source: nodes.Source, where: Iterable[Predicate]
) -> Group:
    """The group of the scope, of which only the rows are left that the slices are about."""
    said = [block.made_from.where, *where] if block.made_from.where is not None else list(where)
    left_out: list[Test] = [
        Not(test_of(assessment, reason.from_source.where, source, scope))
        for reason in row_reasons(assessment, block, scope)
        if reason.from_source is not None
    ]
    tests = dict(scope.group.tests)
    tests[source.name] = Every((test_for(assessment, source, scope, said), *left_out))
    return Group(scope.group.name, tuple(tests.items()))


def months(first: int, last: int, zone: str) -> Iterator[tuple[int, int]]:
    """The months of the calendar between two midnights, from the first of them to the end of the month of the last."""
    day, start = zones.day_of(first, zone), first
    while start <= last:
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        end = zones.midnight(day, zone)
        yield start, end
        start = end


class Month(NamedTuple):
    """The slices of a month that pass, the first and the last that have rows, and whether one without rows passes."""

    passing: list[Stretch]
    seen: tuple[int, ...]
    others_pass: bool
    end: int


def in_month(assessment: Assessment, each: nodes.Slice, scope: Scope, zone: str, start: int, end: int) -> Month:
    """What is asked for a month is not kept with the rest, which is why it has an assessment of its own."""
    from ..assessment import Assessment as Apart
    from ..values.asking import Unmeasured
    from ..values.formulas import Working
    from ..values.parts import compared

    division = division_of(each, zone, assessment, start, end)
    within = scope._replace(window=Window(start, end, "", (start, end)))
    apart = Apart(assessment.contract, assessment.engine, assessment.given)
    working: Any = Working(apart, within).divided(division)
    try:
        said: list[Any] = [each, *each.also]
        tests = [(working.at(test.measured), test.relation, working.at(test.limit)) for test in said]
        seen = sorted({key[0] for key in working.keys if key[0] is not None})
        passing = [
            key
            for key in [*seen, None]
            if all(compared(measured((key,)), relation, limit((key,))) for measured, relation, limit in tests)
        ]
    except Unmeasured:
        return Month([], (), False, end)
    found = [slice_from(division, key) for key in passing if key is not None]
    if None in passing:
        found += gaps(union(slice_from(division, key) for key in seen), start, end)
    return Month(found, (seen[0], seen[-1]) if seen else (), None in passing, end)


def slice_from(division: Slices, start: int) -> Stretch:
    return Stretch(start, division.end(start))
