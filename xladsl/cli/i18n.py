"""`xladsl i18n`: an agreement's own text in other languages, in files that translators know."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from .files import not_read, not_written, write_whole
from .sources import sources_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..compiler import Compiled
    from ..translations.updating import Standing

SHOWN = 20
SHORT = 60


@click.group(name="i18n", epilog="Example:  xladsl i18n update agreements/digital-workplace nl")
def command() -> None:
    """Translate an agreement's own text.

    Translations stand beside a text, or in a file for each language in the folder `translations` beside the file that
    holds the block `agreement`. Any tool for gettext edits these files.
    """


@command.command(epilog="Example:  xladsl i18n extract agreements/digital-workplace")
@click.argument("path", type=click.Path())
@click.option("-o", "--output", type=click.Path(), help="The folder to write into. [default: translations, beside it]")
def extract(path: str, output: str | None) -> None:
    """Write all texts of an agreement into a template for translators."""
    from ..translations.updating import template

    compiled = agreement_in(path)
    folder = output or folder_of(compiled)
    save(os.path.join(folder, f"{name_of(compiled)}.pot"), template(compiled.loaded.blocks))


@command.command(epilog="Example:  xladsl i18n update agreements/digital-workplace nl uk")
@click.argument("path", type=click.Path())
@click.argument("languages", nargs=-1, required=True)
def update(path: str, languages: tuple[str, ...]) -> None:
    """Begin the files of languages, or bring them up to date.

    What is translated stays. Where a text has changed, its translation stays too and is marked fuzzy: it counts again
    when somebody has looked at it and taken the mark away.
    """
    from ..translations.folding import SUFFIX
    from ..translations.updating import updated

    compiled = agreement_in(path)
    for language in languages:
        if not (len(language) == CODE_LENGTH and language.isascii() and language.isalpha() and language.islower()):
            raise click.UsageError(f"`{language}` is not the code of a language, such as nl or uk.")
        file = os.path.join(folder_of(compiled), f"{language}{SUFFIX}")
        try:
            content = updated(compiled.loaded.blocks, language, bytes_of(file))
        except ValueError as problem:
            click.echo(f"error: {file} cannot be read as a file of translations: {problem}", err=True)
            sys.exit(1)
        save(file, content)


CODE_LENGTH = 2


@command.command(epilog="Example:  xladsl i18n check agreements/digital-workplace nl")
@click.argument("path", type=click.Path())
@click.argument("languages", nargs=-1)
def check(path: str, languages: tuple[str, ...]) -> None:
    """Say what is missing or holds other figures.

    What is fuzzy, because its text has changed, counts as missing; what is no longer needed is named. Without
    LANGUAGES, those of the agreement and those that have a file.
    """
    compiled = agreement_in(path)
    asked = languages or tuple(dict.fromkeys([*agreed(compiled)[1:], *in_files(folder_of(compiled))]))
    if not asked:
        raise click.UsageError(f"{name_of(compiled)} is in one language, and there are no files of translations.")
    wrong = [language for language in asked if not checked(path, language)]
    sys.exit(bool(wrong))


def checked(path: str, language: str) -> bool:
    """Tell how far one language is, with all that is wrong with it; whether nothing is."""
    from ..syntax.decoding import decode
    from ..translations.folding import SUFFIX
    from ..translations.updating import standing
    from .check import print_findings

    compiled = agreement_in(path, also=language)
    file = os.path.join(folder_of(compiled), f"{language}{SUFFIX}")
    content = bytes_of(file)
    source = decode(file, content)[0] if content is not None else None
    found = standing(compiled.loaded.blocks, language, source)
    ends = f"translations/{language}{SUFFIX}"
    wrong = [
        each for each in compiled.diagnostics if each.rule in OF_TRANSLATIONS or each.span.source.name.endswith(ends)
    ]
    if wrong:
        print_findings(wrong, 1)
    tell(language, found)
    if language not in agreed(agreement_in(path)):
        click.echo(f"`{language}` is no language of the agreement yet: add it to  languages , so that it is printed.")
    return not (wrong or found.untranslated or found.fuzzy)


OF_TRANSLATIONS = ("translation-differs", "wrong-equivalent")


def tell(language: str, found: Standing) -> None:
    done = found.whole - len(found.untranslated) - len(found.fuzzy)
    click.echo(f"{language}: {done:,} of {found.whole:,} texts are translated")
    listed("not translated", [f"{each.place}: {shortened(each.words)}" for each in found.untranslated])
    listed("fuzzy, and not used until somebody has looked at it", [each.place for each in found.fuzzy])
    listed("no longer needed", [each.place for each in found.obsolete])


def listed(what: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"  {len(lines):,} {what}:")
    for line in lines[:SHOWN]:
        click.echo(f"    {line}")
    if len(lines) > SHOWN:
        click.echo(f"    and {len(lines) - SHOWN:,} more")


def shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


# The agreement and its folder


def agreement_in(path: str, also: str = "") -> Compiled:
    """The one agreement at a path, as if it agreed on one more language; ends the command where there is none."""
    from ..compiler import compile_agreement
    from .agreements import compile_all
    from .check import print_findings

    found = [one for one in compile_all(sources_in([path])) if any(holds_agreement(one))]
    if len(found) != 1:
        raise click.UsageError(f"There are {len(found)} agreements in {path}. Name the file of one.")
    [compiled] = found
    if compiled.readable is None:
        print_findings(compiled.diagnostics, len(compiled.loaded.sources))
        click.echo("An agreement with errors has no text to translate.", err=True)
        sys.exit(1)
    if also and also not in agreed(compiled) and (overlay := agreeing(compiled, also)) is not None:
        compiled = compile_agreement(main_file(compiled), overlay)
    return compiled


def holds_agreement(compiled: Compiled) -> list[bool]:
    from ..model.nodes import Agreement

    return [isinstance(block, Agreement) for block in compiled.loaded.blocks]


def agreed(compiled: Compiled) -> list[str]:
    from ..translations.folding import languages_of

    return languages_of(compiled.loaded.blocks) or ["en"]


def agreeing(compiled: Compiled, language: str) -> Callable[[str], str | None] | None:
    """The agreement's text with one more language in it, for a trial; None where it names no languages."""
    assert compiled.readable is not None
    languages = compiled.readable.agreement.languages
    if languages is None or languages.source is None:
        return None
    text, main = languages.source.text, os.path.realpath(compiled.loaded.paths[languages.source])
    first = languages.places["language"][0] if "language" in languages.places else languages.offsets[0]
    position = text.index(languages.language[0], first) + len(languages.language[0])
    changed = f"{text[:position]}, {language}{text[position:]}"
    return lambda file: changed if os.path.realpath(file) == main else None


def main_file(compiled: Compiled) -> str:
    """The file that an agreement's translations stand beside."""
    return compiled.loaded.paths[compiled.loaded.sources[0]]


def name_of(compiled: Compiled) -> str:
    assert compiled.readable is not None
    return compiled.readable.agreement.name


def folder_of(compiled: Compiled) -> str:
    from ..loading import shown_from
    from ..translations.folding import FOLDER

    return shown_from(os.path.join(os.path.relpath(os.path.dirname(main_file(compiled))), FOLDER))


def in_files(folder: str) -> list[str]:
    from ..translations.folding import SUFFIX

    files = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [file.removesuffix(SUFFIX) for file in files if file.endswith(SUFFIX)]


def bytes_of(file: str) -> bytes | None:
    """The bytes of a file, or None where there is none yet."""
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise not_read(file, problem) from problem


def save(file: str, content: bytes) -> None:
    try:
        os.makedirs(os.path.dirname(file) or ".", exist_ok=True)
        write_whole(file, content)
    except OSError as problem:
        raise not_written(file, problem) from problem
    click.echo(f"{file}  ({len(content):,} bytes)")
