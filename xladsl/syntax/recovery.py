"""After a mistake: say what it is, mend it or step over it, and go on.

A mistake is first taken for a slip, and mended where one change of one word lets the text go on: another word, a
word more, a word less. Otherwise the rest of the clause is left out, up to the next clause or the end of the block.
Each line gets one message, since a second one is mostly an echo of the first.

Nothing here knows a construct or a clause: what could stand where comes from the automaton.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xladsl.diagnostics import Diagnostic
from xladsl.source import Span
from xladsl.spelling import distance

from .automaton import ACTIONS, CLOSING, END, OPENING, advance, expected
from .lexer import MOST_DIAGNOSTICS
from .repairs import REPAIRS, REPAIRS_OF_WORDS
from .surroundings import can_end, clause_so_far, ends_clause, homes_of, is_word, rewind, where
from .wording import ANYTHING_ELSE, FEW, any_of, shortened, spelt

if TYPE_CHECKING:
    from .parser import Parser
    from .tree import Token

MOST_REPAIRS = 3
# Mistakes that are not reported, because their line has a message, take time too.
MOST_RECOVERIES = 4 * MOST_DIAGNOSTICS


def recover(parser: Parser) -> None:
    """Mend the mistake before the next token or step over it, and report it."""
    token = parser.tokens[parser.index]
    if len(parser.diagnostics) >= MOST_DIAGNOSTICS or len(parser.repairs) >= MOST_RECOVERIES:
        give_up(parser)
        return
    tries = parser.repairs[token.start] = parser.repairs.get(token.start, 0) + 1
    if tries <= MOST_REPAIRS and token.kind not in (END, OPENING, CLOSING):
        misread = misread_line_start(parser) is not None
        for repair in REPAIRS_OF_WORDS if misread else REPAIRS:
            found = repair(parser)
            if found is not None:
                report(parser, found)
                return
    report(parser, step_over(parser))


def leave_too_deep(parser: Parser) -> None:
    """A clause that nests without braces or parentheses, as in `not not not …`."""
    token = parser.tokens[parser.index]
    found = Diagnostic(
        "nested-too-deeply",
        Span(parser.source, token.start, token.end),
        f"This clause goes on and on{where(parser)}",
        why="No reader can follow so many levels.",
        remedy="Give a part of it a name of its own and refer to it.",
    )
    height = parser.block_height()
    parser.go_back_to(height)
    del parser.tokens[parser.index : resumption(parser, parser.index, height)]
    report(parser, found)


def report(parser: Parser, found: Diagnostic) -> None:
    lines = {parser.source.position(found.span.start)[0], parser.source.position(found.span.end)[0]}
    if not lines & parser.faulty_lines:
        parser.diagnostics.append(found)
    parser.faulty_lines |= lines


def give_up(parser: Parser) -> None:
    """Keep the blocks that are complete, and end."""
    while len(parser.states) > 1 and advance(parser.states, END) is None:
        parser.go_back_to(len(parser.states) - 1)
    parser.index = len(parser.tokens) - 1


def step_over(parser: Parser) -> Diagnostic:
    """Leave out what cannot be read, up to where the innermost block goes on. Something is always left out."""
    height = parser.block_height()
    inside_clause = len(parser.states) > height and not ends_clause(parser)
    misread = misread_line_start(parser)
    if misread is not None:
        rewind(parser)
        found = misplaced(parser, parser.tokens[misread])
        del parser.tokens[misread : resumption(parser, misread + 1, height)]
        return found
    first = parser.index
    if inside_clause:
        found = unfinished(parser)
        parser.go_back_to(height)
        last = resumption(parser, first, height)
    else:
        found = misplaced(parser, parser.tokens[first])
        last = resumption(parser, first + 1, height)
    last = min(last, len(parser.tokens) - 1)
    if last == first and not inside_clause:
        # At the end of the file nothing is left to leave out.
        give_up(parser)
    del parser.tokens[first:last]
    return found


def resumption(parser: Parser, index: int, height: int) -> int:
    """Where, from `index` on, the block that `states[:height]` lead to goes on."""
    row = ACTIONS[parser.states[height - 1]]
    depth = sum((token.kind == OPENING) - (token.kind == CLOSING) for token in parser.tokens[parser.index : index])
    for position in range(index, len(parser.tokens) - 1):
        kind = parser.tokens[position].kind
        if kind == OPENING:
            depth += 1
        elif kind == CLOSING:
            if depth <= 0:
                return position
            depth -= 1
        elif depth <= 0 and kind in row and parser.begins_line(position):
            return position
    return len(parser.tokens) - 1


def misread_line_start(parser: Parser) -> int | None:
    """The index of the word before, where it began a line and passed for a name at the end of the clause above."""
    index = parser.index - 1
    before = clause_so_far(parser)
    if len(before) < 3 or parser.tokens[index].kind != "NAME" or not parser.begins_line(index):
        return None
    return index if parser.tokens[index - 1].text != "," and can_end(before[-2]) else None


def unfinished(parser: Parser) -> Diagnostic:
    """The clause breaks off: at the end of its line, or before something that does not belong there."""
    token, previous = parser.tokens[parser.index], parser.tokens[max(parser.index - 1, 0)]
    wanted = any_of(expected(parser.states))
    height = parser.block_height()
    start = parser.starts[height - 1]
    clause = next(t.text for t in reversed(parser.tokens[: parser.index]) if t.start <= start)
    if token.kind in (END, CLOSING, OPENING) or parser.begins_line(parser.index):
        return Diagnostic(
            "unfinished-clause",
            Span(parser.source, previous.end, previous.end),
            f"{f'`{clause}`' if clause[0].isalpha() else 'This line'} is not complete{where(parser)}",
            here=f"expected {wanted}",
            remedy=f"Complete it: after `{shortened(previous.text)}` stands {wanted}.",
        )
    return Diagnostic(
        "unexpected-text",
        Span(parser.source, token.start, token.end),
        f"`{shortened(token.text)}` is not expected after `{shortened(previous.text)}`{where(parser)}",
        here=f"expected {wanted}",
        remedy=f"After `{shortened(previous.text)}` stands {wanted}."
        if wanted != ANYTHING_ELSE
        else "Take it out; or, where it belongs to what stands before it, put both in parentheses.",
    )


def misplaced(parser: Parser, token: Token) -> Diagnostic:
    """Something between the clauses of a block, or between the blocks, that begins none of them."""
    span = Span(parser.source, token.start, token.end)
    text = shortened(token.text)
    block = where(parser).removeprefix(" in ")
    homes = homes_of(token)
    index = parser.tokens.index(token)
    if not parser.begins_line(index) or not is_word(token):
        before = f" after `{shortened(parser.tokens[index - 1].text)}`" if index else ""
        title = f"`{text}` is not expected{before}{where(parser)}"
        return Diagnostic("unexpected-text", span, title, remedy="Take it out, or make it a comment with `//`.")
    if homes and not block:
        title, remedy = f"`{text}` stands outside of a block", f"It is a clause of {homes}: put it between its braces."
        return Diagnostic("misplaced-clause", span, title, remedy=remedy)
    if homes:
        title, remedy = f"`{text}` is not a clause of {block}", f"It is a clause of {homes}: put it there."
        return Diagnostic("misplaced-clause", span, title, remedy=remedy)
    words = spelt(ACTIONS[parser.states[parser.block_height() - 1]])
    near = sorted(sorted(words, key=lambda word: distance(token.text, word))[:FEW])
    return Diagnostic(
        "unknown-word",
        span,
        f"`{text}` does not begin a clause of {block}" if block else f"`{text}` does not begin a block",
        remedy=f"{len(words)} words can stand here, among them {', '.join(f'`{word}`' for word in near)}.",
    )
