"""Results of earlier periods as the history of a later one: `breached in 3 of the last 12 months` needs no old rows."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..evaluation.given import Given
from .record import EPOCH, amount_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from ..evaluation.instants.windows import Window
    from ..evaluation.results import Verdict
    from ..model.contract import Contract

Place = tuple[str, int, int]
"""A promise or a payment, and the instants between which its window lies."""


class Earlier(Given):
    """What earlier results say of their windows. A promise that is judged by groups is not told: for each of its groups
    another thing holds, and rows have to say which. What a payment came to is told for all groups together."""

    def __init__(self, results: Iterable[dict[str, Any]]) -> None:
        self.judgements: dict[Place, dict[str, Any]] = {}
        self.payments: dict[Place, Fraction] = {}
        self.by_groups: set[str] = set()
        for result in results:
            for judged in result["judgements"]:
                if "group" in judged:
                    self.by_groups.add(judged["promise"])
                else:
                    self.judgements[place(judged["promise"], judged)] = judged
            for paid in result["payments"]:
                key = place(paid["payment"], paid)
                self.payments[key] = self.payments.get(key, Fraction(0)) + amount_of(paid["amount"])

    def untold(self, contract: Contract) -> list[str]:
        """The promises whose history an agreement asks for, and whose groups are not told apart here."""
        asked = {
            reference.found.name
            for part in contract.walk()
            if getattr(part, "history", None) is not None
            for reference in getattr(part, "conditioned", ())
        }
        return sorted(asked & self.by_groups)

    def verdict(self, name: str, window: Window) -> Verdict | None:
        judged = self.judgements.get((name, window.start, window.end))
        return judged["verdict"] if judged is not None else None

    def value(self, name: str, window: Window) -> Fraction | None:
        judged = self.judgements.get((name, window.start, window.end), {})
        return amount_of(judged["value"]) if "value" in judged else None

    def payment(self, name: str, window: Window) -> Fraction | None:
        return self.payments.get((name, window.start, window.end))


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
