"""What is written for each database can be read by a parser of its dialect, which does not say that it ran there."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
import sqlglot
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.evaluation.engines import questions, witnesses
from xladsl.evaluation.engines import sql
from xladsl.evaluation.engines.dialects import DIALECTS
from xladsl.evaluation.engines.pages import PAGE
from xladsl.evaluation.engines.sql import Held, TooLargeError
from xladsl.evaluation.instants.clocks import Clock
from xladsl.evaluation.rows.requests import (
    ColumnCell,
    Compared,
    Constant,
    Every,
    Listing,
    Product,
    Reading,
    Sampled,
    Sum,
    Tally,
)
from xladsl.evaluation.rows.table import Rows, Table

DAY = questions.DAY
OFFICE = Clock(
    "office",
    tuple(questions.BEGINNING + day * DAY + hour * questions.HOUR for day in range(-300, 300) for hour in (8, 17)),
    tuple((day * 9 + (9 if hour == 17 else 0)) * questions.HOUR for day in range(600) for hour in (8, 17)),
    (1, 0) * 600,
    questions.SECOND,
    tuple(questions.BEGINNING + day * DAY for day in range(-300, 300)),
)
OPENED, CLOSED = ColumnCell("opened"), ColumnCell("closed")
SPENT = Sum((Reading(OFFICE, CLOSED),), (Reading(OFFICE, OPENED),))


def statement_of(question: Tally | Listing | Sampled, held: Held, dialect: str) -> sql.Statement:
    if isinstance(question, Tally):
        return sql.tally(question, held, DIALECTS[dialect])
    if isinstance(question, Listing):
        return sql.listing(question, held, DIALECTS[dialect])
    return sql.ends_of_runs(question, held, DIALECTS[dialect])


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(question=questions.questions(), known=st.booleans())
def test_statements_can_be_parsed(dialect: str, question: Any, known: bool) -> None:
    ranges = {"opened": sql.Between(questions.BEGINNING - 10 * DAY, questions.BEGINNING + 10 * DAY)} if known else {}
    try:
        statement = statement_of(question, Held("desk", 10**9, ranges), dialect)
    except TooLargeError:
        return
    text = statement.standing_alone(DIALECTS[dialect])
    [parsed] = sqlglot.parse(text, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
    assert isinstance(parsed, sqlglot.exp.Select)
    assert not parsed.find(sqlglot.exp.CurrentTimestamp, sqlglot.exp.Extract, sqlglot.exp.TimestampTrunc)
    aliases = [alias.alias for select in parsed.find_all(sqlglot.exp.Select) for alias in [select.selects]
               for alias in alias if isinstance(alias, sqlglot.exp.Alias)]  # fmt: skip
    assert not set(aliases) & {*questions.COLUMNS}, "an alias that is a column means another thing in some databases"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_statement_divides_or_holds_a_floating_point_number(dialect: str) -> None:
    question = Tally("desk", Compared(SPENT, "<=", Constant(4 * questions.HOUR)), (ColumnCell("kind"),), (SPENT,))
    text = statement_of(question, Held("desk", 10**6), dialect).standing_alone(DIALECTS[dialect])
    [parsed] = sqlglot.parse(text, read=dialect)
    assert parsed is not None
    assert not parsed.find(sqlglot.exp.Div, sqlglot.exp.IntDiv)
    assert all("." not in literal.this for literal in parsed.find_all(sqlglot.exp.Literal) if not literal.is_string)


def test_only_the_pages_of_a_clock_that_a_window_needs_are_written() -> None:
    start = questions.BEGINNING
    window = Every((Compared(OPENED, ">=", Constant(start)), Compared(OPENED, "<", Constant(start + 30 * DAY))))
    held = Held("desk", 10**6, {"opened": sql.Between(start - 200 * DAY, start + 200 * DAY)})
    question = Tally("desk", Every((window, Compared(Reading(OFFICE, OPENED), ">", Constant(0)))))
    [pages] = statement_of(question, held, "postgres").tables
    assert len(pages.rows) == 30 * DAY // PAGE + 2


def test_a_number_beyond_what_a_database_holds_is_refused_and_never_wrong() -> None:
    cube = Product((ColumnCell("amount"),) * 3)
    with pytest.raises(TooLargeError, match="duckdb"):
        sql.tally(Tally("desk", sums=(cube,)), Held("desk"), DIALECTS["duckdb"])
    small = Held("desk", 10**6, {"amount": sql.Between(-(10**9), 10**9)})
    sql.tally(Tally("desk", sums=(cube,)), small, DIALECTS["duckdb"])


def test_totals_beyond_the_largest_integer_of_a_database_come_in_two_parts() -> None:
    """A hundred squares of the largest amounts are more than 38 digits."""
    amount = 10**18 - 1
    rows: dict[str, Any] = {name: [None] * 200 for name in questions.COLUMNS} | {"amount": [amount, -amount] * 100}
    square = Product((ColumnCell("amount"), ColumnCell("amount")))
    question = Tally("desk", sums=(square, ColumnCell("amount")))
    for engine in (witnesses.with_duckdb(rows), witnesses.with_sqlite(rows), Table({"desk": Rows(rows)})):
        assert engine.tally(question)[()].sums == ((200, 200 * amount**2), (200, 0))


def test_pages_follow_a_clock_beyond_both_of_its_ends() -> None:
    instants: list[Any] = [0, OFFICE.starts[0] - 1, OFFICE.starts[0], OFFICE.starts[-1] + 99 * DAY, None]
    rows: dict[str, Any] = {name: [None] * len(instants) for name in questions.COLUMNS} | {"opened": instants}
    engine = witnesses.with_duckdb(rows)
    listed = Listing("desk", (OPENED, Reading(OFFICE, OPENED)))
    assert engine.listed(listed) == Table({"desk": Rows(rows)}).listed(listed)


def test_duckdb_reads_only_the_wanted_columns_of_a_table_with_others() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE desk AS SELECT 1::BIGINT AS opened, 'x' AS kind, [1, 2] AS others, 1.5 AS more"
        )
        engine = witnesses.DuckDB(connection, {"desk": witnesses.held(connection, "desk")})
        assert engine.listed(Listing("desk", (OPENED, ColumnCell("kind")))) == [(1, "x")]
