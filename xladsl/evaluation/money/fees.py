"""What is due for the services: fee lines, all lines of a service, all of the agreement, in a window or its month.

A fee has the amount that holds on the first day of the window in which it is due, and is charged in full where the
term cuts that window short. A period that is longer than such a window takes in each that ends in it; a shorter one
takes its part: months of a year by their number, anything else by time.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model import nodes
from ...model.deadlines import MONTHS_OF_WINDOW, months_after, unit_of_window
from ...model.expressions import AllFees, FeeAmount, FeesOf
from ...model.fees import amount_on, names_a_kind, taken_away
from ..instants.windows import Window
from ..instants.zones import DAY, day_of, midnight
from ..notes import note
from ..options import in_force, prices, taken_in
from ..scope import Scope

if TYPE_CHECKING:
    from datetime import date

    from ..assessment import Assessment

ALL_FEES = "all fees"
MONTHS_OF_QUARTER = 3
MONTHS_OF_YEAR = 12

Lines = list[tuple[nodes.Service, nodes.Fee]]


def fee(
    assessment: Assessment, node: FeeAmount | FeesOf | AllFees, window: Window, without: str | None = None
) -> Fraction | None:
    """The amount of some fees in the period that a formula names, for a window that is measured.

    `without` are the words of a base for what is not part of it. None where an amount is not known, with a note why.
    """
    period = period_of(assessment, node.fee_period, window)
    if period is None:
        return None
    if not isinstance(node, FeeAmount):
        name = ALL_FEES if isinstance(node, AllFees) else node.service.found.name
        told = assessment.given.fee(name, period)
        if told is not None:
            return told
    amounts = [in_period(assessment, service, line, period) for service, line in lines(assessment, node, without)]
    if isinstance(node, AllFees):
        amounts += [price_in(assessment, *chosen, period) for chosen in prices(assessment)]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if len(known) == len(amounts) else None


def lines(assessment: Assessment, node: FeeAmount | FeesOf | AllFees, without: str | None) -> Lines:
    """The fee lines that a formula speaks of, less what the base leaves out by its words."""
    services = [each for each in assessment.contract.every(nodes.Service) if in_force(assessment, each)]
    found = [(service, line) for service in services for line in service.fees]
    if isinstance(node, FeeAmount):
        return [(service, line) for service, line in found if line is node.fee.found]
    if isinstance(node, FeesOf):
        found = [(service, line) for service, line in found if service is node.service.found]
    words = (without or "").replace("_", " ")
    if not words:
        return found
    gone = taken_away((line for _, line in found), words)
    left = [(service, line) for service, line in found if line not in gone]
    if len(left) == len(found) and not names_a_kind(words):
        note(assessment, f"A base is taken without {words}, and no fee is called so: nothing was left out of it.")
    return left


# ------------------------------------------------------------------------------------------------------------ periods


def period_of(assessment: Assessment, period: str | None, window: Window) -> Window | None:
    """The time whose fees are meant. `the month` is the window itself if that is a month, else the one it ends in."""
    if period is None:
        return window
    if period == "of the quarter measured":
        return spanning(assessment, window, MONTHS_OF_QUARTER)
    month = spanning(assessment, window, 1)
    if month is None or period == "of the month measured":
        return month
    if period == "of the month before":
        return neighbour(assessment, month, -1)
    if period == "of the month credited":
        after = neighbour(assessment, month, 1)
        # After the last month of the term there is no invoice that could carry a credit.
        return month if after is None or day_of(after.start, assessment.zone) > term_end(assessment) else after
    start, _ = days_of(assessment, month)
    first = months_after(start, 1 - MONTHS_OF_YEAR)
    return None if first is None else Window(midnight(first, assessment.zone), month.end, period, month.whole)


def term_end(assessment: Assessment) -> date:
    return assessment.contract.agreement.term.end


def spanning(assessment: Assessment, window: Window, months: int) -> Window | None:
    """A window that has so many months as it is, or the month or quarter of the calendar in which a window ends."""
    start, end = days_of(assessment, window)
    if months_after(start, months) == end:
        whole = (midnight(start, assessment.zone), midnight(end, assessment.zone))
        return window if window.whole == whole else Window(*whole, window.name, whole)
    last = day_of(window.end - 1, assessment.zone)
    return of_months(assessment, last.replace(month=last.month - (last.month - 1) % months, day=1), months)


def neighbour(assessment: Assessment, month: Window, step: int) -> Window | None:
    """The month before or after another one."""
    start, _ = days_of(assessment, month)
    first = months_after(start, step)
    return None if first is None else of_months(assessment, first, 1)


def of_months(assessment: Assessment, first: date, months: int) -> Window | None:
    after = months_after(first, months)
    if after is None:
        return None
    start, end = midnight(first, assessment.zone), midnight(after, assessment.zone)
    name = f"{first:%Y-%m}" if months == 1 else f"{first.year}-q{(first.month + 2) // MONTHS_OF_QUARTER}"
    return Window(start, end, name, (start, end))


def days_of(assessment: Assessment, window: Window) -> tuple[date, date]:
    """The first day of a window as the calendar has it, and the first after it. In another zone they begin some hours
    earlier or later than those of the agreement, and are the same days."""
    start, end = (day_of(instant + DAY // 2, assessment.zone) for instant in window.whole)
    return start, end


# ------------------------------------------------------------------------------------------------------------ amounts


def in_period(assessment: Assessment, service: nodes.Service, line: nodes.Fee, period: Window) -> Fraction | None:
    """What a fee line comes to in a period, in all the windows in which it is due."""
    if line.once or line.each is None:
        return once(assessment, service, line, period)
    due = windows_due(assessment, line.each, period)
    if due is None:
        return None
    if not due:  # before the term or after it
        return assessment.given.fee(line.name, period) or Fraction(0)
    begins = midnight(service.starts or assessment.contract.agreement.term.start, assessment.zone)
    total = Fraction(0)
    for window, part in due:
        if window.end <= begins:
            continue
        amount = due_in(assessment, line, window)
        if amount is None:
            return None
        total += amount * part
    return total


def price_in(
    assessment: Assessment, option: nodes.Option, choice: nodes.Choice, price: nodes.Price, period: Window
) -> Fraction | None:
    """What a chosen option costs in a period, in the windows for which it is chosen."""
    due = windows_due(assessment, price.each, period)
    if due is None:
        return None
    parts = [part for window, part in due if taken_in(assessment, option, choice, window)]
    return Fraction(price.amount.amount) * sum(parts, Fraction(0))


def once(assessment: Assessment, service: nodes.Service, line: nodes.Fee, period: Window) -> Fraction | None:
    """A fee that is due once is due on the first day of its service."""
    begins = midnight(service.starts or assessment.contract.agreement.term.start, assessment.zone)
    return due_in(assessment, line, period) if period.start <= begins < period.end else Fraction(0)


def windows_due(assessment: Assessment, each: Any, period: Window) -> list[tuple[Window, Fraction]] | None:
    """The windows in which something is due that a period takes in, and how much of each."""
    windows = assessment.windows(each, assessment.zone)
    if windows.sliding:
        return None
    inside = windows.ending_in(period.start, period.end)
    if inside and not (len(inside) == 1 and inside[0].start < period.start):
        return [(window, Fraction(1)) for window in inside]
    around = windows.containing(period.end - 1)
    return [] if around is None else [(around, part_of(assessment, around, each, period))]


def part_of(assessment: Assessment, around: Window, each: Any, period: Window) -> Fraction:
    """How much of a window a shorter period is."""
    start, end = days_of(assessment, period)
    months = MONTHS_OF_WINDOW.get(unit_of_window(each))
    if months is not None:
        for own in range(1, months + 1):
            if months_after(start, own) == end:
                return Fraction(own, months)
    return Fraction(period.end - period.start, around.whole[1] - around.whole[0])


def due_in(assessment: Assessment, line: nodes.Fee, window: Window) -> Fraction | None:
    """What a fee line comes to in a window in which it is due."""
    told = assessment.given.fee(line.name, window)
    if told is not None:
        return told
    if line.as_invoiced or not line.amounts:
        note(assessment, f"`{line.name}` is as invoiced, and nobody says what was invoiced for {window.name}.")
        return None
    amount = amount_on(line, day_of(window.start, assessment.zone))
    if line.unit_price is None:
        return amount
    counted = assessment.measured(line.unit_price.counted_by.found, Scope(window)).amount
    return None if counted is None else amount * counted
