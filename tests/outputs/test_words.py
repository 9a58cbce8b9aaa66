"""The compiler's own words: every language has all of them, and says with them what English says."""

from __future__ import annotations

import datetime
import re
import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale

from xladsl.model._choices import CHOICES
from xladsl.outputs.language import BASE, known_languages, language, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = Path(__file__).parents[2] / "templates" / "text"
LANGUAGES = known_languages()
TRANSLATED = [code for code in LANGUAGES if code != "en"]

NOT_CHOICES = re.compile(r".*\.(audience|language|chapter|sign|operator|capacity|status)$")
"""Fields whose words paper takes from other tables, or prints nowhere."""

TITLE = re.compile(r'^measure \w+ "([^"]+)"', re.MULTILINE)

FILLED_BY_FORMAT = ("numbers",)
"""Tables whose patterns are no patterns of sentences."""


@cache
def words_of(code: str) -> dict[str, Any]:
    return tomllib.loads((TEXT / f"{code}.toml").read_text(encoding="utf-8"))


def leaves(words: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text with its place. A word or pattern in several forms counts once, in its base form."""
    if isinstance(words, list):
        for position, each in enumerate(words):
            yield from leaves(each, (*path, str(position)))
    elif isinstance(words, dict) and BASE in words and path[0] in ("choices", "parts", "formulas", "amendment"):
        if path in (("choices", "any"), ("choices", "what")):
            yield from (leaf for key, each in words.items() for leaf in leaves(each, (*path, key)))
        else:
            yield path, words[BASE]
    elif isinstance(words, dict):
        yield from (leaf for key, each in words.items() for leaf in leaves(each, (*path, key)))
    else:
        yield path, words


def places(code: str) -> set[tuple[str, ...]]:
    """The places of all words; the plural forms of a noun are counted elsewhere."""
    return {path if path[0] != "nouns" else path[:2] for path, _ in leaves(words_of(code))}


def of_more_fields(path: tuple[str, ...]) -> bool:
    """Whether a place is a word of the language as the value of one field, which a language may add.

    Titles of the catalogue's measures may be added too: in English they stand in the catalogue.
    """
    if path[0] == "measures":
        return path[1] in titles_of_measures()
    if path[0] != "choices" or len(path) != 3:
        return False
    return any(key.endswith(f".{path[1]}") and path[2] in words for key, words in CHOICES.items())


@cache
def titles_of_measures() -> frozenset[str]:
    modules = (Path(__file__).parents[2] / "xladsl" / "std").glob("*.xladsl")
    return frozenset(title for module in modules for title in TITLE.findall(module.read_text(encoding="utf-8")))


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_language_has_all_words_and_no_others(code: str) -> None:
    missing = places("en") - places(code)
    added = {path for path in places(code) - places("en") if not of_more_fields(path)}
    assert (sorted(missing), sorted(added)) == ([], [])


def slots(pattern: str, path: tuple[str, ...]) -> set[tuple[str, bool]]:
    """What a pattern shows, and whether the whole is left out where it is missing; order and forms are free."""
    if path[0] in FILLED_BY_FORMAT:
        return {(field, True) for _, field, _, _ in Formatter().parse(pattern) if field is not None}
    return {
        (piece.field, not stretch.optional)
        for stretch in parsed(pattern)
        for piece in stretch.pieces
        if not isinstance(piece, str)
    }


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_pattern_shows_the_same_in_every_language(code: str) -> None:
    english = dict(leaves(words_of("en")))
    wrong = {
        ".".join(path): (pattern, english[path])
        for path, pattern in leaves(words_of(code))
        if path in english and slots(pattern, path) != slots(english[path], path)
    }
    assert wrong == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_form_of_a_pattern_shows_the_same(code: str) -> None:
    words = words_of(code)
    wrong = [
        (table, name, form)
        for table in ("parts", "formulas", "amendment")
        for name, forms in words[table].items()
        if isinstance(forms, dict)
        for form, pattern in forms.items()
        if slots(pattern, (table,)) != slots(forms[BASE], (table,))
    ]
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_noun_has_each_plural_form_that_its_language_has(code: str) -> None:
    words = words_of(code)
    categories = {*Locale.parse(words["numbers"]["locale"]).plural_form.tags, "other"}
    wrong = {}
    for noun, forms in words["nouns"].items():
        numbers = {category for category, each in forms.items() if isinstance(each, str)}
        cases = {form: set(each) for form, each in forms.items() if isinstance(each, dict)}
        if numbers != categories or any(case != categories for case in cases.values()):
            wrong[noun] = forms
    assert wrong == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_ten_digits_and_enough_letters(code: str) -> None:
    numbers = words_of(code)["numbers"]
    assert len(numbers["digits"]) == 10
    assert len(set(numbers["alphabet"].split())) == len(numbers["alphabet"].split()) > 25
    assert len(set(numbers["items"].split())) == len(numbers["items"].split()) > 20


def test_paper_has_words_for_every_choice_of_the_language() -> None:
    """What is printed as it is written would be English on every paper."""
    words_for = {**words_of("en")["choices"], "relation": {**words_of("en")["signs"], "<": "<", ">": ">", "=": "="}}
    missing = {
        key: unknown
        for key, words in CHOICES.items()
        if not NOT_CHOICES.match(key) and not key.startswith("Duration.")
        for field in [key.partition(".")[2]]
        if (unknown := {word for word in words if word not in words_for["any"] | words_for.get(field, {})})
    }
    assert missing == {}


@pytest.mark.parametrize(("code", "expected"), [("en", "12:59:59"), ("da", "12.59.59")])
def test_the_seconds_of_a_time_are_not_lost(code: str, expected: str) -> None:
    assert language(code).time(datetime.time(12, 59, 59)) == expected
    assert language(code).time(datetime.time(12, 59)) == expected[:5]
