"""What a payment follows from: its promises, points or KPIs, in which windows, and for which groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import nodes
from ...model.deadlines import usual_days
from ...model.promises import paid_for
from ..instants.zones import day_of, midnight
from ..judging.occasions import SINGLE, occasions
from ..options import holds_in, in_force
from ..scope import EVERYONE, Group, Scope

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..instants.windows import Window
    from ..rows.requests import Test

BINDING = "binding"
MONTHLY = "calendar month"


class Entry(NamedTuple):
    """One payment in one window, for one group."""

    payment: nodes.Payment
    window: Window
    group: Group

    @property
    def place(self) -> tuple[int, int, str, str]:
        """Where it comes in the order of time; the order of the text does not matter."""
        return self.window.end, self.window.start, self.payment.name, self.group.name


def subjects(assessment: Assessment, payment: nodes.Payment) -> list[Any]:
    """What a payment follows from, promises first. Nothing follows from a promise that does not bind."""

    def work() -> list[Any]:
        doubtful = [each for each in assessment.contract.every(nodes.Promise) if leads_by_doubt(each, payment)]
        every = dict.fromkeys([*paid_for(assessment.contract, payment), *doubtful])
        promises: list[Any] = [each for each in every if each.bindingness == BINDING and in_force(assessment, each)]
        named = [reference.found for reference in payment.for_whom]
        return promises + [each for each in named if not isinstance(each, nodes.Promise) and in_force(assessment, each)]

    found: list[Any] = assessment.once(("subjects", id(payment)), work)
    return found


def leads_by_doubt(promise: nodes.Promise, payment: nodes.Payment) -> bool:
    """Whether a payment follows where a promise is inconclusive, or has no data."""
    no_data = promise.no_data.effect if promise.no_data is not None else None
    effects = [effect for effect in (promise.unclear, no_data) if isinstance(effect, nodes.LeadsTo)]
    return any(effect.consequence.found is payment for effect in effects)


def zone_of(assessment: Assessment, payment: Any) -> str:
    """The zone in which the windows of a payment begin and end: that of its promise."""
    return getattr(pace(assessment, payment), "timezone", None) or assessment.zone


def windows_in(assessment: Assessment, payment: Any, start: int, end: int) -> list[Window]:
    """The windows of a payment that end after `start` and not after `end`, in order.

    They are those of its promise, and of several promises those of the one with the longest.
    """
    leader = pace(assessment, payment)
    if isinstance(leader, nodes.Promise):
        start, end = (moved(assessment, instant, leader.timezone) for instant in (start, end))
        found = list(dict.fromkeys(scope.window for scope in scopes_in(assessment, leader, start, end)))
    else:
        each = MONTHLY if leader is None else each_of(leader)
        found = assessment.windows(each, assessment.zone).ending_in(start, end)
    return [window for window in found if holds_in(assessment, payment, window)]


def before_claim(leader: Any) -> bool:
    """Whether the windows of a promise are those before a claim, so that each claim makes one."""
    each = each_of(leader) if leader is not None else None
    return isinstance(each, nodes.TrailingWindow) and each.anchor == "claim"


def moved(assessment: Assessment, instant: int, zone: str | None) -> int:
    """The end of a period in the zone of a promise: a midnight of the agreement stands for that of the day there."""
    if zone is None or zone == assessment.zone:
        return instant
    day = day_of(instant, assessment.zone)
    return midnight(day, zone) if midnight(day, assessment.zone) == instant else instant


def pace(assessment: Assessment, payment: Any) -> Any:
    """The block whose windows are those of a payment; None where it has none that could be followed."""
    if not isinstance(payment, nodes.Payment):
        return payment
    found = [pace(assessment, subject) for subject in subjects(assessment, payment)]
    timed = [leader for leader in found if leader is not None and each_of(leader) is not None]
    return max(timed, key=lambda leader: usual_days(each_of(leader)) or 0, default=None)


def each_of(block: Any) -> Any:
    """The clause `each` of a promise, a limit or an obligation."""
    recurring = getattr(block, "recurring", None)
    return recurring.each if recurring is not None else getattr(block, "each", None)


def scopes_in(assessment: Assessment, promise: nodes.Promise, start: int, end: int) -> list[Scope]:
    """The scopes in which a promise is judged and whose windows end in a period. Each is remembered by its window."""
    found = told_apart(occasions(assessment, promise, start, end))
    known: dict[Window, list[Scope]] = assessment.once(("scopes", id(promise)), dict)
    for scope in found:
        held = known.setdefault(scope.window, [])
        if scope not in held:
            held.append(scope)
    return found


def told_apart(scopes: list[Scope]) -> list[Scope]:
    """Events of one minute have one name, and so may be those of several groups; those after the first are numbered."""
    seen: dict[str, int] = {}
    found = []
    for scope in scopes:
        single = scope.promise is not None and scope.promise.each in SINGLE
        if scope.event is not None or (single and scope.group != EVERYONE):
            number = seen[scope.window.name] = seen.get(scope.window.name, 0) + 1
            if number > 1:
                scope = scope._replace(window=scope.window._replace(name=f"{scope.window.name} ({number})"))
        found.append(scope)
    return found


def scopes_of(assessment: Assessment, promise: nodes.Promise, window: Window, group: Group = EVERYONE) -> list[Scope]:
    """The scopes of a promise that belong to the window of a payment.

    That is the window itself if it is one of the promise's; else all that end in it; else the one it lies in. With a
    group only those of the group, unless the promise is not divided so.
    """
    known: dict[Window, list[Scope]] = assessment.once(("scopes", id(promise)), dict)
    if window not in known:
        scopes_in(assessment, promise, window.end - 1, window.end)
    found = known.get(window) or scopes_in(assessment, promise, window.start, window.end)
    if not found and not assessment.windows_of(promise).sliding:
        around = assessment.windows_of(promise).containing(window.end - 1)
        found = [] if around is None else scopes_in(assessment, promise, around.end - 1, around.end)
    if group == EVERYONE:
        return found
    own = [scope for scope in found if scope.group.name == group.name]
    return own or [scope for scope in found if scope.group == EVERYONE]


def scope_in(assessment: Assessment, payment: nodes.Payment, window: Window, group: Group) -> Scope:
    """Where the figures of a payment are measured: in its window, and of one row alone where its promise is judged row
    by row, whatever else has the same moment."""
    return Scope(window, group, event=event_of(assessment, payment, window))


def event_of(assessment: Assessment, payment: nodes.Payment, window: Window) -> tuple[str, Test] | None:
    """The row that a window of a payment is about."""
    leader = pace(assessment, payment)
    if not (isinstance(leader, nodes.Promise) and leader.each in SINGLE):
        return None
    events = {scope.event for scope in scopes_of(assessment, leader, window)}
    return events.pop() if len(events) == 1 else None


def groups_of(assessment: Assessment, payment: nodes.Payment, window: Window) -> list[Group]:
    """The groups of which each is paid an amount of its own; everyone together where the payment names none.

    An event is of one group: whatever others have rows in its time, nothing follows for them from it.
    """
    if not payment.group_by:
        return [EVERYONE]
    found = assessment.groups(payment, window)
    leader = pace(assessment, payment)
    if not (isinstance(leader, nodes.Promise) and leader.each in SINGLE):
        return found
    own = {scope.group.name for scope in scopes_of(assessment, leader, window)}
    return [group for group in found if group.name in own] or found
