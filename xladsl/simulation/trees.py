"""What follows from what: a tree of questions with an answer at each leaf, grown as far as years need it.

The tree is asked about many years at once. Where it ends, the evaluator is asked with the answers on the way there; if
it needs one more, a new branch begins. So each case is worked out once, however many years it comes up in.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .supposing import Supposition, UnknownYet

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from .supposing import Question, Setting, Settled

Codes = np.ndarray[Any, Any]
"""Whole numbers, small ones as bytes."""


class Column(NamedTuple):
    """An answer for each year: the place of it in `answers`, one place if it is the same in all years."""

    codes: Codes | int
    answers: list[Any]

    def numbers(self, worth: Callable[[Any], float]) -> Any:
        """The answers as floats, one for each year, or one for all."""
        table = np.array([worth(answer) for answer in self.answers])
        return table[self.codes]


class TooManyCases(Exception):  # noqa: N818  # no error of the program
    """What follows is different in nearly every year, so that working out each case would take for ever."""


class Branch:
    """A question, and what comes after each answer; or a leaf, with the place of its answer."""

    __slots__ = ("after", "leaf", "question")

    def __init__(self) -> None:
        self.question: Question | None = None
        self.after: dict[int, Branch] = {}
        self.leaf: int | None = None


class Tree:
    """`ask` works out an answer from a supposition; `horizon` and `itself` are what that supposes."""

    def __init__(
        self, setting: Setting, ask: Callable[[Supposition], Hashable], horizon: int, itself: Settled | None
    ) -> None:
        self.setting = setting
        self.ask = ask
        self.horizon = horizon
        self.itself = itself
        self.root = Branch()
        self.answers: list[Any] = []
        self.places: dict[Any, int] = {}
        self.cases = 0

    def column(self, look_up: Callable[[Question], Column], years: int, most_cases: float = math.inf) -> Column:
        """The answers for all years; `look_up` says what is known about a question in each of them."""
        found: Codes | None = None
        waiting: list[tuple[Branch, dict[Any, Any], Any]] = [(self.root, {}, None)]
        while waiting:
            branch, known, rows = waiting.pop()
            if branch.leaf is None and branch.question is None:
                self.grow(branch, known, most_cases)
            if branch.leaf is not None:
                if rows is None:
                    return Column(branch.leaf, self.answers)
                if found is None:
                    found = np.empty(years, np.int32)
                found[rows] = branch.leaf
                continue
            question = branch.question
            assert question is not None
            column = look_up(question)
            for code, part in parted(column, rows):
                after = branch.after.setdefault(code, Branch())
                waiting.append((after, {**known, question: column.answers[code]}, part))
        assert found is not None
        return Column(found, self.answers)

    def grow(self, branch: Branch, known: dict[Any, Any], most_cases: float) -> None:
        def answered(question: Question) -> Any:
            if question not in known:
                raise UnknownYet(question)
            return known[question]

        try:
            answer = self.ask(Supposition(self.setting, answered, self.horizon, self.itself))
        except UnknownYet as asked:
            branch.question = asked.question
            return
        self.cases += 1
        if self.cases > most_cases:
            raise TooManyCases
        if answer not in self.places:
            self.places[answer] = len(self.answers)
            self.answers.append(answer)
        branch.leaf = self.places[answer]


def parted(column: Column, rows: Any) -> list[tuple[int, Any]]:
    """The years in which each answer is given; None stands for all years."""
    if isinstance(column.codes, int):
        return [(column.codes, rows)]
    codes = column.codes if rows is None else column.codes[rows]
    present = np.flatnonzero(np.bincount(codes)).tolist()
    if len(present) == 1:
        return [(present[0], rows)]
    if len(present) > FEW:
        return sorted_apart(codes, rows)
    places = [(code, np.flatnonzero(codes == code)) for code in present]
    return places if rows is None else [(code, rows[place]) for code, place in places]


FEW = 12
"""Up to so many answers, looking for each of them is faster than putting all in order."""


def sorted_apart(codes: Codes, rows: Any) -> list[tuple[int, Any]]:
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    places = np.split(order, starts[1:])
    return [
        (int(ordered[start]), place if rows is None else rows[place])
        for start, place in zip(starts, places, strict=True)
    ]
