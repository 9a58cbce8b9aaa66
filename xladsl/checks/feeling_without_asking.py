"""An experience that is measured without asking anyone.

A machine knows that a page took two seconds, not whether it was easy to use. A figure of probes or tickets that is
called experience lets the parties believe that they know what people feel.

Wrong:

```xladsl wrong
kpi smooth "Smooth mornings" { // warning: feeling-without-asking
  serves effortless_help
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as met
  perspective experience
  better when higher
}
```

Right:

```xladsl
kpi smooth "Smooth mornings" {
  serves effortless_help
  value share of desk in which resolved - opened <= 4 business hours
  empty counts as met
  perspective operation
  better when higher
}
```

Tickets and events may hold what people have answered; there it speaks only of times between two moments.

Source: the requirement that the source of a KPI fits what the KPI says: no net promoter score from a probe.

Implements: measurability M1
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.measures import inherited
from ..model.samples import is_about_speed, sources_behind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL552", Severity.WARNING)

MACHINES = (nodes.Probes, nodes.Telemetry, nodes.Outages, nodes.Billing)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for kpi in contract.every(nodes.Kpi):
        if inherited(kpi, "perspective") != "experience":
            continue
        sources = list(sources_behind(contract, kpi.value))
        knowing = [source for source in sources if not isinstance(source, MACHINES) and not is_about_speed(kpi.value)]
        if sources and not knowing:
            yield Diagnostic(
                "feeling-without-asking",
                kpi.place("name"),
                f"`{kpi.name}` is said to be experience, and nobody is asked",
                here=f"measured from `{sources[0].name}`",
                labels=(Label(sources[0].place("name"), "this knows what happened, not what people felt"),),
                why="A good figure would be taken for content people, who may be anything but content.",
                remedy="Measure it from a survey, or write the perspective that it has:  perspective operation .",
            )
