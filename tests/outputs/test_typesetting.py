from __future__ import annotations

import base64
import io
import os
import socket
import subprocess
import sys
import zlib
from datetime import date
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from xladsl import resources
from xladsl.outputs.house import made_of
from xladsl.outputs.typesetting import Attachment, TypesettingProblem, typeset
from xladsl.outputs.typesetting.machine import FAMILIES, FONT_FILES, LARGEST_IMAGE_BYTES

STYLE = """
html { font-family: "Source Serif 4", "Noto Naskh Arabic" }
@page { @bottom-right { content: counter(page) } }
"""
SIGNED = date(2026, 1, 31)


def page(body: str, head: str = "") -> str:
    start = f"<!doctype html><html lang=en><head><title>Agreement</title>{head}</head>"
    return f"{start}<body><h1>Agreement</h1>{body}</body></html>"


def pdf_of(html: str, style: str = STYLE, *, attachments: tuple[Attachment, ...] = ()) -> bytes:
    pdf, problems = typeset(html, style, attachments=attachments)
    assert problems == []
    assert pdf is not None
    return pdf


def problems_of(html: str, style: str = STYLE) -> list[TypesettingProblem]:
    pdf, problems = typeset(html, style)
    assert pdf is None, "what has a problem must not be signed"
    assert problems
    assert all(problem.message and problem.remedy for problem in problems)
    return problems


# What comes out


def test_text_and_links_reach_the_paper() -> None:
    html = page(
        '<p id=availability>Uptime ≥ 99.5 % <a href="https://example.org/">status</a> <a href="#availability">1</a></p>'
    )
    reader = PdfReader(io.BytesIO(pdf_of(html)))
    assert "Uptime ≥ 99.5 % status" in reader.pages[0].extract_text()
    targets = [annotation.get_object().get("/A", {}).get("/URI") for annotation in reader.pages[0]["/Annots"]]
    assert "https://example.org/" in targets


def test_a_link_with_marked_words_is_one_link() -> None:
    html = page('<p><a href="https://example.org/"><span>Clause</span> <b>4</b></a></p>')
    reader = PdfReader(io.BytesIO(pdf_of(html)))
    [annotation] = reader.pages[0]["/Annots"]
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    element = numbers[numbers.index(annotation.get_object()["/StructParent"]) + 1].get_object()
    assert element["/S"] == "/Link"


def test_every_character_of_an_agreement_has_a_glyph_in_every_style() -> None:
    ukrainian = "ґ є і ї Ґ Є І Ї"
    characters = f"≥ ≤ ≠ × − – — “ ” ‘ ’ § • ☐ ☑ ✓ → € £ kr å æ ø Å Æ Ø ß é {ukrainian} ½ ± ° … № توافق‌نامه"
    body = "".join(
        f"<p>{start}{characters}{end}</p>"
        for start, end in [("", ""), ("<b>", "</b>"), ("<i>", "</i>"), ("<b><i>", "</i></b>")]
    )
    pdf_of(page(body))


def test_it_says_that_it_is_archival_and_accessible() -> None:
    metadata = PdfReader(io.BytesIO(pdf_of(page("<p>Text</p>")))).trailer["/Root"]["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert metadata.count("<rdf:RDF") == 1


def test_fonts_are_ours_and_embedded() -> None:
    reader = PdfReader(io.BytesIO(pdf_of(page("<p>Text <b>bold</b> توافق</p>"))))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert {descriptor["/FontFamily"] for descriptor in descriptors} == set(FAMILIES)
    assert all("/FontFile2" in descriptor for descriptor in descriptors)


def test_attachments_travel_with_what_they_are() -> None:
    source = Attachment("deal.xladsl", b"agreement deal {}", "text/x-xladsl", "Source", "The text", SIGNED)
    model = Attachment("deal.json", b"{}", "application/json", "Data", "The model", SIGNED)
    copy = Attachment("copy.xladsl", b"agreement deal {}", "text/x-xladsl", "Supplement", "The same text", SIGNED)
    reader = PdfReader(io.BytesIO(pdf_of(page("<p>Text</p>"), attachments=(source, model, copy))))
    listed = [entry.get_object() for entry in reader.trailer["/Root"]["/AF"]]
    assert [(entry["/UF"], entry["/AFRelationship"]) for entry in listed] == [
        ("copy.xladsl", "/Supplement"),
        ("deal.json", "/Data"),
        ("deal.xladsl", "/Source"),
    ]
    embedded = listed[2]["/EF"]["/F"]
    assert embedded.get_data() == b"agreement deal {}"
    assert embedded["/Subtype"] == "/text/x-xladsl"
    assert embedded["/Params"]["/ModDate"] == "D:20260131000000Z"


# The same bytes

ATTACHED = (Attachment("a.xladsl", b"text", "text/x-xladsl", "Source", "", SIGNED),)
SAME_TEXT = page("<h2>1</h2><p>Uptime ≥ 99.5 % <b>and</b> <i>ease</i> توافق</p><ul><li>one</ul>")


def test_bytes_do_not_depend_on_the_machine(tmp_path: Path) -> None:
    here = pdf_of(SAME_TEXT, attachments=ATTACHED)
    assert here == pdf_of(SAME_TEXT, attachments=ATTACHED)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.outputs.test_typesetting import ATTACHED, SAME_TEXT, pdf_of\n"
        "sys.stdout.buffer.write(pdf_of(SAME_TEXT, attachments=ATTACHED))"
    )
    root = Path(__file__).parents[2]
    for environment in (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "FONTCONFIG_FILE": "/nowhere"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "SOURCE_DATE_EPOCH": "1700000000", "HOME": str(tmp_path)},
    ):
        unset = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        elsewhere = subprocess.run(
            [sys.executable, "-c", program, str(root)],
            env=unset | environment,
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        assert elsewhere.stdout == here
        assert elsewhere.stderr == b""


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = dict(os.environ)
    pdf_of(page("<p>Text</p>"))
    problems_of(page('<img src="file:///x" alt=x>'))
    assert dict(os.environ) == before


# What would be left out or replaced in silence


def test_a_missing_glyph_names_the_character_and_its_place() -> None:
    [problem] = problems_of(page("<section id=credits><p>Our promise ▪ holds</p><p>Another ▪</p></section>"))
    assert "`▪` U+25AA (BLACK SMALL SQUARE)" in problem.message
    assert problem.near == "Our promise ▪ holds"
    assert problem.near in problem.message
    assert problem.anchor == "credits"


def test_each_missing_glyph_is_told_once() -> None:
    problems = problems_of(page("<p>一 二 一 \U0001f600</p>"))
    assert [problem.message.split()[7] for problem in problems] == ["U+4E00", "U+4E8C", "U+1F600"]


def test_a_font_of_the_machine_is_never_taken() -> None:
    [problem] = problems_of(page("<p id=one style='font-family: DejaVu Sans'>Text</p>"))
    assert "`DejaVu Sans`" in problem.message
    assert "`Source Serif 4`" in problem.remedy
    assert problem.anchor == "one"


def test_headings_may_not_leave_out_a_level() -> None:
    [problem] = problems_of(page("<h3>Credits</h3><h2>Reports</h2><h3>Monthly</h3>"))
    assert problem.message == "The heading “Credits” is of level 3 and follows one of level 1"
    assert problem.near == "Credits"
    [problem] = problems_of(page("<p>Text</p>").replace("h1", "h2"))
    assert problem.message == "The heading “Agreement” is of level 2 and is the first"


def test_every_problem_is_told_at_once() -> None:
    problems = problems_of(page("<p style='colour: red'>x <a href='javascript:x'>y</a></p><h4>z</h4>"))
    assert len(problems) == 3


@pytest.mark.parametrize(
    ("html", "style", "word"),
    [
        (page("<p>Text</p>"), STYLE + "p { colour: red }", "colour"),
        (page("<p>Text</p>").replace("lang=en", ""), STYLE, "lang"),
        (page("<p>Text</p>").replace("<title>Agreement</title>", ""), STYLE, "title"),
        (page("<p><a href='#nowhere'>1</a></p>"), STYLE, "nowhere"),
        (page("<p><img src='data:image/png;base64,eHg='></p>"), STYLE, "image"),
    ],
    ids=["property", "language", "title", "anchor", "image"],
)
def test_what_the_engine_only_logs_is_a_problem(html: str, style: str, word: str) -> None:
    assert any(word in problem.message for problem in problems_of(html, style))


# Machines that lack something


def test_a_house_brings_its_own_font_and_picture() -> None:
    font = TTFont(resources.fonts() / "SourceSerif4-Bold.ttf")
    for name in (1, 16):
        font["name"].setName("Northwind Text", name, 3, 1, 0x409)
    renamed = io.BytesIO()
    font.save(renamed)
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="2" height="2"/></svg>'
    house = made_of({"fonts/northwind.ttf": renamed.getvalue(), "logo.svg": picture})
    html = page('<p>Words</p><img src="asset:logo.svg" alt="Northwind">')
    pdf, problems = typeset(html, STYLE + "p { font-family: 'Northwind Text' }", house=house)
    assert problems == []
    assert pdf is not None
    embedded = [font.get_object() for font in PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()]
    assert any("Northwind" in font["/BaseFont"] for font in embedded)


def test_lines_are_numbered_beside_the_text_and_not_in_it() -> None:
    text = "".join(f"<p>Line of the clause number {'x' * each}" for each in range(1, 13))
    plain, numbered = (typeset(page(text), STYLE, line_numbers=wanted)[0] for wanted in (False, True))
    assert plain is not None
    assert numbered is not None
    before, after = (PdfReader(io.BytesIO(pdf)) for pdf in (plain, numbered))
    assert {"5", "10"} == set(after.pages[0].extract_text().split()) - set(before.pages[0].extract_text().split())
    assert elements(after) == elements(before), "a number of a line is read aloud"


def elements(reader: PdfReader) -> list[str]:
    """The kinds of all elements of structure, in the order of the file."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop(0).get_object()
        if isinstance(element, dict):
            found.append(str(element.get("/S")))
            below = element.get("/K", [])
            waiting += below if isinstance(below, list) else [below]
    return found


def test_missing_fonts_are_told_and_do_not_crash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in FONT_FILES[1:]:
        (tmp_path / name).write_bytes((resources.fonts() / name).read_bytes())
    (tmp_path / FONT_FILES[2]).write_text("version https://git-lfs.example/spec/v1")
    monkeypatch.setattr(resources, "fonts", lambda: tmp_path)
    [problem] = problems_of(page("<p>Text</p>"))
    assert FONT_FILES[0] in problem.message
    assert FONT_FILES[1] not in problem.message
    assert FONT_FILES[2] in problem.message


def test_a_missing_library_is_told_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class WithoutPango:
        @staticmethod
        def find_spec(name: str, *_: object) -> ModuleSpec | None:
            if name == "weasyprint":
                sys.stdout.write("WeasyPrint could not import some external libraries.")
                raise OSError("cannot load library 'libgobject-2.0-0'\nand more")
            return None

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango, *sys.meta_path])
    [problem] = problems_of(page("<p>Text</p>"))
    assert "libgobject-2.0-0" in problem.message
    assert "`sudo apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0`" in problem.remedy
    assert "`brew install pango`" in problem.remedy
    assert capsys.readouterr().out == "", "what is printed would be mixed into the command's own output"


# Hostile text


OPENED: set[str] = set()
"""The drawings that anything in this process has opened."""


def note_what_is_opened(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and str(arguments[0]).endswith(".svg"):
        OPENED.add(str(arguments[0]))


sys.addaudithook(note_what_is_opened)


def face(source: str) -> str:
    return f"<style>p {{ font-family: F }} @font-face {{ font-family: F; src: {source} }}</style>"


HOSTILE = {
    "attached link": page("", '<link rel=attachment href="URL">'),
    "attached anchor": page('<a rel=attachment href="URL">x</a>'),
    "image": page('<img alt=x src="URL">'),
    "object": page('<object data="URL"></object>'),
    "embed": page('<embed src="URL">'),
    "style sheet": page("", '<link rel=stylesheet href="URL">'),
    "import": page("", '<style>@import "URL";</style>'),
    "font": page("<p>x</p>", face('url("URL")')),
    "local font": page("<p>x</p>", face('local("DejaVu Sans"), url("URL")')),
    "colour profile": page("", '<style>@color-profile --x { src: url("URL") }</style>'),
    "background": page("<p style='background: url(\"URL\")'>x</p>"),
    "content": page("<p>x</p>", '<style>p::before { content: url("URL") }</style>'),
    "list mark": page("<ul style='list-style-image: url(\"URL\")'><li>x</ul>"),
    "base": page('<img alt=x src="private">', '<base href="URL/">'),
    "svg": page('<svg width=9 height=9><title>x</title><image width=9 height=9 href="URL"/></svg>'),
    "svg in data": page("<img alt=x src='data:image/svg+xml;base64,SVG'>"),
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_hostile_text_reads_nothing(html: str, scheme: str, tmp_path: Path) -> None:
    canary = tmp_path / "private.svg"
    canary.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    OPENED.clear()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = canary.as_uri() if scheme == "file" else f"http://127.0.0.1:{server.getsockname()[1]}/private"
        image = f"<image href='{url}' width='9' height='9'/>"
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{image}</svg>"
        problems = problems_of(html.replace("URL", url).replace("SVG", base64.b64encode(svg.encode()).decode()))
        with pytest.raises(BlockingIOError):
            server.accept()
    assert str(canary) not in OPENED
    assert any(word in problem.message for word in ("may not l", "attaches a file") for problem in problems)


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JavaScript:alert(1)", "file:///etc/hosts", "data:text/html,x", "other.html", "ftp://x/"],
)
def test_only_web_mail_and_clauses_are_linked(target: str) -> None:
    [problem] = problems_of(page(f'<p><a href="{target}">x</a></p>'))
    assert "link" in problem.message
    assert "`https://`" in problem.remedy


def test_templates_may_show_their_own_images_and_no_other_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    (templates / "marks").mkdir(parents=True)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (templates / "marks" / "ours.svg").write_text(drawing)
    (templates / "page.html").write_text("<p>not an image</p>")
    (tmp_path / "outside.svg").write_text(drawing)
    fonts = resources.fonts()
    monkeypatch.setattr(resources, "fonts", lambda: fonts)
    monkeypatch.setattr(resources, "templates", lambda: templates)
    pdf_of(page('<img alt="a mark" src="asset:marks/ours.svg">'))
    assert str(templates / "marks" / "ours.svg") in OPENED
    for name in (
        "../outside.svg",
        "marks/../../outside.svg",
        str(tmp_path / "outside.svg"),
        "page.html",
        "none.svg",
        "",
    ):
        assert "may not load" in problems_of(page(f'<img alt=x src="asset:{name}">'))[0].message


def test_an_image_that_unfolds_to_gigabytes_is_refused() -> None:
    width = height = 13_000
    row = zlib.compressobj()
    data = b"".join([row.compress(bytes(1 + width // 8)) for _ in range(height)]) + row.flush()
    header = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    chunks = [(b"IHDR", header), (b"IDAT", data), (b"IEND", b"")]
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4) for kind, content in chunks
    )
    assert len(png) < 50_000
    address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    [problem] = problems_of(page(f'<img alt=x src="{address}">'))
    assert "image" in problem.message
    assert len(problem.message) < 500


def test_an_image_of_many_megabytes_is_refused() -> None:
    address = "data:image/png;base64," + "A" * LARGEST_IMAGE_BYTES
    [problem] = problems_of(page(f'<img alt=x src="{address}">'))
    assert "may not load" in problem.message


def test_nesting_without_end_is_told() -> None:
    [problem] = problems_of(page("<div>" * 400 + "x" + "</div>" * 400))
    assert "nested too deeply" in problem.message
