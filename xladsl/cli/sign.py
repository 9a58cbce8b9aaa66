"""`xladsl sign`: the signature of one signatory behind a contract on paper."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from .files import write_whole
from .saying import say
from .specified import bytes_of

if TYPE_CHECKING:
    from ..sealing.identity import Identity
    from ..sealing.proof import Proof


@click.command(epilog="Example:  xladsl sign build/digital_workplace.pdf --as mette_holm --key mette.p12 -o signed.pdf")
@click.argument("file", type=click.Path())
@click.option("--as", "signatory", required=True, metavar="SIGNATORY", help="Who signs, by their name in the text.")
@click.option(
    "--key", required=True, type=click.Path(), help="The private key, PKCS#12 or PEM; it is read and not kept."
)
@click.option(
    "--certificate", type=click.Path(), help="The certificate of a key in PEM, and those that lead to its root."
)
@click.option(
    "--passphrase-env",
    metavar="VARIABLE",
    help="The environment variable with the passphrase of the key. [default: it is asked for]",
)
@click.option("-o", "--output", type=click.Path(), help="The file to write into. [default: where it came from]")
def command(
    file: str, signatory: str, key: str, certificate: str | None, passphrase_env: str | None, output: str | None
) -> None:
    """Sign a PDF in the name of one of its signatories.

    FILE is one that `xladsl build` made, or one that others have signed already. It is signed by PAdES (B-B), and only
    if it is what its text says. The signature stands behind the paper, in the field of its signatory, and changes
    nothing that was there.
    """
    from ..sealing.identity import SealingError
    from ..sealing.proof import proven
    from ..sealing.signing import signed

    content = bytes_of(file)
    refuse_unfit(file, proof := proven(content), signatory)
    moment = datetime.now(UTC).replace(microsecond=0)
    who = identity_in(key, certificate, passphrase_env, moment)
    try:
        made = signed(content, signatory, who, moment)
    except SealingError as problem:
        raise click.UsageError(f"{file} cannot be signed. {problem}") from problem
    path = output or file
    try:
        write_whole(path, made)
    except OSError as problem:
        raise click.UsageError(
            f"{path} cannot be written: {(problem.strerror or 'unknown reason').lower()}."
        ) from problem
    say(f"{path}: signed by {signatory} ({proof.signatories[signatory]})")


def refuse_unfit(file: str, proof: Proof, signatory: str) -> None:
    """End the command where there is nothing that this person should sign."""
    if not proof.holds:
        say(
            "\n".join((f"{file} is not signed. {proof.said[0]}", *(f"  {each}" for each in proof.said[1:]))),
            to_people=True,
        )
        sys.exit(1)
    if signatory not in proof.signatories:
        known = ", ".join(f"{name} ({title})" for name, title in proof.signatories.items()) or "nobody"
        raise click.UsageError(f"`{signatory}` is no signatory of this agreement. Those who sign it are: {known}.")
    if signatory in proof.signed:
        raise click.UsageError(f"{file} is already signed by {signatory} ({proof.signatories[signatory]}).")


def identity_in(key: str, certificate: str | None, variable: str | None, moment: datetime) -> Identity:
    from ..sealing.identity import SealingError, identity

    def passphrase() -> bytes:
        if variable is None:
            asked: str = click.prompt(f"Passphrase of {os.path.basename(key)}", hide_input=True, err=True)
            return asked.encode()
        if variable not in os.environ:
            raise SealingError(f"The key is locked, and there is no environment variable {variable}.")
        return os.environb[variable.encode()] if os.supports_bytes_environ else os.environ[variable].encode()

    try:
        return identity(bytes_of(key), None if certificate is None else bytes_of(certificate), passphrase, moment)
    except SealingError as problem:
        raise click.UsageError(f"{key} cannot be used to sign. {problem}") from problem
