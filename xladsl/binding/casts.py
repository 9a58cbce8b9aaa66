"""How DuckDB casts the cells of a column: what a plan says, for the cells that are written plainly.

A cast gives nothing where it is not sure. Such cells are few, as `1e3`, `99.5%` or a time in the hour that comes twice,
and `in_duckdb` leaves their rows to `reading`, which casts them in Python. So there is one meaning, and two speeds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..evaluation import zones
from ..evaluation.requests import MILLION
from .cells import CellReader
from .plan import BLANKS, EARLIEST, EPOCHS, ISO, LARGEST, LATEST
from .times import DAY, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .plan import ColumnPlan

INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")
TIMES = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
TIME_WITH_ZONE = "TIMESTAMP WITH TIME ZONE"

PLAIN_NUMBER = r"-?[0-9]{1,12}(\.[0-9]{1,6})?"
PLAIN_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?)"
PLAIN_OFFSET = "(Z|[+-]([0-9]{2}):([0-5][0-9]))"
PLAIN_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Cast(NamedTuple):
    """SQL for a cell: its text, whether it is empty, what it comes to where that is sure and nothing elsewhere, and,
    for a time, whether it carries an offset of its own."""

    text: str
    empty: str
    sure: str
    offset: str = "FALSE"

    @property
    def value(self) -> str:
        return f"CASE WHEN {self.empty} THEN NULL ELSE {self.sure} END"

    @property
    def is_unsure(self) -> str:
        return f"NOT ({self.empty}) AND ({self.sure}) IS NULL"


class Span(NamedTuple):
    """Instants from `start` up to `end`: which offsets of a zone are looked up, since others hardly occur."""

    start: int
    end: int


def cast_of(column: ColumnPlan, cell: str, kind: str, span: Span) -> Cast:
    """The cast of a column that DuckDB calls `cell` and has as a `kind` of its own."""
    is_text = kind == "VARCHAR"
    text = f"TRIM({cell}, {literal(BLANKS)})" if is_text else f"CAST({cell} AS VARCHAR)"
    nulls = [f"{cell} IS NULL"]
    words = ["", *column.null] if is_text else column.null
    if words:
        nulls.append(f"{text} IN ({', '.join(map(literal, words))})")
    empty = " OR ".join(nulls)
    if column.kind == "text":
        return Cast(text, empty, text)
    if column.kind == "number":
        return Cast(text, empty, number(column, cell, kind, text))
    if column.kind == "yes or no":
        return Cast(text, empty, yes_or_no(column, cell, kind, text))
    if column.kind == "date":
        return Cast(text, empty, day(column, cell, kind, text, span))
    offset = f"REGEXP_MATCHES({text}, ':[0-9.]+[-+Z]')" if is_text else "TRUE" if kind == TIME_WITH_ZONE else "FALSE"
    return Cast(text, empty, time(column, cell, kind, text, span), offset)


# ----------------------------------------------------------------------------------------------------------- numbers


def number(column: ColumnPlan, cell: str, kind: str, text: str) -> str:
    if column.decimal_comma and kind in ("VARCHAR", "DOUBLE", "FLOAT"):
        return NOTHING
    if kind in INTEGERS:
        plain = f"CAST({only_if(f'{cell} > -{LARGEST} AND {cell} < {LARGEST}', cell)} AS BIGINT) * {MILLION}"
    elif kind == "DOUBLE":
        # The decimal number that DuckDB would write for it, if that has six decimals at most: it is then the only one
        # of so few digits that this binary number stands for.
        rounded = f"TRY_CAST(ROUND({cell} * 1e6) AS BIGINT)"
        plain = only_if(f"ABS({cell}) < 1e9 AND CAST({rounded} AS DOUBLE) / 1e6 = {cell}", rounded)
    else:
        matching = only_if(f"REGEXP_FULL_MATCH({text}, '{PLAIN_NUMBER}')", text)
        plain = f"CAST(TRY_CAST({matching} AS DECIMAL(38, 6)) * {MILLION} AS BIGINT)"
    numerator, denominator = column.factor.as_integer_ratio()
    if column.factor != 1:
        scaled = f"CAST({plain} AS HUGEINT) * {numerator}"
        fits = f"({scaled}) % {denominator} = 0 AND ABS({scaled}) < {LARGEST * MILLION * denominator}"
        plain = f"CAST({only_if(fits, f'({scaled}) // {denominator}')} AS BIGINT)"
    tests = [] if column.negative else [f"({plain}) >= 0"]
    if column.lowest is not None or column.highest is not None:
        tests.append(f"({plain}) % {MILLION} = 0")
    tests += [f"({plain}) >= {column.lowest * MILLION}"] if column.lowest is not None else []
    tests += [f"({plain}) <= {column.highest * MILLION}"] if column.highest is not None else []
    return only_if(" AND ".join(tests), plain) if tests else plain


def yes_or_no(column: ColumnPlan, cell: str, kind: str, text: str) -> str:
    """A truth or a small number of DuckDB stands for the text that it would be."""
    known = {"BOOLEAN": {"TRUE": "true", "FALSE": "false"}}.get(
        kind, {"1": "1", "0": "0"} if kind in INTEGERS else None
    )
    if known is None:
        words = {1: column.yes, 0: column.no}
        meant = [f"WHEN LOWER({text}) IN ({in_small(words[value])}) THEN {value}" for value in (1, 0) if words[value]]
        return f"CASE {' '.join(meant)} END"
    read = CellReader(column)
    cases = []
    for value, written in known.items():
        try:
            cases.append(f"WHEN {cell} = {value} THEN {read.read(written)}")
        except UnreadableError:
            continue
    return f"CASE {' '.join(cases)} END" if cases else NOTHING


def in_small(words: Iterable[str]) -> str:
    return ", ".join(literal(word.lower()) for word in words)


# ------------------------------------------------------------------------------------------------------------- times


def time(column: ColumnPlan, cell: str, kind: str, text: str, span: Span) -> str:
    if column.form in EPOCHS:
        unit = EPOCHS[column.form]
        if kind in INTEGERS:
            counted = only_if(f"{cell} >= 0 AND {cell} < {LATEST // unit}", cell)
        else:
            counted = only_if(f"REGEXP_FULL_MATCH({text}, '[0-9]{{1,16}}')", text)
        return in_time(f"TRY_CAST({counted} AS BIGINT) * {unit}", EARLIEST)
    if column.form != ISO:
        return NOTHING
    if kind == TIME_WITH_ZONE:
        return in_time(f"EPOCH_US({only_if(f'ISFINITE({cell})', cell)})", EARLIEST)
    if kind == "TIMESTAMP_NS":
        return in_time(instant(f"(EPOCH_NS({cell}) + 500) // 1000", column.zone, span), EARLIEST)
    if kind in TIMES:
        return in_time(
            instant(f"EPOCH_US({only_if(f'ISFINITE({cell})', f'CAST({cell} AS TIMESTAMP)')})", column.zone, span),
            EARLIEST,
        )
    return in_time(written_time(text, column.zone, span), EARLIEST)


def written_time(text: str, zone: str, span: Span) -> str:
    """Of a time as a text, with an offset or without."""
    pattern = f"'{PLAIN_TIME}{PLAIN_OFFSET}?'"
    shown = f"EPOCH_US(TRY_CAST(REGEXP_EXTRACT({text}, {pattern}, 1) AS TIMESTAMP))"
    hours, minutes = (f"CAST(REGEXP_EXTRACT({text}, {pattern}, {group}) AS BIGINT)" for group in (6, 7))
    ahead = f"({hours} * 60 + {minutes}) * {60 * MILLION}"
    return (
        f"CASE WHEN REGEXP_FULL_MATCH({text}, '{PLAIN_TIME}') THEN {instant(shown, zone, span)} "
        f"WHEN NOT REGEXP_FULL_MATCH({text}, {pattern}) THEN NULL "
        f"WHEN {text} LIKE '%Z' THEN {shown} WHEN {hours} > 18 THEN NULL "
        f"WHEN {text} LIKE '%-__:__' THEN {shown} + {ahead} ELSE {shown} - {ahead} END"
    )


def day(column: ColumnPlan, cell: str, kind: str, text: str, span: Span) -> str:
    if column.form != ISO:
        return NOTHING
    if kind != "DATE":
        written = only_if(f"REGEXP_FULL_MATCH({text}, '{PLAIN_DAY}')", text)
        cell = f"TRY_CAST({written} AS DATE)"
    midnight = f"EPOCH_US(CAST({only_if(f'ISFINITE({cell})', cell)} AS TIMESTAMP))"
    return in_time(instant(midnight, column.zone, span), EARLIEST - DAY)


def instant(shown: str, zone: str, span: Span) -> str:
    """The instant at which clocks of a zone show something; nothing where they show it twice, never, or long ago."""
    cases = [
        f"WHEN {shown} >= {start} AND {shown} < {end} THEN {shown} - {ahead}"
        for start, end, ahead in steady(zone, span)
    ]
    return f"CASE {' '.join(reversed(cases))} END"


def steady(zone: str, span: Span) -> list[tuple[int, int, int]]:
    """From when until when clocks show each reading once, and how far they are ahead of UTC then."""
    offsets = zones.transitions(zone, span.start, span.end)
    aheads = [ahead for _, ahead in offsets]
    found = []
    for place, (start, ahead) in enumerate(offsets):
        begins = max(start, span.start) + max(ahead, aheads[max(place - 1, 0)])
        is_last = place + 1 == len(offsets)
        ends = span.end + ahead if is_last else offsets[place + 1][0] + min(ahead, aheads[place + 1])
        found.append((begins, ends, ahead))
    return found


def in_time(value: str, earliest: int) -> str:
    return only_if(f"({value}) >= {earliest} AND ({value}) < {LATEST}", value)


# ------------------------------------------------------------------------------------------------------------ writing

NOTHING = "CAST(NULL AS BIGINT)"


def only_if(test: str, value: str) -> str:
    return f"CASE WHEN {test} THEN {value} END"


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
