"""A promised index in which one part may fail completely.

With weights of 60 % and 40 %, perfect speed makes up for a desk that nobody can bear. A floor for each part says how
bad the worst of them may be.

Wrong:

```xladsl wrong
kpi found_soon "Answers found soon" {
  serves effortless_help
  value share of desk in which resolved - opened <= 1 h
  empty counts as no data
  better when higher
}
composite workplace "Workplace index" { // warning: index-without-floor
  part ease weight 60% scaled from 1 to 7
  part found_soon weight 40% scaled from 0% to 100%
  missing makes it invalid
  better when higher
}
target good_workplace "Workplace index" {
  kpi workplace
  force binding
  level at least 75
  each calendar quarter
  breach leads to ease_plan
}
```

Right:

```xladsl
kpi found_soon "Answers found soon" {
  serves effortless_help
  value share of desk in which resolved - opened <= 1 h
  empty counts as no data
  better when higher
}
composite workplace "Workplace index" {
  part ease weight 60% scaled from 1 to 7 floor 50
  part found_soon weight 40% scaled from 0% to 100% floor 60
  missing makes it invalid
  better when higher
}
target good_workplace "Workplace index" {
  kpi workplace
  force binding
  level at least 75
  each calendar quarter
  breach leads to ease_plan
}
```

An index that is the `lowest` of its parts has its floor by its form, and a part that is promised by itself has one too.

Source: the requirement of a floor for each part of a composite.

Implements: measurability M15
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, measured
from ._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL574", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    binding = [promise for promise in every_promise(contract) if promise.bindingness == "binding"]
    promised = {id(measured(promise)) for promise in binding}
    for promise in binding:
        composite = measured(promise)
        if not isinstance(composite, nodes.Composite) or composite.combined_as == "lowest":
            continue
        open_parts = [
            part for part in composite.parts if part.at_least_part is None and id(part.kpi.target) not in promised
        ]
        if open_parts:
            fails = "fails" if len(open_parts) == 1 else "fail"
            names = listed(f"`{part.kpi.name}`" for part in open_parts)
            yield Diagnostic(
                "index-without-floor",
                composite.place("name"),
                f"`{composite.name}` can be good while {names} {fails} completely",
                here="how bad may a part be?",
                labels=(Label(promise.place("name"), "promised here"),),
                why="What people suffer from would be bought out by what is easy to improve.",
                remedy=f"Add a floor:  part {open_parts[0].kpi.name} weight … floor 50 .",
            )
