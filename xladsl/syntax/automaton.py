"""The tables as the parser uses them: what may follow, and where it leads.

The tables are kept as short texts and unfolded at first use: an agreement visits a few hundred of the states.
"""

from __future__ import annotations

import sys
from functools import cache

from ._tables import ACTIONS as PACKED_ACTIONS
from ._tables import BLOCKS, LOOKAHEADS, RULES, SYMBOLS, WORDS
from ._tables import GOTOS as PACKED_GOTOS

ACCEPT = ~0
END = "$END"
# What a keyword is where the parser has no use for it: the word `of` a name, `12` a number.
READING = {keyword: kind for kind, words in WORDS.items() for keyword in words.values()}
KEYWORDS_READ_AS = {kind: frozenset(words.values()) for kind, words in WORDS.items()}
# How the grammar spells a keyword or a symbol.
SPELLING = {kind: text for words in (*WORDS.values(), SYMBOLS) for text, kind in words.items()}
OPENING, CLOSING = SYMBOLS["{"], SYMBOLS["}"]


class _Actions(dict[int, dict[str, int]]):
    """For a state: the action at each terminal that is not contested there."""

    def __missing__(self, state: int) -> dict[str, int]:
        row: dict[str, int] = {}
        packed = PACKED_ACTIONS[state].split()
        for name, action in zip(packed[::2], packed[1::2], strict=True):
            row |= dict.fromkeys(_lookahead(int(name[1:])) if name[0] == "@" else [sys.intern(name)], int(action))
        for kind, keywords in KEYWORDS_READ_AS.items():
            if kind in row:
                ended = [keyword for keyword in keywords & row.keys() if 0 > row[keyword] != row[kind]]
                CONTESTED.update({(state, keyword): row.pop(keyword) for keyword in sorted(ended)})
        self[state] = row
        return row


@cache
def _lookahead(number: int) -> list[str]:
    return [sys.intern(terminal) for terminal in LOOKAHEADS[number].split()]


class _Gotos(dict[int, dict[int, int]]):
    """For a nonterminal: the state to go to from the state below it."""

    def __missing__(self, nonterminal: int) -> dict[int, int]:
        packed = PACKED_GOTOS[nonterminal].split()
        column = {int(below): int(state) for below, state in zip(packed[::2], packed[1::2], strict=True)}
        self[nonterminal] = column
        return column


# A word that may end what stands here as a keyword, and go on with it as a name: the tables say that it ends it in
# *some* text that leads to this state, so whether it does in this text has to be tried.
CONTESTED: dict[tuple[int, str], int] = {}
ACTIONS = _Actions()
GOTOS = _Gotos()


def advance(states: list[int], kind: str) -> list[int] | None:
    """The states after a terminal, or None where it cannot stand. `states` is left as it is."""
    ahead = states[:]
    while True:
        action = ACTIONS[ahead[-1]].get(kind)
        if action is None:
            action = CONTESTED.get((ahead[-1], kind))
        if action is None:
            return None
        if action >= 0:
            ahead.append(action)
            return ahead
        if action == ACCEPT:
            return ahead
        length, nonterminal, *_ = RULES[~action]
        if length:
            del ahead[-length:]
        ahead.append(GOTOS[nonterminal][ahead[-1]])


def read(states: list[int], kind: str) -> list[int] | None:
    """The states after a token, read as what it is or, failing that, as a plain name or number."""
    ahead = advance(states, kind)
    if ahead is None and kind in READING:
        ahead = advance(states, READING[kind])
    return ahead


def expected(states: list[int]) -> list[str]:
    """The terminals that can stand after `states`, in the order of the tables."""
    state = states[-1]
    kinds = [*ACTIONS[state], *(kind for contested, kind in CONTESTED if contested == state)]
    return [kind for kind in kinds if advance(states, kind) is not None]


def innermost_block(states: list[int]) -> int:
    """How many of the states lead to the innermost place where a clause of a block, or a block, may start."""
    for index in range(len(states) - 1, 0, -1):
        if states[index] in BLOCKS:
            return index + 1
    return 1
