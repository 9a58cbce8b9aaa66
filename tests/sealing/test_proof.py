"""`xladsl verify`: a paper is made again from the text that it carries, and compared byte by byte."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from xladsl.cli import main
from xladsl.sealing.proof import proven

BEGUN = Path(__file__).parents[2] / "templates" / "init" / "agreement.xladsl"


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper")
    assert CliRunner().invoke(main, ["build", str(BEGUN), "-o", str(folder), "--to", "pdf"]).exit_code == 0
    [made] = folder.glob("*.pdf")
    return made


def verified(path: Path) -> Result:
    return CliRunner().invoke(main, ["verify", str(path)])


def test_a_paper_is_what_its_text_says(paper: Path) -> None:
    result = verified(paper)
    assert result.exit_code == 0
    assert "The paper is what its text says, byte by byte." in result.output
    assert "SHA-256 of its words: " in result.output
    assert "house style" not in result.output


def test_a_paper_in_a_style_of_its_own_says_so(tmp_path: Path) -> None:
    style = tmp_path / "style"
    style.mkdir()
    (style / "house.css").write_text("p { display: none } h2::after { content: ' (not binding)' }", encoding="utf-8")
    arguments = ["build", str(BEGUN), "-o", str(tmp_path), "--to", "pdf", "--templates", str(style)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    [made] = tmp_path.glob("*.pdf")
    result = verified(made)
    assert (result.exit_code, "a style may leave out words or add some" in result.output) == (0, True)


def test_what_is_added_behind_the_paper_is_no_part_of_it(paper: Path, tmp_path: Path) -> None:
    added = tmp_path / "added.pdf"
    added.write_bytes(paper.read_bytes() + b"\n9999 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n")
    result = verified(added)
    assert (result.exit_code, "Before anything was added to it" in result.output) == (1, True)


def test_a_changed_page_is_found(paper: Path, tmp_path: Path) -> None:
    content = paper.read_bytes()
    assert b"/N 3/" in content, "the components of its colours"
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(content.replace(b"/N 3/", b"/N 4/", 1))
    result = verified(changed)
    assert result.exit_code == 1
    assert "is not what its text says" in result.output


def test_a_text_that_was_exchanged_is_found(paper: Path) -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(paper)
    [name] = [name for name in reader.attachments if name.endswith(".xladsl")]
    text = reader.attachments[name][0].replace(b"EUR 4,000.00", b"EUR 9,000.00")
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    for other, contents in reader.attachments.items():
        writer.add_attachment(other, text if other == name else contents[0])
    written = io.BytesIO()
    writer.write(written)
    proof = proven(written.getvalue())
    assert not proof.holds
    assert any(".json` inside of it is not what the text comes to" in sentence for sentence in proof.said)


@pytest.mark.parametrize(
    "content",
    [b"", b"no paper", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + b"[" * 50_000, bytes(range(256)) * 40],
    ids=["empty", "text", "hollow", "deep", "noise"],
)
def test_what_is_no_paper_is_told_so(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(content)
    result = verified(file)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "EOF marker" not in result.output


def test_many_files_that_unfold_to_gigabytes_are_not_all_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfWriter

    monkeypatch.setattr("xladsl.sealing.proof.MOST_ATTACHED", 1_000)
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for number in range(3):
        writer.add_attachment(f"{number}.bin", b" " * 400)
    written = io.BytesIO()
    writer.write(written)
    assert "files of more than 1,000 bytes inside of it" in " ".join(proven(written.getvalue()).said)


def test_a_paper_without_its_text_is_told_so(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "blank.pdf")
    result = verified(tmp_path / "blank.pdf")
    assert (result.exit_code, "carries no text" in result.output) == (1, True)
