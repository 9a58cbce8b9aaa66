"""A key that stays on its device: signed by way of PKCS#11, with SoftHSM for a device where there is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.archival import documents
from tests.sealing.authority import Authority
from xladsl.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

DRIVERS = [
    Path(folder) / "softhsm" / "libsofthsm2.so"
    for folder in ("/usr/lib", "/usr/local/lib", "/opt/homebrew/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib64")
]
DRIVER = next((str(driver) for driver in DRIVERS if driver.exists()), "")
PIN = "729105"
TOKEN, KEY = "pen of anna", "anna"

pytestmark = pytest.mark.skipif(
    not DRIVER or shutil.which("softhsm2-util") is None,
    reason="there is no SoftHSM here: apt-get install softhsm2",
)


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A token with a key and its certificate."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n", encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        filled(folder)
        yield folder


def filled(folder: Path) -> None:
    import pkcs11

    who = documents.AUTHORITY.identity("Anna Holm")
    key = who.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)
    pins = ("--so-pin", PIN, "--pin", PIN)
    for command in (
        ("--init-token", "--free", "--label", TOKEN, *pins),
        ("--import", str(folder / "key.pem"), "--token", TOKEN, "--label", KEY, "--id", "01", "--pin", PIN),
    ):
        subprocess.run(("softhsm2-util", *command), check=True, capture_output=True)
    with pkcs11.lib(DRIVER).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        session.create_object(
            {
                pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                pkcs11.Attribute.LABEL: KEY,
                pkcs11.Attribute.TOKEN: True,
                pkcs11.Attribute.SUBJECT: who.certificate.subject.public_bytes(),
                pkcs11.Attribute.VALUE: who.certificate.public_bytes(Encoding.DER),
            }
        )


@pytest.fixture
def folder(device: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THEIR_PIN", PIN)
    Path("paper.pdf").write_bytes(documents.final())
    Path("root.pem").write_bytes(documents.AUTHORITY.certificate.public_bytes(Encoding.PEM))
    return tmp_path


def signs(*more: str, token: str = TOKEN, key: str = KEY, driver: str = DRIVER, typed: str | None = None) -> Result:
    where = ("--pkcs11", driver, "--token", token, "--pkcs11-key", key)
    return CliRunner().invoke(main, ["sign", "paper.pdf", "--as", "for_provider", *where, *more], input=typed)


def test_a_key_on_a_device_signs(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    done = signs("--passphrase-env", "THEIR_PIN", "-o", "signed.pdf")
    assert done.exit_code == 0, done.output
    verified = CliRunner().invoke(main, ["verify", "signed.pdf", "--trust", "root.pem"])
    assert verified.exit_code == 0, verified.output
    assert "with the certificate of Anna Holm" in verified.output
    assert PIN not in done.output + caplog.text
    assert PIN.encode() not in Path("signed.pdf").read_bytes()


def test_the_pin_is_asked_for(folder: Path) -> None:
    done = signs(typed=f"{PIN}\n")
    assert done.exit_code == 0, done.output
    assert PIN not in done.output


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"typed": "000000\n"}, "The PIN of the token is wrong."),
        ({"token": "another"}, f"There are no tokens called `another`. Those that are there: `{TOKEN}`."),
        ({"key": "another", "typed": f"{PIN}\n"}, "not exactly one private key called `another`"),
        ({"driver": "/no/such/driver.so"}, "is no driver of a device"),
    ],
)
def test_what_stands_in_the_way_is_told(folder: Path, told: dict[str, str], said: str) -> None:
    result = signs(**told)
    assert result.exit_code == 2, result.output
    assert said in " ".join(result.output.split())
    assert Path("paper.pdf").read_bytes() == documents.final()


def test_a_certificate_may_come_from_a_file(folder: Path) -> None:
    stranger = Authority("Stranger").identity("Somebody else").certificate
    Path("stranger.pem").write_bytes(stranger.public_bytes(Encoding.PEM))
    done = signs("--certificate", "stranger.pem", "--passphrase-env", "THEIR_PIN", "-o", "signed.pdf")
    assert done.exit_code == 2
    assert "of another key" in done.output
