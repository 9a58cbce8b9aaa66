"""`xladsl check`: what is wrong with agreements."""

from __future__ import annotations

import sys

import click

from ..diagnostics import Diagnostic, Severity, in_order
from .agreements import compile_all
from .files import sources_in


@click.command(epilog="Example:  xladsl check agreements/digital-workplace")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or for machines."
)
def command(paths: tuple[str, ...], form: str) -> None:
    """Check agreements and say what is wrong with them.

    PATHS are files, or folders with all the agreements in them. Exits with 1 if anything is an error.
    """
    files = sources_in(paths)
    findings = [found for compiled in compile_all(files) for found in compiled.diagnostics]
    print_findings(in_order(findings), form, len(files))
    sys.exit(any(found.severity == Severity.ERROR for found in findings))


def print_findings(findings: list[Diagnostic], form: str, files: int) -> None:
    if form == "json":
        from ..reports import machine

        return click.echo(machine.render(findings))
    from ..reports import text

    if findings:
        click.echo(text.render(findings, colour=sys.stdout.isatty()) + "\n")
    return click.echo(text.summary(findings, files), err=bool(findings))
