"""A margin that is promised and cannot be kept on the answers expected.

`margin at most 5 points` says how exactly the parties want to know. How exactly they will know follows from the number
of answers, and one can be worked out from the other before anybody signs.

Wrong:

```xladsl wrong
target easy_month "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar month
  margin at most 0.1 // error: margin-too-wide
}
```

Right:

```xladsl
target easy_month "Ease of getting help" {
  kpi ease
  force binding
  level at least 5.2
  each calendar month
  margin at most 0.2
}
```

The margin holds for 95 windows of 100. A share is taken to be at its level. A net score is taken to vary as it does
with 70 % promoters and 30 % detractors, or as much as its level allows if that is less: ± 5 points need 1,291 answers.
A mean varies as the `spread` of its KPI says. Of a population that is asked in large part, less is left to chance.

Source: the score interval of Wilson for shares, the adjusted Wald interval for planning net scores, n ≥ (z·s/E)² for
means, with the correction for finite populations.

Implements: measurability M4, M4b, M5, M6, M29, M30
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise
from ..model.samples import allowed_margin, basis_of, deviation, expected, in_words, population_of
from ._sample_words import about, by_window, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL556", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.planning import answers_for_margin, planned_margin

    for promise in every_promise(contract):
        basis, wanted = basis_of(contract, promise), allowed_margin(promise)
        if basis is None or not basis.asked or wanted is None or wanted <= 0:
            continue
        apart, number = deviation(promise, basis), expected(promise, basis)
        if apart is None or not number:
            continue
        people = population_of(basis)
        people = people if people is not None and people >= number else None
        margin = planned_margin(apart, number, population=people)
        if margin > wanted:
            needed = answers_for_margin(apart, wanted, population=people)
            found = f"± {in_words(promise, margin, basis)}"
            yield Diagnostic(
                "margin-too-wide",
                promise.place("decision_margin"),
                f"{about(number, promise, basis)} leave `{promise.name}` a margin of {found}",
                here=f"needs {needed:,} answers in a {window_of(promise)}",
                labels=(Label(basis.source.place("expects"), "what is expected is said here"),),
                why="The parties would read a difference into figures that are alike within what chance does.",
                remedy=by_window(needed, promise, basis, f"ask more people, or accept a margin of {found}"),
            )
