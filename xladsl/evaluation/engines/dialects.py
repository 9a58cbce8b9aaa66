"""What databases write differently, in as few words as our statements need.

DuckDB, Spark, PostgreSQL and SQLite are run by the tests, and answer like the reference engine. Trino, Snowflake,
BigQuery and ClickHouse are written only: the tests have their statements parsed, nobody here has seen them run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LARGEST_INTEGER = 2**63 - 1
LARGEST_WIDE = 10**38 - 1
"""The largest number that the wide type of every database holds."""


class Dialect:
    """What most databases agree on; the others say below where they differ."""

    name = "sql"
    runs = False
    """Whether the tests run statements of this dialect."""

    quote = '"'
    backslash = False
    """Whether a backslash in a text escapes what follows."""

    integer = "BIGINT"
    wide = "DECIMAL(38, 0)"
    sum_is_wide = False
    """Whether the sum of integers is already of a type that holds it."""

    unbounded = False
    """Whether the wide type holds whatever can come up, however many digits that has."""

    wide_is_text = False

    least = "LEAST"
    greatest = "GREATEST"

    pages_at_once = 1
    """Of how many pages of a clock the beginning of a table is a multiple, and its end: more where a table is made once
    and then serves many windows, one where it is written out in each statement."""

    def quoted(self, name: str) -> str:
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"

    def constant(self, value: int | str | None) -> str:
        if value is None:
            return "NULL"
        if isinstance(value, int):
            return str(value) if value >= 0 else f"({value})"
        text = value.replace("\\", "\\\\") if self.backslash else value
        return "'" + text.replace("'", "\\'" if self.backslash else "''") + "'"

    def remainder(self, dividend: str, divisor: int) -> str:
        """Of numbers that are not negative: databases do not agree about others."""
        return f"MOD({dividend}, {divisor})"

    def shifted(self, number: str, bits: int) -> str:
        """A number that is not negative, without its last bits."""
        return f"({number} >> {bits})"

    def outermost(self, function: str, terms: Sequence[str]) -> str:
        """The least or the greatest of those that are not empty.

        Some databases give nothing as soon as one is empty. So each place is filled by the next that is not, which
        gives the same set without gaps.
        """
        if len(terms) == 1:
            return terms[0]
        filled = (", ".join((*terms[at:], *terms[:at])) for at in range(len(terms)))
        return f"{function}({', '.join(f'COALESCE({turned})' for turned in filled)})"

    def widened(self, term: str) -> str:
        return f"CAST({term} AS {self.wide})"

    def added(self, first: str, sign: str, second: str, *, wide: bool) -> str:
        return f"({self.widened(first) if wide else first} {sign} {second})"

    def multiplied(self, first: str, second: str, *, wide: bool) -> str:
        return f"({self.widened(first) if wide else first} * {second})"

    def compared(self, left: str, relation: str, right: str, *, wide: bool) -> str:  # noqa: ARG002
        return f"{left} {'<>' if relation == '!=' else relation} {right}"

    def total(self, term: str) -> str:
        return f"SUM({term if self.sum_is_wide else self.widened(term)})"

    def quotient(self, dividend: str, divisor: int) -> str:
        """Of two numbers of which the second divides the first."""
        return f"({dividend} / {divisor})"

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[int | None]]) -> str:
        """What stands after `WITH` to make a table of numbers, without a right to create one."""
        written = ", ".join(f"({', '.join(map(self.constant, row))})" for row in rows)
        return f"({', '.join(columns)}) AS (VALUES {written})"


class DuckDB(Dialect):
    name = "duckdb"
    runs = True
    wide = "HUGEINT"
    sum_is_wide = True
    pages_at_once = 512

    def quotient(self, dividend: str, divisor: int) -> str:
        return f"({dividend} // {divisor})"


class Spark(Dialect):
    name = "spark"
    runs = True
    quote = "`"
    backslash = True

    def quotient(self, dividend: str, divisor: int) -> str:
        return f"({dividend} div {divisor})"

    def shifted(self, number: str, bits: int) -> str:
        return f"SHIFTRIGHT({number}, {bits})"


class PostgreSQL(Dialect):
    name = "postgres"
    runs = True
    wide = "NUMERIC"
    sum_is_wide = True
    unbounded = True

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[int | None]]) -> str:
        """A column that is empty in every row would be taken for text, and so would be the first."""
        shown = list(rows)
        typed = ", ".join(f"CAST({self.constant(cell)} AS BIGINT)" for cell in shown[0])
        others = "".join(f", ({', '.join(map(self.constant, row))})" for row in shown[1:])
        return f"({', '.join(columns)}) AS (VALUES ({typed}){others})"


class SQLite(Dialect):
    """It has no integer beyond 64 bits and turns what is larger into a floating-point number in silence. So what could
    be larger goes through functions that `connection` brings along, as text."""

    name = "sqlite"
    runs = True
    integer = "INTEGER"
    wide = "TEXT"
    wide_is_text = True
    unbounded = True
    least = "MIN"
    greatest = "MAX"

    def constant(self, value: int | str | None) -> str:
        is_wide = isinstance(value, int) and abs(value) > LARGEST_INTEGER
        return super().constant(str(value) if is_wide else value)

    def remainder(self, dividend: str, divisor: int) -> str:
        return f"({dividend} % {divisor})"

    def added(self, first: str, sign: str, second: str, *, wide: bool) -> str:
        return f"exactly('{sign}', {first}, {second})" if wide else super().added(first, sign, second, wide=False)

    def multiplied(self, first: str, second: str, *, wide: bool) -> str:
        return f"exactly('*', {first}, {second})" if wide else super().multiplied(first, second, wide=False)

    def compared(self, left: str, relation: str, right: str, *, wide: bool) -> str:
        if wide:
            left, right = f"exactly('sign', {left}, {right})", "0"
        return super().compared(left, relation, right, wide=False)

    def total(self, term: str) -> str:
        return f"exact_sum({term})"


class Trino(Dialect):
    name = "trino"

    def shifted(self, number: str, bits: int) -> str:
        return f"BITWISE_RIGHT_SHIFT({number}, {bits})"


class Snowflake(Dialect):
    name = "snowflake"
    backslash = True
    integer = "NUMBER(38, 0)"
    wide = "NUMBER(38, 0)"

    def shifted(self, number: str, bits: int) -> str:
        return f"BITSHIFTRIGHT({number}, {bits})"

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[int | None]]) -> str:
        written = super().table(columns, rows)
        return written.replace("(VALUES ", "(SELECT * FROM VALUES ", 1)


class BigQuery(Dialect):
    name = "bigquery"
    quote = "`"
    backslash = True
    integer = "INT64"
    wide = "BIGNUMERIC"

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[int | None]]) -> str:
        typed = ", ".join(f"{column} INT64" for column in columns)
        written = ", ".join(f"({', '.join(map(self.constant, row))})" for row in rows)
        return f" AS (SELECT * FROM UNNEST(ARRAY<STRUCT<{typed}>>[{written}]))"


class ClickHouse(Dialect):
    """Sums of 64 bits wrap around in silence there."""

    name = "clickhouse"
    quote = "`"
    backslash = True
    integer = "Nullable(Int64)"
    wide = "Nullable(Int256)"
    unbounded = True

    def shifted(self, number: str, bits: int) -> str:
        return f"bitShiftRight({number}, {bits})"

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[int | None]]) -> str:
        typed = ", ".join(f"{column} Nullable(Int64)" for column in columns)
        written = ", ".join(f"({', '.join(map(self.constant, row))})" for row in rows)
        return f" AS (SELECT * FROM VALUES('{typed}', {written}))"


DIALECTS: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (DuckDB(), Spark(), PostgreSQL(), SQLite(), Trino(), Snowflake(), BigQuery(), ClickHouse())
}
