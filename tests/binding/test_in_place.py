"""What a database binds and counts where it lies is what comes of the same rows read one by one."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.binding.conftest import told
from tests.binding.test_in_duckdb import NUMBERS, TEXTS, TIMES, WORDS, rows
from tests.evaluation.engines import witnesses
from xladsl.binding import in_place, read
from xladsl.binding.in_place import read_in_place
from xladsl.binding.tongues import Spark
from xladsl.evaluation.instants.clocks import every_hour
from xladsl.evaluation.rows.requests import ColumnCell, Compared, Constant, Every, Listing, Sampled, Tally
from xladsl.evaluation.rows.table import Table, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.binding.conftest import Desk

FUZZ = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


class PostgreSQL(NamedTuple):
    """A server that runs for the tests, and how a config connects with it."""

    connection: Any

    def config(self, more: str = "", **tables: str) -> str:
        reached = f'driver = "psycopg"\nconnect = "{self.connection.info.dsn}"'
        return "\n".join(f'[{source}]\n{reached}\ntable = "{table}"\n{more}' for source, table in tables.items())

    def put(self, name: str, types: str, lines: list[tuple[Any, ...]]) -> None:
        """A table with columns of some types, as `ts timestamptz, up boolean`."""
        self.connection.execute(f"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} ({types})")
        marks = ", ".join(["%s"] * (types.count(", ") + 1))
        with self.connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", lines)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    with witnesses.postgres() as connection:
        yield PostgreSQL(connection)


def hold_against_python(at: Desk, config: str) -> None:
    bound = at.bound(config)
    assert not bound.problems, told(bound)
    expected = read(at.contract, bound.plans)
    found = read_in_place(at.contract, bound.plans)
    assert told(found.problems) == told(expected)
    assert found.problems == expected.problems
    assert found.sources == expected.sources
    if found.failed:
        return
    for plan in bound.plans:
        columns = expected.rows[plan.source].columns
        listed = found.engine.listed(Listing(plan.source, tuple(map(ColumnCell, columns))))
        assert listed == sorted(zip(*columns.values(), strict=True), key=in_order)


def texts(number: int) -> str:
    return ", ".join(f"c{place} text" for place in range(number))


@FUZZ
@given(lines=rows(["T1", "T2", "T3", "", " T1", "t1", "Å"], TIMES, TIMES, TEXTS))
def test_tickets_as_texts(desk: Desk, server: PostgreSQL, lines: list[tuple[str, ...]]) -> None:
    server.put("t", "id text, created text, closed text, prio text", lines)
    hold_against_python(desk, server.config("rejects = 100", desk="t"))


@FUZZ
@given(lines=rows(TIMES, NUMBERS, NUMBERS, NUMBERS, NUMBERS), comma=st.booleans())
def test_amounts_as_texts(desk: Desk, server: PostgreSQL, lines: list[tuple[str, ...]], comma: bool) -> None:
    server.put("t", "ts text, ms text, rate text, cost text, size text", lines)
    hold_against_python(
        desk, server.config(f'rejects = 100\nnull = ["-"]\ndecimal_comma = {str(comma).lower()}', loads="t")
    )


@FUZZ
@given(answers=rows(TIMES, NUMBERS, NUMBERS), probes=rows(TIMES, WORDS), breaks=rows(TIMES, TIMES), days=rows(TIMES))
def test_other_sources_as_texts(
    desk: Desk, server: PostgreSQL, answers: Any, probes: Any, breaks: Any, days: Any
) -> None:
    server.put("a", "at text, q_ease text, mood text", answers)
    server.put("p", "ts text, up text", probes)
    server.put("b", 'start text, "end" text', breaks)
    server.put("d", "day text", days)
    hold_against_python(desk, server.config("rejects = 100", asked="a", pings="p", breaks="b", deliveries="d"))


SHORT = st.lists(st.sampled_from([*NUMBERS, "0.1", "16777217", "123456.789", "1e22", "0.1234565"]), max_size=20)


@FUZZ
@given(
    kind=st.sampled_from(["smallint", "integer", "bigint", "real", "double precision", "numeric", "numeric(12,3)"]),
    numbers=SHORT,
    time=st.sampled_from(["text", "timestamp", "timestamptz", "date"]),
    times=st.lists(st.sampled_from([*TIMES, "infinity", "-infinity"]), min_size=20, max_size=20),
)
def test_typed_columns(
    desk: Desk, server: PostgreSQL, kind: str, numbers: list[str], time: str, times: list[str]
) -> None:
    columns = [f"ts {time}", *(f"{name} {kind}" for name in ("ms", "rate", "cost", "size"))]
    moments = [cast_there(server, moment, time) for moment in times[: len(numbers)]]
    cells = [cast_there(server, number, kind) for number in numbers]
    lines = [(moment, *[cell] * 4) for moment, cell in zip(moments, cells, strict=True)]
    server.put("t", ", ".join(columns), lines)
    hold_against_python(desk, server.config("rejects = 100", loads="t"))


def cast_there(server: PostgreSQL, text: str, kind: str) -> str | None:
    """A text that the database takes for a value of a type; None for another one."""
    import psycopg

    try:
        server.connection.execute(f"SELECT CAST(%s AS {kind})", [text])
    except psycopg.Error:
        return None
    return text


@pytest.mark.parametrize("time", ["timestamptz", "timestamp", "text"])
def test_probes_counted_there_are_those_counted_here(desk: Desk, server: PostgreSQL, time: str) -> None:
    rounds = [
        (f"2026-04-01 10:{minute:02}:{second:02}+00", minute % 7 != 3) for minute in range(60) for second in (0, 9)
    ]
    server.put("p", f"ts {time}, up boolean", [*rounds, (None, True), ("2026-04-01 11:00+00", None)])
    bound = desk.bound(server.config(pings="p"))
    here = Table(read(desk.contract, bound.plans).rows)
    there = read_in_place(desk.contract, bound.plans).engine
    at, ok = ColumnCell("at"), ColumnCell("ok")
    clock = every_hour("UTC", desk.contract.agreement)
    start = 1_775_037_600_000_000
    window = Every((Compared(at, ">=", Constant(start)), Compared(at, "<", Constant(start + 1_800_000_000))))
    for test in (Every(()), window):
        asked = Sampled("pings", at, ok, clock, 60_000_000, 2, test)
        assert there.sampled(asked) == here.sampled(asked)
        assert there.tally(Tally("pings", test, (ok,))) == here.tally(Tally("pings", test, (ok,)))
    assert (there.name, there.version.split()[0]) == ("postgres", "PostgreSQL")


def test_a_time_of_the_tables_own_is_told_of_itself_too(desk: Desk, server: PostgreSQL) -> None:
    """So that an index, or a partition, is used."""
    server.put("p", "ts timestamptz, up boolean", [("2026-04-01 10:00+00", True)])
    held = read_in_place(desk.contract, desk.bound(server.config(pings="p")).plans).engine._held["pings"]
    assert list(held.pruning) == ["at"]
    asked: list[str] = []
    found = read_in_place(desk.contract, desk.bound(server.config(pings="p")).plans).engine
    found.asked, ask = lambda text: asked.append(text) or ask(text), found.asked
    found.tally(Tally("pings", Compared(ColumnCell("at"), ">=", Constant(1_775_037_600_000_000))))
    assert "TIMESTAMPTZ '2026-04-01 10:00:00.000000+00'" in asked[0]


def test_too_many_rows_that_are_not_plain_are_refused_and_shown(
    desk: Desk, server: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_place, "MOST", 2)
    server.put("p", "ts text, up text", [(f"2026-04-01 10:00:0{second}", "well") for second in range(4)])
    found = read_in_place(desk.contract, desk.bound(server.config(pings="p")).plans)
    assert found.failed
    assert told(found.problems).startswith(
        "4 rows of `pings` hold a cell that the database cannot be asked to cast\n"
        "  psycopg: p, where `ts` is `2026-04-01 10:00:00`\n"
    )
    assert "Let `query` under `[pings]` make them plain, or count them here:  --engine duckdb ." in told(found.problems)


def test_what_a_database_refuses_is_told(desk: Desk, server: PostgreSQL) -> None:
    found = read_in_place(desk.contract, desk.bound(server.config(pings="nowhere")).plans)
    assert '`psycopg: nowhere` cannot be read: relation "nowhere" does not exist' in told(found.problems)
    server.put("p", "ts text, upp text", [])
    found = read_in_place(desk.contract, desk.bound(server.config(pings="p")).plans)
    assert "`psycopg: p` has no column `up`" in told(found.problems)
    assert "Did you mean `upp`?" in told(found.problems)


def test_a_query_may_end_as_people_end_one(desk: Desk, server: PostgreSQL) -> None:
    server.put("p", "ts text, up text", [("2026-04-01 10:00", "1")])
    config = server.config(pings="p").replace('table = "p"', 'query = """select * from p; \n"""')
    hold_against_python(desk, config)
    hold_against_python(desk, config.replace("; ", " -- all of them"))
    hold_against_python(desk, config.replace("select * from p", "with q as (select * from p) select ts, up from q"))


def test_files_are_read_beside(desk: Desk, server: PostgreSQL) -> None:
    server.put("p", "ts text, up text", [("2026-04-01 10:00", "1")])
    desk.put("d.csv", "day\n2026-04-01\n")
    bound = desk.bound(server.config(pings="p") + '\n[deliveries]\nfiles = "d.csv"')
    found = read_in_place(desk.contract, bound.plans)
    assert not found.failed, told(found.problems)
    assert found.sources == read(desk.contract, bound.plans).sources
    assert found.engine.name == "postgres and python"
    assert found.engine.listed(Listing("deliveries", ())) == [()]
    assert found.engine.sources() == {"pings", "deliveries"}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")  # py4j's
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")  # of a release of pandas
def test_spark_binds_where_rows_lie(desk: Desk) -> None:
    """It takes seconds for a statement, so that it is given all cells at once, as texts and as columns of types."""
    literal = Spark().literal
    reached = "driver = 'pyspark'\nconnect = 'local[1]'\nrejects = 100\nnull = ['-']\n"

    def put(name: str, columns: str, *cells: list[str]) -> None:
        longest = max(map(len, cells))
        lines = zip(*(islice(cycle(column), longest) for column in cells), strict=True)
        values = ", ".join(f"({', '.join(map(literal, line))})" for line in lines)
        session.sql(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM VALUES {values} AS t({columns})")

    with witnesses.spark() as session:
        put("d", "id, created, closed, prio", ["T1", "T2", "T3", "", " T1", "t1", "Å"], TIMES, TIMES[7:], TEXTS)
        put(
            "l",
            "ts, ms, rate, cost, size",
            ["2026-04-01 10:00"],
            *(NUMBERS[turn:] + NUMBERS[:turn] for turn in range(4)),
        )
        put("p", "ts, up", TIMES, WORDS)
        put("b", "start, end", TIMES, TIMES[3:])
        put("a", "at, q_ease, mood", TIMES, NUMBERS, NUMBERS[5:])
        tables = {"desk": "d", "loads": "l", "pings": "p", "breaks": "b", "asked": "a"}
        config = "\n".join(f"[{source}]\n{reached}table = '{table}'\n" for source, table in tables.items())
        hold_against_python(desk, config + f"[deliveries]\n{reached}query = 'select ts as day from p'")
        for kind, time in (
            ("DOUBLE", "TIMESTAMP"),
            ("DECIMAL(18, 9)", "TIMESTAMP_NTZ"),
            ("BIGINT", "DATE"),
            ("FLOAT", "STRING"),
        ):
            cells = ", ".join(f"TRY_CAST({name} AS {kind}) AS {name}" for name in ("ms", "rate", "cost", "size"))
            loads = f"select try_cast(ts as {time}) as ts, {cells} from l"
            days = "select try_cast(ts as date) as day from p"
            typed = f"[loads]\n{reached}query = '{loads}'\n[deliveries]\n{reached}query = '{days}'\n"
            pings = f"select try_cast(ts as {time}) as ts, try_cast(up as boolean) as up from p"
            hold_against_python(desk, f"{typed}[pings]\n{reached}query = '{pings}'")
