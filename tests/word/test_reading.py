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
from xladsl.review.lines import after_changes, before_changes
from xladsl.word import UnreadableDocumentError, document
from xladsl.word.oddities import is_number_like
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


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
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
    "very long": (
        with_document(f"<w:document {SPACE}><w:body>{'<w:p/>' * 50_001}</w:body></w:document>"),
        "50,001 paragraphs",
    ),
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


AS_WORD_WRITES = f"""<w:document {SPACE} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"><w:body>
<w:p w:rsidR="00A1"><w:bookmarkStart w:id="0" w:name="_one_1"/><w:proofErr w:type="spellStart"/>
 <w:r w:rsidRPr="00B2"><w:lastRenderedPageBreak/><w:t xml:space="preserve">One </w:t></w:r><w:bookmarkEnd w:id="0"/>
 <w:ins w:id="1" w:author="Anna" w:date="2026-05-04T10:00:00Z"><w:r><w:t>new</w:t></w:r>
  <w:del w:id="2" w:author="Bo" w:date="2026-05-05T10:00:00Z"><w:r><w:delText> and gone</w:delText></w:r></w:del></w:ins></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="Anna" w:date="2026-05-04T10:00:00Z"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Joined </w:t></w:r></w:p>
<w:p><w:r><w:t>to this</w:t></w:r></w:p>
<w:sdt><w:sdtContent><w:p><w:r><w:t>In a box of Word</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:moveFromRangeStart w:id="4" w:name="m" w:author="Anna" w:date="2026-05-04T10:00:00Z"/>
 <w:moveFrom w:id="5" w:author="Anna" w:date="2026-05-04T10:00:00Z"><w:r><w:t>Moved</w:t></w:r></w:moveFrom><w:moveFromRangeEnd w:id="4"/></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>Aside</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>
 <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Aside</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _one_1 \\r \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>
 <w:r><w:t>9.9</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:rPrChange w:id="6" w:author="Anna"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t xml:space="preserve"> bold</w:t></w:r></w:p>
<w:tbl><w:tr><w:trPr><w:ins w:id="7" w:author="Anna" w:date="2026-05-04T10:00:00Z"/></w:trPr><w:tc><w:p><w:ins w:id="8" w:author="Anna"><w:r><w:t>Row</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"""  # noqa: E501  # as one reads it in the file


def test_what_word_writes_is_read() -> None:
    found = read(with_document(AS_WORD_WRITES), {"_one_1": "4.1"}).paragraphs
    before, after = ([line.words for line in view(found)] for view in (before_changes, after_changes))
    assert before == ["One", "Joined", "to this", "In a box of Word", "Moved", "Aside", "4.1 bold"]
    assert after == ["One new", "Joined to this", "In a box of Word", "Aside", "4.1 bold", "Row"]
    assert found[0].marks == ("_one_1",)
    assert [(piece.change, piece.author) for piece in found[0].pieces] == [
        ("", ""),
        ("ins", "Anna"),
        ("passing", "Bo"),
    ], "Bo took out what Anna had put in"


def odd(inside: str, **parts: str) -> list[tuple[str, str]]:
    spaces = f'{SPACE} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    content = with_document(f"<w:document {spaces}><w:body><w:p>{inside}</w:p></w:body></w:document>")
    added = {f"word/{name}.xml": xml.encode() for name, xml in parts.items()}
    return [(oddity.kind, oddity.words) for oddity in read(packed(opened(content) | added)).oddities]


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ('<w:r><w:sym w:font="Arial" w:char="0021"/></w:r>', ("symbol", "0021")),
        ("<w:r><w:drawing/></w:r>", ("picture", "")),
        ("<m:oMath><m:r><m:t>or never</m:t></m:r></m:oMath>", ("formula", "or never")),
        ("</w:p><w:altChunk/><w:p>", ("elsewhere", "")),
        ("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>", ("elsewhere", "")),
        ('<w:fldSimple w:instr="INCLUDETEXT a.docx"/>', ("elsewhere", "INCLUDETEXT a.docx")),
    ],
)
def test_what_is_shown_and_is_no_word_is_told(inside: str, told: tuple[str, str]) -> None:
    assert odd(inside) == [told]


def test_fields_that_every_contract_has_are_none_of_it() -> None:
    contents = '<w:fldSimple w:instr="TOC"><w:fldSimple w:instr=" PAGEREF a \\h "/></w:fldSimple>'
    assert odd(f'<w:fldSimple w:instr=" REF a \\h "/>{contents}<w:fldSimple w:instr=""/>') == []


@pytest.mark.parametrize("field", ["PAGE", "PAGEREF a", "NUMPAGES", "DATE"])
def test_a_field_that_shows_another_figure_tomorrow_is_told(field: str) -> None:
    assert odd(f'<w:fldSimple w:instr="{field}"><w:r><w:t>5</w:t></w:r></w:fldSimple>') == [("elsewhere", field)]


@pytest.mark.parametrize(
    ("properties", "hidden"),
    [
        ('<w:color w:val="FEFEFE"/>', True),
        ('<w:color w:val="E0F0E0"/>', True),
        ('<w:color w:val="999999"/>', False),
        ('<w:color w:val="auto"/>', False),
        ('<w:sz w:val="2"/>', True),
        ('<w:sz w:val="14"/>', False),
        ('<w:highlight w:val="black"/>', True),
        ('<w:color w:val="AA0000"/><w:shd w:val="clear" w:fill="aa0000"/>', True),
        ('<w:shd w:val="clear" w:fill="auto"/>', False),
    ],
)
def test_words_that_nobody_can_see_are_hidden(properties: str, *, hidden: bool) -> None:
    found = odd(f"<w:r><w:rPr>{properties}</w:rPr><w:t>never</w:t></w:r>")
    assert found == ([("hidden", "never")] if hidden else [])


@pytest.mark.parametrize(
    ("rule", "height", "hidden"), [("exact", 1, True), ("atLeast", 1, False), ("exact", 240, False)]
)
def test_a_line_too_low_to_show_its_words_hides_them(rule: str, height: int, *, hidden: bool) -> None:
    spacing = f'<w:pPr><w:spacing w:line="{height}" w:lineRule="{rule}"/></w:pPr>'
    assert odd(f"{spacing}<w:r><w:t>never</w:t></w:r>") == ([("hidden", "never")] if hidden else [])


def test_words_turned_round_are_told() -> None:
    assert odd('<w:bdo w:val="rtl"><w:r><w:t>51</w:t></w:r></w:bdo>') == [("turned", "51")]


def related(kind: str, target: str, mode: str = "") -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    outside = f' TargetMode="{mode}"' if mode else ""
    relation = f'<Relationship Id="a" Type="{base}/{kind}" Target="{target}"{outside}/>'
    return f"<Relationships {space}>{relation}</Relationships>".encode()


def test_what_is_read_is_what_word_shows() -> None:
    decoy = opened(page("<p>As agreed</p>"))
    shown = opened(page("<p>As they like it</p>"))["word/document.xml"]
    parts = decoy | {"_rels/.rels": related("officeDocument", "/word/other.xml"), "word/other.xml": shown}
    assert said(packed(parts)) == ["As they like it"]


def test_a_foot_of_any_name_is_read() -> None:
    foot = f"<w:ftr {SPACE}><w:p><w:r><w:t>or never</w:t></w:r></w:p></w:ftr>".encode()
    parts = opened(page("<p>A</p>")) | {
        "word/_rels/document.xml.rels": related("footer", "notes/x.xml"),
        "word/notes/x.xml": foot,
    }
    assert "or never" in read(packed(parts)).frame


def test_what_it_fetches_is_told() -> None:
    for kind, told in (("attachedTemplate", True), ("image", True), ("hyperlink", False)):
        parts = opened(page("<p>A</p>")) | {
            "word/_rels/settings.xml.rels": related(kind, "http://elsewhere.example/t.dotm", "External")
        }
        found = [(each.kind, each.words) for each in read(packed(parts)).oddities]
        assert found == [("elsewhere", "http://elsewhere.example/t.dotm")] * told


def twice() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", opened(page("<p>A</p>"))["word/document.xml"])
        archive.writestr("word/Document.xml", opened(page("<p>B</p>"))["word/document.xml"])
    return made.getvalue()


def strict() -> bytes:
    parts = opened(page("<p>A</p>"))
    name = "word/document.xml"
    ours, others = SPACE.split('"')[1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    return packed(parts | {name: parts[name].replace(ours, others)})


@pytest.mark.parametrize(("content", "message"), [(twice(), "two parts called"), (strict(), "Strict Open XML")])
def test_what_programs_show_differently_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=message):
        read(content)


@pytest.mark.parametrize("properties", ['<w:rPr><w:rStyle w:val="B"/></w:rPr>', '<w:rPr><w:rStyle w:val="A"/></w:rPr>'])
def test_what_a_style_hides_is_hidden(properties: str) -> None:
    styles = (
        f'<w:styles {SPACE}><w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    assert odd(f"<w:r>{properties}<w:t>not</w:t></w:r><w:r><w:t>shown</w:t></w:r>", styles=styles) == [
        ("hidden", "not")
    ]


def test_words_of_counters_and_marks_across_the_page_stand_around_the_text() -> None:
    head = f'<w:hdr {SPACE} xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="VOID"/></w:hdr>'
    counters = f'<w:numbering {SPACE}><w:lvlText w:val="Void: %1"/><w:lvlText w:val="%1."/></w:numbering>'
    parts = {"word/header1.xml": head.encode(), "word/numbering.xml": counters.encode()}
    assert read(packed(opened(page("<p>A</p>")) | parts)).frame == ["VOID", "Void: %1"]


def test_a_field_that_ends_inside_another_breaks_nothing() -> None:
    assert odd('<w:fldSimple w:instr="REF a"><w:r><w:fldChar w:fldCharType="end"/></w:r></w:fldSimple>') == []


@pytest.mark.parametrize(
    ("shown", "number", "alike"),
    [
        ("9.9", "7.1", True),
        ("12", "7.1", True),
        ("IV.3", "7.1", True),
        ("", "7.1", True),
        ("Schedule B", "Schedule A", True),
        ("7.1, which is void,", "7.1", False),
        ("void", "7.1", False),
    ],
)
def test_a_reference_shows_a_number_and_no_words(shown: str, number: str, alike: bool) -> None:
    assert is_number_like(shown, number) == alike


def test_who_changed_something_is_told_on_one_line() -> None:
    edited = Edited(page("<p>ten days</p>")).tracked("ten", "five", "Anna\nSettled by the patch:", "2026-05-04")
    authors = {piece.author for each in read(edited.content()).paragraphs for piece in each.pieces if piece.change}
    assert authors == {"Anna Settled by the patch:"}
