"""Money on a figure that chance decides.

A provider who is truly as good as promised is measured above the level in half of the windows and below it in the
other half. How much better one has to be to be left alone follows from the number of answers: on sixteen it is a
quarter of the scale.

Wrong:

```xladsl wrong
survey after_incident {
  asks office_staff
  sent on desk.resolved within 24 h
  at most 1 invitation per person in 30 days
  expects 400 invitations, 4% answered, each calendar month
  to everyone
  question ease 1 "very difficult" to 7 "very easy" asking "How easy was it to get your problem solved?"
  run by contoso
}
kpi content "People who found it easy" {
  serves effortless_help
  value share of after_incident.ease in which ease >= 5
  empty counts as no data
  better when higher
}
target content_people "People who found it easy" {
  kpi content
  force binding
  level at least 80%
  each calendar month
  answers at least 10
  breached when measured // warning: coin-flip
}
credit content_credit {
  for content_people
  value EUR 500.00
  paid by credit note within 30 days of the report
}
```

Right:

```xladsl
kpi content "People who found it easy" {
  serves effortless_help
  value share of after_incident.ease in which ease >= 5
  empty counts as no data
  better when higher
}
target content_people "People who found it easy" {
  kpi content
  force binding
  level at least 80%
  each calendar quarter
  answers at least 200
  breached when proven at 95%
  unclear counts as met
}
credit content_credit {
  for content_people
  value EUR 500.00
  paid by credit note within 30 days of the report
}
```

How good the provider truly is, is taken from its internal target, or from a baseline that keeps the level: then it
speaks where more than one false breach is to be expected in two years, over all windows and segments. Where neither is
known it speaks where the margin says little, as `answers-say-little` does.

Source: at k standard errors above the level a window is breached by chance with the probability Φ(−k): 50 % at 0, 16 %
at 1, 2.3 % at 2; proof at 95 % adds 1.96 to k, as its interval is two-sided
(JCGM 106, 2012).

Implements: measurability M27
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import direction, every_promise, payments_on
from ..model.samples import (
    basis_of,
    deviation,
    expected,
    in_words,
    levels_of,
    population_of,
    usual_margin,
    windows_of_year,
)
from ..model.tiers import size
from ._sample_words import about, in_hundredths, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.samples import Basis

RULE = Rule("XL588", Severity.WARNING)

EXPECTED_A_YEAR = 0.5
SURE = 0.95


class Chance(NamedTuple):
    """The error of a window, in the unit of the promise, and how many of them the decision asks for as proof."""

    basis: Basis
    answers: int
    error: float
    proof: float


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.distributions import two_sided_normal
    from ..model.statistics.risk import false_breach_chance, guard_band, repeated

    for promise in every_promise(contract):
        payments = [each for each in payments_on(contract, promise) if not isinstance(each, nodes.Bonus)]
        chance = chance_of(contract, promise) if payments else None
        years = windows_of_year(promise.each)
        if chance is None or years is None or not chance.error:
            continue
        better = known_to_be_better(contract, promise)
        usual = usual_margin(promise, chance.basis)
        if better is None:
            if chance.proof or usual is None or two_sided_normal(SURE) * chance.error <= usual:
                continue
            title = f"`{promise.name}` is a coin flip for a provider who is as good as promised"
            here = "breached in half of the windows"
        else:
            breach = false_breach_chance(better / chance.error + chance.proof)
            year = repeated(breach, round(years) * max(1, len(promise.segments)))
            if year.expected <= EXPECTED_A_YEAR:
                continue
            title = f"chance alone would breach `{promise.name}` about {year.expected:.1f} times a year"
            here = f"{in_hundredths(breach)} of the windows, {in_hundredths(year.at_least_once)} of the years"
        band = in_words(promise, guard_band(chance.error, confidence=SURE), chance.basis)
        yield Diagnostic(
            "coin-flip",
            promise.place("breached_when"),
            title,
            here=here,
            labels=(Label(payments[0].place("name"), "paid for each time"),),
            why=f"On {about(chance.answers, promise, chance.basis)} in a {window_of(promise)} one has to be {band}"
            " better than the level to be left alone.",
            remedy="Write  breached when proven at 95%  with  unclear leads to PLAN , or use a longer window.",
        )


def chance_of(contract: Contract, promise: nodes.Promise) -> Chance | None:
    """What chance does to a promise in a window, where all that is needed to tell is said."""
    from ..model.statistics.distributions import two_sided_normal
    from ..model.statistics.planning import standard_error

    basis, decision = basis_of(contract, promise), promise.breached_when
    number = expected(promise, basis) if basis is not None and basis.asked else None
    apart = deviation(promise, basis) if basis is not None else None
    if basis is None or not number or apart is None or isinstance(decision, nodes.UnprovenDecision):
        return None
    people = population_of(basis)
    error = standard_error(apart, number, population=people if people is not None and people >= number else None)
    proof = 0.0
    if isinstance(decision, nodes.ProvenDecision) and 0 < decision.confidence.amount < 100:
        proof = two_sided_normal(float(decision.confidence.amount) / 100)
    elif isinstance(decision, nodes.GuardedDecision) and error:
        proof = float(size(decision.margin) or 0) / error
    return Chance(basis, number, error, proof)


def known_to_be_better(contract: Contract, promise: nodes.Promise) -> float | None:
    """By how much the provider is known, or means, to be better than its last level; None where nothing is known."""
    levels = levels_of(promise)
    inside = [each for each in contract.every(nodes.InternalTarget) if each.stricter_than.target is promise]
    aims = [size(step.amount) for each in inside for step in each.level.steps]
    aims += [size(promise.baseline.amount)] if promise.baseline is not None else []
    up = 1 if direction(promise) == "higher" else -1
    ways = [float(aim - levels[-1]) * up for aim in aims if aim is not None and levels]
    better = [way for way in ways if way >= 0]
    return max(better) if better else None
