"""Many years side by side: what is drawn in each, and what comes of it.

Years are worked out in chunks, so that memory does not grow with their number; what was learnt about the agreement is
kept from one chunk to the next.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from ..evaluation.judging.verdicts import level_of
from ..evaluation.money.caps import at_least_smallest
from ..evaluation.money.due import UNDECIDED
from ..evaluation.money.meetings import alone
from ..evaluation.money.stages import capped, cut_to_size, rounds_total, settled_for
from ..evaluation.money.subjects import Entry, groups_of
from ..evaluation.money.worth import NOTHING, label, unit_of
from ..evaluation.scope import EVERYONE, Scope
from ..model import nodes
from .capped import amounts, capped_over_time, is_capped_over_time, under_caps
from .classes import Classes, Following, classes
from .events import added_up, binds_several_events
from .supposing import Amount, Drawn, Settled
from .trees import FEW, Column, Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from ..evaluation.instants.windows import Window
    from .behaviour import Behaviour
    from .outcomes import Outcome
    from .supposing import Question, Setting, Supposition


class Learnt:
    """What was learnt of an agreement: the classes of all that is drawn, and what follows from them."""

    def __init__(self, setting: Setting, behaviours: dict[str, Behaviour]) -> None:
        self.setting = setting
        self.behaviours = behaviours
        self.known: dict[Drawn, Classes] = {}
        self.same: dict[Hashable, Classes] = {}
        self.usual_outcomes: dict[Drawn, Outcome] = {}
        self.trees: dict[Hashable, Tree] = {}
        self.hints: dict[str, tuple[int, ...]] = {}
        self.lists: dict[Settled, tuple[list[Any], dict[float, int]]] = {}
        setting.certain = self.certain
        setting.usual = self.usual

    def certain(self, drawn: Drawn) -> Outcome | None:
        return self.usual(drawn) if self.behaviours[drawn.name].kind == "certain" else None

    def classes(self, drawn: Drawn) -> Classes:
        if drawn not in self.known:
            follows = Following(self.setting, self.behaviours[drawn.name].thing, drawn, self.usual)
            alike = self.alike(drawn, follows)
            if alike not in self.same:
                self.same[alike] = self.looked_for(drawn, follows)
            self.known[drawn] = self.same[alike]
        return self.known[drawn]

    def looked_for(self, drawn: Drawn, follows: Following) -> Classes:
        distribution = self.behaviours[drawn.name].distribution(drawn.window, drawn.group)
        found = classes(distribution, self.usual(drawn), follows, self.hints.get(drawn.name, ()))
        self.hints[drawn.name] = found.probes
        return found

    def alike(self, drawn: Drawn, follows: Following) -> Hashable:
        """Windows with one key have the same classes: where no money follows, the verdict is all that does."""
        if follows.payments or follows.tests:
            return drawn
        window = drawn.window
        levels = tuple(level_of(self.setting.at_rest, each, Scope(window, EVERYONE, each)) for each in follows.promises)
        names = tuple(each.name for each in follows.promises)
        whole = (window.start, window.end) == window.whole
        return drawn.name, drawn.group, window.end - window.start, whole, names, levels, self.usual(drawn)

    def usual(self, drawn: Drawn) -> Outcome:
        """The true value."""
        drawn = drawn._replace(past=False)
        if drawn not in self.usual_outcomes:
            found = self.behaviours[drawn.name].true_outcome(drawn.window, drawn.group)
            self.usual_outcomes[drawn] = found
        return self.usual_outcomes[drawn]

    def tree(self, key: Hashable, ask: Callable[[Supposition], Hashable], window: Window, itself: Settled) -> Tree:
        if key not in self.trees:
            self.trees[key] = Tree(self.setting, ask, window.start, itself)
        return self.trees[key]


class Chunk:
    """Some thousand years. With `luck`, another chunk, these are the same years without the errors of samples: whatever
    is a sample has its true value, and all the rest is as it is there."""

    def __init__(self, learnt: Learnt, seed: int, number: int, years: int, luck: Chunk | None = None) -> None:
        self.learnt = learnt
        self.seed = seed
        self.number = number
        self.years = years
        self.luck = luck
        self.most_cases = math.inf
        """More cases than this are too many, for one question."""
        self.columns: dict[Hashable, Column] = {}
        self.results: dict[Hashable, Any] = {}

    def column(self, question: Question) -> Column:
        """The answers to a question in all years."""
        if question not in self.columns:
            self.columns[question] = self.drawn(question) if isinstance(question, Drawn) else self.settled(question)
        return self.columns[question]

    def asked(self, key: Hashable, ask: Callable[[Supposition], Hashable], window: Window, payment: str = "") -> Column:
        """The answers to what is asked of the evaluator; `key` names it, and `window` is the one that it is about.
        A `payment` that it is about as well is worked out, and not asked for."""
        key = (key, window)
        if key not in self.columns:
            tree = self.learnt.tree(key, ask, window, Settled(payment, window))
            self.columns[key] = tree.column(self.column, self.years, self.most_cases)
        return self.columns[key]

    def settled(self, question: Settled) -> Column:
        payment = self.learnt.setting.payments[question.payment]
        if question.window in self.learnt.setting.months:
            return self.listed(question, of_events(self, payment, question.window))
        if is_capped_over_time(self.learnt.setting.at_rest, payment, question.window):
            return self.listed(question, capped_over_time(self, payment, question.window))

        def ask(supposed: Supposition) -> Amount:
            groups = groups_of(supposed, payment, question.window)
            found = [came_to(supposed, Entry(payment, question.window, group)) for group in groups]
            return Amount(sum((each.amount for each in found), NOTHING), any(each.undecided for each in found))

        tree = self.learnt.tree(question, ask, question.window, question)
        return tree.column(self.column, self.years, self.most_cases)

    def listed(self, question: Settled, amounts: Any) -> Column:
        """Amounts that were worked out for all years at once, as answers."""
        answers, places = self.learnt.lists.setdefault(question, ([], {}))
        different, codes = np.unique(np.atleast_1d(amounts), return_inverse=True)
        for amount in different.tolist():
            if amount not in places:
                places[amount] = len(answers)
                answers.append(Amount(Fraction(amount)))
        known = np.array([places[amount] for amount in different.tolist()], np.int32)
        return Column(int(known[0]) if len(different) == 1 else known[codes], answers)

    # ------------------------------------------------------------------------------------------------------- chance

    def drawn(self, question: Drawn) -> Column:
        now = question._replace(past=False)
        known = self.learnt.classes(now)
        if question.past:
            codes = self.column(now).codes
            return Column(int(known.past[codes]) if isinstance(codes, int) else known.past[codes], known.remembered)
        if self.luck is None:
            return Column(self.thrown(question, known), known.outcomes)
        if self.learnt.behaviours[question.name].is_sample:
            return Column(len(known.outcomes) - 1, known.outcomes)
        return self.luck.column(question)

    def thrown(self, question: Drawn, known: Classes) -> Any:
        """The classes that chance chooses."""
        if len(known.sums) == 1:
            return 0
        numbers = self.chance(question.name, question.window, question.group).random(self.years, dtype=np.float32)
        edges = known.sums[:-1].astype(np.float32)
        if len(edges) > FEW:
            return np.searchsorted(edges, numbers, side="right").astype(np.int32)
        passed = np.zeros(self.years, np.int8)
        for edge in edges:
            passed += numbers >= edge
        return passed

    def chance(self, name: str, window: Window, group: str) -> np.random.Generator:
        """Each window of each thing has numbers of its own, so that two drafts of an agreement meet the same luck."""
        place = crc32(f"{name}|{window.start}|{window.end}|{group}".encode())
        return np.random.Generator(np.random.PCG64([self.seed, place, self.number]))


def of_events(chunk: Chunk, payment: nodes.Payment, window: Window) -> Any:
    """What a payment for single events comes to for all events of a month."""
    entry = Entry(payment, window, EVERYONE)
    if chunk.luck is not None:
        return amounts(chunk.luck, payment, window)
    common = [cap for cap in payment.cap if binds_several_events(cap)]
    if not common:
        return added_up(chunk, payment, window, lambda supposed: came_to(supposed, entry))

    def of_one(supposed: Supposition) -> Amount:
        stage = alone(supposed, entry)
        for cap in payment.cap:
            if cap not in common:
                stage = capped(supposed, entry, cap, stage)
        unit = label(unit_of(supposed, payment))
        return Amount(at_least_smallest(payment.smallest, stage.amount, unit), stage.status == UNDECIDED)

    return under_caps(chunk, entry, common, added_up(chunk, payment, window, of_one))


def came_to(supposed: Supposition, entry: Entry) -> Amount:
    """What a payment comes to in a window for a group. Where only the total of a month is rounded, it is not."""
    if isinstance(entry.payment, nodes.PointsScheme):
        paid: Any = supposed.paid(*entry)
    else:
        paid = cut_to_size(supposed, entry) if rounds_total(supposed) else settled_for(supposed, entry)
    return Amount(paid.amount, paid.status == UNDECIDED)
