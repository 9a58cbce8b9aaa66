"""One level of a feeling for people of several countries.

In one country nine of ten people give the best marks, in another half of them do, for the same service. A single level
rewards the first office and punishes the second, for the way in which people there answer.

Wrong:

```xladsl wrong
site oslo "Oslo" { of contoso country NO timezone Europe/Oslo users 900 }
site lisbon "Lisbon" { of contoso country PT timezone Europe/Lisbon users 700 }
site montevideo "Montevideo" { of contoso country UY timezone America/Montevideo users 800 }
target easy_everywhere "Ease of getting help" {
  kpi ease
  in each oslo, lisbon, montevideo
  level at least 5.2 // warning: cultures-compared
  each calendar year
}
```

Right:

```xladsl
site oslo "Oslo" { of contoso country NO timezone Europe/Oslo users 900 }
target easy_oslo "Ease of getting help in Oslo" {
  kpi ease
  in each oslo
  level at least baseline + 0.3
  baseline 4.9 from 2025-01-01 to 2025-12-31 on 900 answers
  each calendar year
}
```

It speaks from three countries on, and not of promises that start from a baseline.

Source: about 90 % give a 9 or a 10 in Uruguay and about 50 % in Belgium; a country is compared with its own baseline.

Implements: measurability M25
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise
from ..model.samples import basis_of
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL585", Severity.WARNING)

SEVERAL = 3


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        basis = basis_of(contract, promise)
        if basis is None or not isinstance(basis.source, nodes.Survey) or promise.bindingness == "informative":
            continue
        places = [place for named in promise.segments or basis.source.asks for place in sites_of(named.target)]
        countries = {place.country: place for place in places if place.country is not None}
        apart = promise.baseline is not None or any(step.level_where is not None for step in promise.level.steps)
        if len(countries) >= SEVERAL and not apart:
            yield Diagnostic(
                "cultures-compared",
                promise.level.span,
                f"`{promise.name}` has one level for {listed(sorted(countries))}",
                here="people of different countries answer differently",
                labels=(Label(next(iter(countries.values())).place("country"), "one of them"),),
                why="The figure would tell how people answer there more than how they are served.",
                remedy="Write a promise for each country, with its own  baseline , and a level that starts from it.",
            )


def sites_of(place: Any) -> list[nodes.Site]:
    if isinstance(place, nodes.Site):
        return [place]
    if isinstance(place, nodes.Segment):
        return []
    return [named.found for named in getattr(place, "sites", [])]
