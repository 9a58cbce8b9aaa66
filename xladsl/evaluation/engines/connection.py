"""A database or a Spark session that is there already: the rows stay where they are, and only sums leave.

Each source is a table, a view or a query with the columns that the agreement names, in the cells that `requests`
describes: whole numbers of 64 bits, and texts. `binding` makes them of ordinary columns. What changes between
two questions makes an answer that nobody can repeat: ask within one transaction that sees a single state (in PostgreSQL
`REPEATABLE READ`), or ask of tables that nobody writes to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .answers import Answers
from .dialects import DIALECTS
from .sql import Between, Held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..rows.requests import Sampled
    from .sql import Statement


class Relation(NamedTuple):
    """How a statement names the table or the view of a source, and which of its columns hold whole numbers."""

    name: str
    numbers: tuple[str, ...]


class Remote(Answers):
    """A database of one of `dialects.DIALECTS` that gives what it is `asked`, and holds these sources."""

    def __init__(self, dialect: str, asked: Callable[[str], Sequence[Sequence[Any]]], held: Mapping[str, Held]) -> None:
        super().__init__(DIALECTS[dialect], dict(held))
        self.name = dialect
        self.asked = asked
        self.version = str(self.asked(VERSIONS.get(dialect, "SELECT version()"))[0][0])

    def rows(self, statement: Statement) -> Sequence[Sequence[Any]]:
        return self.asked(statement.standing_alone(self._dialect))

    def parts(self, request: Sampled) -> Iterator[Sampled]:
        """All at once: a database sees to its memory itself, and may go through all rows for each question."""
        yield request


class Connection(Remote):
    """A connection of Python's DB-API 2.0."""

    def __init__(self, connection: Any, dialect: str, sources: Mapping[str, Relation]) -> None:
        self._connection = connection
        if dialect == "sqlite":
            bring_exact_numbers(connection)
        super().__init__(dialect, self.answer, {})
        self._held = {source: self.measured(relation) for source, relation in sources.items()}

    def answer(self, text: str) -> Sequence[Sequence[Any]]:
        cursor = self._connection.cursor()
        try:
            cursor.execute(text)
            rows: Sequence[Sequence[Any]] = cursor.fetchall()
            return rows
        finally:
            cursor.close()

    def measured(self, relation: Relation) -> Held:
        """How many rows there are, and between which numbers each column lies."""
        quoted = map(self._dialect.quoted, relation.numbers)
        ends = "".join(f", MIN({name}), MAX({name})" for name in quoted)
        [(count, *limits)] = self.asked(f"SELECT COUNT(*){ends} FROM {relation.name}")
        pairs = zip(relation.numbers, limits[::2], limits[1::2], strict=True)
        ranges = {name: Between(int(least or 0), int(greatest or 0)) for name, least, greatest in pairs}
        return Held(relation.name, int(count), ranges)


class Spark(Connection):
    """A Spark session. It must stop at numbers that are too large instead of leaving them out (ANSI mode)."""

    def __init__(self, session: Any, sources: Mapping[str, Relation]) -> None:
        if session.conf.get("spark.sql.ansi.enabled") != "true":
            raise ValueError("this Spark session drops what is too large: set `spark.sql.ansi.enabled` to true")
        super().__init__(session, "spark", sources)

    def answer(self, text: str) -> Sequence[Sequence[Any]]:
        rows: Sequence[Sequence[Any]] = self._connection.sql(text).collect()
        return rows


VERSIONS = {
    "sqlite": "SELECT sqlite_version()",
    "snowflake": "SELECT current_version()",
    "bigquery": "SELECT 'unversioned'",
    "trino": "SELECT node_version FROM system.runtime.nodes LIMIT 1",
}

# --------------------------------------------------------------------------------------- numbers that SQLite lacks


def bring_exact_numbers(connection: Any) -> None:
    """Functions for numbers beyond 64 bits, which are texts there."""
    connection.create_function("exactly", 3, exactly, deterministic=True)
    connection.create_aggregate("exact_sum", 1, ExactSum)


def exactly(operation: str, first: int | str | None, second: int | str | None) -> int | str | None:
    if first is None or second is None:
        return None
    one, other = int(first), int(second)
    if operation == "sign":
        return (one > other) - (one < other)
    return str(OPERATIONS[operation](one, other))


OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
}


class ExactSum:
    def __init__(self) -> None:
        self.total = 0

    def step(self, number: int | str | None) -> None:
        self.total += int(number or 0)

    def finalize(self) -> str:
        return str(self.total)
