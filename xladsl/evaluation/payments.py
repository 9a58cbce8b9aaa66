"""One payment in one window, for one group: whether it is due, its base, its amount, and whether that counts twice.

What follows here is the beginning of the order of work; how payments meet, and caps, are the matter of `settling`.

A payment pays once in a window. Where several of its promises are breached, or one promise in several groups that the
payment does not tell apart, the breach that pays most counts; of a bonus, which needs all of them to be met, the one
that pays least. A table with a column of bounds for each promise is due when all of these are breached.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import expressions, nodes, quantities, units
from ..model.promises import UPWARDS
from . import tiers
from .accounts import Account
from .caps import under_cap
from .conditions import holds
from .fees import fee
from .figures import written
from .options import in_force
from .results import Paid, Step
from .scope import EVERYONE, Group, Scope
from .subjects import scopes_of, subjects, windows_in
from .units_counted import per_unit
from .values import value_of
from .verdicts import first_counted
from .zones import midnight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .assessment import Assessment
    from .results import Judgement
    from .windows import Window

DUE, NOT_DUE, UNDECIDED = "due", "not due", "undecided"
NOTHING = Fraction(0)


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


class Worth(NamedTuple):
    """What a payment is worth in one case; None where a figure that it takes is not known."""

    amount: Fraction | None
    words: str


def paid(assessment: Assessment, payment: nodes.Payment, window: Window, group: Group) -> Paid:
    """What a payment comes to in a window for a group, exact, before it meets others and before any cap.

    `status` is `due`, `not due`, or `undecided` where something that decides it is not known; its amount is nothing
    then. The points of a scheme are under its caps already; in a window longer than its own they are those of all its
    windows in it.
    """
    scheme = isinstance(payment, nodes.PointsScheme)
    told = assessment.given.payment(payment.name, window) if scheme else None
    if told is not None:
        return outcome(assessment, payment, window, group, told, "it is given so")
    if scheme and window not in (own := windows_in(assessment, payment, window.start, window.end)) and own:
        return of_parts(assessment, payment, window, group, own)
    if settles_in(assessment, window):
        return outcome(assessment, payment, window, group, NOTHING, "nothing is paid for the time of settling in")
    found = cases(assessment, payment, window, group)
    due, reason = is_due(assessment, payment, window, group, found)
    if due is None:
        return outcome(assessment, payment, window, group, None, reason)
    if not due:
        return outcome(assessment, payment, window, group, NOTHING, reason)
    result = worked_out(assessment, payment, window, group, relevant(payment, found), reason)
    return capped_points(assessment, payment, group, window, result) if scheme else result


def capped_points(assessment: Assessment, scheme: nodes.Payment, group: Group, window: Window, found: Paid) -> Paid:
    """What the caps of a scheme leave of its points: they count before they become money."""
    account: Account = assessment.once(
        ("account of points", id(scheme), group),
        lambda: Account(assessment, scheme, lambda each: assessment.paid(scheme, each, group).amount),
    )
    for cap in scheme.cap:
        most = value_of(assessment, cap.amount, Scope(window, group)).amount
        if most is None or not found.amount:
            continue
        amount, how = under_cap(
            assessment, cap, window, found.amount, most, lambda since: account.before(window, since)
        )
        if amount != found.amount:
            step = Step(f"capped at {written(most, units.POINTS)}{how}", amount)
            found = replace(found, amount=amount, steps=(*found.steps, step))
    return found


def of_parts(assessment: Assessment, payment: nodes.Payment, window: Window, group: Group, parts: list[Window]) -> Paid:
    """What a payment comes to in all its windows that end in a longer one."""
    found = [assessment.paid(payment, part, group) for part in parts]
    total = sum((part.amount for part in found), NOTHING)
    undecided = any(part.status == UNDECIDED for part in found)
    names = ", ".join(part.window for part in found if part.amount)
    return outcome(assessment, payment, window, group, None if undecided else total, f"of {names or 'no window'}")


def settles_in(assessment: Assessment, window: Window) -> bool:
    """Whether a window ends within the time of settling in."""
    settling = assessment.contract.agreement.settling
    return settling is not None and window.end <= first_counted(assessment)


# ---------------------------------------------------------------------------------------------------- whether it is due


def cases(assessment: Assessment, payment: nodes.Payment, window: Window, group: Group) -> list[Case]:
    """All that a payment looks at in a window."""
    found = []
    for subject in subjects(assessment, payment):
        if isinstance(subject, nodes.Promise):
            for scope in scopes_of(assessment, subject, window, group):
                judgement = assessment.judged(subject, scope)
                found.append(Case(subject, scope, judgement.measured.amount, judgement))
        elif isinstance(subject, nodes.Kpi | nodes.Composite):
            scope = Scope(window, group)
            found.append(Case(subject, scope, assessment.measured(subject, scope).amount))
        elif isinstance(subject, nodes.Payment):
            other = assessment.paid(subject, window, group)
            known = None if other.status == UNDECIDED else other.amount
            found.append(Case(subject, Scope(window, group), known))
        else:
            found.append(Case(subject, Scope(window, group), None))
    return found


def is_due(
    assessment: Assessment, payment: nodes.Payment, window: Window, group: Group, found: list[Case]
) -> tuple[bool | None, str]:
    """Whether a payment is due in a window, and why; None where that cannot be told."""
    if payment.for_whom and not found:
        return False, "nothing that it follows from binds, or was to be judged"
    if payment.when is not None:
        true = holds(assessment, payment.when, window, group)
        if true is None:
            return None, "whether its condition is true is not known"
        due, reason = true, "its condition is true" if true else "its condition is not true"
    elif isinstance(payment, nodes.Bonus):
        due = bool(found) and all(case.met for case in found)
        reason = "met" if due else "not met"
    else:
        due, reason = is_broken(assessment, payment, window, group, found)
    if due and isinstance(payment, nodes.Bonus):
        return passes_gates(assessment, payment, window, group, reason)
    return due, reason


def is_broken(
    assessment: Assessment, payment: nodes.Payment, window: Window, group: Group, found: list[Case]
) -> tuple[bool, str]:
    """Whether what a payment is for has gone wrong: any of it, or all of it where its table has a column for each."""
    judged = [case for case in found if case.judgement is not None]
    broken = [case for case in judged if case.leads_to(payment)]
    if len(tiers.columns_of_bounds(payment)) > 1 and len(judged) > 1:
        due = len(broken) == len(judged)
        return due, "all of its promises are breached" if due else "not all of its promises are breached"
    names = [each_said(case) for case in broken]
    names += [
        f"`{case.block.name}`" for case in found if case.judgement is None and counts(assessment, case, window, group)
    ]
    if names:
        return True, f"{', '.join(dict.fromkeys(names))}"
    said = [each_said(case) for case in judged]
    return False, ", ".join(dict.fromkeys(said)) or "nothing was measured"


def counts(assessment: Assessment, case: Case, window: Window, group: Group) -> bool:
    """Whether something follows from what is no promise: a value that a table looks at, points, a limit passed."""
    if isinstance(case.block, nodes.Kpi | nodes.Composite):
        return True
    if isinstance(case.block, nodes.Payment):
        return case.value is None or case.value > 0
    if isinstance(case.block, nodes.Limit):
        return is_so(assessment, case.block, "exceeded", window, group)
    due = getattr(case.block, "due", None)
    if due is not None and not window.start < midnight(due + timedelta(days=1), assessment.zone) <= window.end:
        return False
    return is_so(assessment, case.block, "breached", window, group)


def is_so(assessment: Assessment, block: Any, state: str, window: Window, group: Group) -> bool:
    """Whether a condition on a single block is true in a window."""
    named: quantities.Reference[Any] = quantities.Reference(name=block.name)  # type: ignore[call-arg]
    named.target = block
    condition = expressions.Outcome(conditioned=[named], state=state, history=None)
    return holds(assessment, condition, window, group) is True


def each_said(case: Case) -> str:
    assert case.judgement is not None
    where = f" for {case.scope.group.name}" if case.scope.group.name else ""
    return f"`{case.block.name}` is {case.judgement.verdict}{where}"


def passes_gates(
    assessment: Assessment, payment: nodes.Bonus, window: Window, group: Group, reason: str
) -> tuple[bool, str]:
    """Whether everything else that a bonus asks for was met in the window, in every window of it."""
    for reference in payment.gate:
        gate: Any = reference.found
        if in_force(assessment, gate) and not is_met(assessment, gate, window, group):
            return False, f"{reason}, and its gate `{gate.name}` is not met"
    return True, reason


def is_met(assessment: Assessment, gate: Any, window: Window, group: Group) -> bool:
    if not isinstance(gate, nodes.Promise):
        return is_so(assessment, gate, "met", window, group)
    scopes = scopes_of(assessment, gate, window, group)
    return bool(scopes) and all(assessment.judged(gate, scope).verdict == "met" for scope in scopes)


def relevant(payment: nodes.Payment, found: list[Case]) -> list[Case]:
    """The cases for which an amount is worked out: those that broke, or all where a condition or a bonus decides."""
    if payment.when is not None or isinstance(payment, nodes.Bonus):
        return found
    return [case for case in found if case.judgement is None or case.leads_to(payment)]


# ------------------------------------------------------------------------------------------------------------ how much


def worked_out(
    assessment: Assessment, payment: nodes.Payment, window: Window, group: Group, found: list[Case], reason: str
) -> Paid:
    """The amount, step by step: the base, what the table or the formula gives, and whether it counts twice."""
    base = base_of(assessment, payment, window, group)
    unit = unit_of(assessment, payment)
    worth = chosen(
        payment,
        [worth_of(assessment, payment, found, case, base, window, group) for case in each_alone(payment, found)],
    )
    if worth.amount is None:
        return outcome(assessment, payment, window, group, None, f"{reason}; {worth.words}", base)
    steps = [Step(f"{reason}: {worth.words}", worth.amount)]
    amount = worth.amount
    if payment.repeated is not None and amount:
        twice = holds(assessment, payment.repeated, window, group)
        if twice:
            amount *= 2
            steps.append(Step("doubled", amount))
        elif twice is None:
            steps.append(Step("not doubled: whether it was so before is not known", amount))
    status = DUE if amount else NOT_DUE
    return Paid(
        payment.name, window.name, window.start, window.end, group.name, label(unit), amount, base, tuple(steps), status
    )


def each_alone(payment: nodes.Payment, found: list[Case]) -> list[Case | None]:
    """The cases that are worth something by themselves; one for all of them where a table has a column for each."""
    return [None] if not found or len(tiers.columns_of_bounds(payment)) > 1 else list(found)


def chosen(payment: nodes.Payment, worths: list[Worth]) -> Worth:
    """The amount that counts of those of several cases: of what is known the most, or for a bonus the least."""
    unknown = next((worth for worth in worths if worth.amount is None), None)
    if unknown is not None:
        return unknown
    pick = min if isinstance(payment, nodes.Bonus) else max
    return pick(worths, key=lambda worth: worth.amount or NOTHING)


def worth_of(
    assessment: Assessment,
    payment: nodes.Payment,
    found: list[Case],
    case: Case | None,
    base: Fraction | None,
    window: Window,
    group: Group,
) -> Worth:
    scope = scope_of(case, window, group)
    given = surroundings(assessment, case, base)
    if payment.rows:
        together = [each.value for each in found] if case is None else [case.value] if case else []
        row = tiers.fitting(assessment, payment, together, scope, given)
        return Worth(row.amount, row.words)
    if payment.pay is None:
        return Worth(NOTHING, "it has no amount")
    return value_of_payment(assessment, payment, scope, given)


def scope_of(case: Case | None, window: Window, group: Group) -> Scope:
    """Where the figures of an amount are measured: the window of the payment, with the hours of its promise."""
    if case is None or not isinstance(case.block, nodes.Promise):
        return Scope(window, group)
    inside = case.scope if case.scope.window == window else Scope(window, case.scope.group)
    return inside._replace(promise=case.block, group=inside.group if group == EVERYONE else group)


def surroundings(assessment: Assessment, case: Case | None, base: Fraction | None) -> dict[str, Fraction]:
    """What the words of a payment stand for, as far as it is known."""
    given = {} if base is None else {"base": base}
    if case is None or case.value is None:
        return given
    given["measured value"] = case.value
    if isinstance(case.block, nodes.Promise):
        assert case.judgement is not None
        given |= against_level(case.block, case.value, case.judgement.level)
        given |= baseline_of(assessment, case.block, case.scope)
    return given


def against_level(promise: nodes.Promise, value: Fraction, level: Fraction | None) -> dict[str, Fraction]:
    """How far a value is on the wrong side of its level, or on the right side."""
    if level is None:
        return {}
    short = value - level if UPWARDS.get(promise.level.comparison) == "lower" else level - value
    if promise.level.comparison == "exactly":
        short = abs(short)
    return {"level": level, "shortfall": max(short, NOTHING), "excess": max(-short, NOTHING)}


def baseline_of(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> dict[str, Fraction]:
    amount = value_of(assessment, promise.baseline.amount, scope).amount if promise.baseline is not None else None
    return {} if amount is None else {"baseline": amount}


def value_of_payment(
    assessment: Assessment, payment: nodes.Payment, scope: Scope, given: Mapping[str, Fraction]
) -> Worth:
    """What the clause `value` comes to. A bare percentage is one of the base."""
    formula: Any = payment.pay
    if isinstance(formula, expressions.PerUnit):
        amount, words = per_unit(assessment, formula, scope, given, unit_of(assessment, payment))
    else:
        amount, words = value_of(assessment, formula, scope, given).amount, "by its formula"
    if amount is None:
        return Worth(None, "a figure of its amount is not known")
    if units.unit_of(formula, units.given_in(payment)) == units.PERCENT:
        if "base" not in given:
            return Worth(None, "its base is not known")
        amount *= given["base"]
    return Worth(max(amount, NOTHING), words)


def base_of(assessment: Assessment, payment: nodes.Payment, window: Window, group: Group) -> Fraction | None:
    """The amount of which a payment takes a percentage."""
    if payment.base is None:
        return None
    formula: Any = payment.base.amount
    if isinstance(formula, expressions.FeeAmount | expressions.FeesOf | expressions.AllFees):
        return fee(assessment, formula, window, payment.base.base_excludes)
    return value_of(assessment, formula, Scope(window, group)).amount


# --------------------------------------------------------------------------------------------------------- the result


def unit_of(assessment: Assessment, payment: nodes.Payment) -> str:
    """The unit of what a payment pays, as `model.units` calls it; money of no currency is in that of the agreement."""
    if isinstance(payment, nodes.PointsScheme):
        return units.POINTS
    given = units.given_in(payment)
    unit = tiers.unit_of_rows(payment) if payment.rows else units.unit_of(payment.pay, given)
    if unit == units.PERCENT:
        unit = given.units["base"]
    if unit in (units.SERVICE_DAYS, units.POINTS) or unit.startswith(f"{units.MONEY} in "):
        return unit
    currency = assessment.contract.agreement.currency
    return f"{units.MONEY} in {currency}" if currency else units.MONEY


def label(unit: str) -> str:
    """`EUR` of `money in EUR`."""
    return unit.removeprefix(units.MONEY).removeprefix(" in ") if unit.startswith(units.MONEY) else unit


def outcome(
    assessment: Assessment,
    payment: nodes.Payment,
    window: Window,
    group: Group,
    amount: Fraction | None,
    words: str,
    base: Fraction | None = None,
) -> Paid:
    """A payment of a single step; with no amount it is undecided."""
    status = UNDECIDED if amount is None else DUE if amount else NOT_DUE
    unit = unit_of(assessment, payment)
    return Paid(
        payment=payment.name,
        window=window.name,
        start=window.start,
        end=window.end,
        group=group.name,
        unit=label(unit),
        amount=amount or NOTHING,
        base=base,
        steps=(Step(words, amount or NOTHING),),
        status=status,
    )
