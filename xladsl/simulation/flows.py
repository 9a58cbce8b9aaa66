"""What is paid: by a payment, a combination or an earn-back, to whom and in which windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..evaluation.money.subjects import subjects
from ..model import nodes
from .capped import amounts
from .following import balance, combined, earned_back

if TYPE_CHECKING:
    from ..evaluation.assessment import Assessment
    from ..evaluation.instants.windows import Window
    from ..evaluation.money.earnings import Chance
    from .chunks import Chunk


@dataclass(frozen=True)
class Flow:
    """Something that is paid in windows, to a party."""

    name: str
    to: str
    unit: str
    counted: bool
    windows: list[Window]

    mixed = False
    """Whether credits and bonuses are added in it, so that it may be for either party."""

    is_claimed = False

    @property
    def parts(self) -> list[str]:
        """The payments that it is made of."""
        return []

    def amount(self, chunk: Chunk, window: Window) -> Any:
        """What it comes to in a window, in each year."""
        raise NotImplementedError

    def is_for(self, promise: nodes.Promise, rest: Assessment) -> bool:  # noqa: ARG002  # most follow from payments
        return False


@dataclass(frozen=True)
class OfPayment(Flow):
    payment: nodes.Payment

    @property
    def is_claimed(self) -> bool:  # type: ignore[override]
        rule = self.payment.claimed
        return rule is not None and not isinstance(rule, nodes.AutomaticClaim)

    def amount(self, chunk: Chunk, window: Window) -> Any:
        return amounts(chunk, self.payment, window)

    def is_for(self, promise: nodes.Promise, rest: Assessment) -> bool:
        return any(each is promise for each in subjects(rest, self.payment))


@dataclass(frozen=True)
class OfCombination(Flow):
    combination: nodes.Combination
    is_mixed: bool

    @property
    def parts(self) -> list[str]:
        return [part.name for part in self.combination.combines]

    @property
    def mixed(self) -> bool:  # type: ignore[override]
        return self.is_mixed

    def amount(self, chunk: Chunk, window: Window) -> Any:
        return (balance if self.mixed else combined)(chunk, self.combination, window)


@dataclass(frozen=True)
class OfEarnBack(Flow):
    chance: Chance

    @property
    def parts(self) -> list[str]:
        return [payment.name for payment in self.chance.payments]

    def amount(self, chunk: Chunk, window: Window) -> Any:
        return earned_back(chunk, self.chance, window.start, window.end)
