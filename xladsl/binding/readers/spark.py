"""A session of Spark with the face of Python's DB-API 2.0, as far as rows are read through it."""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
EXACT = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}
"""Times are written in UTC, and a number that is too large stops a statement instead of being left out."""


class Session:
    """Connects as `settings` say: `master`, or `remote` for Spark Connect, and whatever else Spark knows by its own
    names. Without any, Spark asks its own configuration."""

    def __init__(self, **settings: str) -> None:
        builder: Any = import_module("pyspark.sql").SparkSession.builder
        for name, value in {**({} if "remote" in settings else QUIET), **settings}.items():
            builder = getattr(builder, name)(value) if name in ("master", "remote") else builder.config(name, value)
        self.session = builder.getOrCreate()
        for name, value in EXACT.items():
            self.session.conf.set(name, value)

    def cursor(self) -> Cursor:
        return Cursor(self.session)

    def close(self) -> None:
        """A session ends with the process; others in it may use the same one."""


class Cursor:
    """`description` has for each column its name and Spark's own word for its type."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.found: Any = None
        self.rows: Iterator[Any] | None = None
        self.description: list[tuple[str, str]] = []

    def execute(self, text: str) -> None:
        self.found, self.rows = self.session.sql(text), None
        self.description = [(field.name, field.dataType.simpleString()) for field in self.found.schema.fields]

    def fetchmany(self, size: int) -> list[Any]:
        if self.rows is None:
            self.rows = self.found.toLocalIterator()
        return list(islice(self.rows, size))

    def fetchall(self) -> list[Any]:
        rows: list[Any] = self.found.collect()
        return rows

    def close(self) -> None:
        """Nothing is open."""
