"""What came of a simulation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from .spreads import Spread


@dataclass(frozen=True)
class PromiseFound:
    """How a promise fares: its levels and its true values in the order in which they hold, in its unit, how many
    windows and groups the year has, of single events the mean number, and how likely each verdict is in one of them.
    `pays` are its payments."""

    name: str
    unit: str
    comparison: str
    levels: tuple[Fraction, ...]
    truths: tuple[Fraction, ...]
    kind: str
    windows: int
    verdicts: dict[str, float]
    pays: tuple[str, ...]


@dataclass(frozen=True)
class PaymentFound:
    """What a payment, a combination or an earn-back comes to in a year. `counted` says whether it is a part of the
    total; points, and the parts of a combination, are not."""

    name: str
    to: str
    unit: str
    counted: bool
    spread: Spread
    undecided: bool = False


@dataclass(frozen=True)
class Total:
    """What a party gets in a year."""

    party: str
    unit: str
    spread: Spread


@dataclass(frozen=True)
class Arising:
    """How likely it is that a right, a plan or a reward arises in a year."""

    name: str
    kind: str
    chance: float


@dataclass(frozen=True)
class Simulated:
    """What came of it. Never to be signed: the same seed gives the same numbers only with the same `numpy`."""

    agreement: str
    first: date
    last: date
    years: int
    seed: int
    numpy: str
    promises: tuple[PromiseFound, ...]
    payments: tuple[PaymentFound, ...]
    totals: tuple[Total, ...]
    arising: tuple[Arising, ...]
    told: tuple[str, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
