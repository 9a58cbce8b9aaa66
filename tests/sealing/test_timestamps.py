"""A signature whose time an authority confirms, and what `verify` says of whose clock it was."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from tests.archival import documents
from tests.sealing.authority import NOW, Authority, clock
from xladsl.sealing.identity import SealingError
from xladsl.sealing.proof import proven
from xladsl.sealing.signing import signed

LATER = NOW + timedelta(seconds=90)
STRANGER = Authority("Stranger")
ROOT = str(Path(__file__).parents[2])


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


def test_the_command_asks_an_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    who = documents.AUTHORITY.identity("Anna Holm")
    locked = serialize_key_and_certificates(b"anna", who.key, who.certificate, None, NoEncryption())
    monkeypatch.chdir(tmp_path)
    Path("paper.pdf").write_bytes(documents.final())
    Path("anna.p12").write_bytes(locked)
    with clock(documents.AUTHORITY, LATER) as address:
        program = (
            "sign",
            "paper.pdf",
            "--as=for_provider",
            "--key=anna.p12",
            f"--timestamp={address}",
        )
        run = [sys.executable, "-m", "xladsl", *program]
        done = subprocess.run(run, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": ROOT})
    assert (done.returncode, done.stdout) == (0, "paper.pdf: signed by for_provider (Anna Holm)\n"), done.stderr
    assert any("by the clock of Clock of a Test" in said for said in proven(Path("paper.pdf").read_bytes()).said)
