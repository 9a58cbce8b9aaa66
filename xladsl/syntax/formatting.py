"""Tidy text: one clause a line, the values of a block in one column, tables drawn straight.

Only the white space between tokens changes, so a tidy text means what it meant before, and tidying it again changes
nothing. No construct is known by name. Where an author broke a clause into several lines, it stays broken there, and
each line goes below what it continues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ._tables import COMMENTS
from .clauses import clauses_of, glued_to_hyphens, stand_close, tree_around
from .drawing import INDENT, Line, draw
from .lexer import tokenize
from .parser import parse_tokens
from .tree import Token

if TYPE_CHECKING:
    from xladsl.diagnostics import Diagnostic
    from xladsl.source import Source

    from .clauses import Clause
    from .tree import Tree


def formatted(source: Source) -> tuple[str, list[Diagnostic]]:
    """The tidy text of a file; or, where the text is wrong, the text as it is and what is wrong with it."""
    tokens, diagnostics = tokenize(source)
    tree, diagnostics = parse_tokens(source, tokens, diagnostics)
    if diagnostics:
        return source.text, diagnostics
    return draw(Layout(source.text, tokens, tree).lines()), []


class Parenthesis(NamedTuple):
    """An open parenthesis: where it stands, and whether what it holds begins on a line below."""

    start: int
    line: Line
    hangs: bool


class Layout:
    """A text being divided into lines, token by token.

    `entered` are the clauses whose braces are open, and `clause` is the one being said; `waiting` are comments on
    lines of their own, until it is known what they stand before; `placed` is where in which line each token went.
    """

    def __init__(self, text: str, tokens: list[Token], tree: Tree) -> None:
        self.text = text
        self.tokens = tokens
        self.clauses = clauses_of(text, tokens, tree)
        self.glued = glued_to_hyphens([token for token in tokens if token.kind not in COMMENTS], tree)
        self.done: list[Line] = []
        self.waiting: list[Line] = []
        self.entered: list[Clause] = []
        self.parentheses: list[Parenthesis] = []
        self.placed: dict[int, tuple[Line, int]] = {}
        self.line = Line(0, blank=False)
        self.before = Token("", "", 0, 0)
        self.clause: Clause | None = None
        self.statement: Clause | None = None
        self.clause_of_long_text: Clause | None = None
        self.break_is_due = False

    def lines(self) -> list[Line]:
        end = 0
        for token in self.tokens:
            newlines = self.text.count("\n", end, token.start)
            if token.kind in COMMENTS:
                self.place_comment(token, newlines)
            else:
                self.place(token, newlines)
            end = token.end
        return [*self.done, *self.waiting]

    def place_comment(self, token: Token, newlines: int) -> None:
        comment = token.text.rstrip()
        if self.done and not self.waiting and not newlines:
            self.line.comment = comment
        else:
            blank = newlines > 1 and bool(self.done or self.waiting)
            self.waiting.append(Line(0, blank, comment))

    def place(self, token: Token, newlines: int) -> None:
        behind_comment = bool(self.waiting or self.line.comment)
        broken = newlines > 0 or self.break_is_due
        around = self.entered[-1] if self.entered else None
        if token.start in self.clauses:
            self.clause = clause = self.clauses[token.start]
            if around is None or not around.on_one_line:
                self.begin_clause(clause, blank=newlines > 1)
        elif token.text == "}":
            self.clause = clause = self.entered.pop()
            if behind_comment or not (clause.on_one_line or self.before.text == "{"):
                self.begin(Line(clause.indent, blank=False), comments_at=clause.indent + INDENT)
        else:
            assert self.clause is not None
            clause = self.clause
            if behind_comment or (broken and self.may_break(clause, token)):
                self.continue_clause(clause, token)
        # A comma goes to the end of a line; where it began one, the next line begins behind it.
        self.break_is_due = token.text == "," and broken
        self.append(clause, token)

    def append(self, clause: Clause, token: Token) -> None:
        """Put a token at the end of the line, and note what it opens or closes."""
        line = self.line
        is_value = token.start == clause.value > clause.tree.start and self.placed[clause.tree.start][0] is line
        if is_value and not (self.entered and self.entered[-1].on_one_line):
            line.stand_in_column()
        elif line.words and not stand_close(self.before, token, self.glued):
            line.add(" ")
        self.placed[token.start] = line, line.length
        line.add(token.text)
        self.before = token
        if token.text == "{":
            self.entered.append(clause)
        elif token.text == "(":
            self.parentheses.append(Parenthesis(token.start, line, hangs=False))
        elif token.text == ")":
            self.parentheses.pop()
        elif "\n" in token.text:
            self.clause_of_long_text = clause

    def begin(self, line: Line, comments_at: int) -> None:
        """Begin a line, behind the comments that waited for it."""
        for comment in self.waiting:
            comment.indent, comment.under = comments_at, line.under
        self.done += [*self.waiting, line]
        self.waiting = []
        self.line = line

    def begin_clause(self, clause: Clause, blank: bool) -> None:
        line = Line(clause.indent, blank, rule=clause.tree.rule if clause.is_row else "")
        gap = [*self.waiting, line]
        if self.before.text == "{" or not self.done:
            gap[0].blank = False
        elif clause.depth == 0:
            gap[0].blank |= not (self.stands_in_a_list(clause) and self.stands_in_a_list(self.statement))
        if clause.depth == 0:
            self.statement = clause
        self.begin(line, comments_at=clause.indent)

    def stands_in_a_list(self, statement: Clause | None) -> bool:
        """Whether a statement needs no blank line around it, as imports do not: it is one line without a block."""
        if statement is None or statement.opening is not None:
            return False
        return "\n" not in self.text[statement.tree.start : statement.tree.end]

    def may_break(self, clause: Clause, token: Token) -> bool:
        """Whether a line may begin at a token, if the author began one there."""
        if clause.is_row or token.text == "{" or token.start < clause.value:
            return False
        if token.text == ")":
            return self.parentheses[-1].hangs
        return self.before.text == "(" or not stand_close(self.before, token, self.glued)

    def continue_clause(self, clause: Clause, token: Token) -> None:
        line = Line(clause.indent + INDENT, blank=False)
        self.line.rule = ""  # a row that a comment divides cannot stand in a table
        for comment in self.waiting:
            comment.blank = False
        if self.before.text == "(":
            self.parentheses[-1] = self.parentheses[-1]._replace(hangs=True)
        if token.text == "{":
            line.indent = clause.indent
        elif self.clause_of_long_text is not clause:  # behind a long text, what the clause began with is far away
            if clause.opening is not None:
                line.indent += INDENT
            line.under = self.place_below(clause, token)
        self.begin(line, comments_at=line.indent)

    def place_below(self, clause: Clause, token: Token) -> tuple[Line, int] | None:
        """Below what a token continues: the beginning of the innermost part around it, or the value of its clause."""
        # What begins with the comma at the end of the line above stands beside what is before that comma.
        around = tree_around(clause.tree, self.before.start if self.before.text == "," else token.start)
        if self.parentheses and self.parentheses[-1].hangs and around.start <= self.parentheses[-1].start:
            return self.parentheses[-1].line, 0 if token.text == ")" else INDENT
        if around is clause.tree:
            value = self.placed.get(clause.value)
            return value if value is not None and value[0].in_column else None
        line, offset = self.placed[around.start]
        if self.text[around.start] == "(" and token.text != ")":
            offset += 1
        elif around.children and around.children[0].start == token.start:
            offset += INDENT
        return line, offset
