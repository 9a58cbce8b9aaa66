"""What is claimed of a payment, and whether it holds for every value there could ever be.

A claim holds, is refuted by a case that anyone can work out again, or is not proven, with the reason. A claim holds of
a payment if it holds of every function that the payment is: for each of its promises, and from each day on which a
level or a parameter changes.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import product
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from .. import nodes
from ..promises import every_payment
from .cells import (
    CutError,
    Greatest,
    OutsideError,
    Stretch,
    falls,
    grid_of,
    has_no_end,
    is_less,
    never_negative,
    worked_out,
)
from .formulas import MEASURED
from .functions import Schedule, keys_of
from .reading import schedules
from .witnesses import (
    Case,
    amounts_in_words,
    case,
    decimals_in,
    first_in,
    of_fall,
    polynomial_in_words,
    readable,
    shown,
    values_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..contract import Contract
    from ..node import Node
    from .cells import Box, Fall, Grid, Polynomial, Term
    from .functions import Free, Row

TOTAL = "total"
SINGLE_VALUED = "single-valued"
NEVER_NEGATIVE = "never negative"
MONOTONE = "monotone"
BOUNDED = "bounded"
FIRST_STEP = "first step at the promise"
IN_REACH = "every step in reach"
BELOW_CAP = "every step below the cap"
COMBINATION = "combination bounded"

PROPERTIES = {
    TOTAL: "every value for which it is due has an answer",
    SINGLE_VALUED: "no value has two answers",
    NEVER_NEGATIVE: "nobody is ever owed less than nothing",
    MONOTONE: "a worse value never pays less",
    BOUNDED: "however bad the values, there is a most that it can come to",
    FIRST_STEP: "it begins exactly where the promise ends",
    IN_REACH: "every step is one that a value can reach",
    BELOW_CAP: "every step can be paid in full",
    COMBINATION: "together with those it is combined with, there is a most that it can come to",
}


class Proof(NamedTuple):
    """Whether a property holds: True, False, or None where it is not proven; why, and which cases show it.

    `place` is the part of the agreement to look at: a row, or the whole payment.
    """

    property: str
    holds: bool | None
    witness: tuple[Case, ...]
    sentence: str
    place: Node


def prove(payment: nodes.Payment, contract: Contract) -> list[Proof]:
    """Decide every property that applies to a payment, in the order of `PROPERTIES`."""
    found: dict[str, list[Proof]] = {}
    try:
        for schedule in schedules(contract, payment):
            for proof in Proving(schedule).proofs():
                found.setdefault(proof.property, []).append(proof)
    except OutsideError as reason:
        apart = (COMBINATION, FIRST_STEP, IN_REACH, BELOW_CAP)
        found = {name: [unproven(name, payment, str(reason))] for name in PROPERTIES if name not in apart}
    found[COMBINATION] = list(of_combination(payment, contract, found[BOUNDED]))
    return [weakest(found[name]) for name in PROPERTIES if found.get(name)]


@lru_cache(maxsize=1)  # several rules ask it of one agreement
def every_proof(contract: Contract) -> dict[nodes.Payment, dict[str, Proof]]:
    """All proofs about all payments of an agreement, by the name of the property."""
    return {
        payment: {proof.property: proof for proof in prove(payment, contract)} for payment in every_payment(contract)
    }


def rows_above_caps(payment: nodes.Payment, contract: Contract) -> list[tuple[nodes.TierRow, nodes.CapRule]]:
    """The rows of a payment that are never paid in full, each with the cap that cuts it."""
    try:
        found = [pair for schedule in schedules(contract, payment) for pair in Proving(schedule).rows_above_caps()]
    except OutsideError:
        return []
    return list(dict.fromkeys(found))


def weakest(proofs: list[Proof]) -> Proof:
    """Of several, the one that says most: a refutation, or what is not proven."""
    order = {False: 0, None: 1, True: 2}
    return min(proofs, key=lambda proof: order[proof.holds])


def unproven(name: str, place: Node, reason: str) -> Proof:
    return Proof(name, None, (), f"not proven: {reason}", place)


class Proving:
    """All proofs about one function."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.payment = schedule.payment
        self.gross = grid_of(schedule.gross, schedule.domains)
        self.net: Grid | None
        try:
            self.net = grid_of(schedule.net, self.gross.domains)
        except OutsideError:
            self.net = None

    def proofs(self) -> Iterator[Proof]:
        for name, claim in CLAIMS.items():
            try:
                proof = claim(self)
            except OutsideError as reason:
                proof = unproven(name, self.payment, str(reason))
            if proof is not None:
                yield proof

    def proven(self, name: str, sentence: str) -> Proof:
        return Proof(name, True, (), sentence, self.payment)

    def refuted(self, name: str, sentence: str, *cases: Case, place: Node | None = None) -> Proof:
        return Proof(name, False, cases, sentence, place or self.payment)

    # ---------------------------------------------------------------------------------------------- answers at all

    def total(self) -> Proof:
        schedule = self.schedule
        if schedule.amount is None and not schedule.rows:
            if self.payment.as_voucher is not None:
                return unproven(TOTAL, self.payment, "what it gives is said in words")
            return self.refuted(TOTAL, "it does not say what is due")
        if schedule.divisors:
            return self.refuted(TOTAL, f"it has no answer when {schedule.divisors[0]} is nothing: it divides by it")
        found = self.simplest(lambda place: not self.gross.answers[place] and self.expects_answer(place))
        if found is not None and schedule.loose:
            return unproven(TOTAL, self.payment, schedule.loose)
        if found is not None:
            return self.refuted(TOTAL, f"no row fits when {found.when}", found)
        return self.proven(TOTAL, PROPERTIES[TOTAL])

    def simplest(self, breaks: Callable[[tuple[int, ...]], bool]) -> Case | None:
        """Of the cases that break a claim, the one with the least to read; of several, the mildest."""
        places = [place for place in self.from_mild_to_bad() if breaks(place)]
        cases = [first_in(self.gross.box(place), self.schedule) for place in places[:20]]
        return min(filter(None, cases), key=lambda found: decimals_in(self.schedule, found), default=None)

    def from_mild_to_bad(self) -> list[tuple[int, ...]]:
        """The places of the grid; what breaks a claim is best shown where a result is only just bad."""
        worse = [self.schedule.free[key].worse or 0 for key in self.gross.domains]
        return sorted(self.gross.answers, key=lambda place: sum(map(mul, worse, place)))

    def expects_answer(self, place: tuple[int, ...]) -> bool:
        """Whether a row has to fit: where a breach makes it due, or else between its rows and beyond the last one."""
        for position, key in enumerate(self.gross.domains):
            free = self.schedule.free[key]
            bound_by_rows = any(key == test[0] for row in self.schedule.rows for test in row.tests)
            if not bound_by_rows or (self.schedule.gated and free.made_of == {key}):
                continue
            answered = [other[position] for other, answers in self.gross.answers.items() if answers]
            towards = (free.worse or 0) * (-1 if isinstance(self.payment, nodes.Bonus) else 1)
            first = 0 if towards < 0 else min(answered, default=0)
            last = len(self.gross.domains[key]) if towards > 0 else max(answered, default=-1)
            if not first <= place[position] <= last:
                return False
        return True

    def single_valued(self) -> Proof:
        found = self.simplest(lambda place: len(self.gross.answers[place]) > 1)
        if found is not None and self.schedule.loose:
            return unproven(SINGLE_VALUED, self.payment, self.schedule.loose)
        if found is not None:
            point = {key: Stretch(value, value) for key, value in found.values.items()}
            amounts = amounts_in_words(self.schedule, found.values, self.schedule.gross)
            said = f"two rows fit when {found.when}: {' and '.join(amounts)}"
            return self.refuted(SINGLE_VALUED, said, found, place=self.schedule.fitting(point)[1].node)
        return self.proven(SINGLE_VALUED, PROPERTIES[SINGLE_VALUED])

    def never_negative(self) -> Proof:
        for place in self.from_mild_to_bad():
            box = self.gross.box(place)
            limits = [worked_out(limit, box) for limit in self.schedule.limits]
            for answer in (*self.gross.answers[place], *limits):
                if not never_negative(answer, box):
                    cases = (case(self.schedule, values) for values in values_in(box, self.schedule))
                    found = next((each for each in cases if each.pays is not None and each.pays < 0), None)
                    if found is not None and not self.schedule.loose and not self.shared(set(self.schedule.free)):
                        return self.refuted(NEVER_NEGATIVE, f"it is {found.paid} when {found.when}", found)
                    return unproven(NEVER_NEGATIVE, self.payment, "its quantities hang together")
        return self.proven(NEVER_NEGATIVE, PROPERTIES[NEVER_NEGATIVE])

    # -------------------------------------------------------------------------------------------------- monotone

    def monotone(self) -> Proof:
        """Quantity by quantity, all others the same."""
        if any(len(answers) > 1 for answers in self.gross.answers.values()):
            return unproven(MONOTONE, self.payment, "some value has two answers")
        for ended in self.schedule.ends:
            proof = self.ended_at(*ended)
            if proof is not None:
                return proof
        judged = {key for key, free in self.schedule.free.items() if free.worse is not None}
        if self.net is None and any(keys_of(limit) & judged for limit in self.schedule.limits):
            return unproven(MONOTONE, self.payment, "what limits it is itself measured")
        for key in self.schedule.free:
            if key in judged:
                proof = self.monotone_in(key)
                if proof is not None:
                    return proof
        if self.schedule.doubts:
            return unproven(MONOTONE, self.payment, self.schedule.doubts[0])
        return self.proven(MONOTONE, PROPERTIES[MONOTONE])

    def ended_at(self, free: Free, stretch: Stretch) -> Proof | None:
        """A worse value for which nothing is due any more, although something is at a better one."""
        value = next(value for decimals in range(3) for value in readable(stretch, free, decimals))
        worse = Case({}, Fraction(0), f"{free.words} is {shown(value, free)}", "nothing")
        for place in self.from_mild_to_bad():
            found = first_in(self.gross.box(place), self.schedule)
            if found is not None and found.pays:
                said = f"{worse.paid} when {worse.when}, and {found.paid} when it is better"
                return self.refuted(MONOTONE, said, found, worse)
        return None

    def monotone_in(self, key: str) -> Proof | None:
        """None if it is; what pays for success has to grow the other way round.

        Where nothing says whether more of a quantity is worse, it is enough that more of it always pays more.
        """
        worse = self.schedule.free[key].worse or 0
        rising = worse >= 0 if not isinstance(self.payment, nodes.Bonus) else worse < 0 or worse == 0
        grid = self.net or self.gross
        against = list(falls(grid, key, rising=rising))
        if not against:
            return None
        if worse == 0 and not any(falls(grid, key, rising=not rising)):
            words = self.schedule.free[key].words
            return unproven(MONOTONE, self.payment, f"nothing says whether more of {words} is better or worse")
        cases = None if self.schedule.loose or self.shared({key}) else self.cases_of(against, rising=rising)
        if cases is None and self.schedule.loose:
            return unproven(MONOTONE, self.payment, self.schedule.loose)
        if cases is None:
            words = self.schedule.free[key].words
            return unproven(MONOTONE, self.payment, f"the cap or another quantity moves together with {words}")
        milder, further = cases
        how = "better" if isinstance(self.payment, nodes.Bonus) else "worse"
        said = f"{further.paid} when {further.when}, and {milder.paid} when {milder.when}, which is not {how}"
        return self.refuted(MONOTONE, said, milder, further, place=self.row_at(further))

    def row_at(self, found: Case) -> Node | None:
        """The row that fits in a case, if the payment has a table."""
        rows = self.schedule.fitting({key: Stretch(value, value) for key, value in found.values.items()})
        return rows[0].node if rows else None

    def cases_of(self, against: list[Fall], *, rising: bool) -> tuple[Case, Case] | None:
        return next((cases for fall in against if (cases := of_fall(self.schedule, fall, rising=rising))), None)

    def shared(self, keys: set[str]) -> bool:
        """Whether a quantity cannot be moved by itself, because another one is made of the same measurement."""
        free = self.schedule.free
        return any(free[key].made_of & other.made_of for key in keys for name, other in free.items() if name != key)

    # ------------------------------------------------------------------------------------------------------- bounds

    def bounded(self) -> Proof:
        """By its caps, or else by what its quantities can be."""
        schedule = self.schedule
        growing = {key for key, free in schedule.free.items() if free.worse is not None}
        if self.payment.cap:
            caps = " and ".join(f"`{' '.join(cap.span.text.split())}`" for cap in self.payment.cap)
            return self.proven(BOUNDED, f"never more than {caps}")
        if any(not keys_of(limit) & growing for limit in schedule.limits):
            return self.proven(BOUNDED, "never more than the amount that `lowest of` sets")
        for place, answers in self.gross.answers.items():
            box = self.gross.box(place)
            if any(has_no_end(answer, box, growing) for answer in answers):
                far = {key: box[key]._replace(low=far_in(box[key], schedule.free[key].scale)) for key in growing}
                found = first_in({**box, **{key: s for key, s in far.items() if s.high is None}}, schedule)
                cases = (found,) if found is not None else ()
                said = "it has no cap, and grows without end" + (f": {found.paid} when {found.when}" if found else "")
                return self.refuted(BOUNDED, said, *cases)
        most = self.most(growing)
        return self.proven(BOUNDED, f"never more than {most}" if most else PROPERTIES[BOUNDED])

    def most(self, growing: set[str]) -> str:
        """The greatest amount in words, where it is one amount for every fee."""
        ends = [
            end
            for place, answers in self.gross.answers.items()
            for answer in answers
            for end in ends_of(answer, self.gross.box(place), growing)
        ]
        every = self.furthest()
        best = ends[0] if ends else None
        for end in ends[1:]:
            try:
                best = end if best is not None and is_less(best, end, every) else best
            except (CutError, OutsideError):
                return ""
        return polynomial_in_words(self.schedule, best) if best is not None else ""

    # -------------------------------------------------------------------------------------------------------- steps

    def first_step(self) -> Proof | None:
        """That a breach by ever so little is in the first row, and a promise that is kept in none that pays."""
        schedule = self.schedule
        if isinstance(self.payment, nodes.Bonus):
            return None
        if not schedule.gated or len(schedule.subjects) != 1:
            return unproven(FIRST_STEP, self.payment, "it is due under a condition of its own")
        name = schedule.subjects[0].node.name
        if not schedule.rows:
            return self.proven(FIRST_STEP, f"it is due as soon as `{name}` is breached")
        domain = self.gross.domains.get(MEASURED)
        if not domain:
            return unproven(FIRST_STEP, self.payment, f"no value breaches `{name}`")
        nearest = len(domain) - 1 if (schedule.free[MEASURED].worse or 0) < 0 else 0
        position = list(self.gross.domains).index(MEASURED)
        for place, answers in self.gross.answers.items():
            if place[position] == nearest and not answers:
                found = first_in(self.gross.box(place), schedule)
                if found is not None:
                    return self.refuted(FIRST_STEP, f"`{name}` is breached and nothing is due when {found.when}", found)
        return self.proven(FIRST_STEP, f"the first row begins where `{name}` is breached")

    def in_reach(self) -> Proof | None:
        """That every row counts for some value, and that units can be reached at all."""
        for free in self.schedule.free.values():
            if free.unit == "units" and (free.most == 0 or free.domain == [Stretch(Fraction(0), Fraction(0))]):
                return self.refuted(IN_REACH, f"{free.words} is always 0")
        counted = self.rows_that_count()
        for row in self.schedule.rows:
            if not any(row is other for other in counted) and not row.otherwise:
                said = f"no value that can be measured is in the row `{' '.join(row.node.span.text.split())}`"
                return self.refuted(IN_REACH, said, place=row.node)
        return self.proven(IN_REACH, PROPERTIES[IN_REACH])

    def rows_that_count(self) -> list[Row]:
        found: list[Row] = []
        for place in self.gross.answers:
            box = self.gross.box(place)
            rows = self.schedule.fitting(box)
            if self.payment.policy == "first row that fits":
                rows = rows[:1]
            elif self.payment.policy is not None and len(rows) > 1:
                worst = worked_out(Greatest(tuple(row.result for row in rows)), box)
                rows = [row for row in rows if worked_out(row.result, box) == worst]
            found += rows
        return found

    def below_cap(self) -> Proof | None:
        """That every row can be paid in full."""
        if not self.schedule.caps:
            return None
        for row, _ in self.rows_above_caps():
            said = f"the row `{' '.join(row.span.text.split())}` is more than the cap allows"
            return self.refuted(BELOW_CAP, said, place=row)
        return self.proven(BELOW_CAP, PROPERTIES[BELOW_CAP])

    def rows_above_caps(self) -> Iterator[tuple[nodes.TierRow, nodes.CapRule]]:
        """The rows that a cap cuts whatever the fees are, each with that cap."""
        fees = {key for key, free in self.schedule.free.items() if free.worse is None}
        for row, (term, cap) in product(self.schedule.rows, zip(self.schedule.caps, self.payment.cap, strict=True)):
            if keys_of(row.result) | keys_of(term) <= fees and self.always_above(row.result, term):
                yield row.node, cap

    def furthest(self) -> Box:
        """The last stretch of each quantity; where no value breaches the promise, there is none."""
        domains = self.schedule.domains
        if not all(domains.values()):
            raise OutsideError("no value breaches the promise")
        return {key: stretches[-1] for key, stretches in domains.items()}

    def always_above(self, term: Term, cap: Term) -> bool:
        box = self.furthest()
        apart = worked_out(term, box) - worked_out(cap, box)
        return bool(apart.factors) and never_negative(apart, box)


def far_in(stretch: Stretch, scale: Fraction) -> Fraction | None:
    return stretch.low + 1000 * scale if stretch.high is None and stretch.low is not None else stretch.low


def ends_of(polynomial: Polynomial, box: Box, growing: set[str]) -> Iterator[Polynomial]:
    """What a polynomial is at the corners of a box, fees left open."""
    key = next(iter(polynomial.names & growing), None)
    if key is None:
        yield polynomial
        return
    for end in {box[key].low, box[key].high} - {None}:
        assert end is not None
        yield from ends_of(polynomial.where(key, end), box, growing)


CLAIMS: dict[str, Callable[[Proving], Proof | None]] = {
    TOTAL: Proving.total,
    SINGLE_VALUED: Proving.single_valued,
    NEVER_NEGATIVE: Proving.never_negative,
    MONOTONE: Proving.monotone,
    BOUNDED: Proving.bounded,
    FIRST_STEP: Proving.first_step,
    IN_REACH: Proving.in_reach,
    BELOW_CAP: Proving.below_cap,
}


def of_combination(payment: nodes.Payment, contract: Contract, bounds: list[Proof]) -> Iterator[Proof]:
    """Payments that add up are bounded if a cap bounds their sum, or else if each of them is bounded."""
    together = [block for block in contract.every(nodes.Combination) if names(block, payment)]
    if payment.combines is None and not together:
        return
    if capped_together(payment, contract):
        yield Proof(COMBINATION, True, (), "a cap bounds them together", payment)
        return
    bounded = [proof.holds for proof in bounds]
    others = partners(payment, contract)
    bounded += [capped_together(other, contract) or holds_bound(other, contract) for other in others]
    holds = False if False in bounded else None if None in bounded else True
    said = {
        True: "each of them is bounded by itself",
        False: "one of them has no end, and no cap bounds them together",
        None: "not proven: one of them cannot be worked out, and no cap bounds them together",
    }
    yield Proof(COMBINATION, holds, (), said[holds], payment)


def capped_together(payment: nodes.Payment, contract: Contract) -> bool:
    """Whether a cap bounds a payment together with those that it is combined with."""
    if payment.combines is not None and payment.combines.combined_cap is not None:
        return True
    return any(block.cap for block in contract.every(nodes.Combination) if names(block, payment))


def holds_bound(payment: nodes.Payment, contract: Contract) -> bool | None:
    """Whether a payment is bounded by itself."""
    try:
        found = {Proving(schedule).bounded().holds for schedule in schedules(contract, payment)}
    except OutsideError:
        return None
    return False if False in found else None if None in found else True


def names(block: nodes.Combination, payment: nodes.Payment) -> bool:
    return any(reference.found is payment for reference in block.combines)


def partners(payment: nodes.Payment, contract: Contract) -> Iterator[nodes.Payment]:
    """The other payments that are combined with one."""
    for block in contract.every(nodes.Combination):
        if names(block, payment):
            yield from (reference.found for reference in block.combines if reference.found is not payment)
    if payment.combines is not None:
        for other in contract.every(nodes.Credit):
            if other is not payment and other.combines is not None and other.combines.period == payment.combines.period:
                yield other
