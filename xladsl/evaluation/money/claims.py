"""Whether a payment was asked for, and in time: the last moment for a notice and a claim, and what became of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ...model import nodes
from ...model.deadlines import months_after
from ...model.expressions import Length
from ...model.node import walk
from ...model.promises import formula
from ..instants.clocks import later
from ..instants.zones import DAY, day_of, local, midnight
from ..notes import note
from ..scope import EVERYONE, Scope
from ..stretches.intervals import events_in
from ..values.amounts import reported
from .subjects import before_claim, pace, subjects

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..given import Moment
    from ..instants.windows import Window

NTH = {"first": 1, "second": 2, "third": 3}
ONE_DAY = timedelta(days=1)
SHORTEST_MONTH = 28 * DAY - DAY // 12
WHOLE_DAYS = ("day", "week", "month", "quarter", "year", "business day", "working day")


def status_of(assessment: Assessment, payment: nodes.Payment, window: Window) -> tuple[str, str]:
    """What became of a payment that is due in a window, as a status, and the words for it.

    `due` where no claim is needed; `claimed` or `lapsed` where one arrived; `unclaimed` where nobody says so. Where a
    notice must come first, a claim without one in time has lapsed too.
    """
    rule = payment.claimed
    if rule is None or isinstance(rule, nodes.AutomaticClaim):
        return noticed(assessment, payment, window) or ("due", "")
    arrived = arrival(assessment, payment, window)
    last = deadline(assessment, payment, rule, window)
    notice = noticed(assessment, payment, window)
    if notice is not None and notice[0] == "lapsed":
        return notice
    if arrived is None:
        return "unclaimed", f"to be claimed {until_day(assessment, last)}"
    day = shown(assessment, arrived)
    first = earliest(assessment, payment, rule, window)
    if first is not None and arrived < first:
        in_time = f"from {shown(assessment, first)} {until_day(assessment, last)}"
        return "unclaimed", f"claimed on {day}, too early: {in_time}"
    if last is not None and arrived >= last:
        return "lapsed", f"claimed on {day}, too late: {until_day(assessment, last)}"
    return notice or ("claimed", f"claimed on {day}")


def earliest(
    assessment: Assessment, payment: nodes.Payment, rule: nodes.ClaimWithin | nodes.ClaimByCycle, window: Window
) -> int | None:
    """The instant before which a claim is none; None where it may come at any time."""
    if not isinstance(rule, nodes.ClaimWithin) or rule.claim_earliest is None:
        return None
    start = moment_of(assessment, rule.of, window, subjects(assessment, payment))
    if start is None:
        return None
    return later(start, rule.claim_earliest, calendar_of(assessment), assessment.contract.agreement, assessment.zone)


def arrival(assessment: Assessment, payment: nodes.Payment, window: Window) -> int | None:
    """When a claim arrived. A window before a claim is made by it, and ends with it."""
    if before_claim(pace(assessment, payment)):
        return window.end - 1
    moment = assessment.given.happened("claimed", payment.name, window)
    return None if moment is None else moment.start


def noticed(assessment: Assessment, payment: nodes.Payment, window: Window) -> tuple[str, str] | None:
    """What becomes of a payment of which the other party was not told, or not in time; None where it was."""
    rule = payment.claim_notice
    if rule is None:
        return None
    start = moment_of(assessment, rule.of, window, subjects(assessment, payment))
    last = None if start is None else last_instant(assessment, start, rule.within)
    moment = assessment.given.happened("notified", payment.name, window)
    if moment is None:
        return "unclaimed", f"to be notified {until_day(assessment, last)}"
    if last is not None and moment.start >= last:
        late = shown(assessment, moment.start)
        return "lapsed", f"notified on {late}, too late: {until_day(assessment, last)}"
    return None


def until_day(assessment: Assessment, last: int | None) -> str:
    """`until 2026-05-31`; the moment itself where a deadline does not end with a day."""
    if last is None:
        return "in time"
    if last == midnight(day_of(last, assessment.zone), assessment.zone):
        return f"until {shown(assessment, last - 1)}"
    return f"until {local(last, assessment.zone):%Y-%m-%d %H:%M}"


def shown(assessment: Assessment, instant: int) -> str:
    return f"{local(instant, assessment.zone):%Y-%m-%d}"


def deadline(
    assessment: Assessment, payment: nodes.Payment, rule: nodes.ClaimWithin | nodes.ClaimByCycle, window: Window
) -> int | None:
    """The instant at which a claim is too late."""
    if isinstance(rule, nodes.ClaimByCycle):
        return end_of_cycle(assessment, NTH[rule.cycle], window)
    start = moment_of(assessment, rule.of, window, subjects(assessment, payment))
    return None if start is None else last_instant(assessment, start, rule.within)


def last_instant(assessment: Assessment, start: int, within: Any) -> int:
    """The end of a deadline. One in days or longer is counted from the next midnight, and takes in its last day."""
    agreement, zone = assessment.contract.agreement, assessment.zone
    if within.unit.removesuffix("s") not in WHOLE_DAYS:
        return later(start, within, calendar_of(assessment), agreement, zone)
    next_day = midnight(day_of(start - 1, zone) + ONE_DAY, zone)
    end = later(next_day, within, calendar_of(assessment), agreement, zone)
    return midnight(day_of(end - 1, zone) + ONE_DAY, zone)


def calendar_of(assessment: Assessment) -> nodes.Calendar | None:
    """The calendar by which business days of deadlines are counted: the only one there is, else the usual week."""
    calendars = assessment.contract.every(nodes.Calendar)
    return calendars[0] if len(calendars) == 1 else None


def end_of_cycle(assessment: Assessment, number: int, window: Window) -> int | None:
    """The end of the first, second or third billing month after the one that was measured."""
    each = "billing month" if assessment.contract.agreement.billing_month else "calendar month"
    months = assessment.windows(each, assessment.zone)
    found = months.containing(window.end - 1)
    end = day_of(found.whole[1] if found is not None else window.end, assessment.zone)
    after = months_after(end, number)
    return None if after is None else midnight(after, assessment.zone)


def moment_of(assessment: Assessment, words: str, window: Window, promises: list[Any]) -> int | None:
    """The instant of a moment that a deadline is counted from; None where nobody can tell, with a note."""
    if words == "invoice":
        moment = invoiced(assessment, window)
        if moment is not None:
            return moment.start
    if words == "report":
        return reported(assessment, window)
    if words in ("breach", "end of the window"):
        return window.end
    if words == "end of the month":
        month = assessment.windows("calendar month", assessment.zone).containing(window.end - 1)
        return window.end if month is None else max(window.end, month.whole[1]) if lasts_less(window) else window.end
    if words == "incident":
        return began(assessment, window, promises)
    note(assessment, f"The date of the {words} is not known, so that no deadline is counted from it.")
    return None


def invoiced(assessment: Assessment, window: Window) -> Moment | None:
    """When the invoice for a window was issued, as it is told of all fees, of a service or of a fee."""
    services = assessment.contract.every(nodes.Service)
    names = ["all fees", *(each.name for each in services), *(fee.name for each in services for fee in each.fees)]
    told = (assessment.given.happened("invoiced", name, window) for name in names)
    return next((moment for moment in told if moment is not None), None)


def lasts_less(window: Window) -> bool:
    """Whether a window is shorter than any month."""
    return window.whole[1] - window.whole[0] < SHORTEST_MONTH


def began(assessment: Assessment, window: Window, promises: list[Any]) -> int:
    """When the last incident of a window began, the one whose deadline is the last; its end where none is recorded."""
    starts = []
    for promise in promises:
        value = formula(promise) if isinstance(promise, nodes.Promise) else None
        for part in walk(value) if value is not None else ():
            block: Any = part.of.target if isinstance(part, Length) else None
            if isinstance(block, nodes.Intervals | nodes.Outages | nodes.Probes):
                scope = Scope(window, EVERYONE, promise)
                starts += [event.start for event in events_in(assessment, block, scope)]
    return max(starts, default=window.end)
