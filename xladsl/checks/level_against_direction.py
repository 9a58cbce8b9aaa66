"""A level that asks for the opposite of what is good.

"At least two hours of lost time" is kept by losing more. The slip is small, the sentence binding, and a court would
have to guess.

Wrong:

```xladsl wrong
target quick_help "Ease of getting help" {
  kpi ease
  level at most 5.2 // error: level-against-direction
  each calendar quarter
}
```

Right:

```xladsl
target quick_help "Ease of getting help" {
  kpi ease
  level at least 5.2
  each calendar quarter
}
```

Source: the requirement that the operator of a target agrees with the direction of its KPI.

Implements: measurability S4
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Edit, Fix, Label, Rule, Severity
from ..model.measures import inherited
from ..model.promises import UPWARDS, every_promise, measured
from ..model.tiers import NEGATED
from ..source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL320", Severity.ERROR)

MIRRORED = {"at least": "at most", "at most": "at least", "above": "below", "below": "above"}


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        kpi, comparison = measured(promise), promise.level.comparison
        better = inherited(promise, "better")
        if better and comparison in NEGATED and UPWARDS[comparison] != better:
            place = promise.place("level")
            words = place.text.find(comparison)
            edit = Edit(
                Span(place.source, place.start + words, place.start + words + len(comparison)), MIRRORED[comparison]
            )
            label = (Label(kpi.place("better"), f"{better} is better"),) if "better" in kpi.places else ()
            yield Diagnostic(
                "level-against-direction",
                place,
                f"`{promise.name}` asks for `{comparison}`, and {better} is better",
                here="this is kept by getting worse",
                labels=label,
                why="Read as it stands, the promise is kept by what it was meant to prevent.",
                remedy=f"Write `{MIRRORED[comparison]}`, or correct what is better.",
                fix=Fix(f"write `{MIRRORED[comparison]}`", (edit,)) if words >= 0 else None,
            )
