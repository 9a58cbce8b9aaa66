"""Numbers from many rows or stretches: counted, averaged, ranked, shared out, and taken slice by slice."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from ..model import expressions, nodes, quantities, units
from . import groups, terms
from .amounts import amount_of
from .asking import Asking, Unmeasured
from .counting import CLOCK, duration_of, strongest
from .divisions import Cells, Division, Key
from .figures import number, written
from .found import At, Found, constant, ratio
from .histograms import Histogram, histogram, middle, net, ranked
from .requests import MILLION, Empty, Not, Product
from .results import Spread
from .stretches import runs, union, without
from .terms import NotATerm, Scaled, holds, source_of, term_of, test_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..model.node import Node
    from .requests import Cell, Counted, Term, Test
    from .scope import Scope

ROWS = (expressions.Aggregate, expressions.Share, expressions.ShareOfTime, expressions.Over, expressions.WindowLength)
"""What turns rows into a number: outside of these, a column is the column of one row."""


class Aggregates(Asking):
    """What each kind of aggregate comes to, for each key of the divisions that it stands in."""

    def at(self, formula: Any) -> At:
        raise NotImplementedError

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

        return self.telling(f"count of {count.of.name}", counted)

    def count_of_stretches(self, count: expressions.Count, scope: Scope) -> Found:
        """How many stretches begin in the window, of those of which something is left that counts."""
        from .intervals import left_out, narrowed

        made = narrowed(self.assessment, count, scope)
        if made is None:
            raise Unmeasured(f"there are no data of {count.of.name}")
        others = union(each for _, stretches in left_out(self.assessment, scope) for each in stretches)
        start, end = scope.window.start, scope.window.end
        number = sum(1 for run in runs(made.profile) if start <= run[0].start < end and without(run, others))
        self.tell(f"count of {count.of.name}: {number}")
        return Found(Fraction(number), rows=number)

    def share(self, share: expressions.Share) -> At:
        rows = share.of.found
        weight = self.weight(share)
        counting = weight.term if weight else None
        tests = self.narrowing(share, rows)
        passing = test_of(self.assessment, share.counted, source_of(self.assessment, rows), self.scope)
        among = self.tallied(rows, tests, weight=counting)
        good = self.tallied(rows, [*tests, passing], weight=counting)

        def shared(key: Key) -> Found:
            below, above = among(key), good(key)
            spread = Spread("share", below.rows, (Fraction(above.rows),)) if weight is None else None
            return ratio(Fraction(above.weight), Fraction(below.weight), below.rows, spread)

        return self.telling(f"share of {share.of.name}", shared)

    # ------------------------------------------------------------------------------------------------------- numbers

    def statistic(self, statistic: expressions.Statistic) -> At:
        operand = statistic.of
        given = self.given_column(statistic, operand)
        if given is not None:
            return given
        if not self.is_rowwise(operand):
            return self.at(operand)
        if statistic.kind == "median":
            at = self.ranking(statistic, operand, middle)
        elif self.is_answer(operand):
            at = self.of_histogram(statistic, operand, mean if statistic.kind == "mean" else summed)
        else:
            at = self.summing(statistic, operand)
        return self.telling(f"{statistic.kind} of {named(operand)}", at)

    def summing(self, statistic: expressions.Statistic, operand: Any) -> At:
        """A sum or a mean that the engine adds up."""
        source = self.source_read(operand)
        try:
            term = term_of(self.assessment, operand, source, self.scope, self.counting)
        except NotATerm:
            return self.of_histogram(statistic, operand, mean if statistic.kind == "mean" else summed)
        weight = self.weight(statistic)
        squared = statistic.kind == "mean" and weight is None and self.needs_spread
        sums: tuple[Term, ...] = (term.term, Product((term.term, term.term))) if squared else (term.term,)
        tests = self.narrowing(statistic, source)
        look_up = self.tallied(source, tests, sums, weight.term if weight else None)

        def added(key: Key) -> Found:
            counted = look_up(key)
            (number, amount), *squares = counted.sums or ((0, 0),)
            if statistic.kind == "sum":
                return Found(weighed(amount, weight) / term.scale, rows=number if weight is None else counted.rows)
            summed = amount / term.scale
            spread = Spread("mean", number, (summed, squares[0][1] / term.scale**2)) if squares else None
            return ratio(summed, Fraction(number), number if weight is None else counted.rows, spread)

        return added

    def percentile(self, percentile: expressions.Percentile) -> At:
        given = self.given_column(percentile, percentile.of)
        if given is not None:
            return given
        rank = Fraction(percentile.rank) / 100
        at = self.ranking(percentile, percentile.of, lambda values: ranked(values, rank), rank)
        return self.telling(f"percentile {percentile.rank} of {named(percentile.of)}", at)

    def net_score(self, score: expressions.NetScore) -> At:
        given = self.given_column(score, score.of)
        if given is not None:
            return given
        for_it, against = ((Fraction(part.low), Fraction(part.high)) for part in (score.counting, score.against))
        look_up = self.histogram(score, score.of)

        def scored(key: Key) -> Found:
            values = look_up(key)
            promoters, detractors = net(values, for_it), net(values, against)
            spread = Spread("net score", values.rows, (promoters, detractors)) if score.weighted_by is None else None
            return ratio(100 * (promoters - detractors), values.total, values.rows, spread)

        return self.telling(f"net score of {score.of.name}", scored)

    def distribution(self, distribution: expressions.Distribution) -> At:
        look_up = self.histogram(distribution, distribution.of)

        def shown(key: Key) -> Found:
            values = look_up(key)
            spread = Spread("percentile", values.rows, (), tuple((value, int(times)) for value, times in values.times))
            return Found(None, rows=values.rows, spread=spread)

        return shown

    def ranking(
        self, aggregate: Any, operand: Any, chosen: Callable[[Histogram], Fraction | None], rank: Fraction | None = None
    ) -> At:
        """One of the values that there are, by its place in their order."""
        look_up = self.histogram(aggregate, operand)
        keeps = rank is not None and aggregate.weighted_by is None and self.needs_spread

        def found(key: Key) -> Found:
            values = look_up(key)
            spread = None
            if keeps and rank is not None:
                spread = Spread("percentile", values.rows, (rank,), tuple((value, int(n)) for value, n in values.times))
            return Found(chosen(values), rows=values.rows, spread=spread)

        return found

    def of_histogram(self, aggregate: Any, operand: Any, work: Callable[[Histogram, bool], Found]) -> At:
        look_up = self.histogram(aggregate, operand)
        return lambda key: work(look_up(key), aggregate.weighted_by is None)

    def histogram(self, aggregate: Any, operand: Any) -> Callable[[Key], Histogram]:
        """How often each value was given."""
        source = self.source_read(operand)
        weight = self.weight(aggregate)
        tests = self.narrowing(aggregate, source)
        try:
            term = term_of(self.assessment, operand, source, self.scope, self.counting)
        except NotATerm:
            return self.worked_out(operand, source, tests, weight)
        look_up = self.by_value(source, tests, term.term, weight.term if weight else None)
        return lambda key: histogram(
            (term.value(cell), weighed(counted.weight, weight), counted.rows)
            for cell, counted in look_up(key).items()
            if isinstance(cell, int)
        )

    def worked_out(
        self, operand: Any, source: nodes.Source, tests: list[Test], weight: Scaled | None
    ) -> Callable[[Key], Histogram]:
        """A formula that engines cannot say of a row: worked out here, once for all rows that are alike in its
        columns."""
        from .rowwise import worked_out

        columns = {part.target.name: part for part in references(operand)}
        cells = [term_of(self.assessment, part, source, self.scope) for part in columns.values()]
        by = tuple(cell.term for cell in cells)
        look_up = self.by_key(source, tests, by, (), weight.term if weight else None)

        def values(found: dict[Key, Counted]) -> Iterable[tuple[Fraction, Fraction, int]]:
            for key, counted in found.items():
                row = {
                    name: cell.value(own) if isinstance(own, int) else None
                    for name, cell, own in zip(columns, cells, key, strict=True)
                }
                amount = worked_out(operand, row)
                if amount is not None:
                    yield amount, weighed(counted.weight, weight), counted.rows

        return lambda key: histogram(values(dict(look_up(key))))

    # ---------------------------------------------------------------------------------------------------------- time

    def length(self, length: expressions.Length) -> At:
        return self.by_scope(lambda scope: self.length_in(length, scope))

    def length_in(self, length: expressions.Length, scope: Scope) -> Found:
        from .intervals import length as lasting

        clock = self.counting.clock(self.assessment, scope) if self.counting.unit == units.BUSINESS else None
        amount, left_out = lasting(self.assessment, length, scope, clock)
        if amount is None:
            raise Unmeasured(f"there are no data of {length.of.name}")
        self.tell(f"length of {length.of.name}: {written(amount, self.counting.unit)}")
        return Found(amount, left_out=left_out)

    def window_length(self, length: expressions.WindowLength) -> At:
        from .intervals import window_length

        return self.by_scope(lambda scope: Found(window_length(self.assessment, length.which, scope)))

    def share_of_time(self, share: expressions.ShareOfTime) -> At:
        working = self.beside([share.limit])
        limit = working.at(share.limit)

        def passing(key: Key, parts: list[tuple[Found, int]]) -> Found:
            most = limit(key).amount
            good = sum(
                number
                for part, number in parts
                if part.amount is not None and most is not None and holds(part.amount, share.relation, most)
            )
            return ratio(Fraction(good), Fraction(sum(number for _, number in parts)))

        return self.telling("share of slices", working.over_parts(share.slice, share.measured, passing))

    def over(self, over: expressions.Over) -> At:
        def combined(_key: Key, parts: list[tuple[Found, int]]) -> Found:
            valued = [(part.amount, number) for part, number in parts if part.amount is not None and number]
            rows = sum(part.rows or 0 for part, _ in parts)
            return Found(COMBINED[over.kind](valued), rows=rows) if valued else Found(None, rows=rows)

        return self.telling(f"{over.kind} over each part", self.over_parts(over.each_group, over.of, combined))

    def over_parts(self, each: Any, formula: Any, combine: Callable[[Key, list[tuple[Found, int]]], Found]) -> At:
        """A number for each slice or group, and how many parts have it; then one of them all."""
        target = each.found if isinstance(each, quantities.Reference) else None
        if target is not None and not isinstance(target, (nodes.Column, nodes.Question)):
            return self.by_scope(lambda scope: combine((), [(self.of_part(formula, target, scope), 1)]))
        division = self.division(each)
        inner = self.divided(division)
        at = inner.at(formula)
        seen = self.parts_seen(inner, division)
        self.keys.update(seen)
        without_rows = {} if isinstance(division, Cells) else {"": division.number()}

        def combined(key: Key) -> Found:
            parts = [(at((*key, part)), 1) for part in seen.get(key, ())]
            missing = without_rows.get("", 0) - len(parts)
            if missing > 0:
                parts.append((at((*key, None)), missing))
            return combine(key, parts)

        return combined

    def division(self, each: Any) -> Division:
        if isinstance(each, quantities.Duration):
            return self.slices(int(amount_of(each) * MILLION))
        return Cells(((source_of(self.assessment, each.found).name, each.found.name),))

    def parts_seen(self, inner: Any, division: Division) -> dict[Key, list[Cell]]:
        """The slices in which there are rows, or the values of a column, by the key of what surrounds them."""
        keys: set[Key] = inner.keys
        if isinstance(division, Cells):
            source = self.assessment.contract.names.blocks[division.columns[0][0]][0]
            inner.tallied(source, [])
        found: dict[Key, list[Cell]] = {}
        for key in keys:
            if key[-1] is not None and (isinstance(division, Cells) or division.counts(key[-1])):
                found.setdefault(key[:-1], []).append(key[-1])
        return found

    def of_part(self, formula: Any, block: Node, scope: Scope) -> Found:
        """A formula for one site, segment or service."""
        inner = self.like()
        inner.scope = scope._replace(
            group=groups.together(scope.group, groups.group_of(self.assessment, block, scope.window))
        )
        found: Found = inner.at(formula)(())
        return found

    # ------------------------------------------------------------------------------------------------------- helpers

    def of_rows(self, formula: Any) -> At:
        """What stands outside of any aggregate and speaks of a row: the row that is judged, or the mean of several."""
        return self.statistic(plain_mean(formula))

    def by_scope(self, work: Callable[[Scope], Found]) -> At:
        """What others work out from a window and a group."""
        if not self.divisions:
            found = work(self.scope)
            return lambda _key: found
        known: dict[Key, Found] = {}
        self.keys.update(self.all_keys())

        def at(key: Key) -> Found:
            if key not in known:
                known[key] = work(self.scope_of(key))
            return known[key]

        return at

    def narrowing(self, aggregate: Any, rows: Node) -> list[Test]:
        """Which rows an aggregate counts."""
        source = source_of(self.assessment, rows)
        tests = []
        if isinstance(rows, nodes.Intervals):
            tests.append(test_of(self.assessment, rows.made_from.where, source, self.scope))
        if isinstance(rows, (nodes.Column, nodes.Question)):
            column = terms.column_in(source, rows)
            assert column is not None
            tests.append(Not(Empty(column.term)))
        if aggregate.where is not None:
            tests.append(test_of(self.assessment, aggregate.where, source, self.scope))
        return tests

    def weight(self, aggregate: Any) -> Scaled | None:
        if aggregate.weighted_by is None:
            return None
        column = aggregate.weighted_by.found
        return terms.column_in(source_of(self.assessment, column), column)

    def given_column(self, aggregate: Any, operand: Any) -> At | None:
        """What is given for a column instead of its rows."""
        if not isinstance(operand, quantities.Reference) or not is_plain(aggregate):
            return None
        given = self.assessment.given.value(self.name_of(operand.found), self.scope.window)
        if given is None:
            return None
        self.tell(f"{operand.name} is given")
        return constant(given)

    def name_of(self, rows: Node) -> str:
        owner = self.assessment.contract.names.owner(rows)
        name: str = getattr(rows, "name", "")
        return name if owner is rows else f"{getattr(owner, 'name', '')}.{name}"

    def is_rowwise(self, formula: Any) -> bool:
        """Whether a formula speaks of columns outside of any aggregate."""
        return any(True for _ in references(formula))

    def is_answer(self, operand: Any) -> bool:
        """Whether it is the answers to a question: there are few different ones."""
        if not isinstance(operand, quantities.Reference) or operand.target is None:
            return False
        source = self.assessment.contract.names.owner(operand.target)
        return isinstance(source, nodes.Survey) and operand.target.name in {asked.name for asked in source.questions}

    def source_read(self, operand: Any) -> nodes.Source:
        """The source whose columns a formula speaks of."""
        return source_of(self.assessment, next(iter(references(operand))).found)

    @property
    def needs_spread(self) -> bool:
        """Whether somebody will ask how far the true value may be from the measured one."""
        promise = self.scope.promise
        if promise is None or self.divisions:
            return False
        proven = (nodes.ProvenDecision, nodes.UnprovenDecision)
        return isinstance(promise.breached_when, proven) or promise.decision_margin is not None

    def beside(self, operands: Iterable[Any]) -> Any:
        """The same, where a length of time that stands beside a difference of moments says how it is told."""
        durations = [duration_of(each, self.assessment, self.scope.window) for each in operands]
        counting = strongest(each for each in durations if each is not None)
        if counting is CLOCK:
            return self
        made = self.like()
        made.counting, made.keys = counting, self.keys
        return made

    def telling(self, what: str, at: At) -> At:
        """Says what came of it, where it is not one of thousands."""
        if self.divisions:
            return at

        def told(key: Key) -> Found:
            found = at(key)
            self.tell(sentence(what, found))
            return found

        return told


def plain_mean(formula: Any) -> expressions.Statistic:
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


def is_plain(aggregate: Any) -> bool:
    """Whether nothing narrows an aggregate."""
    said = (getattr(aggregate, name, None) for name in ("where", "longer_than", "at_least_long", "joined_within"))
    return not any(said) and not getattr(aggregate, "leaving_out_these", None) and aggregate.weighted_by is None


def references(formula: Any) -> Iterable[Any]:
    """The columns that a formula speaks of outside of any aggregate."""
    waiting = [formula]
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, quantities.Reference):
            if isinstance(part.target, (nodes.Column, nodes.Question)):
                yield part
        elif isinstance(part, expressions.Expression) and not isinstance(part, ROWS):
            waiting += held(part)


def held(part: Any) -> list[Any]:
    from ..model.node import children

    return [inner for child in children(part) for inner in (children(child) if is_addend(child) else [child])]


def is_addend(part: Any) -> bool:
    return isinstance(part, (expressions.Addend, expressions.Factor))


def weighed(amount: int, weight: Scaled | None) -> Fraction:
    """What a sum of weights comes to; without weights, rows are counted."""
    return Fraction(amount) if weight is None else amount / weight.scale


def mean(values: Histogram, plain: bool) -> Found:
    summed = sum((value * times for value, times in values.times), Fraction(0))
    spread = None
    if plain:
        squares = sum((value * value * times for value, times in values.times), Fraction(0))
        spread = Spread("mean", values.rows, (summed, squares), values_of(values))
    return ratio(summed, values.total, values.rows, spread)


def summed(values: Histogram, _plain: bool) -> Found:
    return Found(sum((value * times for value, times in values.times), Fraction(0)), rows=values.rows)


def values_of(values: Histogram) -> tuple[tuple[Fraction, int], ...]:
    return tuple((value, int(times)) for value, times in values.times)


def average(parts: list[tuple[Fraction, int]]) -> Fraction:
    return added(parts) / sum(number for _, number in parts)


def added(parts: list[tuple[Fraction, int]]) -> Fraction:
    """The sum of many fractions over one denominator: adding them one by one would reduce each time."""
    below = lcm(*{amount.denominator for amount, _ in parts})
    return Fraction(sum(amount.numerator * (below // amount.denominator) * number for amount, number in parts), below)


def median_of(parts: list[tuple[Fraction, int]]) -> Fraction:
    found = middle(histogram((amount, Fraction(number), number) for amount, number in parts))
    assert found is not None
    return found


COMBINED: dict[str, Callable[[list[tuple[Fraction, int]]], Fraction]] = {
    "mean": average,
    "sum": added,
    "median": median_of,
    "lowest": lambda parts: min(amount for amount, _ in parts),
    "highest": lambda parts: max(amount for amount, _ in parts),
}


def named(operand: Any) -> str:
    return operand.name if isinstance(operand, quantities.Reference) else "a formula"


def sentence(what: str, found: Found) -> str:
    if found.above is not None and found.below is not None:
        return f"{what}: {number(found.above)} of {number(found.below)}"
    amount = "nothing" if found.amount is None else number(found.amount)
    return f"{what}: {amount}" + (f" on {found.rows:,} rows" if found.rows is not None else "")
