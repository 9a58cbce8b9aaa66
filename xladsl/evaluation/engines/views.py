"""A view over a table with ordinary columns, in the cells that engines ask for: the binding for a database.

    CREATE VIEW desk AS SELECT … FROM tickets

A time must be of a type that knows its offset from UTC, since a database may know other rules of a zone than we do; for
the same reason a day is no column of such a view, and is loaded as the instant at which it begins. Whatever cannot be
cast stops the statement: nothing is left out in silence. Here alone a statement may hold a function of time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dialects import DIALECTS

if TYPE_CHECKING:
    from ...model import nodes
    from .dialects import Dialect

MICROSECONDS = {
    "duckdb": "EPOCH_US({})",
    "spark": "UNIX_MICROS({})",
    "postgres": "CAST(EXTRACT(EPOCH FROM {}) * 1000000 AS BIGINT)",
    "trino": "CAST(ROUND(TO_UNIXTIME({}) * 1000000) AS BIGINT)",
    "snowflake": "DATE_PART(EPOCH_MICROSECOND, {})",
    "bigquery": "UNIX_MICROS({})",
    "clickhouse": "toUnixTimestamp64Micro({})",
}
"""What a time is in microseconds since 1970-01-01 UTC. SQLite has no times."""

MILLIONTHS = {
    "duration in milliseconds": 1_000,
    "duration in seconds": 1_000_000,
    "duration in minutes": 60_000_000,
    "duration in hours": 3_600_000_000,
}
"""What a number of a column is in cells; one without a unit is a million millionths."""


def view(source: nodes.Source, table: str, dialect: str) -> str:
    """The statement that creates the view of a source over a table with its columns, each under its name in the data.

    Raises ValueError for a column that such a view cannot have.
    """
    written = DIALECTS[dialect]
    names = [written.quoted(column.name) for column in source.columns]
    cells = [f"{cell(column, written)} AS {name}" for column, name in zip(source.columns, names, strict=True)]
    selected = f"SELECT {', '.join(cells)} FROM {table}"
    if source.deduplicated is not None:
        order = (
            [f"{written.outermost(written.greatest, times(source, written))} DESC"] if times(source, written) else []
        )
        for name in names:  # an empty cell is less than any other
            order += [f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END DESC", f"{name} DESC"]
        key = written.quoted(source.deduplicated)
        turn = f"ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {', '.join(order)}) AS _turn"
        numbered = f"SELECT _cells.*, {turn} FROM ({selected}) AS _cells"
        selected = f"SELECT {', '.join(names)} FROM ({numbered}) AS _numbered WHERE _turn = 1"
    return f"CREATE VIEW {written.quoted(source.name)} AS {selected}"


def cell(column: nodes.Column, dialect: Dialect) -> str:
    """A column of the table as the cell that engines ask for."""
    raw = dialect.quoted(column.header)
    kind = column.column_type or "text"
    if kind == "text":
        words = ", ".join(dialect.constant(word) for word in dict.fromkeys(("", column.column_words or "")))
        return f"CASE WHEN TRIM({raw}) IN ({words}) THEN NULL ELSE TRIM({raw}) END"
    if kind == "yes or no":
        return f"CASE WHEN {raw} THEN 1 WHEN NOT {raw} THEN 0 END"
    if kind == "time":
        if dialect.name not in MICROSECONDS:
            raise ValueError(f"{dialect.name} has no times: load `{column.name}` in microseconds since 1970")
        return MICROSECONDS[dialect.name].format(raw)
    if kind == "date":
        raise ValueError(f"`{column.name}` is a day: load it as the instant at which it begins, in microseconds")
    number = f"CAST({raw} AS {dialect.decimal})"
    return f"CAST(ROUND({number} * {MILLIONTHS.get(kind, 1_000_000)}) AS {dialect.integer})"


def times(source: nodes.Source, dialect: Dialect) -> list[str]:
    return [dialect.quoted(column.name) for column in source.columns if column.column_type == "time"]
