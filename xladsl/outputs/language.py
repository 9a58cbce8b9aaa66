"""The compiler's own words in one language: headings, labels, patterns of sentences, and how numbers are written.

The words stand in `templates/text/`, one file per language, so that a translator touches no program. What a pattern
may contain is said at the head of that file.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_precision

from .. import resources

if TYPE_CHECKING:
    from decimal import Decimal

SLOT = re.compile(r"\{([a-z_]+)(?:#([a-z_]+))?(?:\|([^|}]*))?(?:\|([^|}]*))?\}")
STRETCH = re.compile(r"\[([^\]]*)\]|([^\[\]]+)")


class Slot(NamedTuple):
    """A place in a pattern for the value of a field."""

    field: str
    noun: str | None
    separator: str | None
    last: str | None


class Stretch(NamedTuple):
    """A stretch of a pattern; an optional one is left out when one of its slots has nothing to say."""

    optional: bool
    pieces: tuple[str | Slot, ...]


class Language:
    """The words and the habits of one language."""

    def __init__(self, code: str) -> None:
        self.code = code
        text = (resources.templates() / "text" / f"{code}.toml").read_text(encoding="utf-8")
        self.words: dict[str, Any] = tomllib.loads(text)
        self.numbers: dict[str, str] = self.words["numbers"]
        self.locale = Locale.parse(self.numbers["locale"])

    @property
    def direction(self) -> str:
        return self.locale.text_direction

    def choice(self, field: str, words: str) -> str:
        """How paper spells words of the language: those of that field first, then everywhere, then as they are."""
        choices = self.words["choices"]
        scoped = choices.get(field, {})
        found = scoped.get(words) if isinstance(scoped, dict) else None
        everywhere = choices.get(words, words)
        return found or (everywhere if isinstance(everywhere, str) else words)

    def label(self, kinds: list[str], field: str) -> str:
        """What stands before the value of a field: as the construct calls it, or as all do."""
        return self._nearest("labels", kinds, field) or field.replace("_", " ").capitalize()

    def value_pattern(self, kinds: list[str], field: str) -> str:
        """How the value of a field reads after its label."""
        return self._nearest("values", kinds, field) or "{it}"

    def _nearest(self, table: str, kinds: list[str], field: str) -> str | None:
        """What a table says of a field: for the construct, for the first family that has its own words, or for all."""
        for words in (*(self.words[table].get(kind, {}) for kind in kinds), self.words[table]):
            if isinstance(words, dict) and isinstance(words.get(field), str):
                return str(words[field])
        return None

    # Numbers are printed with all their digits: what decides is never rounded for the eye.

    def number(self, amount: Decimal, least_decimals: int = 0) -> str:
        exponent = amount.as_tuple().exponent
        decimals = max(-exponent if isinstance(exponent, int) else 0, least_decimals)
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        written = format_decimal(abs(amount), format=digits, locale=self.locale, decimal_quantization=False)
        return f"−{written}" if amount < 0 else written

    def money(self, currency: str, amount: Decimal) -> str:
        written = self.number(amount, get_currency_precision(currency))
        return self.numbers["money"].format(currency=currency, amount=written)

    def percent(self, amount: Decimal) -> str:
        return self.numbers["percent"].format(amount=self.number(amount))

    def counted(self, amount: Decimal, noun: str) -> str:
        """A number with its noun, `1 day` or `2 days`, kept on one line."""
        return f"{self.number(amount)}\u00a0{self.noun(noun, amount)}"

    def noun(self, noun: str, amount: Decimal) -> str:
        forms = self.words["nouns"].get(noun)
        return str(forms.get(self.locale.plural_form(amount), forms["other"])) if forms else noun

    def date(self, day: datetime.date) -> str:
        return format_date(day, self.numbers["date"], locale=self.locale)

    def date_in_year(self, day: datetime.date) -> str:
        return format_date(day, self.numbers["date_in_year"], locale=self.locale)

    def month(self, written: str) -> str:
        """`2026-04` as `April 2026`; what is no month of the calendar stays as it is written."""
        try:
            first = datetime.date.fromisoformat(f"{written}-01")
        except ValueError:
            return written
        return format_date(first, self.numbers["month"], locale=self.locale)

    def during(self, window: str | datetime.date) -> str:
        """The month or the day for which a fact of an example holds: `in April 2026`, `on 7 April 2026`."""
        if isinstance(window, datetime.date):
            return self.numbers["on_day"].format(day=self.date(window))
        return self.numbers["in_month"].format(month=self.month(window))

    def time(self, moment: datetime.time) -> str:
        return "24:00" if moment == datetime.time.max else moment.strftime("%H:%M")

    def name_of_language(self, code: str) -> str:
        return str(self.locale.languages.get(code, code))

    def name_of_country(self, code: str) -> str:
        country, _, part = code.partition("-")
        name = str(self.locale.territories.get(country, country))
        return f"{name} ({code})" if part else name


@cache
def language(code: str) -> Language:
    """The words of a language; English where nobody has translated them yet."""
    known = (resources.templates() / "text" / f"{code}.toml").is_file()
    return Language(code if known else "en")


@cache
def parsed(pattern: str) -> tuple[Stretch, ...]:
    """The stretches of a pattern."""
    return tuple(
        Stretch(found[2] is None, tuple(pieces(found[1] if found[2] is None else found[2])))
        for found in STRETCH.finditer(pattern)
    )


def pieces(stretch: str) -> list[str | Slot]:
    found: list[str | Slot] = []
    after = 0
    for slot in SLOT.finditer(stretch):
        found += [stretch[after : slot.start()], Slot(slot[1], slot[2], slot[3], slot[4])]
        after = slot.end()
    return [piece for piece in (*found, stretch[after:]) if piece != ""]
