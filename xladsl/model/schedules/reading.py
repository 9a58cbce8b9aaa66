"""A payment, read as a function of what is not known when it is signed: values, lengths, counts, points and fees.

Where a payment follows from several promises, or has a level or a parameter that changes on a day, it is several
functions; each is a schedule of its own, for one promise, on one day, for one choice among the words in its rows.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from .. import expressions, nodes, quantities, units
from ..measures import inherited
from ..node import walk
from ..promises import UPWARDS, formula, measured, paid_for, sources_of
from ..tiers import NEGATED
from .cells import (
    Known,
    Least,
    OutsideError,
    Stretch,
    Term,
    Times,
    between,
)
from .formulas import Formulas, settled_on
from .functions import DOUBLED, Free, Row, Schedule, Subject, keys_of, only_where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..contract import Contract

# ---------------------------------------------------------------------------------------------------------- readings


def schedules(contract: Contract, payment: nodes.Payment) -> Iterator[Schedule]:
    """Every function that a payment is. Raises OutsideError where it is none that can be worked out."""
    looked_at = subjects(contract, payment)
    columns = columns_of_bands(payment)
    together = [looked_at] if len(columns) > 1 or not looked_at else [[subject] for subject in looked_at]
    for chosen in together:
        for day in days_of_change(payment, chosen):
            for words in choices_of_words(payment):
                yield from (
                    Reading(contract, payment, with_levels, day).schedule(words)
                    for with_levels in on_day(chosen, day, words)
                )


def subjects(contract: Contract, payment: nodes.Payment) -> list[Subject]:
    """What a payment looks at, in the order in which its clauses name it."""
    promises = [
        Subject(promise, measured(promise), UPWARDS.get(promise.level.comparison, ""), promise.level)
        for promise in paid_for(contract, payment)
    ]
    named = [reference.found for reference in payment.for_whom]
    kpis = [kpi for kpi in named if isinstance(kpi, nodes.Kpi | nodes.Composite)]
    return [*promises, *(Subject(kpi, kpi, inherited(kpi, "better") or "", None) for kpi in kpis)]


def days_of_change(payment: nodes.Payment, chosen: list[Subject]) -> list[date]:
    """A day in each of the times between which levels and parameters change."""
    steps: list[Any] = [step for subject in chosen if subject.level is not None for step in subject.level.steps]
    for part in walk(payment):
        target = getattr(part, "target", None)
        if isinstance(target, nodes.Parameter):
            steps += target.value
    return sorted({step.since or date.min for step in steps}) or [date.min]


def on_day(chosen: list[Subject], day: date, words: tuple[str, ...]) -> Iterator[list[Subject]]:
    """The subjects with the levels of one day: a list for each condition under which a level is another one.

    A row of a table for "multi" meets the level for what is "multi", and no other.
    """
    conditions = {
        repr(step.level_where): step.level_where
        for subject in chosen
        if subject.level is not None
        for step in subject.level.steps
    }
    meant = [condition for condition in conditions.values() if word_of(condition) in words]
    for condition in meant or conditions.values() or [None]:
        yield [subject._replace(level=level_on(subject, day, condition)) for subject in chosen]


def word_of(condition: Any) -> str | None:
    """The word that a condition asks a column for; None where it asks for anything else."""
    if not isinstance(condition, expressions.Comparison) or condition.relation not in ("is", "="):
        return None
    return next((side.value for side in (condition.left, condition.right) if isinstance(side, quantities.Text)), None)


def level_on(subject: Subject, day: date, condition: Any) -> Any:
    """The level of a promise on a day, under a condition; the first one, if none has begun."""
    if subject.level is None:
        return None
    steps = [step for step in subject.level.steps if step.level_where == condition] or subject.level.steps
    begun = [step for step in steps if (step.since or date.min) <= day]
    return (begun or steps[:1])[-1].amount


def columns_of_bands(payment: nodes.Payment) -> list[int]:
    """The columns of a table that say how large something is."""
    columns = {
        index
        for row in payment.rows
        for index, cell in enumerate(row.cells[:-1])
        if isinstance(cell, nodes.Band | quantities.Quantity | quantities.Money | quantities.Duration)
    }
    return sorted(columns)


def choices_of_words(payment: nodes.Payment) -> list[tuple[str, ...]]:
    """Every combination of words that chooses among the rows of a table; one empty choice where none does."""
    bands = columns_of_bands(payment)
    chosen = {words_of(row, bands) for row in payment.rows}
    plain = sorted(words for words in chosen if "" not in words)
    return plain or [()]


def words_of(row: nodes.TierRow, bands: list[int]) -> tuple[str, ...]:
    """The words in a row; empty where it says `otherwise`."""
    cells = [cell for index, cell in enumerate(row.cells[:-1]) if index not in bands]
    return tuple("" if cell == "otherwise" else str(getattr(cell, "value", cell)) for cell in cells)


class Reading(Formulas):
    """Reads one payment as a function, for given promises with their levels, on one day."""

    def __init__(self, contract: Contract, payment: nodes.Payment, chosen: list[Subject], day: date) -> None:
        super().__init__(contract, payment, chosen, day)
        self.doubts: list[str] = []
        self.ends: list[tuple[Free, Stretch]] = []
        self.gated = False
        self.loose = ""

    def schedule(self, words: tuple[str, ...]) -> Schedule:
        payment = self.payment
        if payment.pay is not None and payment.rows:
            raise OutsideError("it has both a table and a value")
        if not self.subjects:
            self.doubts += [] if payment.when is not None or payment.for_whom else ["it does not say what it is for"]
        self.gate()
        rows = [row for row in payment.rows if fits_words(words_of(row, columns_of_bands(payment)), words)]
        read_rows = [self.row(row) for row in rows]
        amount, lowest_of = self.options(payment)
        caps = [self.due(cap.amount) for cap in payment.cap]
        if payment.repeated is not None:
            self.doubling(payment.repeated)
        self.on_one_clock()
        terms = [*caps, *lowest_of, *(row.result for row in read_rows), *([] if amount is None else [amount])]
        used = {DOUBLED}.union({test[0] for row in read_rows for test in row.tests}, *map(keys_of, terms))
        self.free = {key: free._replace(worse=self.worse(free)) for key, free in self.free.items() if key in used}
        return Schedule(
            payment,
            self.subjects,
            self.free,
            read_rows,
            amount,
            caps,
            lowest_of,
            self.doubts,
            self.divisors,
            self.ends,
            self.gated,
            self.loose,
            words,
            self.money(),
        )

    def options(self, payment: nodes.Payment) -> tuple[Term | None, list[Term]]:
        """What is due, and the others of `lowest of (…)`, which limit it as caps do."""
        due = self.due(payment.pay) if payment.pay is not None else None
        if not isinstance(due, Least) or payment.repeated is not None:
            return due, []
        growing = [part for part in due.parts if any(self.free[key].worse is not None for key in keys_of(part))]
        first = (growing or list(due.parts))[0]
        return first, [part for part in due.parts if part is not first]

    def money(self) -> str:
        """In which unit the payment is worth something."""
        results = [self.payment.pay, *(row.cells[-1] for row in self.payment.rows)]
        spoken = {units.unit_of(settled_on(result, self.day), self.given) for result in results if result is not None}
        return spoken.pop() if len(spoken) == 1 else units.UNKNOWN

    # -------------------------------------------------------------------------------------------------- conditions

    def gate(self) -> None:
        """Narrow the domains to the values for which something is due at all."""
        if self.payment.when is not None:
            self.condition(self.payment.when)
        elif not self.payment.group_by or self.subjects:
            for position, subject in enumerate(self.subjects):
                self.verdict(position, subject, met=isinstance(self.payment, nodes.Bonus))

    def condition(self, condition: Any) -> None:
        if isinstance(condition, expressions.AllConditions):
            for option in condition.options:
                self.condition(option)
        elif isinstance(condition, expressions.Outcome):
            self.outcome(condition)
        elif isinstance(condition, expressions.LevelTest):
            self.level_test(condition)
        elif isinstance(condition, expressions.ValueTest):
            self.value_test(condition)
        else:
            self.is_wider("it is due under one of several conditions")

    def is_wider(self, doubt: str) -> None:
        """Note that the domains hold values for which nothing is due, so that not every case is one."""
        self.loose = doubt
        self.doubts.append(doubt)

    def outcome(self, outcome: Any) -> None:
        if outcome.of_them is not None:
            self.is_wider(f"it is due when at least {outcome.of_them} of several promises are {outcome.state}")
            return
        good = outcome.state in ("met", "not breached", "exceeded")
        for reference in outcome.conditioned:
            own = [pair for pair in enumerate(self.subjects) if pair[1].node is reference.found]
            if own and outcome.history is None and outcome.state != "inconclusive":
                self.verdict(*own[0], met=good)
            elif own:
                self.is_wider(f"earlier windows of `{reference.name}` decide too")
            if good != isinstance(self.payment, nodes.Bonus) and (own or self.hangs_together(reference.found)):
                self.doubts.append(f"it is due only while `{reference.name}` is {outcome.state}")

    def verdict(self, position: int, subject: Subject, *, met: bool) -> None:
        """Only the values that keep a promise, or only those that break it."""
        comparison = subject.comparison if met else NEGATED.get(subject.comparison, "")
        if subject.level is not None and comparison in NEGATED:
            try:
                bound = self.number(subject.level)
            except OutsideError:
                return
            key = self.subject(position)
            self.narrow(key, comparison, bound)
            self.gated = self.gated or not met
            if isinstance(getattr(subject.node, "breached_when", None), nodes.GuardedDecision):
                self.loose = f"`{subject.node.name}` is breached only beyond a margin"

    def level_test(self, test: Any) -> None:
        own = [position for position, subject in enumerate(self.subjects) if subject.node is test.conditioned[0].target]
        if len(test.conditioned) != 1 or not own or test.history is not None:
            self.is_wider("its condition speaks of other values than its own")
            return
        key, bound = self.subject(own[0]), self.number(test.amount)
        outside = only_where(self.free[key].domain, NEGATED[test.relation], bound)
        self.narrow(key, test.relation, bound)
        higher = self.subjects[own[0]].better == "higher"
        if (test.relation in ("below", "at most")) != higher and not isinstance(self.payment, nodes.Bonus):
            self.ends += [(self.free[key], stretch) for stretch in outside[:: self.free[key].worse or 1]]

    def value_test(self, test: Any) -> None:
        left = self.term(test.value)
        if not isinstance(left, Known) or test.history is not None:
            self.is_wider("its condition compares more than one quantity with a number")
            return
        relation = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}[test.relation]
        self.narrow(left.key, relation, self.number(test.amount))
        if relation in ("below", "at most"):
            self.doubts.append(f"it ends when {self.free[left.key].words} grows")

    def narrow(self, key: str, comparison: str, bound: Fraction) -> None:
        free = self.free[key]
        self.free[key] = free._replace(domain=only_where(free.domain, comparison, bound))

    def hangs_together(self, other: Any) -> bool:
        """Whether another promise is measured from the same sources, so that the two do not vary by themselves."""
        if not isinstance(other, nodes.Promise):
            return True
        mine = {id(source) for source in self.sources()}
        return any(id(source) in mine for source in sources_of(formula(other)))

    def sources(self) -> Iterator[nodes.Source]:
        for value in (self.payment.pay, self.payment.when, *(subject.measuring for subject in self.subjects)):
            yield from sources_of(value)

    def doubling(self, condition: Any) -> None:
        """Doubled or not: a quantity that is 0 or 1, and worse or not as its own history has it."""
        zero, one = Fraction(0), Fraction(1)
        both = [Stretch(zero, zero), Stretch(one, one)]
        self.free[DOUBLED] = Free("a doubling", units.NUMBER, one, both, None, True, one, frozenset())
        before = isinstance(getattr(condition, "history", None), expressions.PreviousWindow)
        bad = getattr(condition, "state", "") in ("breached", "not met")
        if not before and not bad:
            self.doubts.append("the condition of its doubling may end when the value gets worse")

    # ------------------------------------------------------------------------------------------------------- tables

    def row(self, row: nodes.TierRow) -> Row:
        tests = []
        columns = columns_of_bands(self.payment)
        otherwise = "otherwise" in [cell for cell in row.cells[:-1] if isinstance(cell, str)]
        for position, column in enumerate(columns):
            cell = row.cells[column] if column < len(row.cells) - 1 else None
            if cell is None:
                raise OutsideError("its rows have different numbers of cells")
            if isinstance(cell, str):
                continue
            key = self.column(position, column, cell)
            bounds: list[tuple[str, Any]] = [("exactly", cell)]
            if isinstance(cell, nodes.Band):
                bounds = [(bound.comparison, bound.amount) for bound in cell.bounds]
            tests += [(key, comparison, self.number(amount)) for comparison, amount in bounds]
        return Row(tests, self.due(row.cells[-1]), otherwise, row)

    def column(self, position: int, column: int, cell: Any) -> str:
        """The quantity of a column: the promise that stands at its place, or else one that only the heading names."""
        columns = columns_of_bands(self.payment)
        if len(self.subjects) == len(columns):
            return self.subject(position)
        heading = self.payment.header[column] if column < len(self.payment.header) else f"column {column + 1}"
        like = cell.bounds[0].amount if isinstance(cell, nodes.Band) else cell
        unit = units.unit_of(like)
        domain = between(None, None, low_closed=False, high_closed=False)
        return self.known(heading, Free(heading, unit, self.scale(like), domain, 0, False, None, frozenset({heading})))

    def due(self, amount: Any) -> Term:
        """An amount that is paid; a bare percentage is one of the base."""
        if isinstance(amount, quantities.Text) or amount == "otherwise":
            raise OutsideError("what it gives is said in words")
        if isinstance(amount, nodes.NamedAmount):
            amount = amount.parameter
        term = self.term(amount)
        return Times((self.base(), term)) if units.unit_of(amount, self.given) == units.PERCENT else term


def fits_words(of_row: tuple[str, ...], chosen: tuple[str, ...]) -> bool:
    return not chosen or all(word in ("", choice) for word, choice in zip(of_row, chosen, strict=True))
