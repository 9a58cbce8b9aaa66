"""One agreement with its data: where the parts of the order of work look each other up, and what they found already.

Everything is worked out when it is first asked for, and once: a verdict of April asks for the value of April, a credit
that is doubled after a bad month asks for the verdict of March.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .given import Given

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from ..model import nodes
    from ..model.contract import Contract
    from ..model.node import Node
    from .instants.windows import Window, Windows
    from .results import Judgement, Measured, Paid
    from .rows.requests import Engine
    from .scope import Group, Scope

Found = TypeVar("Found")


class Assessment:
    """`engine` holds the rows, `given` what is not measured. An assessment is asked of one agreement and never changes
    an answer. `period` is from when to when windows are judged, if that is known before."""

    def __init__(self, contract: Contract, engine: Engine, given: Given | None = None) -> None:
        self.contract = contract
        self.engine = engine
        self.given = given or Given()
        self.period: tuple[int, int] | None = None
        self.found: dict[Any, Any] = {}

    def windows(self, each: Any, zone: str, calendar: nodes.Calendar | None = None) -> Windows:
        """The windows of a clause `each`, in a time zone; the calendar says which days are business days."""
        from .instants.windows import Windows

        key = ("windows", repr(each), zone, id(calendar))
        return self.once(key, lambda: Windows(each, self.contract.agreement, zone, calendar))

    def windows_of(self, promise: nodes.Promise) -> Windows:
        from ..model.feasibility import hours_of

        return self.windows(promise.each, promise.timezone or self.zone, hours_of(promise))

    @property
    def zone(self) -> str:
        return self.contract.agreement.timezone or "UTC"

    def groups(self, block: Node, window: Window) -> list[Group]:
        """The parts of which each is judged by itself; everyone together where a block names none."""
        from .values.groups import groups_known

        return self.once(("groups", id(block), window), lambda: groups_known(self, block, window))

    def measured(self, block: Node, scope: Scope) -> Measured:
        """The value of a KPI, a composite or a promise."""
        from .values.formulas import measured

        return self.once(("measured", id(block), scope), lambda: measured(self, block, scope))

    def judged(self, promise: nodes.Promise, scope: Scope) -> Judgement:
        """The verdict on a promise in the window and for the group of the scope."""
        from .judging.verdicts import judged

        return self.once(("judged", id(promise), scope), lambda: judged(self, promise, scope))

    def paid(self, payment: nodes.Payment, window: Window, group: Group) -> Paid:
        """What a payment comes to in a window, before it meets others."""
        from .money.payments import paid

        return self.once(("paid", id(payment), window, group), lambda: paid(self, payment, window, group))

    def once(self, key: Hashable, work: Callable[[], Found]) -> Found:
        """What was found under a key before, or what the work finds now."""
        if key not in self.found:
            self.found[key] = work()
        found: Found = self.found[key]
        return found
