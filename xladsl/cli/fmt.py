"""`xladsl fmt`: agreements with their white space in order."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from ..source import Source
from ..syntax.decoding import decode
from ..syntax.formatting import formatted
from .check import print_findings
from .files import not_read, not_written, write_whole
from .sources import sources_in

if TYPE_CHECKING:
    from ..diagnostics import Diagnostic


@click.command(epilog="Example:  xladsl fmt --check agreements")
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, and exit with 1 if any.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
def command(paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Tidy the white space of agreements.

    PATHS are files, or folders with all the agreements in them. Words, comments and what the agreement means stay as
    they are; lines end as on Unix afterwards, on Windows too. A file with mistakes in its text is left alone, and the
    command exits with 1.
    """
    files = sources_in(paths)
    findings: list[Diagnostic] = []
    changed = 0
    for file in files:
        before, source, text, wrong = tidied(file)
        findings += wrong
        if wrong or before == text.encode():
            continue
        changed += 1
        if diff:
            click.echo(difference(source, text), nl=False)
        else:
            click.echo(file)
        if not (check or diff):
            write(file, text)
    if findings:
        print_findings(findings, len(files))
    click.echo(summary(len(files), changed, written=not (check or diff)), err=True)
    sys.exit(bool(findings) or (check and changed > 0))


def tidied(file: str) -> tuple[bytes, Source, str, list[Diagnostic]]:
    """The bytes of a file, its text, its tidy text, and what is wrong with it."""
    try:
        with open(file, "rb") as opened:
            before = opened.read()
    except OSError as problem:
        raise not_read(file, problem) from problem
    source, unreadable = decode(file, before)
    if unreadable:
        return before, source, source.text, unreadable
    return before, source, *formatted(source)


def write(file: str, text: str) -> None:
    try:
        write_whole(os.path.realpath(file), text.encode())
    except OSError as problem:
        raise not_written(file, problem) from problem


def difference(source: Source, text: str) -> str:
    """What would change, as a patch."""
    from difflib import unified_diff

    before, after = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    lines = unified_diff(before, after, source.name, source.name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def summary(files: int, changed: int, *, written: bool) -> str:
    """How many files were looked at and how many of them changed, in words."""
    if not changed:
        return f"nothing to tidy in {files} file{'s' * (files != 1)}"
    return f"{changed} of {files} file{'s' * (files != 1)} {'tidied' if written else 'would change'}"
