"""A baseline on fewer answers than the promise asks of itself, or on a number nobody says.

An improvement is the difference of two figures, and no more certain than the weaker of them. A baseline of sixteen
answers makes any later figure look like progress, or like decline.

Wrong:

```xladsl wrong
target easier "Help gets easier" {
  kpi ease
  level at least 5.2
  baseline 4.7 from 2025-12-01 to 2025-12-31 on 16 answers // warning: baseline-on-few
  each calendar quarter
  answers at least 200
  commitment improvement
}
```

Right:

```xladsl
target easier "Help gets easier" {
  kpi ease
  level at least 5.2
  baseline 4.7 from 2025-07-01 to 2025-12-31 on 610 answers
  each calendar quarter
  answers at least 200
  commitment improvement
}
```

Source: the requirement that a baseline has at least as many answers as a window needs.

Implements: measurability M12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model.promises import every_promise
from ..model.samples import basis_of, floor_of, leans_on_baseline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL568", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        baseline, floor = promise.baseline, floor_of(promise)
        basis = basis_of(contract, promise) if baseline is not None else None
        if baseline is None or basis is None or not basis.asked:
            continue
        number = baseline.sample
        improves = promise.commitment == "improvement" or leans_on_baseline(promise)
        if (number is None and improves) or (number is not None and floor is not None and number < floor):
            labels = (Label(promise.place("answers"), "what a window needs"),) if promise.answers is not None else ()
            said = f"{number:,f} answers" if number is not None else "an unknown number of answers"
            yield Diagnostic(
                "baseline-on-few",
                promise.place("baseline"),
                f"the baseline of `{promise.name}` rests on {said}",
                here=f"a window asks for {floor:,}" if floor else "on how many?",
                labels=labels,
                why="An improvement measured against it could be chance, and so could its absence.",
                remedy=f"Measure the baseline on at least {floor:,} answers, over a longer time."
                if number is not None
                else "Add how many answered:  baseline … on 610 answers .",
            )
