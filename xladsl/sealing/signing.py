"""A signature put behind a paper, by PAdES, into the field that the paper has for its signatory.

Without an authority for time-stamps it is of baseline B-B, with one of B-T.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ..outputs.language import language
from .appearance import Shown, style_of
from .identity import NEEDS, SealingError, issuer_of, named
from .signatures import judged, reader_of
from .timestamps import timestamper

if TYPE_CHECKING:
    from datetime import datetime

    from .identity import Identity


def signed(content: bytes, signatory: str, identity: Identity, moment: datetime, authority: str = "") -> bytes:
    """The paper with one more signature behind it; its bytes so far stay as they are. Raises SealingError.

    `moment` is what the signature claims as its time, and nobody but the signer vouches for it. Where `authority` is
    the address of one that gives time-stamps, it is asked for the time too, and the signature carries its answer.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign import fields, signers
        from pyhanko.sign.timestamps import TimestampRequestError
    except ImportError as problem:
        raise SealingError(NEEDS) from problem

    class OnlyAdds(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Leave the metadata alone: what says that the file is archival would be written anew, and damaged."""

    class AtMoment(signers.PdfSigner):
        def init_signing_session(self, *arguments: Any, **options: Any) -> Any:
            session = super().init_signing_session(*arguments, **options)
            session.system_time = moment
            return session

    about = signers.PdfSignatureMetadata(field_name=signatory, subfilter=fields.SigSeedSubFilter.PADES)
    written = io.BytesIO()
    try:
        writer = OnlyAdds(io.BytesIO(content))
        if signatory not in {name for name, _, _ in fields.enumerate_sig_fields(writer)}:
            raise SealingError(
                f"It has no field for `{signatory}`: the house style of the paper does not say  data-signatory  in its"
                " template  provisions/signatures.html ."
            )
        AtMoment(
            about,
            signer=signer_of(identity),
            timestamper=timestamper(authority) if authority else None,
            stamp_style=style_of(shown(writer, identity, moment)),
        ).sign_pdf(writer, existing_fields_only=True, output=written)
    except TimestampRequestError as problem:
        raise SealingError(f"The authority for time-stamps at {authority} gives none: {problem}") from problem
    except PdfError as problem:
        raise SealingError(f"The paper cannot be signed: {problem}") from problem
    refuse_foreign(written.getvalue(), identity)
    return written.getvalue()


def refuse_foreign(content: bytes, identity: Identity) -> None:
    """Say now, and not when others verify it, that a certificate is not the one of the key that signed."""
    last = reader_of(content).embedded_signatures[-1]
    if not judged(last, ()).genuine:
        raise SealingError(
            f"The certificate of {named(identity.certificate)} is of another key than the one that signs."
        )


def shown(paper: Any, identity: Identity, moment: datetime) -> Shown:
    """What the field says, in the language of the paper."""
    code = str(paper.root["/Lang"])
    spoken = language(code)
    said = spoken.words["signatures"]["electronic"].format(signer=named(identity.certificate))
    return Shown(said, code, spoken.direction, issuer_of(identity.certificate), moment)


def signer_of(identity: Identity) -> Any:
    """Who signs, as pyHanko wants it: by a key that we have read, or by a device that keeps its key to itself."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *others = (
        x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in (identity.certificate, *identity.chain)
    )
    if identity.device is not None:
        from pyhanko.sign.pkcs11 import PKCS11Signer

        return PKCS11Signer(
            identity.device.session,
            key_label=identity.device.label,
            signing_cert=own,
            ca_chain=others,
            use_raw_mechanism=own.public_key.algorithm in ("rsa", "ec"),  # not every device can take the digest itself
        )
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # published with half its types
    known.register_multiple(others)
    return signers.SimpleSigner(
        signing_cert=own,
        signing_key=keys.PrivateKeyInfo.load(
            identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=known,
    )
