"""Which words of the language could be typed at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._tables import COMMENTS
from .automaton import advance, expected, innermost_block, read
from .lexer import tokenize
from .wording import spelt

if TYPE_CHECKING:
    from xladsl.source import Source


def expected_words(source: Source, offset: int) -> list[str]:
    """The words that can stand at an offset, in alphabetical order; a word that is being typed there does not count.

    A clause that cannot be read is passed over, so that a mistake above does not end the help below.
    """
    states = [0]
    skipping = False
    line = 0
    tokens, _ = tokenize(source)
    for token in tokens:
        if token.end >= offset or token.kind in COMMENTS:
            continue
        line_before, line = line, source.position(token.start)[0]
        if skipping and line == line_before:
            continue
        block = states[: innermost_block(states)]
        begins_clause = line > line_before and advance(block, token.kind) is not None
        ahead = advance(states, token.kind) if begins_clause else read(states, token.kind)
        ahead = ahead or (advance(block, token.kind) if begins_clause else None)
        skipping = ahead is None
        states = ahead or block
    words = expected(states)
    if source.position(offset)[0] > line:
        words += expected(states[: innermost_block(states)])
    return spelt(dict.fromkeys(words))
