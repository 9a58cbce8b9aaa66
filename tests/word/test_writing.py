"""The contract as a Word document: live numbers, references, head and foot, and nothing that acts."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup

from tests.redline.documents import document as contract
from tests.word.documents import Line, W, lines, part
from xladsl.redline.marking import redlined
from xladsl.word import UnreadableDocumentError, document
from xladsl.word.anchors import bookmark
from xladsl.word.package import opened, packed
from xladsl.word.runs import Tracking

LARGE = "everything.xladsl"


def page(body: str, *, html: str = 'lang="en" dir="ltr"', attributes: str = "") -> str:
    return f"<!doctype html><html {html}><head><title>A</title></head><body {attributes}>{body}</body></html>"


def said(content: bytes) -> list[Line]:
    return lines(*(part(content, f"word/{name}.xml") for name in ("document", "numbering", "styles")))


def numbered_on_paper(html: str) -> list[tuple[str, str]]:
    """The numbered headings of the contract, with their words, and its items."""
    found = []
    for element in BeautifulSoup(html, "html.parser").find("main").find_all(["h2", "h3", "div"]):
        number = element.find("span", class_="num", recursive=False)
        if number is not None:
            words = "".join(
                str(each) for each in element.find_all(string=True) if each.find_parent(class_="num") is None
            )
            found.append((number.get_text(), re.sub(r"\s+", " ", words).strip()))
    return found


@pytest.mark.parametrize("name", [LARGE, "digital-workplace/agreement.xladsl", "published/slack.xladsl"])
def test_word_counts_as_paper_does(name: str) -> None:
    html = contract(name)
    counted = [(line.number, line.words) for line in said(document(html)) if line.number]
    assert counted == numbered_on_paper(html)


def test_every_reference_leads_to_a_bookmark_and_shows_its_number() -> None:
    root = part(document(contract(LARGE)), "word/document.xml")
    marked = {each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")}
    fields = ["".join(each.itertext()) for each in root.iter(f"{W}instrText")]
    references = [re.fullmatch(r" REF (\w+) \\r \\h ", each) for each in fields if "REF" in each]
    assert len(references) > 100
    assert all(reference and reference[1] in marked for reference in references)
    assert {each.get(f"{W}anchor") for each in root.iter(f"{W}hyperlink")} <= marked
    assert all(len(name) <= 40 for name in marked)


def test_the_contents_are_there_and_can_be_made_anew() -> None:
    content = document(contract(LARGE))
    entries = [line.words for line in said(content) if line.style == "TOC1"]
    headings = [f"{line.number}\t{line.words}" for line in said(content) if line.style == "Heading1"]
    assert entries == headings
    assert any("TOC" in "".join(each.itertext()) for each in part(content, "word/document.xml").iter(f"{W}instrText"))


def test_the_same_contract_makes_the_same_bytes_and_other_programs_open_it() -> None:
    content = document(contract(LARGE))
    assert content == document(contract(LARGE))
    opened_by_others = docx.Document(BytesIO(content))
    assert opened_by_others.core_properties.title == "Web Shop Experience Agreement"
    assert len(opened_by_others.tables) > 50


def test_head_and_foot_say_title_section_edition_and_page() -> None:
    content = document(
        page("<h1>Care</h1>", attributes='data-edition="Version 2 · draft" data-page="Side" data-of="af"')
    )
    head, foot = (
        " ".join(part(content, f"word/xladsl_{name}_default.xml").itertext()) for name in ("header", "footer")
    )
    assert "Care" in head
    assert "STYLEREF 1" in head
    assert re.sub(r"\s+", " ", foot).strip() == "Version 2 · draft Side PAGE 1 af NUMPAGES 1"
    assert "Care" not in "".join(part(content, "word/xladsl_header_first.xml").itertext()), (
        "it stands below as the title"
    )


def test_a_draft_says_so_across_its_pages() -> None:
    marked = page('<header class="cover"><p class="watermark">Draft</p><h1>A</h1></header>')
    for name in ("default", "first"):
        assert b'string="DRAFT"' in opened(document(marked))[f"word/xladsl_header_{name}.xml"]
        assert b"textpath" not in opened(document(page("<h1>A</h1>")))[f"word/xladsl_header_{name}.xml"]


def test_the_status_above_a_second_title_stands_on_the_same_page_as_the_title() -> None:
    sheet = (
        '<header class="cover"><p class="watermark">Draft</p><h1>Hosting</h1><p class="between">between</p></header>'
    )
    body = part(document(page(f"<h1>Comparison</h1><p>Two versions.</p>{sheet}")), "word/document.xml")
    turned = ["".join(p.itertext()) for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert turned == ["Draft"]
    alone = part(document(page(sheet)), "word/document.xml")
    assert next(alone.iter(f"{W}pageBreakBefore"), None) is None


def test_words_of_the_agreement_are_never_obeyed() -> None:
    hostile = '{ INCLUDEPICTURE "http://x" } <w:r/> &lt;w:fldSimple/&gt; \x0b =HYPERLINK() ]]&gt;'
    content = document(page(f'<p>{hostile}</p><p><a href="http://elsewhere.example">there</a></p>'))
    root = part(content, "word/document.xml")
    assert not list(root.iter(f"{W}instrText", f"{W}fldSimple"))
    assert "INCLUDEPICTURE" in said(content)[0].words
    assert not any("elsewhere" in name.decode("utf-8", "replace") for name in opened(content).values()), (
        "no link leaves"
    )


def test_right_to_left_is_so_in_paragraphs_tables_and_words() -> None:
    table = '<table class="terms"><tr><th scope="row">الف</th><td>ب</td></tr></table>'
    body = f'<p>سلام <bdi dir="ltr">ABC 12</bdi></p>{table}'
    root = part(document(page(body, html='lang="fa" dir="rtl"')), "word/document.xml")
    assert all(
        each.find(f"{W}pPr/{W}bidi") is not None for each in root.iter(f"{W}p") if each.find(f"{W}r") is not None
    )
    assert root.find(f".//{W}tblPr/{W}bidiVisual") is not None
    runs = {"".join(run.itertext()): run.find(f"{W}rPr/{W}rtl") is not None for run in root.iter(f"{W}r")}
    assert runs == {"سلام ": True, "ABC 12": False, "الف": True, "ب": True}
    assert root.find(f".//{W}rPr/{W}lang").get(f"{W}bidi") == "fa-IR"


def test_numbers_that_word_would_count_otherwise_are_written_out() -> None:
    body = "".join(f'<h2 id="s{number}"><span class="num">{number}</span> Part</h2>' for number in ("1", "2", "4", "5"))
    found = said(document(page(body)))
    assert [(line.number, line.words) for line in found] == [("1", "Part"), ("2", "Part"), ("4", "Part"), ("5", "Part")]
    root = part(document(page(body)), "word/document.xml")
    assert sum(each.get(f"{W}val") != "0" for each in root.iter(f"{W}numId")) == 2


def test_a_house_brings_its_styles_page_and_letterhead() -> None:
    made = docx.Document()
    made.styles["Heading 1"].font.size = docx.shared.Pt(31)
    made.sections[0].header.paragraphs[0].text = "Firm & Partners"
    made.sections[0].page_width = docx.shared.Mm(216)
    file = BytesIO()
    made.save(file)
    content = document(contract(LARGE), house=file.getvalue())
    again = docx.Document(BytesIO(content))
    assert again.styles["Heading 1"].font.size == docx.shared.Pt(31)
    assert again.sections[0].header.paragraphs[0].text == "Firm & Partners"
    assert round(again.sections[0].page_width.mm) == 216
    assert "PAGE" in "".join(part(content, "word/xladsl_footer_default.xml").itertext()), "it has no foot of its own"
    counted = [(line.number, line.words) for line in said(content) if line.number]
    assert counted == numbered_on_paper(contract(LARGE))
    earlier = document(contract("published/slack.xladsl"))
    anew = document(contract(LARGE), house=earlier, carried={"a.xladsl": b"agreement"})
    assert b"Slack" not in b"".join(opened(anew).values()), "a contract as a house brings its styles and not its words"


def test_a_house_with_macros_is_refused() -> None:
    parts = opened(document(page("<h1>A</h1>"))) | {"word/vbaProject.bin": b"x"}
    with pytest.raises(UnreadableDocumentError, match="macros"):
        document(page("<h1>A</h1>"), house=packed(parts))


def test_names_of_places_keep_apart_and_are_what_word_allows() -> None:
    places = ["sla-portal_up", "sla_portal-up", "sla-portal_up.level", "ж" * 50, "a" * 80, "a" * 81]
    names = {bookmark(place) for place in places}
    assert len(names) == len(places)
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in names)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_counts_as_paper_does(tmp_path: Path) -> None:
    html = contract(LARGE)
    (tmp_path / "contract.docx").write_bytes(document(html))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "contract.docx")], check=True, capture_output=True, timeout=300)
    shown = (tmp_path / "contract.txt").read_text(encoding="utf-8-sig")
    shown_lines = {re.sub(r"\s+", " ", line).strip() for line in shown.splitlines()}
    missing = [
        f"{number} {words}" for number, words in numbered_on_paper(html) if f"{number} {words}" not in shown_lines
    ]
    assert not missing


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs bidi spacing ind jc outlineLvl rPr",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps strike color spacing sz szCs u bdr rtl cs lang",
    "tblPr": "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "trPr": "cantSplit trHeight tblHeader ins del",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "tbl": "tblPr tblGrid tr",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg",
    "numbering": "abstractNum num",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
    "style": "name basedOn next link uiPriority semiHidden qFormat pPr rPr tblPr trPr tcPr tblStylePr",
}
"""The order in which the schema of Word wants what stands in an element; Word repairs a document that has another."""


def out_of_order(root: object) -> list[str]:
    found = []
    for name, order in ORDER.items():
        ranks = {f"{W}{each}": rank for rank, each in enumerate(order.split())}
        for element in root.iter(f"{W}{name}"):
            unknown = [child.tag for child in element if child.tag not in ranks]
            at = [ranks[child.tag] for child in element if child.tag in ranks]
            if unknown or at != sorted(at):
                found.append(f"{name}: {[child.tag.removeprefix(W) for child in element]}")
    return found


@pytest.mark.parametrize("which", ["contract", "changes", "right to left"])
def test_elements_stand_in_the_order_that_word_wants(which: str) -> None:
    old, new = contract("published/slack.xladsl"), contract("published/aws-s3.xladsl")
    made = {
        "contract": lambda: document(contract(LARGE)),
        "changes": lambda: document(redlined(old, new), tracking=Tracking("A", date(2026, 1, 1))),
        "right to left": lambda: document(old.replace('dir="ltr"', 'dir="rtl"')),
    }[which]()
    for name in ("document", "numbering", "styles", "xladsl_header_default", "xladsl_footer_first"):
        assert not out_of_order(part(made, f"word/{name}.xml"))
    root = part(made, "word/document.xml")
    starts = [each.get(f"{W}id") for each in root.iter(f"{W}bookmarkStart")]
    assert starts == list(dict.fromkeys(starts))
    assert sorted(starts) == sorted(each.get(f"{W}id") for each in root.iter(f"{W}bookmarkEnd"))
    names = [each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(cell[-1].tag == f"{W}p" for cell in root.iter(f"{W}tc")), "a cell ends with a paragraph"
    assert all(len(list(row.iter(f"{W}tc"))) for row in root.iter(f"{W}tr"))
