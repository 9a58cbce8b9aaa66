"""A result stated in a form that the parties sign, one after the other, and the check of who did.

The statement is an in-toto Statement (v1): its subject is the file of the result, its predicate names what the result
rests on, and its bytes follow RFC 8785, so that each party can write the same statement by itself. It is signed in a
DSSE envelope (v1) with ed25519 keys. Keys come as PEM and are used, and neither kept nor shown.
"""

from __future__ import annotations

import base64
import binascii
import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:xladsl:statement:evaluation:1.0"
PAYLOAD = "application/vnd.in-toto+json"
STATED = ("agreement", "period", "specification", "made_by", "options", "given", "earlier", "totals")
"""What the predicate repeats of the result, so that whoever signs sees what it is about."""


class SigningError(Exception):
    """What stands in the way of signing or checking, in a sentence."""


# ----------------------------------------------------------------------------------------------------------- statements


def statement(result: dict[str, Any], content: bytes) -> bytes:
    """The statement of a result, which is the document in those bytes."""
    period = result["period"]
    name = f"{result['agreement']}_{period['first_day']}_{period['last_day']}.json"
    sources = [{part: each[part] for part in ("source", "rows", "counted", "files")} for each in result["sources"]]
    return canonical(
        {
            "_type": STATEMENT,
            "subject": [{"name": name, "digest": {"sha256": sha256(content).hexdigest()}}],
            "predicateType": PREDICATE,
            "predicate": {part: result[part] for part in STATED} | {"sources": sources},
        }
    )


def canonical(value: Any) -> bytes:
    """JSON by RFC 8785. Nothing here has other numbers than counts, or other names than plain ones, and for these
    Python's own order and digits are the standard's."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def subject_digest(payload: bytes) -> str:
    """The SHA-256 of the result that a statement is about."""
    try:
        stated = json.loads(payload)
        if stated["_type"] != STATEMENT or stated["predicateType"] != PREDICATE:
            raise SigningError("The envelope holds a statement of another kind, and none about a result.")
        [subject] = stated["subject"]
        return str(subject["digest"]["sha256"])
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise SigningError("The envelope holds no statement about a result.") from problem


# ------------------------------------------------------------------------------------------------------------ envelopes


class Signature(NamedTuple):
    """A signature of an envelope: by whose key, if it is one of those that are known, and whether it is genuine.

    Without a known key nobody can tell.
    """

    key: str
    signer: str | None
    genuine: bool


class Envelope(NamedTuple):
    """What was signed, and the signatures: the id of each key with the bytes it gave."""

    payload: bytes
    signatures: tuple[tuple[str, bytes], ...] = ()

    @property
    def bytes_signed(self) -> bytes:
        """What a signature is made over, by DSSE: the lengths tie the kind and the content together."""
        kind = PAYLOAD.encode()
        return b" ".join((b"DSSEv1", str(len(kind)).encode(), kind, str(len(self.payload)).encode(), self.payload))

    def signed(self, key: Ed25519PrivateKey) -> Envelope:
        """The envelope with one more signature; one by the same key is replaced."""
        name = key_id(key.public_key())
        others = tuple(each for each in self.signatures if each[0] != name)
        return self._replace(signatures=(*others, (name, key.sign(self.bytes_signed))))

    def written(self) -> bytes:
        document = {
            "payload": base64.b64encode(self.payload).decode(),
            "payloadType": PAYLOAD,
            "signatures": [
                {"keyid": name, "sig": base64.b64encode(signature).decode()} for name, signature in self.signatures
            ],
        }
        return (json.dumps(document, indent=2) + "\n").encode()


def envelope_in(content: bytes) -> Envelope:
    """The envelope in the bytes of a file, or a new one around a statement that nobody has signed yet."""
    try:
        document = json.loads(content)
        if "payload" not in document:
            subject_digest(content)
            return Envelope(canonical(document))
        if document["payloadType"] != PAYLOAD:
            raise SigningError("The envelope holds something else than a statement.")
        payload = base64.b64decode(document["payload"], validate=True)
        subject_digest(payload)
        found = [(str(each.get("keyid", "")), base64.b64decode(each["sig"])) for each in document["signatures"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error) as problem:
        raise SigningError("This is neither a statement nor an envelope with one.") from problem
    return Envelope(payload, tuple(found))


def signatures(envelope: Envelope, known: Mapping[str, Ed25519PublicKey]) -> list[Signature]:
    """Each signature of an envelope, and whose it is; `known` are the keys by the names of their owners."""
    from cryptography.exceptions import InvalidSignature

    owners = {key_id(key): (name, key) for name, key in known.items()}
    found = []
    for name, signature in envelope.signatures:
        owner, key = owners.get(name, (None, None))
        genuine = key is not None
        if key is not None:
            try:
                key.verify(signature, envelope.bytes_signed)
            except InvalidSignature:
                genuine = False
        found.append(Signature(name, owner, genuine))
    return found


# ----------------------------------------------------------------------------------------------------------------- keys


def key_id(key: Ed25519PublicKey) -> str:
    """SHA-256 over the public key as DER."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def private_key(pem: bytes, password: bytes | None = None) -> Ed25519PrivateKey:
    """The key in a PEM file. Raises SigningError, and TypeError where it asks for a password and none is given."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as problem:
        raise SigningError(NEEDS) from problem
    try:
        key = load_pem_private_key(pem, password)
    except ValueError as problem:
        raise SigningError("It is no private key in PEM, or the password is wrong.") from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise SigningError("It is no ed25519 key; make one with  openssl genpkey -algorithm ed25519 .")
    return key


def public_key(pem: bytes) -> Ed25519PublicKey:
    """The key in a PEM file. Raises SigningError."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ImportError as problem:
        raise SigningError(NEEDS) from problem
    if b"PRIVATE KEY" in pem:
        raise SigningError("It is a private key, which belongs to nobody but its owner; the public one is asked for.")
    try:
        key = load_pem_public_key(pem)
    except ValueError as problem:
        raise SigningError("It is no public key in PEM.") from problem
    if not isinstance(key, Ed25519PublicKey):
        raise SigningError("It is no ed25519 key.")
    return key


NEEDS = "Signing needs the library cryptography: install  xladsl[sign] ."
