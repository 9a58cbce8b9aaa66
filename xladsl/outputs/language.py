"""The compiler's own words in one language: headings, labels, patterns of sentences, and how numbers are written.

The words stand in `templates/text/`, one file per language, so that a translator touches no program. What a pattern
may contain is said at the head of that file.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from decimal import localcontext
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, get_currency_precision

from .. import resources
from ..model.quantities import UNIT_NAMES

if TYPE_CHECKING:
    from decimal import Decimal

SLOT = re.compile(r"\{([a-z_]+)(?:#([a-z_]+))?(?:@([a-z_]+))?(?:\|([^|}]*))?(?:\|([^|}]*))?\}")
STRETCH = re.compile(r"\[([^\]]*)\]|([^\[\]]+)")
DIGITS = "0123456789"
USUAL_DIGITS = 28
BASE = "base"
"""The form of a word that stands where no other is asked for, or where the one that is asked for is not given."""


class Slot(NamedTuple):
    """A place in a pattern for the value of a field.

    `noun` is what is counted, by its key among the nouns or by the field that holds it; `form` is a grammatical form.
    """

    field: str
    noun: str | None = None
    form: str = BASE
    separator: str | None = None
    last: str | None = None


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
        self._digits = str.maketrans(DIGITS, self.numbers["digits"])

    @property
    def direction(self) -> str:
        return self.locale.text_direction

    def choice(self, field: str, words: str, form: str = BASE) -> str:
        """How paper spells words of the language: those of that field first, then everywhere, then as they are."""
        found = self.chosen(field, words)
        return str(in_form(found, form)) if found is not None else words

    def chosen(self, field: str, words: str) -> Any:
        """What the file says of words of the language as the value of a field; None where it has none of its own."""
        choices = self.words["choices"]
        return choices.get(field, {}).get(words) or choices["any"].get(words)

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

    def holiday(self, name: str) -> str | None:
        """A public holiday by its English name; None where paper has no word for it."""
        found: str | None = self.words["holidays"].get(name)
        return found

    def measure(self, title: str) -> str | None:
        """A measure of the catalogue by its English title; None where paper has no words for it."""
        found: str | None = self.words.get("measures", {}).get(title)
        return found

    # Numbers are printed with all their digits: what decides is never rounded for the eye.

    def number(self, amount: Decimal, least_decimals: int = 0) -> str:
        exponent = amount.as_tuple().exponent
        decimals = max(-exponent if isinstance(exponent, int) else 0, least_decimals)
        digits = "#,##0" + ("." + "0" * decimals if decimals else "")
        with localcontext(prec=max(USUAL_DIGITS, abs(amount.adjusted()) + decimals + 2)):  # no digit is ever lost
            written = format_decimal(
                amount.copy_abs(),
                format=digits,
                locale=self.locale,
                decimal_quantization=False,
                numbering_system=self.locale.default_numbering_system,
            )
        written = self.in_digits(written)
        return f"−{written}" if amount < 0 else written

    def in_digits(self, written: str) -> str:
        """What is written in Latin digits, in the digits of the language."""
        return written.translate(self._digits)

    def clause(self, number: str) -> str:
        """The number of a section or a clause, such as `7.2`: the same in all languages, each in its digits.

        That of a schedule, such as `A.1`, begins with a Latin letter and stays Latin, so that it is read in one piece.
        """
        return number if number[:1].isalpha() else self.in_digits(number)

    def item(self, position: int) -> str:
        """The letter of an item in a list, counted from 0."""
        letters = self.numbers["items"].split()
        before, last = divmod(position, len(letters))
        return (self.item(before - 1) if before else "") + letters[last]

    def alphabetical(self, words: str) -> list[tuple[int, int]]:
        """By what words are sorted as a reader looks them up: signs, the letters of the alphabet, then all others."""
        alphabet = self.numbers["alphabet"].split()
        letters = ((letter, normalize("NFD", letter)[0]) for letter in words.casefold())
        known = (next((each for each in pair if each in alphabet), pair[0]) for pair in letters)
        return [
            (1, alphabet.index(letter)) if letter in alphabet else (2 if letter.isalpha() else 0, ord(letter))
            for letter in known
        ]

    def money(self, currency: str, amount: Decimal) -> str:
        written = self.number(amount, get_currency_precision(currency))
        return self.numbers["money"].format(currency=currency, amount=written)

    def percent(self, amount: Decimal) -> str:
        return self.numbers["percent"].format(amount=self.number(amount))

    def counted(self, amount: Decimal, noun: str, form: str = BASE) -> str:
        """A number with its noun, `1 day` or `2 days`, kept on one line."""
        return self.numbers["counted"].format(amount=self.number(amount), noun=self.noun(noun, amount, form))

    def noun(self, noun: str, amount: Decimal, form: str = BASE) -> str:
        """A noun as it stands beside an amount of it: in the number that the amount asks for, and in a form."""
        forms = self.words["nouns"].get(noun) or self.words["nouns"].get(UNIT_NAMES.get(noun, f"{noun}s"))
        if not forms:
            return noun
        asked = forms.get(form, forms)
        return str(asked[self.locale.plural_form(amount)])

    def date(self, day: datetime.date) -> str:
        return self._date(day, "date")

    def date_in_year(self, day: datetime.date) -> str:
        return self._date(day, "date_in_year")

    def _date(self, day: datetime.date, pattern: str) -> str:
        return self.in_digits(format_date(day, self.numbers[pattern], locale=self.locale))

    def month(self, written: str) -> str:
        """`2026-04` as `April 2026`; what is no month of the calendar stays as it is written."""
        try:
            first = datetime.date.fromisoformat(f"{written}-01")
        except ValueError:
            return written
        return self._date(first, "month")

    def quarter(self, written: str) -> str:
        """`2026-q3` as `3rd quarter of 2026`; what is no quarter of the calendar stays as it is written."""
        year, _, number = written.partition("-q")
        try:
            first = datetime.date(int(year), 3 * int(number) - 2, 1)
        except ValueError:
            return written
        return self._date(first, "quarter")

    def during(self, window: str | datetime.date) -> str:
        """For when a fact of an example holds: `in April 2026`, `in the 3rd quarter of 2026`, `on 7 April 2026`."""
        if isinstance(window, datetime.date):
            return self.numbers["on_day"].format(day=self.date(window))
        if "-q" in window:
            return self.numbers["in_quarter"].format(quarter=self.quarter(window))
        return self.numbers["in_month"].format(month=self.month(window))

    def time(self, moment: datetime.time) -> str:
        if moment == datetime.time.max:
            return self.in_digits(self.numbers["end_of_day"])
        pattern = self.numbers["time"]
        if moment.second:  # few times have any, and a deadline that has must not lose them
            pattern = f"{pattern}{pattern[2]}ss"
        return self.in_digits(format_time(moment, pattern, locale=self.locale))

    def quotation(self, words: str) -> str:
        return self.numbers["quotation"].format(words=words)

    def name_of_language(self, code: str) -> str:
        return str(self.locale.languages.get(code, code))

    def name_of_country(self, code: str) -> str:
        country, _, part = code.partition("-")
        name = str(self.locale.territories.get(country, country))
        return f"{name} ({code})" if part else name


def in_form(entry: str | dict[str, Any], form: str) -> Any:
    """A word or a pattern in a grammatical form, or in its base form where it has no other."""
    return entry if isinstance(entry, str) else entry.get(form, entry[BASE])


@cache
def language(code: str) -> Language:
    """The words of a language that is among the known ones."""
    return Language(code)


@cache
def direction_of(code: str) -> str:
    """How a language is written: `ltr` or `rtl`; from left to right where nobody knows the language."""
    try:
        return str(Locale.parse(code).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


@cache
def known_languages() -> tuple[str, ...]:
    """The codes of the languages that paper can be made in, in their order."""
    files = (resources.templates() / "text").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


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
        found += [stretch[after : slot.start()], Slot(slot[1], slot[2], slot[3] or BASE, slot[4], slot[5])]
        after = slot.end()
    return [piece for piece in (*found, stretch[after:]) if piece != ""]
