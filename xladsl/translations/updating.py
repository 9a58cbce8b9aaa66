"""Files for translators, by gettext: a template of all texts, and a file for each language that keeps up with it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.prose import QUOTATION
from .files import Entry, entries
from .folding import has
from .texts import passages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from babel.messages import Catalog

    from ..model.node import Node
    from ..source import Source
    from .texts import Passage

WIDTH = 100
QUOTES = "What stands between { and } is put in by the compiler: keep it as it is, where the sentence needs it."


class Standing(NamedTuple):
    """How far a language is: the passages without a translation, what is fuzzy and what is no longer needed."""

    untranslated: list[Passage]
    fuzzy: list[Entry]
    obsolete: list[Entry]
    whole: int
    """How many passages there are to translate."""


def template(blocks: Iterable[Node]) -> bytes:
    """All texts of an agreement, for translators to begin with."""
    return written(catalogue_of(list(passages(blocks)), None), "")


def updated(blocks: Iterable[Node], language: str, earlier: bytes | None) -> bytes:
    """The file of a language brought up to date: what was translated stays, and what no longer fits is marked fuzzy.

    Texts that are translated where they stand do not appear. Raises ValueError where the earlier file is no such file.
    """
    from babel.messages.pofile import PoFileError, read_po

    wanted = [passage for passage in passages(blocks) if not has_beside(passage, language)]
    now = catalogue_of(wanted, None)
    if earlier is None:
        return written(catalogue_of(wanted, language), language)
    try:
        before: Any = read_po(io.BytesIO(earlier), locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as problem:
        raise ValueError(str(problem)) from problem
    before.update(now)
    return written(before, language)


def has_beside(passage: Passage, language: str) -> bool:
    """Whether a text is translated where it stands, and not in a file of translations."""
    text = passage.text
    beside = [each for each in text.translations if each.source is text.source]
    return text.language == language or any(each.language == language for each in beside)


def standing(blocks: Iterable[Node], language: str, source: Source | None) -> Standing:
    """How far a language is, by its file and by what is translated where it stands."""
    found = entries(source)[0] if source is not None else []
    known = {(entry.place, entry.original): entry for entry in found if not entry.obsolete}
    every = list(passages(blocks))
    wanted = {(passage.place, passage.words) for passage in every}
    open_ = [passage for passage in every if not has(passage.text, language)]
    untranslated = [each for each in open_ if not ((entry := known.get((each.place, each.words))) and entry.counts)]
    fuzzy = [entry for entry in found if entry.fuzzy and not entry.obsolete]
    marked = {(entry.place, entry.original) for entry in fuzzy}
    return Standing(
        [each for each in untranslated if (each.place, each.words) not in marked],
        fuzzy,
        [entry for entry in found if entry.obsolete or (entry.place, entry.original) not in wanted],
        len(every),
    )


def catalogue_of(wanted: Iterable[Passage], language: str | None) -> Catalog:
    from babel.messages import Catalog

    made = Catalog(locale=language, fuzzy=False)
    for passage in wanted:
        notes = [QUOTES] if QUOTATION.search(passage.words) else []
        source = passage.text.source
        # A line would move with every change above it, and each move would be a difference for translators to read.
        where = [(source.name.rpartition("/")[2], None)] if source is not None else []
        made.add(passage.words, context=passage.place, auto_comments=notes, locations=where)  # type: ignore[arg-type]  # a place without a line is allowed
    return made


def written(catalogue: Catalog, language: str) -> bytes:
    """A file without dates and names, so that only what was translated makes a difference."""
    from babel.messages.pofile import write_po

    body = io.BytesIO()
    write_po(body, catalogue, width=WIDTH, omit_header=True, include_lineno=False)
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + body.getvalue()
