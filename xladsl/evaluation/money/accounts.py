"""What was paid, window after window, so that a cap over a long time need not add it all up each time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..assessment import Assessment
    from ..instants.windows import Window

MONTHLY = "calendar month"


class Account:
    """The amounts of one payment, whose windows are those of a zone, a page for each month.

    `windows` are those that end after one instant and not after another, `amount` is what was paid in one of them. Each
    is asked for once, and the earliest first: under a cap it depends on those before it.
    """

    def __init__(
        self,
        assessment: Assessment,
        windows: Callable[[int, int], list[Window]],
        amount: Callable[[Window], Fraction],
        zone: str,
    ) -> None:
        self.assessment = assessment
        self.zone = zone
        self.windows = windows
        self.amount = amount
        self.pages: dict[Window, Page] = {}

    def before(self, window: Window, since: int) -> Fraction:
        """What was paid in windows that end after an instant, and before another window does."""
        months = self.assessment.windows(MONTHLY, self.assessment.zone).overlapping(since, window.end)
        return sum((self.page(month).total(since, window) for month in months), Fraction(0))

    def page(self, month: Window) -> Page:
        if month not in self.pages:
            windows = sorted(self.windows(month.start, month.end), key=by_end)
            self.pages[month] = Page(windows, self.amount)
        return self.pages[month]


class Page:
    """The windows that end in a month, and the sums of what was paid in the first of them, in the first two, and on."""

    def __init__(self, windows: list[Window], amount: Callable[[Window], Fraction]) -> None:
        self.windows = windows
        self.places = [by_end(window) for window in windows]
        self.amount = amount
        self.sums = [Fraction(0)]

    def total(self, since: int, before: Window) -> Fraction:
        """What was paid in those that end after an instant, and before another window does."""
        first = bisect_right(self.places, since, key=lambda place: place[0])
        last = bisect_left(self.places, by_end(before))
        if first:
            return sum((self.amount(window) for window in self.windows[first:last]), Fraction(0))
        while len(self.sums) <= last:
            self.sums.append(self.sums[-1] + self.amount(self.windows[len(self.sums) - 1]))
        return self.sums[last]


def by_end(window: Window) -> tuple[int, int, str]:
    """Where a window comes in the order in which windows end."""
    return window.end, window.start, window.name
