"""One outage that breaches two promises, each with a credit of its own.

The month was breached and the hour was breached, by the same stretch of downtime. Two credits on two bases are due
for one event, and nothing says whether that is meant.

Wrong:

```xladsl wrong
sla portal_hour "Time out of reach in a clock hour" {
  value length of portal_down
  better when lower
  level at most 6 min
  each clock hour
  no data counts as met
  owner service_manager
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 5% |
  claim not needed
}
credit hour_credit { // warning: one-event-paid-twice
  for portal_hour
  nature price reduction
  value EUR 20.00
  claim not needed
}
```

Right:

```xladsl
sla portal_hour "Time out of reach in a clock hour" {
  value length of portal_down
  better when lower
  level at most 6 min
  each clock hour
  no data counts as met
  owner service_manager
}
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 5% |
  claim not needed
  with other credits of the month only the largest
}
credit hour_credit {
  for portal_hour
  nature price reduction
  value EUR 20.00
  claim not needed
}
```

Credits on the same base or the same promise are the matter of `several-credits-uncombined`.

Source: one region, one instance and one clock hour, each with a remedy of its own for one outage of a published
service.

Implements: measurability C10, trap T15
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.expressions import Length
from ..model.feasibility import time_limits, written_out
from ..model.node import walk
from ..model.promises import formula, paid_for
from .several_credits_uncombined import exclusive, promises, same_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL468", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    combined = [{id(named.found) for named in rule.combines} for rule in contract.every(nodes.Combination)]
    for credit, source, before in meeting(contract):
        earlier = next((each for each in before if apart(each, credit, combined)), None)
        if earlier is not None:
            yield Diagnostic(
                "one-event-paid-twice",
                credit.place("name"),
                f"one event of `{source.name}` can make both `{earlier.name}` and `{credit.name}` due",
                here="is this meant?",
                labels=(Label(earlier.place("name"), "the other credit"),),
                why="The customer would claim both for one outage, and the provider would pay for it once.",
                remedy="Write  with other credits of the month only the largest , or  add up , in one of them.",
            )


def meeting(contract: Contract) -> Iterator[tuple[nodes.Credit, nodes.Source, list[nodes.Credit]]]:
    """Each credit with a source that can set it off, and the credits before it that the same rows can set off.

    Rows are certainly shared where both choose the same ones, or where one of the two chooses all.
    """
    before: dict[tuple[int, str], list[nodes.Credit]] = {}
    of_source: dict[int, list[nodes.Credit]] = {}
    for credit in contract.every(nodes.Credit):
        for source, where in events_of(contract, credit):
            chosen, all_rows = (id(source), repr(where)), (id(source), repr(None))
            shared = (
                of_source.get(id(source), []) if where is None else before.get(chosen, []) + before.get(all_rows, [])
            )
            if shared:
                yield credit, source, shared
            before.setdefault(chosen, []).append(credit)
            of_source.setdefault(id(source), []).append(credit)


def events_of(contract: Contract, credit: nodes.Credit) -> list[tuple[nodes.Source, Any]]:
    """The sources whose events breach the promises of a credit, and which of their rows."""
    found: list[tuple[Any, Any]] = []
    for promise in paid_for(contract, credit):
        found += [(limit.source, limit.where) for limit in time_limits(contract, promise)]
        value = written_out(formula(promise))
        for length in walk(value) if value is not None else ():
            stretches = length.of.target if isinstance(length, Length) else None
            if isinstance(stretches, nodes.Intervals):
                found.append((stretches.made_from.source_rows.target, stretches.made_from.where))
            elif isinstance(length, Length) and isinstance(stretches, nodes.Outages | nodes.Probes):
                found.append((stretches, length.where))
    return [(source, where) for source, where in found if isinstance(source, nodes.Source)]


def apart(earlier: nodes.Credit, credit: nodes.Credit, combined: list[set[int]]) -> bool:
    """Whether two credits can both be due, and no other rule and no clause says how they meet."""
    if earlier is credit or earlier.combines or credit.combines or exclusive(credit, earlier):
        return False
    if same_base(credit, earlier) or promises(credit) & promises(earlier):
        return False
    return not any({id(credit), id(earlier)} <= together for together in combined)
