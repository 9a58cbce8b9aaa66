"""Tables and queries of databases, through SQLite of the standard library or any module of Python's DB-API 2.0."""

from __future__ import annotations

import hashlib
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..problems import Place
from . import CHUNK, BrokenFileError, Chunk, missing_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..plan import ColumnPlan, TablePlan

VARIABLE = re.compile(r"\$\{(\w+)\}")


class TableReader:
    """Reads one table, and adds up a digest of its rows that does not depend on their order."""

    def __init__(self, table: TablePlan, columns: Sequence[ColumnPlan], environment: Mapping[str, str]) -> None:
        self.table = table
        self.columns = columns
        self.environment = environment
        self.secrets: list[str] = []
        self.digest = 0

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """The rows of the table. Raises BrokenFileError."""
        connection = self.connected()
        try:
            cursor = connection.cursor()
            cursor.execute(self.table.query)
            present = [described[0] for described in cursor.description]
            missing = [column for column in self.columns if column.header not in present]
            if missing:
                raise missing_columns(missing, present, Place(self.table.shown))
            places = [present.index(column.header) for column in self.columns]
            number = 0
            while some := cursor.fetchmany(size):
                yield self.chunk(some, places, number, present)
                number += len(some)
        except BrokenFileError:
            raise
        except Exception as fault:  # noqa: BLE001  # each driver has errors of its own
            raise self.unreachable("cannot be read", fault) from None
        finally:
            connection.close()

    def chunk(self, some: Sequence[Sequence[Any]], places: list[int], before: int, present: list[str]) -> Chunk:
        rows = [[text_of(row[place]) for place in places] for row in some]
        for row in rows:
            self.digest += int.from_bytes(hashlib.sha256(repr(row).encode()).digest(), "big")
        columns: list[Sequence[str | None]] = list(zip(*rows, strict=True)) if places else []
        numbers = list(range(before + 1, before + len(rows) + 1))
        return Chunk(self.table.shown, "row", numbers, columns, [], set(present))

    @property
    def digest_of_rows(self) -> str:
        return f"{self.digest % 2**256:064x}"

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
            return driver.connect(arguments[""]) if "" in arguments else driver.connect(**arguments)
        except Exception as fault:  # noqa: BLE001  # each driver has errors of its own
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
