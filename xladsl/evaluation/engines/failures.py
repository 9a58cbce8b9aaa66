"""When a probe turned from good to bad and back, in DuckDB, as long as few of its rounds failed.

Rounds that failed are found among the rows that say so, which are few. Of the others three things are asked: when the
first of all began, when the last did, and which comes next after each failure. The next is looked up close behind, and
farther away only if the probe paused, so that DuckDB reads no more of a file than these parts.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ..rows.requests import ColumnCell, Compared, Constant, Every, Turns
from ..rows.table import conjuncts
from .sql import Statement
from .words import Rounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..rows.requests import Sampled
    from .dialects import Dialect
    from .sql import Held
    from .words import Ask

MANY = 250
"""So many failures are looked up at most; where there are more, it is faster to go through all rounds."""

AT_ONCE = 50
"""So many are looked up in one statement."""

AHEAD = 60
"""Among so many slices behind a failure the next round is looked for first."""

WIDER = 16
"""How many times as many slices are gone through next, where there was none."""


class Failure(NamedTuple):
    """Slices next to each other in which rounds failed: the first and the last, and when a row first said so."""

    first: int
    last: int
    said: int


def turns(request: Sampled, held: Held, dialect: Dialect, ask: Ask) -> Turns | None:
    """None where too many failed, or slices cannot be numbered without looking at each midnight."""
    looking = Looking(Rounds(request, held, dialect), ask)
    if looking.rounds.shift is None or request.failing < 1:
        return None
    ends = looking.ends()
    if ends is None:
        return Turns([], 0)
    failures = looking.failures()
    if len(failures) > MANY:
        return None
    least, greatest = ends
    looked_up, until = looking.looked_up(failures, looking.slice_of(greatest))
    if until is None:  # a file that says of itself what is not so
        return None
    starts = {failure.first for failure in failures}
    found = [] if looking.slice_of(least) in starts else [(least, False)]
    goes_on = False
    for begins, following in looked_up:
        if not goes_on:
            found.append((begins, True))
        goes_on = following is not None and looking.slice_of(following) in starts
        if following is not None and not goes_on:
            found.append((following, False))
    return Turns(found, until)


class Looking:
    """Looks for rounds. Slices are numbered as `Rounds` has them."""

    def __init__(self, rounds: Rounds, ask: Ask) -> None:
        self.rounds = rounds
        self.request = rounds.request
        self.ask = ask

    def slice_of(self, instant: int) -> int:
        return (instant + (self.rounds.shift or 0)) // self.request.interval

    def start_of(self, number: int) -> int:
        return number * self.request.interval - (self.rounds.shift or 0)

    def ends(self) -> tuple[int, int] | None:
        """The first instant and the last of all rows that count; None if none does."""
        held, instant, ok = self.rounds.held, self.request.instant, self.request.ok
        all_rows = {instant, ok} <= set(map(ColumnCell, held.full)) and not list(conjuncts(self.request.test))
        if isinstance(instant, ColumnCell) and all_rows:
            return held.ranges[instant.name] if held.rows else None
        [(least, greatest)] = self.ask(self.rounds.about(self.request, "SELECT MIN(_at), MAX(_at) FROM ", ""))
        return None if least is None else (least, greatest)

    def failures(self) -> list[Failure]:
        """In the order of time; no more than one too many."""
        bad = Compared(self.request.ok, "=", Constant(0))
        failed = self.request._replace(test=Every((self.request.test, bad)))
        before = (
            "SELECT MIN(_slice), MAX(_slice), MIN(_said) FROM "
            "(SELECT _slice, _said, _slice - ROW_NUMBER() OVER (ORDER BY _slice) AS _run "
            "FROM (SELECT _slice, MIN(_at) AS _said FROM "
        )
        after = (
            f" GROUP BY _slice HAVING COUNT(*) >= {self.request.failing})) GROUP BY _run ORDER BY 1 LIMIT {MANY + 1}"
        )
        return [Failure(*row) for row in self.ask(self.rounds.about(failed, before, after))]

    def looked_up(self, failures: list[Failure], last: int) -> tuple[list[tuple[int, int | None]], int | None]:
        """When each failure began, and when the next round did; and when the round of the `last` slice did."""
        on_time = self.on_time([*(failure.last + 1 for failure in failures), last], failures)
        searched = [failure for failure in failures if failure.last + 1 not in on_time]
        found, until = self.searched(searched, last) if searched or last not in on_time else ([], self.start_of(last))
        behind = dict(zip(searched, found, strict=True))
        known = {failure: (failure.said, self.start_of(failure.last + 1)) for failure in failures}
        return [behind.get(failure, known[failure]) for failure in failures], until

    def on_time(self, slices: list[int], failures: list[Failure]) -> set[int]:
        """Those of some slices in which a round begins as the slice does: there is none before it.

        One pass over a few parts of a file tells it of all of them, where each failure would have its own. Most
        monitors keep so to their time; that one does not shows in its failures.
        """
        instant, instants = self.request.instant, [self.start_of(number) for number in slices]
        exact = self.rounds.held.exact.get(instant.name) if isinstance(instant, ColumnCell) else None
        if exact is None or any(failure.said != self.start_of(failure.first) for failure in failures):
            return set()
        rows = self.ask(self.rounds.about(self.request, "SELECT DISTINCT _slice FROM ", "", exact(instants)))
        return {number for (number,) in rows}

    def searched(self, failures: list[Failure], last: int) -> tuple[list[tuple[int, int | None]], int | None]:
        """The same as `looked_up`, each looked for by itself."""
        reached = [min(failure.last + AHEAD, last) for failure in failures]
        parts = [(failure.first, failure.last, end) for failure, end in zip(failures, reached, strict=True)]
        *found, (until, _) = self.firsts([*parts, (last, last, last)])
        step = AHEAD
        while left := [
            place for place, (_, next_one) in enumerate(found) if next_one is None and reached[place] < last
        ]:
            step *= WIDER
            farther = [(reached[place], reached[place], min(reached[place] + step, last)) for place in left]
            for place, (_, _, end), (_, following) in zip(left, farther, self.firsts(farther), strict=True):
                found[place] = (found[place][0], following)
                reached[place] = end
        return found, until

    def firsts(self, parts: Iterable[tuple[int, int, int]]) -> list[tuple[Any, Any]]:
        """Of slices from one to another, and on to a third: the first instant in the first of them, and the first
        behind the second; None where there is none."""
        waiting = iter(parts)
        found: list[tuple[Any, Any]] = []
        while some := list(islice(waiting, AT_ONCE)):
            statements = [self.first_in(number, *part) for number, part in enumerate(some)]
            rows = self.ask(Statement(" UNION ALL ".join(each.text for each in statements), ()))
            found += [(begins, following) for _, begins, following in sorted(rows, key=lambda row: int(row[0]))]
        return found

    def first_in(self, number: int, first: int, last: int, end: int) -> Statement:
        instant = self.request.instant
        within = (
            Compared(instant, ">=", Constant(self.start_of(first))),
            Compared(instant, "<", Constant(self.start_of(end + 1))),
        )
        begins = f"MIN(_at) FILTER (_at < {self.start_of(first + 1)})"
        follows = f"MIN(_at) FILTER (_at >= {self.start_of(last + 1)})"
        part = self.request._replace(test=Every((self.request.test, *within)))
        return self.rounds.about(part, f"SELECT {number}, {begins}, {follows} FROM ", "")
