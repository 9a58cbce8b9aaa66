"""Amendments, consolidated texts and comparisons are made again from what they carry, as contracts are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader, PdfWriter

from xladsl.cli import main
from xladsl.sealing.proof import proven

BEGUN = (Path(__file__).parents[2] / "templates" / "init" / "agreement.xladsl").read_text(encoding="utf-8")


def run(*arguments: str | Path) -> None:
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("papers")
    older, newer = folder / "older.xladsl", folder / "newer.xladsl"
    older.write_text(BEGUN, encoding="utf-8")
    newer.write_text(BEGUN.replace("at least 200", "at least 250"), encoding="utf-8")
    run("amend", older, newer, "--number", "2", "--effective", "2027-04-01", "-o", folder)
    run("diff", older, newer, "--pdf", folder / "changes.pdf", "--line-numbers")
    return {path.name: path.read_bytes() for path in folder.glob("*.pdf")}


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("-portal-amendment-2.pdf", "The amendment is what its text says, byte by byte."),
        ("-as-of-amendment-2.pdf", "The consolidated text is what its text says, byte by byte."),
        ("changes.pdf", "The comparison is what its text says, byte by byte."),
    ],
)
def test_each_kind_of_paper_is_made_again(papers: dict[str, bytes], ending: str, said: str) -> None:
    [content] = [each for name, each in papers.items() if name.replace("_", "-").endswith(ending)]
    proof = proven(content)
    assert (proof.holds, proof.said[0]) == (True, said)
    assert bool(proof.signatories) == said.startswith("The amendment"), "only an amendment is signed"


def with_other_files(content: bytes, exchanged: dict[str, bytes]) -> bytes:
    reader, writer = PdfReader(io.BytesIO(content)), PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    for name, contents in reader.attachments.items():
        writer.add_attachment(name, exchanged.get(name, contents[0]))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "other", "said"),
    [
        ("amendment.json", b"[]", "does not tell which amendment it is"),
        ("amendment.json", b'{"number": "two", "effective": null}', "does not tell which amendment it is"),
        ("older-service_desk_and_portal.xladsl", b"\xff", "is not in order"),
        ("newer-service_desk_and_portal-edition.json", b"{", "is not in order"),
    ],
)
def test_what_was_exchanged_is_told(papers: dict[str, bytes], name: str, other: bytes, said: str) -> None:
    proof = proven(with_other_files(papers["service_desk_and_portal-amendment-2.pdf"], {name: other}))
    assert not proof.holds
    assert said in " ".join(proof.said)


def test_another_newer_text_makes_another_amendment(papers: dict[str, bytes]) -> None:
    name = "newer-service_desk_and_portal.xladsl"
    content = papers["service_desk_and_portal-amendment-2.pdf"]
    text = PdfReader(io.BytesIO(content)).attachments[name][0].replace(b"at least 250", b"at least 300")
    proof = proven(with_other_files(content, {name: text}))
    assert not proof.holds
    assert "`amendment.json` inside of it is not what the text comes to." in proof.said


@pytest.mark.parametrize("languages", ['["../../text/en"]', '["xx"]', '["en", "en"]', '["en", "nl", "da"]', '[["en"]]'])
def test_languages_that_no_paper_has_are_told(papers: dict[str, bytes], languages: str) -> None:
    record = f'{{"audience": "parties", "languages": {languages}, "line_numbers": false}}'.encode()
    name = "newer-service_desk_and_portal-edition.json"
    proof = proven(with_other_files(papers["service_desk_and_portal-amendment-2.pdf"], {name: record}))
    assert (proof.holds, "is not in order" in proof.said[0]) == (False, True)


@pytest.mark.parametrize("name", ["\0.xladsl", "../../slipped.xladsl", "/etc/slipped.xladsl"])
def test_whatever_the_text_inside_is_called_it_is_compared(tmp_path: Path, name: str) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment(name, BEGUN.encode())
    writer.write(tmp_path / "named.pdf")
    (tmp_path / "begun.xladsl").write_text(BEGUN, encoding="utf-8")
    run("diff", tmp_path / "named.pdf", tmp_path / "begun.xladsl")
