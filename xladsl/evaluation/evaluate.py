"""An agreement over a period: every promise judged, every payment settled, and what else follows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from ..model import nodes
from ..model.dating import MOMENTS
from ..model.samples import sources_of_promise
from .assessment import Assessment
from .instants.zones import local, midnight
from .money.subjects import scopes_in
from .notes import all_notes, note
from .options import in_force
from .results import Evaluation
from .rows.requests import ColumnCell, Compared, Constant, Tally
from .rows.terms import dated

if TYPE_CHECKING:
    from ..model.contract import Contract
    from .given import Given
    from .instants.windows import Window
    from .results import Followed, Judgement, Paid
    from .rows.requests import Engine


def evaluate(contract: Contract, engine: Engine, first: date, last: date, given: Given | None = None) -> Evaluation:
    """All that came of the windows that end from `first` to `last`, both included, each day in the zone that applies.

    Promises of any force are judged; only those that bind are paid for.
    """
    assessment = Assessment(contract, engine, given)
    start, end = (midnight(day, assessment.zone) for day in (first, last + timedelta(days=1)))
    assessment.period = start, end
    assessment.given = SinceData(assessment, start).as_given
    judgements = judged_in(assessment, first, last)
    payments, others = consequences(assessment, judgements, start, end)
    tell_what_runs_backwards(assessment)
    return Evaluation(
        agreement=contract.agreement.name,
        period=(first.isoformat(), last.isoformat()),
        judgements=tuple(judgements),
        payments=tuple(payments),
        followed=tuple(others),
        notes=tuple(all_notes(assessment)),
        engine=(engine.name, engine.version),
    )


def tell_what_runs_backwards(assessment: Assessment) -> None:
    """A case that is solved before it was opened is most likely a mistake, and is in time by any limit."""
    engine = assessment.engine
    for source in assessment.contract.every(nodes.Tickets):
        first, *later = [column.name for column in source.columns if column.column_type in MOMENTS] or [""]
        for name in later if source.name in engine.sources() else ():
            found = engine.tally(Tally(source.name, Compared(ColumnCell(name), "<", ColumnCell(first))))
            rows = sum(counted.rows for counted in found.values())
            if rows:
                those = "1 row" if rows == 1 else f"{rows:,} rows"
                note(
                    assessment,
                    f"In {those} of `{source.name}`, `{name}` lies before `{first}`: what should have taken time took"
                    " less than none, and counts as in time.",
                )


class SinceData:
    """What is given, and besides that nothing is told of a promise in the windows before there are data of it.

    A window without data may count as breached. That is meant for the windows of the period: whoever brings the data of
    April alone says nothing of March, and March must not double what April costs. A log of interruptions is the
    exception; without a row it says that there was none.
    """

    def __init__(self, assessment: Assessment, period_start: int) -> None:
        self.assessment = assessment
        self.given = assessment.given
        self.period_start = period_start

    @property
    def as_given(self) -> Given:
        return cast("Given", self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.given, name)

    def unspoken(self, name: str, window: Window) -> bool:
        if self.given.unspoken(name, window):
            return True
        if window.end > self.period_start:
            return False
        # The previous value of a KPI or of points is asked for as well; what they are measured from is found alike.
        promise: Any = self.assessment.contract.names.blocks[name][0]
        known: bool = self.assessment.once(("known", name, window.end), lambda: self.has_data(promise, window.end))
        if not known:
            first = f"{local(self.period_start, self.assessment.zone):%Y-%m-%d}"
            note(self.assessment, f"There are no data of `{name}` for a time before {first} that its history asks for.")
        return not known

    def has_data(self, promise: nodes.Promise, end: int) -> bool:
        """Whether anything is known of a promise before an instant."""
        sources = sources_of_promise(self.assessment.contract, promise)
        return not sources or any(self.has_rows(source, promise, end) for source in sources)

    def has_rows(self, source: nodes.Source, promise: nodes.Promise, end: int) -> bool:
        engine = self.assessment.engine
        if source.name not in engine.sources():
            return False
        at = dated(source, promise)
        if at is None or isinstance(source, nodes.Outages):
            return True
        return bool(engine.tally(Tally(source.name, Compared(at, "<", Constant(end)))))


def judged_in(assessment: Assessment, first: date, last: date) -> list[Judgement]:
    """The verdicts on all promises that hold under the choices taken, in their order, by window and by group."""
    found = []
    for promise in assessment.contract.every(nodes.Promise):
        if in_force(assessment, promise):
            zone = promise.timezone or assessment.zone
            start, end = (midnight(day, zone) for day in (first, last + timedelta(days=1)))
            found += [assessment.judged(promise, scope) for scope in scopes_in(assessment, promise, start, end)]
    return found


def consequences(
    assessment: Assessment, judgements: list[Judgement], start: int, end: int
) -> tuple[list[Paid], list[Followed]]:
    """What is paid, and what else follows. Many agreements have only promises, and load nothing of either."""
    if not assessment.contract.every(nodes.Consequence):
        return [], []
    from .money.following import followed
    from .money.settling import settled
    from .money.told_before import told_before

    payments = settled(assessment, start, end)
    payments += told_before(assessment, payments, start)
    return payments, followed(assessment, judgements, start, end)
