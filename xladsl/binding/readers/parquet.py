"""Parquet, read by DuckDB. Each value is taken as the text that DuckDB writes for it, with the zone set to UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...evaluation.engines.driver import driver
from ..problems import Place
from . import CHUNK, BrokenFileError, Chunk, missing_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..plan import ColumnPlan, FilePlan

MAGIC = b"PAR1"


def chunks(file: FilePlan, columns: Sequence[ColumnPlan], size: int = CHUNK) -> Iterator[Chunk]:
    """The rows of a Parquet file. Raises BrokenFileError."""
    refuse_truncated(file.path, file.shown)
    try:
        duckdb = driver()
    except ImportError:
        title = f"`{file.shown}` is a Parquet file, and DuckDB is needed to read it"
        raise BrokenFileError("no-duckdb", title, remedy="Install it with `pip install 'xladsl[duckdb]'`.") from None
    connection = duckdb.connect(":memory:")
    try:
        connection.execute("SET TimeZone = 'UTC'")
        present = [name for name, *_ in connection.execute(f"DESCRIBE {of_file('*', file)}").fetchall()]
        missing = [column for column in columns if column.header not in present]
        if missing:
            raise missing_columns(missing, present, Place(file.shown))
        wanted = ", ".join(f"CAST({identifier(column.header)} AS VARCHAR)" for column in columns) or "1"
        rows = connection.execute(of_file(wanted, file))
        number = 0
        while some := rows.fetchmany(size):
            numbers = list(range(number + 1, number + len(some) + 1))
            number += len(some)
            cells = list(zip(*some, strict=True))[: len(columns)]
            yield Chunk(file.shown, "row", numbers, cells, [], set(present))
    except duckdb.Error as fault:
        said = str(fault).partition("\n")[0]
        title = f"`{file.shown}` cannot be read as Parquet: {said}"
        raise BrokenFileError("broken-parquet", title, remedy="Was it written to the end? Write it anew.") from None
    finally:
        connection.close()


def of_file(wanted: str, file: FilePlan) -> str:
    path = file.path.replace("'", "''")
    return f"SELECT {wanted} FROM read_parquet('{path}')"  # noqa: S608  # both parts are quoted


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def refuse_truncated(path: str, shown: str) -> None:
    """Raises BrokenFileError for a file that does not begin and end as each Parquet file does."""
    try:
        with open(path, "rb") as file:
            beginning = file.read(len(MAGIC))
            length = file.seek(0, 2)
            file.seek(max(0, length - len(MAGIC)))
            end = file.read()
    except OSError as fault:
        raise BrokenFileError("no-file", f"`{shown}` cannot be read: {fault.strerror}") from None
    if not length:
        raise BrokenFileError("empty-file", f"`{shown}` is empty", remedy="Was it written to the end? Write it anew.")
    if beginning != MAGIC:
        raise BrokenFileError("broken-parquet", f"`{shown}` is no Parquet file", remedy="Say its `format`.")
    if end != MAGIC or length < 12:
        title = f"`{shown}` is a Parquet file that was cut off"
        why = "What says where its rows lie stands at the end, and the end is missing."
        raise BrokenFileError("broken-parquet", title, why=why, remedy="Copy or write it anew.")
