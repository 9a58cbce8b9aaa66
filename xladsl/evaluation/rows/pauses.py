"""Time that does not count between two moments of a ticket, because a log says that its clock stood still.

No engine joins a ticket with its log. So the time that stood still becomes one more column of the tickets, worked out
here for each of them, and whatever speaks of that column is answered from a table in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...model import nodes
from ..instants import clocks
from ..instants.zones import SECOND
from ..stretches.algebra import END, Stretch, clipped, union
from .counting import counting_of, zone_of
from .requests import Cell, ColumnCell, Listing
from .table import ARRIVED, Rows, Table

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.clocks import Clock
    from ..scope import Scope
    from .requests import Counted, Engine, Run, Sampled, Tally, Term, Turns


class Limit(NamedTuple):
    """So much of a pause counts as one, told by a clock; without a clock, by time itself."""

    amount: int
    clock: Clock | None


class Stopped(NamedTuple):
    """The stretches of one clause `pauses`, by the key of the ticket, and how much of them there may be."""

    by_ticket: dict[Cell, list[Stretch]]
    limit: Limit | None


class Between(NamedTuple):
    """A column to be worked out: how long the clock of a ticket stood still from one of its moments to another, as
    `clock` tells it."""

    source: nodes.Tickets
    key: str
    since: Term
    until: Term
    clock: Clock | None
    stopped: tuple[Stopped, ...]


def paused(
    assessment: Assessment, source: nodes.Source, scope: Scope, since: Term, until: Term, clock: Clock | None
) -> ColumnCell | None:
    """The column with the time that stood still between two moments, negative where the second is the earlier; None
    where no log says anything."""
    logged = [pause for pause in source.pauses if pause.recorded_in] if isinstance(source, nodes.Tickets) else []
    if not isinstance(source, nodes.Tickets) or not logged or source.deduplicated is None:
        return None
    if not isinstance(assessment.engine, WithPauses):
        assessment.engine = WithPauses(assessment.engine)
    limits = [limit_of(assessment, pause, scope) for pause in logged]
    bounds = ", ".join(in_words(limit) for limit in limits)
    name = f"pauses of {source.name} from {since!r} to {until!r} by {name_of(clock)}, at most {bounds}"
    if name not in assessment.engine.columns:
        stopped = tuple(
            Stopped(stretches_by_ticket(assessment, pause, source.deduplicated, scope), limit)
            for pause, limit in zip(logged, limits, strict=True)
        )
        assessment.engine.columns[name] = Between(source, source.deduplicated, since, until, clock, stopped)
    return ColumnCell(name)


class WithPauses:
    """An engine to which columns were added. Whatever speaks of none of them is asked of the engine itself."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.name
        self.version = engine.version
        self.columns: dict[str, Between] = {}
        self.tables: dict[frozenset[str], Table] = {}

    def sources(self) -> frozenset[str]:
        return self.engine.sources()

    def tally(self, request: Tally) -> dict[tuple[Cell, ...], Counted]:
        return self.holding(request).tally(request)

    def listed(self, request: Listing) -> list[tuple[Cell, ...]]:
        return self.holding(request).listed(request)

    def sampled(self, request: Sampled) -> list[Run]:
        return self.engine.sampled(request)

    def turns(self, request: Sampled) -> Turns:
        return self.engine.turns(request)

    def holding(self, request: Tally | Listing) -> Engine:
        """Who holds the rows that a request speaks of."""
        named = repr(request)
        spoken_of = frozenset(name for name in self.columns if repr(ColumnCell(name)) in named)
        if not spoken_of:
            return self.engine
        if spoken_of not in self.tables:
            self.tables[spoken_of] = self.widened([self.columns[name] for name in spoken_of], list(spoken_of))
        return self.tables[spoken_of]

    def widened(self, added: list[Between], names: list[str]) -> Table:
        """All rows of a source, with the columns that were added to it."""
        source = added[0].source
        columns = [column.name for column in source.columns] + ([ARRIVED] if source.late is not None else [])
        bounds = [term for each in added for term in (each.since, each.until)]
        rows = self.engine.listed(Listing(source.name, (*map(ColumnCell, columns), *bounds)))
        told: dict[str, list[Cell]] = {name: [row[place] for row in rows] for place, name in enumerate(columns)}
        for place, (name, between) in enumerate(zip(names, added, strict=True)):
            first = len(columns) + 2 * place
            told[name] = [
                stood_still(between, key, row[first], row[first + 1])
                for key, row in zip(told[between.key], rows, strict=True)
            ]
        return Table({source.name: Rows(told, len(rows))})


# ----------------------------------------------------------------------------------------------------------- helpers


def stood_still(between: Between, key: Cell, since: Cell, until: Cell) -> Cell:
    """How long the clock of one ticket stood still; empty if one of the two moments is."""
    if not isinstance(since, int) or not isinstance(until, int):
        return None
    if not any(key in stretches for stretches, _ in between.stopped):  # most tickets never wait
        return 0
    start, end = sorted((since, until))
    counted = []
    for stretches, limit in between.stopped:
        inside = union(clipped(stretches.get(key, []), start, end))
        counted += inside if limit is None else shortened(inside, limit)
    total = sum(lasting(each, between.clock) for each in union(counted))
    return total if since <= until else -total


def shortened(stretches: list[Stretch], limit: Limit) -> list[Stretch]:
    """As much of some stretches as may count, the earliest first."""
    found: list[Stretch] = []
    left = limit.amount
    for each in stretches:
        length = lasting(each, limit.clock)
        if length > left:
            clock = limit.clock
            end = each.start + left if clock is None else clock.when(clock.at(each.start) + left)
            return [*found, Stretch(each.start, min(max(end, each.start), each.end))]
        found.append(each)
        left -= length
    return found


def in_words(limit: Limit | None) -> str:
    """A limit, told apart from every other: one of months is longer in one window than in the next."""
    return "without bound" if limit is None else f"{limit.amount} by {name_of(limit.clock)}"


def name_of(clock: Clock | None) -> str:
    return clock.name if clock is not None else "time"


def lasting(stretch: Stretch, clock: Clock | None) -> int:
    return stretch.end - stretch.start if clock is None else clock.at(stretch.end) - clock.at(stretch.start)


def limit_of(assessment: Assessment, pause: nodes.Pause, scope: Scope) -> Limit | None:
    if pause.at_most is None:
        return None
    counting = counting_of(pause.at_most)
    clock = counting.clock(assessment, scope)
    agreement = assessment.contract.agreement
    if counting.amount(pause.at_most) == 0:  # months, which last as long as those from the beginning of the window
        start = scope.window.start
        end = clocks.later(start, pause.at_most, None, agreement, zone_of(assessment, scope))
        return Limit(end - start, None)
    unit = clock.unit if clock is not None else SECOND
    return Limit(round(counting.amount(pause.at_most) * unit), clock)


def stretches_by_ticket(
    assessment: Assessment, pause: nodes.Pause, key: str, scope: Scope
) -> dict[Cell, list[Stretch]]:
    """When the clock of each ticket stood still, as the log has it. One that has not ended goes on."""
    from ..stretches.recorded import bounds_of
    from ..values.asking import Unmeasured
    from .terms import test_of

    assert pause.recorded_in is not None
    log = pause.recorded_in.found
    bounds = bounds_of(log)
    if bounds is None or key not in {column.name for column in log.columns}:
        return {}
    if log.name not in assessment.engine.sources():
        raise Unmeasured(f"there are no data of {log.name}")
    terms = (ColumnCell(key), *map(ColumnCell, bounds))
    found: dict[Cell, list[Stretch]] = {}
    for ticket, start, end in assessment.engine.listed(
        Listing(log.name, terms, test_of(assessment, pause.predicate, log, scope))
    ):
        if isinstance(start, int):
            found.setdefault(ticket, []).append(Stretch(start, end if isinstance(end, int) else END))
    return found
