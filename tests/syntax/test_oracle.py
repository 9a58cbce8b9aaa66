"""Stock lark reads the same grammar: on texts that the grammar makes, and on slips in them, both must agree."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark
from lark import Lark
from lark import Token as LarkToken
from lark import Tree as LarkTree
from lark.exceptions import UnexpectedInput
from lark.lexer import PatternStr

from xladsl import resources
from xladsl.source import Source
from xladsl.syntax._tables import COMMENTS
from xladsl.syntax.automaton import READING
from xladsl.syntax.lexer import other_literal, tokenize
from xladsl.syntax.parser import parse
from xladsl.syntax.tree import Token, Tree

# Lark tries first what could be longest, and a number could be longer than any date: so the dates get precedence.
DATES = re.compile(r"^(DATE|MONTH|TIME|VERSION):", re.MULTILINE)
GRAMMAR = DATES.sub(r"\1.2:", (resources.grammar() / "xladsl.lark").read_text(encoding="utf-8"))
ORACLE = Lark(GRAMMAR, start="document", parser="lalr", maybe_placeholders=False)

# Every terminal stands between blanks: stock lark would read `atleast` as two words.
LITERALS = {
    "NAME": st.sampled_from([" lisbon ", " x_1 "]),
    "STRING": st.sampled_from([' "a text" ', r' "with \"quotes\"" ', ' "" ']),
    "LONG_STRING": st.sampled_from([' """two\nlines""" ', ' """one "quoted" line""" ']),
    "NUMBER": st.sampled_from([" 1 ", " 99.9 ", " 1,200.50 "]),
    "DATE": st.just(" 2026-01-31 "),
    "MONTH": st.just(" 2026-01 "),
    "TIME": st.just(" 18:30 "),
    "VERSION": st.just(" 1.2.0 "),
    "CURRENCY": st.just(" EUR "),
    "COUNTRY": st.just(" DK "),
    "REGION": st.just(" DE-BY "),
    "ZONE": st.sampled_from([" UTC ", " Europe/Copenhagen "]),
    "COMMENT": st.just(" // a remark\n"),
    "WHITE_SPACE": st.just(" "),
}
SPELT = {
    terminal.name: st.just(f" {terminal.pattern.value} ")
    for terminal in ORACLE.terminals
    if isinstance(terminal.pattern, PatternStr)
}
WORDS = [terminal.pattern.value for terminal in ORACLE.terminals if isinstance(terminal.pattern, PatternStr)]

IN_BLOCKS = {terminal.name for terminal in ORACLE.grammar.compile(["_block"], ())[0]}
EXPLICIT = {name: texts for name, texts in (SPELT | LITERALS).items() if name in IN_BLOCKS}
blocks = from_lark(ORACLE, start="_block", explicit=EXPLICIT)
quietly = settings(max_examples=120, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@quietly
@given(blocks)
def test_what_the_grammar_makes_is_read_as_lark_reads_it(text: str) -> None:
    assert read_by_us(text) == plain(ORACLE.parse(text))


@quietly
@given(blocks, st.randoms(use_true_random=False))
def test_a_slip_is_a_slip_to_both(text: str, chance: object) -> None:
    tokens, _ = tokenize(Source("text", text))
    assume(tokens)
    words = [token.text for token in tokens if token.kind not in COMMENTS]
    at = chance.randrange(len(words))  # type: ignore[attr-defined]
    other = chance.choice([*WORDS, "lisbon", "7"])  # type: ignore[attr-defined]
    for slip in ([], [other], [words[at], other], [words[at], words[at]]):
        slipped = " ".join([*words[:at], *slip, *words[at + 1 :]]).replace("\n", " ")
        assert read_by_us(slipped) == read_by_lark(slipped), slipped


def read_by_us(text: str) -> object:
    tree, diagnostics = parse(Source("text", text))
    return None if diagnostics else plain(tree)


def read_by_lark(text: str) -> object:
    """Lark's parser on our tokens: its own lexer takes `terminate`, where no name can stand, for `term` and a rest."""
    tokens, faults = tokenize(Source("text", text))
    parser = ORACLE.parse_interactive("")
    try:
        for token in tokens:
            choices = parser.accepts()
            other = READING.get(token.kind) or other_literal(token.text, choices) or token.kind
            parser.feed_token(LarkToken(token.kind if token.kind in choices else other, token.text))
        tree = parser.feed_eof()
    except UnexpectedInput:
        return None
    return None if faults else plain(tree)


def plain(tree: Tree | Token | LarkTree[LarkToken] | LarkToken) -> object:
    """A tree of either parser as nested tuples, without places."""
    if isinstance(tree, Token):
        return tree.kind, tree.text
    if isinstance(tree, LarkToken):
        return str(tree.type), str(tree)
    rule = tree.rule if isinstance(tree, Tree) else str(tree.data)
    return rule, *(plain(child) for child in tree.children)
