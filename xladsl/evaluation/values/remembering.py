"""What the engine answered, kept for whoever asks the same again; and many windows asked about in one question.

The first window is asked about by itself. If the same is asked of the second one, it is asked of all that follow in the
period as well: each row is then told by the beginning of its window, and one pass over the rows serves them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...model import nodes
from ..instants.clocks import Clock
from ..instants.zones import SECOND
from ..rows.requests import Cell, Counted, SliceStart
from ..rows.table import conjuncts
from ..rows.terms import every, within
from .divisions import FOR_EVER, Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...model.node import Node
    from ..assessment import Assessment
    from ..instants.windows import Window
    from ..rows.requests import ColumnCell, Tally

KEPT = 100_000
"""So many lines of answers are kept: those that the groups and formulas of one window ask for again."""

Answers = dict[Key, dict[Key, dict[Key, Counted]]]
"""What an engine answers, by group, by key and by value."""


class Asked(NamedTuple):
    """A question about the rows of one window: what is asked beside it, and from when to when it lasts. Where it is not
    about a window, the question is as it was put."""

    request: Tally
    start: int = 0
    end: int = 0


class Latest:
    """The latest answers, as many as have `KEPT` lines together, and the last in any case. `known` has, of questions
    about windows, how many lines the last answer had."""

    def __init__(self) -> None:
        self.answers: dict[Asked, Answers] = {}
        self.lines: dict[Asked, int] = {}
        self.known: dict[Tally, int] = {}

    def keep(self, asked: Asked, answer: Answers, lines: int) -> None:
        while self.lines and sum(self.lines.values()) + lines > KEPT:
            oldest = next(iter(self.lines))
            del self.answers[oldest], self.lines[oldest]
        self.answers[asked], self.lines[asked] = answer, lines


def answered(
    assessment: Assessment,
    request: Tally,
    grouping: int,
    inner: int,
    at: ColumnCell | None,
    window: Window,
    block: Node | None,
) -> Answers:
    """What the engine answers, asked for once as long as it is remembered.

    `grouping` is how many of the terms by which rows are counted tell their group, `inner` how many tell a value. `at`
    is by what rows belong to the window; `block` is what is judged in that window and in those after it.
    """
    latest: Latest = assessment.once("tallies", Latest)
    asked = about(request, at, window)
    if asked in latest.answers:
        return latest.answers[asked]
    following = windows_from(assessment, block, window) if asked.request in latest.known else []
    together = following[: KEPT // 2 // max(latest.known.get(asked.request, 0), 1)]
    if at is None or len(together) < 2:
        answer = assessment.engine.tally(request)
        latest.known[asked.request] = len(answer)
        latest.keep(asked, sorted_out(answer, grouping, inner), len(answer))
        return latest.answers[asked]
    for each, answer in asked_together(assessment, asked.request, at, together):
        latest.keep(Asked(asked.request, each.start, each.end), sorted_out(answer, grouping, inner), len(answer))
    if asked in latest.answers:
        return latest.answers[asked]
    return answered(assessment, request, grouping, inner, None, window, block)


def about(request: Tally, at: ColumnCell | None, window: Window) -> Asked:
    """What is asked beside the window in which rows lie."""
    if at is None:
        return Asked(request)
    own = list(conjuncts(within(at, window.start, window.end)))
    tests = list(conjuncts(request.test))
    if any(tests.count(test) != 1 for test in own):
        return Asked(request)
    return Asked(request._replace(test=every([test for test in tests if test not in own])), window.start, window.end)


def windows_from(assessment: Assessment, block: Node | None, window: Window) -> list[Window]:
    """A window of the period that is worked out, and those that follow it there without a gap."""
    if assessment.period is None or not isinstance(block, nodes.Promise):
        return []
    known = assessment.windows_of(block)
    if known.sliding or known.rolls:
        return []
    first, last = assessment.period
    listed = assessment.once(("in turn", id(known), first, last), lambda: known.ending_in(first, last))
    found: list[Window] = []
    for each in listed:
        if each == window or (found and each.start == found[-1].end):
            found.append(each)
    return found


def asked_together(
    assessment: Assessment, request: Tally, at: ColumnCell, windows: list[Window]
) -> list[tuple[Window, dict[Key, Counted]]]:
    """The answers for some windows, each of which begins where the one before it ends."""
    starts = tuple(window.start for window in windows)
    clock = Clock("windows", starts[:1], (0,), (1,), SECOND, starts)
    test = every([within(at, starts[0], windows[-1].end), request.test])
    by = (SliceStart(clock, FOR_EVER, at), *request.by)
    found: dict[Cell, dict[Key, Counted]] = {start: {} for start in starts}
    for (start, *key), counted in assessment.engine.tally(request._replace(test=test, by=by)).items():
        found[start][tuple(key)] = counted
    return [(window, found[window.start]) for window in windows]


def sorted_out(answers: Mapping[Key, Counted], grouping: int, inner: int) -> Answers:
    found: Answers = {}
    for key, counted in answers.items():
        end = len(key) - inner
        found.setdefault(key[:grouping], {}).setdefault(key[grouping:end], {})[key[end:]] = counted
    return found
