"""What follows besides money: plans, rights and rewards, with the reason and the last day on which they may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model import expressions, nodes
from ..instants.windows import Window
from ..instants.zones import local
from ..judging.conditions import SYMBOLS, holds
from ..options import in_force
from ..results import Followed
from .budgets import affordable, windows_asked
from .claims import last_instant, moment_of
from .earnings import leaves

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..results import Judgement

KINDS: dict[type, str] = {
    nodes.ImprovementPlan: "improvement plan",
    nodes.Reward: "reward",
    nodes.CreditNote: "credit note",
}


def followed(assessment: Assessment, judgements: list[Judgement], start: int, end: int) -> list[Followed]:
    """All that follows from conditions in a period, and from verdicts that lead to it. Each once for a window."""
    found = [each for block in blocks(assessment) for each in by_condition(assessment, block, start, end)]
    found += [each for judgement in judgements for each in by_verdict(assessment, judgement)]
    return list({(each.block, each.window): each for each in reversed(found)}.values())[::-1]


def blocks(assessment: Assessment) -> list[Any]:
    kinds = (nodes.ImprovementPlan, nodes.Right, nodes.Reward, nodes.CreditNote)
    return [each for kind in kinds for each in assessment.contract.every(kind) if in_force(assessment, each)]


def by_condition(assessment: Assessment, block: Any, start: int, end: int) -> list[Followed]:
    """The windows that end in a period and in which the condition of a block is true."""
    condition = getattr(block, "when", None)
    if condition is None:
        return []
    tests = leaves(condition)
    windows = windows_asked(assessment, condition)
    true = [window for window in windows.ending_in(start, end) if holds(assessment, condition, window)]
    words = " or ".join(in_words(leaf) for leaf in tests) if len(tests) > 1 else in_words(tests[0])
    if isinstance(condition, expressions.AllConditions):
        words = " and ".join(in_words(leaf) for leaf in tests)
    if isinstance(block, nodes.Reward):
        true = [window for window in true if affordable(assessment, block, windows, window)]
    return [
        Followed(block.name, kind_of(block), window.name, words, until(assessment, block, window)) for window in true
    ]


def by_verdict(assessment: Assessment, judgement: Judgement) -> list[Followed]:
    """The blocks that a promise leads to by its verdict."""
    window = Window(judgement.start, judgement.end, judgement.window, (judgement.start, judgement.end))
    reason = f"`{judgement.promise}` is {judgement.verdict}"
    return [
        Followed(block.name, kind_of(block), window.name, reason, until(assessment, block, window))
        for block in blocks(assessment)
        if block.name in judgement.leads_to
    ]


def kind_of(block: Any) -> str:
    return f"right to {block.kind}" if isinstance(block, nodes.Right) else KINDS[type(block)]


def until(assessment: Assessment, block: Any, window: Window) -> str | None:
    """The last day on which a right may be used, or by which a plan or a credit note is due."""
    deadline: nodes.Deadline | None = next(
        (
            found
            for name in ("exercised", "plan_within", "issued_within")
            if (found := getattr(block, name, None)) is not None
        ),
        None,
    )
    if deadline is None:
        return None
    start = moment_of(assessment, deadline.of, window, [])
    if start is None:
        return None
    return f"{local(last_instant(assessment, start, deadline.within) - 1, assessment.zone):%Y-%m-%d}"


def in_words(leaf: Any) -> str:
    """`portal_up` is breached in 3 of the last 6 months"""
    history = history_in_words(leaf.history)
    names = " and ".join(f"`{named.found.name}`" for named in getattr(leaf, "conditioned", []))
    if isinstance(leaf, expressions.Outcome):
        verb = "are" if len(leaf.conditioned) > 1 else "is"
        many = f"at least {leaf.of_them} of " if leaf.of_them is not None else ""
        return f"{many}{names} {verb} {leaf.state}{history}"
    if isinstance(leaf, expressions.LevelTest):
        return f"{names} is {leaf.relation} the limit{history}"
    return f"a measurement is {SYMBOLS[leaf.relation]} the limit{history}"


def history_in_words(history: Any) -> str:
    if isinstance(history, expressions.TimesOfLast):
        return f" in {history.times} of the last {history.of} {history.unit}"
    if isinstance(history, expressions.TimesInARow):
        return f" {history.times} {history.unit} in a row"
    if isinstance(history, expressions.PreviousWindow):
        return f" in the previous {history.unit}"
    return f" in one {history.unit}" if isinstance(history, expressions.SingleWindow) else ""
