"""Which brace closes which block.

Braces are matched before the parse, because a missing one shows at the end of the file and not where it is missing.
In a file whose braces do not match, the layout says where: a block's closing brace stands below the line that opens
it, and a new block begins at the left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xladsl.diagnostics import Diagnostic, Edit, Fix, Label
from xladsl.source import Span

from ._tables import SYMBOLS
from .automaton import ACTIONS, CLOSING, OPENING, READING, advance, read
from .lexer import MOST_DIAGNOSTICS, RUNNING_ON
from .tree import Token

if TYPE_CHECKING:
    from xladsl.source import Source

DEEPEST_NESTING = 64
OPENING_BRACKETS = {OPENING, SYMBOLS.get("("), SYMBOLS.get("[")}
CLOSING_BRACKETS = {CLOSING, SYMBOLS.get(")"), SYMBOLS.get("]")}
BRACKETS = OPENING_BRACKETS | CLOSING_BRACKETS


def with_matched_braces(source: Source, tokens: list[Token]) -> tuple[list[Token], list[Diagnostic]]:
    """The tokens with a brace for each that is missing and without those too many, so that every block is closed."""
    brackets = [token for token in tokens if token.kind in BRACKETS]
    diagnostics: list[Diagnostic] = []
    if _deepest(brackets) > DEEPEST_NESTING:
        tokens, diagnostics = _cut_too_deep(source, tokens)
    if _balanced(brackets):
        return tokens, diagnostics
    layout = _Layout(source, tokens)
    return layout.matched(), diagnostics + layout.diagnostics


def _deepest(brackets: list[Token]) -> int:
    depth = deepest = 0
    for bracket in brackets:
        depth = depth + 1 if bracket.kind in OPENING_BRACKETS else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _balanced(brackets: list[Token]) -> bool:
    depth = 0
    for bracket in brackets:
        if bracket.kind == OPENING:
            depth += 1
        elif bracket.kind == CLOSING:
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


def _cut_too_deep(source: Source, tokens: list[Token]) -> tuple[list[Token], list[Diagnostic]]:
    kept: list[Token] = []
    diagnostics: list[Diagnostic] = []
    depth = 0
    for token in tokens:
        if token.kind in OPENING_BRACKETS:
            depth += 1
            if depth == DEEPEST_NESTING + 1 and not diagnostics:
                diagnostics.append(
                    Diagnostic(
                        "nested-too-deeply",
                        Span(source, token.start, token.end),
                        f"More than {DEEPEST_NESTING} braces and parentheses stand inside one another here",
                        why="No reader can follow so many levels.",
                        remedy="Give the inner part a name of its own and refer to it.",
                    )
                )
        if depth <= DEEPEST_NESTING:
            kept.append(token)
        if token.kind in CLOSING_BRACKETS:
            depth = max(depth - 1, 0)
    return kept, diagnostics


class _Open(NamedTuple):
    """A block that is open: where among the tokens kept its line and its brace are, and that line's indentation."""

    first: int
    brace: int
    indentation: int


class _Start(NamedTuple):
    """Where among the tokens kept a line or a clause begins, and in which column."""

    position: int
    column: int


class _Layout:
    """One pass over the tokens of a file whose braces do not match."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        self.source = source
        self.tokens = tokens
        self.kept: list[Token] = []
        self.open: list[_Open] = []
        self.line = self.clause = _Start(0, 0)
        self.clause_ended = True
        self.unopened: int | None = None
        self.surplus = sum((token.kind == OPENING) - (token.kind == CLOSING) for token in tokens)
        self.diagnostics: list[Diagnostic] = []

    def matched(self) -> list[Token]:
        for index, token in enumerate(self.tokens):
            if self.begins_line(index):
                self.at_line_start(index)
            if self.is_stray(index):
                self.report_stray(token)
            elif token.kind == CLOSING:
                self.close(index)
            else:
                self.kept.append(token)
                if token.kind == OPENING:
                    self.open.append(_Open(self.clause.position, len(self.kept) - 1, self.clause.column))
                    self.clause_ended = True
                    if self.clause.column == 0:
                        self.unopened = None
        while self.open:
            self.add_missing_close()
        return self.kept

    def at_line_start(self, index: int) -> None:
        token = self.tokens[index]
        begins_block = token.kind in ACTIONS[0] and self.column(token) == 0
        if begins_block and self.open and self.opens_brace(index):
            while self.open:
                self.add_missing_close()
        if begins_block and not self.open and not self.opens_brace(index):
            self.unopened = len(self.kept)
        self.line = _Start(len(self.kept), self.column(token))
        # The further lines of a clause, or of a block's head, stand to the right of its first.
        if self.clause_ended or self.line.column <= self.clause.column:
            self.clause = self.line
            self.clause_ended = False

    def is_stray(self, index: int) -> bool:
        """Whether there are too many braces of this kind, and this one is where no block begins or ends."""
        kind = self.tokens[index].kind
        if kind == CLOSING and self.surplus < 0 and not self.begins_line(index):
            opened_here = bool(self.open) and self.open[-1].brace >= self.line.position
            stray = not opened_here or self.goes_on_indented(index)
        elif kind == OPENING and self.surplus > 0 and index + 1 < len(self.tokens):
            stray = not (self.goes_on_indented(index) or self.closes_below(index) or self.closes_on_this_line(index))
        else:
            return False
        self.surplus += (stray and kind == CLOSING) - (stray and kind == OPENING)
        return stray

    def goes_on_indented(self, index: int) -> bool:
        """Whether the next line stands further to the right, as the clauses of a block do."""
        if index + 1 >= len(self.tokens) or not self.begins_line(index + 1):
            return False
        return self.column(self.tokens[index + 1]) > self.clause.column

    def closes_below(self, index: int) -> bool:
        """Whether the next line is the closing brace of a block that has no clauses."""
        closing = self.tokens[index + 1]
        below = closing.kind == CLOSING and self.begins_line(index + 1)
        return below and self.column(closing) == self.clause.column

    def closes_on_this_line(self, index: int) -> bool:
        for position in range(index + 1, len(self.tokens)):
            if self.begins_line(position):
                return False
            if self.tokens[position].kind == CLOSING:
                return True
        return False

    def close(self, index: int) -> None:
        token = self.tokens[index]
        column = self.column(token)
        if self.begins_line(index) and any(block.indentation == column for block in self.open):
            while self.open[-1].indentation > column:
                self.add_missing_close()
        if not self.open and self.unopened is not None:
            self.add_missing_open(self.unopened, self.head_end(self.unopened))
        elif self.begins_line(index) and self.surplus < 0 and self.open and self.open[-1].indentation < column:
            self.open_inner_block(column)
        if self.open:
            self.open.pop()
            self.kept.append(token)
            self.clause_ended = True
        else:
            self.report_stray(token)

    def begins_line(self, index: int) -> bool:
        return index == 0 or "\n" in self.source.text[self.tokens[index - 1].end : self.tokens[index].start]

    def opens_brace(self, index: int) -> bool:
        """Whether a brace opens on the line that begins with this token."""
        text = self.source.text
        line_end = text.find("\n", self.tokens[index].start)
        for token in self.tokens[index : index + 100]:
            if token.kind == OPENING:
                return line_end < 0 or token.start < line_end
            if 0 <= line_end < token.start:
                return False
        return False

    def column(self, token: Token) -> int:
        return token.start - (self.source.text.rfind("\n", 0, token.start) + 1)

    def add_missing_close(self) -> None:
        block = self.open.pop()
        end = self.kept[-1].end
        gap = Span(self.source, end, end)
        self.kept.append(Token(CLOSING, "}", end, end))
        head = self.kept[block.first : block.brace + 1]
        closing = "\n" + " " * block.indentation + "}"
        self.report(
            Diagnostic(
                "unclosed-block",
                gap,
                f"{_in_words(head)} is not closed",
                here="`}` is missing here",
                remedy="Write `}` below the last clause of the block.",
                labels=(Label(Span(self.source, head[0].start, head[-1].end), "it is opened here"),),
                fix=Fix("Close the block", (Edit(self.behind_remark(gap), closing),), safe=True),
            )
        )

    def behind_remark(self, gap: Span) -> Span:
        """The same place, or the end of its line where only a comment follows, which speaks of what stands before."""
        number, column = self.source.position(gap.start)
        rest = self.source.line(number)[column - 1 :]
        line_end = gap.start + len(rest)
        return Span(self.source, line_end, line_end) if rest.lstrip().startswith("//") else gap

    def open_inner_block(self, column: int) -> None:
        """A brace closes no block of its indentation: the last line that stands there should have opened one."""
        for first in range(len(self.kept) - 1, self.open[-1].brace, -1):
            if self.column(self.kept[first]) == column and self.kept_on_new_line(first):
                brace = first + 1
                while brace < len(self.kept) and not self.kept_on_new_line(brace):
                    brace += 1
                self.add_missing_open(first, brace)
                return

    def kept_on_new_line(self, index: int) -> bool:
        return index == 0 or "\n" in self.source.text[self.kept[index - 1].end : self.kept[index].start]

    def add_missing_open(self, first: int, brace: int) -> None:
        """The head of a block is there, and so is its closing brace: put the opening one between."""
        self.surplus += 1
        self.unopened = None
        end = self.kept[brace - 1].end
        gap = Span(self.source, end, end)
        self.report(
            Diagnostic(
                "unopened-block",
                gap,
                f"{_in_words(self.kept[first:brace])} has no `{{`",
                here="`{` is missing here",
                remedy="Write `{` after the name of the block.",
                fix=Fix("Open the block", (Edit(gap, " {"),), safe=True),
            )
        )
        self.kept.insert(brace, Token(OPENING, "{", end, end))
        self.open.append(_Open(first, brace, self.column(self.kept[first])))

    def head_end(self, first: int) -> int:
        """The last place after the words of a block's head where its brace can stand."""
        states = [0]
        end = first + 1
        for index in range(first, len(self.kept)):
            ahead = read(states, self.kept[index].kind)
            if ahead is None or (index > first and self.kept[index].kind in READING and self.kept_on_new_line(index)):
                break
            states = ahead
            if advance(states, OPENING) is not None:
                end = index + 1
        return end

    def report(self, found: Diagnostic) -> None:
        if len(self.diagnostics) < MOST_DIAGNOSTICS:
            self.diagnostics.append(found)

    def report_stray(self, token: Token) -> None:
        span = Span(self.source, token.start, token.end)
        closes = token.kind == CLOSING
        self.report(
            Diagnostic(
                "stray-brace",
                span,
                "This `}` closes nothing" if closes else "This `{` opens nothing",
                here="every block above is closed already" if closes and not self.open else "",
                remedy="Take it out, or look above for a block that is closed too early." if closes else "Take it out.",
                fix=Fix("Take it out", (Edit(span, ""),)),
            )
        )


def _in_words(head: list[Token]) -> str:
    """The words and the name of a block, as in "`target ease_2026`"."""
    words: list[str] = []
    for token in head[:4]:
        if token.kind == OPENING or token.kind in RUNNING_ON:
            break
        words.append(token.text)
        if token.kind == "NAME":
            break
    return f"`{' '.join(words)}`"
