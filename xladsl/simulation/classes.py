"""Outcomes from which the same follows, put together: a verdict and amounts have few steps, a measurement has many.

What follows from an outcome is asked of the exact evaluator: the verdict, what each payment is worth for it before
doubling, which bounds it keeps. Where that differs between two outcomes the place of the change is looked for between
them, the likeliest gap first. An amount that changes with every step of the value is drawn at `MOST` of them.
"""

from __future__ import annotations

import heapq
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..evaluation.judging.conditions import History, exceeds
from ..evaluation.money.due import Case
from ..evaluation.money.subjects import Entry, pace, subjects
from ..evaluation.money.tiers import columns_of_bounds, within
from ..evaluation.money.worth import base_of, worth_in
from ..evaluation.scope import EVERYONE, Scope
from ..model import expressions, nodes
from ..model.node import walk
from .supposing import Supposition
from .things import windows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ..evaluation.instants.windows import Window
    from ..evaluation.results import Judgement
    from ..model.node import Node
    from .outcomes import Distribution, Outcome
    from .supposing import Drawn, Setting
    from .things import Thing

MOST = 150
UNLIKELY = 1e-9
PROBED = (0.0, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1 - 1e-4, 1.0)


class Classes(NamedTuple):
    """`outcomes` are one for each class, and at last the true value; `sums` say how likely each class or a lower one
    is; `past` is what history tells apart, as places in `remembered`."""

    outcomes: list[Outcome]
    sums: np.ndarray[Any, Any]
    judged: list[dict[str, Judgement]]
    past: np.ndarray[Any, np.dtype[np.int32]]
    remembered: list[Outcome]
    probes: tuple[int, ...]

    @property
    def chances(self) -> list[float]:
        chances: list[float] = np.diff(self.sums, prepend=0).tolist()
        return chances


def classes(
    distribution: Distribution, true: Outcome, follows: Callable[[Outcome], Consequences], hints: Iterable[int]
) -> Classes:
    """`hints` are outcomes at which something changed in another window."""
    seen: dict[int, Consequences] = {}

    def look(number: int) -> Consequences:
        if number not in seen:
            seen[number] = follows(distribution.outcome(number))
        return seen[number]

    first = {quantile(distribution, chance) for chance in PROBED} | {0, distribution.size - 1}
    numbers = sorted(first | {hint for hint in hints if 0 <= hint < distribution.size})
    gaps: list[tuple[float, int, int]] = []

    def consider(low: int, high: int) -> None:
        if high - low > 1 and look(low).key != look(high).key:
            heapq.heappush(gaps, (distribution.below(low) - distribution.below(high - 1), low, high))

    for low, high in pairwise(numbers):
        consider(low, high)
    while gaps and len(seen) < MOST:
        unlikely, low, high = heapq.heappop(gaps)
        if -unlikely < UNLIKELY:
            break
        middle = (low + high) // 2
        look(middle)
        consider(low, middle)
        consider(middle, high)
    for number in numbers:
        look(number)
    return put_together(distribution, seen, true, follows(true))


def put_together(
    distribution: Distribution, seen: dict[int, Consequences], true: Outcome, of_true: Consequences
) -> Classes:
    """Neighbours from which the same follows become one class; between two that differ it ends half-way."""
    runs: list[list[int]] = []
    for number in sorted(seen):
        if runs and seen[runs[-1][-1]].key == seen[number].key:
            runs[-1].append(number)
        else:
            runs.append([number])
    ends = [(run[-1] + after[0]) // 2 if after[0] - run[-1] > 1 else run[-1] for run, after in pairwise(runs)]
    sums = [distribution.below(end) for end in ends] + [1.0]
    middles = [(low + high) / 2 for low, high in zip([0.0, *sums], sums, strict=False)]
    chosen = [
        min(run, key=lambda number: abs(distribution.below(number) - middle))
        for run, middle in zip(runs, middles, strict=True)
    ]
    found = [seen[number] for number in chosen]
    outcomes = [*(distribution.outcome(number) for number in chosen), true]
    remembered: dict[Any, int] = {}
    past = [remembered.setdefault(each.in_history, len(remembered)) for each in [*found, of_true]]
    return Classes(
        outcomes,
        np.array(sums),
        [each.judged for each in [*found, of_true]],
        np.array(past, np.int32),
        [outcomes[past.index(place)] for place in range(len(remembered))],
        tuple(edge for run, after in pairwise(runs) for edge in (run[-1], after[0])),
    )


def quantile(distribution: Distribution, chance: float) -> int:
    """The lowest outcome that is not exceeded with a chance."""
    low, high = 0, distribution.size - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if distribution.below(middle) >= chance else (middle + 1, high)
    return low


# ------------------------------------------------------------------------------------------------------- what follows


class Consequences(NamedTuple):
    """What follows from an outcome: `key` tells apart what costs differently, `in_history` what later windows can ask
    of it, `judged` are the verdicts by promise."""

    key: Hashable
    in_history: Hashable
    judged: dict[str, Judgement]


class Following:
    """What follows from the outcomes of one thing in a window, for a group, all else being as it truly is."""

    def __init__(self, setting: Setting, thing: Thing, drawn: Drawn, usual: Callable[[Drawn], Outcome]) -> None:
        self.setting = setting
        self.thing = thing
        self.drawn = drawn
        self.usual = usual
        rest = setting.at_rest
        window = drawn.window
        self.promises = [
            each for each in thing.promises if window in windows_of(rest, each, window.end - 1, window.end)
        ]
        self.blocks = {id(each) for each in (thing.block, *self.promises)}
        self.payments = [each for each in setting.payments.values() if self.is_about(each)]
        self.tests = [
            part for block in setting.contract.blocks for part in tests_in(setting, block) if self.is_spoken_of(part)
        ]

    def is_about(self, payment: nodes.Payment) -> bool:
        about = subjects(self.setting.at_rest, payment)
        return any(id(each) in self.blocks for each in about) or self.is_spoken_of(payment)

    def is_spoken_of(self, part: Node) -> bool:
        return any(id(getattr(each, "target", None)) in self.blocks for each in walk(part))

    def __call__(self, outcome: Outcome) -> Consequences:
        drawn = self.drawn

        def known(asked: Drawn) -> Outcome:
            same = (asked.name, asked.window, asked.group) == (drawn.name, drawn.window, drawn.group)
            return outcome if same else self.usual(asked)

        supposed = Supposition(self.setting, known)
        scopes = {promise.name: self.scope(supposed, promise) for promise in self.promises}
        judged = {promise.name: supposed.judged(promise, scopes[promise.name]) for promise in self.promises}
        history = tuple((each.verdict, each.leads_to, exceeds(each)) for each in judged.values())
        history += tuple(self.passes(supposed, test) for test in self.tests)
        worths = tuple(self.worth(supposed, payment, judged, scopes) for payment in self.payments)
        return Consequences((history, worths), history, judged)

    def scope(self, supposed: Supposition, promise: nodes.Promise) -> Scope:
        groups = supposed.groups(promise, self.drawn.window)
        group = next((each for each in groups if each.name == self.drawn.group), EVERYONE)
        return Scope(self.drawn.window, group, promise)

    def passes(self, supposed: Supposition, test: Any) -> Any:
        """Whether an outcome passes a test of a condition that speaks of this value."""
        history = History(supposed, test, EVERYONE)
        if isinstance(test, expressions.ValueTest):
            return history.value_is(self.drawn.window)
        about: list[Any] = [each for each in history.about if id(each) in self.blocks]
        return tuple(history.compares(each, Scope(self.drawn.window, EVERYONE)) for each in about)

    def worth(
        self, supposed: Supposition, payment: nodes.Payment, judged: dict[str, Judgement], scopes: dict[str, Scope]
    ) -> Any:
        """What a payment comes to for each of its promises here, before it is doubled or meets another."""
        entry = Entry(payment, window_of(supposed, payment, self.drawn.window), EVERYONE)
        base = supposed.once(("base", id(payment), entry.window), lambda: base_of(supposed, entry))
        found: list[Any] = []
        for subject in subjects(supposed, payment):
            if subject.name in judged:
                judgement = judged[subject.name]
                case = Case(subject, scopes[subject.name], judgement.measured.amount, judgement)
                if not may_follow(payment, case):
                    continue
                found += fitting_cells(supposed, payment, case)
            elif subject is self.thing.block:
                scope = Scope(self.drawn.window)
                case = Case(subject, scope, supposed.measured(subject, scope).amount)
            else:
                continue
            found.append(worth_in(supposed, entry, [case], base).amount)
        if not self.is_subject(payment):
            found = [worth_in(supposed, entry, [], base).amount]
        return (*found, base)

    def is_subject(self, payment: nodes.Payment) -> bool:
        return any(id(each) in self.blocks for each in subjects(self.setting.at_rest, payment))


def may_follow(payment: nodes.Payment, case: Case) -> bool:
    """Whether a payment looks at the value: a credit without a condition only does if the promise is not kept."""
    return payment.when is not None or isinstance(payment, nodes.Bonus) or case.leads_to(payment)


def fitting_cells(supposed: Supposition, payment: nodes.Payment, case: Case) -> list[bool]:
    """Of a table that looks at several values, the bounds that this one keeps, whatever the others are."""
    columns = columns_of_bounds(payment)
    if len(columns) < 2 or case.value is None:
        return []
    cells = [row.cells[column] for row in payment.rows for column in columns if column < len(row.cells) - 1]
    return [within(supposed, cell, case.value, case.scope) for cell in cells if not isinstance(cell, str)]


def window_of(supposed: Supposition, payment: nodes.Payment, window: Window) -> Window:
    """The window of a payment in which another one ends."""
    leader = pace(supposed, payment)
    if not isinstance(leader, nodes.Promise):
        return window
    windows = supposed.windows_of(leader)
    return (None if windows.sliding else windows.containing(window.end - 1)) or window


def tests_in(setting: Setting, block: Any) -> list[Any]:
    """The tests of values in the conditions of a block."""
    kinds = (expressions.LevelTest, expressions.ValueTest)
    return [part for _, parts in setting.contract.clauses(block) for part in parts if isinstance(part, kinds)]
