"""How DuckDB casts the cells of a column: what a plan says, for the cells that are written plainly.

A cast gives nothing where it is not sure. Such cells are few, as `1e3`, `99.5%` or a time in the hour that comes twice,
and `in_duckdb` leaves their rows to `reading`, which casts them in Python. So there is one meaning, and two speeds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..evaluation.instants import zones
from ..evaluation.rows.requests import MILLION
from .cells import CellReader
from .plan import BLANKS, EARLIEST, EPOCHS, ISO, LARGEST, LATEST
from .times import DAY, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .plan import ColumnPlan

INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")
TIMES = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
TIME_WITH_ZONE = "TIMESTAMP WITH TIME ZONE"

PLAIN_NUMBER = r"-?[0-9]{1,12}(\.[0-9]{1,6})?"
PLAIN_TIME = r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?)"
PLAIN_OFFSET = "(Z|[+-]([0-9]{2}):([0-5][0-9]))"
PLAIN_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Span(NamedTuple):
    """Instants from `start` up to `end`: which offsets of a zone are looked up, since others hardly occur."""

    start: int
    end: int


class Cast(NamedTuple):
    """How a cell is cast, in steps of SQL. Each step may use what the earlier ones are called: `cell`, `text`, `middle`
    and `own`, with the number of the column behind.

    `text` is its text, `empty` whether there is none, `middle` a number on the way, `own` whether a time carries an
    offset of its own, and `sure` what it comes to: nothing where that is not sure.
    """

    text: str
    empty: str
    middle: str
    own: str
    sure: str


def casting(columns: Sequence[ColumnPlan], kinds: Mapping[str, str], relation: str, span: Span, more: str = "") -> str:
    """A query that casts all rows of a relation: `value0`, `value1` … in the order of the columns, with all the steps;
    and whether a row `is_odd`, because it has a cell that is not plain. `more` is asked of the relation besides.

    A step is a query around the one before: written into each other, the expressions would grow beyond measure.
    """
    casts = [cast_of(str(place), column, kinds[column.header], span) for place, column in enumerate(columns)]
    cells = [f"{identifier(column.header)} AS cell{place}" for place, column in enumerate(columns)]
    steps = [f"SELECT {', '.join([*cells, more] if more else cells)} FROM {relation}"]
    for names in (("text",), ("empty", "middle", "own"), ("sure",)):
        made = [f"{getattr(cast, name)} AS {name}{place}" for place, cast in enumerate(casts) for name in names]
        steps.append(f"SELECT *, {', '.join(made)} FROM ({steps[-1]})")
    values = [f"CASE WHEN NOT empty{place} THEN sure{place} END AS value{place}" for place in range(len(casts))]
    unsure = [f"(NOT empty{place} AND sure{place} IS NULL)" for place in range(len(casts))]
    return f"SELECT *, {', '.join(values)}, {' OR '.join(unsure)} AS is_odd FROM ({steps[-1]})"


def cast_of(place: str, column: ColumnPlan, kind: str, span: Span) -> Cast:
    """The cast of a column that DuckDB has as a `kind` of its own."""
    cell, text, middle, own = (f"{name}{place}" for name in ("cell", "text", "middle", "own"))
    is_text = kind == "VARCHAR"
    words = ["", *column.null] if is_text else column.null
    nulls = [f"{cell} IS NULL", *([f"{text} IN ({', '.join(map(literal, words))})"] if words else [])]
    as_text = f"TRIM({cell}, {literal(BLANKS)})" if is_text else f"CAST({cell} AS VARCHAR)"
    has_offset = "FALSE"
    if column.kind == "text":
        step, sure = NOTHING, text
    elif column.kind == "number":
        step, sure = number(column, cell, kind, text), limited(column, middle)
    elif column.kind == "yes or no":
        step, sure = yes_or_no(column, cell, kind, text), middle
    elif column.kind == "date":
        step, sure = day(column, cell, kind, text), in_time(instant(middle, column.zone, span), EARLIEST - DAY)
    else:
        step, has_offset = time(column, cell, kind, text), own_offset(column, kind, text)
        at = only_if(own, middle, instant(middle, column.zone, span))
        sure = in_time(middle if column.form in EPOCHS else at, EARLIEST)
    return Cast(as_text, f"({' OR '.join(nulls)})", step, has_offset, sure)


# ----------------------------------------------------------------------------------------------------------- numbers


def number(column: ColumnPlan, cell: str, kind: str, text: str) -> str:
    """In millionths, before its unit is heeded."""
    if column.decimal_comma and kind in ("VARCHAR", "DOUBLE", "FLOAT"):
        return NOTHING
    if kind in INTEGERS:
        return f"CAST({only_if(f'{cell} > -{LARGEST} AND {cell} < {LARGEST}', cell)} AS BIGINT) * {MILLION}"
    if kind == "DOUBLE":
        # The decimal number that DuckDB would write for it, if that has six decimals at most: it is then the only one
        # of so few digits that this binary number stands for.
        rounded = f"TRY_CAST(ROUND({cell} * 1e6) AS BIGINT)"
        return only_if(f"ABS({cell}) < 1e9 AND CAST({rounded} AS DOUBLE) / 1e6 = {cell}", rounded)
    matching = only_if(f"REGEXP_FULL_MATCH({text}, '{PLAIN_NUMBER}')", text)
    return f"CAST(TRY_CAST({matching} AS DECIMAL(38, 6)) * {MILLION} AS BIGINT)"


def limited(column: ColumnPlan, millionths: str) -> str:
    """In the unit of cells, if it lies between the limits of the column and needs no rounding."""
    value = millionths
    if column.factor != 1:
        numerator, denominator = column.factor.as_integer_ratio()
        scaled = f"CAST({millionths} AS HUGEINT) * {numerator}"
        fits = f"({scaled}) % {denominator} = 0 AND ABS({scaled}) < {LARGEST * MILLION * denominator}"
        value = f"CAST({only_if(fits, f'({scaled}) // {denominator}')} AS BIGINT)"
    tests = [] if column.negative else [f"{value} >= 0"]
    if column.lowest is not None or column.highest is not None:
        tests.append(f"{value} % {MILLION} = 0")
    tests += [f"{value} >= {column.lowest * MILLION}"] if column.lowest is not None else []
    tests += [f"{value} <= {column.highest * MILLION}"] if column.highest is not None else []
    return only_if(" AND ".join(tests), value) if tests else value


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


def time(column: ColumnPlan, cell: str, kind: str, text: str) -> str:
    """What clocks show, in microseconds; or the instant, where it carries an offset or is counted from 1970."""
    if column.form in EPOCHS:
        unit = EPOCHS[column.form]
        if kind in INTEGERS:
            counted = only_if(f"{cell} >= 0 AND {cell} < {LATEST // unit}", cell)
        else:
            counted = only_if(f"REGEXP_FULL_MATCH({text}, '[0-9]{{1,16}}')", text)
        return f"TRY_CAST({counted} AS BIGINT) * {unit}"
    if column.form != ISO:
        return NOTHING
    if kind == "TIMESTAMP_NS":
        return f"(EPOCH_NS({cell}) + 500) // 1000"
    if kind in (*TIMES, TIME_WITH_ZONE):
        return f"EPOCH_US({only_if(f'ISFINITE({cell})', cell)})"
    return written_time(text)


def own_offset(column: ColumnPlan, kind: str, text: str) -> str:
    if column.form != ISO or kind in TIMES:
        return "FALSE"
    return "TRUE" if kind == TIME_WITH_ZONE else f"REGEXP_MATCHES({text}, ':[0-9.]+[-+Z]')"


def written_time(text: str) -> str:
    """Of a time as a text, with an offset or without."""
    pattern = f"'{PLAIN_TIME}{PLAIN_OFFSET}?'"
    shown = f"EPOCH_US(TRY_CAST(REGEXP_EXTRACT({text}, {pattern}, 1) AS TIMESTAMP))"
    hours, minutes = (f"CAST(REGEXP_EXTRACT({text}, {pattern}, {group}) AS BIGINT)" for group in (6, 7))
    ahead = f"({hours} * 60 + {minutes}) * {60 * MILLION}"
    return (
        f"CASE WHEN REGEXP_FULL_MATCH({text}, '{PLAIN_TIME}') THEN EPOCH_US(TRY_CAST({text} AS TIMESTAMP)) "
        f"WHEN NOT REGEXP_FULL_MATCH({text}, {pattern}) THEN NULL "
        f"WHEN {text} LIKE '%Z' THEN {shown} WHEN {hours} > 18 THEN NULL "
        f"WHEN {text} LIKE '%-__:__' THEN {shown} + {ahead} ELSE {shown} - {ahead} END"
    )


def day(column: ColumnPlan, cell: str, kind: str, text: str) -> str:
    """What clocks show when it begins."""
    if column.form != ISO:
        return NOTHING
    if kind == "DATE":
        return f"EPOCH_US(CAST({only_if(f'ISFINITE({cell})', cell)} AS TIMESTAMP))"
    written = only_if(f"REGEXP_FULL_MATCH({text}, '{PLAIN_DAY}')", text)
    return f"EPOCH_US(CAST(TRY_CAST({written} AS DATE) AS TIMESTAMP))"


def instant(shown: str, zone: str, span: Span) -> str:
    """The instant at which clocks of a zone show something; nothing where they show it twice, never, or long ago."""
    steadily = [(f"{shown} >= {start} AND {shown} < {end}", ahead) for start, end, ahead in steady(zone, span)]
    cases = (f"WHEN {test} THEN {shown} - {ahead}" for test, ahead in reversed(steadily))
    return f"CASE {' '.join(cases)} END"


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


def only_if(test: str, value: str, otherwise: str = "NULL") -> str:
    return f"CASE WHEN {test} THEN {value} ELSE {otherwise} END"


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
