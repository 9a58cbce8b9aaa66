"""A document that is broken or means harm gets a message, and nothing of it is obeyed."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from tests.review.editing import Edited
from xladsl.cli.review import command
from xladsl.word import UnreadableDocumentError, document
from xladsl.word.package import WHOLE, opened, packed
from xladsl.word.reading import read

AGREEMENT = Path(__file__).parents[1] / "review" / "agreement"


def page(body: str) -> bytes:
    return document(f'<!doctype html><html lang="en"><head><title>A</title></head><body>{body}</body></html>')


def said(content: bytes) -> list[str]:
    return ["".join(piece.words for piece in each.pieces) for each in read(content).paragraphs]


def with_document(xml: str) -> bytes:
    return packed(opened(page("<p>A</p>")) | {"word/document.xml": xml.encode()})


def bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (WHOLE + 1))
    return made.getvalue()


def many() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(2001):
            archive.writestr(f"{number}.xml", b"")
    return made.getvalue()


ENTITIES = """<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"""

HARMFUL = {
    "no archive": (b"Dear Anna,", "no Word document"),
    "an old format": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "before 2007"),
    "nothing": (b"", "no Word document"),
    "half an archive": (page("<p>A</p>")[:900], "no Word document"),
    "no text": (packed({"[Content_Types].xml": b"<a/>", "_rels/.rels": b"<a/>"}), "has no text"),
    "a bomb": (bomb(), "more than 64 MB"),
    "very many parts": (many(), "more than 2,000 parts"),
    "entities": (with_document(ENTITIES), "declares entities"),
    "broken XML": (with_document("<w:document"), "no sound XML"),
    "another document": (with_document("<a/>"), "has no text"),
    "very deep": (with_document("<a>" * 9000 + "</a>" * 9000), "no sound XML"),
}


@pytest.mark.parametrize("which", HARMFUL)
def test_what_cannot_be_read_is_told(which: str, tmp_path: Path) -> None:
    content, message = HARMFUL[which]
    with pytest.raises(UnreadableDocumentError, match=message):
        read(content)
    (tmp_path / "returned.docx").write_bytes(content)
    result = CliRunner().invoke(command, [str(AGREEMENT), str(tmp_path / "returned.docx")])
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


def test_broken_bytes_never_raise_anything_else() -> None:
    chance = Random("bytes")
    content = page("<p>A</p><table><tr><td>B</td></tr></table>")
    for _ in range(300):
        broken = bytearray(content)
        for _ in range(chance.randrange(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with suppress(UnreadableDocumentError):
            read(bytes(broken))


def test_what_is_written_is_read() -> None:
    assert said(page("<h1>Care</h1><p>One<br>two</p><p>three</p>")) == ["Care", "One\ntwo", "three"]


def test_files_inside_come_out_as_they_went_in() -> None:
    files = {"a.xladsl": "agreement “x” <&> ]]>\n\n\ttab\n".encode(), "b.zip": bytes(range(256)), "c.txt": b"a\r\nb"}
    made = document("<html><body><p>A</p></body></html>", carried=files)
    assert read(made).carried == files


def test_who_changed_what_and_when() -> None:
    edited = Edited(page("<p>At least ten days before.</p>")).tracked("ten", "five", "Anna Lund", "2026-05-04")
    [paragraph] = [each for each in read(edited.content()).paragraphs if each.pieces]
    assert [tuple(piece) for piece in paragraph.pieces] == [
        ("At least ", "", "", ""),
        ("ten", "del", "Anna Lund", "2026-05-04"),
        ("five", "ins", "Anna Lund", "2026-05-04"),
        (" days before.", "", "", ""),
    ]


def test_macros_are_told_and_not_run() -> None:
    assert read(packed(opened(page("<p>A</p>")) | {"word/vbaProject.bin": b"x"})).macros
