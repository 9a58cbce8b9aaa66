"""Several credits that one event can set off, with nothing said about their sum.

One outage breaks the availability of the portal and the time to repair it; both credits reduce the same fee. Whether
they add up, or only the larger is due, is worth money to both parties.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
}
credit repair_credit { // error: several-credits-uncombined
  for fixed_2026
  base fee portal_monthly of the month measured
  | below 95% | 10% |
}
```

Right:

```xladsl
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  | below 99.9% | 5% |
  with other credits of the month add up, then cap 15% of base
}
credit repair_credit {
  for fixed_2026
  base fee portal_monthly of the month measured
  | below 95% | 10% |
}
```

A block `combination` that names the credits says it as well.

Source: published agreements in which one outage sets off three credits; some add them, some forbid it, some are
silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL331", Severity.ERROR)


def check(contract: Contract) -> Iterator[Diagnostic]:
    combined = [{id(named.found) for named in rule.combines} for rule in contract.every(nodes.Combination)]
    for credit, before in overlapping(contract.every(nodes.Credit)):
        for earlier in before:
            said = (
                credit.combines or earlier.combines or any({id(credit), id(earlier)} <= all_of for all_of in combined)
            )
            if not said and not exclusive(credit, earlier):
                yield Diagnostic(
                    "several-credits-uncombined",
                    credit.place("name"),
                    f"`{earlier.name}` and `{credit.name}` can both be due, and nothing says whether they add up",
                    here=f"for {shared(credit, earlier)} as `{earlier.name}`",
                    labels=(Label(earlier.place("name"), "the other credit"),),
                    why="For one outage the customer would claim both, and the provider would pay the larger one.",
                    remedy="Add  with other credits of the month add up  to one of them, or a block `combination`.",
                )
                break


def overlapping(every: list[nodes.Credit]) -> Iterator[tuple[nodes.Credit, list[nodes.Credit]]]:
    """Each credit, and those before it that are for the same promise or reduce the same base."""
    before: dict[int | str, list[nodes.Credit]] = {}
    for credit in every:
        shares: list[int | str] = [*promises(credit), *([repr(credit.base)] if credit.base is not None else [])]
        yield credit, [earlier for each in shares for earlier in before.get(each, [])]
        for each in shares:
            before.setdefault(each, []).append(credit)


def shared(credit: nodes.Credit, other: nodes.Credit) -> str:
    return "the same base" if same_base(credit, other) else "the same promise"


def same_base(credit: nodes.Credit, other: nodes.Credit) -> bool:
    return credit.base is not None and credit.base == other.base


def promises(credit: nodes.Credit) -> set[int]:
    return {id(named.found) for named in credit.for_whom}


def exclusive(credit: nodes.Credit, other: nodes.Credit) -> bool:
    """Whether the two belong to different choices of one option, so that only one is ever in force."""
    here, there = credit.only_when, other.only_when
    return here is not None and there is not None and here.option == there.option and here.choice != there.choice
