"""From text to tokens, in one pass of one regular expression.

The terminals come from the grammar. Words that the grammar spells out get their own kind here; whether the parser
can use such a word as a keyword, or takes it as a name, is known only there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._tables import BLANK, TERMINALS, WORDS
from .tree import Token

if TYPE_CHECKING:
    from xladsl.diagnostics import Diagnostic
    from xladsl.source import Source

# A token may not run on into a letter or a digit: `5percent` is neither a number nor a name.
WHOLE = r"(?!(?<=\w)\w)"

PATTERN = re.compile(
    f"(?>(?:{BLANK})?)(?:"
    + "|".join(f"(?P<{name}>{pattern}{WHOLE})" for name, pattern in TERMINALS)
    + r"|(?P<fault>(?s:.))|\Z)",
)
KEYWORDS: dict[str, dict[str, str]] = {name: WORDS.get(name, {}) for name, _ in TERMINALS}


def tokenize(source: Source) -> tuple[list[Token], list[Diagnostic]]:
    """The tokens of a file, comments included, in order."""
    tokens: list[Token] = []
    append = tokens.append
    keywords_of = KEYWORDS.get
    for match in PATTERN.finditer(source.text):
        kind = match.lastgroup
        if kind is None:
            break
        text = match[kind]
        start, end = match.span(kind)
        keywords = keywords_of(kind)
        if keywords is None:
            continue
        append(Token(keywords.get(text, kind), text, start, end))
    return tokens, []
