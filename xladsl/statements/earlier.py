"""Results of earlier periods as the history of a later one: `breached in 3 of the last 12 months` needs no old rows."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..evaluation.given import Given
from ..evaluation.money.payable import PAYABLE
from .record import EPOCH, amount_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from ..evaluation.instants.windows import Window
    from ..evaluation.results import Verdict

Place = tuple[str, int, int]
"""A promise or a payment, and the instants between which its window lies."""

ALONE = ""
"""The group of what is not divided into groups."""


class Earlier(Given):
    """What earlier results say of their windows, for each group by itself where there are groups."""

    def __init__(self, results: Iterable[dict[str, Any]]) -> None:
        self.judgements: dict[Place, dict[str, dict[str, Any]]] = {}
        self.payments: dict[Place, dict[str, Fraction]] = {}
        self.owed: dict[Place, Fraction] = {}
        self.spans: list[tuple[int, int]] = []
        for result in results:
            self.spans.append(span_of(result))
            for judged in result["judgements"]:
                self.judgements.setdefault(place(judged["promise"], judged), {})[judged.get("group", ALONE)] = judged
            for paid in result["payments"]:
                self.add_payment(place(paid["payment"], paid), paid)

    def add_payment(self, key: Place, paid: dict[str, Any]) -> None:
        amount, group = amount_of(paid["amount"]), paid.get("group", ALONE)
        groups = self.payments.setdefault(key, {})
        groups[group] = groups.get(group, Fraction(0)) + amount
        if paid["status"] in PAYABLE:
            self.owed[key] = self.owed.get(key, Fraction(0)) + amount

    def judged(self, name: str, window: Window, group: str) -> dict[str, Any]:
        return self.judgements.get((name, window.start, window.end), {}).get(group, {})

    def verdict(self, name: str, window: Window) -> Verdict | None:
        return self.verdict_of_group(name, window, ALONE)

    def verdict_of_group(self, name: str, window: Window, group: str) -> Verdict | None:
        verdict: Verdict | None = self.judged(name, window, group).get("verdict")
        return verdict

    def value(self, name: str, window: Window) -> Fraction | None:
        return self.value_of_group(name, window, ALONE)

    def value_of_group(self, name: str, window: Window, group: str) -> Fraction | None:
        judged = self.judged(name, window, group)
        return amount_of(judged["value"]) if "value" in judged else None

    def payment(self, name: str, window: Window) -> Fraction | None:
        groups = self.payments.get((name, window.start, window.end))
        return None if groups is None else sum(groups.values(), Fraction(0))

    def payment_of_group(self, name: str, window: Window, group: str) -> Fraction | None:
        """A group that earlier results do not name, beside others that they do, was paid nothing."""
        groups = self.payments.get((name, window.start, window.end), {})
        return groups.get(group, Fraction(0)) if groups and ALONE not in groups and group else None

    def groups_told(self, name: str, window: Window) -> list[str]:
        key = (name, window.start, window.end)
        return sorted({*self.judgements.get(key, {}), *self.payments.get(key, {})} - {ALONE})

    def told_due(self, names: frozenset[str], start: int, end: int) -> Fraction | None:
        """None where no earlier result reaches into the time: what was told of it then is not known here."""
        if not any(first < end and start < last for first, last in self.spans):
            return None
        told = [amount for (name, _, over), amount in self.owed.items() if name in names and start < over <= end]
        return sum(told, Fraction(0))


def span_of(result: dict[str, Any]) -> tuple[int, int]:
    """From when until when the windows of a result end, as they say themselves; the first instant is before them."""
    ends = [microseconds(part["end"]) for part in (*result["judgements"], *result["payments"])]
    return (min(ends) - 1, max(ends)) if ends else (0, 0)


def place(name: str, part: dict[str, Any]) -> Place:
    return name, microseconds(part["start"]), microseconds(part["end"])


def microseconds(instant: str) -> int:
    """`2026-03-31T22:00:00Z`, as the microseconds since 1970 began."""
    since: timedelta = datetime.fromisoformat(instant.removesuffix("Z")) - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def unfit(result: dict[str, Any], agreement: str, first_day: str) -> str | None:
    """Why a result is no history of an agreement before a day; None where it is."""
    if result["agreement"] != agreement:
        return f"It is about the agreement `{result['agreement']}`, and this one is `{agreement}`."
    if result["period"]["last_day"] >= first_day:
        return f"It reaches to {result['period']['last_day']}, and the period that is worked out begins on {first_day}."
    return None
