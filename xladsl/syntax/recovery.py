"""After a mistake: say what it is, mend it or step over it, and go on.

A mistake is first taken for a slip, and mended where one change of one word lets the text go on: another word, a
word more, a word less. Otherwise the rest of the clause is left out, up to the next clause or the end of the block.
Each line gets one message, since a second one is mostly an echo of the first.

Nothing here knows a construct or a clause: what could stand where comes from the automaton.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xladsl.diagnostics import Diagnostic, Edit, Fix
from xladsl.source import Span
from xladsl.spelling import distance, nearest

from ._tables import BLOCKS, WORDS
from .automaton import ACTIONS, CLOSING, END, OPENING, READING, SPELLING, advance, expected, innermost_block, read
from .faults import examine
from .lexer import MOST_DIAGNOSTICS, other_literal
from .tree import Token, Tree
from .wording import FEW, any_of, described, shortened, spelt

if TYPE_CHECKING:
    from .parser import Parser

MOST_REPAIRS = 3
# Mistakes that are not reported, because their line has a message, take time too.
MOST_RECOVERIES = 4 * MOST_DIAGNOSTICS
SHORTEST_SLIP = 3
FAR_ENOUGH = 5
DATE_WITH_POINTS = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")
NAMES = WORDS["NAME"]


def recover(parser: Parser) -> None:
    """Mend the mistake before the next token or step over it, and report it."""
    token = parser.tokens[parser.index]
    if len(parser.diagnostics) >= MOST_DIAGNOSTICS or len(parser.repairs) >= MOST_RECOVERIES:
        give_up(parser)
        return
    tries = parser.repairs[token.start] = parser.repairs.get(token.start, 0) + 1
    if tries <= MOST_REPAIRS and token.kind not in (END, OPENING, CLOSING):
        misread = misread_line_start(parser) is not None
        for repair in REPAIRS[:2] if misread else REPAIRS:
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
    del parser.states[height:], parser.values[height - 1 :], parser.starts[height - 1 :]
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
        del parser.states[-1], parser.values[-1], parser.starts[-1]
    parser.index = len(parser.tokens) - 1


# ---------------------------------------------------------------------------------------------------------- repairs


def misspelt_word(parser: Parser) -> Diagnostic | None:
    """`baselin` for `baseline`: the word itself is near one that could stand here."""
    token = parser.tokens[parser.index]
    if not is_word(token):
        return None
    word = near_word(token, parser.states)
    if word is None or follows(parser, advance(parser.states, NAMES[word]), parser.index + 1, 1) < 1:
        return None
    return replace_word(parser, parser.index, word)


def misspelt_earlier_word(parser: Parser) -> Diagnostic | None:
    """`averge of cost`: `averge` passed for a name, and only `of` shows that a word of the language was meant."""
    before = clause_so_far(parser)
    for back in range(1, min(4, len(before))):
        index = parser.index - back
        token, states = parser.tokens[index], before[-1 - back]
        if token.kind != "NAME":
            continue
        word = near_word(token, states)
        if word is not None and follows(parser, advance(states, NAMES[word]), index + 1, back) == back:
            rewind(parser)
            return replace_word(parser, index, word)
    return None


def wrong_kind_of_value(parser: Parser) -> Diagnostic | None:
    """A name in quotes, a text without, a currency in small letters, a date with points."""
    token = parser.tokens[parser.index]
    wanted = expected(parser.states)
    if "DATE" in wanted and DATE_WITH_POINTS.fullmatch(token.text):
        return date_with_points(parser)
    meant = meant_value(token, wanted)
    if meant is None or follows(parser, advance(parser.states, meant[0]), parser.index + 1, 1) < 1:
        return None
    return put_instead(parser, *meant)


def put_instead(parser: Parser, kind: str, text: str) -> Diagnostic:
    token = parser.tokens[parser.index]
    span = Span(parser.source, token.start, token.end)
    parser.tokens[parser.index] = Token(kind, text, token.start, token.end)
    return Diagnostic(
        "wrong-kind-of-value",
        span,
        f"`{shortened(token.text)}` stands where {described([kind])} is wanted{where(parser)}",
        here=f"write {shortened(text)}",
        remedy=f"Write `{shortened(text)}`.",
        fix=Fix(f"Write {shortened(text)}", (Edit(span, text),)),
    )


def date_with_points(parser: Parser) -> Diagnostic:
    """`01.02.2026`, which may be a version, but not here."""
    token = parser.tokens[parser.index]
    stand_ins, found = examine("wrong_date", Span(parser.source, token.start, token.end), token.text)
    parser.tokens[parser.index] = stand_ins[0]
    return found[0]


def meant_value(token: Token, wanted: list[str]) -> tuple[str, str] | None:
    if token.kind == "STRING" and "NAME" in wanted and other_literal(token.text[1:-1], {"NAME"}):
        return "NAME", token.text[1:-1]
    if token.kind == "STRING" and (kind := other_literal(token.text[1:-1], set(wanted) - {"NAME"})):
        return kind, token.text[1:-1]
    if is_word(token) and (kind := other_literal(token.text.upper(), set(wanted) & {"CURRENCY", "COUNTRY"})):
        return kind, token.text.upper()
    return None


def unquoted_text(parser: Parser) -> Diagnostic | None:
    """`note urgent`, where a text is wanted."""
    token = parser.tokens[parser.index]
    if not is_word(token) or parser.begins_line(parser.index):
        return None
    if follows(parser, advance(parser.states, "STRING"), parser.index + 1, 1) < 1:
        return None
    return put_instead(parser, "STRING", f'"{token.text}"')


def wrong_choice(parser: Parser) -> Diagnostic | None:
    """`force loose`, where only `binding`, `target` … can stand."""
    token = parser.tokens[parser.index]
    wanted = expected(parser.states)
    if not is_word(token) or ends_clause(parser) or parser.begins_clause(parser.index):
        return None
    previous = parser.tokens[parser.index - 1]
    choices = spelt(wanted)
    if len(choices) < 2 or len(choices) < len(wanted):
        return None
    for choice in choices:
        if follows(parser, advance(parser.states, NAMES[choice]), parser.index + 1, 1) == 1:
            parser.tokens[parser.index] = Token(NAMES[choice], token.text, token.start, token.end)
            return Diagnostic(
                "unknown-choice",
                Span(parser.source, token.start, token.end),
                f"`{shortened(token.text)}` does not fit after `{shortened(previous.text)}`{where(parser)}",
                here=f"expected {any_of(wanted)}",
                remedy=f"Write {any_of(wanted, most=16)}.",
            )
    return None


def missing_word(parser: Parser) -> Diagnostic | None:
    """`cap 30% fees`: with one word or sign more, the text goes on."""
    if parser.begins_clause(parser.index):
        return None
    between_clauses = ends_clause(parser) and parser.begins_line(parser.index)
    # A point is part of a name and no word; braces are matched elsewhere.
    wanted = [kind for kind in expected(parser.states) if SPELLING.get(kind) not in (None, "{", "}", ".")]
    fits = {kind: follows(parser, advance(parser.states, kind), parser.index, FAR_ENOUGH) for kind in wanted}
    fitting = [kind for kind, count in fits.items() if count >= 2]
    if len(fitting) != 1 or between_clauses:
        fitting = [kind for kind, count in fits.items() if count == FAR_ENOUGH]
    if between_clauses and parser.tokens[parser.index].kind not in READING:
        return None
    if len(fitting) != 1:
        return None
    word = SPELLING[fitting[0]]
    token, previous = parser.tokens[parser.index], parser.tokens[parser.index - 1]
    at_line_end = parser.begins_line(parser.index) and not between_clauses
    place = previous.end if at_line_end else token.start
    span = Span(parser.source, place, place) if at_line_end else Span(parser.source, token.start, token.end)
    parser.tokens.insert(parser.index, Token(fitting[0], word, place, place))
    edit = Edit(Span(parser.source, place, place), f" {word}" if at_line_end else f"{word} ")
    side = f"after `{shortened(previous.text)}`" if at_line_end else f"before `{shortened(token.text)}`"
    return Diagnostic(
        "missing-word",
        span,
        f"`{word}` is missing {side}{where(parser)}",
        here=f"write `{word}` here",
        remedy=f"Write `{word}` {side}.",
        fix=Fix(f"Write {word}", (edit,)),
    )


def surplus_earlier_word(parser: Parser) -> Diagnostic | None:
    """`asks of staff`: `of` passed for a name, and the name after it for one too many."""
    before = clause_so_far(parser)
    previous = parser.tokens[parser.index - 1]
    if len(before) < 3 or previous.kind != "NAME" or previous.text not in NAMES:
        return None
    if follows(parser, before[-2], parser.index, 2) < 2:
        return None
    index = parser.index - 1
    rewind(parser)
    return take_out(parser, index)


def surplus_word(parser: Parser) -> Diagnostic | None:
    """`the cap 30%`: with one word or sign less, the text goes on."""
    if parser.begins_clause(parser.index) or follows(parser, parser.states, parser.index + 1, 3) < 3:
        return None
    return take_out(parser, parser.index)


def take_out(parser: Parser, index: int) -> Diagnostic:
    token = parser.tokens.pop(index)
    span = Span(parser.source, token.start, token.end)
    return Diagnostic(
        "unexpected-text",
        span,
        f"`{shortened(token.text)}` is not expected here{where(parser)}",
        here="one too many",
        remedy="Take it out.",
        fix=Fix("Take it out", (Edit(span, ""),)),
    )


REPAIRS = (
    misspelt_word,
    misspelt_earlier_word,
    wrong_kind_of_value,
    surplus_earlier_word,
    missing_word,
    surplus_word,
    wrong_choice,
    unquoted_text,
)


def replace_word(parser: Parser, index: int, word: str) -> Diagnostic:
    token = parser.tokens[index]
    span = Span(parser.source, token.start, token.end)
    found = Diagnostic(
        "unknown-word",
        span,
        f"Unknown word `{shortened(token.text)}`{where(parser)}",
        here=f"did you mean `{word}`?",
        remedy=f"Write `{word}`.",
        fix=Fix(f"Write {word}", (Edit(span, word),)),
    )
    parser.tokens[index] = Token(NAMES[word], word, token.start, token.end)
    return found


# --------------------------------------------------------------------------------------------------- stepping over


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
        del parser.states[height:], parser.values[height - 1 :], parser.starts[height - 1 :]
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
        remedy=f"After `{shortened(previous.text)}` stands {wanted}.",
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


# -------------------------------------------------------------------------------------------------------- questions


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


def near_word(token: Token, states: list[int]) -> str | None:
    """The keyword that was probably meant; a word of one or two letters is near to too many."""
    return nearest(token.text, spelt(expected(states))) if len(token.text) >= SHORTEST_SLIP else None


def can_end(states: list[int]) -> bool:
    """Whether what stands so far is a whole clause, or a whole block."""
    return advance(states, CLOSING) is not None or advance(states, END) is not None


def ends_clause(parser: Parser) -> bool:
    return can_end(parser.states)


def clause_so_far(parser: Parser) -> list[list[int]]:
    """The states before each token of the clause under way, and after the last one; none between clauses."""
    height = parser.block_height()
    if len(parser.states) == height or parser.block_just_closed():
        return []
    first = clause_start(parser, height)
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
    del parser.states[height:], parser.values[height - 1 :], parser.starts[height - 1 :]


def where(parser: Parser) -> str:
    """ " in target `ease_2026`": the block around the mistake; nothing between the blocks of a file."""
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
