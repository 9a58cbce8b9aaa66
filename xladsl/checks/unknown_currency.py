"""A currency that does not exist.

Three capitals look like a currency to every reader until somebody has to pay in it.

Wrong:

```xladsl wrong
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  currency EUO // error: unknown-currency
}
```

Right:

```xladsl
agreement digital_workplace {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  currency EUR
}
```

Source: ISO 4217, as published with the Unicode CLDR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model.nodes import Agreement
from ..model.quantities import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..source import Span

RULE = Rule("XL303", Severity.ERROR)

USUAL = ("EUR", "USD", "GBP", "DKK", "SEK", "NOK", "CHF", "JPY", "CAD", "AUD", "PLN", "CZK", "HUF", "INR", "CNY")
"""Known without opening the library of all currencies, which would take longer than all the rules together."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    seen = set()
    for code, span in currencies(contract):
        if code not in USUAL and code not in seen and not exists(code):
            seen.add(code)
            yield Diagnostic(
                "unknown-currency",
                span,
                f"`{code}` is not a currency",
                here="no currency has this code",
                why="Nobody can be paid in a currency that does not exist.",
                remedy="Write the three letters of the currency as banks do, such as EUR, USD or DKK.",
            )


def currencies(contract: Contract) -> Iterator[tuple[str, Span]]:
    for node in contract.parts(Money, Agreement):
        if isinstance(node, Money):
            yield node.currency, node.span
        elif node.currency:
            yield node.currency, node.place("currency")


def exists(code: str) -> bool:
    from babel.core import get_global

    return code in get_global("all_currencies")
