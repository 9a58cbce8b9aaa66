"""Speed that is paid for, and nothing that looks at what was sped up.

Who pays for closing tickets in time gets closed tickets. Whether the problem is solved shows in what comes back, or in
what people say.

Wrong:

```xladsl wrong
tickets changes {
  columns opened as time from "created", resolved as time from "closed"
  expects 900 rows each calendar month
  run by northwind
}
sla quick_changes "Changes in time" { // warning: speed-without-counterweight
  for portal
  value share of changes in which resolved - opened <= 4 business hours
  empty counts as met
  better when higher
  level at least 90%
  each calendar month
  during office_hours
}
credit quick_credit {
  for quick_changes
  value EUR 500.00
}
```

Right:

```xladsl
tickets changes {
  columns opened as time from "created", resolved as time from "closed", reopened as yes or no from "again"
  expects 900 rows each calendar month
  run by northwind
}
sla quick_changes "Changes in time" {
  for portal
  value share of changes in which resolved - opened <= 4 business hours
  empty counts as met
  better when higher
  level at least 90%
  each calendar month
  during office_hours
}
kpi reopened_changes "Changes that came back" {
  serves effortless_help
  value share of changes in which reopened is yes
  empty counts as no data
  better when lower
}
credit quick_credit {
  for quick_changes
  value EUR 500.00
}
```

A KPI on whether rows of the same source came back, or on a survey that is sent from that source, is a counterweight.
It speaks of agreements with goals.

Source: pairs of measures that keep each other honest: speed and reopening, first contact and reopening.

Implements: measurability R5
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.node import walk
from ..model.promises import every_promise, formula, payments_on
from ..model.quantities import Reference
from ..model.samples import basis_of, is_about_speed, owner_of, sources_behind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL594", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    goals = contract.every(nodes.Goal)
    for promise in every_promise(contract) if goals else ():
        basis, value = basis_of(contract, promise), formula(promise)
        payments = payments_on(contract, promise)
        if basis is None or not payments or not isinstance(basis.source, nodes.Tickets) or not is_about_speed(value):
            continue
        if not has_counterweight(contract, basis.source, value):
            yield Diagnostic(
                "speed-without-counterweight",
                promise.place("name"),
                f"`{promise.name}` pays for speed, and nothing looks at what became of the cases",
                here="closed in time, or solved?",
                labels=(Label(payments[0].place("name"), "money hangs on it"),),
                why="Cases that are closed early and come back would be the cheapest way to keep it.",
                remedy=f"Add a KPI on how many rows of `{basis.source.name}` are reopened, or a survey sent from it.",
            )


def has_counterweight(contract: Contract, source: nodes.Source, own: Any) -> bool:
    values: list[Any] = [kpi.value for kpi in contract.every(nodes.Kpi)]
    values += [formula(promise) for promise in every_promise(contract)]
    sent = [
        survey
        for survey in contract.every(nodes.Survey)
        if survey.sent.event is not None and source in list(owner_of(contract, survey.sent.event.found))
    ]
    for value in values:
        if value is None or value is own:
            continue
        behind = list(sources_behind(contract, value))
        if any(survey is each for survey in sent for each in behind):
            return True
        if any(source is each for each in behind) and speaks_of_return(value):
            return True
    return False


def speaks_of_return(value: Any) -> bool:
    return any(isinstance(part, Reference) and RETURN in part.name for part in walk(value))


RETURN = "reopen"
