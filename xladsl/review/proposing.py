"""How the text of the agreement would have to change for a line of paper to say what was asked for.

What is proposed here is a guess. It counts only where the text, changed like that, makes exactly the line that was
asked for: `proving` sees to it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import digit

from babel.numbers import get_decimal_symbol, get_group_symbol

from ..model.node import Node, walk
from ..model.prose import quotations
from ..model.quantities import Text, Translation
from ..source import Span
from .written import Raw, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..outputs.language import Language
    from ..source import Source

MOST_PLACES = 8
"""A word that stands in more places of a clause is not looked for: it would be a guess among too many."""

ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
YEARS_TRIED = 12
MARGIN = 4
"""Blanks before a paragraph that is put behind the first one of a text."""

CLOSING = ".,;:)”’»"
OPENING = "(“‘„«"


class Edit(NamedTuple):
    """Other words for a stretch of a source."""

    span: Span
    words: str


class Hunk(NamedTuple):
    """Words of a line, from `start` up to `end`, and those that come in their place."""

    start: int
    end: int
    before: str
    after: str


def hunks(before: str, after: str) -> list[Hunk]:
    """What differs between two versions of a line, word by word."""
    old, new = before.split(), after.split()
    starts = [found.start() for found in re.finditer(r"\S+", before)] + [len(before)]
    found = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind != "equal":
            stop = starts[end - 1] + len(old[end - 1]) if end > start else starts[start]
            found.append(Hunk(starts[start], stop, " ".join(old[start:end]), " ".join(new[new_start:new_end])))
    return found


def candidates(node: Any, field: str, line: str, hunk: Hunk, language: Language) -> list[Edit]:
    """The edits that may make a hunk of a line, the likeliest first."""
    values = getattr(node, field, None) if field else None
    parts = [part for part in (values if isinstance(values, list) else [values]) if isinstance(part, Node)] or [node]
    found = [edit for part in parts for edit in in_prose(part, line, hunk)]
    if found:
        return found
    spans = [part.span for part in parts] if values and parts != [node] else [node.place(field) if field else node.span]
    for scopes in (spans, [node.span]):
        found = [edit for span in scopes for edit in in_words(span, line, hunk, language)]
        if found:
            break
    return found if len(found) <= MOST_PLACES else []


# Prose, which stands in the text as it stands on paper


def in_prose(part: Node, line: str, hunk: Hunk) -> Iterator[Edit]:
    """The edits of texts that the line has word for word."""
    for text in walk(part):
        if isinstance(text, Text | Translation) and text.source is not None:
            for words in paragraphs(text):
                edit = in_paragraph(text.source, words, line, hunk)
                if edit is not None:
                    yield edit


def whole_paragraphs(node: Node, line: str, added: list[str]) -> list[list[Edit]]:
    """The edits that put paragraphs behind the one that says a line, or without any `added` take that one away."""
    found = []
    for text in walk(node):
        if not isinstance(text, Text | Translation) or text.source is None:
            continue
        written = paragraphs(text)
        for at, words in enumerate(written):
            if not re.search(pattern_of(words), line):
                continue
            start, end = words[-1].end, words[-1].end
            if not added and len(written) > 1:
                start, end = (written[at - 1][-1].end, end) if at else (words[0].start, written[1][0].start)
                found.append([Edit(Span(text.source, start, end), "")])
            elif added and not words[0].escaped:
                _, column = text.source.position(words[0].start)
                margin = " " * (column - 1) if at else " " * MARGIN
                put_in = "".join(f"\n\n{margin}{escaped(each, words[0])}" for each in added)
                found.append([Edit(Span(text.source, start, end), put_in)])
    return found


def in_paragraph(source: Source, words: list[Raw], line: str, hunk: Hunk) -> Edit | None:
    """The edit of a paragraph that the line has word for word, around the hunk."""
    for found in re.finditer(pattern_of(words), line):
        if found.start() <= hunk.start and hunk.end <= found.end() + 1:
            return edited(source, words, found, hunk)
    return None


def pattern_of(words: list[Raw]) -> str:
    """A pattern of what a paragraph of the text is on paper, with a group for each of its words."""
    return r"\s+".join(f"({printed(word.plain, first=word is words[0])})" for word in words)


def printed(word: str, *, first: bool) -> str:
    """A pattern of what a word of the text is on paper: itself, or the value that it quotes."""
    made, after = "", 0
    for quotation in quotations(word):
        made += re.escape(word[after : quotation.start]) + ".+?"
        after = quotation.end
    made += re.escape(word[after:])
    return f"[{word[0]}{word[0].upper()}]{made[1:]}" if first and word[0].islower() else made


def edited(source: Source, words: list[Raw], found: re.Match[str], hunk: Hunk) -> Edit | None:
    """The edit of the words that a hunk is about; None where one of them stands for something else."""
    places = [(found.start(at), found.end(at)) for at in range(1, len(words) + 1)]
    if hunk.start == hunk.end:
        at = next((at for at, (start, _) in enumerate(places) if start >= hunk.start), len(words))
        if at == len(words):
            return Edit(Span(source, words[-1].end, words[-1].end), f" {escaped(hunk.after, words[-1])}")
        return Edit(Span(source, words[at].start, words[at].start), f"{escaped(hunk.after, words[at])} ")
    touched = [at for at, (start, end) in enumerate(places) if end > hunk.start and start < hunk.end]
    if not touched or any(quotations(words[at].plain) for at in touched):
        return None
    first, last = touched[0], touched[-1]
    before = hunk.before[: max(0, places[first][0] - hunk.start)]
    behind = hunk.before[len(hunk.before) - max(0, hunk.end - places[last][1]) :]
    after = hunk.after.removeprefix(before).removesuffix(behind)
    start, end = words[first].start, words[last].end
    if not after and first:  # the blank before words goes with them
        start = words[first - 1].end
    elif not after and last + 1 < len(words):
        end = words[last + 1].start
    return Edit(Span(source, start, end), escaped(after, words[first]))


def escaped(words: str, like: Raw) -> str:
    if like.escaped:
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words.replace('"""', "”””")


# Values and words of the language


def in_words(scope: Span, line: str, hunk: Hunk, language: Language) -> Iterator[Edit]:
    """The edits of figures, dates and words that the text may write as paper does, or in its own way."""
    for before, after in dict.fromkeys([*dates(scope, line, hunk, language), *figures(hunk, language)]):
        if not before or not after or '"' in after or "\n" in after:
            continue
        pattern = re.compile(rf"(?<![\w.,])(?<!\w-){re.escape(before)}(?!\w|[.,]\d)")
        for found in pattern.finditer(scope.source.text, scope.start, scope.end):
            yield Edit(Span(scope.source, found.start(), found.end()), after)


def figures(hunk: Hunk, language: Language) -> list[tuple[str, str]]:
    """A hunk as the text may write it: as it is, with figures as agreements write them, in small letters."""
    before, after = trimmed(hunk.before, hunk.after)
    return [
        (before, after),
        (in_source(before, language), in_source(after, language)),
        (before.lower(), after.lower()),
    ]


def in_source(words: str, language: Language) -> str:
    """Figures as an agreement writes them, `1234.5`, of how a language prints them: `1.234,5`."""
    words = "".join(str(digit(sign)) if sign.isdecimal() else sign for sign in words)
    decimal, group = get_decimal_symbol(language.locale), get_group_symbol(language.locale)
    for native, sign in (("\N{ARABIC THOUSANDS SEPARATOR}", ""), ("\N{ARABIC DECIMAL SEPARATOR}", ".")):
        words = words.replace(native, sign)
    words = re.sub(rf"(?<=\d)(?:{re.escape(group)}|[  ’])(?=\d{{3}})", "", words)
    return re.sub(rf"(?<=\d){re.escape(decimal)}(?=\d)", ".", words)


def trimmed(before: str, after: str) -> tuple[str, str]:
    """Both without the punctuation around them that they share."""
    while before and after and before[-1] == after[-1] and before[-1] in CLOSING:
        before, after = before[:-1], after[:-1]
    while before and after and before[0] == after[0] and before[0] in OPENING:
        before, after = before[1:], after[1:]
    return before, after


def dates(scope: Span, line: str, hunk: Hunk, language: Language) -> Iterator[tuple[str, str]]:
    """The days that a hunk changes, as the text writes them."""
    for written in {found[0] for found in ISO_DATE.finditer(scope.text)}:
        try:
            day = date.fromisoformat(written)
        except ValueError:
            continue
        said = flowing_date(language, day)
        at = line.find(said)
        if at < 0 or not (at <= hunk.start and hunk.end <= at + len(said)):
            continue
        wanted = said[: hunk.start - at] + hunk.after + said[hunk.end - at :]
        for offset in range(-366 * YEARS_TRIED, 366 * YEARS_TRIED):
            other = day + timedelta(days=offset)
            if str(other.year) in wanted and flowing_date(language, other) == wanted:
                yield written, other.isoformat()
                break


def flowing_date(language: Language, day: date) -> str:
    return " ".join(str(language.date(day)).split())
