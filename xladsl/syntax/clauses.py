"""Where statements, blocks and clauses stand in a text, as its layout needs it; no construct is known by name.

A clause begins with the words that say which clause it is. Its value begins with the first part that the tree keeps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import NamedTuple

from .drawing import INDENT
from .tree import Token, Tree

WIDEST_BLOCK_ON_ONE_LINE = 110


class Clause(NamedTuple):
    """A statement of the document or a clause of a block.

    `value` is where its value begins, if that is to stand in the column of values, and otherwise where
    the clause itself begins; `opening` is its brace.
    """

    tree: Tree
    depth: int
    value: int
    opening: int | None
    on_one_line: bool
    is_row: bool

    @property
    def indent(self) -> int:
        return self.depth * INDENT


def clauses_of(text: str, tokens: list[Token], document: Tree) -> dict[int, Clause]:
    """Every statement and clause of a text, by where it begins."""
    outline = Outline(text, tokens)
    for statement in document.children:
        if isinstance(statement, Tree):
            outline.note(statement, 0)
    return outline.clauses


class Outline:
    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.starts = [token.start for token in tokens]
        self.openings = [token.start for token in tokens if token.text == "{"]
        self.clauses: dict[int, Clause] = {}

    def note(self, tree: Tree, depth: int) -> None:
        """Note a statement or clause, and the clauses inside it."""
        while len(tree.children) == 1 and isinstance(only := tree.children[0], Tree) and only.start == tree.start:
            tree = only
        opening = self.opening_of(tree)
        if opening is not None:
            inner = [child for child in tree.children if isinstance(child, Tree) and child.start > opening]
        else:
            inner = self.hanging_clauses(tree) if depth == 0 else []
        is_row = self.text[tree.start] == "|"
        value = tree.start
        if depth > 0 and opening is None and not is_row:
            value = tree.children[0].start if tree.children else tree.end
        on_one_line = opening is not None and len(inner) < 2 and self.fits_on_one_line(tree, depth)
        self.clauses[tree.start] = Clause(tree, depth, value, opening, on_one_line, is_row)
        for child in inner:
            self.note(child, depth + 1)

    def opening_of(self, tree: Tree) -> int | None:
        index = bisect_left(self.openings, tree.start)
        return self.openings[index] if index < len(self.openings) and self.openings[index] < tree.end else None

    def hanging_clauses(self, statement: Tree) -> list[Tree]:
        """The clauses of a statement without braces: what begins a line below it, and with a word of its own."""
        return [
            child
            for child in statement.children
            if isinstance(child, Tree) and child.children and child.children[0].start > child.start
            if "\n" in self.text[self.tokens[bisect_left(self.starts, child.start) - 1].end : child.start]
        ]

    def fits_on_one_line(self, tree: Tree, depth: int) -> bool:
        """Whether a block was written on one line, has no block inside it, and is short enough to stay there."""
        braces = bisect_left(self.openings, tree.end) - bisect_left(self.openings, tree.start)
        if braces > 1 or self.text.find("\n", tree.start, tree.end) >= 0:
            return False
        tokens = self.tokens[bisect_left(self.starts, tree.start) : bisect_left(self.starts, tree.end)]
        glued = glued_to_hyphens(tokens, tree)
        blanks = sum(not stand_close(before, token, glued) for before, token in pairwise(tokens))
        return depth * INDENT + sum(len(token.text) for token in tokens) + blanks <= WIDEST_BLOCK_ON_ONE_LINE


CLOSE_TO_THE_LEFT = frozenset(",.%)")
CLOSE_TO_THE_RIGHT = frozenset(".(")


def stand_close(before: Token, token: Token, glued: set[int]) -> bool:
    """Whether there is no blank between two tokens; `glued` are those that a hyphen joins to the one before."""
    if token.text in CLOSE_TO_THE_LEFT or before.text in CLOSE_TO_THE_RIGHT:
        return True
    return token.start in glued or (token.text == "}" and before.text == "{")


def glued_to_hyphens(code: list[Token], tree: Tree) -> set[int]:
    """Where the tokens begin that a hyphen joins to what is before them: `-5` and `missing-owner`, but not `a - b`.

    Behind a sign or a hyphen stands a bare token of the same tree; the second operand of a subtraction is a tree.
    """
    glued: set[int] = set()
    for before, hyphen, token in zip(code, code[1:], code[2:], strict=False):
        if hyphen.text == "-":
            holder = tree_around(tree, token.start)
            if holder.start <= hyphen.start and isinstance(child_at(holder, token.start), Token):
                glued.add(token.start)
                joined = child_at(holder, before.start)
                if isinstance(joined, Token) and joined.start == before.start and joined.kind == "NAME":
                    glued.add(hyphen.start)
    return glued


def tree_around(tree: Tree, offset: int) -> Tree:
    """The innermost tree, from `tree` down, that goes on at an offset and does not begin there."""
    while True:
        child = child_at(tree, offset)
        if not isinstance(child, Tree) or child.start == offset or child.end <= offset:
            return tree
        tree = child


def child_at(tree: Tree, offset: int) -> Tree | Token | None:
    """The last part of a tree that begins at an offset or before it."""
    index = bisect_right(tree.children, offset, key=lambda child: child.start) - 1
    return tree.children[index] if index >= 0 else None
