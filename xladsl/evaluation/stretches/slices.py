"""The small intervals that pass a test: the minutes in which more than a twentieth of the requests failed.

They are looked at a month at a time, so that a year of minutes needs no more memory than a month of them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ..instants import zones
from ..instants.clocks import Clock, every_hour
from ..instants.windows import Window
from ..rows.counting import zone_of
from ..rows.requests import Every, Not, SliceStart, Tally, Test
from ..rows.terms import dated, source_of, test_of
from ..scope import Group, Scope
from ..values.divisions import Slices
from .algebra import END, Stretch, gaps, union
from .recorded import bounds_of, microseconds, test_for

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
    found = [in_month(assessment, block.each_slice, narrowed, clock, *span) for span in spans]
    passing = [each for month in found for each in month.passing]
    if found[-1].others_pass:
        passing.append(Stretch(found[-1].end, END))
    seen = [moment for month in found for moment in month.seen]
    return Looked(union(passing), min(seen), max(seen)) if seen else None


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


def in_month(assessment: Assessment, each: nodes.Slice, scope: Scope, clock: Clock, start: int, end: int) -> Month:
    """What is asked for a month is not kept with the rest, which is why it has an assessment of its own."""
    from ..assessment import Assessment as Apart
    from ..values.asking import Unmeasured
    from ..values.formulas import Working
    from ..values.parts import compared

    division = Slices(clock, microseconds(each.every), ((start, end),))
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
