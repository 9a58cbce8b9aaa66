"""How paper is asked for, by the commands that make some: its languages, its style, numbers beside its lines."""

from __future__ import annotations

import sys
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from .files import not_read
from .saying import say
from .workshop import Ended, in_children

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model.contract import Contract
    from ..outputs import Manner

T = TypeVar("T")


def asks_for_manner(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that make a `Manner`, and the manner as its argument of that name."""

    @click.option(
        "--language",
        "--languages",
        "languages",
        default="",
        metavar="CODES",
        help="The language of the paper, such as nl, or two that stand side by side, such as en,fa. "
        "[default: the first of the agreement]",
    )
    @click.option(
        "--templates",
        default="",
        metavar="FOLDER",
        help="A house style: templates, a style sheet, fonts and pictures that come before the project's own.",
    )
    @click.option("--line-numbers", is_flag=True, help="Number every fifth line of a PDF, for people who review it.")
    @wraps(command)
    def asked(*, languages: str, templates: str, line_numbers: bool, **others: Any) -> None:
        from ..outputs import Manner

        command(**others, manner=Manner(languages_chosen(languages), house_in(templates), line_numbers))

    return asked


def languages_chosen(written: str) -> tuple[str, ...]:
    """The languages that an option names; ends the command where paper cannot be in them."""
    from ..outputs import MOST_LANGUAGES
    from ..outputs.language import known_languages

    codes = tuple(dict.fromkeys(code.strip() for code in written.split(",") if code.strip()))
    unknown = [code for code in codes if code not in known_languages()]
    if unknown:
        raise click.UsageError(
            f"Paper cannot be made in {', '.join(unknown)}. --language takes {', '.join(known_languages())}."
        )
    if len(codes) > MOST_LANGUAGES:
        raise click.UsageError("--languages takes one language, or two that stand side by side.")
    return codes


def house_in(folder: str) -> Any:
    """The house style in a folder, or the project's own; ends the command where it cannot be used."""
    from ..outputs.house import OURS, HouseError, opened

    if not folder:
        return OURS
    try:
        return opened(folder)
    except HouseError as problem:
        raise click.UsageError(f"{folder} is no house style. {problem.message}. {problem.remedy}") from problem
    except OSError as problem:
        raise not_read(folder, problem) from problem


def tell_untranslated(contract: Contract, audience: str, manner: Manner) -> None:
    """Warn of the texts that a paper shows in the language of the draft, because nobody has translated them."""
    from ..model.audience import edition_for
    from ..outputs.monitoring import drafting_language
    from ..translations.texts import passages, speaks_in

    drafted = drafting_language(contract)
    for code in manner.languages:
        texts = passages(edition_for(contract, audience).blocks)
        missing = [passage.place for passage in texts if not speaks_in(passage.text, code, drafted)]
        if missing:
            shown = "\n    ".join([*missing[:MOST_TOLD], *(["…"] if len(missing) > MOST_TOLD else [])])
            click.echo(
                f"warning: what is not translated into `{code}` stands on paper in `{drafted}`: {len(missing):,} of the"
                f" texts of {contract.agreement.name}\n    {shown}\n  write: xladsl i18n update … {code}  and translate"
                " what it lists",
                err=True,
            )


MOST_TOLD = 10


def in_style(manner: Manner, work: Callable[[], T]) -> T:
    """What a work gives that makes paper; ends the command where templates of a house cannot be used for it.

    A stranger's templates are not trusted with this process's time.
    """
    from ..outputs.house import HouseError

    def tried() -> T | Unusable:
        try:
            return work()
        except HouseError as problem:
            return Unusable(problem.message, problem.remedy)

    [found] = in_children([tried]) if manner.house.files else [tried()]
    if isinstance(found, Unusable):
        say(f"error: {found.message}\n  write: {found.remedy}", to_people=True)
        sys.exit(1)
    if isinstance(found, Ended):
        say(f"error: no paper could be made in this style: {found.why}", to_people=True)
        sys.exit(1)
    return found


class Unusable(NamedTuple):
    """Why a house's templates cannot be used, on its way from a process to the one that tells it."""

    message: str
    remedy: str


def speaks(contract: Contract, manner: Manner) -> bool:
    """Whether a paper can be made in the languages asked for; says why where it cannot."""
    from ..outputs.language import known_languages
    from ..outputs.monitoring import drafting_language

    drafted, agreement = drafting_language(contract), contract.agreement
    agreed = agreement.languages.language if agreement.languages else [drafted]
    if not manner.languages and drafted not in known_languages():
        known = [code for code in agreed if code in known_languages()]
        click.echo(
            f"error: {agreement.name} is drafted in `{drafted}`, and paper has no words in that language yet\n"
            f"  write: --language {known[0] if known else 'en'}",
            err=True,
        )
        return False
    strange = [code for code in manner.languages if code not in agreed and drafted in known_languages()]
    if strange:
        click.echo(
            f"error: `{strange[0]}` is not a language of {agreement.name}, so no paper of it can be in that language\n"
            f"  write: languages {', '.join([*agreed, strange[0]])}, prevailing {drafted}  in the agreement",
            err=True,
        )
    return not strange
