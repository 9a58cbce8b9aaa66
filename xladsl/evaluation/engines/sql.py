"""A question about rows as one statement of SQL that answers with whole numbers.

A test in SQL can be unknown; ours is true or false. At the top of a statement, and below `AND` and `OR`, unknown counts
as false by itself; below `NOT` each comparison is told so, since `NOT` of unknown would be unknown again.

Each term is written together with the least and the greatest number that it can come to. So it is known before anything
runs where 64 bits are too few, and which days of a clock a statement needs.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from typing import TYPE_CHECKING, NamedTuple

from ..rows import requests
from ..rows.table import ARRIVED, COMPARED, conjuncts
from . import pages as paging
from .dialects import LARGEST_INTEGER, LARGEST_WIDE
from .pages import BITS, PAGE, Pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..instants.clocks import Clock
    from ..rows.requests import Listing, Sampled, Tally, Term, Test
    from .dialects import Dialect

FAR_PAST = 750_000
"""Added to the number of a page where an instant may be negative: databases do not agree about shifts of those."""

LIMB = 10**20
"""Where the wide type might not hold a total, quotients and remainders by this number are added up by themselves."""

FEW = {"readings": 4, "days": 16}
"""So many pieces of a clock are chosen from in the statement itself; more of them are joined as pages."""


class TooLargeError(Exception):
    """A number that a database could not hold: the engine must not be asked."""


class Between(NamedTuple):
    """The least and the greatest number that there can be."""

    least: int
    greatest: int

    @property
    def size(self) -> int:
        return max(-self.least, self.greatest)


ANY_CELL = Between(-(10**18), 10**18)
"""No cell of a number or a time is larger: binding rejects it."""

NO_NUMBER = Between(0, 0)
"""Of a text, and of what is always empty."""


class Held(NamedTuple):
    """A source as a database holds it: how a statement names it, how many rows it has at most, and between which
    numbers each column lies. Of a column that is not named nothing is known.

    `full` are columns in which no cell is empty; the ends of their range are cells.

    `pruning` has, for some columns, how else to say that they lie between two numbers, so that the database need not
    read all rows to find those; `exact` has, for such columns, how else to say that they are one of some numbers.
    """

    relation: str
    rows: int = 10**12
    ranges: Mapping[str, Between] = {}
    pruning: Mapping[str, Callable[[Between], str]] = {}
    full: frozenset[str] = frozenset()
    exact: Mapping[str, Callable[[Sequence[int]], str]] = {}


class Statement(NamedTuple):
    """`text` names some tables that must exist when it is carried out. `in_limbs` says, of each total in the order of
    the columns, whether it comes as two: how often it holds LIMB, and the rest."""

    text: str
    tables: tuple[Pages, ...]
    in_limbs: tuple[bool, ...] = ()

    def standing_alone(self, dialect: Dialect) -> str:
        """The statement with its tables written out, for whoever may not create any."""
        written = [f"{table.name}{dialect.table(table.columns, table.rows)}" for table in self.tables]
        if not written:
            return self.text
        more = self.text.removeprefix("WITH ")
        return f"WITH {', '.join(written)}{' ' if more == self.text else ', '}{more}"


# -------------------------------------------------------------------------------------------------------- statements


def tally(request: Tally, held: Held, dialect: Dialect) -> Statement:
    """Columns: the groups, how many rows, their weight if rows have one, and for each term a count and a total."""
    rows = RowsOf(held, dialect, request.test)
    by = [f"_by{number}" for number in range(len(request.by))]
    chosen = [f"{rows.cell(term)} AS {name}" for name, term in zip(by, request.by, strict=True)]
    results = [*by, "COUNT(*)"]
    totals = Totals(held.rows, dialect)
    weight = None if request.weight is None else rows.term(request.weight)
    if weight is not None:
        chosen.append(f"{weight.text} AS _weight")
        results += totals.of(Worked("_weight", weight.between))
    for number, term in enumerate(request.sums):
        summand = Worked(f"_term{number}", (each := rows.term(term)).between)
        chosen.append(f"{each.text} AS {summand.text}")
        if weight is None:
            results += [f"COUNT({summand.text})", *totals.of(summand)]
        else:
            weighing = Worked(f"CASE WHEN {summand.text} IS NOT NULL THEN _weight END", weight.between)
            weighted = rows.multiplied(summand, Worked("_weight", weight.between))
            results += [*totals.of(weighing), *totals.of(weighted)]
    counted = f"SELECT {', '.join(results)} FROM ({rows.select(chosen or ['1 AS _row'], request.test)}) AS _rows"
    grouped = f" GROUP BY {', '.join(by)}" if by else ""
    return Statement(counted + grouped, rows.tables(), tuple(totals.in_limbs))


def listing(request: Listing, held: Held, dialect: Dialect) -> Statement:
    rows = RowsOf(held, dialect, request.test)
    chosen = [f"{rows.cell(term)} AS _cell{number}" for number, term in enumerate(request.terms)]
    return Statement(rows.select(chosen or ["1 AS _row"], request.test), rows.tables())


def extent(term: Term, test: Test, held: Held, dialect: Dialect) -> Statement:
    """Columns: the least and the greatest cell of a term."""
    rows = RowsOf(held, dialect, test)
    inner = rows.select([f"{rows.term(term).text} AS _cell"], test)
    return Statement(f"SELECT MIN(_cell), MAX(_cell) FROM ({inner}) AS _rows", rows.tables())


def ends_of_runs(request: Sampled, held: Held, dialect: Dialect) -> Statement:
    """Columns: the number of a round, when it began, and whether it failed; of each run the first round and the last.

    Gaps and islands: a run begins where the round before it was of the other kind, and ends where the next one is.
    """
    rows = RowsOf(held, dialect, request.test)
    instant, ok = rows.term(request.instant).text, rows.term(request.ok).text
    begins = rows.term(requests.SliceStart(request.clock, request.interval, request.instant)).text
    chosen = [f"{begins} AS _slice", f"{instant} AS _at", f"{ok} AS _ok"]
    inner = rows.select(chosen, request.test, f"{instant} IS NOT NULL", f"{ok} IS NOT NULL")
    failed = f"CASE WHEN COUNT(CASE WHEN _ok = 0 THEN 1 END) >= {request.failing} THEN 1 ELSE 0 END"
    rounds = f"SELECT _slice, MIN(_at) AS _first, {failed} AS _failed FROM ({inner}) AS _rows GROUP BY _slice"
    numbered = (
        "SELECT _first, _failed, ROW_NUMBER() OVER (ORDER BY _slice) AS _number, "
        "LAG(_failed) OVER (ORDER BY _slice) AS _before, LEAD(_failed) OVER (ORDER BY _slice) AS _after FROM _rounds"
    )
    ends = "_before IS NULL OR _before <> _failed OR _after IS NULL OR _after <> _failed"
    return Statement(
        f"WITH _rounds AS ({rounds}), _numbered AS ({numbered}) "
        f"SELECT _number, _first, _failed FROM _numbered WHERE {ends}",
        rows.tables(),
    )


class Totals:
    """The sums of a statement, and which of them come in two limbs."""

    def __init__(self, rows: int, dialect: Dialect) -> None:
        self._rows = rows
        self._dialect = dialect
        self.in_limbs: list[bool] = []

    def of(self, term: Worked) -> list[str]:
        total = self._dialect.total
        fits = self._dialect.unbounded or term.between.size * self._rows <= LARGEST_WIDE
        self.in_limbs.append(not fits)
        if fits:
            return [total(term.text)]
        wide = self._dialect.widened(term.text)
        rest = self._dialect.remainder(wide, LIMB)
        whole = f"({wide} - {rest})"
        return [total(self._dialect.quotient(whole, LIMB)), total(rest)]


# --------------------------------------------------------------------------------------------------------- the rows


class Worked(NamedTuple):
    """A term in SQL, and between which numbers it lies."""

    text: str
    between: Between = NO_NUMBER


class RowsOf:
    """The rows of one source inside of a statement, with the pages of clocks that are joined to them."""

    def __init__(self, held: Held, dialect: Dialect, test: Test) -> None:
        self._held = held
        self._dialect = dialect
        self._bounds = bounds(test)
        self._joined: dict[tuple[str, str], tuple[str, Pages, str]] = {}
        """By the name of the pages and the instant: the name that they have here, and by what they are joined."""

    def select(self, chosen: Sequence[str], test: Test, *more: str) -> str:
        said = [each for each in conjuncts(test) if not self.is_pruned(each)]
        kept = [*map(self.test, said), *self.pruned(), *more]
        joins = "".join(f" JOIN {table.name} AS {alias} ON {on}" for alias, table, on in self._joined.values())
        where = f" WHERE {' AND '.join(kept)}" if kept else ""
        return f"SELECT {', '.join(chosen)} FROM {self._held.relation} AS _r{joins}{where}"

    def pruned(self) -> Iterator[str]:
        for name, lies in self._held.pruning.items():
            between = self._bounds.get(repr(requests.ColumnCell(name)))
            if between is not None:
                yield lies(between)

    def is_pruned(self, test: Test) -> bool:
        """Whether a test follows from what `pruned` says: whether it holds at both ends of a range that is said."""
        if not (isinstance(test, requests.Compared) and isinstance(test.left, requests.ColumnCell)):
            return False
        between = self._bounds.get(repr(test.left))
        if between is None or test.left.name not in self._held.pruning or not isinstance(test.right, requests.Constant):
            return False
        return test.relation != "!=" and all(COMPARED[test.relation](end, test.right.value) for end in between)

    def tables(self) -> tuple[Pages, ...]:
        return tuple({table.name: table for _, table, _ in self._joined.values()}.values())

    # --------------------------------------------------------------------------------------------------------- tests

    def test(self, test: Test, *, negated: bool = False) -> str:
        """A condition. It is never unknown where it is to be negated."""
        match test:
            case requests.Compared(left, relation, right):
                return self.told(self.compared(self.term(left), relation, self.term(right)), negated=negated)
            case requests.Empty(term):
                return f"{self.term(term).text} IS NULL"
            case requests.Running(clock, instant):
                return self.told(self.running(clock, self.instant(instant)), negated=negated)
            case requests.Every(tests):
                return joined(" AND ", [self.test(each, negated=negated) for each in tests], "TRUE")
            case requests.Some(tests):
                return joined(" OR ", [self.test(each, negated=negated) for each in tests], "FALSE")
            case requests.Not(inner):
                return f"NOT ({self.test(inner, negated=True)})"

    def told(self, condition: str, *, negated: bool) -> str:
        return f"COALESCE({condition}, FALSE)" if negated else condition

    def compared(self, left: Worked, relation: str, right: Worked) -> str:
        wide = is_wide(left.between) or is_wide(right.between)
        return self._dialect.compared(left.text, relation, right.text, wide=wide)

    def running(self, clock: Clock, instant: Worked) -> str:
        rate = self.on_clock(clock, "readings", instant, lambda _start, _shown, rate: str(rate))
        return f"({rate} > 0 AND {instant.text} IS NOT NULL)"

    # --------------------------------------------------------------------------------------------------------- terms

    def term(self, term: Term) -> Worked:
        match term:
            case requests.ColumnCell(name):
                if name == ARRIVED and name not in self._held.ranges:
                    return Worked(self.nothing())
                between = self._held.ranges.get(name, ANY_CELL)
                return Worked(f"_r.{self._dialect.quoted(name)}", between)
            case requests.Constant(value):
                between = Between(value, value) if isinstance(value, int) else NO_NUMBER
                return Worked(self._dialect.constant(value), between)
            case requests.Sum(added, subtracted):
                first, *others = [self.term(each) for each in added] or [Worked("0")]
                total = reduce(lambda total, each: self.added(total, "+", each), others, first)
                return reduce(lambda total, each: self.added(total, "-", each), map(self.term, subtracted), total)
            case requests.Product(factors):
                return reduce(self.multiplied, map(self.term, factors), Worked("1", Between(1, 1)))
            case requests.First(terms):
                return self.outermost(self._dialect.least, [self.term(each) for each in terms])
            case requests.Last(terms):
                return self.outermost(self._dialect.greatest, [self.term(each) for each in terms])
            case requests.Reading(clock, instant):
                return self.reading(clock, self.instant(instant))
            case requests.SliceStart(clock, length, instant):
                return self.slice_start(clock, length, self.instant(instant))
            case requests.Passes(test):
                return Worked(f"CASE WHEN {self.test(test)} THEN 1 ELSE 0 END", Between(0, 1))

    def cell(self, term: Term) -> str:
        """A term of which the number itself is asked for, not only a sum of it."""
        worked = self.term(term)
        if is_wide(worked.between) and self._dialect.wide_is_text:
            raise TooLargeError(f"{self._dialect.name} has no whole numbers beyond 64 bits")
        return worked.text

    def added(self, first: Worked, sign: str, second: Worked) -> Worked:
        (a, b), (c, d) = first.between, second.between
        between = Between(a + c, b + d) if sign == "+" else Between(a - d, b - c)
        self.check(between)
        return Worked(self._dialect.added(first.text, sign, second.text, wide=is_wide(between)), between)

    def multiplied(self, first: Worked, second: Worked) -> Worked:
        corners = [one * other for one in first.between for other in second.between]
        between = Between(min(corners), max(corners))
        self.check(between)
        if first.text == "1":
            return second
        return Worked(self._dialect.multiplied(first.text, second.text, wide=is_wide(between)), between)

    def check(self, between: Between) -> None:
        if between.size > LARGEST_WIDE and not self._dialect.unbounded:
            raise TooLargeError(f"{self._dialect.name} has no whole number of {len(str(between.size))} digits")

    def nothing(self) -> str:
        return f"CAST(NULL AS {self._dialect.integer})"

    def outermost(self, function: str, terms: list[Worked]) -> Worked:
        if not terms:
            return Worked(self.nothing())
        between = Between(min(each.between.least for each in terms), max(each.between.greatest for each in terms))
        return Worked(self._dialect.outermost(function, [each.text for each in terms]), between)

    # -------------------------------------------------------------------------------------------------------- clocks

    def instant(self, term: Term) -> Worked:
        """An instant to look up on a clock: where it lies among the rows that pass, and not among all of them.

        For numbers that would be wrong: a database may work them out of rows that do not pass, before it sees that.
        """
        worked = self.term(term)
        return worked._replace(between=overlap(worked.between, self._bounds.get(repr(term), worked.between)))

    def reading(self, clock: Clock, instant: Worked) -> Worked:
        between = shown_between(clock, *instant.between)
        if between.size > LARGEST_INTEGER:
            raise TooLargeError(f"{clock.name} counts beyond 64 bits")
        run = f"({{1}} + {{2}} * ({instant.text} - {{0}}))"
        return Worked(self.on_clock(clock, "readings", instant, run.format), between)

    def slice_start(self, clock: Clock, length: int, instant: Worked) -> Worked:
        """What has gone by since midnight loses its whole slices; of slices without end all of it is lost."""
        least, greatest = instant.between
        if clock.days[0] <= least and greatest - clock.days[0] < length:
            midnight = self.on_clock(clock, "days", instant, str)
            text = f"CASE WHEN {instant.text} IS NOT NULL THEN {midnight} END"
            return Worked(text, Between(clock.days[0], greatest))
        since = self.since_midnight(clock, length, instant)
        if since is None:
            midnight = self.on_clock(clock, "days", instant, str)
            since = f"({instant.text} - {midnight} + {slices_before(clock, length, least)})"
        return Worked(f"({instant.text} - {self._dialect.remainder(since, length)})", Between(least - length, greatest))

    def since_midnight(self, clock: Clock, length: int, instant: Worked) -> str | None:
        shift = self.shift_to_slices(clock, length, instant)
        return None if shift is None else f"({instant.text} {'-' if shift < 0 else '+'} {abs(shift)})"

    def shift_to_slices(self, clock: Clock, length: int, instant: Worked) -> int | None:
        """What to add to an instant, so that whole slices are left since some midnight, and nothing negative.

        Where all midnights that matter are a number of whole slices apart, any of them will do, and none has to be
        looked up; elsewhere there is no such number.
        """
        midnights = paging.within(paging.pieces(clock, "days"), *instant.between)
        if len({midnight % length for (midnight,) in midnights}) > 1:
            return None
        return slices_before(clock, length, instant.between.least) - midnights[0][0]

    def on_clock(self, clock: Clock, kind: str, instant: Worked, written: Callable[..., str]) -> str:
        """What is written of the piece of a clock in which an instant lies; of any piece for an empty instant."""
        pieces = paging.pieces(clock, kind)
        least, greatest = instant.between
        few = paging.within(pieces, least, greatest)
        at = instant.text
        if len(few) <= FEW[kind]:
            cases = [f"WHEN {at} >= {piece[0]} THEN {written(*piece)}" for piece in reversed(few[1:])]
            return f"CASE {' '.join(cases)} ELSE {written(*few[0])} END" if cases else written(*few[0])
        first, last = max(least, pieces[0][0]), min(greatest, pieces[-1][0])
        block = self._dialect.pages_at_once * PAGE
        table = paging.pages(clock, kind, first - first % block, last - last % block + block - 1)
        alias = self.joined(table, instant)
        cases = []
        if least < table.first:
            cases.append(f"WHEN {at} < {table.first} THEN {written(*pieces[0])}")
        if greatest >= table.end:
            cases.append(f"WHEN {at} >= {table.end} THEN {written(*pieces[-1])}")
        for number in range(table.pieces, 1, -1):
            columns = [f"{alias}.{name}_{number}" for name in table.names]
            cases.append(f"WHEN {at} >= {columns[0]} THEN {written(*columns)}")
        otherwise = written(*(f"{alias}.{name}_1" for name in table.names))
        return f"CASE {' '.join(cases)} ELSE {otherwise} END" if cases else otherwise

    def joined(self, table: Pages, instant: Worked) -> str:
        """The name under which the page of an instant is joined to its row. A row is never lost by that: what has no
        page, or nothing to look up, is given the first one, and none of its figures is taken."""
        key = table.name, instant.text
        if key not in self._joined:
            alias = f"_p{len(self._joined)}"
            shown = f"{instant.text} BETWEEN {table.first} AND {table.end - 1}"
            page = f"CASE WHEN {shown} THEN {self.page(table, instant)} ELSE {table.first >> BITS} END"
            self._joined[key] = (alias, table, f"{alias}.page = {page}")
        return self._joined[key][0]

    def page(self, table: Pages, instant: Worked) -> str:
        if table.first >= 0:
            return self._dialect.shifted(instant.text, BITS)
        return f"{self._dialect.shifted(f'({instant.text} + {FAR_PAST * PAGE})', BITS)} - {FAR_PAST}"


def slices_before(clock: Clock, length: int, least: int) -> int:
    """A time of whole slices that leads from an instant to the first midnight of a clock or beyond; none after it."""
    return -(-max(clock.days[0] - least, 0) // length) * length


def joined(word: str, conditions: list[str], nothing: str) -> str:
    return f"({word.join(conditions)})" if conditions else nothing


def is_wide(between: Between) -> bool:
    """Whether 64 bits are too few."""
    return between.size > LARGEST_INTEGER


def overlap(one: Between, other: Between) -> Between:
    """What two ranges share; where that is nothing, a single number, for no row will pass."""
    least = max(one.least, other.least)
    return Between(least, max(least, min(one.greatest, other.greatest)))


def bounds(test: Test) -> dict[str, Between]:
    """Between which numbers some terms lie in each row that passes, by how a term is written."""
    found: dict[str, Between] = {}
    for each in conjuncts(test):
        if isinstance(each, requests.Compared) and isinstance(each.right, requests.Constant):
            limit, relation = each.right.value, each.relation
            if isinstance(limit, int) and relation != "!=":
                least = ANY_CELL.least if relation.startswith("<") else limit + (relation == ">")
                greatest = ANY_CELL.greatest if relation.startswith(">") else limit - (relation == "<")
                known = found.get(repr(each.left), ANY_CELL)
                found[repr(each.left)] = overlap(known, Between(least, greatest))
    return found


@lru_cache(maxsize=256)
def shown_between(clock: Clock, first: int, last: int) -> Between:
    """The least and the greatest that a clock shows from one instant to another."""
    ends = [clock.at(first), clock.at(last)]
    inside = range(clock.piece(first) + 1, clock.piece(last) + 1)
    for piece in inside:
        before = clock.starts[piece] - clock.starts[piece - 1]
        ends += [clock.shown[piece], clock.shown[piece - 1] + clock.rates[piece - 1] * before]
    return Between(min(ends), max(ends))
