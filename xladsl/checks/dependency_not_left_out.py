"""A supplier whose failure is said to be left out, and a promise that leaves out nothing.

The block of the supplier says that its failures do not count. The promise is worked out by its own words, and counts
every minute. The provider reads the one, the customer the other.

Wrong:

```xladsl wrong
sla portal_open "Portal availability" { // warning: dependency-not-left-out
  for portal
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  owner service_manager
}
dependency leased_lines "Leased lines" {
  supplied by "Nordlink ApS"
  for portal
  failure is left out
}
```

Right:

```xladsl
outages incident_log "Log of outages" {
  columns began as time from "from", ended as time from "to", cause as text from "cause"
  lasting from began to ended
}
exclusion lines_failed "The supplier's lines have failed" {
  recorded in incident_log where cause is "leased lines"
  at most 8 h each calendar month
}
sla portal_open "Portal availability" {
  for portal
  value 100% - length of portal_down / length of the window
  level at least 99.9%
  each calendar month
  leaving out lines_failed
  owner service_manager
}
dependency leased_lines "Leased lines" {
  supplied by "Nordlink ApS"
  for portal
  failure is left out
}
```

Source: the requirement that a promise is within the control of the party that makes it, and that what is outside is
left out by name.

Implements: measurability A9
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.feasibility import dependencies_of, down_time, left_out
from ..model.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL440", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for promise in every_promise(contract):
        if not counts_every_minute(promise):
            continue
        for dependency in dependencies_of(contract, promise):
            if dependency.when_it_fails == "is left out":
                yield Diagnostic(
                    "dependency-not-left-out",
                    promise.place("name"),
                    f"`{promise.name}` counts the failures of `{dependency.name}`, which are to be left out",
                    here="leaves out nothing",
                    labels=(Label(dependency.place("when_it_fails"), "left out, it says here"),),
                    why="The provider would call the supplier's outage no downtime, and the figures would say it was.",
                    remedy="Write an exclusion that says where these failures are recorded and how much of them there"
                    " may be, and add  leaving out NAME  to the promise.",
                )


def counts_every_minute(promise: nodes.Promise) -> bool:
    """Whether a promise of availability chooses none of its downtime and leaves out nothing."""
    length = down_time(promise)
    if length is None or length.where is not None or left_out(promise):
        return False
    stretches = length.of.target
    return not (isinstance(stretches, nodes.Intervals) and stretches.made_from.where is not None)
