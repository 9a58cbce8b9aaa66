"""`xladsl verify`: whether a contract on paper is what the text inside of it says, and who signed it."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

import click

from .saying import say
from .specified import bytes_of
from .workshop import Ended, in_children


@click.command(epilog="Example:  xladsl verify build/digital_workplace.pdf --trust authority.pem")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(),
    help="A file of certificates, PEM or DER, to which those of the signatures have to lead. May be repeated.",
)
def command(file: str, trust: tuple[str, ...]) -> None:
    """Say whether a PDF is what its text says, and who signed it.

    A PDF made by `xladsl build` carries the text that it was made of. FILE is made again from that text, and compared
    byte by byte; of a signed one, what it was before the first signature. Exits with 0 if it is the same and nothing
    but sound signatures was added, with 1 if not.
    """
    content, roots = bytes_of(file), [root for path in trust for root in roots_in(path)]
    [told] = in_children([lambda: judged(content, roots)])
    if isinstance(told, Ended):
        told = Told(False, (f"It could not be made again: {told.why}.",), "")
    for position, sentence in enumerate(told.said):
        say(f"  {sentence}" if position else f"{file}: {sentence}", to_people=not told.holds)
    if told.source_digest and told.holds:
        say(f"  SHA-256 of its words: {told.source_digest}")
    sys.exit(not told.holds)


class Told(NamedTuple):
    """What is printed of a proof."""

    holds: bool
    said: tuple[str, ...]
    source_digest: str


def judged(content: bytes, roots: list[Any]) -> Told:
    """What a PDF proves; it may bring templates of its own, so it is worked out where it may take only so much."""
    from ..sealing.proof import proven

    proof = proven(content, roots)
    return Told(proof.holds, proof.said, proof.source_digest)


def roots_in(path: str) -> list[Any]:
    from ..sealing.identity import SealingError, certificates_in

    try:
        return certificates_in(bytes_of(path))
    except SealingError as problem:
        raise click.UsageError(f"{path} cannot be used. {problem}") from problem
