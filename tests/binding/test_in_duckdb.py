"""DuckDB reads files as Python does: the same rows, the same rejects in the same places, the same words."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.binding.conftest import told
from xladsl.binding import read
from xladsl.binding.in_duckdb import read_into_duckdb
from xladsl.evaluation.instants.clocks import every_hour
from xladsl.evaluation.rows.requests import ColumnCell, Compared, Constant, Every, Listing, Sampled, Tally
from xladsl.evaluation.rows.table import Table, in_order

if TYPE_CHECKING:
    from tests.binding.conftest import Desk

FUZZ = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each example writes files, and shrinking takes many
)

TIMES = [
    "2026-04-01 10:00", "2026-04-01T10:00:00.25", "2026-04-01 10:00:00,1234567", "2026-04-01T10:00Z", "2026-04-01",
    "2026-04-01 10:00+02:00", "2026-04-01 10:00:00-0330", "2026-04-01 10:00 UTC", " 2026-04-01 10:00:00 ", "now", "-",
    "", "2026-10-25 02:30", "2026-03-29 02:30", "2026-10-25 02:30+01:00", "2026-02-30 10:00", "2026-04-01 24:00",
    "1971-01-01 00:00", "1969-12-31 23:59", "2099-12-31 23:59", "2026-04-01 10:00+19:00", "2025-12-31 23:59:59.999999",
]  # fmt: skip
NUMBERS = [
    "1", "-1", "+1", "0", "7", "8", "1.5", "0.000001", "0.0000005", "-0.0000005", "1e3", "1E-7", "999999999999.999999",
    "1000000000000", "99.5%", "1,5", ".5", "5.", "nan", "inf", "1_000", " 12 ", "", "-", "٣", "007", "-0", "1" * 61,
]  # fmt: skip
WORDS = ["yes", "NO", "True", "f", "1", "0", "maybe", "", " y ", "up", "1.0", "K", "İ"]
TEXTS = ["P1", " P1 ", "", "-", 'say "so"', "a,b", "two\nlines", "o'clock", "50%", "عصر", "\t", "null", "NULL"]


def cells(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


def rows(*columns: list[str]) -> st.SearchStrategy[list[tuple[str, ...]]]:
    return st.lists(st.tuples(*(cells(*column) for column in columns)), max_size=25)


def written(header: list[str], lines: list[tuple[str, ...]], quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=quoting)  # type: ignore[arg-type]  # one of its constants
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()


def hold_against_python(at: Desk, /, config: str = "", **data: Any) -> None:
    bound = at.bound(config, **data)
    assert not bound.problems
    expected = read(at.contract, bound.plans)
    found = read_into_duckdb(at.contract, bound.plans)
    for plan in bound.plans:
        columns = expected.rows[plan.source].columns
        listed = found.engine.listed(Listing(plan.source, tuple(map(ColumnCell, columns))))
        assert listed == sorted(zip(*columns.values(), strict=True), key=in_order)
    assert found.problems == expected.problems
    assert found.sources == expected.sources


@FUZZ
@given(
    lines=rows(["T1", "T2", "T3", "", " T1"], TIMES, TIMES, TEXTS),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_tickets_in_csv(desk: Desk, lines: list[tuple[str, ...]], quoting: int) -> None:
    desk.put("t.csv", written(["id", "created", "closed", "prio"], lines, quoting))
    hold_against_python(desk, "[desk]\nrejects = 100", desk="t.csv")


@FUZZ
@given(lines=rows(TIMES, NUMBERS, NUMBERS, NUMBERS, NUMBERS))
def test_amounts_in_csv(desk: Desk, lines: list[tuple[str, ...]]) -> None:
    desk.put("t.csv", written(["ts", "ms", "rate", "cost", "size"], lines))
    hold_against_python(desk, '[loads]\nrejects = 100\nnull = ["-"]\nfiles = "t.csv"')


@FUZZ
@given(answers=rows(TIMES, NUMBERS, NUMBERS), probes=rows(TIMES, WORDS), breaks=rows(TIMES, TIMES), days=rows(TIMES))
def test_other_sources_in_csv(desk: Desk, answers: Any, probes: Any, breaks: Any, days: Any) -> None:
    desk.put("a.csv", written(["at", "q_ease", "mood"], answers))
    desk.put("p.csv", written(["ts", "up"], probes))
    desk.put("b.csv", written(["start", "end"], breaks))
    desk.put("d.csv", written(["day"], days))
    hold_against_python(desk, asked="a.csv", pings=["p.csv", "p.csv"], breaks="b.csv", deliveries="d.csv")


@FUZZ
@given(
    kind=st.sampled_from(
        ["VARCHAR", "DOUBLE", "FLOAT", "BIGINT", "UTINYINT", "DECIMAL(12, 3)", "DECIMAL(30, 9)", "HUGEINT"]
    ),
    numbers=st.lists(cells(*NUMBERS, "0.1", "16777217", "123456.789", "1e22", "0.1234565"), max_size=20),
    time=st.sampled_from(["VARCHAR", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_S", "TIMESTAMPTZ", "DATE"]),
    times=st.lists(cells(*TIMES, "infinity"), min_size=20, max_size=20),
)
def test_typed_columns_of_parquet(desk: Desk, kind: str, numbers: list[str], time: str, times: list[str]) -> None:
    columns = [f"TRY_CAST(UNNEST($2::VARCHAR[]) AS {time}) AS ts"]
    columns += [f"TRY_CAST(UNNEST($1::VARCHAR[]) AS {kind}) AS {name}" for name in ("ms", "rate", "cost", "size")]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'America/New_York'")
        connection.execute(f"CREATE TABLE t AS SELECT {', '.join(columns)}", [numbers, times[: len(numbers)]])
        connection.execute(f"COPY t TO '{desk.folder}/t.parquet' (FORMAT parquet)")
    hold_against_python(desk, "[loads]\nrejects = 100", loads="t.parquet")


MOMENTS = [1_774_994_400_000_000 + step for step in (-1, 0, 1, 999_999, 1_000_000, 60_000_000, 3_600_000_000)]


@FUZZ
@given(
    kind=st.sampled_from(["TIMESTAMP", "TIMESTAMPTZ"]),
    rounds=st.lists(st.tuples(st.sampled_from([*MOMENTS, None]), st.sampled_from([True, False, None])), min_size=1),
    bounds=st.lists(
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.sampled_from(MOMENTS)), max_size=3
    ),
)
def test_moments_of_parquet_are_found_by_what_the_file_says_of_them(
    desk: Desk, kind: str, rounds: list[Any], bounds: list[Any]
) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        columns = f"CAST(MAKE_TIMESTAMP(UNNEST($1::BIGINT[])) AS {kind}) AS ts, UNNEST($2::BOOLEAN[]) AS up"
        connection.execute(f"CREATE TABLE t AS SELECT {columns}", [list(each) for each in zip(*rounds, strict=True)])
        connection.execute(f"COPY t TO '{desk.folder}/t.parquet' (FORMAT parquet)")
    bound = desk.bound(pings="t.parquet")
    expected = Table(read(desk.contract, bound.plans).rows)
    found = read_into_duckdb(desk.contract, bound.plans).engine
    at, ok = ColumnCell("at"), ColumnCell("ok")
    test = Every(tuple(Compared(at, relation, Constant(moment)) for relation, moment in bounds))
    assert found.tally(Tally("pings", test, (ok,))) == expected.tally(Tally("pings", test, (ok,)))
    clock = every_hour("UTC", desk.contract.agreement)
    probed = Sampled("pings", at, ok, clock, 1_000_000, 1, test)
    assert found.turns(probed).firsts == expected.turns(probed).firsts
    assert found.turns(probed).until == expected.turns(probed).until or not found.turns(probed).firsts


@pytest.mark.parametrize("kind", ["BOOLEAN", "TINYINT", "INTEGER", "VARCHAR"])
def test_truth_in_parquet(desk: Desk, kind: str) -> None:
    with duckdb.connect() as connection:
        values = "(TIMESTAMP '2026-04-01 10:00', '1'), (TIMESTAMP '2026-04-01 10:01', '0'), (NULL, NULL)"
        query = f"SELECT ts, CAST(up AS {kind}) AS up FROM (VALUES {values}) AS v(ts, up)"
        connection.execute(f"COPY ({query}) TO '{desk.folder}/t.parquet' (FORMAT parquet)")
    hold_against_python(desk, pings="t.parquet")


@pytest.mark.parametrize("end", ["infinity", "-infinity"])
def test_a_time_without_end_rejects_its_row_and_no_other(desk: Desk, end: str) -> None:
    with duckdb.connect() as connection:
        values = f"(TIMESTAMP '2026-04-01 10:00', '1'), (TIMESTAMP '{end}', '0')"
        query = f"SELECT ts, up FROM (VALUES {values}) AS v(ts, up)"
        connection.execute(f"COPY ({query}) TO '{desk.folder}/t.parquet' (FORMAT parquet)")
    hold_against_python(desk, "[pings]\nrejects = 1", pings="t.parquet")
    assert (
        len(
            read_into_duckdb(desk.contract, desk.bound("[pings]\nrejects = 1", pings="t.parquet").plans).engine.listed(
                Listing("pings", (ColumnCell("ok"),))
            )
        )
        == 1
    )


def test_several_files_of_parquet_and_one_without_a_row(desk: Desk) -> None:
    with duckdb.connect() as connection:
        for name, seconds in (("1", [3, 4]), ("2", []), ("3", [1, 2])):
            values = "MAKE_TIMESTAMP(1774994400000000 + i * 1000000) AS ts, i <> 2 AS up"
            rows = f"SELECT {values} FROM (SELECT UNNEST($1::BIGINT[]) AS i)"
            connection.execute(f"COPY ({rows}) TO '{desk.folder}/{name}.parquet' (FORMAT parquet)", [seconds])
    files = ["1.parquet", "2.parquet", "3.parquet"]
    hold_against_python(desk, pings=files)
    bound = desk.bound(pings=files)
    probed = Sampled(
        "pings", ColumnCell("at"), ColumnCell("ok"), every_hour("UTC", desk.contract.agreement), 1_000_000, 1
    )
    expected = Table(read(desk.contract, bound.plans).rows).turns(probed)
    assert len(expected.firsts) == 3
    assert read_into_duckdb(desk.contract, bound.plans).engine.turns(probed) == expected


def test_numbers_of_parquet_that_are_none_are_rejected_and_located(desk: Desk) -> None:
    with duckdb.connect() as connection:
        query = "SELECT TIMESTAMP '2026-04-01 10:00' AS ts, i AS ms, i AS rate, i AS cost, "
        query += "CASE WHEN i % 1000 = 7 THEN 'nan'::DOUBLE ELSE i END AS size FROM RANGE(20000) AS t(i)"
        connection.execute(f"COPY ({query}) TO '{desk.folder}/t.parquet' (FORMAT parquet)")
    bound = desk.bound(loads="t.parquet")
    found = read_into_duckdb(desk.contract, bound.plans)
    assert found.sources[0].rejected == 20
    assert "t.parquet, row 8, column `size`: `nan`" in told(found.problems)


def test_files_and_rows_that_duckdb_does_not_find_plain(desk: Desk) -> None:
    header = "id,created,closed,prio\n"
    desk.put("1.csv", header + 'T1,2026-04-01 10:00,,"a\nb"\n\nT2,soon,,c\n')
    desk.put("2.csv", header + "T3,2026-04-01 10:00,\nT4,2026-04-01 10:00,,d\n")
    desk.put("3.csv", header + 'T5,2026-04-01 10:00,, "e"\n')
    desk.put("4.csv", header.replace("\n", "\r\n") + 'T6,2026-04-01 10:00,,"f\r\ng"\r\nT7,later,,\r\n')
    desk.put("5.jsonl", '{"id": "T8", "created": "2026-04-01 10:00", "closed": null, "prio": "h"}\n{"id": 9}\n')
    hold_against_python(desk, "[desk]\nrejects = 9", desk=["1.csv", "2.csv", "3.csv", "4.csv", "5.jsonl"])
