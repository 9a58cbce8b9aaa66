"""`xladsl statement`: signatures of the parties under a result."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import click

from ..statements import signing
from .specified import bytes_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@click.group(epilog="Example:  xladsl statement verify april.signed.json --key northwind=northwind.pem")
def command() -> None:
    """Sign the statement of a result, and see who did.

    `xladsl evaluate` writes the statement. The parties sign it one after the other; nobody has to trust the other's
    computer, since whoever has the agreement and the data can work the result out again.
    """


@command.command(epilog="Example:  xladsl statement sign april.statement.json --key ours.pem -o april.signed.json")
@click.argument("statement", type=click.Path())
@click.option(
    "--key", required=True, type=click.Path(), help="The private key, ed25519 in PEM; it is read and not kept."
)
@click.option("-o", "--output", type=click.Path(), help="The file to write into. [default: where it came from]")
def sign(statement: str, key: str, output: str | None) -> None:
    """Sign a statement, or one that others have signed before."""
    from .evaluate import write

    envelope = opened(statement)
    write(output or statement, envelope.signed(private_key_in(key)).written())


@command.command(
    epilog="Example:  xladsl statement verify april.signed.json --key northwind=northwind.pem --result april.json"
)
@click.argument("statement", type=click.Path())
@click.option(
    "--key",
    "keys",
    multiple=True,
    required=True,
    metavar="NAME=PATH",
    help="Whose signature is expected: a public key.",
)
@click.option("--result", type=click.Path(), help="The result that the statement should be about.")
def verify(statement: str, keys: tuple[str, ...], result: str | None) -> None:
    """Say who has signed a statement.

    Exits with 1 unless everybody has whose key is given, and the statement is about the result that is given.
    """
    envelope = opened(statement)
    known = dict(named_key(each) for each in keys)
    if len(known) != len(keys):
        raise click.UsageError("Two keys have one name; give each its own.")
    sound = all(of_signature(each) for each in signing.signatures(envelope, known))
    signed = {each.signer for each in signing.signatures(envelope, known) if each.genuine}
    for name in known:
        if name not in signed:
            click.echo(f"{name} has not signed it.")
    about = signing.subject_digest(envelope.payload)
    if result is not None:
        same = sha256(bytes_of(result)).hexdigest() == about
        click.echo(f"It is about {result}." if same else f"It is about another result than {result}: {about}.")
        sound &= same
    sys.exit(not (sound and set(known) <= signed))


def of_signature(signature: signing.Signature) -> bool:
    """Say whose a signature is; whether it can stand. One by a stranger says nothing against those of the parties."""
    if signature.signer is None:
        click.echo(f"Somebody has signed it whose key is not given: {shown(signature.key)}.")
        return True
    if not signature.genuine:
        click.echo(f"The signature in the name of {signature.signer} is not theirs, or the statement was changed.")
        return False
    click.echo(f"{signature.signer} has signed it, with the key {shown(signature.key)}.")
    return True


def shown(key: str) -> str:
    """The id of a key, as far as it is one."""
    return key[:16] if key[:16].isalnum() else "without an id"


def opened(path: str) -> signing.Envelope:
    try:
        return signing.envelope_in(bytes_of(path))
    except signing.SigningError as problem:
        raise click.UsageError(f"{path} cannot be used. {problem}") from problem


def private_key_in(path: str) -> Ed25519PrivateKey:
    content = bytes_of(path)
    try:
        try:
            return signing.private_key(content)
        except TypeError:  # it asks for a password
            password: str = click.prompt(f"Password of {os.path.basename(path)}", hide_input=True, err=True)
            return signing.private_key(content, password.encode())
    except signing.SigningError as problem:
        raise click.UsageError(f"{path} cannot be used to sign. {problem}") from problem


def named_key(each: str) -> tuple[str, Ed25519PublicKey]:
    name, equals, path = each.partition("=")
    if not (name and equals and path):
        raise click.UsageError(f"--key {each} does not say whose it is: write  --key NAME=PATH .")
    try:
        return name, signing.public_key(bytes_of(path))
    except signing.SigningError as problem:
        raise click.UsageError(f"{path} cannot be used to check. {problem}") from problem
