"""Sentences that oblige: where they do, whether in the passive voice, and whether they say who acts."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ._prose import binds, called, readings, uses_any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.contract import Contract
    from ..model.lexicon import Lexicon, Match
    from ._prose import Sentence


def duties(contract: Contract) -> Iterator[tuple[Sentence, Match]]:
    """The sentences of binding texts that oblige, and neither forbid nor deem, each with its first word that does."""
    for reading in readings(contract):
        if "duties" in reading.found and binds(reading.words):
            negations = words_in(reading.lexicon, "duties.negations")
            for sentence in reading.sentences():
                obliging = sentence.found("duties")
                forbids = not negations.isdisjoint(token.word for token in sentence.tokens)
                if obliging and not forbids and not uses_any(sentence, "duties.fictions"):
                    yield sentence, obliging[0]


def is_passive(sentence: Sentence, duty: Match) -> bool:
    """Whether the verb that follows a duty is in the passive voice."""
    known = sentence.reading.lexicon
    if sentence.shown(duty.start, duty.end).casefold() in words_in(known, "duties.passive_words"):
        return True
    after = [token.word for token in sentence.tokens if token.start >= duty.start]
    helpers = words_in(known, "duties.passive.helpers")
    if "anywhere" in known.tables["duties"]["passive"]:
        return not helpers.isdisjoint(after) and words_in(known, "duties.passive.states").isdisjoint(after)
    verbs = [word for word in after if not is_adverb(known, word)]
    after_a_helper = (word for helper, word in pairwise(verbs) if helper in helpers)
    return any(is_participle(known, word) for word in after_a_helper) or any(
        is_passive_verb(known, word) for word in after
    )


def is_adverb(known: Lexicon, word: str) -> bool:
    """Whether a word may stand between the helper and its participle: `be fully paid`."""
    return word.endswith(endings(known, "adverb_endings")) or word in words_in(known, "duties.passive.adverbs")


def is_participle(known: Lexicon, word: str) -> bool:
    listed = word in words_in(known, "duties.passive.participles")
    state = word in words_in(known, "duties.passive.states")
    return (listed or word.endswith(endings(known, "endings"))) and not state


def is_passive_verb(known: Lexicon, word: str) -> bool:
    """Whether the form of a word alone is passive, as that of `leveres` in Danish."""
    if word in words_in(known, "duties.passive.verbs"):
        return True
    noun = word.endswith(endings(known, "noun_endings")) or word in words_in(known, "duties.passive.states")
    return word.endswith(endings(known, "verb_endings")) and not noun


def names_actor(sentence: Sentence) -> bool:
    """Whether a sentence in the passive says who acts: "by the Customer", and neither "by 31 March" nor "by mail"."""
    known = sentence.reading.lexicon
    words = f" {' '.join(token.word for token in sentence.tokens)} "
    for phrase in called(known, "duties.not_agents"):
        words = words.replace(f" {phrase} ", " ")
    return any(re.search(rf" {re.escape(agent)} (?!\d)", words) for agent in called(known, "duties.agents"))


@cache
def endings(known: Lexicon, table: str) -> tuple[str, ...]:
    return tuple(known.words(f"duties.passive.{table}"))


@cache
def words_in(known: Lexicon, table: str) -> frozenset[str]:
    return frozenset(called(known, table))
