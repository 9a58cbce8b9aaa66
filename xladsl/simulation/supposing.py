"""The exact evaluator, asked about what is supposed instead of measured.

A supposition knows some answers. If the evaluator asks for one that it does not know, the work ends with the question:
whoever asked tries each answer in turn, and so learns what follows from what without knowing how payments work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluation.assessment import Assessment, Found
from ..evaluation.given import Given
from ..evaluation.judging import verdicts
from ..evaluation.judging.occasions import SINGLE, names_of
from ..evaluation.money.accounts import Account
from ..evaluation.money.meetings import payments
from ..evaluation.results import Judgement, Measured, Paid
from ..evaluation.rows.table import Rows, Table
from ..evaluation.values.formulas import subject_of
from ..model import nodes
from ..model.units import measured_unit
from .things import is_drawn, lengths_in, root, typical_events

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from fractions import Fraction

    from ..evaluation.instants.windows import Window, Windows
    from ..evaluation.scope import Group, Scope
    from ..model.contract import Contract
    from ..model.node import Node
    from .outcomes import Outcome


class Drawn(NamedTuple):
    """What something comes to in a window, for a group; of a `past` window only what history can tell of it."""

    name: str
    window: Window
    group: str
    past: bool = False


class Settled(NamedTuple):
    """What a payment comes to in a window, after every step; of points, before they meet anything."""

    payment: str
    window: Window


class Amount(NamedTuple):
    """What a payment came to; nothing, and `undecided`, where the agreement leaves open what it is."""

    amount: Fraction
    undecided: bool = False


Question = Drawn | Settled


class UnknownYet(Exception):  # noqa: N818  # a question, and no error
    """The evaluator needs an answer that is not supposed yet."""

    def __init__(self, question: Question) -> None:
        self.question = question


class Setting:
    """An agreement and what is drawn in it; whatever the evaluator finds that no answer changes is kept here.

    `values` and `lengths` say under which name values and the lengths of stretches of time are drawn, by the name of
    the KPI, promise or stretches.
    """

    def __init__(self, contract: Contract, values: dict[str, str], lengths: dict[str, str]) -> None:
        self.contract = contract
        self.values = values
        self.lengths = lengths
        self.usual: Callable[[Drawn], Outcome]
        """What is drawn, without the part that chance has in it."""
        self.fees: Mapping[str, Fraction] = {}
        """What is invoiced in each window in which it is due, by the name of the fee line."""
        self.certain: Callable[[Drawn], Outcome | None] = lambda _: None
        """What is drawn and is always the same; that is no question."""
        self.engine = nothing_recorded(contract)
        self.events: dict[str, list[Window]] = {}
        """For each promise on single events, one event for each month."""
        self.months: dict[Window, int] = {}
        """The microseconds of the month that such an event stands for."""
        self.kept: dict[Any, Any] = {}
        self.judgements: dict[Any, Judgement] = {}
        self.rests_on: dict[int, list[str]] = {}
        self.at_rest = Assessment(contract, self.engine, Expected(self))
        self.undrawn = {each.name for each in contract.every(nodes.Promise) if not is_drawn(self.at_rest, each)}
        self.payments = {each.name: each for each in payments(self.at_rest)}
        meets = any(each.combines is not None for each in self.payments.values())
        self.known_apart = frozenset() if meets else frozenset(self.payments)
        """Payments that may be worked out one by one: where some meet, each must see what the others are before."""

    def expect_events(self, start: int, end: int) -> None:
        """An event for each month, and for each part that a period has of one, of the promises on single events."""
        for promise in self.contract.every(nodes.Promise):
            if promise.each in SINGLE:
                found = typical_events(self.at_rest, promise, start, end)
                self.events[promise.name] = list(found)
                self.months |= found

    def drawn_for(self, block: Any) -> list[str]:
        """What is drawn for a KPI or a promise: its value, or the lengths that it rests on."""
        if id(block) not in self.rests_on:
            subject = subject_of(root(block))
            lengths = [self.lengths[each.name] for each in lengths_in(subject) if each.name in self.lengths]
            self.rests_on[id(block)] = [subject.name] if subject.name in self.values else lengths
        return self.rests_on[id(block)]


def nothing_recorded(contract: Contract) -> Table:
    """Every source of an agreement, without a row."""
    return Table(
        {source.name: Rows({name: [] for name in names_of(source)}) for source in contract.every(nodes.Source)}
    )


class Supposition(Assessment):
    """One agreement with some answers. `known` gives them, or raises `UnknownYet`.

    Windows that end by `horizon` are past. `itself` is what is being worked out; all other amounts are asked for,
    unless `itself` is None: then everything is worked out from what is drawn.
    """

    def __init__(
        self,
        setting: Setting,
        known: Callable[[Any], Any],
        horizon: int | None = None,
        itself: Settled | None = None,
    ) -> None:
        self.setting = setting
        super().__init__(setting.contract, setting.engine, Supposed(self))
        self.known = known
        self.horizon = horizon
        self.itself = itself
        self.asked = 0
        self.judging: nodes.Promise | None = None

    def once(self, key: Hashable, work: Callable[[], Found]) -> Found:
        """What was found before; what rests on no answer is kept for all suppositions."""
        if isinstance(key, tuple) and key[0] == "hidden":
            return frozenset()  # type: ignore[return-value]  # who may see a result has no bearing on what it costs
        kept = self.setting.kept
        if key in kept:
            same: Found = kept[key]
            return same
        if key in self.found:
            self.asked += 1
            known: Found = self.found[key]
            return known
        before = self.asked
        found = work()
        # An account is opened before anything is paid into it.
        is_kept = self.asked == before and not isinstance(found, Account)
        (kept if is_kept else self.found)[key] = found
        return found

    def answer(self, question: Question) -> Any:
        self.asked += 1
        return self.known(question)

    def drawn(self, name: str, window: Window, group: str) -> Outcome:
        question = Drawn(name, window, group, self.horizon is not None and window.end <= self.horizon)
        certain = self.setting.certain(question)
        found: Outcome = self.answer(question) if certain is None else certain
        return found

    def measured(self, block: Node, scope: Scope) -> Measured:
        if isinstance(block, nodes.InternalTarget):
            return self.measured(block.stricter_than.found, scope)
        if isinstance(block, nodes.PointsScheme):
            return super().measured(block, scope)
        name = self.setting.values.get(subject_of(block).name)
        if name is not None:
            found = self.drawn(name, scope.window, scope.group.name).measured
            assert found is not None
            return found
        if self.setting.drawn_for(block):
            return super().measured(block, scope)
        return Measured(None, measured_unit(block))

    def judged(self, promise: nodes.Promise, scope: Scope) -> Judgement:
        """Each window by itself: an answer that is kept for the next one would tie them together."""
        scope = scope._replace(promise=promise)
        if promise is self.judging:
            return decided_before(promise, scope)
        drawn = self.setting.drawn_for(promise)
        if len(drawn) != 1:
            return self.once(("judged", id(promise), scope), lambda: self.judged_alone(promise, scope))
        # The same outcome has the same verdict in every supposition.
        outcome = self.drawn(drawn[0], scope.window, scope.group.name)
        known = self.setting.judgements
        key = (id(promise), scope, outcome)
        if key not in known:
            known[key] = self.judged_alone(promise, scope)
        return known[key]

    def judged_alone(self, promise: nodes.Promise, scope: Scope) -> Judgement:
        """Without the windows before it, from which a promise may have kept what it could not decide."""
        before, self.judging = self.judging, promise
        try:
            return verdicts.judged(self, promise, scope)
        finally:
            self.judging = before

    def paid(self, payment: nodes.Payment, window: Window, group: Group) -> Paid:
        if isinstance(payment, nodes.PointsScheme) and self.is_asked_for(payment, window):
            amount: Amount = self.answer(Settled(payment.name, window))
            return Paid(payment.name, window.name, window.start, window.end, group.name, "points", amount.amount)
        return super().paid(payment, window, group)

    def is_asked_for(self, payment: nodes.Payment, window: Window) -> bool:
        """Whether an amount is an answer, and not worked out here."""
        if self.itself is None or payment.group_by or self.itself == (payment.name, window):
            return False
        return window.end <= self.itself.window.end


def decided_before(promise: nodes.Promise, scope: Scope) -> Judgement:
    """An earlier window that keeps nothing for a later one."""
    window = scope.window
    measured = Measured(None, measured_unit(promise))
    return Judgement(
        promise=promise.name,
        window=window.name,
        start=window.start,
        end=window.end,
        group=scope.group.name,
        verdict="met",
        reason="",
        measured=measured,
        comparison=promise.level.comparison,
        level=None,
    )


class Expected(Given):
    """Events that nobody has seen."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def events(self, promise: nodes.Promise, windows: Windows) -> list[Window]:  # noqa: ARG002  # they are known
        return self.setting.events.get(promise.name, [])


class Supposed(Expected):
    """What is supposed, in the words of what is given."""

    def __init__(self, assessment: Supposition) -> None:
        super().__init__(assessment.setting)
        self.assessment = assessment

    def unspoken(self, name: str, window: Window) -> bool:  # noqa: ARG002  # in every window
        """Nothing follows from a promise that is not drawn."""
        return name in self.setting.undrawn

    def value(self, name: str, window: Window) -> Fraction | None:
        """A KPI that a formula names."""
        drawn = self.setting.values.get(name)
        if drawn is None:
            return None
        measured = self.assessment.drawn(drawn, window, "").measured
        return None if measured is None else measured.amount

    def value_of_group(self, name: str, window: Window, group: str) -> Fraction | None:  # noqa: ARG002  # of none
        """What is measured is drawn with its answers: told as a value alone, it would have none, and decide nothing."""
        return None

    def length(self, name: str, window: Window) -> Fraction | None:
        drawn = self.setting.lengths.get(name)
        return None if drawn is None else self.assessment.drawn(drawn, window, "").length

    def fee(self, name: str, window: Window) -> Fraction | None:  # noqa: ARG002  # the same in each
        return self.setting.fees.get(name)

    def payment(self, name: str, window: Window) -> Fraction | None:
        payment = self.setting.payments.get(name)
        if payment is None or name not in self.setting.known_apart or isinstance(payment, nodes.PointsScheme):
            return None
        if not self.assessment.is_asked_for(payment, window):
            return None
        found: Amount = self.assessment.answer(Settled(name, window))
        return found.amount
