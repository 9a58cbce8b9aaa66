"""Numbers that need to know how often each value was given: median, percentile, net score, distribution."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model import expressions
from ..results import Spread
from ..rows.scales import Scaled
from ..rows.terms import NotATerm, term_of
from .found import At, Found, ratio
from .histograms import Histogram, between, histogram, middle, ranked
from .narrowing import Narrowing, columns_of
from .wording import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ...model import nodes
    from ..rows.requests import Counted, Test
    from .divisions import Key

MEDIAN = Fraction(50)


class Ranks(Narrowing):
    """What comes of values in their order."""

    def median(self, statistic: expressions.Statistic) -> At:
        return self.ranking(statistic, middle, None)

    def percentile(self, percentile: expressions.Percentile) -> At:
        given = self.given_column(percentile, percentile.of)
        if given is not None:
            return given
        rank = Fraction(percentile.rank)
        at = self.ranking(percentile, lambda values: ranked(values, rank / 100), rank)
        return self.telling(f"percentile {percentile.rank} of {spoken(percentile.of)}", percentile, at)

    def ranking(self, aggregate: Any, chosen: Callable[[Histogram], Fraction | None], rank: Fraction | None) -> At:
        """One of the values that there are, by its place in their order."""
        look_up = self.histogram(aggregate)
        keeps = aggregate.weighted_by is None and self.needs_spread

        def found(key: Key) -> Found:
            values = look_up(key)
            spread = None
            if keeps and rank is not None:
                spread = Spread("percentile", values.rows, (rank,), values.values)
            return Found(chosen(values), rows=values.rows, spread=spread)

        return found

    def net_score(self, score: expressions.NetScore) -> At:
        """In points: of a hundred answers, how many more are of the first kind than of the second."""
        given = self.given_column(score, score.of)
        if given is not None:
            return given
        for_it, against = ((Fraction(part.low), Fraction(part.high)) for part in (score.counting, score.against))
        look_up = self.histogram(score)

        def scored(key: Key) -> Found:
            values = look_up(key)
            promoters, detractors = between(values, *for_it), between(values, *against)
            spread = Spread("net score", values.rows, (promoters, detractors)) if score.weighted_by is None else None
            return ratio(100 * (promoters - detractors), values.total / values.fine, values.rows, spread)

        return self.telling(f"net score of {score.of.name}", score, scored)

    def distribution(self, distribution: expressions.Distribution) -> At:
        """No number, but how often each answer was given."""
        look_up = self.histogram(distribution)

        def shown(key: Key) -> Found:
            values = look_up(key)
            return Found(None, rows=values.rows, spread=Spread("percentile", values.rows, (MEDIAN,), values.values))

        return shown

    # ---------------------------------------------------------------------------------------------------- histograms

    def histogram(self, aggregate: Any) -> Callable[[Key], Histogram]:
        """How often each value was given, for each key."""
        source = self.source_read(aggregate.of)
        weight = self.weight(aggregate)
        fine = weight.scale if weight is not None else Fraction(1)
        tests = self.narrowing(aggregate, source)
        try:
            term = term_of(self.assessment, aggregate.of, source, self.scope, self.counting)
        except NotATerm:
            return self.worked_out(aggregate.of, source, tests, weight)
        look_up = self.by_value(source, tests, term.term, weight.term if weight else None)
        return lambda key: histogram(
            [(cell, counted.weight, counted.rows) for cell, counted in look_up(key).items() if isinstance(cell, int)],
            term.scale,
            fine,
        )

    def worked_out(
        self, operand: Any, source: nodes.Source, tests: list[Test], weight: Scaled | None
    ) -> Callable[[Key], Histogram]:
        """A formula that engines cannot say of a row: worked out here, once for all rows that are alike in its
        columns."""
        from .rowwise import worked_out

        columns = {part.target.name: part for part in columns_of(operand)}
        cells = [term_of(self.assessment, part, source, self.scope) for part in columns.values()]
        look_up = self.by_key(source, tests, tuple(cell.term for cell in cells), (), weight.term if weight else None)

        def values(found: Mapping[Key, Counted]) -> Iterator[tuple[Fraction, int, int]]:
            for key, counted in found.items():
                row = {
                    name: cell.value(own) if isinstance(own, int) else None
                    for name, cell, own in zip(columns, cells, key, strict=True)
                }
                amount = worked_out(operand, row)
                if amount is not None:
                    yield amount, counted.weight, counted.rows

        return lambda key: histogram(values(look_up(key)), fine=weight.scale if weight is not None else Fraction(1))
