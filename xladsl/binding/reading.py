"""Rows of text become the rows that count. What does not count is counted all the same, and located."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Severity
from ..evaluation.instants import zones
from ..evaluation.results import SourceRead
from ..evaluation.rows.table import Rows, one_for_each
from . import telling
from .cells import CellReader
from .digests import sha256_of
from .faults import SHOWN_TWICE, SKIPPED, Faults
from .plan import BLANKS
from .problems import Place, Problem, error
from .readers import CHUNK, BrokenFileError, Chunk, missing_columns, reader_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..evaluation.rows.requests import Cell
    from ..model.contract import Contract
    from .plan import FilePlan, SourcePlan, TablePlan


class Read(NamedTuple):
    """The rows of each source, how each was read, and what is wrong with them. Where reading `failed`, nothing may rest
    on the rows."""

    rows: Mapping[str, Rows]
    sources: tuple[SourceRead, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read(
    contract: Contract, plans: Iterable[SourcePlan], environment: Mapping[str, str] | None = None, size: int = CHUNK
) -> Read:
    """Read the rows of all sources. `environment` has the secrets that databases ask for; `size` is how many rows are
    held as text at once."""
    term = Term(contract)
    rows, sources, problems = {}, [], []
    for plan in plans:
        reading = SourceReading(plan)
        reading.read_all(environment or {}, size)
        rows[plan.source], read = reading.finished(term)
        sources.append(read)
        problems += reading.problems
    return Read(rows, tuple(sources), tuple(problems))


class Term:
    """From when until when an agreement lasts, and the zone in which its days are counted."""

    def __init__(self, contract: Contract) -> None:
        agreement = contract.agreement
        self.zone = agreement.timezone or "UTC"
        self.start = zones.midnight(agreement.term.start, self.zone)
        self.end = zones.instant(agreement.term.end, time.max, self.zone)


class SourceReading:
    """One source while it is read."""

    def __init__(self, plan: SourcePlan) -> None:
        self.plan = plan
        self.readers = [CellReader(column) for column in plan.columns]
        self.cells: list[list[Cell]] = [[] for _ in plan.columns]
        self.headers: dict[str, None] = {}
        self.digests: list[tuple[str, str]] = []
        self.same: dict[str, list[str]] = {}
        self.faults = Faults()
        self.problems: list[Problem] = []
        self.count = 0
        self.rejected = 0

    # --------------------------------------------------------------------------------------------------- files, tables

    def read_all(self, environment: Mapping[str, str], size: int) -> None:
        for file in self.plan.files:
            try:
                self.read_file(file, size)
            except BrokenFileError as broken:
                self.problems.append(broken.of(self.plan.source))
            except OSError as fault:
                title = f"`{file.shown}` cannot be read: {fault.strerror}"
                self.problems.append(error("no-file", self.plan.source, title))
        if self.plan.table is not None:
            try:
                self.read_table(self.plan.table, environment, size)
            except BrokenFileError as broken:
                self.problems.append(broken.of(self.plan.source))

    def read_file(self, file: FilePlan, size: int) -> None:
        before = self.count
        self.take_all(reader_of(file)(file, self.plan.columns, size))
        self.name_digest(file, sha256_of(file.path), has_rows=self.count > before)

    def name_digest(self, file: FilePlan, digest: str, *, has_rows: bool) -> None:
        self.digests.append((file.shown, digest))
        if has_rows:
            self.same.setdefault(digest, []).append(file.shown)

    def read_table(self, table: TablePlan, environment: Mapping[str, str], size: int) -> None:
        from .readers.databases import TableReader

        reader = TableReader(self.plan, table, environment)
        self.take_all(reader.chunks(size))
        self.digests.append((table.shown, reader.digest_of_rows))

    def take_all(self, chunks: Iterator[Chunk]) -> None:
        for chunk in chunks:
            self.headers.update(dict.fromkeys(sorted(chunk.headers)))
            self.take(chunk)

    # ------------------------------------------------------------------------------------------------------------ rows

    def take(self, chunk: Chunk) -> None:
        """Casts the rows of a chunk and keeps those that can be."""
        for number, text, why in chunk.broken:
            self.faults.in_row(chunk, number, text, why)
        bad: set[int] = set()
        cast = []
        for reader, texts in zip(self.readers, chunk.columns, strict=True):
            cells, unreadable = reader.cells(texts)
            for row, why in unreadable.items():
                self.faults.in_cell(chunk, row, reader.column, texts[row], why)
            bad.update(unreadable)
            cast.append(cells)
            self.notice_odd_times(chunk, reader, texts)
        bad.update(self.without_key(chunk, cast, bad))
        bad.update(self.backwards(chunk, cast, bad))
        self.count += len(chunk.numbers) + len(chunk.broken)
        self.rejected += len(bad) + len(chunk.broken)
        for kept, cells in zip(self.cells, cast, strict=True):
            kept += [cell for row, cell in enumerate(cells) if row not in bad] if bad else cells

    def without_key(self, chunk: Chunk, cast: list[list[Cell]], bad: set[int]) -> list[int]:
        """The rows whose key is empty, of those that can be read."""
        if self.plan.key is None:
            return []
        place = self.place_of(self.plan.key)
        rows = [row for row, cell in enumerate(cast[place]) if cell is None and row not in bad]
        for row in rows:
            self.faults.in_cell(chunk, row, self.plan.columns[place], None, "is empty, and it is the key")
        return rows

    def backwards(self, chunk: Chunk, cast: list[list[Cell]], bad: set[int]) -> list[int]:
        """The rows that end before they begin, of those that can be read."""
        if self.plan.lasting is None:
            return []
        start, end = map(self.place_of, self.plan.lasting)
        times = zip(cast[start], cast[end], strict=True)
        rows = [row for row, (began, ended) in enumerate(times) if is_before(ended, began) and row not in bad]
        for row in rows:
            why = f"lies before the beginning, `{self.plan.columns[start].header}`"
            self.faults.in_cell(chunk, row, self.plan.columns[end], chunk.columns[end][row], why)
        return rows

    def place_of(self, name: str) -> int:
        return next(place for place, column in enumerate(self.plan.columns) if column.name == name)

    def notice_odd_times(self, chunk: Chunk, reader: CellReader, texts: Sequence[str | None]) -> None:
        """Locates the times that the clocks of their zone show twice or never. They are rare."""
        if reader.times is None:
            return
        for odd, why in ((reader.times.twice, SHOWN_TWICE), (reader.times.skipped, SKIPPED)):
            for row, text in enumerate(texts) if odd else ():
                if text is not None and text.strip(BLANKS) in odd:
                    self.faults.in_cell(chunk, row, reader.column, text, why)

    # --------------------------------------------------------------------------------------------------------- the end

    def finished(self, term: Term) -> tuple[Rows, SourceRead]:
        """The rows that count, and what became of all of them."""
        broken = bool(self.problems)
        columns = {column.name: cells for column, cells in zip(self.plan.columns, self.cells, strict=True)}
        rows = Rows(columns, self.count - self.rejected)
        replaced = 0
        if self.plan.key is not None:
            rows, replaced = one_for_each(rows, self.plan.key, self.plan.moments)
        early, late, undated = self.beside(rows, term)
        self.tell_of_rows(alike(rows) if self.plan.key is None else 0, broken)
        self.problems += telling.of_dates(self.plan, early, late, undated, term.zone)
        if replaced:
            self.problems.append(telling.replaced(self.plan, replaced, columns[self.plan.key or ""]))
        outside = early.number + late.number
        return rows, SourceRead(
            source=self.plan.source,
            files=tuple(self.digests),
            rows=self.count,
            counted=rows.count - outside,
            rejected=self.rejected,
            replaced=replaced,
            outside=outside,
            problems=tuple(map(str, self.problems)),
        )

    def beside(self, rows: Rows, term: Term) -> tuple[telling.Dates, telling.Dates, int]:
        """The dates before the term and after it, and how many rows have none."""
        if self.plan.dated is None:
            return telling.NO_DATES, telling.NO_DATES, 0
        dates = rows.columns[self.plan.dated]
        early = [at for at in dates if isinstance(at, int) and at < term.start]
        late = [at for at in dates if isinstance(at, int) and at >= term.end]
        return dates_of(early), dates_of(late), dates.count(None)

    def tell_of_rows(self, alike: int, broken: bool) -> None:
        """`alike` is how many rows are like another one in every column."""
        missing = [column for column in self.plan.columns if column.header not in self.headers]
        if missing and self.count and not broken:  # in JSON a row or a file may lack a column, but not all of them
            place = Place(" and ".join(name for name, _ in self.digests))
            self.problems.append(missing_columns(missing, self.headers, place).of(self.plan.source))
        for fault, found in self.faults.told():
            self.problems.append(telling.of_fault(self.plan, fault, found, self.rejected, self.count))
        self.problems += telling.of_offsets(self.plan, self.readers)
        self.problems += telling.of_arrival(self.plan)
        if self.plan.key is None:
            self.problems += telling.of_same_files(self.plan, self.same)
            self.problems += telling.of_same_rows(self.plan, alike)
        if not self.count and not broken:
            self.problems.append(telling.no_rows(self.plan))


def dates_of(instants: list[int]) -> telling.Dates:
    return telling.Dates(len(instants), min(instants), max(instants)) if instants else telling.NO_DATES


def alike(rows: Rows) -> int:
    """How many rows are like another one in every column."""
    return rows.count - len(set(zip(*rows.columns.values(), strict=True))) if rows.columns else 0


def is_before(ended: Cell, began: Cell) -> bool:
    return isinstance(ended, int) and isinstance(began, int) and ended < began
