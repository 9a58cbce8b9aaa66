"""A signature put behind a paper, by PAdES (baseline B-B), into the field that the paper has for its signatory."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from .identity import NEEDS, SealingError

if TYPE_CHECKING:
    from datetime import datetime

    from .identity import Identity


def signed(content: bytes, signatory: str, identity: Identity, moment: datetime) -> bytes:
    """The paper with one more signature behind it; its bytes so far stay as they are. Raises SealingError.

    `moment` is what the signature claims as its time; nobody but the signer vouches for it.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign import fields, signers
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
        AtMoment(about, signer=signer_of(identity)).sign_pdf(
            OnlyAdds(io.BytesIO(content)), existing_fields_only=True, output=written
        )
    except PdfError as problem:
        raise SealingError(f"The paper cannot be signed: {problem}") from problem
    return written.getvalue()


def signer_of(identity: Identity) -> Any:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    others = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # published with half its types
    others.register_multiple(x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in identity.chain)
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(identity.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(
            identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=others,
    )
