"""`xladsl check`: what is wrong with agreements."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ..diagnostics import Diagnostic, Severity, in_order, rule_named
from ..profiles import STAGES, STANDARDS, Profile
from .agreements import compile_all
from .sources import sources_in

if TYPE_CHECKING:
    from ..compiler import Compiled


@click.command(epilog="Example:  xladsl check --profile final --profile iso20000 agreements/digital-workplace")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice([*STAGES, *STANDARDS]),
    help="How strictly: as a draft, in review (the default) or as final; and against which standards besides.",
)
@click.option("--report", is_flag=True, help="Say what is known of each promise before anything is measured.")
@click.option("--fix", is_flag=True, help="Change what has exactly one right form, such as a misspelt keyword.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or for machines."
)
def command(paths: tuple[str, ...], profiles: tuple[str, ...], report: bool, fix: bool, form: str) -> None:
    """Check agreements and say what is wrong with them.

    PATHS are files, or folders with all the agreements in them. Exits with 1 if anything is an error; in the profile
    final every warning is one that no waiver accepts.
    """
    if report and fix:
        raise click.UsageError("--report only reads an agreement, and --fix changes it: ask for one of the two.")
    profile = profile_named(profiles)
    files = sources_in(paths)
    fixed = fixes_made(files, profile) if fix else []
    compiled = list(compile_all(files, profile))
    findings = in_order(found for one in compiled for found in one.diagnostics)
    if report:
        print_report(compiled, findings, form)
    elif form == "json":
        from ..reports import machine

        click.echo(machine.render(findings, profile, fixed))
    else:
        if fix:
            print_fixes(fixed)
        print_findings(findings, len(files), profile.stage)
    sys.exit(any(found.severity == Severity.ERROR for found in findings))


def print_report(compiled: list[Compiled], findings: list[Diagnostic], form: str) -> None:
    """The report on every agreement that can be read, and how many findings there are besides."""
    from ..reports import measurability, text

    readable = [one.readable for one in compiled if one.readable is not None]
    if form == "json":
        click.echo(measurability.as_json(readable))
    else:
        click.echo("\n\n\n".join(measurability.render(contract) for contract in readable))
    if findings:
        click.echo(f"\n{text.summary(findings, len(compiled))}; xladsl check without --report shows them.", err=True)


def profile_named(names: tuple[str, ...]) -> Profile:
    stages = [name for name in STAGES if name in names]
    if len(stages) > 1:
        raise click.UsageError(f"An agreement is checked as {' or '.join(stages)}, not as both at once.")
    return Profile(stages[0] if stages else "review", frozenset(names).intersection(STANDARDS))


def fixes_made(files: list[str], profile: Profile) -> list[Diagnostic]:
    from .fixing import fix_all

    return fix_all(files, profile)


def print_fixes(fixed: list[Diagnostic]) -> None:
    """Where something was changed, and how; the places are those before the change."""
    for found in fixed:
        line, column = found.span.source.position(found.span.start)
        assert found.fix is not None
        click.echo(f"{found.span.source.name}:{line}:{column}: {found.fix.title}  ({found.rule})")
    files = len({found.span.source.name for found in fixed})
    what = f"{len(fixed)} change{'s' * (len(fixed) != 1)} in {files} file{'s' * (files != 1)}"
    click.echo(f"{what}\n" if fixed else "nothing to change\n")


def print_findings(findings: list[Diagnostic], files: int, stage: str = "review") -> None:
    from ..reports import text

    if findings:
        click.echo(text.render(findings, colour=sys.stdout.isatty()) + "\n")
    click.echo(text.summary(findings, files) + in_this_stage(findings, stage), err=bool(findings))


def in_this_stage(findings: list[Diagnostic], stage: str) -> str:
    """What a reader should know of the summary that holds at one stage only."""
    raised = sum(found.raised and rule_named(found.rule).severity == Severity.WARNING for found in findings)
    if raised:
        errors = sum(found.severity == Severity.ERROR for found in findings)
        which = "It" if errors == 1 else "All of them" if raised == errors else f"{raised} of them"
        being = "is a warning" if raised == 1 else "are warnings"
        return f"\n{which} {being} in review: mend what is found, or let the parties accept it with a waiver."
    return " (a draft: only errors are shown)" if stage == "draft" else ""
