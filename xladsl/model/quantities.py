"""Quantities carry their units, and the units are types: a percentage is never compared with a sum of money.

Amounts are decimals exactly as they stand in the text; nothing here is ever a binary floating-point number.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Generic, TypeVar

from .node import Node

if TYPE_CHECKING:
    from ..source import Source

Target = TypeVar("Target")


class Quantity(Node):
    """An amount of one unit."""

    amount: Decimal


class Number(Quantity):
    """A plain number: a score on a scale, a count. `5.2`, `1,200`"""


class Percent(Quantity):
    """A share of a whole, in hundredths. `99.9%`"""


class PercentagePoints(Quantity):
    """A difference between two percentages. `0.5 pp`, `2 percentage points`"""


class Points(Quantity):
    """Points of a score or of a points scheme. `40 points`"""


class ServiceDays(Quantity):
    """Days of the service, given free or added to the term. `10 service days`"""


class Money(Node):
    """An amount in a currency, by its ISO 4217 code. `EUR 10,000.00`"""

    currency: str
    amount: Decimal


class Duration(Node):
    """A length of time on the clock, on a business calendar, or in calendar units. `60 s`, `4 business hours`, `3
    months`

    Days, weeks, months, quarters and years are units of the calendar: a day is from midnight to midnight in the
    time zone that applies, which is 23 or 25 hours on two days of most years.
    """

    amount: Decimal
    unit: str


class Text(Node):
    """Words for people, in the drafting language, with the translations written beside it."""

    value: str
    language: str | None
    translations: list[Translation]


class Translation(Node):
    """The same words in another language, by its ISO 639-1 code. `da "Hvor nemt var det?"`"""

    language: str
    value: str


class Phrase(str):
    """A few plain words that are no name, in the drafting language: `solved ticket (da "løst sag")`

    It is its words, and equal to any other text of the same words; beside them it has its translations and its place.
    """

    __slots__ = ("offsets", "source", "translations")

    source: Source | None
    offsets: tuple[int, int]
    translations: list[Translation]
    language = None

    @property
    def value(self) -> str:
        return str(self)


class Reference(Node, Generic[Target]):
    """A name that stands for something defined elsewhere. `portal_up`, `desk.resolved`

    `target` is what the name was found to mean; it is set once, when names are resolved, and is not part of
    what the reference says.
    """

    __slots__ = ("target",)

    name: str
    if TYPE_CHECKING:
        target: Target | None

    @property
    def found(self) -> Target:
        """What the name means; to be asked only of an agreement whose names all resolve."""
        assert self.target is not None
        target: Target = self.target
        return target


CLOCK_SECONDS: dict[str, Decimal] = {
    "ms": Decimal("0.001"),
    "s": Decimal(1),
    "second": Decimal(1),
    "seconds": Decimal(1),
    "min": Decimal(60),
    "minute": Decimal(60),
    "minutes": Decimal(60),
    "h": Decimal(3600),
    "hour": Decimal(3600),
    "hours": Decimal(3600),
}

UNIT_NAMES: dict[str, str] = {
    "second": "s",
    "seconds": "s",
    "minute": "min",
    "minutes": "min",
    "hour": "h",
    "hours": "h",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "business hour": "business hours",
    "business day": "business days",
    "business minute": "business minutes",
    "business minutes": "business minutes",
    "working day": "working days",
}
