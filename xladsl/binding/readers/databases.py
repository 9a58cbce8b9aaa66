"""Tables and queries of databases, through SQLite of the standard library or any module of Python's DB-API 2.0."""

from __future__ import annotations

import re
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import Place
from ..tongues import TONGUES, digest_of
from . import CHUNK, BrokenFileError, Chunk, missing_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..plan import SourcePlan, TablePlan
    from ..tongues import Kind, Tongue

VARIABLE = re.compile(r"\$\{(\w+)\}")

SET_UP = {
    "psycopg": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL TimeZone = 'UTC'; "
    "SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1; "
    "SET LOCAL standard_conforming_strings = on"
}
"""By drivers, what is said first of all: everything is asked of one state of the database, and read as one text."""


class Database:
    """A connection to the database in which a table lies. All of its methods raise BrokenFileError, in words that hold
    no secret."""

    def __init__(self, table: TablePlan, environment: Mapping[str, str]) -> None:
        self.table = table
        self.environment = environment
        self.secrets: list[str] = []
        self.tongue = TONGUES[table.driver]() if table.driver in TONGUES else None
        self.connection = self.connected()
        if table.driver in SET_UP:
            self.cursor(SET_UP[table.driver])

    def kinds(self, tongue: Tongue) -> dict[str, Kind]:
        """The columns of the table, and what each of them holds."""
        described = self.cursor(tongue.nothing_of(self.table.query)).description
        return {name: tongue.kind(of_driver) for name, of_driver, *_ in described}

    def asked(self, text: str) -> list[Sequence[Any]]:
        """All that a statement gives."""
        return [row for some in self.some_at_once(self.cursor(text), CHUNK) for row in some]

    def some_at_once(self, cursor: Any, size: int) -> Iterator[list[Sequence[Any]]]:
        try:
            while some := cursor.fetchmany(size):
                yield some
        except Exception as fault:  # noqa: BLE001  # each driver has errors of its own
            raise self.unreachable("cannot be read", fault) from None
        finally:
            cursor.close()

    def cursor(self, text: str) -> Any:
        """What a driver has for the answer to a statement."""
        try:
            cursor = self.connection.cursor()
            cursor.execute(text)
        except Exception as fault:  # noqa: BLE001  # as above
            raise self.unreachable("cannot be read", fault) from None
        return cursor

    def close(self) -> None:
        self.connection.close()

    # ---------------------------------------------------------------------------------------------------- connecting

    def connected(self) -> Any:
        arguments = {name: self.filled_in(value) for name, value in self.table.connect}
        if self.table.driver == "sqlite3":
            return self.connected_to_sqlite(arguments.get("database", arguments.get("", "")))
        try:
            driver = import_module(self.table.driver)
        except ImportError:
            title = f"the module `{self.table.driver}` is not installed, and `{self.table.shown}` is read with it"
            raise BrokenFileError(
                "no-driver", title, remedy=f"`pip install {self.table.driver}`, or say another `driver`."
            ) from None
        try:
            if self.table.driver == "pyspark":
                return connected_to_spark(arguments)
            return driver.connect(arguments[""]) if "" in arguments else driver.connect(**arguments)
        except Exception as fault:  # noqa: BLE001  # as above
            raise self.unreachable("cannot be reached", fault) from None

    def connected_to_sqlite(self, path: str) -> Any:
        import sqlite3

        if not Path(path).is_file():
            raise BrokenFileError("no-file", f"there is no database `{self.table.shown}`")
        return sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)

    def filled_in(self, value: str) -> str:
        """A setting with what the environment has for its variables."""

        def variable(found: re.Match[str]) -> str:
            name = found[1]
            if name not in self.environment:
                title = f"`{self.table.shown}` is reached with the environment variable `{name}`, which is not set"
                raise BrokenFileError("no-secret", title, remedy=f"Set `{name}` before the run.")
            self.secrets.append(self.environment[name])
            return self.environment[name]

        return VARIABLE.sub(variable, value)

    def unreachable(self, what: str, fault: Exception) -> BrokenFileError:
        """What a driver says, without a word that must not be seen."""
        said = str(fault).strip().partition("\n")[0]
        for secret in filter(None, self.secrets):
            said = said.replace(secret, "…")
        return BrokenFileError("no-database", f"`{self.table.shown}` {what}: {said or type(fault).__name__}")


def connected_to_spark(arguments: Mapping[str, str]) -> Any:
    """A text alone says where Spark is: `sc://…` for Spark Connect, otherwise its master."""
    from .spark import Session

    where = arguments.get("")
    if where is None:
        return Session(**arguments)
    return Session(remote=where) if where.startswith("sc://") else Session(master=where)


class TableReader:
    """Reads one table row by row, and adds up its digest."""

    def __init__(self, plan: SourcePlan, table: TablePlan, environment: Mapping[str, str]) -> None:
        self.plan = plan
        self.table = table
        self.environment = environment
        self.total = 0

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """The rows of the table. Raises BrokenFileError."""
        database = Database(self.table, self.environment)
        try:
            number = 0
            present, cursor, places = self.opened(database)
            for some in database.some_at_once(cursor, size):
                rows = [[text_of(row[place]) for place in places] for row in some]
                self.total += sum(map(digest_of_row, rows))
                yield chunk_of(self.plan, rows, number, present)
                number += len(rows)
        finally:
            database.close()

    def opened(self, database: Database) -> tuple[set[str], Any, list[int]]:
        """The columns that there are, the rows, and where in these the wanted columns stand."""
        headers = [column.header for column in self.plan.columns]
        if database.tongue is None:
            cursor = database.cursor(self.table.query)
            names = [described[0] for described in cursor.description]
            refuse_missing(self.plan, names)
            return set(names), cursor, [names.index(header) for header in headers]
        kinds = database.kinds(database.tongue)
        refuse_missing(self.plan, list(kinds))
        texts = database.tongue.texts(self.table.query, headers, [kinds[header] for header in headers])
        return set(kinds), database.cursor(texts), list(range(len(headers)))

    @property
    def digest_of_rows(self) -> str:
        return digest_of(self.total)


def refuse_missing(plan: SourcePlan, present: Sequence[str]) -> None:
    """Raises BrokenFileError where a table lacks a column of the agreement."""
    missing = [column for column in plan.columns if column.header not in present]
    if missing:
        raise missing_columns(missing, present, Place(plan.table.shown if plan.table else ""))


def chunk_of(plan: SourcePlan, rows: Sequence[Sequence[str | None]], before: int, present: set[str]) -> Chunk:
    """Some rows of a table as texts."""
    assert plan.table is not None
    columns: list[Sequence[str | None]] = list(zip(*rows, strict=True)) if plan.columns else []
    numbers = range(before + 1, before + len(rows) + 1)
    return Chunk(plan.table.shown, "row", numbers, columns, [], present, known_by(plan))


def known_by(plan: SourcePlan) -> tuple[tuple[str, int], ...]:
    """Headers and places of all columns, the key and the date before all others."""
    headers = [(column.header, place) for place, column in enumerate(plan.columns)]
    return tuple(sorted(headers, key=lambda each: plan.columns[each[1]].name not in (plan.key, plan.dated)))


def text_of(value: Any) -> str | None:
    """A value of a database as text: what says of itself how it is written is asked."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat is not None else str(value)


def digest_of_row(texts: Sequence[str | None]) -> int:
    """The SHA-256 of a row: of each cell its length in bytes, a colon and its text, or a dash where it is empty."""
    cells = (b"-" if text is None else b"%d:%s" % (len(raw := text.encode("utf-8", "replace")), raw) for text in texts)
    return int.from_bytes(sha256(b",".join(cells)).digest(), "big")
