"""The examples of an agreement, worked out under both of its versions: the same facts, and what follows from them.

An example says what its parties had in mind, in figures. Where another version comes to something else on the same
facts, that is what a change is worth to whoever reckoned with it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import nodes, quantities
from ..model.names import Linking
from ..model.node import Node
from .changes import plain
from .payments import CENTS, to_places

if TYPE_CHECKING:
    from ..evaluation.examples.working_out import Outcome
    from ..model.contract import Contract
    from ..outputs.page import Page


class Reckoned(NamedTuple):
    """What follows in an example, before and after, in words of paper. `window` is when, where the example says so."""

    example: str
    title: str
    window: str
    before: str
    after: str


def reckoned(old: Page, new: Page) -> list[Reckoned]:
    """What comes out differently, example by example; those that only the newer version has come last."""
    from ..evaluation.examples.working_out import worked_out  # only agreements with examples pay for the evaluator

    found: list[Reckoned] = []
    known = {example.subject.value for example in old.contract.every(nodes.Example)}
    added = [example for example in new.contract.every(nodes.Example) if example.subject.value not in known]
    for example in [*old.contract.every(nodes.Example), *added]:
        same_facts = [linked(example, page.contract) for page in (old, new)]
        if same_facts[0] is None or same_facts[1] is None or windows(same_facts[0]) != windows(same_facts[1]):
            continue
        one, other = worked_out(old.contract, same_facts[0]), worked_out(new.contract, same_facts[1])
        for before, after in zip(one, other, strict=True):
            was, now = said(old, before), said(new, after)
            if was != now:
                found.append(told(new, same_facts[1], after.fact, was, now))
    return found


def windows(example: nodes.Example) -> list[str]:
    """The windows of what an example speaks of: facts about months say nothing of quarters."""
    from ..evaluation.examples.working_out import windows_behind

    facts = [fact for fact in [*example.given, *example.then] if isinstance(fact, nodes.Fact)]
    return [repr(windows_behind(getattr(fact.subject, "target", None))) for fact in facts]


def told(page: Page, example: nodes.Example, fact: nodes.Fact, before: str, after: str) -> Reckoned:
    paper, unknown = page.paper, page.words["redline"]["not_to_be_told"]
    window = plain(paper.say(fact.fact_window, "fact_window")) if fact.fact_window is not None else ""
    subject = plain(paper.say(fact.subject, "subject"))
    return Reckoned(plain(paper.inline(example.subject)), subject, window, before or unknown, after or unknown)


def said(page: Page, outcome: Outcome) -> str:
    """What came out, in words of paper; empty where nothing could be worked out."""
    value: Any = outcome.fact.value
    if not outcome.found or outcome.amount is None:
        return plain(page.paper.say(outcome.found, "value")) if outcome.found else ""
    if isinstance(value, quantities.Money):
        return plain(page.paper.say(quantities.Money(currency=value.currency, amount=to_places(outcome.amount, CENTS))))
    if isinstance(value, quantities.Percent):
        return plain(page.paper.say(quantities.Percent(amount=shortened(outcome.amount * 100))))
    if isinstance(value, quantities.Quantity):
        return plain(page.paper.say(type(value)(amount=shortened(outcome.amount))))
    return outcome.found


PLACES = 4


def shortened(amount: Fraction) -> Decimal:
    """A number with as many decimals as it has, and no more than are worth reading."""
    places = next((each for each in range(PLACES) if (amount * 10**each).denominator == 1), PLACES)
    return to_places(amount, places)


# The same example in another version


def linked(example: nodes.Example, contract: Contract) -> nodes.Example | None:
    """An example whose names mean what they mean in a version; None where that has not all of them."""
    copy: nodes.Example = copied(example)
    linking = Linking(contract.names, set(), incomplete=False)
    linking.visit(copy, ())
    return None if linking.diagnostics else copy


def copied(value: Any) -> Any:
    """A node with all that it holds, and with names that mean nothing yet."""
    if isinstance(value, list):
        return [copied(part) for part in value]
    if not isinstance(value, Node):
        return value
    copy = object.__new__(type(value))
    for slot in ("source", "offsets", "places"):
        setattr(copy, slot, getattr(value, slot))
    for name, held in value.items():
        setattr(copy, name, copied(held))
    if isinstance(copy, quantities.Reference):
        copy.target = None
    return copy
