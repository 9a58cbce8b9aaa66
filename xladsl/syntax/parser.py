"""From tokens to a tree: a walk over the automaton of the grammar, which knows no rule by name.

The meaning of the grammar's notation is lark's: words and symbols that a rule spells out are left out of its tree
unless it is marked `!`; `_rule` is spliced into the tree above; `?rule` gives way to a part that stands alone; `->`
names a tree; `*` and `+` give flat lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._tables import COMMENTS, RULES, WORDS
from .automaton import ACCEPT, ACTIONS, END, GOTOS
from .lexer import tokenize
from .tree import Token, Tree

if TYPE_CHECKING:
    from xladsl.diagnostics import Diagnostic
    from xladsl.source import Source

# A tree, a token, or the list that a spliced rule gives: which of them, the tables know and the type checker does not.
Value = Any

READING = {keyword: kind for kind, words in WORDS.items() for keyword in words.values()}


def parse(source: Source) -> tuple[Tree, list[Diagnostic]]:
    """The tree of a file and what is wrong with its text. A wrong text gives the tree of what could be read."""
    tokens, diagnostics = tokenize(source)
    tokens = [token for token in tokens if token.kind not in COMMENTS]
    tokens.append(Token(END, "", len(source.text), len(source.text)))
    states = [0]
    values: list[Value] = []
    starts: list[int] = []
    index = 0
    end = 0
    token = tokens[0]
    while True:
        action = ACTIONS[states[-1]].get(token.kind)
        if action is None:
            reading = READING.get(token.kind)
            action = ACTIONS[states[-1]].get(reading)
            if action is None:
                raise SyntaxError(f"{source.position(token.start)} {token}")
            token.kind = reading
        if action >= 0:
            states.append(action)
            values.append(token)
            starts.append(token.start)
            end = token.end
            index += 1
            token = tokens[index]
            continue
        if action == ACCEPT:
            return values[0], diagnostics
        length, nonterminal, name, kept, single = RULES[~action]
        if name is None:
            states[-1] = GOTOS[nonterminal][states[-2]]
            continue
        if length:
            start = starts[-length]
            parts = values[-length:]
            del states[-length:], values[-length:], starts[-length:]
        else:
            start = end
            parts = []
        value = assemble(name, kept, single, parts, start, end)
        values.append(value)
        starts.append(start)
        states.append(GOTOS[nonterminal][states[-1]])


def assemble(name: str, kept: tuple[int, ...], single: bool, parts: list[Value], start: int, end: int) -> Value:
    """What a rule makes of its parts."""
    if not name and kept and kept[0] == ~0:
        # The list so far is this rule's alone: it grows in place, so that a long list takes linear time.
        children = parts[0]
        kept = kept[1:]
    else:
        children = []
    for part in kept:
        if part >= 0:
            children.append(parts[part])
        else:
            children += parts[~part]
    if not name:
        return children
    if single and len(children) == 1:
        only = children[0]
        if isinstance(only, Tree):
            only.start, only.end = start, end
        return only
    return Tree(name, children, start, end)
