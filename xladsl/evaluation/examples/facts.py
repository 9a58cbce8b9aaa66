"""The facts of an example, as what is given: values and verdicts, lengths and stretches, fees, and rows made of words.

Facts without a window are about one window: that of the stretches or of the times in rows, or else the one that another
fact names, or else the first whole one. What nobody speaks of has not happened: a promise about which nothing is said
in a window has no data there, and nothing follows from that.
"""

from __future__ import annotations

from datetime import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ...model import expressions, nodes, quantities
from ...model.node import walk
from ...model.promises import measured as measured_by
from ...model.quantities import Reference
from ..given import Given, Moment
from ..instants import zones
from ..instants.windows import Window, Windows, period_of
from ..stretches.algebra import Stretch
from ..values.amounts import amount_of
from .rows import ToldRows

if TYPE_CHECKING:
    from ...model.contract import Contract
    from ..results import Verdict

VERDICTS = ("met", "breached", "inconclusive", "no data")
MONTH = 2_629_746 * zones.SECOND
"""A twelfth of the 365.2425 days that a year of the calendar has on average."""

MONTHS_OF_FEES = {"of the quarter measured": 3, "of the last 12 months": 12}


class Facts(Given):
    """What an example supposes. `engine` holds its rows."""

    def __init__(self, example: nodes.Example, contract: Contract) -> None:
        self.example = example
        self.contract = contract
        self.zone = contract.agreement.timezone or "UTC"
        self.named = [fact for fact in example.given if isinstance(fact, nodes.Fact)]
        self.told_stretches = stretches_told(example, self.zone)
        rows = [fact for fact in example.given if isinstance(fact, nodes.RowsFact)]
        self.told_choices = choices_of(example)
        self.after_incidents = {each.name for each in contract.every(nodes.Promise) if follows_incidents(each)}
        self.reach: dict[str, frozenset[str]] = {}
        self.of_rows = frozenset(moment for fact in rows for moment in said_moments(fact, self.zone))
        self.anchor = self.anchored(rows)
        self.engine = ToldRows(contract, rows, self.period_of_rows, self.told_stretches)

    # What is given

    def value(self, name: str, window: Window) -> Fraction | None:
        found = self.about(name, window, Reference)
        return worth(found.value) if found is not None else None

    def verdict(self, name: str, window: Window) -> Verdict | None:
        facts = self.facts_about(name, window, Reference)
        verdict: Verdict | None = next((fact.value for fact in facts if fact.value in VERDICTS), None)  # type: ignore[misc]
        return verdict

    def unspoken(self, name: str, window: Window) -> bool:
        if name in self.after_incidents:
            return False
        names = self.reached(name)
        if any(self.facts_about(each, window, kind) for each in names for kind in (Reference, *MEASURED)):
            return False
        told = [stretch for each in names for stretch in self.told_stretches.get(each, [])]
        if any(overlaps(stretch, window) for stretch in told):
            return False
        spans = [(start, end) for source, start, end in self.engine.spans if source in names]
        return not any(start < window.end and end >= window.start for start, end in spans)

    def length(self, name: str, window: Window) -> Fraction | None:
        kind = expressions.WindowLength if name.startswith("the ") else nodes.DowntimeFact
        found = self.about(name, window, kind)
        return worth(found.value) if found is not None else None

    def stretches(self, name: str, window: Window) -> list[Stretch] | None:  # noqa: ARG002  # those of all time are told
        return self.told_stretches.get(name)

    def count(self, name: str, window: Window) -> Fraction | None:
        found = self.about(name, window, nodes.CountFact)
        return worth(found.value) if found is not None else None

    def fee(self, name: str, window: Window) -> Fraction | None:
        for kind in (nodes.FeeFact, expressions.AllFees, expressions.FeesOf):
            for fact in self.facts_about(name, window, kind, anywhere=True):
                if worth(fact.value) is not None:
                    return of_period(fact, window)
        return None

    def payment(self, name: str, window: Window) -> Fraction | None:
        return self.value(name, window)

    def happened(self, what: str, name: str, window: Window) -> Moment | None:
        """The moment that is told of a window. One for a month or a day takes in all windows that begin in it, such as
        single events. One for no time is of each row that the example tells."""
        for fact in self.facts_of_moments(what, name):
            period = period_of(fact.fact_window, self.zone) if fact.fact_window is not None else None
            within = period is not None and period.start <= window.start < period.end
            of_row = period is None and window.end - window.start <= 1 and window.start in self.of_rows
            if within or of_row or self.fits(fact, window):
                return moment_of(fact.value, self.zone)
        return None

    def moments(self, what: str, name: str) -> list[Moment]:
        return [moment_of(fact.value, self.zone) for fact in self.facts_of_moments(what, name)]

    def facts_of_moments(self, what: str, name: str) -> list[nodes.Fact]:
        told = [fact for fact in self.named if name_of(fact.subject) == name]
        return [fact for fact in told if isinstance(fact.value, nodes.HappenedOn) and fact.value.what == what]

    def cause(self, name: str, window: Window) -> str | None:
        told = self.facts_about(name, window, nodes.NoDataFact)
        return next((fact.value.party.name for fact in told if isinstance(fact.value, nodes.CausedBy)), None)

    def choices(self, option: str) -> frozenset[str] | None:
        return self.told_choices.get(option)

    def events(self, promise: nodes.Promise, windows: Windows) -> list[Window]:
        """The windows of single events that are told by their day and not by a row."""
        names = {promise.name, name_of(measured_by(promise))}
        told = [fact for fact in self.named if isinstance(fact.subject, Reference) and name_of(fact.subject) in names]
        found = [windows.named(fact.fact_window or zones.day_of(self.anchor, self.zone)) for fact in told]
        return list(dict.fromkeys(window for window in found if window is not None))

    # Which fact is about what

    def about(self, name: str, window: Window, kind: type) -> nodes.Fact | None:
        """The amount that is told of something in a window."""
        found = [fact for fact in self.facts_about(name, window, kind) if worth(fact.value) is not None]
        return found[0] if found else None

    def facts_about(self, name: str, window: Window, kind: type, *, anywhere: bool = False) -> list[nodes.Fact]:
        return [
            fact
            for fact in self.named
            if isinstance(fact.subject, kind) and name_of(fact.subject) == name
            if self.fits(fact, window, anywhere=anywhere)
        ]

    def fits(self, fact: Any, window: Window, *, anywhere: bool = False) -> bool:
        """Whether a fact is about a window: the period that it names begins there, or it names none and all facts are
        about one window. What a fee or a parameter amounts to holds anywhere."""
        if fact.fact_window is None:
            lasting = anywhere or isinstance(getattr(fact.subject, "target", None), nodes.Parameter)
            return lasting or window.start <= self.anchor < window.end
        period = period_of(fact.fact_window, self.zone)
        if period is None:
            return False
        single = window.end - window.start <= 1
        return window.start <= period.start < window.end or (single and period.start <= window.start < period.end)

    def reached(self, name: str) -> frozenset[str]:
        """The names of all that the value of a promise rests on."""
        if name not in self.reach:
            found = [block for block in self.contract.blocks if getattr(block, "name", None) == name]
            self.reach[name] = frozenset({name, *names_behind(found[0])}) if found else frozenset({name})
        return self.reach[name]

    # The window that all facts are about

    def anchored(self, rows: list[nodes.RowsFact]) -> int:
        """An instant in the window of the facts that name none."""
        moments = [stretch.start for told in self.told_stretches.values() for stretch in told]
        moments += [moment for fact in rows for moment in said_moments(fact, self.zone)]
        if moments:
            return min(moments)
        every: list[Any] = [*self.named, *rows]
        labels = [fact for fact in every if fact.fact_window is not None]
        measured = [fact for fact in labels if not isinstance(getattr(fact, "subject", None), FEES)]
        wanted = [fact for fact in self.example.then if fact.fact_window is not None]
        for facts in (measured, wanted, labels):
            periods = [period_of(fact.fact_window, self.zone) for fact in facts if fact.fact_window is not None]
            starts = [period.start for period in periods if period is not None]
            if starts:
                return max(starts)
        claims = [moment for fact in self.named for moment in self.moments("claimed", name_of(fact.subject))]
        if claims and self.is_about_claims():
            return min(claim.start for claim in claims)
        return self.first_window()

    def is_about_claims(self) -> bool:
        """Whether anything that is spoken of is measured over the time before a claim."""
        spoken = [getattr(fact.subject, "target", None) for fact in [*self.named, *self.example.then]]
        return any(isinstance(each, nodes.TrailingWindow) for one in spoken for each, _ in eaches_of(one))

    def first_window(self) -> int:
        """When the first window begins that is whole for all that the example speaks of, after settling."""
        agreement = self.contract.agreement
        spoken = [getattr(fact.subject, "target", None) for fact in [*self.named, *self.example.then]]
        starts = []
        for each, zone in (found for one in spoken for found in eaches_of(one)):
            window = Windows(each, agreement, zone or self.zone).first_whole()
            starts += [window.start] if window is not None else []
        first = Windows("calendar month", agreement, self.zone).first_whole()
        return max(starts) if starts else first.start if first else zones.midnight(agreement.term.start, self.zone)

    def period_of_rows(self, fact: nodes.RowsFact) -> tuple[int, int]:
        """From when to when rows lie that do not say it themselves."""
        source = fact.of.found
        promises = [one for one in self.contract.every(nodes.Promise) if name_of(source) in self.reached(one.name)]
        spoken = [getattr(each.subject, "target", None) for each in self.example.then]
        about = [one for one in promises if one in spoken or measured_by(one) in spoken] or promises
        for promise in about:
            windows = Windows(promise.each, self.contract.agreement, promise.timezone or self.zone)
            if not windows.sliding:
                window = windows.named(fact.fact_window) if fact.fact_window else windows.containing(self.anchor)
                if window is not None:
                    named = period_of(fact.fact_window, windows.zone) if fact.fact_window else None
                    inside = named is not None and window.start <= named.start and named.end <= window.end
                    return (named.start, named.end) if named is not None and inside else (window.start, window.end)
        period = period_of(fact.fact_window, self.zone) if fact.fact_window else None
        if period is not None:
            return period.start, period.end
        return self.anchor, self.anchor + zones.DAY


MEASURED = (nodes.DowntimeFact, nodes.CountFact, nodes.NoDataFact)
FEES = (nodes.FeeFact, expressions.AllFees, expressions.FeesOf)


def worth(value: Any) -> Fraction | None:
    """A value of a fact in its canonical unit; None for words."""
    if isinstance(value, Reference):
        target = value.target
        steps = target.value if isinstance(target, nodes.Parameter) else []
        return worth(steps[0].amount) if len(steps) == 1 else None
    if isinstance(value, (quantities.Quantity, quantities.Money, quantities.Duration)):
        return amount_of(value)
    return None


def name_of(subject: Any) -> str:
    """The name by which a subject is asked for."""
    if isinstance(subject, expressions.AllFees):
        return "all fees"
    if isinstance(subject, expressions.FeesOf):
        return subject.service.found.name
    if isinstance(subject, nodes.FeeFact):
        return subject.fee.found.name
    if isinstance(subject, expressions.WindowLength):
        return f"the {subject.which}"
    if isinstance(subject, MEASURED):
        return name_of(subject.of)
    if isinstance(subject, Reference):
        return getattr(subject.target, "name", subject.name)
    return getattr(subject, "name", "")


def moment_of(happened: Any, zone: str) -> Moment:
    """The moment that is told, or all of its day."""
    if happened.clock is not None:
        instant = zones.instant(happened.day, happened.clock, zone)
        return Moment(instant, instant)
    return Moment(zones.midnight(happened.day, zone), zones.instant(happened.day, time.max, zone))


def follows_incidents(promise: nodes.Promise) -> bool:
    """Whether each of its windows ends with an incident, so that there is none unless an incident is told."""
    return isinstance(promise.each, nodes.TrailingWindow) and promise.each.anchor == "incident"


def of_period(fact: nodes.Fact, window: Window) -> Fraction | None:
    """What fees come to in a period, where they are told for a month, a quarter or a year."""
    amount = worth(fact.value)
    period = getattr(fact.subject, "fee_period", None)
    if amount is None or isinstance(fact.subject, nodes.FeeFact):
        return amount
    told = MONTHS_OF_FEES.get(period or "", 1)
    asked = max(1, round(Fraction(window.end - window.start, MONTH)))
    return amount * asked / told if asked % told == 0 else None


def stretches_told(example: nodes.Example, zone: str) -> dict[str, list[Stretch]]:
    found: dict[str, list[Stretch]] = {}
    for fact in example.given:
        if isinstance(fact, nodes.StretchFact):
            block: Any = fact.of.found
            own = getattr(block, "timezone", None) or zone
            start, end = (zones.instant(moment.day, moment.clock, own) for moment in (fact.start, fact.end))
            found.setdefault(block.name, []).append(Stretch(start, end))
    return found


def said_moments(fact: nodes.RowsFact, zone: str) -> list[int]:
    """The times that stand in the words for some rows."""
    from .rows import source_of

    zone = getattr(source_of(fact), "timezone", None) or zone
    parts = walk(fact.where) if fact.where is not None else ()
    return [zones.instant(part.day, part.clock, zone) for part in parts if isinstance(part, nodes.PointInTime)]


def choices_of(example: nodes.Example) -> dict[str, frozenset[str]]:
    """The choice under which an example holds."""
    if example.only_when is None:
        return {}
    return {example.only_when.option.found.name: frozenset({example.only_when.choice.found.name})}


def eaches_of(one: Any) -> list[tuple[Any, str | None]]:
    """The windows of something that is promised, or of what a payment follows from."""
    if isinstance(one, nodes.Promise):
        return [(one.each, one.timezone)]
    if isinstance(one, nodes.Payment):
        return [found for reference in one.for_whom for found in eaches_of(reference.target)]
    return []


def names_behind(block: Any) -> set[str]:
    """The names of all blocks that a promise or a KPI is measured from, through those that they are made of."""
    waiting, found = [part for part in measuring_parts(block) if part is not None], set()
    while waiting:
        for part in walk(waiting.pop()):
            target = part.target if isinstance(part, Reference) else None
            source = getattr(part, "name", "").partition(".")[0]
            for name, inner in ((getattr(target, "name", None), target), (source, None)):
                if name and name not in found:
                    found.add(name)
                    waiting += measuring_parts(inner) if inner is not None else []
    return found


def measuring_parts(block: Any) -> list[Any]:
    if isinstance(block, nodes.Composite):
        return [part.kpi for part in block.parts]
    if isinstance(block, nodes.PointsScheme):
        return list(block.for_whom)
    if isinstance(block, nodes.Intervals):
        return [part for part in (block.made_from, *block.together_with, block.each_slice) if part is not None]
    if isinstance(block, nodes.Measuring | nodes.Promise):
        return [part for part in (getattr(block, "value", None), getattr(block, "kpi_of", None)) if part is not None]
    return []


def overlaps(stretch: Stretch, window: Window) -> bool:
    return stretch.start < window.end and stretch.end > window.start
