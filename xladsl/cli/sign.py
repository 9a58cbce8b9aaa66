"""`xladsl sign`: the signature of one signatory behind a contract on paper."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from .files import not_written, write_whole
from .saying import say
from .specified import bytes_of
from .workshop import Ended, in_children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..sealing.identity import Identity
    from ..sealing.proof import Proof


@click.command(epilog="Example:  xladsl sign build/digital_workplace.pdf --as mette_holm --key mette.p12 -o signed.pdf")
@click.argument("file", type=click.Path())
@click.option("--as", "signatory", required=True, metavar="SIGNATORY", help="Who signs, by their name in the text.")
@click.option("--key", type=click.Path(), help="The private key, PKCS#12 or PEM; it is read and not kept.")
@click.option(
    "--certificate", type=click.Path(), help="The certificate of a key in PEM, and those that lead to its root."
)
@click.option(
    "--pkcs11", metavar="MODULE", type=click.Path(), help="The driver of a device that keeps the key, by PKCS#11."
)
@click.option("--token", metavar="LABEL", help="What the token in the device is called.")
@click.option("--pkcs11-key", metavar="LABEL", help="What the key and its certificate on the token are called.")
@click.option(
    "--passphrase-env",
    metavar="VARIABLE",
    help="The environment variable with the passphrase of the key, or the PIN of the token. [default: it is asked for]",
)
@click.option(
    "--timestamp", metavar="URL", default="", help="An authority that is asked to confirm the time (RFC 3161)."
)
@click.option("-o", "--output", type=click.Path(), help="The file to write into. [default: where it came from]")
def command(file: str, signatory: str, timestamp: str, output: str | None, **where: str | None) -> None:
    """Sign a PDF in the name of one of its signatories.

    FILE is one that `xladsl build` made, or one that others have signed already. It is signed by PAdES (B-B; B-T with
    --timestamp), and only if it is what its text says. The signature stands behind the paper, in the field of its
    signatory, and changes nothing that was there. The key is in a file (--key), or on a device (--pkcs11, --token,
    --pkcs11-key).
    """
    from ..sealing.identity import SealingError
    from ..sealing.proof import STYLED
    from ..sealing.signing import signed

    chosen = Where(**where)
    chosen.refuse_unclear()
    content = bytes_of(file)
    refuse_unfit(file, proof := proof_of(content), signatory)
    if proof.styled:
        say(f"warning: {file}: {STYLED}", to_people=True)
    moment = datetime.now(UTC).replace(microsecond=0)
    with identity_in(chosen, moment) as who:
        try:
            made = signed(content, signatory, who, moment, timestamp)
        except SealingError as problem:
            raise click.UsageError(f"{file} cannot be signed. {problem}") from problem
    path = output or file
    try:
        write_whole(path, made)
    except OSError as problem:
        raise not_written(path, problem) from problem
    say(f"{path}: signed by {signatory} ({proof.signatories[signatory]})")


class Where(NamedTuple):
    """Where the key is, as the command was told: in a file, or on a device."""

    key: str | None
    certificate: str | None
    pkcs11: str | None
    token: str | None
    pkcs11_key: str | None
    passphrase_env: str | None

    def on_device(self) -> tuple[str, str, str]:
        return self.pkcs11 or "", self.token or "", self.pkcs11_key or ""

    def refuse_unclear(self) -> None:
        if (self.key is None) != any(self.on_device()):
            raise click.UsageError("Say where the key is: in a file ( --key ), or on a device ( --pkcs11 ).")
        if any(self.on_device()) and not all(self.on_device()):
            raise click.UsageError("A key on a device is named by all of  --pkcs11 ,  --token  and  --pkcs11-key .")


def proof_of(content: bytes) -> Proof:
    """What a PDF proves; it may bring templates of its own, so it is worked out where it may take only so much."""
    from ..sealing.proof import Proof, proven

    [told] = in_children([lambda: proven(content)])
    return Proof(False, (f"It could not be made again: {told.why}.",)) if isinstance(told, Ended) else told


def refuse_unfit(file: str, proof: Proof, signatory: str) -> None:
    """End the command where there is nothing that this person should sign."""
    from ..sealing.proof import READY, WHICH

    if not proof.holds:
        say(
            "\n".join((f"{file} is not signed. {proof.said[0]}", *(f"  {each}" for each in proof.said[1:]))),
            to_people=True,
        )
        sys.exit(1)
    if proof.state not in READY:
        say(
            f"{file} is not signed. Its text says of itself that it is {WHICH[proof.state]}.\n"
            "  Whoever signs it could not tell what is still to be changed.\n"
            "  write: status final , and build it again",
            to_people=True,
        )
        sys.exit(1)
    if signatory not in proof.signatories:
        known = ", ".join(f"{name} ({title})" for name, title in proof.signatories.items()) or "nobody"
        raise click.UsageError(f"`{signatory}` is no signatory of this agreement. Those who sign it are: {known}.")
    if signatory in proof.signed:
        raise click.UsageError(f"{file} is already signed by {signatory} ({proof.signatories[signatory]}).")


@contextmanager
def identity_in(where: Where, moment: datetime) -> Iterator[Identity]:
    """Who signs, while their key is at hand."""
    from ..sealing.identity import SealingError, identity
    from ..sealing.tokens import identity_on

    certificate = None if where.certificate is None else bytes_of(where.certificate)

    def secret() -> bytes:
        return told_secret(where)

    try:
        if where.key is not None:
            yield identity(bytes_of(where.key), certificate, secret, moment)
            return
        with identity_on(*where.on_device(), certificate, secret, moment) as who:
            yield who
    except SealingError as problem:
        raise click.UsageError(f"{where.key or where.token} cannot be used to sign. {problem}") from problem


def told_secret(where: Where) -> bytes:
    """The passphrase of the key, or the PIN of the token: from the environment, or from who sits there."""
    from ..sealing.identity import SealingError

    variable = where.passphrase_env
    if variable is None:
        what = f"Passphrase of {os.path.basename(where.key)}" if where.key else f"PIN of {where.token}"
        asked: str = click.prompt(what, hide_input=True, err=True)
        return asked.encode()
    if variable not in os.environ:
        raise SealingError(f"The key is locked, and there is no environment variable {variable}.")
    return os.environb[variable.encode()] if os.supports_bytes_environ else os.environ[variable].encode()
