"""A vendor's score, without the version of its formula.

The maker of a tool decides what its score means, and may decide otherwise with the next release. A promise that rests
on "the score as reported" changes with it, although nobody changed the agreement.

Wrong:

```xladsl wrong
import std.technology
telemetry devices { // warning: unpinned-score
  columns score as number from "dex"
  every 1 day
  run by northwind
}
kpi dex "Digital experience" {
  serves effortless_help
  value dex_nexthink of devices.score
}
target dex_2026 "Digital experience" {
  kpi dex
  level at least 70
  each calendar month
}
```

Right:

```xladsl
import std.technology
telemetry devices {
  columns score as number from "dex"
  every 1 day
  pinned to "collector 6.30, score configuration of 2026-01"
  run by northwind
}
kpi dex "Digital experience" {
  serves effortless_help
  value dex_nexthink of devices.score
}
target dex_2026 "Digital experience" {
  kpi dex
  level at least 70
  each calendar month
}
```

What follows when the version changes (a new baseline, promises suspended meanwhile) belongs into a clause.

Source: one vendor has changed how it works out availability, and a standard measure of the web was replaced by another
in 2024.

Implements: measurability M31, M32
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.measures import measure_of
from ..model.promises import every_promise
from ..model.samples import sources_of_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL590", Severity.WARNING)

OF_VENDORS = ("dex_nexthink", "dex_servicenow", "lakeside_health", "lakeside_impact")
"""Measures of the catalogue whose formula is a vendor's own."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    spoken: list[object] = []
    for promise in every_promise(contract):
        measure = measure_of(promise)
        if measure is None or measure.name not in OF_VENDORS:
            continue
        for source in sources_of_promise(contract, promise):
            if not isinstance(source, nodes.Telemetry) or source.pinned or any(source is each for each in spoken):
                continue
            spoken.append(source)
            yield Diagnostic(
                "unpinned-score",
                source.place("name"),
                f"`{measure.name}` is a vendor's score, and `{source.name}` does not say of which version",
                here="as of which release?",
                labels=(Label(promise.place("name"), "promised here"),),
                why="The next release could break the promise or keep it, without anything having changed for people.",
                remedy='Add  pinned to "product, version and configuration" .',
            )
