"""An authority that lives as long as the tests: it certifies people, and tells the time over HTTP."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from xladsl.sealing.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime.now(UTC)


def called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


class Authority:
    def __init__(self, name: str) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = called(name)
        self.certificate = self.certified(self.name, self.key.public_key(), authority=True)

    def certified(
        self,
        whose: x509.Name,
        key: Any,
        *,
        begins: int = -1,
        ends: int = 9,
        authority: bool = False,
        signs: bool = True,
        purpose: x509.ObjectIdentifier | None = None,
    ) -> x509.Certificate:
        usage = dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
        )
        made = (
            x509.CertificateBuilder()
            .subject_name(whose)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW + timedelta(days=begins))
            .not_valid_after(NOW + timedelta(days=ends))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=signs and not authority,
                    content_commitment=signs and not authority,
                    key_cert_sign=authority,
                    crl_sign=authority,
                    **usage | {"key_encipherment": not signs},
                ),
                critical=True,
            )
        )
        if purpose is not None:
            made = made.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        return made.sign(self.key, hashes.SHA256())

    def identity(self, name: str) -> Identity:
        key = ec.generate_private_key(ec.SECP256R1())
        return Identity(key, self.certified(called(name), key.public_key()), ())


@contextmanager
def clock(authority: Authority, moment: datetime | None = None) -> Iterator[str]:
    """The address at which the authority stamps the time on what it is asked, for as long as it is needed."""
    from asn1crypto import keys, tsp
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.timestamps import DummyTimeStamper

    key = rsa.generate_private_key(65537, 2048)
    stamps = ExtendedKeyUsageOID.TIME_STAMPING
    certificate = authority.certified(called("Clock of a Test"), key.public_key(), purpose=stamps)
    stamper = DummyTimeStamper(
        Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        fixed_dt=moment or NOW,
    )

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200 if self.path == "/" else 302)
            self.send_header("Location", "/")
            self.send_header("Content-Type", "application/timestamp-reply" if self.path == "/" else "text/html")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
