"""The figures in a sentence: percentages and lengths of time, as people write them in each language."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..model.lexicon import NUMBER, NUMBER_BEGINS, spelling
from ..model.quantities import CLOCK_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model.lexicon import Lexicon
    from ._prose import Sentence

SECONDS = {"s": CLOCK_SECONDS["s"], "min": CLOCK_SECONDS["min"], "h": CLOCK_SECONDS["h"], "day": Decimal(86400)}


class Figure(NamedTuple):
    """An amount in a text: per cent, or seconds; how exactly it is written, in the same unit; and its place."""

    amount: Decimal
    step: Decimal
    start: int
    end: int


def percentages(sentence: Sentence) -> Iterator[Figure]:
    """`99.9%`, `99,9 procent`, and the sign before the number as in Persian"""
    known = sentence.reading.lexicon
    for found in percentage_pattern(known).finditer(sentence.text):
        amount = known.number(found[1] or found[2])
        yield Figure(amount, step_of(amount), sentence.start + found.start(), sentence.start + found.end())


def lengths(sentence: Sentence) -> Iterator[Figure]:
    """`43.2 minutes`, `8 hours and 46 minutes`, `four hours`"""
    yield from lengths_in_words(sentence)
    known = sentence.reading.lexicon
    units = {spelling(word): unit for unit in SECONDS for word in str(known.tables["units"][unit]).split()}
    for found in length_pattern(known).finditer(sentence.text):
        amount = step = Decimal(0)
        for number, word in part_pattern(known).findall(found[0]):
            seconds = SECONDS[units[spelling(word)]]
            amount += known.number(number) * seconds
            step = step_of(known.number(number)) * seconds
        yield Figure(amount, step, sentence.start + found.start(), sentence.start + found.end())


def lengths_in_words(sentence: Sentence) -> Iterator[Figure]:
    known = sentence.reading.lexicon
    units = {spelling(word): unit for unit in SECONDS for word in str(known.tables["units"][unit]).split()}
    for index, token in enumerate(tokens := sentence.tokens):
        if token.word in units:
            first = index
            while first and known.part(tokens[first - 1].word) is not None:
                first -= 1
            number = known.spelt(each.word for each in tokens[first:index])
            if number is not None:
                seconds = SECONDS[units[token.word]]
                yield Figure(number * seconds, seconds, tokens[first].start, token.end)


def step_of(number: Decimal) -> Decimal:
    """One in the last place of a number as it is written."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(min(exponent, 0))


@cache
def percentage_pattern(known: Lexicon) -> re.Pattern[str]:
    words = any_of(known.words("units.words.percent"))
    points = any_of(known.words("units.words.points"))
    after = rf"(?:[%٪]|(?!{points}){words}(?!\w))"
    return re.compile(rf"{NUMBER_BEGINS}(?:[٪%]\s?({NUMBER})|({NUMBER})\s?{after})", re.IGNORECASE)


@cache
def part_pattern(known: Lexicon) -> re.Pattern[str]:
    units = any_of(word for unit in SECONDS for word in str(known.tables["units"][unit]).split())
    return re.compile(rf"{NUMBER_BEGINS}({NUMBER})[\s\u200c-]?({units})(?!\w)", re.IGNORECASE)


@cache
def length_pattern(known: Lexicon) -> re.Pattern[str]:
    part = part_pattern(known).pattern
    joint = any_of([*known.words("counting.joints"), ","])
    return re.compile(rf"{part}(?:\s?{joint}?\s*{part})*", re.IGNORECASE)


@cache
def unit_pattern(known: Lexicon) -> str:
    """What may stand after a figure that is measured: per cent, points, a unit of time."""
    units = [word for unit in SECONDS for word in str(known.tables["units"][unit]).split()]
    words = [*known.words("units.words.points"), *known.words("units.words.percent"), *units]
    return rf"(?:[%٪]|{any_of(words)}(?!\w))"


def any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"
