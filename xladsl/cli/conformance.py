"""`xladsl conformance`: a kit by which anybody can show that their own engine counts as this one does."""

from __future__ import annotations

import os
import sys

import click

from .files import not_written, write_whole
from .saying import say
from .specified import bytes_of


@click.command(epilog="Example:  xladsl conformance -o kit")
@click.option("-o", "--output", type=click.Path(), help="The folder to write the kit into.")
@click.option("--check", type=click.Path(), metavar="ANSWERS", help="Hold somebody's answers against those of the kit.")
def command(output: str | None, check: str | None) -> None:
    """Write the conformance kit, or check the answers of an engine to it.

    Exits with 1 if an answer is wrong.
    """
    if (output is None) == (check is None):
        raise click.UsageError("Say where to write the kit, as  -o kit , or which answers to check, as  --check FILE .")
    from ..conformance.cases import kit

    if output is not None:
        from ..conformance.writing import files

        for name, content in files(kit()).items():
            path = os.path.join(output, *name.split("/"))
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                write_whole(path, content)
            except OSError as problem:
                raise not_written(path, problem) from problem
        click.echo(f"The kit is in {output}; its README.md says how to use it.")
        return
    from ..conformance import checking

    assert check is not None
    found = checking.check(kit(), bytes_of(check))
    for sentence in found.wrong:
        say(sentence)
    click.echo(f"{found.right} of {len(kit().cases)} answers are right.", err=bool(found.wrong))
    sys.exit(bool(found.wrong))
