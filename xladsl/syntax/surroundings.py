"""Where the parser stands when it stumbles: in which block, how far into which clause, and what could follow.

Nothing here changes the text; `rewind` alone changes the parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._tables import BLOCKS
from .automaton import ACTIONS, CLOSING, END, OPENING, READING, advance, innermost_block, read
from .tree import Token, Tree

if TYPE_CHECKING:
    from .parser import Parser

LONGEST_CLAUSE = 500


def is_word(token: Token) -> bool:
    return READING.get(token.kind, token.kind) == "NAME"


def follows(parser: Parser, states: list[int] | None, index: int, most: int) -> int:
    """How many of the tokens from `index` on can follow, up to `most`."""
    for count in range(most):
        if states is None or index + count >= len(parser.tokens):
            return count
        token = parser.tokens[index + count]
        if token.kind == END:
            return most if advance(states, END) is not None else count
        states = read(states, token.kind)
        if states is None:
            return count
    return most


def can_end(states: list[int]) -> bool:
    """Whether what stands so far is a whole clause, or a whole block."""
    return advance(states, CLOSING) is not None or advance(states, END) is not None


def ends_clause(parser: Parser) -> bool:
    return can_end(parser.states)


def clause_so_far(parser: Parser) -> list[list[int]]:
    """The states before each token of the clause under way, and after the last one; none between clauses.

    A clause of very many words gives none either: to go over it once for each mistake would take too long.
    """
    height = parser.block_height()
    if len(parser.states) == height or parser.block_just_closed():
        return []
    first = clause_start(parser, height)
    if parser.index - first > LONGEST_CLAUSE:
        return []
    before = [parser.states[:height]]
    for token in parser.tokens[first : parser.index]:
        ahead = read(before[-1], token.kind)
        if ahead is None:
            return []
        before.append(ahead)
    return before


def clause_start(parser: Parser, height: int) -> int:
    index = parser.index
    while index > 0 and parser.tokens[index - 1].start >= parser.starts[height - 1]:
        index -= 1
    return index


def rewind(parser: Parser) -> None:
    """Go back to the start of the clause, to read it again with a change."""
    height = parser.block_height()
    parser.index = clause_start(parser, height)
    parser.go_back_to(height)


def where(parser: Parser) -> str:
    """The block around the mistake, as in " in target `ease_2026`"; nothing between the blocks of a file."""
    height = parser.block_height()
    opening = next(
        (n for n in range(height - 2, -1, -1) if isinstance(v := parser.values[n], Token) and v.kind == OPENING), None
    )
    if opening is None:
        return ""
    first = innermost_block(parser.states[: opening + 1]) - 1
    words: list[str] = []
    for value in parser.values[first:opening]:
        while isinstance(value, Tree) and value.children:
            value = value.children[0]
        if isinstance(value, Token) and value.kind == "NAME":
            return f" in {' '.join([*words, f'`{value.text}`'])}"
        if isinstance(value, Token) and value.kind in READING:
            words.append(value.text)
    return f" in {' '.join(words)}"


def homes_of(token: Token) -> str:
    """The blocks that have a clause beginning with this word, up to three."""
    if token.kind not in READING:
        return ""
    homes = list(
        dict.fromkeys(rule for state, rule in BLOCKS.items() if state and ACTIONS[state].get(token.kind, -1) >= 0)
    )
    shown = [f"`{home.replace('_', ' ')}`" for home in homes[:3]]
    return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
