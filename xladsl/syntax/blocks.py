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
from .automaton import ACTIONS, CLOSING, OPENING
from .lexer import MOST_DIAGNOSTICS
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
    """A block that is open: its brace among the tokens kept, its first token, and the indentation of that line."""

    brace: int
    first: Token
    indentation: int


class _Layout:
    """One pass over the tokens of a file whose braces do not match."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        self.source = source
        self.tokens = tokens
        self.kept: list[Token] = []
        self.open: list[_Open] = []
        self.line_start = tokens[0] if tokens else None
        self.unopened: int | None = None
        self.diagnostics: list[Diagnostic] = []

    def matched(self) -> list[Token]:
        for index, token in enumerate(self.tokens):
            begins_line = index == 0 or "\n" in self.source.text[self.tokens[index - 1].end : token.start]
            if begins_line:
                self.line_start = token
                self.at_line_start(index)
            if token.kind == CLOSING:
                self.close(token, begins_line)
                continue
            self.kept.append(token)
            if token.kind == OPENING:
                assert self.line_start is not None
                self.open.append(_Open(len(self.kept) - 1, self.line_start, self.column(self.line_start)))
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

    def close(self, token: Token, begins_line: bool) -> None:
        column = self.column(token)
        if begins_line and any(block.indentation == column for block in self.open):
            while self.open[-1].indentation > column:
                self.add_missing_close()
        if not self.open and self.unopened is not None:
            self.add_missing_open()
        if self.open:
            self.open.pop()
            self.kept.append(token)
        else:
            self.report_stray(token)

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
        if len(self.diagnostics) >= MOST_DIAGNOSTICS:
            return
        head = head_of(self.kept[max(block.brace - 12, 0) : block.brace + 1])
        self.diagnostics.append(
            Diagnostic(
                "unclosed-block",
                gap,
                f"{head} is not closed",
                here="`}` is missing here",
                remedy="Write `}` below the last clause of the block.",
                labels=(Label(Span(self.source, block.first.start, self.kept[block.brace].end), "it is opened here"),),
                fix=Fix("Close the block", (Edit(gap, "\n" + " " * block.indentation + "}"),)),
            )
        )

    def add_missing_open(self) -> None:
        """The last line at the left that begins a block has no brace, and a closing one is left over."""
        assert self.unopened is not None
        last = self.unopened
        line_end = self.source.text.find("\n", self.kept[last].start)
        while last + 1 < len(self.kept) and (line_end < 0 or self.kept[last + 1].start < line_end):
            last += 1
        end = self.kept[last].end
        gap = Span(self.source, end, end)
        self.diagnostics.append(
            Diagnostic(
                "unopened-block",
                gap,
                f"{head_of(self.kept[: last + 1])} has no `{{`",
                here="`{` is missing here",
                remedy="Write `{` after the name of the block.",
                fix=Fix("Open the block", (Edit(gap, " {"),)),
            )
        )
        self.kept.insert(last + 1, Token(OPENING, "{", end, end))
        self.open.append(_Open(last + 1, self.kept[self.unopened], self.column(self.kept[self.unopened])))
        self.unopened = None

    def report_stray(self, token: Token) -> None:
        if len(self.diagnostics) >= MOST_DIAGNOSTICS:
            return
        span = Span(self.source, token.start, token.end)
        self.diagnostics.append(
            Diagnostic(
                "stray-brace",
                span,
                "This `}` closes nothing",
                here="every block above is closed already",
                remedy="Take it out, or look above for a block that is closed too early.",
                fix=Fix("Take it out", (Edit(span, ""),)),
            )
        )


def head_of(tokens: list[Token]) -> str:
    """The words and the name of the block that the last token opens, as in "`target ease_2026`"."""
    first = len(tokens) - 1
    while first > 0 and tokens[first - 1].kind not in (OPENING, CLOSING) and len(tokens) - first < 12:
        first -= 1
        if tokens[first].kind in ACTIONS[0]:
            break
    words = [token.text for token in tokens[first:] if token.kind != OPENING and not token.text.startswith('"')]
    return f"`{' '.join(words[:3])}`"
