"""The engines that can be run here, each given the same rows."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.evaluation.engines.questions import COLUMNS
from xladsl.evaluation.engines.connection import Connection, Relation
from xladsl.evaluation.engines.digest import digest, digest_of_rows, digest_of_runs, digest_of_tally
from xladsl.evaluation.engines.duckdb import DuckDB, held
from xladsl.evaluation.rows.requests import Cell, Engine, Listing, Sampled, Tally, Turns

if TYPE_CHECKING:
    from collections.abc import Iterator

RELATION = Relation("desk", tuple(name for name, kind in COLUMNS.items() if kind == "number"))


def answer(engine: Engine, question: Tally | Listing | Sampled) -> str:
    """The digest of what an engine answers."""
    if isinstance(question, Tally):
        return digest_of_tally(engine.tally(question))
    if isinstance(question, Listing):
        return digest_of_rows(engine.listed(question))
    return digest_of_runs(engine.sampled(question)) + digest(list(map(list, turned(engine.turns(question)))))


def turned(turns: Turns) -> list[tuple[int, bool]]:
    """What is told of turns; without any round it means nothing when the last was."""
    return [*turns.firsts, (turns.until, False)] if turns.firsts else []


def with_duckdb(rows: dict[str, list[Cell]]) -> DuckDB:
    connection = duckdb.connect()
    kinds = {name: "BIGINT" if kind == "number" else "VARCHAR" for name, kind in COLUMNS.items()}
    columns = ", ".join(f"UNNEST(${number}::{kinds[name]}[]) AS {name}" for number, name in enumerate(rows, 1))
    connection.execute(f"CREATE TABLE desk AS SELECT {columns}", list(rows.values()))
    return DuckDB(connection, {"desk": held(connection, "desk")})


def with_connection(connection: Any, dialect: str, mark: str, rows: dict[str, list[Cell]]) -> Connection:
    """SQLite and PostgreSQL: `mark` is how the driver writes a place for a value."""
    kinds = {name: "BIGINT" if kind == "number" else "TEXT" for name, kind in COLUMNS.items()}
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS desk")
    cursor.execute(f"CREATE TABLE desk ({', '.join(f'{name} {kinds[name]}' for name in rows)})")
    cells = list(zip(*rows.values(), strict=True))
    if cells:
        cursor.executemany(f"INSERT INTO desk VALUES ({', '.join([mark] * len(rows))})", cells)
    return Connection(connection, dialect, {"desk": RELATION})


def with_sqlite(rows: dict[str, list[Cell]]) -> Connection:
    return with_connection(sqlite3.connect(":memory:"), "sqlite", "?", rows)


@contextmanager
def postgres() -> Iterator[Any]:
    """A connection to a server of its own in a temporary folder, which is gone afterwards."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    programs = {name: found_program(name) for name in ("initdb", "postgres")}
    if not all(programs.values()):
        pytest.skip("PostgreSQL is not installed")
    user = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    if user and not shutil.which("runuser"):
        pytest.skip("PostgreSQL does not run as root, and there is nobody else to run it")
    folder = Path(tempfile.mkdtemp(prefix="xladsl-postgres-", dir="/tmp"))  # a socket's path may not be long
    if user:
        shutil.chown(folder, "nobody")
    data = folder / "data"
    set_up = [
        *user,
        programs["initdb"],
        "-D",
        str(data),
        "-U",
        "tests",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]
    subprocess.run(set_up, check=True, capture_output=True, cwd=folder)
    start = [
        *user,
        programs["postgres"],
        "-D",
        str(data),
        "-k",
        str(folder),
        "-c",
        "listen_addresses=",
        "-c",
        "fsync=off",
    ]
    server = subprocess.Popen(start, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        with connected(psycopg, folder) as connection:
            yield connection
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def connected(psycopg: Any, folder: Path) -> Iterator[Any]:
    import time

    for patience in range(100):
        try:
            connection = psycopg.connect(f"host={folder} user=tests dbname=postgres", autocommit=True)
            break
        except psycopg.OperationalError:
            if patience == 99:
                raise
            time.sleep(0.1)
    try:
        yield connection
    finally:
        connection.close()


def found_program(name: str) -> str | None:
    """Debian keeps the programs of the server out of the way."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(beside[-1]) if beside else None)


@contextmanager
def spark() -> Iterator[Any]:
    """A Spark session on one processor, in a folder of its own."""
    pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        pytest.skip("Java is not installed")
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "1",
            "spark.sql.session.timeZone": "Asia/Tehran",  # a session's zone must not matter
            "spark.sql.warehouse.dir": folder,
            "spark.driver.host": "localhost",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.log.level": "ERROR",
        }
        builder = pyspark.SparkSession.builder.master("local[1]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()


def create_on_spark(session: Any, rows: dict[str, list[Cell]]) -> None:
    types = ", ".join(f"{name} {'BIGINT' if kind == 'number' else 'STRING'}" for name, kind in COLUMNS.items())
    cells = list(zip(*(rows[name] for name in COLUMNS), strict=True))
    session.createDataFrame(cells, types).createOrReplaceTempView("desk")
