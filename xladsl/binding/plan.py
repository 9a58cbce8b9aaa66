"""How the rows of a source are read, as plain data: what an engine needs that loads them itself.

Whoever follows a plan does these things, and nothing else, with each row:

1.  A cell is taken as text, without the blanks (` `, tab, CR, LF) around it. A cell is empty that is missing (null, SQL
    NULL), that has nothing left, or that is one of the column's `null` words.
2.  The text is cast by the `kind` of its column. Whatever cannot be cast rejects its row:

    `text`      is as it is.
    `number`    is `NUMBER`, with a comma for the point under `decimal_comma`; for a percentage a `%` may follow. The
                amount is multiplied by `factor`, must then lie between -`LARGEST` and `LARGEST` (neither included), and
                becomes millionths, rounded half away from zero. Under `lowest` and `highest` it must be a whole number
                from one to the other; under not `negative` it must not be below zero.
    `yes or no` is one of the words `yes` (1) or `no` (0), in capitals or not (a to z only).
    `time`      is written as `form` says and becomes microseconds since 1970-01-01 UTC, more decimals rounded half away
                from zero; it must lie from 1970 to the end of 2099 (`EARLIEST`, `LATEST`). Without an offset of its own
                it is what clocks of `zone` show: what they skip is the first instant after, what they show twice is the
                first of the two.
    `date`      is written as `form` says and becomes the instant at which that day begins in `zone`.

3.  A row whose `key` is empty is rejected, and so is one whose second cell of `lasting` lies before the first.
4.  Of several rows with one key one stays: see `xladsl.evaluation.rows.table.one_for_each`, with the columns `moments`.

The run fails if more rows are rejected than `allowed`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

BLANKS = " \t\r\n"
NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
LARGEST = 10**12
EARLIEST = 0
LATEST = 4_102_444_800_000_000
"""The first instant that is too late."""

Kind = Literal["text", "number", "yes or no", "time", "date"]
Format = Literal["csv", "json lines", "json", "parquet"]

YES_WORDS = ("yes", "y", "true", "t", "1")
NO_WORDS = ("no", "n", "false", "f", "0")

ISO = "iso"
"""`2026-04-07 10:00`, `2026-04-07T10:00:00.25+02:00`, `2026-04-07 10:00:00 UTC`, and for days `2026-04-07`."""
EPOCHS = {"epoch s": 1_000_000, "epoch ms": 1_000, "epoch us": 1}
"""Forms in which a time is a number since 1970-01-01 UTC, and how many microseconds one of it is."""


class ColumnPlan(NamedTuple):
    """A column: `name` as the rows have it in the end, `header` as the data have it, and how its cells are cast.

    `words` is the kind as the agreement says it, for messages. Any other `form` than `ISO` and `EPOCHS` is a pattern
    such as `%d-%m-%Y %H:%M`, of the parts that `times.PARTS` has.
    """

    name: str
    header: str
    kind: Kind = "text"
    words: str = "text"
    null: tuple[str, ...] = ()
    form: str = ISO
    zone: str = "UTC"
    factor: Fraction = Fraction(1)
    decimal_comma: bool = False
    negative: bool = True
    lowest: int | None = None
    highest: int | None = None
    yes: tuple[str, ...] = YES_WORDS
    no: tuple[str, ...] = NO_WORDS


class FilePlan(NamedTuple):
    """A file: where it lies, by which name people see it, and how its text is cut into rows.

    `skip_rows` lines stand before the header of a CSV file; `path_to_rows` leads to the list of rows in a JSON file.
    """

    path: str
    shown: str
    format: Format
    delimiter: str = ","
    skip_rows: int = 0
    path_to_rows: tuple[str, ...] = ()


class TablePlan(NamedTuple):
    """A table or a query of a database: `driver` is the module of Python's DB-API 2.0 that connects.

    What stands in `connect` may name environment variables, as `${DESK_PASSWORD}`; only the name is ever shown.
    """

    shown: str
    driver: str
    connect: tuple[tuple[str, str], ...]
    query: str


class Allowed(NamedTuple):
    """How many rows may be rejected: a number, or a share of all rows that were read."""

    rows: int = 0
    share: Fraction | None = None

    def covers(self, rejected: int, read: int) -> bool:
        return rejected <= (self.rows if self.share is None else self.share * read)

    def __str__(self) -> str:
        return str(self.rows) if self.share is None else f"{float(self.share * 100):g}%"


class SourcePlan(NamedTuple):
    """All there is to know for reading the rows of one source.

    `columns` may include `table.ARRIVED`. `dated` is the column that usually says in which window a row lies.
    `may_be_late` is whether the agreement says when a row is too late.
    """

    source: str
    files: tuple[FilePlan, ...]
    table: TablePlan | None
    columns: tuple[ColumnPlan, ...]
    key: str | None = None
    moments: tuple[str, ...] = ()
    lasting: tuple[str, str] | None = None
    dated: str | None = None
    allowed: Allowed = Allowed()
    may_be_late: bool = False
