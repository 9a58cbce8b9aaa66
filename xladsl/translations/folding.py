"""Translations from their files, put beside the texts that they translate, as if they had been written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import nodes
from ..model.quantities import Phrase, Text, Translation
from ..syntax.characters import without_hidden_characters
from .files import Entry, entries
from .texts import flowing, passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..diagnostics import Diagnostic
    from ..model.node import Node
    from ..source import Source

FOLDER = "translations"
"""Where the files are, beside the file that holds the block `agreement`."""

SUFFIX = ".po"


def languages_of(blocks: Iterable[Node]) -> list[str]:
    """The languages that an agreement agrees on; of several blocks `agreement`, those of the first."""
    agreement = next((block for block in blocks if isinstance(block, nodes.Agreement)), None)
    return list(agreement.languages.language) if agreement is not None and agreement.languages is not None else []


def fold(blocks: Sequence[Node], language: str, source: Source) -> list[Diagnostic]:
    """Put what a file translates into a language beside the texts; what is written beside a text prevails.

    Says what in the file cannot be read.
    """
    found, wrong = entries(source)
    _, hidden = without_hidden_characters(source)
    translated = {(entry.place, entry.original): entry for entry in found if entry.counts}
    for passage in passages(blocks):
        entry = translated.get((passage.place, passage.words))
        if entry is not None and not has(passage.text, language):
            passage.text.translations.append(translation(entry, language, source))
    return [*wrong, *hidden]


def has(text: Text | Phrase, language: str) -> bool:
    return text.language == language or any(each.language == language for each in text.translations)


def translation(entry: Entry, language: str, source: Source) -> Translation:
    made = object.__new__(Translation)
    made.source, made.offsets, made.places = source, (entry.start, entry.end), {}
    made.language, made.value = language, flowing(entry.words)
    return made


# The way into the text that a paper carries


def folded_in(block: Node) -> list[tuple[int, str]]:
    """What has to be written into a block's own file so that it holds the translations from others, and where."""
    return [
        (text.offsets[1], bracketed(each) if isinstance(text, Phrase) else written(each, margin_at(text)))
        for passage in passages([block])
        for text in [passage.text]
        for each in text.translations
        if each.source is not text.source
    ]


def bracketed(translated: Translation) -> str:
    """A translation as it stands after a phrase."""
    return f' ({translated.language} "{escaped(" ".join(translated.value.split()))}")'


def margin_at(text: Text) -> str:
    """The white space at the beginning of the line on which a text begins."""
    assert text.source is not None
    line = text.source.line(text.source.position(text.offsets[0])[0])
    return line[: len(line) - len(line.lstrip())]


def written(translated: Translation, margin: str) -> str:
    """A translation as it stands in a file of the agreement, on lines of its own."""
    from textwrap import wrap

    words = escaped(translated.value)
    if len(words) <= WIDTH - len(margin) and "\n" not in words:
        return f'\n{margin}  {translated.language} "{words}"'
    inner = f"{margin}  "
    paragraphs = [
        "\n".join(wrap(part, WIDTH, break_long_words=False, break_on_hyphens=False)) for part in words.split("\n\n")
    ]
    lines = "\n\n".join(paragraphs).split("\n")
    body = "\n".join(f"{inner}{line}" if line else "" for line in lines)
    return f'\n{inner}{translated.language} """\n{body}\n{inner}"""'


def escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"')


WIDTH = 100
