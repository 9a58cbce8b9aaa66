"""The same rows come from whatever holds them: CSV, JSON, Parquet or a database."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from tests.binding.conftest import told

if TYPE_CHECKING:
    from tests.binding.conftest import Desk

TEN = 1_775_030_400_000_000  # 2026-04-01 10:00 in Copenhagen
COLUMNS = {
    "number": ["T1", "T2"],
    "opened": [TEN, TEN + 500_000],
    "closed": [None, TEN],
    "priority": ["P1, high", 'say "now"\r\nor never'],
}


def columns(at: Desk, /, *args: Any, **data: Any) -> dict[str, list[Any]]:
    found = at.read(*args, **data)
    assert not found.problems, told(found)
    return found.rows["desk"].columns


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_with_quoted_cells_and_any_line_ends(desk: Desk, newline: str, mark: str) -> None:
    lines = [
        "id,created,closed,prio,other",
        '"T1",2026-04-01 10:00,-,"P1, high",',
        'T2,2026-04-01 10:00:00.5,2026-04-01T10:00,"say ""now""\r\nor never",x',
        "",
    ]
    desk.put("t.csv", mark + newline.join(lines))
    assert columns(desk, desk="t.csv") == COLUMNS


def test_lines_are_counted_as_an_editor_does_where_cells_hold_line_breaks(desk: Desk) -> None:
    desk.put(
        "t.csv",
        'id,created,closed,prio\nT1,2026-04-01 10:00,,"a\nb\r\nc"\n\nT2,now,,\nT3,2026-04-01 10:00,,"\r"\nT4,then,,\n',
    )
    said = desk.trouble(desk="t.csv")
    assert "t.csv, line 6, column `created`: `now`\n  t.csv, line 9, column `created`: `then`" in said


def test_tabs_part_the_cells_of_a_tsv_file(desk: Desk) -> None:
    desk.put("t.tsv", "id\tcreated\tclosed\tprio\nT1\t2026-04-01 10:00\t\tP1, high\n")
    assert columns(desk, desk="t.tsv")["priority"] == ["P1, high"]


ROWS = [
    {"id": "T1", "created": "2026-04-01 10:00", "closed": None, "prio": "P1, high"},
    {"prio": 'say "now"\r\nor never', "closed": "2026-04-01T08:00Z", "created": "2026-04-01 10:00:00.5", "id": "T2"},
]


def test_json_lines(desk: Desk) -> None:
    desk.put("t.jsonl", "\n".join(map(json.dumps, ROWS)) + "\n\n")
    desk.put("more.ndjson", "\ufeff")
    assert columns(desk, desk=["t.jsonl", "more.ndjson"]) == COLUMNS


def test_json_with_a_path_to_the_rows_and_into_them(desk: Desk) -> None:
    nested = [{"id": row["id"], "fields": {name: row[name] for name in row if name != "id"}} for row in ROWS]
    desk.put("t.json", json.dumps({"meta": {"pages": 1}, "result": {"items": nested}}))
    fields = "".join(
        f'columns.{name}.header = "fields.{header}"\n'
        for name, header in (("opened", "created"), ("closed", "closed"), ("priority", "prio"))
    )
    assert columns(desk, f'[desk]\nrows = "result.items"\n{fields}', desk="t.json") == COLUMNS
    assert "has no `items` on the way to its rows\nThere are `meta` and `result`." in desk.trouble(
        f'[desk]\nrows = "items"\n{fields}', desk="t.json"
    )
    assert 'is no list of rows\nSay `rows = "result.items"`.' in desk.trouble(
        f'[desk]\nrows = "result"\n{fields}', desk="t.json"
    )


def test_json_numbers_are_what_is_written_and_not_what_a_machine_makes_of_them(desk: Desk) -> None:
    text = '{"ts": 1775030400, "ms": 0.1, "rate": 1e-1, "cost": 123456789.123456, "size": 100000000000.000001}\n'
    desk.put("l.jsonl", text + text.replace("0.1", "true").replace("1775030400", "NaN"))
    found = desk.read('[loads]\nrejects = 1\ncolumns.at.format = "epoch s"', loads="l.jsonl")
    rows = found.rows["loads"]
    assert [cells[0] for cells in rows.columns.values()] == [
        TEN,
        100,
        100_000,
        123_456_789_123_456,
        100_000_000_000_000_001,
    ]
    assert rows.count == 1


def test_parquet(desk: Desk) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = desk.folder / "t.parquet"
    values = """(VALUES
        ('T1', TIMESTAMP '2026-04-01 10:00', NULL::TIMESTAMPTZ, 'P1, high', 1),
        ('T2', TIMESTAMP '2026-04-01 10:00:00.5', TIMESTAMPTZ '2026-04-01 08:00:00+00', E'say "now"\\r\\nor never', 2)
    ) AS t(id, created, closed, prio, other)"""
    duckdb.sql(f"COPY (SELECT * FROM {values}) TO '{path}' (FORMAT parquet)")
    assert columns(desk, desk="t.parquet") == COLUMNS


def test_parquet_with_what_is_no_number(desk: Desk) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = desk.folder / "l.parquet"
    values = (
        "SELECT TIMESTAMP '2026-04-01 10:00' AS ts, 0.1::DOUBLE AS ms, 12.50::DECIMAL(9, 2) AS cost, 7::TINYINT AS rate"
    )
    duckdb.sql(
        f"COPY ({values}, 'nan'::DOUBLE AS size UNION ALL {values}, 'inf'::FLOAT UNION ALL {values}, 1e11) "
        f"TO '{path}' (FORMAT parquet)"
    )
    said = desk.trouble(loads="l.parquet")
    assert "2 rows of `loads` cannot be read: what stands in `size` is not a finite number" in said
    assert "l.parquet, row 1, column `size`: `nan`\n  l.parquet, row 2, column `size`: `inf`" in said
    rows = desk.read("[loads]\nrejects = 2", loads="l.parquet").rows["loads"]
    assert [cells[0] for cells in rows.columns.values()] == [TEN, 100, 7_000_000, 12_500_000, 10**17]


def test_parquet_without_a_column_or_without_duckdb(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb = pytest.importorskip("duckdb")
    duckdb.sql(f"COPY (SELECT 'T1' AS id, 'x' AS \"Created\") TO '{desk.folder / 't.parquet'}' (FORMAT parquet)")
    assert "`t.parquet` has no column `created`, `closed` and `prio`" in (said := desk.trouble(desk="t.parquet"))
    assert "Did you mean `Created`?" in said
    for name in ("_duckdb", "duckdb"):
        monkeypatch.setitem(sys.modules, name, None)
    assert "Install it with `pip install 'xladsl[duckdb]'`." in desk.trouble(desk="t.parquet")


# -------------------------------------------------------------------------------------------------------- databases

TABLE = "CREATE TABLE tickets (id TEXT, created TEXT, closed TEXT, prio TEXT, other BLOB)"


def fill(desk: Desk, rows: list[tuple[Any, ...]]) -> None:
    (desk.folder / "desk.db").unlink(missing_ok=True)
    connection = sqlite3.connect(desk.folder / "desk.db")
    connection.execute(TABLE)
    connection.executemany("INSERT INTO tickets VALUES (?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


SQLITE_ROWS = [
    ("T1", "2026-04-01 10:00", None, "P1, high", b"\0"),
    ("T2", "2026-04-01 10:00:00.5", "2026-04-01 10:00", 'say "now"\r\nor never', 7),
]


def test_a_table_and_a_query_of_sqlite(desk: Desk) -> None:
    fill(desk, SQLITE_ROWS)
    assert columns(desk, '[desk]\ndatabase = "desk.db"\ntable = "tickets"') == COLUMNS
    query = "SELECT id, created, closed, prio FROM tickets WHERE id = 'T1'"
    assert columns(desk, f'[desk]\ndatabase = "desk.db"\nquery = "{query}"')["number"] == ["T1"]


def test_a_database_that_lacks_something(desk: Desk) -> None:
    assert "there is no database `desk.db: tickets`" in desk.trouble('[desk]\ndatabase = "desk.db"\ntable = "tickets"')
    named = '[desk]\ndriver = "sqlite3"\nconnect = "gone.db"\nquery = "select 1"'
    assert "there is no database `sqlite3: query`" in desk.trouble(named)
    fill(desk, SQLITE_ROWS)
    assert "`desk.db: nothing` cannot be read: no such table: nothing" in desk.trouble(
        '[desk]\ndatabase = "desk.db"\ntable = "nothing"'
    )
    assert "has no column `created`" in desk.trouble(
        '[desk]\ndatabase = "desk.db"\nquery = "SELECT id, closed, prio FROM tickets"'
    )
    assert not list(desk.folder.glob("*-journal")), "a database is only read"


def test_the_digest_of_a_table_does_not_depend_on_the_order_of_its_rows(desk: Desk) -> None:
    config = '[desk]\ndatabase = "desk.db"\ntable = "tickets"'
    fill(desk, SQLITE_ROWS)
    [[(name, digest)]] = [source.files for source in desk.read(config).sources]
    assert name == "desk.db: tickets"
    fill(desk, SQLITE_ROWS[::-1])
    assert desk.read(config).sources[0].files == ((name, digest),)
    fill(desk, [*SQLITE_ROWS, ("T3", "2026-04-01 10:00", None, None, None)])
    assert desk.read(config).sources[0].files != ((name, digest),)


CONNECTED = """
[desk]
driver = "fake_driver"
connect = { host = "db.example", user = "reader", password = "${DESK_PASSWORD}" }
table = "public.tickets"
"""


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """A driver of another database, which notes how it is called and refuses one password, aloud."""
    made = ModuleType("fake_driver")
    calls: list[dict[str, str]] = []

    def connect(**arguments: str) -> sqlite3.Connection:
        calls.append(arguments)
        if arguments["password"] == "wrong-secret":
            raise RuntimeError(f"access denied for {arguments['user']} with {arguments['password']}\nat line 7")
        connection = sqlite3.connect(":memory:")
        connection.execute("ATTACH ':memory:' AS public")
        connection.execute(TABLE.replace("tickets", "public.tickets"))
        connection.executemany("INSERT INTO public.tickets VALUES (?, ?, ?, ?, ?)", SQLITE_ROWS)
        return connection

    made.connect = connect  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fake_driver", made)
    return calls


def test_another_database_with_a_secret_of_the_environment(desk: Desk, driver: list[dict[str, str]]) -> None:
    assert columns(desk, CONNECTED, {"DESK_PASSWORD": "right-secret"}) == COLUMNS
    assert driver == [{"host": "db.example", "user": "reader", "password": "right-secret"}]


def test_a_secret_is_never_told(desk: Desk, driver: list[dict[str, str]]) -> None:
    found = desk.read(CONNECTED, {"DESK_PASSWORD": "wrong-secret"})
    assert told(found) == "`fake_driver: public.tickets` cannot be reached: access denied for reader with …"
    assert "secret" not in repr(found)
    assert "secret" not in repr(desk.bound(CONNECTED))
    assert told(desk.read(CONNECTED)) == (
        "`fake_driver: public.tickets` is reached with the environment variable `DESK_PASSWORD`, which is not set\n"
        "Set `DESK_PASSWORD` before the run."
    )


@pytest.mark.parametrize(
    "connect",
    [
        '{ user = "reader", password = "hunter2" }',
        '"postgresql://reader:hunter2@db.example/desk"',
        '"host=db.example password=hunter2"',
    ],
)
def test_a_secret_does_not_stand_in_the_config(desk: Desk, connect: str) -> None:
    bound = desk.bound(f'[desk]\ndriver = "fake_driver"\ntable = "t"\nconnect = {connect}')
    assert "a password of the database for `desk` stands in the config" in told(bound)
    assert "hunter2" not in repr(bound)
    fine = desk.bound(f'[desk]\ndriver = "fake_driver"\ntable = "t"\nconnect = {connect.replace("hunter2", "${PW}")}')
    assert not fine.problems


def test_a_driver_that_is_not_installed(desk: Desk) -> None:
    said = desk.trouble('[desk]\ndriver = "no_such_driver"\nconnect = "postgresql://db.example"\ntable = "t"')
    assert "the module `no_such_driver` is not installed" in said


# ----------------------------------------------------------------------------------------------------------- digests


def test_each_file_has_its_digest(desk: Desk) -> None:
    content = "id,created,closed,prio\r\nT1,2026-04-01 10:00,,\r\n"
    path = desk.put("t.csv", content)
    assert desk.read(desk="t.csv").sources[0].files == ((path, hashlib.sha256(content.encode()).hexdigest()),)
