"""How a database casts the cells of a table where it lies: what a plan says, for the cells that are written plainly.

A cast gives nothing where it is not sure. Such cells are few, as `1e3` or `.5`, and `in_place` fetches their rows to be
cast in Python. So there is one meaning. What a column is by its type is cast by that, and all else by its text.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..evaluation.instants import zones
from ..evaluation.rows.requests import MILLION
from .casts import NOTHING, only_if
from .cells import CellReader
from .plan import EARLIEST, EPOCHS, ISO, LARGEST, LATEST
from .times import DAY, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .casts import Span
    from .plan import ColumnPlan, SourcePlan
    from .tongues import Kind, Tongue

YEAR = "(?:19[7-9][0-9]|20[0-9]{2})"
LEAP_YEAR = "(?:19(?:72|76|80|84|88|92|96)|20(?:[02468][048]|[13579][26]))"
LONG_MONTH = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
SHORT_MONTH = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
PLAIN_DAY = f"(?:{YEAR}-(?:{LONG_MONTH}|{SHORT_MONTH}|02-(?:0[1-9]|1[0-9]|2[0-8]))|{LEAP_YEAR}-02-29)"
"""Only days of the calendar: to cast another one would stop the statement."""

MIDNIGHT = "(?:[T ]00:00(?::00(?:[.]0+)?)?)?"
SECONDS = "(?::[0-5][0-9](?:[.,]([0-9]{1,7})[0-9]*)?)?"
OFFSET = "(Z|UTC|GMT|[+-](?:0[0-9]|1[0-8])(?::?[0-5][0-9])?)"
PLAIN_TIME = f"{PLAIN_DAY}[T ](?:[01][0-9]|2[0-3]):[0-5][0-9]{SECONDS}(?: ?{OFFSET})?"
FRACTION_GROUP, OFFSET_GROUP = 1, 2

DECIMALS = 12
"""Of so many decimals exact products are sure to be held by every database."""

AMOUNT = f"DECIMAL({12 + DECIMALS}, {DECIMALS})"
SINCE_1970 = f"DECIMAL({16 + DECIMALS}, {DECIMALS})"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Cast(NamedTuple):
    """How a cell is cast, in steps of SQL. Each step may use what the earlier ones are called: `cell`, `text`, `trim`,
    `fraction`, `offset`, `middle`, `own` and `sure`, with the number of the column behind.

    `fraction` and `offset` are what a time is written with, an empty text where there is none, and nothing where the
    time is not plain. `middle` is a number on the way, `own` whether a time carries an offset of its own, and `sure`
    what it comes to if it lies within the `limits`: nothing where that is not sure. `twice` and `skipped` are whether
    clocks of the zone show a time twice or never.
    """

    middle: str
    sure: str
    limits: str = "TRUE"
    own: str = "FALSE"
    fraction: str = "NULL"
    offset: str = "NULL"
    twice: str = "FALSE"
    skipped: str = "FALSE"


class Casting:
    """The rows of a table, cast where they lie. `kinds` are those of the columns of the plan."""

    def __init__(self, plan: SourcePlan, kinds: Sequence[Kind], tongue: Tongue, span: Span) -> None:
        self.plan = plan
        self.kinds = kinds
        self.tongue = tongue
        self.casts = [
            OneCast(str(place), column, kind, tongue, span).cast()
            for place, (column, kind) in enumerate(zip(plan.columns, kinds, strict=True))
        ]

    def rows(self) -> str:
        """All rows, as they stand behind `FROM`: `text0`, `text1` … and `value0`, `value1` … in the order of the
        columns, with all the steps; and whether a row `is_odd`: it has a cell that is not plain, or may be rejected.

        A step is a query around the one before: written into each other, the expressions would grow beyond measure.
        """
        assert self.plan.table is not None
        headers = [self.tongue.quoted(column.header) for column in self.plan.columns]
        cells = [f"{header} AS cell{place}" for place, header in enumerate(headers)]
        inner = f"SELECT {', '.join(cells) or '1 AS one'} FROM {self.tongue.rows_of(self.plan.table.query)}"
        fence = self.tongue.fence if self.reads_times() else ""
        for number, step in enumerate(self.steps()):
            inner = f"SELECT {', '.join(['*', *step])} FROM ({inner}{fence}) AS _s{number}"
        return f"({inner}) AS _cast"

    def reads_times(self) -> bool:
        """Whether times are read from texts, which takes long expressions that are used again and again."""
        columns = zip(self.plan.columns, self.kinds, strict=True)
        return any(column.kind in ("time", "date") and kind in ("text", "other") for column, kind in columns)

    def steps(self) -> Iterator[list[str]]:
        places = range(len(self.casts))
        yield [f"{self.tongue.text(f'cell{place}', self.kinds[place])} AS text{place}" for place in places]
        yield [f"{self.tongue.trimmed(f'text{place}')} AS trim{place}" for place in places]
        for names in (("fraction", "offset"), ("middle", "own"), ("sure", "twice", "skipped")):
            yield [f"{getattr(self.casts[place], name)} AS {name}{place}" for place in places for name in names]
        yield [f"{self.is_empty(place)} AS empty{place}" for place in places]
        fits = [f"NOT empty{place} AND {self.casts[place].limits}" for place in places]
        yield [f"{only_if(fits[place], f'sure{place}')} AS value{place}" for place in places]
        yield [f"({self.is_odd()}) AS is_odd"]

    def is_empty(self, place: int) -> str:
        is_text = self.kinds[place] in ("text", "other")
        words = ["", *self.plan.columns[place].null] if is_text else self.plan.columns[place].null
        is_word = f" OR trim{place} IN ({', '.join(map(self.tongue.literal, words))})" if words else ""
        return f"(cell{place} IS NULL{is_word})"

    def is_odd(self) -> str:
        tests = [f"(NOT empty{place} AND value{place} IS NULL)" for place in range(len(self.casts))]
        names = {column.name: f"value{place}" for place, column in enumerate(self.plan.columns)}
        if self.plan.key is not None:
            tests.append(f"{names[self.plan.key]} IS NULL")
        if self.plan.lasting is not None:
            start, end = (names[name] for name in self.plan.lasting)
            tests.append(f"COALESCE({end} < {start}, FALSE)")
        return " OR ".join(tests) or "FALSE"


class OneCast:
    """The cast of the cells of one column, called by the number of its `place`."""

    def __init__(self, place: str, column: ColumnPlan, kind: Kind, tongue: Tongue, span: Span) -> None:
        self.column = column
        self.kind = kind
        self.tongue = tongue
        self.span = span
        self.cell, self.trim, self.middle, self.own, self.sure = (
            f"{name}{place}" for name in ("cell", "trim", "middle", "own", "sure")
        )
        self.fraction, self.offset = f"fraction{place}", f"offset{place}"

    def cast(self) -> Cast:
        column = self.column
        if column.kind == "text":
            return Cast(NOTHING, self.trim)
        if column.kind == "number":
            return Cast(self.number(), *self.limited())
        if column.kind == "yes or no":
            return Cast(self.yes_or_no(), self.middle)
        in_time = f"{self.sure} >= {{}} AND {self.sure} < {LATEST}"
        shown = Shown(self.middle, column.zone, self.span)
        if column.kind == "date":
            return Cast(self.day(), shown.instant(), in_time.format(EARLIEST - DAY))
        if column.form in EPOCHS:
            return Cast(self.since_1970(EPOCHS[column.form]), self.middle, in_time.format(EARLIEST))
        instant = self.middle if self.kind == "instant" else only_if(self.own, self.middle, shown.instant())
        found = Cast(
            self.time(),
            instant,
            in_time.format(EARLIEST),
            own=self.own_offset(),
            twice=f"(NOT {self.own} AND ({shown.twice()}))",
            skipped=f"(NOT {self.own} AND ({shown.skipped()}))",
        )
        if self.kind not in ("text", "other") or column.form != ISO:
            return found
        is_plain = self.tongue.matches(self.trim, PLAIN_TIME)
        fraction, offset = (self.tongue.group(self.trim, PLAIN_TIME, group) for group in (FRACTION_GROUP, OFFSET_GROUP))
        return found._replace(fraction=only_if(is_plain, fraction), offset=only_if(is_plain, offset))

    # ------------------------------------------------------------------------------------------------------- numbers

    @property
    def each(self) -> int:
        """What one of the column is in the unit of cells; no unit is smaller than that."""
        return int(self.column.factor * MILLION)

    def number(self) -> str:
        """As it is written; of a whole number already in the unit of cells."""
        if self.kind == "integer":
            most = (LARGEST * MILLION - 1) // self.each
            return only_if(f"{self.cell} BETWEEN -{most} AND {most}", f"CAST({self.cell} AS BIGINT) * {self.each}")
        written = self.amount("[+-]?[0-9]{1,12}", "," if self.column.decimal_comma else ".", self.each)
        return self.decimal(written, AMOUNT)

    def amount(self, whole: str, point: str, each: int) -> tuple[str, str]:
        """The pattern of an amount, and one of which the first group is what has to be cast of it.

        Decimals behind the twelfth never decide how it is rounded, if half a unit of cells is a number of twelfths.
        """
        may_be_long = (10**DECIMALS // 2) % each == 0
        percent = " *%?" if self.column.words == "percent" else ""
        decimals = f"[{point}][0-9]{{1,{30 if may_be_long else DECIMALS}}}"
        return (
            f"{whole}(?:{decimals})?{percent}",
            f"({whole}(?:[{point}][0-9]{{1,{DECIMALS}}})?)[0-9]*{percent}",
        )

    def decimal(self, written: tuple[str, str], type_name: str) -> str:
        pattern, part = written
        digits = self.tongue.group(self.trim, part, 1)
        if "[,]" in part:
            digits = f"REPLACE({digits}, ',', '.')"
        return only_if(self.tongue.matches(self.trim, pattern), f"CAST({digits} AS {type_name})")

    def limited(self) -> tuple[str, str]:
        """The number in the unit of cells, half a unit rounded away from zero; and whether it lies between the limits
        of the column."""
        column, tests = self.column, []
        value = self.middle
        if self.kind != "integer":
            product = f"({self.middle} * CAST({self.each} AS DECIMAL(10, 0)))"
            value = only_if(f"ABS({product}) < {LARGEST * MILLION}", f"CAST(ROUND({product}) AS BIGINT)")
        if not column.negative:
            tests.append(f"{self.sure} >= 0")
        if column.lowest is not None or column.highest is not None:
            tests.append(f"MOD({self.sure}, {MILLION}) = 0")
        tests += [f"{self.sure} >= {column.lowest * MILLION}"] if column.lowest is not None else []
        tests += [f"{self.sure} <= {column.highest * MILLION}"] if column.highest is not None else []
        return value, " AND ".join(tests) or "TRUE"

    def yes_or_no(self) -> str:
        """A truth stands for the text that it would be."""
        if self.kind == "yes or no":
            meanings = ((self.cell, self.meaning("true")), (f"NOT {self.cell}", self.meaning("false")))
            meant = [f"WHEN {test} THEN {meaning}" for test, meaning in meanings if meaning is not None]
            return f"CASE {' '.join(meant)} END" if meant else NOTHING
        small = f"TRANSLATE({self.trim}, '{CAPITALS}', '{CAPITALS.lower()}')"
        words = ((0, self.column.no), (1, self.column.yes))  # a word for both means no
        meant = [f"WHEN {small} IN ({self.in_small(said)}) THEN {value}" for value, said in words if said]
        return f"CASE {' '.join(meant)} END"

    def meaning(self, word: str) -> object:
        try:
            return CellReader(self.column).read(word)
        except UnreadableError:
            return None

    def in_small(self, words: Iterable[str]) -> str:
        return ", ".join(self.tongue.literal(word.lower()) for word in words)

    # --------------------------------------------------------------------------------------------------------- times

    def since_1970(self, unit: int) -> str:
        if self.kind == "integer":
            fits = f"{self.cell} >= 0 AND {self.cell} < {LATEST // unit}"
            return only_if(fits, f"CAST({self.cell} AS BIGINT) * {unit}")
        counted = self.decimal(self.amount(f"[0-9]{{1,{len(str(LATEST // unit))}}}", ".", unit), SINCE_1970)
        return f"CAST(ROUND({counted} * CAST({unit} AS DECIMAL(7, 0))) AS BIGINT)"

    def time(self) -> str:
        """What clocks show, in microseconds; or the instant, where it carries an offset."""
        if self.column.form != ISO:
            return NOTHING
        if self.kind in ("time", "instant"):
            return self.tongue.reading(self.cell, self.kind)
        if self.kind not in ("text", "other"):
            return NOTHING
        hours, minutes = (f"CAST(SUBSTR({self.trim}, {at}, 2) AS BIGINT)" for at in (12, 15))
        seconds = only_if(f"SUBSTR({self.trim}, 17, 1) = ':'", f"CAST(SUBSTR({self.trim}, 18, 2) AS BIGINT)", "0")
        of_day = f"(({hours} * 60 + {minutes}) * 60 + {seconds}) * {MILLION}"
        shown = f"{self.tongue.day(f'SUBSTR({self.trim}, 1, 10)')} * {DAY} + {of_day} + {self.of_second()}"
        return only_if(f"{self.offset} IS NOT NULL", f"{shown} - {self.ahead()}")

    def of_second(self) -> str:
        """The part of a second, in microseconds: the seventh decimal decides how it is rounded."""
        tenths = f"(CAST(RPAD({self.fraction}, 7, '0') AS BIGINT) + 5)"
        return self.tongue.dialect.quotient(f"({tenths} - MOD({tenths}, 10))", 10)

    def ahead(self) -> str:
        """How far a time is ahead of UTC, where it says so itself."""
        hours = f"CAST(SUBSTR({self.offset}, 2, 2) AS BIGINT)"
        minutes = f"CAST(RPAD(REPLACE(SUBSTR({self.offset}, 4), ':', ''), 2, '0') AS BIGINT)"
        ahead = f"({hours} * 60 + {minutes}) * {60 * MILLION}"
        return f"(CASE SUBSTR({self.offset}, 1, 1) WHEN '+' THEN {ahead} WHEN '-' THEN -({ahead}) ELSE 0 END)"

    def own_offset(self) -> str:
        if self.column.form != ISO or self.kind not in ("instant", "text", "other"):
            return "FALSE"
        return "TRUE" if self.kind == "instant" else f"COALESCE({self.offset} <> '', FALSE)"

    def day(self) -> str:
        """What clocks show when it begins."""
        if self.column.form != ISO:
            return NOTHING
        if self.kind == "day":
            return self.tongue.reading(self.cell, self.kind)
        is_day = self.tongue.matches(self.trim, PLAIN_DAY + MIDNIGHT)
        return only_if(is_day, f"{self.tongue.day(f'SUBSTR({self.trim}, 1, 10)')} * {DAY}")


class Shown:
    """What clocks of a zone show, in microseconds, and when they do: see `zones.instants_of`. Nothing is sure of what
    they show outside of a span."""

    def __init__(self, reading: str, zone: str, span: Span) -> None:
        self.reading = reading
        self.zone = zone
        self.span = span
        self.offsets = zones.transitions(zone, span.start, span.end)
        self.changes = [(at, before, after) for (_, before), (at, after) in pairwise(self.offsets)]

    def instant(self) -> str:
        first = self.offsets[0][1]
        if not self.changes and self.zone == "UTC":
            return self.reading
        starts = [f"{self.reading} - {first}"]
        starts += [f"GREATEST({at}, {self.reading} - {after})" for at, _, after in self.changes]
        ends = [f"WHEN {self.reading} < {at + before} THEN" for at, before, _ in self.changes]
        ends += [f"WHEN {self.reading} < {self.span.end} THEN"]
        cases = " ".join(f"{end} {start}" for end, start in zip(ends, starts, strict=True))
        return only_if(f"{self.reading} >= {self.span.start}", f"CASE {cases} END")

    def twice(self) -> str:
        return self.among((at + after, at + before) for at, before, after in self.changes if after < before)

    def skipped(self) -> str:
        return self.among((at + before, at + after) for at, before, after in self.changes if before < after)

    def among(self, ranges: Iterable[tuple[int, int]]) -> str:
        tests = [f"({self.reading} >= {start} AND {self.reading} < {end})" for start, end in ranges]
        return " OR ".join(tests) or "FALSE"
