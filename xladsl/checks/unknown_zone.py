"""A time zone that does not exist.

Windows, service hours and holidays begin and end at midnight somewhere. A zone that no clock knows leaves open where.

Wrong:

```xladsl wrong
calendar office_hours {
  timezone Europe/Kopenhagen // error: unknown-zone
  open monday to friday 08:00 to 17:00
}
```

Right:

```xladsl
calendar office_hours {
  timezone Europe/Copenhagen
  open monday to friday 08:00 to 17:00
}
```

Source: the IANA time zone database.

Implements: measurability T8; trap T9
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Diagnostic, Edit, Fix, Rule, Severity
from ..source import Span
from ..spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.node import Node

RULE = Rule("XL305", Severity.ERROR)


USUAL = (
    *("UTC", "Europe/Copenhagen", "Europe/Berlin", "Europe/Amsterdam", "Europe/Brussels", "Europe/London"),
    *("Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Vienna", "Europe/Zurich", "Europe/Stockholm"),
    *("Europe/Oslo", "Europe/Helsinki", "Europe/Warsaw", "Europe/Prague", "Europe/Dublin", "Europe/Lisbon"),
    *("America/New_York", "America/Chicago", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kolkata", "Asia/Singapore"),
)
"""Known without opening the database of all zones, which would take longer than all the rules together."""


def check(contract: Contract) -> Iterator[Diagnostic]:
    for node in contract.walk():
        zone = getattr(node, "timezone", None)
        if zone and zone not in USUAL and not exists(zone):
            yield unknown(node, zone)


def exists(zone: str) -> bool:
    from zoneinfo import ZoneInfoNotFoundError

    from ..evaluation.instants import zones  # results are worked out by these zones, whatever others the machine knows

    try:
        zones.zone(zone)
    except ZoneInfoNotFoundError:
        return False
    return True


def unknown(node: Node, zone: str) -> Diagnostic:
    from zoneinfo import available_timezones

    near = nearest(zone, available_timezones())
    clause = node.place("timezone")
    place = Span(clause.source, clause.end - len(zone), clause.end)
    return Diagnostic(
        "unknown-zone",
        place,
        f"`{zone}` is not a time zone",
        here=f"did you mean `{near}`?" if near else "no clock knows this zone",
        why="A month begins at midnight somewhere; without a zone nobody can say where.",
        remedy="Write a continent and a city of the zone, such as Europe/Copenhagen, or UTC.",
        fix=Fix(f"write `{near}`", (Edit(place, near),)) if near else None,
    )
