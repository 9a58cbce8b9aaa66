"""Tidy text looks as `tests/formatting` shows; whatever its white space was, it means the same and stays tidy."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.expectations import fenced
from tests.syntax.test_oracle import blocks
from xladsl.model.build import Builder, part
from xladsl.model.node import Node
from xladsl.source import Source
from xladsl.syntax._tables import COMMENTS
from xladsl.syntax.formatting import formatted
from xladsl.syntax.lexer import tokenize
from xladsl.syntax.parser import parse

ROOT = Path(__file__).parents[2]
PAIRS = fenced(ROOT / "tests" / "formatting" / "layout.md")
FILES = sorted([*(ROOT / "agreements").rglob("*.xladsl"), *(ROOT / "xladsl" / "std").glob("*.xladsl")])
BLANKS = [" ", "   ", "\t", "\n", "\n      ", " \n\n\n ", "\r\n", " // noted\n", "\n// noted  \n"]


def tidy(text: str) -> str:
    after, diagnostics = formatted(Source("text", text))
    assert diagnostics == []
    return after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(*(pair.text for pair in pairs), id=pairs[0].heading)
        for pairs in zip(PAIRS[::2], PAIRS[1::2], strict=True)
    ],
)
def test_a_text_is_tidied_as_shown(before: str, after: str) -> None:
    assert tidy(before) == after
    assert tidy(after) == after


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_agreement_means_the_same_when_it_is_tidy(file: Path) -> None:
    keeps_the_meaning(file.read_text(encoding="utf-8"))


def statements() -> list[str]:
    found = []
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        found += [text[statement.start : statement.end] for statement in parse(Source(file.name, text))[0].children]
    return found


quietly = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@quietly
@given(st.lists(st.sampled_from(statements()), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_scrambled_white_space_changes_nothing_but_where_lines_end(texts: list[str], random: Random) -> None:
    text = scrambled("\n".join(texts), random)
    # A name that looks like the beginning of a clause is taken for one at the beginning of a line.
    assume(not parse(Source("text", text))[1])
    keeps_the_meaning(text)


@quietly
@given(st.lists(blocks, min_size=1, max_size=3))
def test_whatever_the_grammar_makes_is_tidied(texts: list[str]) -> None:
    text = "\n".join(texts)
    assume(not parse(Source("text", text))[1])
    keeps_the_meaning(text)


def scrambled(text: str, random: Random) -> str:
    """The same tokens with other white space between them, and comments here and there."""
    pieces = []
    end = 0
    for token in tokenize(Source("text", text))[0]:
        stood_close = token.start == end
        pieces += ["" if stood_close and random.random() < 0.5 else random.choice(BLANKS), token.text]
        pieces += ["\n"] * (token.kind in COMMENTS)
        end = token.end
    return "".join(pieces)


def keeps_the_meaning(text: str) -> None:
    after = tidy(text)
    assert tidy(after) == after
    assert model(after) == model(text)
    assert comments(after) == comments(text)
    assert "\r" not in after
    assert "\n\n\n" not in outside_of_texts(after)
    assert all(line == line.rstrip() for line in outside_of_texts(after).split("\n"))
    assert after.endswith("\n") is not after.endswith("\n\n")


def model(text: str) -> list[Node]:
    source = Source("text", text)
    tree, diagnostics = parse(source)
    assert diagnostics == []
    builder = Builder(source, [])
    return [part(builder, statement) for statement in tree.children]


def comments(text: str) -> list[str]:
    return [token.text.rstrip() for token in tokenize(Source("text", text))[0] if token.kind in COMMENTS]


def outside_of_texts(text: str) -> str:
    """The text with a mark instead of each long text, whose inside is the author's."""
    for token in tokenize(Source("text", text))[0]:
        if token.kind == "LONG_STRING":
            text = text.replace(token.text, "…")
    return text


def test_windows_line_ends_and_a_byte_order_mark_go() -> None:
    before = '\ufeff// One.\r\nclause a "A" {\r\n  text """\r\n    one\r\n    two\r\n  """\r\n}'
    assert tidy(before) == '// One.\nclause a "A" {\n  text        """\n    one\n    two\n  """\n}\n'


@pytest.mark.parametrize("text", ["", "\n\n", " \t"])
def test_nothing_stays_nothing(text: str) -> None:
    assert tidy(text) == ""


def test_a_comment_alone_is_a_text() -> None:
    assert tidy("\n\n  // Only this.\n\n\n  // And this.") == "// Only this.\n\n// And this.\n"


def test_a_text_with_mistakes_stays_as_it_is() -> None:
    text = 'kpi   ease "Ease" {\n valeu   mean of pulse.ease }\n'
    after, diagnostics = formatted(Source("text", text))
    assert after == text
    assert [found.rule for found in diagnostics] == ["unknown-word"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("covers " + "\n, ".join(["portal_up"] * 20_000), id="a list of many lines"),
        pytest.param("covers " + ", ".join(["portal_up"] * 20_000), id="a list on one line"),
        pytest.param('access "x" ' * 10_000, id="many clauses"),
        pytest.param('access "x" // noted\n' * 10_000, id="many comments"),
    ],
)
def test_a_large_text_takes_no_longer_than_its_length(text: str) -> None:
    # A quadratic walk over these would take minutes.
    assert tidy(f'report monthly "Monthly" {{ {text} }}').count("\n") > 2
