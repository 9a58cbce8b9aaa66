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
from ..model.samples import basis_of, deviation, expected, in_words, leans_on_baseline, levels_of
from ..model.tiers import size
from ._sample_words import about, in_hundredths, window_that_brings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import nodes
    from ..model.contract import Contract
    from ..model.samples import Basis

RULE = Rule("XL569", Severity.WARNING)

POWER = 0.8


class Improvement(NamedTuple):
    """A way from a baseline to a level, and what is known of both ends: the answers, and how far these lie apart."""

    basis: Basis
    way: float
    before: int
    after: int
    apart: float


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.power import Sample, answers_to_tell_means, chance_to_tell, smallest_visible_difference

    for promise in every_promise(contract):
        found = improvement(contract, promise)
        if found is None:
            continue
        samples = Sample(found.apart, found.before), Sample(found.apart, found.after)
        chance = chance_to_tell(found.way, *samples)
        if chance < POWER:
            visible = in_words(promise, smallest_visible_difference(*samples, power=POWER), found.basis)
            needed = answers_to_tell_means(found.apart, found.way, power=POWER)
            window = window_that_brings(needed, promise, found.basis)
            longer = f"; for the step promised {window}" if window else ""
            yield Diagnostic(
                "improvement-unseen",
                promise.level.span,
                f"`{promise.name}` improves by {in_words(promise, found.way, found.basis)}, which"
                f" {about(found.after, promise, found.basis)} show {in_hundredths(chance)} of the time",
                here=f"takes {needed:,} answers before and after",
                labels=(Label(promise.place("baseline"), "the start of the way"),),
                why="A provider that improves exactly as promised would mostly be told that nothing has changed.",
                remedy=f"Promise at least {visible}{longer}; or write  commitment outcome  if the level itself counts.",
            )


def improvement(contract: Contract, promise: nodes.Promise) -> Improvement | None:
    """What a promise wants to improve, where all that is needed to judge it is said."""
    basis, baseline = basis_of(contract, promise), promise.baseline
    start = size(baseline.amount) if baseline is not None else None
    if basis is None or not basis.asked or baseline is None or start is None or not baseline.sample:
        return None
    levels, number, apart = levels_of(promise), expected(promise, basis), deviation(promise, basis)
    if not levels or not number or not apart or not meant_to_improve(promise):
        return None
    way = float(levels[-1] - start) * (1 if direction(promise) == "higher" else -1)
    return Improvement(basis, way, int(baseline.sample), number, apart) if way > 0 else None


def meant_to_improve(promise: nodes.Promise) -> bool:
    return promise.commitment in (None, "improvement") or leans_on_baseline(promise)
