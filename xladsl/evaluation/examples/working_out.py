"""Examples worked out: what an agreement comes to on the facts that an example supposes, held against what it says.

An example is true only if all of it comes out exactly. A value that has no end of decimals may be written with some of
them, as long as it comes to the same verdict.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ...model import expressions, nodes, quantities
from ...model.promises import every_promise, paid_for
from ...model.promises import measured as measured_by
from ...model.quantities import Reference
from ...model.units import measured_unit, unit_of
from ..assessment import Assessment
from ..figures import written
from ..instants.windows import Window, period_of
from ..judging.occasions import occasions
from ..judging.verdicts import keeps, worst
from ..money.subjects import scopes_in
from ..scope import EVERYONE, Scope
from .facts import FEES, VERDICTS, Facts, worth
from .rows import CannotTell

if TYPE_CHECKING:
    from ...model.contract import Contract
    from ..results import Measured, Paid

ENOUGH_DECIMALS = 2
FEW = 3
WRONG_ELSEWHERE = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What an agreement with another error may lead to; that error is told by its own rule."""

UNSOUND = "the agreement cannot be worked out as it stands, and has another fault"


class Outcome(NamedTuple):
    """What came of a fact that must follow: `found` and `wanted` in words, and the steps that led there.

    `found` is empty where nothing could be worked out; `trace` then says why. `amount` is what was found where that is
    a number, in its canonical unit.
    """

    fact: nodes.Fact
    found: str
    wanted: str
    ok: bool
    trace: tuple[str, ...] = ()
    window: str = ""
    amount: Fraction | None = None


def worked_out(contract: Contract, example: nodes.Example) -> list[Outcome]:
    """Each fact that must follow, with what follows in truth.

    It takes an agreement without other faults: what has units that do not mix, or a table with a hole, comes to
    nothing that could be told, and is told so.
    """
    try:
        given = Facts(example, contract)
    except CannotTell as reason:
        return [nothing(fact, str(reason)) for fact in example.then]
    except WRONG_ELSEWHERE:
        return [nothing(fact, UNSOUND) for fact in example.then]
    assessment = Assessment(contract, given.engine, given)
    return [or_nothing(assessment, given, fact) for fact in example.then]


def or_nothing(assessment: Assessment, given: Facts, fact: nodes.Fact) -> Outcome:
    try:
        return outcome(assessment, given, fact)
    except CannotTell as reason:
        return nothing(fact, str(reason))
    except WRONG_ELSEWHERE:
        return nothing(fact, UNSOUND)


def nothing(fact: nodes.Fact, reason: str) -> Outcome:
    return Outcome(fact, "", said(fact), ok=False, trace=(reason,))


def outcome(assessment: Assessment, given: Facts, fact: nodes.Fact) -> Outcome:
    subject = fact.subject
    target: Any = getattr(subject, "target", None)
    if isinstance(subject, FEES):
        return of_fee(assessment, given, fact)
    if isinstance(subject, nodes.DowntimeFact | nodes.CountFact | expressions.WindowLength):
        return of_measure(assessment, given, fact)
    if isinstance(target, nodes.Promise) and fact.value in VERDICTS:
        return of_verdict(assessment, given, fact, target)
    if isinstance(target, nodes.Promise | nodes.Measuring | nodes.Composite):
        return of_value(assessment, given, fact, target)
    if isinstance(target, nodes.Payment | nodes.Combination | nodes.EarnBack):
        return of_payment(assessment, given, fact, target)
    if isinstance(target, nodes.ImprovementPlan | nodes.Right | nodes.Reward) and fact.value in ("yes", "no"):
        return of_consequence(assessment, given, fact, target)
    return nothing(fact, f"`{fact.span.text}` is nothing that could be worked out")


def said(fact: nodes.Fact) -> str:
    value = fact.value
    return value if isinstance(value, str) else value.span.text


# ------------------------------------------------------------------------------------------------------------ windows


def scopes(assessment: Assessment, given: Facts, fact: nodes.Fact, promise: nodes.Promise) -> list[Scope]:
    """Where a promise is judged in the window of a fact: in each group, or in each event that the window has."""
    windows = assessment.windows_of(promise)
    if windows.sliding:
        period = period_of(fact.fact_window, windows.zone) if fact.fact_window is not None else None
        start, end = (period.start, period.end) if period else (windows.term.start, windows.term.end)
        return occasions(assessment, promise, start, end)
    window = windows.named(fact.fact_window) if fact.fact_window is not None else windows.containing(given.anchor)
    if window is None:
        return []
    return [Scope(window, group, promise) for group in assessment.groups(promise, window)]


def period(assessment: Assessment, given: Facts, fact: nodes.Fact, about: list[Any]) -> tuple[int, int, str]:
    """The time that a payment is told for: the longest window of what it follows from, or the period of the fact."""
    found = []
    for each, zone in about:
        windows = assessment.windows(each, zone or assessment.zone)
        if not windows.sliding:
            window = windows.named(fact.fact_window) if fact.fact_window else windows.containing(given.anchor)
            found += [window] if window is not None else []
    named = period_of(fact.fact_window, assessment.zone) if fact.fact_window is not None else None
    longest = max(found, key=lambda window: window.end - window.start, default=None)
    if longest is not None and (named is None or named.end <= longest.end):
        return longest.start, longest.end, longest.name
    if named is not None:
        return named.start, named.end, str(fact.fact_window)
    term = assessment.windows("term", assessment.zone).term
    return term.start, term.end, "the term"


def windows_behind(block: Any) -> list[tuple[Any, str | None]]:
    """The windows of the promises from which something follows."""
    if isinstance(block, nodes.Promise | nodes.Limit):
        return [(block.each, getattr(block, "timezone", None))]
    if isinstance(block, nodes.Payment):
        found = [each for named in block.for_whom for each in windows_behind(named.target)]
        return found or conditioned(block.when)
    if isinstance(block, nodes.Combination):
        return [each for named in block.combines for each in windows_behind(named.target)]
    if isinstance(block, nodes.EarnBack):
        return conditioned(block.when) or [each for named in block.returns for each in windows_behind(named.target)]
    return conditioned(getattr(block, "when", None))


def conditioned(condition: Any) -> list[tuple[Any, str | None]]:
    from ...model.node import walk

    parts = walk(condition) if condition is not None else ()
    named = [one for part in parts for one in getattr(part, "conditioned", [])]
    return [each for one in named for each in windows_behind(one.target)]


# ------------------------------------------------------------------------------------------------------ what comes out


def of_verdict(assessment: Assessment, given: Facts, fact: nodes.Fact, promise: nodes.Promise) -> Outcome:
    found = scopes(assessment, given, fact, promise)
    if fact.value != "no data" and found and all(given.unspoken(promise.name, scope.window) for scope in found):
        return nothing(fact, f"nothing is said of `{promise.name}` in {found[0].window.name}")
    judged = [assessment.judged(promise, scope) for scope in found]
    verdict = worst([each.verdict for each in judged])
    worst_one = next((each for each in judged if each.verdict == verdict), None)
    trace = worst_one.trace if worst_one is not None else ("no event is told of, so that none breaches it",)
    return Outcome(fact, verdict, said(fact), verdict == fact.value, trace, worst_one.window if worst_one else "")


def of_value(assessment: Assessment, given: Facts, fact: nodes.Fact, block: Any) -> Outcome:
    """The value of a promise, or of a KPI in the windows of the promise about it."""
    promises = [one for one in assessment.contract.every(nodes.Promise) if one is block or measured_by(one) is block]
    wanted = worth(fact.value)
    found: list[tuple[Measured, Scope, nodes.Promise | None]] = [
        (assessment.measured(block, scope), scope, promise)
        for promise in promises
        for scope in scopes(assessment, given, fact, promise)
    ]
    if not isinstance(block, nodes.Promise):
        # A KPI that one promise takes by groups may be all of them together for another, or for a composite.
        together = dict.fromkeys(Scope(scope.window, EVERYONE) for _, scope, _ in found if scope.group != EVERYONE)
        found += [(assessment.measured(block, scope), scope, None) for scope in together]
    if not found:
        start, end, name = period(assessment, given, fact, [("calendar month", None)])
        scope = Scope(Window(start, end, name, (start, end)), EVERYONE)
        found = [(assessment.measured(block, scope), scope, None)]
    fits = [each for each in found if each[0].amount is not None and agree(fact.value, wanted, each[0].amount, each[2])]
    measured, scope, _ = (fits or found)[0]
    words = written(measured.amount, unit_for(block)) if measured.amount is not None else "not measured"
    return Outcome(fact, words, said(fact), bool(fits), measured.trace, scope.window.name, measured.amount)


def of_measure(assessment: Assessment, given: Facts, fact: nodes.Fact) -> Outcome:
    """A length of time or a number of rows."""
    from ..values.formulas import value_of

    subject: Any = fact.subject
    formula = subject
    about_window = isinstance(subject, expressions.WindowLength)
    if not about_window:
        kind = expressions.Length if isinstance(subject, nodes.DowntimeFact) else expressions.Count
        formula = kind(
            of=subject.of,
            where=None,
            longer_than=None,
            at_least_long=None,
            joined_within=None,
            leaving_out_these=[],
            weighted_by=None,
        )
        formula.source, formula.offsets = subject.source, subject.offsets
    promises = promises_meant(assessment.contract, given.example) if about_window else []
    zones = {promise.timezone for promise in promises}
    start, end, name = period(assessment, given, fact, [("calendar month", zones.pop() if len(zones) == 1 else None)])
    window = Window(start, end, name, (start, end))
    scopes = [Scope(window, EVERYONE, promise) for promise in promises] or [Scope(window)]
    each = [value_of(assessment, formula, scope) for scope in scopes]
    measured = each[0]
    if any(other.amount != measured.amount for other in each):
        several = " and ".join(f"`{promise.name}`" for promise in promises[:FEW])
        return Outcome(fact, "", said(fact), False, (f"the open window of {several} is not the same length",), name)
    unit = "plain number" if isinstance(subject, nodes.CountFact) else "clock time"
    words = written(measured.amount, unit) if measured.amount is not None else "not measured"
    right = measured.amount == worth(fact.value)
    return Outcome(fact, words, said(fact), right, measured.trace, name, measured.amount)


def promises_meant(contract: Contract, example: nodes.Example) -> list[nodes.Promise]:
    """The promises that give a window its zone and its open hours: those of which the example speaks, or all."""
    subjects = [fact.subject.target for fact in example.then if isinstance(fact.subject, Reference)]
    paid = [promise for one in subjects if isinstance(one, nodes.Payment) for promise in paid_for(contract, one)]
    named = [one for one in [*subjects, *paid] if isinstance(one, nodes.Promise)] or every_promise(contract)
    return list({id(each): each for each in named}.values())


def of_fee(assessment: Assessment, given: Facts, fact: nodes.Fact) -> Outcome:
    from ..money.fees import fee

    subject: Any = fact.subject
    node = subject
    if isinstance(subject, nodes.FeeFact):
        node = expressions.FeeAmount(fee=subject.fee, fee_period=None)
        node.source, node.offsets = subject.source, subject.offsets
        each = subject.fee.found.each or "calendar month"
    else:
        each = "calendar quarter" if subject.fee_period == "of the quarter measured" else "calendar month"
    start, end, name = period(assessment, given, fact, [(each, None)])
    amount = fee(assessment, node, Window(start, end, name, (start, end)))
    currency = f"money in {assessment.contract.agreement.currency or ''}"
    words = written(amount, currency) if amount is not None else "not known"
    return Outcome(fact, words, said(fact), amount == worth(fact.value), (), name, amount)


def of_payment(assessment: Assessment, given: Facts, fact: nodes.Fact, block: Any) -> Outcome:
    """What a payment comes to after every step, in its window or in the month of the fact."""
    from ..money.settling import settled_by

    start, end, name = period(assessment, given, fact, windows_behind(block))
    told = given.payment(block.name, Window(start, end, name, (start, end)))
    payments = [each for each in settled_by(assessment, block, start, end) if each.payment == block.name]
    unit = payments[0].unit if payments else unit_paid(assessment, fact)
    amount = told if told is not None else sum((each.amount for each in payments), Fraction(0))
    right = amount == worth(fact.value) and not others(fact, unit)
    undecided = [each for each in payments if each.status == "undecided"]
    words = written(amount, money_unit(unit)) if not undecided else ""
    trace = (*grounds(assessment, block, start, end), *steps(payments))
    return Outcome(fact, words, said(fact), right and not undecided, trace, name, amount)


def of_consequence(assessment: Assessment, given: Facts, fact: nodes.Fact, block: Any) -> Outcome:
    """Whether a plan, a right or a reward comes about."""
    from ..judging.conditions import holds
    from ..money.budgets import affordable, windows_asked

    start, end, name = period(assessment, given, fact, windows_behind(block))
    window = Window(start, end, name, (start, end))
    found = holds(assessment, block.when, window) if block.when is not None else None
    if found and isinstance(block, nodes.Reward):
        found = affordable(assessment, block, windows_asked(assessment, block.when), window)
    words = {True: "yes", False: "no", None: ""}[found]
    return Outcome(fact, words, said(fact), words == fact.value, (), name)


def grounds(assessment: Assessment, block: Any, start: int, end: int) -> list[str]:
    """The verdicts from which a payment follows, with the reason of each; of many windows the first ones."""
    found = []
    for promise in promises_of(block):
        for scope in scopes_in(assessment, promise, start, end)[:FEW]:
            judged = assessment.judged(promise, scope)
            found.append(f"`{promise.name}` is {judged.verdict} in {judged.window}: {judged.reason}")
    return found


def promises_of(block: Any) -> list[nodes.Promise]:
    named = block.for_whom if isinstance(block, nodes.Payment) else []
    return [reference.target for reference in named if isinstance(reference.target, nodes.Promise)]


def steps(payments: list[Paid]) -> tuple[str, ...]:
    """The steps of payments in words, each with the amount after it; what is undecided has none."""
    found: list[str] = []
    for each in payments:
        amounts = [f": {written(step.amount, money_unit(each.unit))}" for step in each.steps]
        known = amounts if each.status != "undecided" else [""] * len(amounts)
        found += [*each.trace, *(f"{step.what}{amount}" for step, amount in zip(each.steps, known, strict=True))]
    return tuple(dict.fromkeys(found))


# ------------------------------------------------------------------------------------------------------------- amounts


def agree(value: Any, wanted: Fraction | None, found: Fraction, promise: nodes.Promise | None) -> bool:
    """Whether what is written is what was found, or its first decimals where it has no end of them.

    At least two of them, and only where they come to the same verdict: `99.50%` is not written for 99.4977 %.
    """
    if wanted is None or wanted == found:
        return wanted == found
    if not isinstance(value, quantities.Quantity | quantities.Duration) or not value.amount or ends(found):
        return False
    places = -int(value.amount.as_tuple().exponent)
    last_place = abs(wanted / Fraction(value.amount)) / 10**places
    levels = [worth(step.amount) for step in promise.level.steps] if promise is not None else []
    same = all(
        keeps(promise.level.comparison, wanted, level) == keeps(promise.level.comparison, found, level)
        for level in levels
        if level is not None and promise is not None
    )
    return places >= ENOUGH_DECIMALS and abs(wanted - found) < last_place and same


def ends(amount: Fraction) -> bool:
    """Whether an amount can be written with an end of decimals."""
    rest = amount.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def unit_for(block: Any) -> str:
    if isinstance(block, nodes.Composite):
        return "plain number"
    return measured_unit(block)


def unit_paid(assessment: Assessment, fact: nodes.Fact) -> str:
    """The unit that a fact gives to a payment of which nothing is due."""
    return unit_of(fact.value).removeprefix("money in ") or assessment.contract.agreement.currency or ""


def money_unit(unit: str) -> str:
    return unit if unit in ("points", "service days") else f"money in {unit}"


def others(fact: nodes.Fact, unit: str) -> bool:
    """Whether a fact is told in another unit than what is paid."""
    return unit_of(fact.value).removeprefix("money in ") != unit
