"""A private key with its certificate, read from what people have: PKCS#12, or PEM for each. Used, and never kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

NEEDS = "Signatures on paper need the library pyHanko: install  xladsl[sign] ."


class SealingError(Exception):
    """What stands in the way of signing or of reading a signature, in a sentence."""


class Device(NamedTuple):
    """An open device, and what it calls the key by which it signs."""

    session: Any
    label: str


class Identity(NamedTuple):
    """Who signs: the key, its certificate, and the certificates between that one and its authority.

    All are objects of the library cryptography. The key is never shown; it is None where a device keeps it.
    """

    key: Any
    certificate: Any
    chain: tuple[Any, ...]
    device: Device | None = None

    def __repr__(self) -> str:
        return f"Identity({named(self.certificate)})"


def identity(key: bytes, certificate: bytes | None, passphrase: Callable[[], bytes], moment: datetime) -> Identity:
    """The identity in the bytes of a key file; `passphrase` is asked only if the key is locked. Raises SealingError."""
    try:
        import cryptography  # noqa: F401
    except ImportError as problem:
        raise SealingError(NEEDS) from problem
    found = from_pem(key, certificate, passphrase) if b"-----BEGIN" in key else from_pkcs12(key, passphrase)
    refuse_unfit(found, moment)
    return found


def from_pkcs12(content: bytes, passphrase: Callable[[], bytes]) -> Identity:
    import asn1crypto.tsp  # noqa: F401  # it teaches the library names, and they are looked up once and never again
    from asn1crypto.pkcs12 import Pfx
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

    try:
        _ = Pfx.load(content, strict=True).native["version"]
    except (ValueError, TypeError, KeyError) as problem:
        raise SealingError("The key is neither PKCS#12 nor PEM.") from problem
    try:
        key, certificate, chain = load_key_and_certificates(content, None)
    except ValueError:
        try:
            key, certificate, chain = load_key_and_certificates(content, passphrase())
        except ValueError as problem:
            raise SealingError("The passphrase of the key is wrong.") from problem
    if key is None or certificate is None:
        raise SealingError("The PKCS#12 file has to hold a key and its certificate, and holds only one of them.")
    return Identity(key, certificate, tuple(chain))


def from_pem(content: bytes, certificate: bytes | None, passphrase: Callable[[], bytes]) -> Identity:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    if b"PRIVATE KEY" not in content:
        raise SealingError("The key file holds no private key.")
    if certificate is None:
        raise SealingError("A key in PEM says nothing of its owner: give the certificate too, with  --certificate .")
    try:
        try:
            key = load_pem_private_key(content, None)
        except TypeError:  # it is locked
            key = locked(content, passphrase())
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise SealingError("The private key cannot be read.") from problem
    certificates = certificates_in(certificate)
    own = [each for each in certificates if each.public_key() == key.public_key()]
    if not own:
        raise SealingError("The certificate is of another key than the one that is given.")
    return Identity(key, own[0], tuple(each for each in certificates if each is not own[0]))


def locked(content: bytes, passphrase: bytes) -> Any:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(content, passphrase or b" ")
    except ValueError as problem:
        raise SealingError("The passphrase of the key is wrong.") from problem


def certificates_in(content: bytes) -> list[Any]:
    """The certificates in the bytes of a file, in PEM or one in DER. Raises SealingError."""
    try:
        from cryptography import x509
    except ImportError as problem:
        raise SealingError(NEEDS) from problem
    try:
        if b"-----BEGIN" in content:
            return list(x509.load_pem_x509_certificates(content))
        return [x509.load_der_x509_certificate(content)]
    except ValueError as problem:
        raise SealingError("The file holds no certificate that can be read, in PEM or DER.") from problem


def refuse_unfit(found: Identity, moment: datetime) -> None:
    """Say now what every reader of the signature would say later."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    certificate, whose = found.certificate, named(found.certificate)
    known = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey
    if not isinstance(certificate.public_key(), known):
        raise SealingError("The key is of a kind that readers of PDF do not know: RSA, elliptic curves or Ed25519 are.")
    if moment > certificate.not_valid_after_utc:
        raise SealingError(f"The certificate of {whose} expired on {certificate.not_valid_after_utc:%Y-%m-%d}.")
    if moment < certificate.not_valid_before_utc:
        raise SealingError(
            f"The certificate of {whose} is not valid before {certificate.not_valid_before_utc:%Y-%m-%d}."
        )
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise SealingError(f"The certificate of {whose} is not for signing: its key usage says so.")


def issuer_of(certificate: Any) -> str:
    return str(certificate.issuer.rfc4514_string())


def named(certificate: Any) -> str:
    """The owner of a certificate of the library cryptography, as far as it names one."""
    from cryptography.x509.oid import NameOID

    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string() or "an owner without a name"
