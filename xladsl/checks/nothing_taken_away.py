"""A base that is taken without something that no fee is called.

`without support_charges` takes nothing away where no fee of the base bears that name. The customer then gets a share of
everything, and the provider believes that a part of it was left out.

Wrong:

```xladsl wrong
credit portal_credit {
  for portal_up
  base fees of portal of the month measured without support_charges // warning: nothing-taken-away
  | below 99.9% | 10% |
}
```

Right:

```xladsl
service hosting "Hosting" {
  by northwind
  for office_staff
  fee hosting_monthly "Hosting" EUR 8,000.00 each calendar month
  fee hosting_support "Support charges" EUR 900.00 each calendar month
}
credit hosting_credit {
  for portal_up
  base fees of hosting of the month measured without support_charges
  | below 99.9% | 10% |
}
```

Source: published agreements whose base leaves out one-time charges, usage or taxes that their price list does not name.

Implements: trap T14
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes
from ..model.expressions import AllFees, FeeAmount, FeesOf
from ..model.fees import names_a_kind, taken_away
from ..model.promises import every_payment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL623", Severity.WARNING)


def check(contract: Contract) -> Iterator[Diagnostic]:
    for payment in every_payment(contract):
        base = payment.base
        if base is None or base.base_excludes is None or not isinstance(base.amount, FeeAmount | FeesOf | AllFees):
            continue
        lines = lines_of(contract, base.amount)
        words = base.base_excludes.replace("_", " ")
        if not names_a_kind(words) and not taken_away(lines, words):
            names = ", ".join(f"`{line.name}`" for line in lines) or "nothing"
            yield Diagnostic(
                "nothing-taken-away",
                base.place("base_excludes"),
                f"the base of `{payment.name}` is taken without {words}, and no fee in it is called so",
                here="nothing is left out by this",
                why="One party counts on a smaller base than the other, and the words decide for neither.",
                remedy=f"Name one of {names}; or say  one_time_charges  or  usage_charges  for fees of that kind.",
            )


def lines_of(contract: Contract, amount: Any) -> list[nodes.Fee]:
    """The fee lines of a base."""
    if isinstance(amount, FeeAmount):
        return [amount.fee.target] if amount.fee.target is not None else []
    services = contract.every(nodes.Service)
    wanted = [amount.service.target] if isinstance(amount, FeesOf) else services
    return [line for service in services if service in wanted for line in service.fees]
