"""A country that does not exist.

The holidays and the law of a country follow from its code; a wrong code gives no holidays at all, and clocks that run
on days when nobody works.

Wrong:

```xladsl wrong
calendar office_hours {
  open monday to friday 08:00 to 17:00
  holidays of XQ // error: unknown-country
}
```

Right:

```xladsl
calendar office_hours {
  open monday to friday 08:00 to 17:00
  holidays of DK
}
```

Many holidays are those of a part of a country: Easter Monday is one in England, and none in Scotland.

```xladsl
calendar office_hours {
  open monday to friday 08:00 to 17:00
  holidays of GB-ENG
}
```

Source: ISO 3166-1, as published with the Unicode CLDR.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Rule, Severity
from ..model import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..source import Span

RULE = Rule("XL304", Severity.ERROR)

USUAL = (
    "AT",
    "AU",
    "BE",
    "CA",
    "CH",
    "CZ",
    "DE",
    "DK",
    "ES",
    "FI",
    "FR",
    "GB",
    "IE",
    "IN",
    "IT",
    "LU",
    "NL",
    "NO",
    "PL",
    "PT",
    "SE",
    "US",
)
"""Known without opening the library of all countries, which would take longer than all the rules together."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    for code, span in countries(contract):
        country, _, part = code.partition("-")
        if part and not is_part(code):
            yield Diagnostic(
                "unknown-country",
                span,
                f"`{code}` is not the code of a part of a country",
                here="no part of a country has this code, or its holidays are not known",
                why="The holidays that stop the clocks come from that part; without it the clocks would not stop.",
                remedy="Write a code of ISO 3166-2, such as DE-BY or GB-ENG, or the country alone, and list the days.",
            )
        elif not part and country not in USUAL and not exists(country):
            yield Diagnostic(
                "unknown-country",
                span,
                f"`{code}` is not the code of a country",
                here="no country has this code",
                why="The holidays that stop the clocks come from the country; without it the clocks would not stop.",
                remedy="Write the two letters of the country, such as DK, DE or GB.",
            )


def countries(contract: Contract) -> Iterator[tuple[str, Span]]:
    for site in contract.every(nodes.Site):
        if site.country:
            yield site.country, site.place("country")
    for calendar in contract.every(nodes.Calendar):
        for code in calendar.holidays:
            yield code, calendar.place("holidays")


def is_part(code: str) -> bool:
    from ..model.calendars import public_holidays

    try:
        public_holidays(code, [])
    except NotImplementedError:
        return False
    return True


def exists(code: str) -> bool:
    from babel.core import get_global

    return code in get_global("territory_currencies")
