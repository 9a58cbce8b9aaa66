"""A signature whose time an authority confirms, and what `verify` says of whose clock it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.archival import documents
from tests.sealing.authority import NOW, Authority, clock
from xladsl.sealing.identity import SealingError
from xladsl.sealing.proof import proven
from xladsl.sealing.signing import signed

LATER = NOW + timedelta(seconds=90)
STRANGER = Authority("Stranger")


def stamped(authority: Authority = documents.AUTHORITY) -> bytes:
    with clock(authority, LATER) as address:
        return signed(
            documents.final(), "for_provider", documents.AUTHORITY.identity("Anna Holm"), NOW, authority=address
        )


def test_both_clocks_are_told() -> None:
    proof = proven(stamped(), [documents.AUTHORITY.certificate])
    told = "\n".join(proof.said)
    assert proof.holds, told
    assert f"{NOW:%H:%M:%S} UTC by their own clock" in told
    assert f"It existed at {LATER:%Y-%m-%d %H:%M:%S} UTC by the clock of Clock of a Test." in told
    assert "whether it was revoked was not asked" in told


def test_a_clock_that_nobody_vouches_for_is_told() -> None:
    proof = proven(stamped(STRANGER), [documents.AUTHORITY.certificate])
    assert proof.holds
    assert any("whose certificate leads to none of the roots that were given" in said for said in proof.said)


def test_another_reader_of_signatures_agrees() -> None:
    import io

    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    root = Certificate.load(documents.AUTHORITY.certificate.public_bytes(Encoding.DER))
    for paper in (stamped(), documents.signed_by(documents.final(), {"for_provider": "A", "for_customer": "B"})):
        for signature in PdfFileReader(io.BytesIO(paper)).embedded_signatures:
            trust = ValidationContext(trust_roots=[root], allow_fetching=False)
            status = validate_pdf_signature(signature, trust)
            assert status.bottom_line, status.pretty_print_details()


def test_an_authority_that_sends_elsewhere_gives_no_stamp() -> None:
    who, paper = documents.AUTHORITY.identity("Anna Holm"), documents.final()
    with clock(documents.AUTHORITY) as address:
        elsewhere = f"{address}elsewhere"
        with pytest.raises(SealingError, match="refuses: Found"):
            signed(paper, "for_provider", who, NOW, authority=elsewhere)
