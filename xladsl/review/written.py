"""The words of a text as they stand in a file of the agreement, or in a file of translations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..translations.folding import SUFFIX as TRANSLATED

if TYPE_CHECKING:
    from ..model.quantities import Text, Translation

LITERAL = re.compile(r'"""(.*?)"""|"((?:[^"\\\n\r]|\\[^\n\r])*)"', re.DOTALL)
SHORT = 2
"""The group of a literal that may escape; a long one takes its words as they are."""

NEVER = re.compile(r"(?!)")
SIGN = r'(?:\\[^ntr]|[^\s"\\])'
LINE_ENDS = r'"[ \t]*\r?\n[ \t]*"'


class Raw(NamedTuple):
    """A word of a text, where it stands in its file, and whether quotation marks are escaped there."""

    start: int
    end: int
    plain: str
    escaped: bool


class Manner(NamedTuple):
    """How a file writes words: each of them, what divides paragraphs, and where a line may end inside of a word."""

    word: re.Pattern[str]
    blank_line: re.Pattern[str]
    line_ends: re.Pattern[str]


AGREEMENT = Manner(re.compile(r"\S+"), re.compile(r"\n[ \t]*\n"), NEVER)
TRANSLATIONS = Manner(
    re.compile(rf"(?<!\\){SIGN}(?:{LINE_ENDS}(?={SIGN})|{SIGN})*"),
    re.compile(rf"\\n[ \t]*(?:{LINE_ENDS}[ \t]*)?\\n"),
    re.compile(LINE_ENDS),
)
"""There each line stands between quotation marks of its own, and the end of a line is written `\\n`."""


def paragraphs(text: Text | Translation) -> list[list[Raw]]:
    """The words of a text, paragraph by paragraph, each where it stands."""
    assert text.source is not None
    if text.source.name.endswith(TRANSLATED):
        return divided(text.source.text, *text.offsets, TRANSLATIONS, escaped=True)
    literal = LITERAL.search(text.source.text, *text.offsets)
    if literal is None:
        return []
    which = 1 if literal[1] is not None else SHORT
    return divided(text.source.text, *literal.span(which), AGREEMENT, escaped=which == SHORT)


def divided(text: str, start: int, end: int, manner: Manner, *, escaped: bool) -> list[list[Raw]]:
    found: list[list[Raw]] = [[]]
    after = start
    for word in manner.word.finditer(text, start, end):
        if found[-1] and manner.blank_line.search(text, after, word.start()):
            found.append([])
        plain = manner.line_ends.sub("", word[0])
        found[-1].append(Raw(word.start(), word.end(), unescaped(plain) if escaped else plain, escaped))
        after = word.end()
    return [words for words in found if words]


def unescaped(words: str) -> str:
    return words.replace('\\"', '"').replace("\\\\", "\\")
