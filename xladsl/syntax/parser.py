"""From tokens to a tree: a walk over the automaton of the grammar, which knows no rule by name.

The meaning of the grammar's notation is lark's: words and symbols that a rule spells out are left out of its tree
unless it is marked `!`; `_rule` is spliced into the tree above; `?rule` gives way to a part that stands alone; `->`
names a tree; `*` and `+` give flat lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xladsl.diagnostics import in_order

from ._tables import COMMENTS, RULES
from .automaton import ACCEPT, ACTIONS, CLOSING, CONTESTED, END, GOTOS, OPENING, READING, advance, innermost_block, read
from .blocks import with_matched_braces
from .lexer import MOST_DIAGNOSTICS, other_literal, tokenize
from .tree import Token, Tree

if TYPE_CHECKING:
    from xladsl.diagnostics import Diagnostic
    from xladsl.source import Source

# A tree, a token, or the list that a spliced rule gives: which of them, the tables know and the type checker does not.
Value = Any

# Every level of nesting takes a few states, and whoever walks a tree may need a few calls for each level.
DEEPEST_STACK = 300


def parse(source: Source) -> tuple[Tree, list[Diagnostic]]:
    """The tree of a file, and what is wrong with its text. A wrong text gives the tree of what could be read."""
    return parse_tokens(source, *tokenize(source))


def parse_tokens(source: Source, tokens: list[Token], diagnostics: list[Diagnostic]) -> tuple[Tree, list[Diagnostic]]:
    """The same for a file whose tokens, and what is wrong with them, are known."""
    tokens = [token for token in tokens if token.kind not in COMMENTS]
    tokens, unmatched = with_matched_braces(source, tokens)
    tokens.append(Token(END, "", len(source.text), len(source.text)))
    parser = Parser(source, tokens, diagnostics + unmatched)
    tree = parser.run()
    return tree, in_order(parser.diagnostics[:MOST_DIAGNOSTICS])


class Parser:
    """A parse under way: the tokens, which of them is next, and the three stacks of what stands before it.

    `states[n + 1]` is reached over `values[n]`, which begins at `starts[n]`. Recovery changes tokens and stacks.
    """

    __slots__ = ("diagnostics", "faulty_lines", "index", "repairs", "source", "starts", "states", "tokens", "values")

    def __init__(self, source: Source, tokens: list[Token], diagnostics: list[Diagnostic]) -> None:
        self.source = source
        self.tokens = tokens
        self.diagnostics = diagnostics
        self.faulty_lines = {source.position(found.span.start)[0] for found in diagnostics}
        self.index = 0
        self.states = [0]
        self.values: list[Value] = []
        self.starts: list[int] = []
        self.repairs: dict[int, int] = {}

    def run(self) -> Tree:
        states, values, starts, tokens = self.states, self.values, self.starts, self.tokens
        index = end = 0
        token = tokens[0]
        while True:
            action = ACTIONS[states[-1]].get(token.kind)
            if action is None:
                self.index = index
                action = self.other_reading(token)
                if action is None:
                    from .recovery import recover

                    recover(self)
                    index = self.index
                    token = tokens[index]
                    end = tokens[index - 1].end if index else 0
                    continue
            if action >= 0:
                states.append(action)
                values.append(token)
                starts.append(token.start)
                end = token.end
                index += 1
                token = tokens[index]
                if len(states) > DEEPEST_STACK:
                    from .recovery import leave_too_deep

                    self.index = index
                    leave_too_deep(self)
                    token = tokens[index]
                continue
            if action == ACCEPT:
                tree: Tree = values[0]
                return tree
            length, nonterminal, name, kept, single = RULES[~action]
            if name is None:
                states[-1] = GOTOS[nonterminal][states[-2]]
                continue
            if length:
                start = starts[-length]
                parts = values[-length:]
                del states[-length:], values[-length:], starts[-length:]
            else:
                start, parts = end, []
            values.append(_assemble(name, kept, single, parts, start, end))
            starts.append(start)
            states.append(GOTOS[nonterminal][states[-1]])

    def other_reading(self, token: Token) -> int | None:
        """The action for a keyword as a name, or for a literal as another literal, where it is no use as what it is.

        A word that begins a line and could begin a clause there is never a name: it shows where an unfinished clause
        ends.
        """
        state = self.states[-1]
        contested = CONTESTED.get((state, token.kind))
        if contested is not None and advance(self.states, token.kind) is not None:
            return contested
        row = ACTIONS[state]
        reading = READING.get(token.kind) or other_literal(token.text, row)
        if reading is None or reading not in row or self.begins_clause(self.index):
            return None
        token.kind = reading
        return row[reading]

    def go_back_to(self, height: int) -> None:
        """Forget what was read since the stack had so many states."""
        del self.states[height:], self.values[height - 1 :], self.starts[height - 1 :]

    def begins_clause(self, index: int) -> bool:
        """Whether this token begins a line and could begin a clause of the block around it.

        After a comma a name is due: there the word is a name if what follows it goes on from a name.
        """
        kind = self.tokens[index].kind
        block = self.states[self.block_height() - 1]
        if kind not in ACTIONS[block] or not self.begins_line(index):
            return False
        if index == 0 or self.tokens[index - 1].text != ",":
            return True
        as_name = advance(self.states, READING.get(kind, kind))
        return as_name is None or read(as_name, self.tokens[index + 1].kind) is None

    def block_height(self) -> int:
        """How many of the states lead to the innermost place where a clause of a block, or a block, may start."""
        if self.block_just_closed():
            opening = max(
                n for n, value in enumerate(self.values) if isinstance(value, Token) and value.kind == OPENING
            )
            return innermost_block(self.states[: opening + 1])
        return innermost_block(self.states)

    def block_just_closed(self) -> bool:
        top = self.values[-1] if self.values else None
        return isinstance(top, Token) and top.kind == CLOSING

    def begins_line(self, index: int) -> bool:
        return index == 0 or "\n" in self.source.text[self.tokens[index - 1].end : self.tokens[index].start]


def _assemble(name: str, kept: tuple[int, ...], single: bool, parts: list[Value], start: int, end: int) -> Value:
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
