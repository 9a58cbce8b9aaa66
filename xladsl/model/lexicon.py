"""The words of a language that matter in a contract: how its lawyers are vague, oblige, count and refer.

A lexicon is a file of its own, `xladsl/lexicons/da.toml`, so that a lawyer can review it without reading a program:

    vague.*        words that each reader measures for himself, with an example of what to write instead
    harmless       phrases in which such a word has a meaning of its own
    duties         words that oblige; who can be obliged; how a passive sentence looks, and how it names who acts
    numbers        the words of numbers, and how they are joined: `twenty-five`, `femogtyve`
    units          lengths of time, per cent and percentage points
    windows        how prose says `each month`, and the words that say which kind of month
    availability   words of being up and down, and of saying a figure roughly
    bounds         `between … and …`, and the words that say whether the bounds are included
    changes        `rises by`, and of what it would be unclear whether per cent or percentage points are meant
    references     words before a number of a clause, and how another document is named
    placeholders   what stands in brackets that were to be filled in

Words are found whole and in any case; a hyphen and the half-space of Persian count as blanks.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKS = "\u0640\u064b-\u0652\u0670"
WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+(?:['’ʼ](?:[^\W_])+)*")
SAME_LETTERS = str.maketrans(
    {"’": "'", "ʼ": "'", "أ": "ا", "إ": "ا", "ؤ": "و", "ي": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه"}
    | {chr(mark): "" for mark in (0x0640, *range(0x064B, 0x0653), 0x0670)}
)
NUMBER = r"\d+(?:[.,٫٬’'\u00a0\u202f ]\d{3})*(?:[.,٫]\d+)?(?!\d)"
BETWEEN_THOUSANDS = re.compile(r"[’'٬\s]")
DECIMAL_MARK = re.compile(r"[.,٫]")
NUMBER_BEGINS = r"(?<![\w.,٫])"


class Token(NamedTuple):
    """A word of a text as the lexicon spells it, and where it stands."""

    word: str
    start: int
    end: int


class Match(NamedTuple):
    """A phrase of the lexicon in a text: the table it is from, and where it stands."""

    table: str
    start: int
    end: int


class Phrase(NamedTuple):
    """Words to look for, with the place of the rarest among them."""

    table: str
    words: tuple[str, ...]
    position: int


class Lexicon:
    """The words of one language, read from its file."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.tables = tables
        self.decimal: str = tables["decimal"]
        self.numbers = {
            word: Decimal(number) for number, words in tables["numbers"].items() for word in tokens_in(words)
        }
        self.phrases: dict[str, list[Phrase]] = {}
        for table, phrases in phrases_of(tables):
            for phrase in phrases:
                words = tokens_in(phrase)
                rarest = max(words, key=len)  # most texts hold `the` and `of`, and few hold `ability`
                self.phrases.setdefault(rarest, []).append(Phrase(table, words, words.index(rarest)))

    def words(self, path: str) -> list[str]:
        """The words of a table, by its path: `duties.passive.helpers`; none where the language has no such table."""
        found: Any = self.tables
        for step in path.split("."):
            found = found.get(step, {})
        return lines(found) if isinstance(found, str) else list(found)

    def speaks_in(self, text: str) -> bool:
        """Whether any phrase stands in a text; quick, for the many texts in which none does."""
        lower = text.lower()
        words = WORD.findall(lower if lower.isascii() else lower.translate(SAME_LETTERS))
        known = self.phrases.keys() & words
        spoken = f" {' '.join(words)} " if known else ""
        return any(f" {' '.join(phrase.words)} " in spoken for word in known for phrase in self.phrases[word])

    def matches(self, tokens: list[Token]) -> Iterator[Match]:
        """Every phrase of the lexicon among the words of a text, by where it ends."""
        for index, token in enumerate(tokens):
            for table, words, position in self.phrases.get(token.word, ()):
                first, last = index - position, index - position + len(words) - 1
                if first >= 0 and words == tuple(token.word for token in tokens[first : last + 1]):
                    yield Match(table, tokens[first].start, tokens[last].end)

    def number(self, written: str) -> Decimal:
        """The value of a number in digits as this language writes it: `1.200,50` in Danish.

        A mark that is not this language's own is read as its writer must have meant it: `1,234,567` has no fraction.
        """
        digits = BETWEEN_THOUSANDS.sub("", written)
        marks = DECIMAL_MARK.findall(digits)
        if not marks:
            return Decimal(digits)
        whole, _, fraction = digits.rpartition(marks[-1])
        foreign = marks[-1] not in (self.decimal, "٫")
        if marks.count(marks[-1]) > 1 or (len(marks) == 1 and foreign and len(fraction) == 3):
            return Decimal(DECIMAL_MARK.sub("", digits))
        return Decimal(f"{DECIMAL_MARK.sub('', whole)}.{fraction}")

    def spelt(self, words: Iterable[str]) -> Decimal | None:
        """The value of a number in words, `one hundred and twenty`; None where a word is no part of a number."""
        total = current = Decimal(0)
        empty = True
        for word in words:
            if word in self.tables["counting"]["joints"]:
                continue
            value = self.part(word)
            if value is None:
                return None
            empty = False
            if value in (100, 1000):
                current = max(current, Decimal(1)) * value
            else:
                current += value
            if value == 1000:
                total, current = total + current, Decimal(0)
        return None if empty else total + current

    def part(self, word: str) -> Decimal | None:
        """The value of one word of a number; `femogtyve` is one word, and five and twenty."""
        known = self.numbers.get(word)
        if known is not None:
            return known
        for glue in self.tables["counting"]["glue"]:
            for found in re.finditer(glue, word):
                ones, tens = self.numbers.get(word[: found.start()]), self.numbers.get(word[found.end() :])
                if ones is not None and tens is not None and ones < 10 <= tens:
                    return ones + tens
        return None


@cache
def lexicon(code: str) -> Lexicon | None:
    """The lexicon of a language by its ISO 639-1 code; None where there is none."""
    try:
        return Lexicon(import_module(f"xladsl.lexicons._{code}").TABLES)
    except ModuleNotFoundError:
        return None


def tokenized(text: str) -> list[Token]:
    """The words of a text, in lower case and one spelling."""
    if text.isascii():
        return [Token(found[0].lower(), found.start(), found.end()) for found in WORD.finditer(text)]
    return [Token(spelling(found[0]), found.start(), found.end()) for found in WORD.finditer(text)]


def tokens_in(phrase: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokenized(phrase))


def spelling(word: str) -> str:
    """A word as the lexicon compares it: one apostrophe, and Persian without vowel signs and Arabic letters."""
    return word.lower().translate(SAME_LETTERS)


def phrases_of(tables: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The tables whose phrases are looked for in every text, each by its path."""
    for kind, vague in tables["vague"].items():
        yield f"vague.{kind}", lines(vague["words"])
    yield "harmless", lines(tables["harmless"]["words"])
    yield "duties", lines(tables["duties"]["words"])
    for window, words in tables["windows"].items():
        yield f"windows.{window}", lines(words)
    for way in ("up", "down"):
        yield f"availability.{way}", lines(tables["availability"][way])
    yield "bounds", list(dict.fromkeys(opening for opening, _ in tables["bounds"]["pairs"]))
    yield "changes", lines(tables["changes"]["words"])
    yield "references", lines(tables["references"]["nouns"])


def lines(words: str) -> list[str]:
    return words.strip().splitlines()
