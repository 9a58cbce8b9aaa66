"""Numbers from many rows: counted, shared out, added up and averaged."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model import expressions, nodes
from ..results import Spread
from ..rows.requests import ColumnCell, Counted, Passes, Product
from ..rows.scales import Scaled
from ..rows.terms import NotATerm, source_of, term_of, test_of
from ..stretches.algebra import events, union, without
from .asking import Unmeasured
from .found import At, Found, constant, ratio
from .narrowing import is_plain
from .ranks import Ranks
from .sieve import columns_tested, few_valued, passes
from .wording import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..rows.requests import Term
    from ..scope import Scope
    from .divisions import Key


def good_of(among: Counted, *, weighted: bool) -> Counted:
    """Those of some rows that pass the test whose truth was added up; of weighted ones the weight alone is known."""
    total = among.sums[0][1] if among.sums else 0
    return Counted(0 if weighted else total, total)


class Aggregates(Ranks):
    """What many rows come to."""

    # ------------------------------------------------------------------------------------------------------ counting

    def count(self, count: expressions.Count) -> At:
        rows = count.of.found
        given = self.assessment.given.count(self.name_of(rows), self.scope.window) if is_plain(count) else None
        if given is not None:
            self.tell(f"count of {count.of.name} is given as {given}")
            return constant(given)
        if isinstance(rows, nodes.Intervals):
            return self.by_scope(lambda scope: self.count_of_stretches(count, scope))
        weight = self.weight(count)
        look_up = self.tallied(rows, self.narrowing(count, rows), weight=weight.term if weight else None)

        def counted(key: Key) -> Found:
            found = look_up(key)
            return Found(weighed(found.weight, weight), rows=found.rows)

        return self.telling(f"count of {count.of.name}", count, counted)

    def count_of_stretches(self, count: expressions.Count, scope: Scope) -> Found:
        """How many stretches begin in the window, of those of which something is left that counts."""
        from ..stretches.intervals import left_out, narrowed

        made = narrowed(self.assessment, count, scope)
        if made is None:
            raise Unmeasured(f"there are no data of {count.of.name}")
        others = union(each for _, stretches in left_out(self.assessment, scope) for each in stretches)
        start, end = scope.window.start, scope.window.end
        counted = [event for event in events(made.profile, made.held_together) if start <= event[0].start < end]
        number = sum(1 for event in counted if without(event, others))
        self.tell(f"count of {count.of.name}: {number}")
        return Found(Fraction(number), rows=number)

    def share(self, share: expressions.Share) -> At:
        weight = self.weight(share)
        counted = self.passing(share, weight.term if weight else None)

        def part(key: Key) -> Found:
            """One of thousands, of which nobody asks more than the amount."""
            below, above = counted(key)
            return Found(Fraction(above.weight, below.weight) if below.weight else None, rows=below.rows)

        def whole(key: Key) -> Found:
            below, above = counted(key)
            spread = Spread("share", below.rows, (Fraction(above.rows),)) if weight is None else None
            return ratio(weighed(above.weight, weight), weighed(below.weight, weight), below.rows, spread)

        return part if self.divisions else self.telling(f"share of {share.of.name}", share, whole)

    def passing(self, share: expressions.Share, weight: Term | None) -> Callable[[Key], tuple[Counted, Counted]]:
        """How many rows there are, and how many of them pass."""
        rows = share.of.found
        source = source_of(self.assessment, rows)
        tests = self.narrowing(share, rows)
        test = test_of(self.assessment, share.counted, source, self.scope)
        columns = columns_tested(test)
        if columns is None or not columns <= few_valued(source):
            among = self.tallied(rows, tests, (Passes(test),), weight)
            return lambda key: (among(key), good_of(among(key), weighted=weight is not None))
        look_up = self.by_key(rows, tests, tuple(map(ColumnCell, sorted(columns))), (), weight)

        def sieved(key: Key) -> tuple[Counted, Counted]:
            found = look_up(key).items()
            good = [counted for cells, counted in found if passes(test, dict(zip(sorted(columns), cells, strict=True)))]
            return together([counted for _, counted in found]), together(good)

        return sieved

    # ----------------------------------------------------------------------------------------------------- averaging

    def statistic(self, statistic: expressions.Statistic) -> At:
        """A mean, a median or a sum. What is no column is the same in each row, and its own mean."""
        given = self.given_column(statistic, statistic.of)
        if given is not None:
            return given
        if not self.is_rowwise(statistic.of):
            return self.at(statistic.of)
        if statistic.kind == "median":
            at = self.median(statistic)
        else:
            at = self.of_answers(statistic) if self.is_answer(statistic.of) else self.added_up(statistic)
        return self.telling(f"{statistic.kind} of {spoken(statistic.of)}", statistic, at)

    def added_up(self, statistic: expressions.Statistic) -> At:
        """A sum or a mean that the engine adds up."""
        source = self.source_read(statistic.of)
        try:
            term = term_of(self.assessment, statistic.of, source, self.scope, self.counting)
        except NotATerm:
            return self.of_answers(statistic)
        weight = self.weight(statistic)
        squared = statistic.kind == "mean" and weight is None and self.needs_spread
        sums: tuple[Term, ...] = (term.term, Product((term.term, term.term))) if squared else (term.term,)
        look_up = self.tallied(source, self.narrowing(statistic, source), sums, weight.term if weight else None)

        def found(key: Key) -> Found:
            counted = look_up(key)
            (among, summed), *squares = counted.sums or ((0, 0),)
            rows = among if weight is None else counted.rows
            total = weighed(summed, weight) / term.scale
            if statistic.kind == "sum":
                return Found(total, rows=rows)
            spread = Spread("mean", among, (total, squares[0][1] / term.scale**2)) if squares else None
            return ratio(total, weighed(among, weight), rows, spread)

        return found

    def of_answers(self, statistic: expressions.Statistic) -> At:
        """A sum or a mean of few different values, from how often each was given."""
        look_up = self.histogram(statistic)

        def found(key: Key) -> Found:
            values = look_up(key)
            if statistic.kind == "sum":
                return Found(values.sum, rows=values.rows)
            spread = None
            if statistic.weighted_by is None and not self.divisions:
                spread = Spread("mean", values.rows, (values.sum, values.squares), values.values)
            return ratio(values.sum, values.total / values.fine, values.rows, spread)

        return found

    def of_rows(self, formula: Any) -> At:
        """What stands outside of any aggregate and speaks of a row: the row that is judged, or the mean of several."""
        return self.statistic(mean_of(formula))


# ----------------------------------------------------------------------------------------------------------- helpers


def weighed(amount: int, weight: Scaled | None) -> Fraction:
    """What a sum of weights comes to; without weights, rows are counted."""
    return Fraction(amount) if weight is None else amount / weight.scale


def together(parts: list[Counted]) -> Counted:
    return Counted(sum(part.rows for part in parts), sum(part.weight for part in parts))


def mean_of(formula: Any) -> expressions.Statistic:
    """The mean of a formula of a row, over all rows."""
    return expressions.Statistic(
        kind="mean",
        of=formula,
        where=None,
        longer_than=None,
        at_least_long=None,
        joined_within=None,
        leaving_out_these=[],
        weighted_by=None,
    )
