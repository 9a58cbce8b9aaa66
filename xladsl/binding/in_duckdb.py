"""The same rows as `reading` makes, in DuckDB: for what is too large to be held in Python.

CSV and Parquet are read and cast by DuckDB itself, as far as that is sure. A row with a cell that is not plain goes the
way of all rows in Python, where it is cast, or rejected and located. So do all rows of other formats, and of files that
DuckDB cannot read, some thousands at a time. What is counted, rejected and told is the same either way.
"""

from __future__ import annotations

import os
from itertools import islice
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import finalize

from ..diagnostics import Severity
from ..evaluation.engines.driver import driver
from ..evaluation.engines.duckdb import DuckDB
from ..evaluation.engines.sql import Between, Held
from ..evaluation.instants import zones
from ..evaluation.results import SourceRead
from . import telling
from .casts import TIME_WITH_ZONE, Span, casting, identifier, literal
from .digests import Digests
from .files_in_sql import Lines, relation_of
from .measuring import LOOKED_THROUGH, Measured, measured
from .plain import Raw, ends_of, odd_text, plain
from .problems import SHOWN
from .readers import CHUNK, Chunk, reader_of
from .readers.parquet import refuse_truncated
from .reading import SourceReading, Term
from .telling import NO_DATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from ..model.contract import Contract
    from .plan import ColumnPlan, FilePlan, SourcePlan
    from .problems import Problem

MEMORY = "2GB"
"""What DuckDB may take; beyond that it goes on in files."""

AT_ONCE = 200_000
"""How many rows that came through Python are handed over at once."""


class ReadIntoDuckDB(NamedTuple):
    """An engine that holds the rows, how each source was read, and what is wrong: see `reading.Read`."""

    engine: DuckDB
    sources: tuple[SourceRead, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read_into_duckdb(
    contract: Contract, plans: Iterable[SourcePlan], environment: Mapping[str, str] | None = None, size: int = CHUNK
) -> ReadIntoDuckDB:
    """Read the rows of all sources into a database in a temporary folder, which goes with the engine."""
    plans = tuple(plans)
    digests = Digests(file.path for plan in plans for file in plan.files)
    folder = mkdtemp(prefix="xladsl-")
    connection = driver().connect()
    connection.execute(f"SET TimeZone = 'UTC'; SET memory_limit = '{MEMORY}'; SET parquet_metadata_cache = true")
    connection.execute(f"SET temp_directory = {literal(folder)}")
    store = Store(connection, os.path.join(folder, "rows.duckdb"), digests)
    term = Term(contract)
    held, sources, problems = {}, [], []
    for plan in plans:
        reading = SourceInDuckDB(plan, store, term)
        reading.read_all(environment or {}, size)
        held[plan.source], read = reading.finished_there()
        sources.append(read)
        problems += reading.problems
    engine = DuckDB(connection, held)
    finalize(engine, rmtree, folder, ignore_errors=True)
    return ReadIntoDuckDB(engine, tuple(sources), tuple(problems))


class Store(NamedTuple):
    """Where rows are read into: a connection, the file of a database for those that have to be written down, and the
    digests of all files."""

    connection: DuckDBPyConnection
    path: str
    digests: Digests

    def run(self, text: str, values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        return self.connection.execute(text, values).fetchall()

    def create(self, name: str, query: str, values: Sequence[Any] | None = None) -> None:
        """A table with the rows of a query. The file is made for the first one: most Parquet needs none."""
        self.run(f"ATTACH IF NOT EXISTS {literal(self.path)} AS kept; USE kept")
        self.run(f"CREATE OR REPLACE TABLE {name} AS {query}", values)


MARGIN = 2 * 366 * zones.DAY
LONGEST = 40 * 366 * zones.DAY


class Part(NamedTuple):
    """Some rows of a source: how a statement names them, and, of a file in which all columns are plain, what is known
    of them. `raw` are its own columns of times."""

    relation: str
    known: Measured | None = None
    raw: tuple[tuple[str, Raw], ...] = ()


class SourceInDuckDB(SourceReading):
    """One source while it is read. Its rows lie in parts: a query or a table for each file, and tables of rows that
    came through Python."""

    def __init__(self, plan: SourcePlan, store: Store, term: Term) -> None:
        super().__init__(plan)
        self.store = store
        self.run = store.run
        self.term = term
        self.span = Span(term.start - MARGIN, min(term.end, term.start + LONGEST) + MARGIN)
        self.names = [identifier(column.name) for column in plan.columns]
        self.parts: list[Part] = []

    def create(self, query: str, values: Sequence[Any] | None = None) -> str:
        """A table with the rows of a query; its name."""
        name = identifier(f"{self.plan.source}, part {len(self.parts) + 1}")
        self.store.create(name, query, values)
        return name

    # ----------------------------------------------------------------------------------------------------------- files

    def read_file(self, file: FilePlan, size: int) -> None:
        before = self.count
        try:
            headers = self.loaded(file, size) if self.plan.columns else None
        except driver().Error:  # what is wrong with it, if anything is, is for Python to say
            headers = None
        if headers is None:
            self.take_all(reader_of(file)(file, self.plan.columns, size))
        else:
            self.headers.update(dict.fromkeys(sorted(headers)))
        self.name_digest(file, self.store.digests.of(file.path), has_rows=self.count > before)

    def loaded(self, file: FilePlan, size: int) -> set[str] | None:
        """The columns of a file, if DuckDB has read it; if not, nothing of it was taken. Raises BrokenFileError."""
        if file.format == "parquet":
            refuse_truncated(file.path, file.shown)
        elif file.format == "csv":  # a broken file is told of as it always is
            next(reader_of(file)(file, self.plan.columns, 1), None)
        relation = relation_of(file, self.plan.columns)
        if relation is None:
            return None
        kinds = {name: kind for name, kind, *_ in self.run(f"DESCRIBE SELECT * FROM {relation}")}
        if not all(column.header in kinds for column in self.plan.columns):
            return None
        if file.format == "parquet" and self.plan.key is None and self.plan.lasting is None:
            part = self.plain_part(relation, kinds)
            if part is not None and part.known is not None:
                self.parts.append(part)
                self.count += part.known.rows
                return set(kinds)
        self.cast_part(file, relation, kinds, size)
        return set(kinds)

    def plain_part(self, relation: str, kinds: Mapping[str, str]) -> Part | None:
        """A file in which all columns are plain; None for another one.

        The least and the greatest cells stand in the file itself, and DuckDB looks them up there; a column is gone
        through only for what nothing is written down of.
        """
        columns = self.plan.columns
        ends = [ends_of(column, kinds[column.header]) for column in columns]
        if None in ends:
            return None
        wanted = [f"{each.least}, {each.greatest}" for each in ends if each is not None]
        [(rows, *found)] = self.run(f"SELECT COUNT(*), {', '.join(wanted)} FROM {relation}")
        values, raws, ranges = [], [], {}
        for column, least, greatest in zip(columns, found[::2], found[1::2], strict=True):
            it = plain(column, kinds[column.header], least, greatest, self.span)
            if it is None:
                return None
            name = identifier(column.name)
            values.append(f"{it.value} AS {name}")
            if it.between is not None:
                ranges[column.name] = it.between
            if it.ahead is not None:
                raw = Raw(identifier(f"{column.name} as it is"), kinds[column.header], it.ahead)
                values.append(f"{identifier(column.header)} AS {raw.name}")
                raws.append((column.name, raw))
        if any(self.run(f"SELECT 1 FROM {relation} WHERE {odd_text(column)} LIMIT 1") for column in columns
               if column.kind == "text"):  # fmt: skip
            return None
        for column, reader, least in zip(columns, self.readers, found[::2], strict=True):
            if reader.times is not None and least is not None:
                reader.times.with_offset |= kinds[column.header] == TIME_WITH_ZONE
                reader.times.without_offset |= kinds[column.header] != TIME_WITH_ZONE
        selected = f"(SELECT {', '.join(values)} FROM {relation})"
        full = frozenset(column.name for column in columns if self.is_full(relation, column))
        undated = rows - self.dated_in(relation) if self.plan.dated not in (None, *full) else 0
        return Part(selected, Measured(rows, ranges, full, NO_DATES, NO_DATES, undated), tuple(raws))

    def is_full(self, relation: str, column: ColumnPlan) -> bool:
        """Whether a column has no empty cell; DuckDB looks for the first."""
        return not self.run(f"SELECT 1 FROM {relation} WHERE {identifier(column.header)} IS NULL LIMIT 1")

    def dated_in(self, relation: str) -> int:
        """How many rows have a date by which they are put into windows."""
        [header] = [identifier(column.header) for column in self.plan.columns if column.name == self.plan.dated]
        [(number,)] = self.run(f"SELECT COUNT({header}) FROM {relation}")
        return int(number)

    def cast_part(self, file: FilePlan, relation: str, kinds: Mapping[str, str], size: int) -> None:
        cast = casting(self.plan.columns, kinds, relation, self.span)
        values = ", ".join(f"value{place} AS {name}" for place, name in enumerate(self.names))
        times = [place for place, reader in enumerate(self.readers) if reader.times is not None]
        if file.format == "parquet" and self.plan.key is None:
            [(rows, odd, *own)] = self.run(f"SELECT {self.survey(times)} FROM ({cast})")
            part = f"(SELECT {values} FROM ({cast}){f' WHERE NOT {self.is_odd}' if odd else ''})"
        else:
            told = "".join(f", own{place}, value{place}" for place in times)
            part = self.create(f"SELECT {values}, {self.is_odd} AS is_odd{told} FROM ({cast})")
            [(rows, odd, *own)] = self.run(f"SELECT {self.survey(times, 'is_odd')} FROM {part}")
            if odd:
                self.run(f"DELETE FROM {part} WHERE is_odd")
        self.parts.append(Part(part))
        self.count += rows - odd
        for place, with_offset, without in zip(times, own[::2], own[1::2], strict=True):
            reader = self.readers[place].times
            assert reader is not None
            reader.with_offset |= bool(with_offset)
            reader.without_offset |= bool(without)
        if odd:
            numbered = casting(self.plan.columns, kinds, relation, self.span, "ROW_NUMBER() OVER () AS number")
            texts = ", ".join(f"CAST(cell{place} AS VARCHAR)" for place in range(len(self.names)))
            self.take_by_hand(file, f"SELECT number, {texts} FROM ({numbered}) WHERE {self.is_odd} ORDER BY 1", size)

    @property
    def is_odd(self) -> str:
        """Whether the texts of a row must be looked at: it has a cell that is not plain, or it may be rejected."""
        place = {column.name: f"value{number}" for number, column in enumerate(self.plan.columns)}
        tests = ["is_odd"]
        if self.plan.key is not None:
            tests.append(f"{place[self.plan.key]} IS NULL")
        if self.plan.lasting is not None:
            start, end = (place[name] for name in self.plan.lasting)
            tests.append(f"COALESCE({end} < {start}, FALSE)")
        return f"({' OR '.join(tests)})"

    def survey(self, times: Sequence[int], is_odd: str = "") -> str:
        """How many rows there are and how many are odd; and for each column of times, whether there are some with an
        offset of their own, and without, in the other rows."""
        odd = is_odd or self.is_odd
        wanted = ["COUNT(*)", f"COUNT(*) FILTER ({odd})"]
        for place in times:
            kept = f"value{place} IS NOT NULL AND NOT {odd}"
            wanted += [f"BOOL_OR({own} AND {kept})" for own in (f"own{place}", f"NOT own{place}")]
        return ", ".join(wanted)

    def take_by_hand(self, file: FilePlan, query: str, size: int) -> None:
        """Rows that are not plain, with their numbers in the file, as texts; they are cast like all rows in Python."""
        lines = Lines(file, self.plan.columns, size) if file.format == "csv" else None
        rows = iter(self.run(query))
        while some := list(islice(rows, size)):
            numbers = [lines.of(row[0]) if lines else row[0] for row in some]
            columns = list(zip(*(row[1:] for row in some), strict=True))
            self.take(Chunk(file.shown, "line" if lines else "row", numbers, columns, [], set()))

    # ------------------------------------------------------------------------------------------------------------ rows

    def take(self, chunk: Chunk) -> None:
        super().take(chunk)
        if self.cells and len(self.cells[0]) >= AT_ONCE:
            self.hand_over()

    def hand_over(self) -> None:
        """Moves the rows that came through Python into a table."""
        if not self.cells or not self.cells[0]:
            return
        kinds = ("VARCHAR" if column.kind == "text" else "BIGINT" for column in self.plan.columns)
        lists = zip(self.names, kinds, strict=True)
        columns = ", ".join(f"UNNEST(${place}::{kind}[]) AS {name}" for place, (name, kind) in enumerate(lists, 1))
        self.parts.append(Part(self.create(f"SELECT {columns}", self.cells)))
        self.cells = [[] for _ in self.cells]

    # --------------------------------------------------------------------------------------------------------- the end

    def finished_there(self) -> tuple[Held, SourceRead]:
        """The rows that count, and what became of all of them: as `finished` has it."""
        broken = bool(self.problems)
        self.hand_over()
        relation, replaced, keys = self.one_for_each(self.together())
        held = self.known() or measured(self.plan, self.term, relation, identifier, self.run)
        alike = self.alike(relation, held.rows) if self.plan.key is None and self.plan.columns else 0
        self.tell_of_rows(alike, broken)
        self.problems += telling.of_dates(self.plan, held.early, held.late, held.undated, self.term.zone)
        if replaced:
            self.problems.append(telling.replaced(self.plan, replaced, keys))
        pruning = {name: raw.lies for name, raw in self.raw()} if self.plan.key is None else {}
        exact = {name: raw.is_one_of for name, raw in self.raw() if name in pruning}
        return Held(relation, held.rows, held.ranges, pruning, held.full, exact), SourceRead(
            source=self.plan.source,
            files=tuple(self.digests),
            rows=self.count,
            counted=held.rows - held.outside,
            rejected=self.rejected,
            replaced=replaced,
            outside=held.outside,
            problems=tuple(map(str, self.problems)),
        )

    def together(self) -> str:
        """All parts, as a statement names them."""
        if not self.plan.columns:
            return f"(SELECT 1 AS any FROM RANGE({self.count - self.rejected}))"
        if len(self.parts) == 1:
            return self.parts[0].relation
        if not self.parts:
            kinds = ("VARCHAR" if column.kind == "text" else "BIGINT" for column in self.plan.columns)
            columns = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in zip(self.names, kinds, strict=True))
            return f"(SELECT {columns} LIMIT 0)"
        names = ", ".join([*self.names, *(raw.name for _, raw in self.raw())])
        return f"({' UNION ALL '.join(f'SELECT {names} FROM {part.relation}' for part in self.parts)})"

    def raw(self) -> tuple[tuple[str, Raw], ...]:
        """The files' own columns of times, if all parts have the same."""
        first, *others = self.parts or [Part("")]
        return first.raw if all(part.raw == first.raw for part in others) else ()

    def one_for_each(self, relation: str) -> tuple[str, int, list[str]]:
        """The rows of which the key is there only once: see `table.one_for_each`. Also how many gave way, and a few
        keys that came more than once."""
        if self.plan.key is None:
            return relation, 0, []
        key = identifier(self.plan.key)
        several = f"SELECT {key} FROM {relation} GROUP BY {key} HAVING COUNT(*) > 1"
        [(number,)] = self.run(f"SELECT COUNT(*) FROM ({several})")
        if not number:
            return relation, 0, []
        moments = ", ".join(identifier(name) for name in self.plan.moments)
        latest = f"GREATEST({moments}) DESC NULLS LAST, " if moments else ""
        order = latest + ", ".join(f"{name} DESC NULLS LAST" for name in self.names)
        self.run(f"CREATE TEMP TABLE several AS {several}")
        names = ", ".join(self.names)
        best = (
            f"SELECT {names} FROM {relation} WHERE {key} IN (FROM several) "
            f"QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {order}) = 1"
        )
        [(before,)] = self.run(f"SELECT COUNT(*) FROM {relation}")
        kept = self.create(f"SELECT {names} FROM {relation} WHERE {key} NOT IN (FROM several) UNION ALL {best}")
        [(after,)] = self.run(f"SELECT COUNT(*) FROM {kept}")
        first = self.run(f"SELECT {key} FROM several ORDER BY 1 LIMIT {SHOWN}")
        self.run("DROP TABLE several")
        return kept, before - after, [value for (value,) in first for _ in range(2)]

    def known(self) -> Measured | None:
        """What is known of all parts, if all their dates lie within the term: others must be counted."""
        parts = [part.known for part in self.parts if part.known is not None]
        if not parts or len(parts) < len(self.parts):
            return None
        known = all_of(parts)
        if self.plan.dated is None:
            return known
        dates = known.ranges[self.plan.dated]
        return known if self.term.start <= dates.least and dates.greatest < self.term.end else None

    def alike(self, relation: str, rows: int) -> int:
        """How many rows are like another one in every column."""
        if rows > LOOKED_THROUGH:
            self.problems.append(telling.not_compared(self.plan, LOOKED_THROUGH))
            return 0
        names = ", ".join(self.names)
        [(different,)] = self.run(f"SELECT COUNT(*) FROM (SELECT DISTINCT {names} FROM {relation})")
        return rows - int(different)


def all_of(parts: list[Measured]) -> Measured:
    """What is known of some parts together; one without a row says nothing of its columns."""
    some = [part for part in parts if part.rows] or parts[:1]
    ranges = {
        name: Between(min(part.ranges[name].least for part in some), max(part.ranges[name].greatest for part in some))
        for name in some[0].ranges
    }
    full = frozenset.intersection(*(part.full for part in some))
    undated = sum(part.undated for part in parts)
    return Measured(sum(part.rows for part in parts), ranges, full, NO_DATES, NO_DATES, undated)
