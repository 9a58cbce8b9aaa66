"""Whether a payment is due in a window, by what it follows from: promises, points, KPIs, limits, things to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import expressions, nodes, quantities
from ..instants.zones import midnight
from ..judging.conditions import holds
from ..options import in_force
from ..scope import Scope
from . import tiers
from .subjects import Entry, event_of, scope_in, scopes_of, subjects

if TYPE_CHECKING:
    from fractions import Fraction

    from ..assessment import Assessment
    from ..results import Judgement

UNDECIDED = "undecided"


class Case(NamedTuple):
    """What the figures of a payment can rest on: a promise in a window and a group, or a KPI, or points."""

    block: Any
    scope: Scope
    value: Fraction | None
    judgement: Judgement | None = None

    @property
    def breached(self) -> bool:
        return self.judgement is not None and self.judgement.verdict == "breached"

    @property
    def met(self) -> bool:
        return self.judgement is not None and self.judgement.verdict == "met"

    def leads_to(self, payment: nodes.Payment) -> bool:
        return self.breached or (self.judgement is not None and payment.name in self.judgement.leads_to)


def cases(assessment: Assessment, entry: Entry) -> list[Case]:
    """All that a payment looks at in a window."""
    payment, window, group = entry
    own = scope_in(assessment, payment, window, group)
    found = []
    for subject in subjects(assessment, entry.payment):
        if isinstance(subject, nodes.Promise):
            for scope in scopes_of(assessment, subject, window, group):
                judgement = assessment.judged(subject, scope)
                found.append(Case(subject, scope, judgement.measured.amount, judgement))
        elif isinstance(subject, nodes.Kpi | nodes.Composite):
            found.append(Case(subject, own, assessment.measured(subject, own).amount))
        elif isinstance(subject, nodes.Payment):
            other = assessment.paid(subject, window, group)
            known = None if other.status == UNDECIDED else other.amount
            found.append(Case(subject, own, known))
        else:
            found.append(Case(subject, own, None))
    return found


def is_due(assessment: Assessment, entry: Entry, found: list[Case]) -> tuple[bool | None, str]:
    """Whether a payment is due in a window, and why; None where that cannot be told."""
    payment = entry.payment
    if payment.for_whom and not found:
        return False, "nothing that it follows from binds, or was to be judged"
    if payment.when is not None:
        event = event_of(assessment, payment, entry.window)
        true = holds(assessment, payment.when, entry.window, entry.group, event)
        if true is None:
            return None, "whether its condition is true is not known"
        due, reason = true, "its condition is true" if true else "its condition is not true"
    elif isinstance(payment, nodes.Bonus):
        due = bool(found) and all(case.met or case.judgement is None for case in found)
        reason = "met" if due else "not met"
    else:
        due, reason = is_broken(assessment, entry, found)
    if due and isinstance(payment, nodes.Bonus):
        return passes_gates(assessment, payment, entry, reason)
    return due, reason


def is_broken(assessment: Assessment, entry: Entry, found: list[Case]) -> tuple[bool, str]:
    """Whether what a payment is for has gone wrong: any of it, or all of it where its table has a column for each."""
    judged = [case for case in found if case.judgement is not None]
    broken = [case for case in judged if case.leads_to(entry.payment)]
    if len(tiers.columns_of_bounds(entry.payment)) > 1 and len(judged) > 1:
        due = len(broken) == len(judged)
        return due, "all of its promises are breached" if due else "not all of its promises are breached"
    names = [each_said(case) for case in broken]
    names += [f"`{case.block.name}`" for case in found if case.judgement is None and counts(assessment, case, entry)]
    if names:
        return True, ", ".join(dict.fromkeys(names))
    said = [each_said(case) for case in judged]
    return False, ", ".join(dict.fromkeys(said)) or "nothing was measured"


def counts(assessment: Assessment, case: Case, entry: Entry) -> bool:
    """Whether something follows from what is no promise: a value that a table looks at, points, a limit passed."""
    if isinstance(case.block, nodes.Kpi | nodes.Composite):
        return True
    if isinstance(case.block, nodes.Payment):
        return case.value is None or case.value > 0
    if isinstance(case.block, nodes.Limit):
        return is_so(assessment, case.block, "exceeded", entry)
    due = getattr(case.block, "due", None)
    if due is not None:
        over = midnight(due + timedelta(days=1), assessment.zone)
        if not entry.window.start < over <= entry.window.end:
            return False
    return is_so(assessment, case.block, "breached", entry)


def is_so(assessment: Assessment, block: Any, state: str, entry: Entry) -> bool:
    """Whether a condition on a single block is true in a window."""
    named: quantities.Reference[Any] = quantities.Reference(name=block.name)  # type: ignore[call-arg]
    named.target = block
    condition = expressions.Outcome(of_them=None, conditioned=[named], state=state, history=None)
    return holds(assessment, condition, entry.window, entry.group) is True


def each_said(case: Case) -> str:
    assert case.judgement is not None
    where = f" for {case.scope.group.name}" if case.scope.group.name else ""
    return f"`{case.block.name}` is {case.judgement.verdict}{where}"


def passes_gates(assessment: Assessment, bonus: nodes.Bonus, entry: Entry, reason: str) -> tuple[bool, str]:
    """Whether everything else that a bonus asks for was met in the window, in every window of it."""
    for reference in bonus.gate:
        gate: Any = reference.found
        if in_force(assessment, gate) and not is_met(assessment, gate, entry):
            return False, f"{reason}, and its gate `{gate.name}` is not met"
    return True, reason


def is_met(assessment: Assessment, gate: Any, entry: Entry) -> bool:
    if not isinstance(gate, nodes.Promise):
        return is_so(assessment, gate, "met", entry)
    scopes = scopes_of(assessment, gate, entry.window, entry.group)
    return bool(scopes) and all(assessment.judged(gate, scope).verdict == "met" for scope in scopes)


def relevant(payment: nodes.Payment, found: list[Case]) -> list[Case]:
    """The cases for which an amount is worked out: those that broke, or all where a condition or a bonus decides."""
    if payment.when is not None or isinstance(payment, nodes.Bonus):
        return found
    return [case for case in found if case.judgement is None or case.leads_to(payment)]
