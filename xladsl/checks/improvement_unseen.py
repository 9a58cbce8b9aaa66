"""An improvement too small to be told from chance on the answers there are.

To tell a net score of 79 from one of 51 takes about a hundred answers each time; to tell 90 % from 85 % takes 686. A
promise of less than can be seen is decided by luck, for the provider as for the customer.

Wrong:

```xladsl wrong
target easier "Help gets easier" {
  kpi ease
  level at least 4.8 // warning: improvement-unseen
  baseline 4.7 from 2025-07-01 to 2025-12-31 on 610 answers
  each calendar quarter
  commitment improvement
}
```

Right:

```xladsl
target easier "Help gets easier" {
  kpi ease
  level at least 5.0
  baseline 4.7 from 2025-07-01 to 2025-12-31 on 610 answers
  each calendar quarter
  commitment improvement
}
```

Compared are the baseline and the last level, each on the answers that stand behind it. A true improvement of that size
is to show in at least 80 of 100 windows at 95 % confidence. A promise of an `outcome`, whose level counts by itself, is
left alone.

Source: the power of the comparison of two shares, means or net scores (J. L. Fleiss, 2003; J. Cohen, 1988).

Implements: measurability M13, M29
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import direction, every_promise
from ..model.samples import basis_of, deviation_at, expected, in_words, leans_on_baseline, levels_of
from ..model.tiers import size
from ._sample_words import about, by_window, in_hundredths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ..model import nodes
    from ..model.contract import Contract
    from ..model.samples import Basis

RULE = Rule("XL569", Severity.WARNING)

POWER = 0.8


class End(NamedTuple):
    """One end of the way: the value, the answers it rests on, and how far single answers lie apart there."""

    value: Decimal
    answers: int
    apart: float


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.power import Sample, chance_to_tell, smallest_visible_difference

    for promise in every_promise(contract):
        basis = basis_of(contract, promise) if meant_to_improve(promise) else None
        ends = ends_of(promise, basis) if basis is not None else None
        if basis is None or ends is None:
            continue
        before, after = ends
        samples = Sample(before.apart, before.answers), Sample(after.apart, after.answers)
        chance = chance_to_tell(abs(after.value - before.value), *samples)
        if chance < POWER:
            way = in_words(promise, float(abs(after.value - before.value)), basis)
            visible = in_words(promise, smallest_visible_difference(*samples, power=POWER), basis)
            needed = answers_needed(basis, before, after)
            larger = f"promise at least {visible}; or write  commitment outcome  if the level itself counts"
            yield Diagnostic(
                "improvement-unseen",
                promise.level.span,
                f"`{promise.name}` improves by {way}, which {about(after.answers, promise, basis)} show"
                f" {in_hundredths(chance)} of the time",
                here=f"takes {needed:,} answers before and after",
                labels=(Label(promise.place("baseline"), "the start of the way"),),
                why="A provider that improves exactly as promised would mostly be told that nothing has changed.",
                remedy=by_window(needed, promise, basis, larger),
            )


def ends_of(promise: nodes.Promise, basis: Basis) -> tuple[End, End] | None:
    """Where a promise to improve starts and ends, where all that is needed to judge it is said."""
    baseline, levels, number = promise.baseline, levels_of(promise), expected(promise, basis)
    start = size(baseline.amount) if baseline is not None else None
    sample = int(baseline.sample or 0) if baseline is not None else 0
    if start is None or not sample or not levels or not number or not basis.asked:
        return None
    before, after = deviation_at(promise, basis, start), deviation_at(promise, basis, levels[-1])
    better = levels[-1] > start if direction(promise) == "higher" else levels[-1] < start
    if not better or not before or not after:
        return None
    return End(start, sample, before), End(levels[-1], number, after)


def answers_needed(basis: Basis, before: End, after: End) -> int:
    from ..model.statistics import power

    if basis.kind == "share":
        return power.answers_to_tell_shares(before.value / 100, after.value / 100, power=POWER)
    if basis.kind == "net score":
        return power.answers_to_tell_net_scores(before.apart, after.apart, after.value - before.value, power=POWER)
    return power.answers_to_tell_means(before.apart, after.value - before.value, power=POWER)


def meant_to_improve(promise: nodes.Promise) -> bool:
    return promise.commitment in (None, "improvement") or leans_on_baseline(promise)
