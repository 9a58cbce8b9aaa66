"""A promise, or a limit of use, on which nobody reports.

What is measured and never shown cannot be reviewed, and a limit of use that nobody compares with the use is passed
without notice.

Wrong:

```xladsl wrong
sla wiki_up "Availability of the wiki" { // error: result-unreported
  for portal
  value 100% - length of portal_down / length of the window
  level at least 99.5%
  each calendar month
  owner service_manager
}
report monthly "Monthly report" {
  covers portal_up
  due within 10 business days of the end of the month
  recurring each calendar month
  to service_manager
}
```

Right:

```xladsl
sla wiki_up "Availability of the wiki" {
  for portal
  value 100% - length of portal_down / length of the window
  level at least 99.5%
  each calendar month
  owner service_manager
}
report monthly "Monthly report" {
  covers all promises
  due within 10 business days of the end of the month
  recurring each calendar month
  to service_manager
}
```

A report on all promises covers the limits as well.

Source: ISO/IEC 20000-1:2018, clause 8.3.3: at planned intervals the performance against the targets, and the workload
against its limits, is monitored, reviewed and reported.

Implements: measurability A5
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.node import Node
from ..model.promises import every_promise, measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL483", Severity.ERROR, ("iso20000",))


def check(contract: Contract) -> Iterator[Diagnostic]:
    reports = contract.every(nodes.Report)
    if any(report.covers_all for report in reports):
        return
    covered = {id(named.found) for report in reports for named in report.covers_promises}
    blocks: list[nodes.Promise | nodes.Limit] = [*every_promise(contract), *contract.every(nodes.Limit)]
    for block in blocks:
        if covered.isdisjoint(map(id, reported_through(block))):
            yield Diagnostic(
                "result-unreported",
                block.place("name"),
                f"no report covers `{block.name}`",
                here="measured, and never shown at a planned time",
                why="What nobody reports is reviewed only after somebody complains.",
                remedy=f"Write  covers all promises  in a report that recurs, or  covers {block.name} .",
            )


def reported_through(block: nodes.Promise | nodes.Limit) -> list[Node]:
    """What a report may name instead: the promise itself or its KPI."""
    return [block, measured(block)] if isinstance(block, nodes.Promise) else [block]
