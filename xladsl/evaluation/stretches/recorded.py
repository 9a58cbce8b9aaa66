"""Stretches of time as sources record them: rows with a beginning and an end, and probes that fail.

They are made of all the data there are, whatever window is asked about. So a stretch across midnight is one stretch for
both of its months, and cutting the data or the windows differently changes nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ...model.quantities import CLOCK_SECONDS
from ..instants import zones
from ..instants.clocks import every_hour, later
from ..instants.windows import Window
from ..notes import note
from ..rows.counting import calendar_of, zone_of
from ..rows.requests import ColumnCell, Every, Listing, Sampled, Test
from ..rows.table import in_time, turns_of
from .algebra import END, START, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...model.expressions import Predicate
    from ...model.node import Node
    from ...model.quantities import Duration
    from ..assessment import Assessment
    from ..rows.requests import Cell, Run, Turns
    from ..scope import Scope

DAYS_BESIDE = 800 * zones.DAY
NOTICES = ("announced", "notified", "noticed")
"""Columns with the time at which somebody was told. They neither begin a stretch nor end it."""

DAYS = {"days": 1, "weeks": 7, "months": 30, "quarters": 91, "years": 365}


class Recorded(NamedTuple):
    """Stretches in no order, which may overlap, and from when until when somebody looked: always, for a log."""

    stretches: list[Stretch]
    since: int = START
    until: int = END


def recorded(
    assessment: Assessment,
    source: nodes.Source,
    scope: Scope,
    where: Iterable[Predicate] = (),
    weight: nodes.Column | None = None,
) -> Recorded | None:
    """The stretches of the rows that pass; None if the source has no data or its rows are no stretches.

    Stretches that are given instead of rows say nothing of causes or weights: all of them pass, and each counts once.
    The window of the scope plays no part, except that rows may arrive too late for it.
    """
    told = given(assessment, source)
    if told is not None:
        return Recorded(told)
    if source.name not in assessment.engine.sources():
        return None
    test = test_for(assessment, source, scope, where)
    if isinstance(source, nodes.Probes):
        return failures(assessment, source, test)
    bounds = bounds_of(source)
    if bounds is None:
        return None
    rows = spans(assessment, source, bounds, ((weight.name,) if weight else ()), test)
    return Recorded(lasting(assessment, source, rows, weight))


def test_for(assessment: Assessment, source: nodes.Source, scope: Scope, where: Iterable[Predicate]) -> Test:
    """Which rows of a source are meant: those of the group and of the event that pass every predicate."""
    from ..rows.terms import test_of

    tests = [test_of(assessment, predicate, source, scope) for predicate in where]
    if scope.event is not None and scope.event[0] == source.name:
        tests.append(scope.event[1])
    if source.late is not None:
        zone = source.timezone or assessment.zone
        tests.append(in_time(later(scope.window.end, source.late, None, assessment.contract.agreement, zone)))
    return Every((*tests, scope.group.test(source.name)))


def listed(assessment: Assessment, source: nodes.Source, columns: Iterable[str], test: Test) -> list[tuple[Cell, ...]]:
    return assessment.engine.listed(Listing(source.name, tuple(map(ColumnCell, columns)), test))


def spans(
    assessment: Assessment, source: nodes.Source, bounds: tuple[str, str], more: tuple[str, ...], test: Test
) -> list[tuple[Any, ...]]:
    """The beginnings and ends of rows, and some more of their cells; of two beginnings the earlier that is known."""
    earlier = earlier_of(source)
    rows = listed(assessment, source, (*bounds, *more, *earlier), test)
    return [(first_of(row[0], row[-1]), *row[1:-1]) for row in rows] if earlier else rows


def earlier_of(source: nodes.Source) -> list[str]:
    """The second column with a beginning, where a log has two."""
    earlier = source.lasting.earlier if isinstance(source, nodes.Outages) else None
    return [earlier] if earlier is not None else []


def first_of(*moments: Cell) -> Cell:
    return min((moment for moment in moments if isinstance(moment, int)), default=None)


def bounds_of(source: nodes.Source) -> tuple[str, str] | None:
    """The columns with the beginning and the end of what a row is about.

    Outages name them. A ticket lasts from the first of its times to the last, as they are declared; any other row from
    the first to the second. A source with fewer than two times has no stretches.
    """
    if isinstance(source, nodes.Outages):
        return source.lasting.start, source.lasting.end
    moments = [column.name for column in source.columns if is_moment(column) and column.name not in NOTICES]
    if len(moments) < 2:
        return None
    return moments[0], moments[-1 if isinstance(source, nodes.Tickets) else 1]


def notice_of(source: nodes.Source) -> str | None:
    """The column that says when what a row is about was announced."""
    return next((column.name for column in source.columns if is_moment(column) and column.name in NOTICES), None)


def is_moment(column: nodes.Column) -> bool:
    return column.column_type in ("time", "date")


def lasting(
    assessment: Assessment, source: nodes.Source, rows: list[tuple[Any, ...]], weight: nodes.Column | None = None
) -> list[Stretch]:
    """Rows as stretches. What has no end yet goes on. What cannot be a stretch is left aside, and noted."""
    found = [Stretch(row[0], END if row[1] is None else row[1]) for row in rows if row[0] is not None]
    if weight is not None:
        times = 1 if weight.column_type == "percent" else 100
        weighed = [(row[0], row[1], row[2] * times) for row in rows if row[0] is not None and row[2] is not None]
        found = [Stretch(start, END if end is None else end, often) for start, end, often in weighed if often >= 0]
        note_some(assessment, source, len(weighed) - len(found), f"with a negative `{weight.name}`")
    backwards = sum(1 for start, end, _ in found if end < start)
    note_some(assessment, source, backwards, "with an end before the beginning")
    note_open(assessment, source, [stretch for stretch in found if stretch.end == END])
    return found


def note_some(assessment: Assessment, source: nodes.Source, rows: int, which: str) -> None:
    if rows:
        number = "1 row" if rows == 1 else f"{rows:,} rows"
        note(assessment, f"{number} of `{source.name}` {which}: no stretch of time, left aside.")


def note_open(assessment: Assessment, source: nodes.Source, going_on: list[Stretch]) -> None:
    """Somebody may have forgotten to write the end down, and every later window would pay for it."""
    if going_on:
        number = "1 row" if len(going_on) == 1 else f"{len(going_on):,} rows"
        each = "it counts" if len(going_on) == 1 else "they count"
        note(assessment, f"{number} of `{source.name}` without an end: {each} as going on, to the end of each window.")


# ------------------------------------------------------------------------------------------------------------ probes


def failures(assessment: Assessment, source: nodes.Probes, test: Test) -> Recorded | None:
    """The time in which probes found something down."""
    from ..rows.terms import dated

    instant = dated(source)
    answer = next((column.name for column in source.columns if column.column_type == "yes or no"), None)
    if instant is None or answer is None:
        return None
    clock = every_hour(source.timezone or assessment.zone, assessment.contract.agreement)
    interval = microseconds(source.every.interval)
    failing = int(source.down.failing) if source.down else 1
    asked = Sampled(source.name, instant, ColumnCell(answer), clock, interval, failing, test)
    runs = assessment.engine.sampled(asked) if source.confirmed else []
    turns = turns_of(runs) if source.confirmed else assessment.engine.turns(asked)
    if not turns.firsts:
        return None
    found = confirmed(runs, source.confirmed) if source.confirmed else each_failure(turns)
    if source.down and source.down.down_for:
        least = microseconds(source.down.down_for)
        found = [each for each in found if each.end - each.start >= least]
    return Recorded(found, turns.firsts[0][0], turns.until)


def each_failure(turns: Turns) -> list[Stretch]:
    """From the first round that fails to the next that does not."""
    ends = [first for first, _ in turns.firsts[1:]] + [END]
    return [Stretch(first, end) for (first, failed), end in zip(turns.firsts, ends, strict=True) if failed]


def confirmed(runs: list[Run], rule: nodes.Confirmed) -> list[Stretch]:
    """From the first of so many failures in a row to the first of so many answers in a row."""
    found: list[Stretch] = []
    began: int | None = None
    for run in runs:
        if run.failed and began is None and run.rounds >= rule.failures:
            began = run.first
        elif not run.failed and began is not None and run.rounds >= rule.answers:
            found.append(Stretch(began, run.first))
            began = None
    return found if began is None else [*found, Stretch(began, END)]


# ----------------------------------------------------------------------------------------------------------- general


def microseconds(duration: Duration) -> int:
    """How long a duration is where no moment is given from which it is counted: a day has 24 hours, a month 30 days."""
    if duration.unit in CLOCK_SECONDS:
        return round(Fraction(duration.amount) * Fraction(CLOCK_SECONDS[duration.unit]) * zones.SECOND)
    unit = duration.unit.removeprefix("business ").removeprefix("working ")
    if unit in CLOCK_SECONDS:
        return round(Fraction(duration.amount) * Fraction(CLOCK_SECONDS[unit]) * zones.SECOND)
    return round(Fraction(duration.amount) * DAYS[unit] * zones.DAY)


def given(assessment: Assessment, block: nodes.Named) -> list[Stretch] | None:
    return assessment.given.stretches(block.name, all_time(assessment))


def timeless(assessment: Assessment, scope: Scope, block: Node) -> Scope:
    """The scope without its window, unless rows of the block may arrive too late for it."""
    late = any(source.late is not None for source in sources_of(block))
    return scope if late else scope._replace(window=all_time(assessment))


def shared(assessment: Assessment, scope: Scope) -> tuple[Scope, int, str]:
    """What of a scope plays a part for stretches, so that promises with the same hours share them."""
    calendar = calendar_of(scope)
    return scope._replace(promise=None), id(calendar), zone_of(assessment, scope)


def sources_of(block: Node) -> Iterator[nodes.Source]:
    """The sources behind stretches of time and what is subtracted from them."""
    if isinstance(block, nodes.Source):
        yield block
    elif isinstance(block, nodes.LeavesOut) and block.from_source is not None:
        yield from sources_of(block.from_source.source_rows.found)
    elif isinstance(block, nodes.Intervals):
        yield from sources_of(block.made_from.source_rows.found)
        for other in block.together_with:
            yield from sources_of(other.found)
        for reference in block.leaving_out:
            yield from sources_of(reference.found)


def all_time(assessment: Assessment) -> Window:
    """A window around everything an agreement can speak of."""

    def work() -> Window:
        term = assessment.contract.agreement.term
        start = zones.midnight(term.start, assessment.zone) - DAYS_BESIDE
        end = zones.midnight(term.end, assessment.zone) + DAYS_BESIDE
        return Window(start, end, "", (start, end))

    found: Window = assessment.once("all time", work)
    return found
