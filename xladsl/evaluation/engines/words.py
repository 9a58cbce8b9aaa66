"""The runs of a probe in DuckDB, sixty-two rounds at a time.

Most rounds of most probes are good, and nobody needs each of them: only how many there were between two failures. So
rounds are first gathered into words of 62 bits, a bit for each round that has a row. Only words in which enough rows
failed, and the ones before them, are looked at again round by round; the last one too, to know when the last round
began. Of a hundred million rows a million small words are left, and nothing has to be sorted but these.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..rows.requests import ColumnCell, Compared, Constant, Every, Run
from .sql import RowsOf, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..rows.requests import Sampled
    from .dialects import Dialect
    from .sql import Held

    Ask = Callable[[Statement], Sequence[Sequence[Any]]]

BITS = 62
"""As many as a shift of one in 64 bits with a sign can never spoil."""

STRETCHES = 100
"""In so many stretches of time at most rounds are looked at one by one; what lies between is passed over."""


def runs(request: Sampled, held: Held, dialect: Dialect, ask: Ask) -> list[Run] | None:
    """None where slices cannot be numbered without looking at each midnight."""
    rounds = Rounds(request, held, dialect)
    if rounds.shift is None:
        return None
    ask(rounds.create_words())
    close = [word for (word,) in ask(rounds.words_to_look_at())]
    ask(rounds.create_rounds())
    for first, last in stretches(close):
        ask(rounds.add_rounds(first, last))
    found = ask(rounds.runs())
    return [Run(first, last, int(number), failed) for first, last, number, failed in found]


def stretches(words: list[int]) -> list[tuple[int, int]]:
    """From which word to which, both included; words that are close together are in one."""
    if not words:
        return []
    gaps = sorted((following - word for word, following in pairwise(words)), reverse=True)
    widest = max(gaps[STRETCHES - 1], 1) if len(gaps) >= STRETCHES else 1
    ends = [word for word, following in pairwise(words) if following - word > widest]
    starts = [following for word, following in pairwise(words) if following - word > widest]
    return list(zip([words[0], *starts], [*ends, words[-1]], strict=True))


class Rounds:
    """Statements about the rounds of a probe. `shift` is added to an instant, to number its slice from nought."""

    def __init__(self, request: Sampled, held: Held, dialect: Dialect) -> None:
        self.request = request
        self.held = held
        self.dialect = dialect
        rows = RowsOf(held, dialect, request.test)
        self.shift = rows.shift_to_slices(request.clock, request.interval, rows.instant(request.instant))
        self.failed = f"COUNT(*) FILTER (_ok = 0) >= {request.failing}"

    def create_words(self) -> Statement:
        rounds = f"BIT_COUNT(BIT_OR(1::BIGINT << (_slice % {BITS})::INTEGER))"
        told = f"SELECT _slice // {BITS} AS _word, {rounds} AS _rounds, MIN(_at) AS _first, {self.failed} AS _bad"
        marked = "SELECT *, _bad OR LEAD(_bad, 1, TRUE) OVER (ORDER BY _word) AS _close"
        created = f"CREATE OR REPLACE TEMP TABLE _words AS {marked} FROM ({told} FROM "
        return self.about(self.request, created, " GROUP BY _word)")

    def words_to_look_at(self) -> Statement:
        return Statement("SELECT _word FROM _words WHERE _close ORDER BY _word", ())

    def create_rounds(self) -> Statement:
        columns = "_slice BIGINT, _first BIGINT, _rounds BIGINT, _failed BOOLEAN"
        return Statement(f"CREATE OR REPLACE TEMP TABLE _rounds ({columns})", ())

    def add_rounds(self, first: int, last: int) -> Statement:
        """The rounds of some words, one by one, which then are no longer words."""
        start, end = (word * BITS * self.request.interval - (self.shift or 0) for word in (first, last + 1))
        within = (
            Compared(self.request.instant, ">=", Constant(start)),
            Compared(self.request.instant, "<", Constant(end)),
        )
        request = self.request._replace(test=Every((self.request.test, *within)))
        removed = f"DELETE FROM _words WHERE _word BETWEEN {first} AND {last}; "
        told = f"INSERT INTO _rounds SELECT _slice, MIN(_at), 1, {self.failed} FROM "
        return self.about(request, removed + told, " GROUP BY _slice")

    def runs(self) -> Statement:
        """Gaps and islands, of single rounds and of words in which none failed."""
        everything = f"SELECT * FROM _rounds UNION ALL SELECT _word * {BITS}, _first, _rounds, FALSE FROM _words"
        turns = "SELECT *, LAG(_failed) OVER (ORDER BY _slice) IS DISTINCT FROM _failed AS _begins"
        # By rows: by values, DuckDB counts anew for each.
        numbered = "SELECT *, SUM(CAST(_begins AS BIGINT)) OVER (ORDER BY _slice ROWS UNBOUNDED PRECEDING) AS _run"
        return Statement(
            "SELECT MIN(_first), ARG_MAX(_first, _slice), SUM(_rounds), BOOL_OR(_failed) "
            f"FROM ({numbered} FROM ({turns} FROM ({everything}))) GROUP BY _run ORDER BY _run",
            (),
        )

    def about(self, request: Sampled, before: str, after: str, *more: str) -> Statement:
        """A statement about the samples: `_slice`, `_at` and `_ok` of each row that has them, and of which `more` is
        true."""
        rows = RowsOf(self.held, self.dialect, request.test)
        instant, ok = rows.term(request.instant).text, rows.term(request.ok).text
        number = self.dialect.quotient(f"({instant} + {self.shift})", request.interval)
        chosen = [f"{number} AS _slice", f"{instant} AS _at", f"{ok} AS _ok"]
        full = [ColumnCell(name) for name in self.held.full]
        cells = ((request.instant, instant), (request.ok, ok))
        told = [f"{text} IS NOT NULL" for term, text in cells if term not in full]
        samples = rows.select(chosen, request.test, *told, *more)
        return Statement(f"{before}({samples}){after}", rows.tables())
