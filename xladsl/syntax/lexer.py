"""From text to tokens, in one pass of one regular expression.

The terminals come from the grammar. Words that the grammar spells out get their own kind here; whether the parser
can use such a word as a keyword, or takes it as a name, is known only there. What is no token of the language is
reported with a remedy and, where the meaning is plain, read as what was meant, so that the parser does not stumble
over it a second time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xladsl.source import Span

from ._tables import BLANK, TERMINALS, WORDS
from .tree import Token

if TYPE_CHECKING:
    from collections.abc import Container

    from xladsl.diagnostics import Diagnostic
    from xladsl.source import Source

LONGEST_LITERAL = 64
MOST_DIAGNOSTICS = 50

# What people write for something else, tried before the terminals: a terminal would match the beginning of it.
# The bounds keep the time linear: nothing is looked at far ahead and then left to be looked at again.
EARLY_FAULTS = {
    "wrong_date": r"(?:[0-9]{1,2}(?:-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}"
    r"|[0-9]{4}-(?:[0-9]-[0-9]{1,2}|[0-9]{2}-[0-9]))(?!\w)",
    "wrong_number": r"[0-9]{1,3}(?:\.[0-9]{3}){1,9},[0-9]+(?!\w)"
    r"|(?![0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9]))[0-9]+,[0-9][0-9,.]*",
    "glued_number": r"[0-9]{1,64}(?:[.,][0-9]{1,64}){0,3}[A-Za-z_]\w*",
    "block_comment": r"/\*(?:(?s:.)*?\*/|(?s:.)*)",
    "double_symbol": r"==|!=|<>",
}
# An open """ goes on to the next brace that stands at the very left, which rarely belongs to a text.
OPEN_LONG_TEXT = {"open_long_text": r'"{3}[^\n]*(?:\n(?!\})[^\n]*)*'}
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b'`\u00b4"
LATE_FAULTS = {
    # A brace at the end of the line is the block's, not the text's.
    "open_text": r'"[^\n{]*(?:\{(?![ \t\r]*(?:\n|\Z))[^\n{]*)*',
    "quoted_otherwise": rf"[{DOUBLE_QUOTES}][^\n\"{DOUBLE_QUOTES}]*[\"{DOUBLE_QUOTES}]?"
    rf"|[{SINGLE_QUOTES}][^\n\"{SINGLE_QUOTES}]*[{SINGLE_QUOTES}]?",
    "hash_comment": r"#[^\n]*",
    "wrong_word": r"\w+",
    "wrong_symbol": r"(?s:.)",
}

# Most tokens are words, so they are tried first: nothing else begins with a small letter.
COMMONEST = max(WORDS, key=lambda kind: len(WORDS[kind]))

# A token may not run on into a letter or a digit: `owner2x` is one word, not a keyword and a rest.
WHOLE = r"(?!(?<=\w)\w)"


def _alternatives() -> dict[str, str]:
    terminals = {name: pattern + WHOLE for name, pattern in TERMINALS}
    words = {COMMONEST: terminals[COMMONEST]}
    long_text = {name: pattern for name, pattern in terminals.items() if name == "LONG_STRING"}
    return words | EARLY_FAULTS | long_text | OPEN_LONG_TEXT | terminals | LATE_FAULTS


PATTERN = re.compile(
    rf"(?>(?:{BLANK})?)(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _alternatives().items()) + r"|\Z)"
)
KEYWORDS: dict[str, dict[str, str]] = {name: WORDS.get(name, {}) for name, _ in TERMINALS}
TEXTS = frozenset({"STRING", "LONG_STRING"})
RUNNING_ON = TEXTS | {"COMMENT"}
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")


def tokenize(source: Source) -> tuple[list[Token], list[Diagnostic]]:
    """The tokens of a file, comments included, in order; and what in the file is no token of the language."""
    text = source.text
    diagnostics: list[Diagnostic] = []
    if not text.isascii() or CONTROLS.search(text):
        from .characters import without_hidden_characters

        text, diagnostics = without_hidden_characters(source)
    tokens: list[Token] = []
    append = tokens.append
    keywords_of = KEYWORDS.get
    for match in PATTERN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            break
        word = match[kind]
        start, end = match.span(kind)
        keywords = keywords_of(kind)
        if keywords is not None and end - start <= LONGEST_LITERAL:
            append(Token(keywords.get(word, kind), word, start, end))
            if kind not in TEXTS or "\\" not in word:
                continue
        elif keywords is not None and kind in RUNNING_ON:
            append(Token(kind, word, start, end))
            if kind not in TEXTS or "\\" not in word:
                continue
        from .faults import examine

        stand_ins, findings = examine(kind, Span(source, start, end), word)
        tokens += stand_ins
        diagnostics += findings[: MOST_DIAGNOSTICS - len(diagnostics)]
    return tokens, diagnostics


def other_literal(text: str, wanted: Container[str]) -> str | None:
    """The first terminal among those wanted that matches the whole text: `UTC` is a zone, and three capitals too."""
    return next((name for name, pattern in TERMINALS if name in wanted and re.fullmatch(pattern, text)), None)
