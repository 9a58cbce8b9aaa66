"""Many promises decided on samples: one of them is missed by chance nearly every year.

One coin that falls wrong once in a hundred throws is harmless. Twelve promises, judged every month, throw it a hundred
and forty-four times a year.

Wrong:

```xladsl wrong
agreement digital_workplace "Digital Workplace" { // info: chance-of-many
  between provider northwind and customer contoso
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
  rounding half up to EUR 0.01, once, on each credit
}
target easy_month "Ease in a month" {
  kpi ease
  force binding
  level at least 5.2
  each calendar month
  answers at least 200
  no data counts as inconclusive
}
target easy_quarter "Ease in a quarter" {
  kpi ease
  force binding
  level at least 5.3
  each calendar quarter
  answers at least 200
  no data counts as inconclusive
}
credit ease_credit {
  for easy_month, easy_quarter
  value EUR 500.00
}
```

Right:

```xladsl
agreement digital_workplace "Digital Workplace" {
  between provider northwind and customer contoso
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
  rounding half up to EUR 0.01, once, on each credit
}
target easy_quarter "Ease in a quarter" {
  kpi ease
  force binding
  level at least 5.3
  each calendar quarter
  answers at least 200
  no data counts as inconclusive
}
credit ease_credit {
  for easy_quarter
  value EUR 500.00
}
```

Counted are the promises with money whose measured value decides, without proof. The provider is taken to be one
standard error better than each of them.

Source: the chance of at least one false breach is 1 − (1 − a)^(promises × windows): 11 % for 12 at 1 %, and nearly
100 % for 40 promises a month at 5 %.

Implements: measurability M28
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Label, Rule, Severity
from ..model import nodes
from ..model.promises import every_promise, payments_on
from ..model.samples import basis_of, windows_of_year
from ._sample_words import in_hundredths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract

RULE = Rule("XL589", Severity.INFO)


def check(contract: Contract) -> Iterator[Diagnostic]:
    from ..model.statistics.risk import false_breach_chance, repeated

    doubtful = [promise for promise in every_promise(contract) if decided_by_estimate(contract, promise)]
    windows = sum(windows_of_year(promise.each) or 0 for promise in doubtful)
    if len(doubtful) > 1:
        year = repeated(false_breach_chance(1), round(windows))
        yield Diagnostic(
            "chance-of-many",
            contract.agreement.place("name"),
            f"{len(doubtful)} promises are decided by an estimate, {round(windows)} times a year",
            here=f"{in_hundredths(year.at_least_once)} of the years see a false breach, {year.expected:.1f} on average",
            labels=(Label(doubtful[0].place("name"), "this is one of them"),),
            why="A provider one standard error better than each level would still pay for chance.",
            remedy="Write  breached when proven at 95%  in each, or let fewer promises bear money.",
        )


def decided_by_estimate(contract: Contract, promise: nodes.Promise) -> bool:
    basis = basis_of(contract, promise)
    simple = promise.breached_when is None or isinstance(promise.breached_when, nodes.SimpleDecision)
    return simple and basis is not None and basis.asked and bool(payments_on(contract, promise))
