"""Time that was paid for and counts no more, where a payment `pays once for the same time`.

A rolling window holds most of the one before it, and a window before a claim may hold that of the claim before. What
was paid for once is good in all later windows: its downtime is none, and its rows are not there.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ...model import nodes
from ...model.promises import payments_on
from ..scope import EVERYONE, Group
from ..stretches.algebra import Stretch, union
from .subjects import Entry, groups_of, windows_in

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window
    from ..scope import Scope


def spent(assessment: Assessment, scope: Scope) -> list[Stretch]:
    """What of the window of a scope was paid for with earlier windows of its promise."""
    if scope.promise is None:
        return []
    once = [payment for payment in payments_on(assessment.contract, scope.promise) if payment.once_for_time]
    accounts = [ledger(assessment, payment, scope.group) for payment in once]
    return union(stretch for account in accounts for stretch in account.before(scope.window))


def ledger(assessment: Assessment, payment: nodes.Payment, group: Group) -> Ledger:
    found: Ledger = assessment.once(("spent", id(payment), group.name), lambda: Ledger(assessment, payment, group))
    return found


class Ledger:
    """The windows of a payment in the order of their ends, and which of them it was paid for.

    They are settled one after the other, the earliest first, since each may depend on all before it.
    """

    def __init__(self, assessment: Assessment, payment: nodes.Payment, group: Group) -> None:
        self.assessment = assessment
        self.payment = payment
        self.group = group
        term = assessment.windows("term", assessment.zone).term
        self.windows = sorted(windows_in(assessment, payment, term.start, term.end), key=lambda window: window.end)
        self.settled = 0
        self.paid: list[Stretch] = []

    def before(self, window: Window) -> list[Stretch]:
        """The windows that were paid for and ended before another one does, where they reach into it."""
        number = bisect_right(self.windows, window.end - 1, key=lambda each: each.end)
        while self.settled < number:
            each = self.windows[self.settled]
            self.settled += 1
            if self.is_paid(each):
                self.paid.append(Stretch(each.start, each.end))
        return [each for each in self.paid if each.start < window.end and window.start < each.end <= window.end - 1]

    def is_paid(self, window: Window) -> bool:
        """Whether it was owed for a window: as an earlier result told, or as it is worked out here."""
        told = self.assessment.given.told_due(frozenset({self.payment.name}), window.end - 1, window.end)
        return self.is_owed(window) if told is None else told > 0

    def is_owed(self, window: Window) -> bool:
        from .payable import PAYABLE
        from .stages import settled_for

        groups = [each for each in groups_of(self.assessment, self.payment, window) if each.name == self.group.name]
        for group in groups or [EVERYONE]:
            paid = settled_for(self.assessment, Entry(self.payment, window, group))
            if paid.amount and paid.status in PAYABLE:
                return True
        return False
