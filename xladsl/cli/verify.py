"""`xladsl verify`: whether a contract on paper is what the text inside of it says."""

from __future__ import annotations

import sys

import click


@click.command(epilog="Example:  xladsl verify build/digital_workplace.pdf")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
def command(file: str) -> None:
    """Say whether a PDF is what its text says.

    A PDF made by `xladsl build` carries the text that it was made of. FILE is made again from that text, and compared
    byte by byte. Exits with 0 if it is the same, with 1 if it is not.
    """
    from ..sealing.proof import proven

    try:
        with open(file, "rb") as paper:
            content = paper.read()
    except OSError as problem:
        raise click.UsageError(f"{file} cannot be read: {(problem.strerror or 'unknown reason').lower()}.") from problem
    proof = proven(content)
    for position, sentence in enumerate(proof.said):
        click.echo(f"  {sentence}" if position else f"{file}: {sentence}", err=not proof.holds)
    if proof.source_digest and proof.holds:
        click.echo(f"  SHA-256 of its words: {proof.source_digest}")
    sys.exit(not proof.holds)
