"""Tokens, and what is no token: reported with a remedy, and read as what was meant."""

from __future__ import annotations

import pytest

from xladsl.diagnostics import Diagnostic
from xladsl.source import Source
from xladsl.syntax.lexer import tokenize
from xladsl.syntax.parser import parse


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(Source("text", text))[0]]


def findings(text: str) -> list[Diagnostic]:
    return tokenize(Source("text", text))[1]


def mended(text: str) -> str:
    edits = [edit for found in findings(text) if found.fix for edit in found.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def test_the_literals() -> None:
    text = 'lisbon 1,200.50 2026-01-31 2026-01 18:30 1.2.0 EUR DK DK-84 UTC "a" """b\nc""" // d'
    literals = ["NAME", "NUMBER", "DATE", "MONTH", "TIME", "VERSION", "CURRENCY", "COUNTRY", "REGION", "ZONE"]
    assert [kind for kind, _ in kinds(text)] == [*literals, "STRING", "LONG_STRING", "COMMENT"]
    assert findings(text) == []


def test_tokens_know_their_places() -> None:
    tokens, _ = tokenize(Source("text", "goal  ease {\n}"))
    assert [(token.start, token.end) for token in tokens] == [(0, 4), (6, 10), (11, 12), (13, 14)]


def test_a_word_is_never_a_keyword_and_a_rest() -> None:
    assert kinds("goalx atleast") == [("NAME", "goalx"), ("NAME", "atleast")]


def test_a_comma_without_a_blank_marks_thousands_only() -> None:
    assert kinds("1,200, 2") == [("NUMBER", "1,200"), ("COMMA", ","), ("NUMBER", "2")]


@pytest.mark.parametrize(
    ("text", "rule", "meant"),
    [
        ('goal g "open', "unclosed-text", 'goal g "open"'),
        ('goal g "open {\n', "unclosed-text", 'goal g "open" {\n'),
        ("“curled”", "typographic-quotes", '"curled"'),
        ("„unten“", "typographic-quotes", '"unten"'),
        ("«guillemets»", "typographic-quotes", '"guillemets"'),
        ("'single'", "typographic-quotes", '"single"'),
        ("31/12/2026", "not-a-date", "2026-12-31"),
        ("2026/1/5", "not-a-date", "2026-01-05"),
        ("1.200,50", "not-a-number", "1,200.50"),
        ("\N{ARABIC-INDIC DIGIT FOUR}\N{ARABIC-INDIC DIGIT TWO}", "not-a-number", "42"),
        ("30days", "glued-words", "30 days"),
        ("1.5h", "glued-words", "1.5 h"),
        ("a ; b", "wrong-symbol", "a  b"),
        ("\N{LESS-THAN OR EQUAL TO}", "wrong-symbol", "<="),
        ("5 \N{MINUS SIGN} 3", "wrong-symbol", "5 - 3"),
        ("==", "wrong-symbol", "="),
        ("\N{EURO SIGN} 5", "wrong-symbol", "EUR 5"),
        ("# remark", "foreign-comment", "// remark"),
        ("e\N{CYRILLIC SMALL LETTER A}se", "look-alike-letter", "ease"),
        ("Portal_Up", "not-a-name", "portal_up"),
        ("m\N{LATIN SMALL LETTER U WITH DIAERESIS}helos", "not-a-name", "muehelos"),
        ("a\N{NO-BREAK SPACE}b", "hidden-character", "a b"),
        ("a\N{ZERO WIDTH SPACE}", "hidden-character", "a"),
        ('"a\N{RIGHT-TO-LEFT OVERRIDE}b"', "hidden-character", '"ab"'),
        ("// a\N{LEFT-TO-RIGHT ISOLATE}b", "hidden-character", "// ab"),
        ("a\rb", "hidden-character", "a\nb"),
        (r'"a\u{202e}b"', "hidden-character", '"ab"'),
    ],
)
def test_what_is_meant_is_said_and_mended(text: str, rule: str, meant: str) -> None:
    assert [found.rule for found in findings(text)] == [rule]
    assert mended(text) == meant
    assert findings(meant) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("01-02-2026", "not-a-date"),
        ("1,5", "not-a-number"),
        ("$ 5", "wrong-symbol"),
        ("/* all\nof this */", "foreign-comment"),
        (r'"a \q b"', "unknown-escape"),
        (r'"\u{110000}"', "unknown-escape"),
        ("9" * 65, "literal-too-long"),
        ("a" * 65, "literal-too-long"),
        ('"""open\n', "unclosed-text"),
        ("\0", "hidden-character"),
        ("\x1b", "hidden-character"),
        ("\x7f", "hidden-character"),
        ("\x85", "hidden-character"),
        ("\u2028", "hidden-character"),
        ("\ud800", "hidden-character"),
        ("a\ufeff", "hidden-character"),
        ("\N{POUND SIGN}", "wrong-symbol"),
        ("@", "wrong-symbol"),
        ("\\", "wrong-symbol"),
    ],
)
def test_what_cannot_be_mended_surely_is_said(text: str, rule: str) -> None:
    assert [found.rule for found in findings(text)] == [rule]


def test_both_readings_of_a_date_are_shown() -> None:
    (found,) = findings("01-02-2026")
    assert found.remedy == "Write `2026-02-01` for 1 February 2026, or `2026-01-02` for 2 January 2026."
    assert found.fix is None


def test_the_look_alike_is_named() -> None:
    (found,) = findings("e\N{CYRILLIC SMALL LETTER A}se")
    assert "U+0430 CYRILLIC SMALL LETTER A, not the Latin `a`" in found.title


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffgoal",
        "a\r\nb",
        '"Tilgængelighed, Мова, 東京, \N{ARABIC LETTER MEEM}\N{ZERO WIDTH NON-JOINER}\N{ARABIC LETTER MEEM}"',
        "// ≤ “any” sign; in a remark",
        r'"\"quoted\" \\ \n \u{2014}"',
        "a" * 64,
    ],
)
def test_what_is_in_order_is_not_reported(text: str) -> None:
    assert findings(text) == []


def test_a_file_has_fifty_findings_at_most() -> None:
    assert len(parse(Source("text", "; \0 € \n" * 1000))[1]) == 50
