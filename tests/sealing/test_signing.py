"""`xladsl sign`, and what `xladsl verify` says of who signed: with an authority that lives as long as the test."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from tests.archival.texts import BEGUN, state
from tests.sealing.authority import NOW, Authority, called
from xladsl.cli import main
from xladsl.sealing.proof import proven
from xladsl.sealing.signing import signed

PASSPHRASE = "a long and secret phrase"
AUTHORITY = Authority("Authority of a Test")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A paper, and the keys of the two who sign it: one locked in PKCS#12, one in PEM."""
    folder = tmp_path_factory.mktemp("paper")
    papers = {}
    for status in ("draft", "final"):
        text = folder / f"{status}.xladsl"
        text.write_text(state(BEGUN, status), encoding="utf-8")
        made = CliRunner().invoke(main, ["build", str(text), "-o", str(folder / status), "--to", "pdf"])
        assert made.exit_code == 0, made.output
        [papers[status]] = (folder / status).glob("*.pdf")
    anna, jens = ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
    of_anna = AUTHORITY.certified(called("Anna Holm"), anna.public_key())
    encrypted = BestAvailableEncryption(PASSPHRASE.encode())

    def pem(certificate: x509.Certificate) -> bytes:
        return certificate.public_bytes(Encoding.PEM)

    return {
        "paper.pdf": papers["final"].read_bytes(),
        "draft.pdf": papers["draft"].read_bytes(),
        "anna.p12": pkcs12.serialize_key_and_certificates(b"anna", anna, of_anna, None, encrypted),
        "open.p12": pkcs12.serialize_key_and_certificates(b"anna", anna, of_anna, None, NoEncryption()),
        "jens.pem": jens.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "locked.pem": jens.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encrypted),
        "jens.crt": pem(AUTHORITY.certified(called("Jens Lund"), jens.public_key())),
        "expired.crt": pem(AUTHORITY.certified(called("Jens Lund"), jens.public_key(), begins=-9, ends=-2)),
        "early.crt": pem(AUTHORITY.certified(called("Jens Lund"), jens.public_key(), begins=2)),
        "sealed.crt": pem(AUTHORITY.certified(called("Jens Lund"), jens.public_key(), signs=False)),
        "anna.crt": pem(of_anna),
        "root.pem": pem(AUTHORITY.certificate),
        "stranger.pem": pem(Authority("Stranger").certificate),
    }


@pytest.fixture
def folder(made: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THEIR_PHRASE", PASSPHRASE)
    return tmp_path


def xladsl(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


FOR_ANNA = ("--as", "for_provider", "--key", "anna.p12", "--passphrase-env", "THEIR_PHRASE")
FOR_JENS = ("--as", "for_customer", "--key", "jens.pem", "--certificate", "jens.crt")


def both_signed() -> bytes:
    """Put the paper with both signatures into the folder; it is signed once for all tests."""
    if not SIGNED:
        for arguments in (FOR_ANNA, FOR_JENS):
            done = xladsl("sign", "paper.pdf", *arguments)
            assert done.exit_code == 0, done.output
        SIGNED.append(Path("paper.pdf").read_bytes())
    Path("paper.pdf").write_bytes(SIGNED[0])
    return SIGNED[0]


SIGNED: list[bytes] = []


def test_signatories_sign_in_turn(folder: Path, made: dict[str, bytes]) -> None:
    first = xladsl("sign", "paper.pdf", *FOR_ANNA, "-o", "signed.pdf")
    assert (first.exit_code, first.output) == (0, "signed.pdf: signed by for_provider (Anna Holm)\n")
    assert Path("paper.pdf").read_bytes() == made["paper.pdf"]
    half = xladsl("verify", "signed.pdf")
    assert half.exit_code == 0, half.output
    assert "The paper is what its text says, byte by byte." in half.output
    assert "Nothing but signatures was added to it." in half.output
    assert "Signed by for_provider (Anna Holm), " in half.output
    assert "the certificate of Anna Holm, issued by CN=Authority of a Test; it covers all" in half.output
    assert "was not judged: no root was given" in half.output
    assert "Not signed yet by for_customer (Jens Lund)." in half.output

    assert xladsl("sign", "signed.pdf", *FOR_JENS).exit_code == 0
    assert Path("signed.pdf").read_bytes().startswith(made["paper.pdf"])
    whole = xladsl("verify", "signed.pdf", "--trust", "root.pem")
    assert whole.exit_code == 0, whole.output
    assert whole.output.count("it covers all of the paper as it then was") == 2
    assert whole.output.count("leads to a root that was given") == 2
    assert "Not signed yet" not in whole.output
    assert "judged" not in whole.output
    assert "It is executed: everybody who was to sign has signed (2)." in whole.output
    assert "executed" not in half.output


def test_an_amendment_begins_from_what_everybody_signed(folder: Path) -> None:
    Path("new.xladsl").write_text(state(BEGUN, "final").replace("at least 99.5%", "at least 99.7%"), encoding="utf-8")
    amend = ("amend", "paper.pdf", "new.xladsl", "--number", "1", "-o", "amendment")
    assert "only what was executed can be amended" in xladsl(*amend).output
    signed_by_all = both_signed()
    done = xladsl(*amend)
    assert done.exit_code == 0, done.output
    assert "only what was executed can be amended" not in done.output
    Path("paper.pdf").write_bytes(signed_by_all.replace(b"/Type /Page\n", b"/Type /Page \n", 1) + b"more")
    assert "which cannot be relied on." in xladsl(*amend).output


def test_another_program_finds_the_signatures_too(folder: Path) -> None:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(both_signed()))
    fields = reader.get_fields()
    assert fields is not None
    assert {name: field["/TU"] for name, field in fields.items()} == {
        "for_provider": "Signature of Anna Holm",
        "for_customer": "Signature of Jens Lund",
    }
    assert {field["/V"]["/SubFilter"] for field in fields.values()} == {"/ETSI.CAdES.detached"}


def test_what_says_that_the_file_is_archival_stays(folder: Path, made: dict[str, bytes]) -> None:
    assert b"/Type /Metadata" not in both_signed()[len(made["paper.pdf"]) :]


def test_a_root_that_is_not_theirs_is_told(folder: Path) -> None:
    both_signed()
    result = xladsl("verify", "paper.pdf", "--trust", "stranger.pem")
    assert result.exit_code == 1
    assert result.output.count("leads to none of the roots") == 2


def test_a_changed_signature_is_found(folder: Path, made: dict[str, bytes]) -> None:
    content = both_signed()
    moment = content.index(str(NOW.year).encode(), content.index(b"/M (", len(made["paper.pdf"])))
    forged = content[:moment] + b"1999" + content[moment + 4 :]
    proof = proven(forged)
    assert not proof.holds
    assert any("not genuine, or what it covers was changed" in sentence for sentence in proof.said)


def test_a_page_that_is_changed_behind_the_signatures_is_found(folder: Path) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(both_signed()))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    written = io.BytesIO()
    writer.write(written)
    proof = proven(written.getvalue())
    assert not proof.holds
    assert "More than signatures was added to it: it changes what the paper shows or holds." in proof.said


def test_a_page_that_is_changed_before_the_first_signature_is_found(folder: Path) -> None:
    """Whoever signs last may not slip in a change that each signature covers."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    from xladsl.sealing.identity import identity

    writer = IncrementalPdfFileWriter(io.BytesIO(Path("paper.pdf").read_bytes()))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    written = io.BytesIO()
    writer.write(written)
    who = identity(Path("open.p12").read_bytes(), None, bytes, NOW)
    Path("slipped.pdf").write_bytes(signed(written.getvalue(), "for_provider", who, NOW))
    result = xladsl("verify", "slipped.pdf", "--trust", "root.pem")
    assert result.exit_code == 1
    assert "it changes what the paper shows or holds" in result.output
    refused = xladsl("sign", "slipped.pdf", *FOR_JENS)
    assert (refused.exit_code, "slipped.pdf is not signed." in refused.output) == (1, True)


def test_a_picture_that_covers_words_is_found(folder: Path) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    from xladsl.sealing.identity import identity
    from xladsl.sealing.signing import signer_of

    who = identity(Path("open.p12").read_bytes(), None, bytes, NOW)
    about = signers.PdfSignatureMetadata(field_name="stamp", subfilter=fields.SigSeedSubFilter.PADES)
    placed = fields.SigFieldSpec("stamp", box=(100, 100, 300, 200))
    stamped = signers.PdfSigner(about, signer=signer_of(who), new_field_spec=placed).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(Path("paper.pdf").read_bytes()))
    )
    proof = proven(stamped.getvalue())
    assert not proof.holds
    assert any("a signature shows a picture" in sentence for sentence in proof.said)
    assert any("stamp, who is no signatory of this agreement" in sentence for sentence in proof.said)


def test_what_an_earlier_signature_shows_may_not_be_changed_by_a_later_one(folder: Path) -> None:
    """The last signature covers all before it, and would cover that too."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    assert xladsl("sign", "paper.pdf", *FOR_ANNA).exit_code == 0
    writer = IncrementalPdfFileWriter(io.BytesIO(Path("paper.pdf").read_bytes()))
    field = writer.root["/AcroForm"]["/Fields"][0]
    shown = generic.StreamObject(field["/AP"]["/N"], stream_data=b"% another picture\n")
    field["/AP"][generic.pdf_name("/N")] = writer.add_object(shown)
    writer.update_container(field)
    written = io.BytesIO()
    writer.write(written)
    who = AUTHORITY.identity("Jens Lund")
    proof = proven(signed(written.getvalue(), "for_customer", who, NOW))
    assert not proof.holds
    assert "More than signatures was added to it: it changes what the paper shows or holds." in proof.said


def test_nobody_is_kept_from_signing_by_their_name(folder: Path) -> None:
    paper = Path("paper.pdf").read_bytes()
    proof = proven(signed(paper, "for_customer", AUTHORITY.identity("李小龍"), NOW))
    assert proof.holds
    assert any("with the certificate of 李小龍" in said for said in proof.said)


@pytest.mark.parametrize("added", [b"\n", b"more\n", b"\n9999 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"])
def test_what_no_signature_covers_is_found(folder: Path, added: bytes) -> None:
    proof = proven(both_signed() + added)
    assert not proof.holds


def test_a_paper_that_takes_the_place_of_the_proven_one_is_found(folder: Path, made: dict[str, bytes]) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    other = io.BytesIO()
    writer.write(other)
    proof = proven(made["paper.pdf"] + other.getvalue())
    assert not proof.holds


@pytest.mark.parametrize(
    ("file", "arguments", "code", "said"),
    [
        ("draft.pdf", FOR_JENS, 1, "Its text says of itself that it is a draft."),
        ("paper.pdf", ("--as", "for_customer"), 2, "Say where the key is"),
        ("paper.pdf", (*FOR_JENS, "--pkcs11", "driver.so"), 2, "Say where the key is"),
        ("paper.pdf", (*FOR_JENS[:2], "--pkcs11", "driver.so"), 2, "is named by all of"),
        ("paper.pdf", (*FOR_JENS, "--timestamp", "ftp://example.org/"), 2, "is no address of an authority"),
        ("paper.pdf", (*FOR_JENS, "--timestamp", "http://127.0.0.1:1/"), 2, "does not answer"),
        ("jens.crt", FOR_JENS, 1, "It is no PDF that can be read."),
        ("gone.pdf", FOR_JENS, 2, "gone.pdf cannot be read"),
        (
            "paper.pdf",
            ("--as", "nobody", *FOR_JENS[2:]),
            2,
            "Those who sign it are: for_provider (Anna Holm), for_cust",
        ),
        ("paper.pdf", ("--as", "for_provider", "--key", "gone.p12"), 2, "gone.p12 cannot be read"),
        ("paper.pdf", ("--as", "for_provider", "--key", "paper.pdf"), 2, "neither PKCS#12 nor PEM"),
        ("paper.pdf", ("--as", "for_provider", "--key", "jens.crt"), 2, "holds no private key"),
        ("paper.pdf", FOR_JENS[:4], 2, "--certificate"),
        ("paper.pdf", (*FOR_JENS[:5], "anna.crt"), 2, "of another key"),
        ("paper.pdf", (*FOR_JENS[:5], "jens.pem"), 2, "no certificate that can be read"),
        ("paper.pdf", (*FOR_JENS[:5], "expired.crt"), 2, "The certificate of Jens Lund expired on "),
        ("paper.pdf", (*FOR_JENS[:5], "early.crt"), 2, "is not valid before "),
        ("paper.pdf", (*FOR_JENS[:5], "sealed.crt"), 2, "is not for signing"),
        ("paper.pdf", (*FOR_ANNA[:5], "UNSET_PHRASE"), 2, "no environment variable UNSET_PHRASE"),
        ("paper.pdf", (*FOR_ANNA[:5], "PATH"), 2, "The passphrase of the key is wrong."),
        ("paper.pdf", (*FOR_JENS, "-o", "no/such/folder.pdf"), 2, "cannot be written"),
    ],
)
def test_what_stands_in_the_way_is_told(
    folder: Path, made: dict[str, bytes], file: str, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = xladsl("sign", file, *arguments)
    assert result.exit_code == code, result.output
    assert said in " ".join(result.output.split()), result.output
    assert "Traceback" not in result.output
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == made


def test_nobody_signs_twice(folder: Path) -> None:
    before = both_signed()
    again = xladsl("sign", "paper.pdf", *FOR_JENS)
    assert again.exit_code == 2
    assert "already signed by for_customer (Jens Lund)" in again.output
    assert Path("paper.pdf").read_bytes() == before


def test_a_locked_key_asks_for_its_passphrase(folder: Path) -> None:
    arguments = ("sign", "paper.pdf", "--as", "for_customer", "--key", "locked.pem", "--certificate", "jens.crt")
    wrong = xladsl(*arguments, typed="wrong\n")
    assert (wrong.exit_code, "The passphrase of the key is wrong." in wrong.output) == (2, True)
    right = xladsl(*arguments, typed=f"{PASSPHRASE}\n")
    assert right.exit_code == 0, right.output
    assert PASSPHRASE not in wrong.output + right.output


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for the superuser")
def test_a_folder_that_is_read_only_stays_as_it_was(folder: Path, made: dict[str, bytes]) -> None:
    folder.chmod(0o500)
    try:
        result = xladsl("sign", "paper.pdf", *FOR_JENS)
    finally:
        folder.chmod(0o700)
    assert (result.exit_code, "cannot be written" in result.output) == (2, True)
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == made


def test_no_key_is_shown_or_kept(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    secret = Path("jens.pem").read_text(encoding="ascii").splitlines()[1]
    done = xladsl("sign", "paper.pdf", *FOR_JENS, "-o", "signed.pdf")
    locked = xladsl("sign", "signed.pdf", *FOR_ANNA)
    told = done.output + locked.output + caplog.text
    assert secret not in told
    assert PASSPHRASE not in told
    assert secret.encode() not in Path("signed.pdf").read_bytes()
