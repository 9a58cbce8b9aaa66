"""`xladsl build`: the contract that is signed and the specification that is monitored."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from .agreements import compile_all
from .check import print_findings
from .files import sources_in, write_whole

if TYPE_CHECKING:
    from ..compiler import Compiled
    from ..model.contract import Contract
    from ..outputs import Problem

FORMS = ("pdf", "json", "html", "md")


@click.command(epilog="Example:  xladsl build agreements/digital-workplace -o build --to pdf,json")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", default="build", show_default=True, type=click.Path(), help="The folder to write into.")
@click.option("--to", "forms", default="pdf,json", show_default=True, help=f"What to make: {', '.join(FORMS)}.")
@click.option(
    "--audience",
    type=click.Choice(["internal", "parties", "public"]),
    default="parties",
    show_default=True,
    help="For whom; what is for fewer readers is left out.",
)
@click.option(
    "--language",
    "--languages",
    "languages",
    default="",
    metavar="CODES",
    help="The language of the paper, such as nl, or two that stand side by side, such as en,fa. "
    "[default: the first of the agreement]",
)
def command(paths: tuple[str, ...], output: str, forms: str, audience: str, languages: str) -> None:
    """Make the contract and the monitoring specification.

    PATHS are files, or folders with all the agreements in them. An agreement with errors is not built; one whose status
    is final or executed is not built with warnings either, unless a waiver accepts them.
    """
    wanted, spoken = chosen(forms), languages_chosen(languages)
    files = sources_in(paths)
    made, failed = 0, False
    for compiled in compile_all(files, profile=None):
        if compiled.diagnostics:
            print_findings(compiled.diagnostics, len(compiled.loaded.sources))
        if compiled.contract is None:
            explain_status(compiled)
            failed = True
            continue
        failed |= not build(compiled, output, wanted, audience, spoken)
        made += 1
    if failed:
        click.echo("Not everything was built; the reasons stand above.", err=True)
    elif not made:
        raise click.UsageError("None of these files is an agreement of its own.")
    sys.exit(failed)


def chosen(forms: str) -> list[str]:
    wanted = [form.strip() for form in forms.split(",") if form.strip()]
    unknown = [form for form in wanted if form not in FORMS]
    if unknown or not wanted:
        raise click.UsageError(
            f"--to takes {', '.join(FORMS)}, separated by commas, and not {', '.join(unknown) or 'nothing'}."
        )
    return list(dict.fromkeys(wanted))


def languages_chosen(written: str) -> tuple[str, ...]:
    """The languages that an option names; ends the command where paper cannot be in them."""
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


MOST_LANGUAGES = 2


def speaks(contract: Contract, wanted: tuple[str, ...]) -> bool:
    """Whether a paper can be made in the languages asked for; says why where it cannot."""
    from ..outputs.language import known_languages
    from ..outputs.monitoring import drafting_language

    drafted, agreement = drafting_language(contract), contract.agreement
    agreed = agreement.languages.language if agreement.languages else [drafted]
    if not wanted and drafted not in known_languages():
        known = [code for code in agreed if code in known_languages()]
        click.echo(
            f"error: {agreement.name} is drafted in `{drafted}`, and paper has no words in that language yet\n"
            f"  write: --language {known[0] if known else 'en'}",
            err=True,
        )
        return False
    strange = [code for code in wanted if code not in agreed and drafted in known_languages()]
    if strange:
        click.echo(
            f"error: `{strange[0]}` is not a language of {agreement.name}, so no paper of it can be in that language\n"
            f"  write: languages {', '.join([*agreed, strange[0]])}, prevailing {drafted}  in the agreement",
            err=True,
        )
    return not strange


def build(compiled: Compiled, output: str, wanted: list[str], audience: str, languages: tuple[str, ...] = ()) -> bool:
    """Render everything first, then write; says what was made. False where something could not be."""
    from ..outputs import OUTPUTS
    from ..profiles import REVIEW, UNASKED
    from ..sealing.carrying import attachments, carry

    assert compiled.contract is not None
    if not speaks(compiled.contract, languages):
        return False
    profile = REVIEW if "pdf" in wanted else UNASKED
    carried = carry(compiled.contract, audience, profile=profile, languages=languages)
    contract = carried.contract
    about = carried.about._replace(attachments=attachments(carried) if "pdf" in wanted else ())
    whole = True
    for form in wanted:
        module = import_module(f"xladsl.outputs.{OUTPUTS[form]}")
        rendered = module.render(contract, about)
        if rendered.content is None:
            whole = False
            explain(rendered.problems, form)
            continue
        spoken = "-".join(("", *languages)) if form != "json" else ""
        path = os.path.join(output, f"{contract.agreement.name}{spoken}{module.SUFFIX}")
        try:
            os.makedirs(output, exist_ok=True)
            write_whole(path, rendered.content)
        except OSError as problem:
            raise click.UsageError(
                f"{path} cannot be written: {(problem.strerror or 'unknown reason').lower()}."
            ) from problem
        click.echo(f"{path}  ({len(rendered.content):,} bytes)")
    return whole


def explain_status(compiled: Compiled) -> None:
    """Say why a warning stopped this agreement: its status asks for more than a draft's."""
    if any(found.raised for found in compiled.diagnostics):
        file = compiled.loaded.sources[-1].name
        click.echo(f"{file} is final or executed by its own status, so a warning stops it.", err=True)


def explain(problems: list[Problem], form: str) -> None:
    for problem in problems:
        near = f"\n  near: {problem.near}" if problem.near else ""
        click.echo(f"error: no {form}: {problem.message}{near}\n  write: {problem.remedy}", err=True)
