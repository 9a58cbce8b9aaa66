"""Many years of an agreement, and what came of them."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from ..evaluation.instants.windows import Window
from ..evaluation.instants.zones import midnight
from ..evaluation.judging.conditions import History
from ..evaluation.judging.occasions import SINGLE
from ..evaluation.money import earnings
from ..evaluation.money.combinations import combination_windows
from ..evaluation.money.following import blocks, kind_of
from ..evaluation.money.meetings import others_like
from ..evaluation.money.stages import party, payee
from ..evaluation.money.subjects import pace, windows_in
from ..evaluation.money.worth import label, unit_of
from ..evaluation.notes import all_notes
from ..evaluation.options import in_force
from ..evaluation.scope import EVERYONE, Scope
from ..evaluation.values.formulas import subject_of
from ..model import nodes
from ..model.deadlines import months_after, usual_days
from ..model.units import SERVICE_DAYS, measured_unit
from .behaviour import NOTHING_SAID, Behaviour, Said
from .chunks import Chunk, Learnt
from .events import looks_at_single_events, why_not_followed
from .flows import Flow, OfCombination, OfEarnBack, OfPayment
from .following import TRUE, truth
from .found import Arising, PaymentFound, PromiseFound, Simulated, Total
from .spreads import Tally
from .supposing import Drawn, Setting, Settled
from .things import invoiced, is_drawn, leading_length, root, things_of, windows_of
from .trees import TooManyCases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..model.contract import Contract
    from .supposing import Supposition

CHUNK = 100_000
"""Years that are worked out side by side."""

TRIAL_YEARS, MANY_CASES = 1_000, 300

HUNDRED = Fraction(100)


def simulate(
    contract: Contract,
    said: Mapping[str, Said] | None = None,
    fees: Mapping[str, Fraction] | None = None,
    *,
    years: int = 10_000,
    seed: int = 1,
    period: tuple[date, date] | None = None,
) -> Simulated:
    """`years` times the windows that end in a period, by default the first twelve months that count.

    `said` tells how things behave, by the name of a promise, a KPI or stretches of time; `fees` what is invoiced each
    time, of the fees that the agreement does not state.
    """
    return Simulation(contract, said or {}, fees or {}, period).run(years, seed)


def first_year(agreement: nodes.Agreement) -> tuple[date, date]:
    """The twelve months after the time of settling in, as far as the term goes."""
    first = agreement.settling + timedelta(days=1) if agreement.settling else agreement.term.start
    after = months_after(first, 12)
    last = agreement.term.end if after is None else after - timedelta(days=1)
    return first, min(last, agreement.term.end)


class Simulation:
    """An agreement that is ready to be simulated."""

    def __init__(
        self,
        contract: Contract,
        said: Mapping[str, Said],
        fees: Mapping[str, Fraction],
        period: tuple[date, date] | None = None,
    ) -> None:
        self.contract = contract
        self.first, self.last = period or first_year(contract.agreement)
        self.setting = Setting(contract, {}, {})
        self.rest = self.setting.at_rest
        self.untold_fees = [fee.name for fee in invoiced(contract) if fee.name not in fees]
        self.setting.fees = {**dict.fromkeys(self.untold_fees, HUNDRED), **fees}
        self.behaviours: dict[str, Behaviour] = {}
        for thing in things_of(self.rest):
            told = next((said[name] for name in thing.names if name in said), NOTHING_SAID)
            (self.setting.lengths if thing.is_length else self.setting.values)[thing.name] = thing.name
            self.behaviours[thing.name] = Behaviour(self.setting, thing, told)
        self.learnt = Learnt(self.setting, self.behaviours)
        self.start, self.end = (midnight(day, self.rest.zone) for day in (self.first, self.last + timedelta(days=1)))
        self.setting.expect_events(self.start, self.end)
        self.left_aside: dict[str, str] = {}
        self.trial = Chunk(self.learnt, 0, 0, TRIAL_YEARS)
        self.trial.most_cases = MANY_CASES
        self.flows = [flow for flow in self.all_flows() if self.has_few_cases(flow)]

    def has_few_cases(self, flow: Flow) -> bool:
        """Whether cases repeat themselves in some trial years; what has as many cases as years is left aside."""
        if isinstance(flow, OfPayment) and self.is_capped_with_others(flow.payment):
            self.left_aside[flow.name] = "a cap binds it together with others: nearly every year is a case of its own"
            return False
        if any(part in self.left_aside for part in flow.parts):
            self.left_aside[flow.name] = "a part of it is left aside"
            return False
        trial = self.trial
        try:
            for window in flow.windows:
                flow.amount(trial, window)
        except TooManyCases:
            self.left_aside[flow.name] = "nearly every year is a case of its own"
            return False
        return True

    def is_capped_with_others(self, payment: nodes.Payment) -> bool:
        like = others_like(self.rest, payment)
        return payment in like and any(each.combines is not None and each.combines.combined_cap for each in like)

    def run(self, years: int, seed: int) -> Simulated:
        tallies = [Tally() for _ in self.flows]
        in_all: dict[tuple[str, str], Tally] = {key: Tally() for key in self.payees()}
        blocks_found = [(block, windows) for block in blocks(self.rest) if (windows := self.windows_of_right(block))]
        arisen = [0] * len(blocks_found)
        for number, size in enumerate(sizes(years)):
            drawn = Chunk(self.learnt, seed, number, size)
            true = Chunk(self.learnt, seed, number, size, luck=drawn)
            sums: dict[tuple[str, str], Any] = {key: np.float64(0) for key in in_all}
            for flow, tally in zip(self.flows, tallies, strict=True):
                total: Any = np.float64(0)
                for window in flow.windows:
                    paid, deserved = flow.amount(drawn, window), flow.amount(true, window)
                    if not flow.mixed:
                        tally.add_luck(paid, deserved, size)
                    total = total + paid
                    if flow.counted:
                        self.count(in_all, sums, flow, paid, deserved, size)
                tally.add(total, size)
            for key, amount in sums.items():
                in_all[key].add(amount, size)
            for place, (block, windows) in enumerate(blocks_found):
                true_in = [truth(drawn, block.when, window) == TRUE for window in windows]
                arisen[place] += int(np.count_nonzero(np.broadcast_to(reduce(np.logical_or, true_in), size)))
        return self.result(years, seed, tallies, in_all, [
            Arising(block.name, kind_of(block), count / years)
            for (block, _), count in zip(blocks_found, arisen, strict=True)
        ])  # fmt: skip

    def count(
        self, in_all: dict[tuple[str, str], Tally], sums: dict[tuple[str, str], Any], flow: Flow, paid: Any,
        deserved: Any, size: int,
    ) -> None:  # fmt: skip
        """Add an amount to what its party gets; one below nothing is for the provider."""
        for payee_of, sign in ((flow.to, 1), (self.other(flow.to), -1)):
            key = (payee_of, flow.unit)
            if key in sums and (sign > 0 or np.any(paid < 0)):
                own, fair = np.maximum(sign * paid, 0.0), np.maximum(sign * deserved, 0.0)
                sums[key] = sums[key] + own
                in_all[key].add_luck(own, fair, size)

    # -------------------------------------------------------------------------------------------- who gets what, when

    def payees(self) -> list[tuple[str, str]]:
        found = {(flow.to, flow.unit) for flow in self.flows if flow.counted}
        both = {(self.other(flow.to), flow.unit) for flow in self.flows if flow.counted and flow.mixed}
        return sorted(found | both, key=lambda each: (each[1], each[0] != party(self.rest, "customer")))

    def other(self, name: str) -> str:
        customer, provider = party(self.rest, "customer"), party(self.rest, "provider")
        return provider if name == customer else customer

    def all_flows(self) -> Iterator[Flow]:
        """Everything that is paid, in the order of the agreement."""
        combinations = [each for each in self.contract.every(nodes.Combination) if in_force(self.rest, each)]
        held = {part.name for each in combinations for part in each.combines}
        for payment in self.setting.payments.values():
            if not self.is_followed(payment):
                continue
            windows = windows_in(self.rest, payment, self.start, self.end)
            unit = label(unit_of(self.rest, payment))
            points = isinstance(payment, nodes.PointsScheme)
            counted = not points and (payment.name not in held or unit == SERVICE_DAYS)
            yield OfPayment(payment.name, payee(self.rest, payment), unit, counted, windows, payment)
            yield from self.returning(payment)
        for combination in combinations:
            windows = combination_windows(self.rest, combination, self.start, self.end)
            parts = [part.found for part in combination.combines]
            bonuses = [isinstance(part, nodes.Bonus) for part in parts]
            to = party(self.rest, "provider" if bonuses and all(bonuses) else "customer")
            unit = label(unit_of(self.rest, parts[0])) if parts else ""
            mixed = any(bonuses) and not all(bonuses)
            yield OfCombination(combination.name, to, unit, True, windows, combination, mixed)
        for block in self.contract.every(nodes.EarnBack):
            if in_force(self.rest, block):
                yield from self.returning(block)

    def returning(self, block: nodes.Payment | nodes.EarnBack) -> Iterator[Flow]:
        """What is earned back of payments, by a block or by a clause of one."""
        chance = earnings.chance_of(self.rest, block)
        if chance is None or not all(self.is_followed(payment) for payment in chance.payments) or not chance.payments:
            return
        back_to = "customer" if all(isinstance(payment, nodes.Bonus) for payment in chance.payments) else "provider"
        year = self.whole_year()
        unit = label(unit_of(self.rest, chance.payments[0]))
        yield OfEarnBack(chance.name, party(self.rest, back_to), unit, True, [year], chance)

    def whole_year(self) -> Window:
        return Window(self.start, self.end, "", (self.start, self.end))

    def is_followed(self, payment: nodes.Payment) -> bool:
        """Whether the windows of a payment are drawn."""
        why = self.why_not_followed(payment)
        if why is not None:
            self.left_aside.setdefault(payment.name, why)
        return why is None

    def why_not_followed(self, payment: nodes.Payment) -> str | None:
        leader = pace(self.rest, payment)
        if isinstance(leader, nodes.Promise) and not is_drawn(self.rest, leader):
            return "it follows from what is not drawn"
        return why_not_followed(self.setting, payment)

    def windows_of_right(self, block: Any) -> list[Window]:
        """The windows in which the condition of a right, a plan or a reward is looked at, as `evaluate` does."""
        condition = getattr(block, "when", None)
        if condition is None:
            return []
        if looks_at_single_events(condition):
            self.left_aside[block.name] = "it looks back at single events"
            return []
        kinds = [History(self.rest, leaf, EVERYONE).windows("") for leaf in earnings.leaves(condition)]
        windows = min(kinds, key=lambda each: usual_days(each.each) or 0)
        if windows.sliding:
            windows = self.rest.windows("calendar month", self.rest.zone)
        return windows.ending_in(self.start, self.end)

    # --------------------------------------------------------------------------------------------------- the result

    def result(
        self, years: int, seed: int, tallies: list[Tally], in_all: dict[tuple[str, str], Tally], arising: list[Arising]
    ) -> Simulated:
        return Simulated(
            agreement=self.contract.agreement.name,
            first=self.first,
            last=self.last,
            years=years,
            seed=seed,
            numpy=np.__version__,
            promises=tuple(self.promises()),
            payments=tuple(
                PaymentFound(flow.name, flow.to, flow.unit, flow.counted, tally.spread(), self.is_undecided(flow))
                for flow, tally in zip(self.flows, tallies, strict=True)
                if tally.parts
            ),
            totals=tuple(Total(*key, tally.spread()) for key, tally in in_all.items()),
            arising=(*arising, *self.led_to()),
            told=tuple(each.told_in_words() for each in self.behaviours.values() if each.said != NOTHING_SAID),
            assumptions=tuple(self.assumptions()),
            notes=tuple(self.notes()),
        )

    def promises(self) -> Iterator[PromiseFound]:
        for behaviour in self.behaviours.values():
            for promise in behaviour.thing.promises:
                windows = windows_of(self.rest, promise, self.start, self.end)
                chances: dict[str, float] = {}
                drawn = self.drawn_for(behaviour, promise)
                for each in drawn:
                    known = self.learnt.classes(each)
                    for chance, judged in zip(known.chances, known.judged, strict=False):
                        if promise.name in judged:
                            verdict = judged[promise.name].verdict
                            chances[verdict] = chances.get(verdict, 0.0) + chance / len(drawn)
                if not windows or not self.is_told_by(behaviour, promise):
                    continue
                if len(self.setting.drawn_for(promise)) > 1:
                    chances = self.seen(promise, windows)
                yield PromiseFound(
                    promise.name,
                    measured_unit(promise),
                    promise.level.comparison,
                    different(behaviour.level(promise, window) for window in windows),
                    different(self.true_value(behaviour, promise, window) for window in windows),
                    behaviour.kind,
                    self.times(behaviour, promise, drawn),
                    chances,
                    tuple(flow.name for flow in self.flows if flow.is_for(promise, self.rest)),
                )

    def times(self, behaviour: Behaviour, promise: nodes.Promise, drawn: list[Drawn]) -> int:
        """How often a promise is judged in the period; of single events that is the number on average."""
        if promise.each not in SINGLE:
            return len(drawn)
        return round(sum(behaviour.events_in(each.window) for each in drawn))

    def is_told_by(self, behaviour: Behaviour, promise: nodes.Promise) -> bool:
        """Whether a promise is told of with this, of several things that it rests on."""
        return not behaviour.thing.is_length or leading_length(subject_of(root(promise))) is behaviour.thing.block

    def seen(self, promise: nodes.Promise, windows: list[Window]) -> dict[str, float]:
        """How often each verdict comes up, where several things decide it together."""
        chunk = Chunk(self.learnt, 0, 0, CHUNK)
        found: dict[str, float] = {}
        for window in windows:
            scope = Scope(window, EVERYONE, promise)

            def ask(supposed: Supposition, scope: Scope = scope) -> str:
                return supposed.judged(promise, scope).verdict

            column = chunk.asked(("verdict", promise.name), ask, window)
            often = np.bincount(np.broadcast_to(column.codes, CHUNK), minlength=len(column.answers)) / CHUNK
            for verdict, share in zip(column.answers, often.tolist(), strict=True):
                found[verdict] = found.get(verdict, 0.0) + share / len(windows)
        return found

    def true_value(self, behaviour: Behaviour, promise: nodes.Promise, window: Window) -> Fraction | None:
        known = self.learnt.classes(Drawn(behaviour.thing.name, window, self.groups(promise, window)[0]))
        judged = known.judged[-1].get(promise.name)
        return None if judged is None else judged.measured.amount

    def groups(self, promise: nodes.Promise, window: Window) -> list[str]:
        return [group.name for group in self.rest.groups(promise, window)]

    def drawn_for(self, behaviour: Behaviour, promise: nodes.Promise) -> list[Drawn]:
        """What is drawn for a promise in the period: its windows, and the groups in each."""
        windows = windows_of(self.rest, promise, self.start, self.end)
        if behaviour.thing.is_length:
            return [Drawn(behaviour.thing.name, window, "") for window in windows]
        return [
            Drawn(behaviour.thing.name, window, group) for window in windows for group in self.groups(promise, window)
        ]

    def led_to(self) -> Iterator[Arising]:
        """What verdicts lead to besides money. Windows do not depend on each other, so that this needs no years."""
        for block in blocks(self.rest):
            if getattr(block, "when", None) is not None:
                continue
            none = 1.0
            named = False
            for behaviour in self.behaviours.values():
                for drawn in {
                    each for promise in behaviour.thing.promises for each in self.drawn_for(behaviour, promise)
                }:
                    known = self.learnt.classes(drawn)
                    led = [any(block.name in each.leads_to for each in judged.values()) for judged in known.judged]
                    named |= any(led)
                    leads = sum(chance for chance, leads in zip(known.chances, led, strict=False) if leads)
                    single = drawn.window in self.setting.months
                    none *= math.exp(-behaviour.events_in(drawn.window) * leads) if single else 1 - leads
            if named:
                yield Arising(block.name, kind_of(block), 1 - none)

    def is_undecided(self, flow: Flow) -> bool:
        """Whether some case left open what is to be paid."""
        trees = self.learnt.trees
        return isinstance(flow, OfPayment) and any(
            answer.undecided
            for window in flow.windows
            if (tree := trees.get(Settled(flow.name, window))) is not None
            for answer in tree.answers
        )

    def assumptions(self) -> Iterator[str]:
        yield "Nothing depends on anything else: not a promise on another, and no window on the one before."
        for behaviour in self.behaviours.values():
            window = next((each for promise in behaviour.thing.promises for each in
                           windows_of(self.rest, promise, self.start, self.end)), self.whole_year())  # fmt: skip
            yield from behaviour.assumptions(window)
        for name in self.untold_fees:
            yield f"`{name}` is 100.00 each time, since nobody says what is invoiced: amounts are hundredths of it."
        if any(flow.is_claimed for flow in self.flows):
            yield "What must be claimed is claimed in time."
        if any(isinstance(each.thing.basis, tuple) and each.is_sample for each in self.behaviours.values()):
            yield "The number of rows or answers is the same in each window."

    def notes(self) -> Iterator[str]:
        for promise in self.contract.every(nodes.Promise):
            if in_force(self.rest, promise) and not is_drawn(self.rest, promise):
                yield f"`{promise.name}` is not drawn: its windows are rolling, before a claim, or shorter than a day."
        for name, reason in self.left_aside.items():
            yield f"`{name}` is left aside, because {reason}."
        yield from self.setting.kept.get("notes", {})
        yield from (each for each in all_notes(self.rest) if each not in self.setting.kept.get("notes", {}))


def different(found: Iterable[Fraction | None]) -> tuple[Fraction, ...]:
    """Those that are known, each once."""
    return tuple(dict.fromkeys(each for each in found if each is not None))


def sizes(years: int) -> list[int]:
    return [min(CHUNK, years - start) for start in range(0, years, CHUNK)]
