"""What the databases that can count rows write differently, when cells are taken there as text.

A cell has the text that its database writes for it, with the zone set to UTC. The same text is read row by row, cast in
the database, and summed up in the digest of the table; so it does not matter who reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..evaluation.engines.dialects import DIALECTS
from .plan import BLANKS

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["yes or no", "integer", "decimal", "float", "time", "instant", "day", "text", "other"]
"""What a column holds in the database. A `time` is what some clock shows, an `instant` says its offset from UTC."""

DIGITS = (15, 15, 15, 15, 4)
"""Into so many hexadecimal digits a SHA-256 is cut: as many as a sum of 64 bits is sure to hold."""


class Tongue:
    """What is common; `name` is that of a dialect of `evaluation.engines.dialects`."""

    name: str
    string: str
    """The type of texts."""

    by_code_points = ""
    """What stands behind a text to have it ordered by its code points."""

    fence = ""
    """What stands behind a question to have it answered before the one around it, and not be written into that."""

    def __init__(self) -> None:
        self.dialect = DIALECTS[self.name]
        self.quoted = self.dialect.quoted
        self.literal = self.dialect.constant

    def kind(self, of_driver: Any) -> Kind:
        """The kind of a column, from what the driver says of its type."""
        raise NotImplementedError

    def rows_of(self, query: str) -> str:
        """A question of the user's, as it stands behind `FROM`. Its last line may be a comment."""
        return f"({query.strip().rstrip(';')}\n) AS _q"

    def nothing_of(self, query: str) -> str:
        """The statement that tells the columns of a question and gives no row of it."""
        return f"SELECT * FROM {self.rows_of(query)} LIMIT 0"

    def texts(self, query: str, headers: Sequence[str], kinds: Sequence[Kind]) -> str:
        """The statement that gives the texts of some columns of a question."""
        cells = zip(map(self.quoted, headers), kinds, strict=True)
        chosen = [f"{self.text(cell, kind)} AS text{place}" for place, (cell, kind) in enumerate(cells)] or ["1 AS any"]
        return f"SELECT {', '.join(chosen)} FROM {self.rows_of(query)}"

    # --------------------------------------------------------------------------------------------------------- texts

    def text(self, cell: str, kind: Kind) -> str:  # noqa: ARG002  # others ask for the kind
        return f"CAST({cell} AS {self.string})"

    def trimmed(self, text: str) -> str:
        return f"TRIM(BOTH {self.literal(BLANKS)} FROM {text})"

    def matches(self, text: str, pattern: str) -> str:
        """Whether all of a text is what a pattern says, of what all databases know alike."""
        raise NotImplementedError

    def group(self, text: str, pattern: str, number: int) -> str:
        """What a text that matches a pattern has in one of its groups; an empty text where the group is not there."""
        raise NotImplementedError

    # --------------------------------------------------------------------------------------------------------- times

    def reading(self, cell: str, kind: Kind) -> str:
        """The microseconds since 1970 of a column that is a time, an instant or a day by itself."""
        raise NotImplementedError

    def day(self, text: str) -> str:
        """The number of days from 1970-01-01 to a day that is written as `2026-04-07` and is in the calendar."""
        raise NotImplementedError

    def moment(self, written: str, kind: Kind) -> str:
        """A time or an instant that is written as `2026-04-07 10:00:00.000000`, to be compared with a column."""
        raise NotImplementedError

    # ------------------------------------------------------------------------------------------------------- digests

    def digest_of_row(self, texts: Sequence[str]) -> str:
        """In hexadecimal digits."""
        row = " || ',' || ".join(f"COALESCE(CAST(OCTET_LENGTH({text}) AS {self.string}) || ':' || {text}, '-')"
                                 for text in texts) or "''"  # fmt: skip
        return self.sha256(row)

    def sums(self, digest: str) -> list[str]:
        """The sums of which `total_of` makes the sum of the digests of all rows."""
        starts = [1 + sum(DIGITS[:place]) for place in range(len(DIGITS))]
        digits = [f"SUBSTR({digest}, {at}, {length})" for at, length in zip(starts, DIGITS, strict=True)]
        return [self.dialect.total(self.hexadecimal(each)) for each in digits]

    def sha256(self, text: str) -> str:
        """In hexadecimal digits."""
        raise NotImplementedError

    def hexadecimal(self, digits: str) -> str:
        """The number that fifteen digits write, or fewer."""
        raise NotImplementedError


class PostgreSQL(Tongue):
    name = "postgres"
    string = "TEXT"
    by_code_points = ' COLLATE "C"'
    fence = " OFFSET 0"

    kinds: dict[int, Kind] = {  # noqa: RUF012  # never changed
        16: "yes or no",
        **dict.fromkeys((20, 21, 23), "integer"),
        1700: "decimal",
        **dict.fromkeys((700, 701), "float"),
        1114: "time",
        1184: "instant",
        1082: "day",
        **dict.fromkeys((25, 1042, 1043), "text"),
    }
    """By the numbers that PostgreSQL has for its types."""

    def kind(self, of_driver: Any) -> Kind:
        return self.kinds.get(of_driver, "other")

    def matches(self, text: str, pattern: str) -> str:
        return f"{text} ~ {self.literal(f'^(?:{pattern})$')}"

    def group(self, text: str, pattern: str, number: int) -> str:
        return f"COALESCE((REGEXP_MATCH({text}, {self.literal(f'^(?:{pattern})$')}))[{number}], '')"

    def reading(self, cell: str, kind: Kind) -> str:
        """Nothing for what has no end, which PostgreSQL has for a time and cannot count."""
        if kind == "day":
            return f"CASE WHEN ISFINITE({cell}) THEN ({cell} - DATE '1970-01-01') * 86400000000 END"
        return f"CASE WHEN ISFINITE({cell}) THEN CAST(EXTRACT(EPOCH FROM {cell}) * 1000000 AS BIGINT) END"

    def day(self, text: str) -> str:
        return f"CAST(CAST({text} AS DATE) - DATE '1970-01-01' AS BIGINT)"

    def moment(self, written: str, kind: Kind) -> str:
        return f"TIMESTAMPTZ '{written}+00'" if kind == "instant" else f"TIMESTAMP '{written}'"

    def sha256(self, text: str) -> str:
        return f"ENCODE(SHA256(CONVERT_TO({text}, 'UTF8')), 'hex')"

    def hexadecimal(self, digits: str) -> str:
        return f"CAST(CAST('x' || LPAD({digits}, 16, '0') AS BIT(64)) AS BIGINT)"


class Spark(Tongue):
    name = "spark"
    string = "STRING"

    kinds: dict[str, Kind] = {  # noqa: RUF012  # never changed
        "boolean": "yes or no",
        **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), "integer"),
        "decimal": "decimal",
        **dict.fromkeys(("float", "double"), "float"),
        "timestamp_ntz": "time",
        "timestamp": "instant",
        "date": "day",
        **dict.fromkeys(("string", "varchar", "char"), "text"),
    }

    def kind(self, of_driver: Any) -> Kind:
        return self.kinds.get(str(of_driver).partition("(")[0], "other")

    def text(self, cell: str, kind: Kind) -> str:
        """An instant with its offset, and a number of more than seven digits without an exponent."""
        written = super().text(cell, kind)
        if kind == "instant":
            return f"CONCAT({written}, '+00')"
        if kind == "float":
            plainly = super().text(f"CAST({cell} AS DECIMAL(26, 10))", kind)
            short = f"REGEXP_REPLACE({plainly}, {self.literal('[.]?0+$')}, '')"
            return f"CASE WHEN ABS({cell}) >= 1e7 AND ABS({cell}) < 1e15 THEN {short} ELSE {written} END"
        return written

    def matches(self, text: str, pattern: str) -> str:
        return f"{text} RLIKE {self.literal(whole(pattern))}"

    def group(self, text: str, pattern: str, number: int) -> str:
        return f"REGEXP_EXTRACT({text}, {self.literal(whole(pattern))}, {number})"

    def reading(self, cell: str, kind: Kind) -> str:
        if kind == "day":
            return f"CAST(UNIX_DATE({cell}) AS BIGINT) * 86400000000"
        return f"UNIX_MICROS(CAST({cell} AS TIMESTAMP))"

    def day(self, text: str) -> str:
        return f"CAST(UNIX_DATE(TRY_CAST({text} AS DATE)) AS BIGINT)"

    def moment(self, written: str, kind: Kind) -> str:
        return f"TIMESTAMP_LTZ '{written}+00:00'" if kind == "instant" else f"TIMESTAMP_NTZ '{written}'"

    def sha256(self, text: str) -> str:
        return f"SHA2({text}, 256)"

    def hexadecimal(self, digits: str) -> str:
        return f"CAST(CONV({digits}, 16, 10) AS BIGINT)"


def whole(pattern: str) -> str:
    """Of a text to its very end: `$` would leave out a line break there."""
    return f"^(?:{pattern})\\z"


TONGUES: dict[str, type[Tongue]] = {"psycopg": PostgreSQL, "pyspark": Spark}
"""By the drivers that the tests connect with."""


def total_of(sums: Sequence[int]) -> int:
    """What the sums of parts of digests come to, as sums of digests."""
    total = 0
    for length, each in zip(DIGITS, sums, strict=True):
        total = total * 16**length + each
    return total


def digest_of(total: int) -> str:
    """The digest of a table, in hexadecimal digits: the SHA-256 of its rows, added up, whatever their order."""
    return f"{total % 2**256:064x}"
