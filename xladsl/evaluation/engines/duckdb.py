"""DuckDB inside of this process: for what is too large to be held in Python, up to files larger than memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..rows.requests import Run, Sampled, Turns
from . import failures, words
from .answers import Answers
from .dialects import DIALECTS
from .driver import driver
from .sql import Between, Held

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from .pages import Pages
    from .sql import Statement


class DuckDB(Answers):
    """Sources are tables or views of a connection, with the columns that the agreement names."""

    name = "duckdb"

    def __init__(self, connection: DuckDBPyConnection, held: Mapping[str, Held]) -> None:
        super().__init__(DIALECTS["duckdb"], dict(held))
        self.version = driver().__version__
        self._connection = connection
        self._made: set[str] = set()

    def rows(self, statement: Statement) -> Sequence[Sequence[Any]]:
        for table in statement.tables:
            if table.name not in self._made:
                make(self._connection, table)
                self._made.add(table.name)
        return self._connection.execute(statement.text).fetchall()

    def sampled(self, request: Sampled) -> list[Run]:
        found = words.runs(request, self._held[request.source], self._dialect, self.rows)
        return super().sampled(request) if found is None else found

    def turns(self, request: Sampled) -> Turns:
        found = failures.turns(request, self._held[request.source], self._dialect, self.rows)
        return super().turns(request) if found is None else found


def make(connection: DuckDBPyConnection, table: Pages) -> None:
    """A temporary table with the pages of a clock; a list for each column is by far the fastest way in."""
    columns = [list(column) for column in zip(*table.rows, strict=True)]
    unnested = ", ".join(f"UNNEST(${number}::BIGINT[]) AS {name}" for number, name in enumerate(table.columns, 1))
    connection.execute(f"CREATE TEMP TABLE {table.name} AS SELECT {unnested}", columns)


def held(connection: DuckDBPyConnection, relation: str) -> Held:
    """What a table or a view holds: how many rows, and between which numbers its columns of numbers lie."""
    columns = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    numbers = [name for name, kind, *_ in columns if kind in ("BIGINT", "HUGEINT")]
    quoted = [DIALECTS["duckdb"].quoted(name) for name in numbers]
    ends = "".join(f", COUNT({name}), MIN({name}), MAX({name})" for name in quoted)
    found = connection.execute(f"SELECT COUNT(*){ends} FROM {relation}").fetchone()
    assert found is not None
    rows, *known = found
    ranges, full = told(rows, numbers, known)
    return Held(relation, rows, ranges, full=full)


def told(rows: int, columns: Sequence[str], known: Sequence[Any]) -> tuple[dict[str, Between], frozenset[str]]:
    """Between which numbers columns lie, and which of them have no empty cell; `known` has for each how many cells are
    not empty, the least and the greatest."""
    each = list(zip(columns, known[::3], known[1::3], known[2::3], strict=True))
    ranges = {name: Between(least or 0, greatest or 0) for name, _, least, greatest in each}
    return ranges, frozenset(name for name, filled, _, _ in each if filled == rows)
