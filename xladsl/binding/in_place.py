"""Rows that stay in their database: bound there, and counted there, so that only whole numbers leave.

What a plan says of the cells is said to the database in SQL (`casts_in_place`). A row with a cell that is not plain is
fetched, and goes the way of all rows in Python, where it is cast, or rejected and located. What is counted, rejected
and told is the same as if all rows had been fetched.
"""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import finalize

from ..diagnostics import Severity
from ..evaluation.engines.connection import Remote
from ..evaluation.engines.several import Several
from ..evaluation.engines.sql import Between, Held
from ..evaluation.instants import zones
from ..evaluation.results import SourceRead
from ..evaluation.rows.table import Table
from . import telling
from .casts import Span
from .casts_in_place import Casting
from .faults import SHOWN_TWICE, SKIPPED, Fault, place_of
from .measuring import LOOKED_THROUGH, Measured, measured
from .plain import within
from .plan import ISO
from .problems import SHOWN, Place
from .readers import CHUNK, BrokenFileError
from .readers.databases import Database, chunk_of, known_by, refuse_missing
from .reading import Read, SourceReading, Term, read
from .tongues import DIGITS, TONGUES, digest_of, total_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..evaluation.rows.requests import Engine
    from ..model.contract import Contract
    from .plan import ColumnPlan, SourcePlan, TablePlan
    from .problems import Problem
    from .tongues import Kind, Tongue

MOST = 100_000
"""So many rows are fetched to be cast one by one; where there are more, the database cannot be asked."""

MOST_KEPT = 2_000
"""So many of them, cast, are handed back to the database with each question."""

BEFORE, AFTER = 12 * 366 * zones.DAY, 2 * 366 * zones.DAY
"""How long before the term and after it the offsets of a zone are told to the database."""


class ReadInPlace(NamedTuple):
    """Whoever holds the rows, how each source was read, and what is wrong: see `reading.Read`."""

    engine: Engine
    sources: tuple[SourceRead, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def counts_itself(plan: SourcePlan) -> bool:
    """Whether the rows of a source lie in a database that can count them."""
    return plan.table is not None and plan.table.driver in TONGUES


def read_in_place(
    contract: Contract, plans: Iterable[SourcePlan], environment: Mapping[str, str] | None = None, size: int = CHUNK
) -> ReadInPlace:
    """Bind the rows of all sources where they lie, and read those that do not lie in a database that counts."""
    databases = Databases(environment or {})
    here: list[Read] = []
    sources: list[SourceRead] = []
    problems: list[Problem] = []
    for plan in plans:
        if not counts_itself(plan):
            here.append(read(contract, [plan], environment, size))
            sources += here[-1].sources
            problems += here[-1].problems
            continue
        reading = SourceInPlace(plan, databases, Term(contract))
        reading.read_all(environment or {}, size)
        sources.append(reading.finished_there())
        problems += reading.problems
    engine = databases.engine(here)
    finalize(engine, databases.close)
    return ReadInPlace(engine, tuple(sources), tuple(problems))


class Databases:
    """The databases that were connected to, each once, and what they hold."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.known: dict[tuple[Any, ...], Database] = {}
        self.held: dict[tuple[Any, ...], dict[str, Held]] = {}

    def of(self, table: TablePlan) -> Database:
        """The database of a table. Raises BrokenFileError."""
        where = (table.driver, table.connect)
        if where not in self.known:
            self.known[where] = Database(table, self.environment)
        found = copy(self.known[where])
        found.table = table
        return found

    def hold(self, source: str, table: TablePlan, held: Held) -> None:
        self.held.setdefault((table.driver, table.connect), {})[source] = held

    def engine(self, here: Sequence[Read]) -> Remote | Several | Table:
        """Whoever holds the rows: the databases, and Python for those that were read."""
        engines: list[Remote | Table] = []
        for where, held in self.held.items():
            database = copy(self.known[where])
            database.table = database.table._replace(shown=database.table.driver)  # for whatever it is asked
            engines.append(Remote(TONGUES[database.table.driver].name, database.asked, held))
        if here or not engines:
            engines.append(Table({name: rows for each in here for name, rows in each.rows.items()}))
        return engines[0] if len(engines) == 1 else Several(engines)

    def close(self) -> None:
        for database in self.known.values():
            database.close()


class Survey(NamedTuple):
    """What became of the rows of a table: how many there are, how many are odd, and their digest. `times` has for each
    column of times how many of the others carry an offset, how many do not, how many are shown twice, and never."""

    rows: int
    odd: int
    digest: int
    times: dict[int, tuple[int, int, int, int]]


class SourceInPlace(SourceReading):
    """One source, in its database."""

    def __init__(self, plan: SourcePlan, databases: Databases, term: Term) -> None:
        super().__init__(plan)
        self.databases = databases
        self.term = term
        self.relation = ""
        self.raw: tuple[tuple[str, Raw], ...] = ()
        self.counted: Counted | None = None

    def read_table(self, table: TablePlan, environment: Mapping[str, str], size: int) -> None:  # noqa: ARG002  # known
        self.database = self.databases.of(table)
        self.tongue: Tongue = TONGUES[table.driver]()
        self.names = [self.tongue.quoted(column.name) for column in self.plan.columns]
        kinds = self.database.kinds(self.tongue)
        refuse_missing(self.plan, list(kinds))
        self.headers.update(dict.fromkeys(sorted(kinds)))
        self.kinds = [kinds[column.header] for column in self.plan.columns]
        span = Span(self.term.start - BEFORE, self.term.end + AFTER)
        self.rows = Casting(self.plan, self.kinds, self.tongue, span).rows()
        survey = self.survey()
        self.digests.append((table.shown, digest_of(survey.digest)))
        self.count += survey.rows - survey.odd
        for place, (with_offset, without, *unclear) in survey.times.items():
            reader = self.readers[place].times
            assert reader is not None
            reader.with_offset |= with_offset > 0
            reader.without_offset |= without > 0
            for number, flag, why in zip(unclear, ("twice", "skipped"), (SHOWN_TWICE, SKIPPED), strict=True):
                if number:
                    column = self.plan.columns[place]
                    self.faults.add(Fault(column, why), *self.places(f"{flag}{place}", place), rows=number)
        if survey.odd:
            self.take_odd(survey.odd, size)
        self.bind(any_odd=bool(survey.odd))
        self.count_there()

    # -------------------------------------------------------------------------------------------------- what lies there

    def survey(self) -> Survey:
        times = [place for place, reader in enumerate(self.readers) if reader.times is not None]
        wanted = ["COUNT(*)", counted("is_odd"), *self.tongue.sums("digest")]
        for place in times:
            kept = f"value{place} IS NOT NULL AND NOT is_odd"
            tests = (f"own{place} AND {kept}", f"NOT own{place} AND {kept}",
                     f"twice{place} AND NOT is_odd", f"skipped{place} AND NOT is_odd")  # fmt: skip
            wanted += map(counted, tests)
        digested = f"SELECT *, {self.tongue.digest_of_row(self.texts)} AS digest FROM {self.rows}{self.tongue.fence}"
        [(rows, odd, *found)] = self.database.asked(f"SELECT {', '.join(wanted)} FROM ({digested}) AS _digested")
        sums, told = found[: len(DIGITS)], list(map(int, found[len(DIGITS) :]))
        each = zip(told[::4], told[1::4], told[2::4], told[3::4], strict=True)
        digest = total_of([int(each or 0) for each in sums])
        return Survey(int(rows), int(odd), digest, dict(zip(times, each, strict=True)))

    @property
    def texts(self) -> list[str]:
        return [f"text{place}" for place in range(len(self.plan.columns))]

    def places(self, test: str, place: int) -> list[Place]:
        """The first rows that pass a test, in the order of their texts; `place` is that of the column told of."""
        order = ", ".join(f"text{at}{self.tongue.by_code_points} NULLS FIRST" for _, at in known_by(self.plan))
        some = f"SELECT {', '.join(self.texts)} FROM {self.rows} WHERE {test} AND NOT is_odd"
        chunk = chunk_of(self.plan, self.database.asked(f"{some} ORDER BY {order} LIMIT {SHOWN}"), 0, set())
        column = self.plan.columns[place]
        return [place_of(chunk, row, column, text) for row, text in enumerate(chunk.columns[place])]

    def take_odd(self, number: int, size: int) -> None:
        """Fetches the rows that are not plain; they are cast like all rows in Python. Raises BrokenFileError."""
        rows = f"SELECT {', '.join(self.texts)} FROM {self.rows} WHERE is_odd"
        if number > MOST:
            raise self.too_many(number, rows)
        before = 0
        for some in self.database.some_at_once(self.database.cursor(rows), size):
            self.take(chunk_of(self.plan, some, before, set()))
            before += len(some)
        kept = len(self.cells[0]) if self.cells else 0
        if kept > MOST_KEPT:
            raise self.too_many(kept, rows)

    def too_many(self, number: int, rows: str) -> BrokenFileError:
        shown = self.plan.table.shown if self.plan.table else ""
        chunk = chunk_of(self.plan, self.database.asked(f"{rows} LIMIT {SHOWN}"), 0, set())
        places = (Place(shown, cells=tuple((header, chunk.columns[at][row]) for header, at in chunk.known_by))
                  for row in range(len(chunk.numbers)))  # fmt: skip
        return BrokenFileError(
            "not-plain",
            f"{number:,} rows of `{self.plan.source}` hold a cell that the database cannot be asked to cast",
            *places,
            why="It casts what is plainly written or has a type of its own: numbers such as `12.5`, times such as "
            "`2026-04-07 10:00`. All else is fetched and cast row by row, which is for a few rows only.",
            remedy=f"Let `query` under `[{self.plan.source}]` make them plain, or count them here:  --engine duckdb .",
        )

    # -------------------------------------------------------------------------------------------------- what is counted

    def bind(self, *, any_odd: bool) -> None:
        """Names the rows that count as a statement does: those that the database casts, and those that were fetched."""
        values = [f"value{place} AS {name}" for place, name in enumerate(self.names)]
        kept = len(self.cells[0]) if self.cells else 0
        if not kept:
            self.raw = tuple(self.raw_times())
            values += [f"cell{raw.place} AS {raw.name}" for _, raw in self.raw]
        where = " WHERE NOT is_odd" if any_odd else ""
        self.relation = f"(SELECT {', '.join(values) or '1 AS one'} FROM {self.rows}{where})"
        if kept:
            self.relation = f"({self.relation[1:-1]} UNION ALL {self.fetched()})"

    def fetched(self) -> str:
        """The rows that were fetched and cast, written out."""
        literal = self.tongue.literal
        rows = ", ".join(f"({', '.join(map(literal, cells))})" for cells in zip(*self.cells, strict=True))
        names = [f"_c{place}" for place in range(len(self.cells))]
        types = (self.tongue.string if column.kind == "text" else "BIGINT" for column in self.plan.columns)
        cells = ", ".join(f"CAST({name} AS {type_name})" for name, type_name in zip(names, types, strict=True))
        return f"SELECT {cells} FROM (VALUES {rows}) AS _v ({', '.join(names)})"

    def raw_times(self) -> Iterable[tuple[str, Raw]]:
        """The table's own columns of times, where what is said of time can be said of them too: so that the database
        passes over the parts of the table that lie in other windows."""
        for place, (column, kind) in enumerate(zip(self.plan.columns, self.kinds, strict=True)):
            if column.kind == "time" and column.form == ISO and is_in_utc(column, kind):
                yield column.name, Raw(place, self.tongue.quoted(f"{column.name} as it is"), kind, self.tongue)

    def count_there(self) -> None:
        """Which rows count, how many they are, and between which numbers they lie."""
        replaced, alike = 0, 0
        keys: list[str] = []
        if self.plan.key is not None:
            replaced, keys = self.one_for_each(self.tongue.quoted(self.plan.key))
        held = measured(self.plan, self.term, f"{self.relation} AS _r", self.tongue.quoted, self.database.asked)
        if self.plan.key is None and self.plan.columns:
            alike = self.alike(held.rows)
        self.counted = Counted(held, replaced, keys, alike)
        assert self.plan.table is not None
        pruning = {name: raw.lies for name, raw in self.raw}
        at_rest = Held(self.relation, held.rows, held.ranges, pruning, held.full)
        self.databases.hold(self.plan.source, self.plan.table, at_rest)

    def one_for_each(self, key: str) -> tuple[int, list[str]]:
        """Leaves one row for each key: see `table.one_for_each`. How many gave way, and a few keys that came more than
        once."""
        several = f"SELECT {key}, COUNT(*) AS _rows FROM {self.relation} AS _r GROUP BY {key} HAVING COUNT(*) > 1"
        [(number, rows)] = self.database.asked(f"SELECT COUNT(*), SUM(_rows) FROM ({several}) AS _several")
        if not number:
            return 0, []
        by_code_points = self.tongue.by_code_points
        in_order = f"SELECT {key} FROM ({several}) AS _several ORDER BY {key}{by_code_points} LIMIT {SHOWN}"
        keys = [str(row[0]) for row in self.database.asked(in_order)]
        moments = ", ".join(map(self.tongue.quoted, self.plan.moments))
        latest = [f"GREATEST({moments})" if len(self.plan.moments) > 1 else moments] if moments else []
        cells = [f"{name}{by_code_points if column.kind == 'text' else ''}"
                 for name, column in zip(self.names, self.plan.columns, strict=True)]  # fmt: skip
        order = ", ".join(f"{each} DESC NULLS LAST" for each in (*latest, *cells))
        turn = f"ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {order}) AS _turn"
        numbered = f"SELECT {', '.join(self.names)}, {turn} FROM {self.relation} AS _r"
        self.relation = f"(SELECT {', '.join(self.names)} FROM ({numbered}) AS _numbered WHERE _turn = 1)"
        self.raw = ()
        return int(rows) - int(number), keys

    def alike(self, rows: int) -> int:
        """How many rows are like another one in every column."""
        if rows > LOOKED_THROUGH:
            self.problems.append(telling.not_compared(self.plan, LOOKED_THROUGH))
            return 0
        different = f"SELECT DISTINCT {', '.join(self.names)} FROM {self.relation} AS _r"
        [(number,)] = self.database.asked(f"SELECT COUNT(*) FROM ({different}) AS _different")
        return rows - int(number)

    # ---------------------------------------------------------------------------------------------------------- the end

    def finished_there(self) -> SourceRead:
        """What became of all rows: as `finished` has it."""
        if self.counted is None:  # nothing of it can be relied on, which is told
            self.cells = [[] for _ in self.plan.columns]
            return self.finished(self.term)[1]
        held, replaced, keys, alike = self.counted
        self.tell_of_rows(alike, broken=False)
        self.problems += telling.of_dates(self.plan, held.early, held.late, held.undated, self.term.zone)
        if replaced:
            self.problems.append(telling.replaced(self.plan, replaced, [key for key in keys for _ in range(2)]))
        return SourceRead(
            source=self.plan.source,
            files=tuple(self.digests),
            rows=self.count,
            counted=held.rows - held.outside,
            rejected=self.rejected,
            replaced=replaced,
            outside=held.outside,
            problems=tuple(map(str, self.problems)),
        )


class Counted(NamedTuple):
    """What was asked of the rows that count: see `Measured`. How many gave way to others, a few of the keys that came
    more than once, and how many are like another one in every column."""

    held: Measured
    replaced: int
    keys: list[str]
    alike: int


def is_in_utc(column: ColumnPlan, kind: Kind) -> bool:
    return kind == "instant" or (kind == "time" and column.zone == "UTC")


class Raw(NamedTuple):
    """A column of times as the table has it: its place in the plan, its name in a query, and what it holds."""

    place: int
    name: str
    kind: Kind
    tongue: Tongue

    def lies(self, between: Between) -> str:
        """That a time lies between two instants, both included."""
        least, greatest = (
            self.tongue.moment(f"{zones.EPOCH + timedelta(microseconds=at):%Y-%m-%d %H:%M:%S.%f}", self.kind)
            for at in within(between)
        )
        return f"_r.{self.name} >= {least} AND _r.{self.name} <= {greatest}"


def counted(test: str) -> str:
    return f"COUNT(CASE WHEN {test} THEN 1 END)"
