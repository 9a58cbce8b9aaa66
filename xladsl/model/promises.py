"""What hangs together around a promise: what it measures, in which direction it is good, and what a breach costs.

A promise measures a KPI or a value of its own; its payments name it, or it names them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from . import nodes
from .node import Node, walk
from .quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .contract import Contract

UPWARDS = {"at least": "higher", "above": "higher", "at most": "lower", "below": "lower"}


def measured(promise: nodes.Promise) -> Node:
    """What a promise is about: its KPI, or the promise itself where it brings its own value."""
    kpi: Reference[Any] | None = getattr(promise, "kpi_of", None)
    return kpi.found if kpi is not None else promise


def formula(promise: nodes.Promise) -> Node | None:
    """The value that a promise measures; None for a composite, which has parts instead."""
    value: Node | None = getattr(measured(promise), "value", None)
    return value


def direction(promise: nodes.Promise) -> str:
    """`higher` or `lower`, whichever keeps the promise; empty for `exactly`."""
    return UPWARDS.get(promise.level.comparison, "")


def paid_for(contract: Contract, payment: nodes.Payment) -> list[nodes.Promise]:
    """The promises whose breach or success a payment follows from."""
    named = [reference.found for reference in payment.for_whom if isinstance(reference.found, nodes.Promise)]
    leading = [promise for promise in consequences(contract).led_to_by.get(payment, []) if promise not in named]
    return [*named, *leading]


def leads_to(promise: nodes.Promise, payment: nodes.Payment) -> bool:
    return any(consequence.found is payment for consequence in promise.breach_leads_to)


def payments_on(contract: Contract, promise: nodes.Promise) -> list[nodes.Payment]:
    """The payments that follow from a promise."""
    return consequences(contract).payments_on.get(promise, [])


class Consequences(NamedTuple):
    """For each promise the payments that follow from it, and for each payment the promises that name it."""

    payments_on: dict[nodes.Promise, list[nodes.Payment]]
    led_to_by: dict[nodes.Payment, list[nodes.Promise]]


@lru_cache(maxsize=1)  # a dozen rules ask it of each promise of one agreement
def consequences(contract: Contract) -> Consequences:
    found = Consequences({}, {})
    for promise in every_promise(contract):
        for consequence in promise.breach_leads_to:
            if isinstance(consequence.found, nodes.Payment):
                found.led_to_by.setdefault(consequence.found, []).append(promise)
    for payment in every_payment(contract):
        named = [reference.found for reference in payment.for_whom if isinstance(reference.found, nodes.Promise)]
        for promise in dict.fromkeys([*named, *found.led_to_by.get(payment, [])]):
            found.payments_on.setdefault(promise, []).append(payment)
    return found


def every_promise(contract: Contract) -> list[nodes.Promise]:
    return contract.every(nodes.Promise)


def every_payment(contract: Contract) -> list[nodes.Payment]:
    return contract.every(nodes.Payment)


def bears_money(contract: Contract, promise: nodes.Promise) -> bool:
    """Whether a verdict on the promise costs or earns anybody anything."""
    return bool(payments_on(contract, promise))


def sources_of(value: Node | None) -> Iterator[nodes.Source]:
    """The sources that a value draws on, through intervals and other KPIs; a source may come twice."""
    waiting: list[Node] = [value] if value is not None else []
    seen: set[int] = set()
    while waiting:
        for part in walk(waiting.pop()):
            target = part.target if isinstance(part, Reference) else None
            if target is None or id(target) in seen:
                continue
            seen.add(id(target))
            if isinstance(target, nodes.Source):
                yield target
            elif isinstance(target, nodes.Intervals | nodes.Kpi | nodes.Measure):
                waiting.append(target)
