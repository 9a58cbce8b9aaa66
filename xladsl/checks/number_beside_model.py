"""A number typed by hand beside the clause that it repeats.

On the day it is signed, "four hours" in the sentence and `4 h` in the clause say the same. When the clause is
amended, the sentence stays; then there are two numbers, and a dispute.

Wrong:

```xladsl wrong
improvement plan ease_plan {
  owner service_manager
  presented within 10 business days of the report
  describes "The provider presents the plan within 10 business days." // warning: number-beside-model
}
```

Right:

```xladsl
improvement plan ease_plan {
  owner service_manager
  presented within 10 business days of the report
  describes "The provider presents the plan {ease_plan.plan_within}."
}
```

Percentages and lengths of time are found in digits and in words, in each language of the agreement.

Source: contract templates in which text, numbers and logic stand in three places, and disagree.

Implements: trap T20; lint number-hardcoded
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.node import Node, walk
from ..model.quantities import CLOCK_SECONDS, Duration, Money, Percent, PercentagePoints, Points, Text
from ._figures import lengths, percentages
from ._prose import binds, readings_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model.contract import Contract
    from ..source import Span

RULE = Rule("XL351", Severity.WARNING)

TELLING = (
    nodes.Promise,
    nodes.Payment,
    nodes.Consequence,
    nodes.LeavesOut,
    nodes.Service,
    nodes.Report,
    nodes.Obligation,
)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for block in contract.blocks:
        if isinstance(block, TELLING):
            texts = list(texts_of(block))
            amounts = list(amounts_of(block)) if texts else []
            for field, text in texts if amounts else ():
                said = figures_in(contract, text)
                for amount in amounts:
                    same = stands_in(amount.words, text.value) or amount.figure in said
                    if field != amount.field and same:
                        yield repeated(block, text, amount)


class Said(NamedTuple):
    """An amount that a clause says: in which field, as it is written, where, and as prose in any language says it."""

    field: str
    words: str
    place: Span
    figure: tuple[str, Decimal] | None


def amounts_of(block: Node) -> Iterator[Said]:
    for field, value in block.items():
        for node in value if isinstance(value, list) else [value]:
            for part in walk(node) if isinstance(node, Node) and not isinstance(node, nodes.Named) else ():
                if isinstance(part, Duration | Money | Percent | PercentagePoints | Points):
                    yield Said(field, part.span.text, part.span, figure_of(part))


def figure_of(part: Node) -> tuple[str, Decimal] | None:
    """An amount as prose may say it in any language: per cent, or seconds on the clock."""
    if isinstance(part, Percent):
        return "%", part.amount
    if isinstance(part, Duration) and part.unit in CLOCK_SECONDS:
        return "s", part.amount * CLOCK_SECONDS[part.unit]
    return None


def figures_in(contract: Contract, text: Text) -> set[tuple[str, Decimal]]:
    """The percentages and the lengths of time in a binding text and its translations, in digits or in words."""
    found: set[tuple[str, Decimal]] = set()
    for reading in readings_of(contract, text):
        for sentence in reading.sentences() if binds(reading.words) else ():
            found |= {("%", figure.amount) for figure in percentages(sentence)}
            found |= {("s", figure.amount) for figure in lengths(sentence)}
    return found


def stands_in(words: str, text: str) -> bool:
    """Whether an amount stands in a text, and is not part of a longer one."""
    return words in text and re.search(rf"(?<![\w.,]){re.escape(words)}(?![\w%])", text) is not None


def texts_of(block: Node) -> Iterator[tuple[str, Text]]:
    for field in type(block).holding:
        value = getattr(block, field)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, Text) and field != "title":
                yield field, text


def repeated(block: Any, text: Text, amount: Said) -> Diagnostic:
    return Diagnostic(
        "number-beside-model",
        text.span,
        f"the text repeats `{amount.words}`, which `{block.name}` says in a clause",
        here="typed by hand",
        labels=(Label(amount.place, "the clause that decides"),),
        why="When the clause is amended the sentence will still say the old number.",
        remedy=f"Quote the clause instead: `{{{block.name}.{amount.field}}}`.",
    )
