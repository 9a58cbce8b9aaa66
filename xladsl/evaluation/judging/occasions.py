"""Every single time that a promise is judged in a period: its windows, its groups in each, or each event by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model import expressions, nodes
from ...model.measures import expanded
from ...model.node import walk
from ...model.promises import formula, payments_on
from ...model.samples import sources_of_promise
from ..instants.windows import Window
from ..instants.zones import DAY
from ..options import holds_in
from ..rows.requests import ColumnCell, Compared, Constant, Empty, Every, Listing, Test
from ..rows.terms import dated, every
from ..scope import EVERYONE, Group, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..assessment import Assessment
    from ..rows.requests import Cell

SINGLE = ("event", "ticket")
MONTHS_BACK = 200 * DAY


def occasions(assessment: Assessment, promise: nodes.Promise, start: int, end: int) -> list[Scope]:
    """The scopes in which a promise is judged and whose windows end after `start`, and not after `end`, in order."""

    def work() -> list[Scope]:
        if promise.each in SINGLE:
            found = events(assessment, promise, start, end)
            return [scope for scope in found if holds_in(assessment, promise, scope.window)]
        held = [each for each in windows(assessment, promise, start, end) if holds_in(assessment, promise, each)]
        return [Scope(each, group, promise) for each in held for group in assessment.groups(promise, each)]

    scopes: list[Scope] = assessment.once(("occasions", id(promise), start, end), work)
    return scopes


def windows(assessment: Assessment, promise: nodes.Promise, start: int, end: int) -> list[Window]:
    """Those of the calendar; for a rolling window of less than a day the one that ends with each row, for a trailing
    one those before each of its moments."""
    known = assessment.windows_of(promise)
    if not known.sliding:
        return known.ending_in(start, end)
    if isinstance(promise.each, nodes.TrailingWindow):
        ends = trailing_ends(assessment, promise, start, end)
    else:
        sources = sources_of_promise(assessment.contract, promise)
        ends = {moment + 1 for source in sources for moment in dates(assessment, source, promise, start, end)}
    found = [known.ending_at(moment) for moment in sorted(ends) if start < moment <= end]
    return [window for window in found if window is not None]


def events(assessment: Assessment, promise: nodes.Promise, start: int, end: int) -> list[Scope]:
    """Each stretch of time that is measured, or else each row that is counted, and what is told of single events.

    Where a promise is kept to each of several groups, an event is one of a group: what happens to two of them at once
    are two events.
    """
    known = assessment.windows_of(promise)
    told = [window for window in assessment.given.events(promise, known) if start < window.end <= end]
    found = [Scope(window, EVERYONE, promise) for window in told]
    for group in assessment.groups(promise, Window(start, end, "", (start, end))):
        found += events_of(assessment, promise, group, start, end)
    return sorted(found, key=lambda scope: scope.window)


def events_of(assessment: Assessment, promise: nodes.Promise, group: Group, start: int, end: int) -> list[Scope]:
    blocks = stretches_measured(promise)
    if blocks:
        windows = stretches(assessment, promise, group, blocks, start, end)
        return [Scope(window, group, promise) for window in windows]
    sources = sources_of_promise(assessment.contract, promise)
    return [scope for source in sources for scope in rows(assessment, promise, group, source, start, end)]


def trailing_ends(assessment: Assessment, promise: nodes.Promise, start: int, end: int) -> set[int]:
    """The moments before which a promise is judged. Of a claim that is told by its day, that day is the last of all."""
    each: Any = promise.each
    if each.anchor == "claim":
        paid = payments_on(assessment.contract, promise)
        return {claim.end for payment in paid for claim in assessment.given.moments("claimed", payment.name)}
    if each.anchor == "incident":
        return set(begun(assessment, promise, start, end))
    months = assessment.windows("calendar month", promise.timezone or assessment.zone)
    if each.anchor in ("end of the month", "end of the window", "breach"):
        return {month.end for month in months.ending_in(start, end)}
    from ..money.claims import moment_of

    # What is issued for a month may be issued some months later.
    earlier = months.overlapping(start - MONTHS_BACK, end)
    told = [moment_of(assessment, each.anchor, month, []) for month in earlier]
    return {moment for moment in told if moment is not None}


def begun(assessment: Assessment, promise: nodes.Promise, start: int, end: int) -> list[int]:
    """When the incidents of a promise began: its stretches of time, or else its rows."""
    from ..stretches.intervals import events_in

    blocks = stretches_measured(promise)
    if not blocks:
        sources = sources_of_promise(assessment.contract, promise)
        return [moment for source in sources for moment in dates(assessment, source, promise, start, end)]
    term = assessment.windows_of(promise).term
    around = Scope(Window(term.start, end + 1, "", (term.start, end + 1)), EVERYONE, promise)
    return [event.start for block in blocks for event in events_in(assessment, block, around)]


def stretches_measured(promise: nodes.Promise) -> list[Any]:
    value: Any = formula(promise)
    value = expanded(value) if isinstance(value, expressions.Application) else value
    parts = walk(value) if value is not None else ()
    return [part.of.found for part in parts if isinstance(part, expressions.Length)]


def stretches(
    assessment: Assessment, promise: nodes.Promise, group: Group, blocks: list[Any], start: int, end: int
) -> list[Window]:
    from ..stretches.intervals import events_in

    known = assessment.windows_of(promise)
    # What ends in the period may have begun long before it.
    around = Scope(Window(known.term.start, end + 1, "", (known.term.start, end + 1)), group, promise)
    found = {(each.start, each.end) for block in blocks for each in events_in(assessment, block, around)}
    made = [known.event(begin, over) for begin, over in sorted(found) if start < over <= end]
    return [window for window in made if window is not None]


def rows(
    assessment: Assessment, promise: nodes.Promise, group: Group, source: nodes.Source, start: int, end: int
) -> list[Scope]:
    """One scope for each row with its date in the period; rows that are alike in every cell are told together."""
    date = dated(source, promise)
    if date is None or source.name not in assessment.engine.sources():
        return []
    columns = tuple(ColumnCell(name) for name in names_of(source))
    own = every([between(date, start, end), group.test(source.name)])
    listed = assessment.engine.listed(Listing(source.name, (date, *columns), own))
    known = assessment.windows_of(promise)
    found = []
    for moment, *cells in dict.fromkeys(listed):
        window = known.event(moment) if isinstance(moment, int) else None
        if window is not None:
            found.append(Scope(window, group, promise, (source.name, only(columns, cells))))
    return found


def dates(
    assessment: Assessment, source: nodes.Source, promise: nodes.Promise | None, start: int, end: int
) -> list[int]:
    """The moments in a period that date the rows of a source."""
    date = dated(source, promise)
    if date is None or source.name not in assessment.engine.sources():
        return []
    listed = assessment.engine.listed(Listing(source.name, (date,), between(date, start, end)))
    return [moment for (moment,) in listed if isinstance(moment, int)]


def between(cell: ColumnCell, start: int, end: int) -> Test:
    """Windows that end after `start` and not after `end` are those of rows a microsecond earlier."""
    return Every((Compared(cell, ">=", Constant(start)), Compared(cell, "<", Constant(end))))


def names_of(source: nodes.Source) -> list[str]:
    questions = source.questions if isinstance(source, nodes.Survey) else []
    return list(dict.fromkeys([column.name for column in source.columns] + [question.name for question in questions]))


def only(columns: tuple[ColumnCell, ...], cells: Iterable[Cell]) -> Test:
    """The test that a row with exactly these cells passes."""
    return Every(
        tuple(
            Empty(column) if cell is None else Compared(column, "=", Constant(cell))
            for column, cell in zip(columns, cells, strict=True)
        )
    )
