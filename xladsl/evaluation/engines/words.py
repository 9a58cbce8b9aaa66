"""The runs of a probe, sixty-two rounds at a time.

Most rounds of most probes are good, and nobody needs each of them: only how many there were between two failures. So
rounds are first gathered into words of 62 bits, a bit for each round that has a row. Only words in which enough rows
failed, and the ones before them, are looked at again round by round; the last one too, to know when the last round
began. Of a hundred million rows a million small words are left, and nothing has to be sorted but these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .sql import RowsOf, Statement

if TYPE_CHECKING:
    from ..requests import Sampled
    from .dialects import Dialect
    from .sql import Held

BITS = 62
"""As many as a shift of one in 64 bits with a sign can never spoil."""


def runs(request: Sampled, held: Held, dialect: Dialect) -> Statement | None:
    """A statement for DuckDB, with a row for each run in order: its first and last round, how many, and whether they
    failed. None where slices cannot be numbered without looking at each midnight."""
    rows = RowsOf(held, dialect, request.test)
    number = rows.slice_number(request.clock, request.interval, rows.instant(request.instant))
    if number is None:
        return None
    instant, ok = rows.term(request.instant).text, rows.term(request.ok).text
    chosen = [f"{number} AS _slice", f"{instant} AS _at", f"{ok} AS _ok"]
    samples = rows.select(chosen, request.test, f"{instant} IS NOT NULL", f"{ok} IS NOT NULL")
    failed = f"COUNT(*) FILTER (_ok = 0) >= {request.failing}"
    steps = {
        "_words": (
            f"SELECT _slice // {BITS} AS _word, BIT_COUNT(BIT_OR(1::BIGINT << (_slice % {BITS})::INTEGER)) AS _rounds, "
            f"MIN(_at) AS _first, {failed} AS _bad FROM ({samples}) GROUP BY _word"
        ),
        "_marked": "SELECT *, _bad OR LEAD(_bad, 1, TRUE) OVER (ORDER BY _word) AS _close FROM _words",
        "_rounds": (
            f"SELECT _slice, MIN(_at) AS _first, 1 AS _rounds, {failed} AS _failed FROM ({samples}) "
            f"WHERE _slice // {BITS} IN (SELECT _word FROM _marked WHERE _close) GROUP BY _slice "
            f"UNION ALL SELECT _word * {BITS}, _first, _rounds, FALSE FROM _marked WHERE NOT _close"
        ),
        "_turns": "SELECT *, LAG(_failed) OVER (ORDER BY _slice) IS DISTINCT FROM _failed AS _begins FROM _rounds",
        "_numbered": (
            "SELECT *, SUM(CAST(_begins AS BIGINT)) OVER (ORDER BY _slice ROWS UNBOUNDED PRECEDING) AS _run FROM _turns"
        ),
    }
    kept = ("_words", "_marked")
    written = ", ".join(f"{name} AS {'MATERIALIZED ' if name in kept else ''}({step})" for name, step in steps.items())
    ends = "MIN(_first), ARG_MAX(_first, _slice), SUM(_rounds), BOOL_OR(_failed)"
    return Statement(f"WITH {written} SELECT {ends} FROM _numbered GROUP BY _run ORDER BY _run", rows.tables())
