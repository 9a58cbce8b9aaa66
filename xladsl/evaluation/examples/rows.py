"""Rows that an example tells of in words: `70 rows of feedback where overall is 4` become 70 rows with that cell.

What is not said of a row is empty. A row that does not say when it was lies in the first open hours of its window.
Alike rows are kept once and counted often, so that a million of them cost no more than one.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import expressions, nodes, quantities
from ...model.dating import MOMENTS, dating_column
from ...model.quantities import CLOCK_SECONDS, Reference
from ..instants import zones
from ..instants.clocks import business_time, later
from ..rows.requests import MILLION, Counted
from ..rows.table import Rows, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...model.contract import Contract
    from ..rows.requests import Cell, Listing, Run, Sampled, Tally, Turns
    from ..stretches.algebra import Stretch

NOON = 12 * zones.HOUR
MANY = 100_000


class CannotTell(Exception):  # noqa: N818  # it is no error of the program
    """An example says something of which no rows can be made; the message says what, as the end of a sentence."""


class Alike(NamedTuple):
    """Rows of a source that are alike in every cell."""

    source: str
    times: int
    cells: dict[str, Cell]


Told = tuple[Alike, list[int]]
"""Rows that are told of, and the moments in them."""


class ToldRows:
    """An engine that holds the rows of an example. It has every source of the agreement, most of them without a row."""

    name = "example"
    version = ""

    def __init__(
        self,
        contract: Contract,
        facts: list[nodes.RowsFact],
        period_of: Callable[[nodes.RowsFact], tuple[int, int]],
        stretches: Mapping[str, list[Stretch]],
    ) -> None:
        self.known = {source.name: source for source in contract.every(nodes.Source)}
        made = last_of_each_key(self.known, [alike(contract, fact, period_of(fact)) for fact in facts])
        made += [row for name, told in stretches.items() for row in lasting(self.known.get(name), told)]
        self.spans = [(each.source, *self.span(each.source, moments)) for each, moments in made]
        self.rows = [
            (times, {name: rows_of(source, made, times) for name, source in self.known.items()})
            for times in sorted({each.times for each, _ in made}) or [1]
        ]
        self.tables = [(times, Table(rows)) for times, rows in self.rows]

    def span(self, source: str, moments: list[int]) -> tuple[int, int]:
        """From when to when rows with these moments say something; always, where they count in every window."""
        if not moments or dating_column(self.known[source]) is None:
            return zones.EARLIEST, zones.LATEST
        return min(moments), max(moments)

    def sources(self) -> frozenset[str]:
        return frozenset(self.known)

    def tally(self, request: Tally) -> dict[tuple[Cell, ...], Counted]:
        found: dict[tuple[Cell, ...], Counted] = {}
        for times, table in self.tables:
            for key, counted in table.tally(request).items():
                found[key] = together(found.get(key), counted, times)
        return found

    def listed(self, request: Listing) -> list[tuple[Cell, ...]]:
        from ..rows.table import in_order

        found: list[tuple[Cell, ...]] = []
        for times, table in self.tables:
            listed = table.listed(request)
            if listed and times > MANY:
                raise CannotTell(f"more than {MANY:,} rows that are looked at one by one have to be said one by one")
            found += [cells for cells in listed for _ in range(times)]
        return sorted(found, key=in_order)

    def sampled(self, request: Sampled) -> list[Run]:
        """Rounds depend on each other, so that the rows are laid out: as many as can make a round fail."""
        return self.laid_out(request.source, request.failing).sampled(request)

    def turns(self, request: Sampled) -> Turns:
        return self.laid_out(request.source, request.failing).turns(request)

    def laid_out(self, name: str, at_most: int) -> Table:
        columns: dict[str, list[Cell]] = {}
        number = 0
        for told, sources in self.rows:
            times = min(told, at_most)
            for column, cells in sources[name].columns.items():
                columns.setdefault(column, []).extend(cell for cell in cells for _ in range(times))
            number += sources[name].count * times
        return Table({name: Rows(columns, number)})


def last_of_each_key(sources: dict[str, nodes.Source], made: list[Told]) -> list[Told]:
    """Of what is told of one key the row with the latest moment, as it is with data. Rows without a key all count."""
    others: list[Told] = []
    last: dict[tuple[str, Cell], Told] = {}
    for told in made:
        each, moments = told
        key = sources[each.source].deduplicated
        named = each.cells.get(key) if key is not None else None
        if named is None:
            others.append(told)
        elif (each.source, named) not in last or in_order_of_time(told) > in_order_of_time(last[each.source, named]):
            last[each.source, named] = each._replace(times=1), moments
    return [*others, *last.values()]


def in_order_of_time(told: Told) -> tuple[Any, ...]:
    from ..rows.table import in_order

    each, moments = told
    return in_order((max(moments, default=None), *each.cells.values()))


def lasting(source: nodes.Source | None, stretches: list[Stretch]) -> list[Told]:
    """Interruptions that are told by their beginning and end, as rows of their log, so that they can be counted."""
    if not isinstance(source, nodes.Outages):
        return []
    begins, ends = source.lasting.start, source.lasting.end
    empty: dict[str, Cell] = dict.fromkeys(columns_of(source))
    return [
        (Alike(source.name, 1, empty | {begins: each.start, ends: each.end}), [each.start, each.end])
        for each in stretches
    ]


def rows_of(source: nodes.Source, made: list[Told], times: int) -> Rows:
    told = [each for each, _ in made if each[:2] == (source.name, times)]
    return Rows({name: [each.cells.get(name) for each in told] for name in columns_of(source)}, len(told))


def together(one: Counted | None, other: Counted, times: int) -> Counted:
    """Two counts as one, the second so many times."""
    grown = Counted(other.rows * times, other.weight * times, tuple((a * times, b * times) for a, b in other.sums))
    if one is None:
        return grown
    sums = tuple((a + c, b + d) for (a, b), (c, d) in zip(one.sums, grown.sums, strict=True))
    return Counted(one.rows + grown.rows, one.weight + grown.weight, sums)


def columns_of(source: nodes.Source) -> dict[str, str]:
    """The columns of a source by name, and what each holds; the questions of a survey hold numbers."""
    asked = dict.fromkeys((question.name for question in getattr(source, "questions", ())), "number")
    found = {column.name: column.column_type or asked.get(column.name, "text") for column in source.columns}
    return found | {name: kind for name, kind in asked.items() if name not in found}


def source_of(fact: nodes.RowsFact) -> Any:
    """The source whose rows a fact is about."""
    return fact.of.target


# ------------------------------------------------------------------------------------------------- from words to cells


def alike(contract: Contract, fact: nodes.RowsFact, period: tuple[int, int]) -> Told:
    """The rows of a fact, and the moments that lie in them."""
    source = source_of(fact)
    if not isinstance(source, nodes.Source):
        raise CannotTell(f"rows of `{fact.of.name}` are made of others: say the rows of its source")
    if fact.number != int(fact.number):
        raise CannotTell(f"there are no {fact.number} rows")
    row = Row(contract, source, period)
    for predicate in said_of(fact.where):
        row.say(predicate)
    cells = row.complete()
    moments = [cell for name, cell in cells.items() if row.columns[name] in MOMENTS and isinstance(cell, int)]
    return Alike(source.name, int(fact.number), cells), moments


def said_of(where: Any) -> Iterable[Any]:
    """The single statements of a predicate."""
    if where is None:
        return []
    if not isinstance(where, expressions.Both):
        return [where]
    return [each for option in where.options for each in said_of(option)]


class Row:
    """The cells of a row, as they are told one after the other."""

    def __init__(self, contract: Contract, source: nodes.Source, period: tuple[int, int]) -> None:
        self.contract = contract
        self.agreement = contract.agreement
        self.source = source
        self.zone = source.timezone or contract.agreement.timezone or "UTC"
        self.columns = columns_of(source)
        self.period = period
        self.cells: dict[str, Cell] = {}
        self.apart: list[tuple[str, str, quantities.Duration]] = []

    def say(self, predicate: Any) -> None:
        if isinstance(predicate, expressions.Emptiness):
            self.cells[self.column(predicate.of)] = None
        elif isinstance(predicate, expressions.Membership):
            self.put(self.column(predicate.value), predicate.options[0])
        elif isinstance(predicate, expressions.Comparison) and predicate.relation in EXACT:
            if isinstance(predicate.left, expressions.SumOf):
                self.say_apart(predicate.left, predicate.right)
            else:
                self.put(self.column(predicate.left), predicate.right)
        elif not isinstance(predicate, expressions.Presence):
            raise CannotTell(f"`{predicate.span.text}` does not say what stands in the row: write  {example_of(self)}")

    def say_apart(self, difference: expressions.SumOf, length: Any) -> None:
        """`resolved - opened is 3 business hours`"""
        one = len(difference.addends) == 1 and difference.addends[0].sign == "-"
        if not one or not isinstance(length, quantities.Duration):
            raise CannotTell(f"`{difference.span.text}` does not say what stands in the row: write each of its columns")
        self.apart.append((self.column(difference.first), self.column(difference.addends[0].operand), length))

    def column(self, part: Any) -> str:
        target = part.target if isinstance(part, Reference) else None
        name = getattr(target, "name", "")
        if name not in self.columns:
            raise CannotTell(f"`{part.span.text}` is no column of `{self.source.name}`")
        return str(name)

    def put(self, name: str, value: Any) -> None:
        self.cells[name] = self.cell(self.columns[name], value)

    def cell(self, kind: str, value: Any) -> Cell:
        """A value as engines hold it, in a column of a kind."""
        if isinstance(value, nodes.PointInTime):
            return zones.instant(value.day, value.clock, self.zone)
        if isinstance(value, quantities.Text):
            return value.value
        if value in ("yes", "no"):
            return int(value == "yes")
        if isinstance(value, quantities.Duration):
            return millionths(value.amount * CLOCK_SECONDS.get(value.unit, Decimal(1)))
        if isinstance(value, (quantities.Quantity, quantities.Money)):
            return str(value.amount) if kind == "text" else millionths(value.amount)
        if hasattr(value, "toordinal"):
            return zones.midnight(value, self.zone)
        raise CannotTell(f"`{getattr(getattr(value, 'span', None), 'text', value)}` cannot stand in the row")

    def complete(self) -> dict[str, Cell]:
        """All cells, the times that were not said worked out from those that were, or from the window."""
        for later_one, earlier, length in self.apart:
            start, end = self.cells.get(earlier), self.cells.get(later_one)
            if isinstance(end, int) and not isinstance(start, int):
                self.cells[earlier] = self.after(end, length, -1)
            else:
                start = start if isinstance(start, int) else self.usual()
                self.cells[earlier] = start
                self.cells[later_one] = self.after(start, length, 1)
        moments = [cell for name, cell in self.cells.items() if self.columns[name] in MOMENTS and isinstance(cell, int)]
        unsaid = [name for name, kind in self.columns.items() if kind in MOMENTS and name not in self.cells]
        dated = dating_column(self.source)
        if dated is not None and dated in unsaid:
            self.cells[dated] = min(moments, default=self.usual())
        return {name: self.cells.get(name) for name in self.columns}

    def usual(self) -> int:
        """The first open hour of the window, at noon where no calendar is named."""
        start, end = self.period
        calendar = self.calendar()
        if calendar is not None:
            opened = business_time(calendar, self.agreement).open(start, end)
            return opened[0][0] if opened else start
        return start + NOON if end - start > NOON else start

    def after(self, moment: int, length: quantities.Duration, sign: int) -> int:
        return later(moment, length, self.calendar(), self.agreement, self.zone, sign)

    def calendar(self) -> nodes.Calendar | None:
        """The calendar of a promise that is measured from the source, or of the service that it is about."""
        from ...model.samples import sources_of_promise

        for promise in self.contract.every(nodes.Promise):
            if self.source in sources_of_promise(self.contract, promise) and not promise.all_hours:
                services = [named.target for named in promise.for_whom]
                for one in (promise, *services):
                    during = getattr(one, "during", None)
                    if during is not None:
                        found: nodes.Calendar = during.found
                        return found
        return None


EXACT = ("is", "=", "is at least", "is at most", "<=", ">=")


def example_of(row: Row) -> str:
    first = next(iter(row.columns))
    return f"{row.source.name} where {first} is …"


def millionths(amount: Decimal) -> int:
    return int((amount * MILLION).to_integral_value(ROUND_HALF_UP))
