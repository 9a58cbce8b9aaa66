"""Rows that still count after the result was reported.

The report is due ten days after the month, and rows count until three weeks after it. The result that was reported,
and perhaps paid for, then changes.

Wrong:

```xladsl wrong
probes portal_probe {
  every 20 s from 3 places
  down when 2 of 3 fail, for at least 60 s
  late after 21 days // warning: cutoff-after-report
}
report monthly_report "Monthly report" {
  covers portal_up
  due within 10 days of the end of the month
  recurring each calendar month first on 2026-02-10
  to service_manager
  owner service_manager
}
```

Right:

```xladsl
probes portal_probe {
  every 20 s from 3 places
  down when 2 of 3 fail, for at least 60 s
  late after 3 days
}
report monthly_report "Monthly report" {
  covers portal_up
  due within 10 days of the end of the month
  recurring each calendar month first on 2026-02-10
  to service_manager
  owner service_manager
}
```

Source: the requirement that rows are cut off before the report.

Implements: measurability T6
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.deadlines import days_of
from ..model.promises import every_promise
from ..model.samples import sources_of_promise
from ._words import shown
from .claim_before_report import ENDS, covers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL448", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    told: set[int] = set()
    reports = [report for report in contract.every(nodes.Report) if report.due_within.of in ENDS]
    for promise in every_promise(contract) if reports else ():
        for source in sources_of_promise(contract, promise):
            report = next((each for each in reports if covers(each, promise) and outlasts(source, each)), None)
            if report is not None and source.late is not None and id(source) not in told:
                told.add(id(source))
                yield Diagnostic(
                    "cutoff-after-report",
                    source.place("late"),
                    f"rows of `{source.name}` count until {shown(source.late.span)} after the window, and"
                    f" `{report.name}` is due before",
                    here="later than the report",
                    labels=(Label(report.place("due_within"), "the report is due here"),),
                    why=f"The result of `{promise.name}` would change after it was reported and perhaps paid for.",
                    remedy=f"Cut off before the report is due: less than {shown(report.due_within.within.span)}.",
                )


def outlasts(source: nodes.Source, report: nodes.Report) -> bool:
    return source.late is not None and days_of(source.late).fewest > days_of(report.due_within.within).most
