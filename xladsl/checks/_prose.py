"""The prose of an agreement: every text that people read, in which language, and where in it some words stand."""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from ..model import nodes
from ..model.lexicon import lexicon, tokenized
from ..model.prose import QUOTATION, quotations, quoted
from ..model.quantities import Text
from ..source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.lexicon import Lexicon, Match, Token
    from ..model.node import Node


class Words(NamedTuple):
    """A text in one language, the block and the clause it stands in, and its place."""

    value: str
    text: Text
    block: Node
    place: Span
    field: str
    language: str

    def at(self, words: str, start: int = 0) -> Span:
        """Where some words of the text stand that begin at `start`; the whole text where an escape hides them."""
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        earlier = len(re.findall(pattern, self.value[:start]))
        found = list(re.finditer(pattern, self.place.text))
        if earlier >= len(found):
            return self.place
        return Span(self.place.source, *(self.place.start + offset for offset in found[earlier].span()))


class Reading:
    """A text with what the lexicon of its language finds in it: phrases, by the tables they are from."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        self.words = words
        self.lexicon = lexicon
        self.found: dict[str, list[Match]] = {}
        if lexicon.speaks_in(words.value):
            for match in lexicon.matches(self.tokens):
                self.found.setdefault(match.table, []).append(match)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the text; what it quotes is a name, and no word of the language."""
        text = self.words.value
        return tokenized(QUOTATION.sub(lambda found: " " * len(found[0]), text) if "{" in text else text)

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the text, in order."""
        text = self.words.value
        ends = [found.end() for found in re.finditer(STOP, text) if begins_a_sentence(text, found.end())]
        for start, end in pairwise([0, *ends, len(text)]):
            if text[start:end].strip():
                yield Sentence(self, start, end)


STOP = r"[.!?؟]['\"”’»)]*\s+"


def begins_a_sentence(text: str, start: int) -> bool:
    """Whether a sentence may begin here: after `e.g. ` and before a figure it goes on."""
    first = text[start:].lstrip("'\"“‘«(")[:1]
    return first != "" and not first.islower() and not first.isdigit()


class Sentence(NamedTuple):
    """A sentence of a text, by its offsets."""

    reading: Reading
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.reading.words.value[self.start : self.end]

    @property
    def tokens(self) -> list[Token]:
        return [token for token in self.reading.tokens if self.start <= token.start < self.end]

    def found(self, table: str) -> list[Match]:
        return [match for match in self.reading.found.get(table, ()) if self.start <= match.start < self.end]

    def shown(self, start: int, end: int) -> str:
        return " ".join(self.reading.words.value[start:end].split())

    def at(self, start: int, end: int) -> Span:
        return self.reading.words.at(self.reading.words.value[start:end], start)


PROVISIONS = {
    *("body", "means", "describes", "provided", "includes", "mitigated", "effect", "refund", "lapses", "beyond"),
    *("assessed", "adjusts", "access", "gives"),
}
"""The clauses whose words bind; other texts say why, ask, name, or show."""

WITHOUT_OBLIGATION = (nodes.Need, nodes.SuccessArea, nodes.Goal, nodes.Kpi, nodes.Measure)


def prose(contract: Contract) -> list[Words]:
    """All texts of the agreement, each in all its languages; collected once for all the rules that read them."""
    if contract not in COLLECTED:
        languages = contract.agreement.languages
        drafted = languages.language[0] if languages else "en"
        COLLECTED[contract] = [words for block in contract.blocks for words in prose_of(contract, block, drafted)]
    return COLLECTED[contract]


COLLECTED: WeakKeyDictionary[Contract, list[Words]] = WeakKeyDictionary()


def prose_of(contract: Contract, block: Node, drafted: str) -> Iterator[Words]:
    for field, held in contract.clauses(block):
        for part in held:
            if isinstance(part, Text):
                yield Words(part.value, part, block, part.span, field, part.language or drafted)
                for translation in part.translations:
                    yield Words(translation.value, part, block, translation.span, field, translation.language)


def readings(contract: Contract) -> list[Reading]:
    """The texts in a language of the agreement that has a lexicon, each read once for all the rules."""
    if contract not in READ:
        languages = contract.agreement.languages
        agreed = languages.language if languages else ["en"]
        lexicons = {code: lexicon(code) for code in agreed}
        READ[contract] = [
            Reading(words, known)
            for words in prose(contract)
            if (known := lexicons.get(words.language)) is not None and " " in words.value
        ]
    return READ[contract]


def readings_of(contract: Contract, text: Text) -> list[Reading]:
    """The readings of one text, one in each language of the agreement that has a lexicon."""
    if contract not in READ_OF:
        by_text: dict[int, list[Reading]] = {}
        for reading in readings(contract):
            by_text.setdefault(id(reading.words.text), []).append(reading)
        READ_OF[contract] = by_text
    return READ_OF[contract].get(id(text), [])


READ_OF: WeakKeyDictionary[Contract, dict[int, list[Reading]]] = WeakKeyDictionary()
READ: WeakKeyDictionary[Contract, list[Reading]] = WeakKeyDictionary()


def binds(words: Words) -> bool:
    """Whether a text is one that the parties can be held to."""
    block = words.block
    if words.field not in PROVISIONS or isinstance(block, WITHOUT_OBLIGATION):
        return False
    force = block.bindingness if isinstance(block, nodes.Promise) else getattr(block, "force", None)
    return force not in ("aspirational", "informative")


PEOPLE = (nodes.Party, nodes.Signatory, nodes.Stakeholder, nodes.Segment, nodes.Role, nodes.Forum)


def people(contract: Contract) -> set[str]:
    """The names by which the agreement calls those who can act: whole, and the first word of a company's name."""
    if contract not in CALLED:
        titles = [words for words in prose(contract) if words.field == "title" and is_person(words.block)]
        companies = [words.value.split()[0] for words in titles if isinstance(words.block, nodes.Party)]
        CALLED[contract] = {name.casefold() for name in [*companies, *(words.value for words in titles)]}
    return CALLED[contract]


CALLED: WeakKeyDictionary[Contract, set[str]] = WeakKeyDictionary()


def is_person(block: object) -> bool:
    return isinstance(block, PEOPLE)


def names_someone(contract: Contract, sentence: Sentence) -> bool:
    """Whether a sentence names anyone who can act: in a word of the language, by name, or by quoting them."""
    if uses_any(sentence, "duties.actors"):
        return True
    text = sentence.text.casefold()
    if any(name in text for name in people(contract)):
        return True
    return any(is_person(quoted(contract, quotation)) for quotation in quotations(sentence.text))


def uses_any(sentence: Sentence, table: str) -> bool:
    """Whether a phrase of a table stands in a sentence; for tables that few sentences are asked about."""
    words = f" {' '.join(token.word for token in sentence.tokens)} "
    return any(f" {phrase} " in words for phrase in called(sentence.reading.lexicon, table))


@cache
def called(known: Lexicon, table: str) -> list[str]:
    """The phrases of a table as they stand between blanks among the words of a text."""
    return [" ".join(token.word for token in tokenized(phrase)) for phrase in known.words(table)]
