"""A table with ordinary columns, seen through a view, gives the cells that reading the same rows from a file gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from tests.evaluation.engines import witnesses
from xladsl.binding import bind, read
from xladsl.compiler import compile_agreement
from xladsl.evaluation.engines.connection import Connection, Relation
from xladsl.evaluation.engines.duckdb import DuckDB, held
from xladsl.evaluation.engines.views import view
from xladsl.evaluation.rows.requests import ColumnCell, Listing
from xladsl.evaluation.rows.table import Table
from xladsl.model import nodes

if TYPE_CHECKING:
    from pathlib import Path

    from xladsl.model.contract import Contract

AGREEMENT = """
agreement deal "Deal" {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  currency EUR
}
party northwind "Northwind" {}
party contoso "Contoso" {}
tickets desk "Desk" {
  columns number as text from "id", opened as time from "created", solved as yes or no from "done",
    spent as duration in minutes from "spent", cost as money from "cost", kind from "Kind" null when "-"
  one row for each number
}
tickets days "Days" { columns day as date from "day" }
"""
ROWS = [
    "T1,2026-04-01 10:00:00+02:00,true,1.5,-2.0000005,a",
    "T1,2026-04-01 09:00:00Z,false,,0.3333335, ",
    "T1,2026-04-01 09:00:00Z,,2,,b",
    "T2,,true,0,7,-",
    "T3,2026-10-25 02:30:00.000001+01:00,,3,,' \"",
]
TYPES = (
    'id TEXT, created TIMESTAMP WITH TIME ZONE, done BOOLEAN, spent DECIMAL(12, 3), cost DECIMAL(18, 7), "Kind" TEXT'
)
NUMBERS = ("opened", "solved", "spent", "cost")
ALL = Listing("desk", tuple(map(ColumnCell, ("number", *NUMBERS, "kind"))))


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    path = tmp_path_factory.mktemp("deal") / "deal.xladsl"
    path.write_text(AGREEMENT)
    readable = compile_agreement(str(path)).readable
    assert readable is not None
    return readable


@pytest.fixture
def expected(contract: Contract, tmp_path: Path) -> list[Any]:
    (tmp_path / "desk.csv").write_text("\n".join(["id,created,done,spent,cost,Kind", *ROWS, ""]))
    plans = bind(contract, {"desk": [str(tmp_path / "desk.csv")]}).plans
    found = read(contract, plans)
    assert not found.failed, found.problems
    return Table(found.rows).listed(ALL)


def source(contract: Contract, name: str) -> nodes.Source:
    return next(source for source in contract.every(nodes.Source) if source.name == name)


def values() -> str:
    rows = [[cell or None for cell in row.split(",")] for row in ROWS]
    return ", ".join(f"({', '.join('NULL' if cell is None else quoted(cell) for cell in row)})" for row in rows)


def quoted(cell: str) -> str:
    return "'" + cell.replace("'", "''") + "'"


def test_in_duckdb(contract: Contract, expected: list[Any]) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'Asia/Tehran'")
        connection.execute(f"CREATE TABLE raw ({TYPES}); INSERT INTO raw VALUES {values()}")
        connection.execute(view(source(contract, "desk"), "raw", "duckdb"))
        assert DuckDB(connection, {"desk": held(connection, "desk")}).listed(ALL) == expected


def test_in_postgresql(contract: Contract, expected: list[Any]) -> None:
    with witnesses.postgres() as connection:
        connection.execute(f"CREATE TABLE raw ({TYPES})")
        connection.execute(f"INSERT INTO raw VALUES {values()}")
        connection.execute(view(source(contract, "desk"), "raw", "postgres"))
        engine = Connection(connection, "postgres", {"desk": Relation("desk", NUMBERS)})
        assert engine.listed(ALL) == expected


def test_a_day_and_a_database_without_times_are_refused(contract: Contract) -> None:
    with pytest.raises(ValueError, match="load it as the instant at which it begins"):
        view(source(contract, "days"), "raw", "postgres")
    with pytest.raises(ValueError, match="sqlite has no times"):
        view(source(contract, "desk"), "raw", "sqlite")
