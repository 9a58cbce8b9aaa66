"""One change of one word, after which the text goes on: what was probably meant.

A repair looks at the mistake before the next token. If it is of its kind, the repair changes the tokens, so that the
parser can go on, and says what it found; otherwise it leaves everything as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xladsl.diagnostics import Diagnostic, Edit, Fix
from xladsl.source import Span
from xladsl.spelling import distance, nearest

from ._tables import WORDS
from .automaton import READING, SPELLING, advance, expected
from .faults import examine
from .lexer import other_literal
from .surroundings import clause_so_far, ends_clause, follows, is_word, rewind, where
from .tree import Token
from .wording import any_of, described, shortened, spelt

if TYPE_CHECKING:
    from .parser import Parser

SHORTEST_SLIP = 3
SHORTEST_SURE = 5
FAR_ENOUGH = 5
# Words that join, and that say nothing by themselves.
SMALL_WORDS = frozenset({"as", "at", "by", "each", "for", "from", "in", "is", "of", "on", "than", "the", "to", "when"})
DATE_WITH_POINTS = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}")
NAMES = WORDS["NAME"]


def misspelt_word(parser: Parser) -> Diagnostic | None:
    """`baselin` for `baseline`: the word itself is near one that could stand here."""
    token = parser.tokens[parser.index]
    if not is_word(token):
        return None
    word = near_word(token, parser.states)
    if word is None or follows(parser, advance(parser.states, NAMES[word]), parser.index + 1, 1) < 1:
        return None
    return replace_word(parser, parser.index, word, sure=is_far_from_others(token.text, word, parser.states))


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
            return replace_word(parser, index, word, sure=False)  # it may be the name that it passed for
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
        fix=Fix(f"Write {word}", (edit,), safe=word in SMALL_WORDS),
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


def replace_word(parser: Parser, index: int, word: str, *, sure: bool) -> Diagnostic:
    token = parser.tokens[index]
    span = Span(parser.source, token.start, token.end)
    found = Diagnostic(
        "unknown-word",
        span,
        f"Unknown word `{shortened(token.text)}`{where(parser)}",
        here=f"did you mean `{word}`?",
        remedy=f"Write `{word}`.",
        fix=Fix(f"Write {word}", (Edit(span, word),), safe=sure),
    )
    parser.tokens[index] = Token(NAMES[word], word, token.start, token.end)
    return found


def near_word(token: Token, states: list[int]) -> str | None:
    """The keyword that was probably meant; a word of one or two letters is near to too many."""
    return nearest(token.text, spelt(expected(states))) if len(token.text) >= SHORTEST_SLIP else None


def is_far_from_others(written: str, word: str, states: list[int]) -> bool:
    """Whether a word of some length was meant and clearly no other: `mon` may be `min` or `month`, and `now` `not`."""
    apart = distance(written, word)
    others = (other for other in spelt(expected(states)) if other != word)
    return len(word) >= SHORTEST_SURE and all(distance(written, other) > apart + 1 for other in others)


REPAIRS_OF_WORDS = (misspelt_word, misspelt_earlier_word)
REPAIRS = (
    *REPAIRS_OF_WORDS,
    wrong_kind_of_value,
    surplus_earlier_word,
    missing_word,
    surplus_word,
    wrong_choice,
    unquoted_text,
)
