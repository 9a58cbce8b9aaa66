"""Paper in the languages of an agreement: in one, in two side by side, and in one that is read from the right."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from xladsl import resources
from xladsl.compiler import compile_agreement
from xladsl.outputs import Manner, html, pdf
from xladsl.outputs.direction import set_apart
from xladsl.outputs.language import known_languages, language
from xladsl.outputs.parallel import side_by_side
from xladsl.outputs.parity import differences
from xladsl.sealing.carrying import Carried, carry

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGSHIP = Path(__file__).parents[2] / "agreements" / "digital-workplace"

MAIL = """\
agreement mail "Mail" fa "پست" {
  version 1.0.0
  between provider host and customer guest
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  currency EUR
  languages en, fa, prevailing en
  whereas "First." fa "نخست."
  whereas "Second."
}
party host "Host ApS" { form "private limited company" fa "شرکت با مسئولیت محدود" }
party guest "Guest A/S" { }
service boxes "Mailboxes" fa "صندوق‌ها" {
  by host
  fee boxes "Boxes" fa "صندوق" EUR 10,000.00 each calendar month
}
clause care "Care" fa "مراقبت" {
  in general
  text "The Provider keeps the mail for 30 days, under ISO 9001 (2015)."
    fa "ارائه‌دهنده پست را ۳۰ روز با ISO 9001 (2015) نگه می‌دارد."
  text "One.\\n\\nTwo." fa "یک."
}
"""


def carried(folder: Path, text: str, *codes: str) -> Carried:
    file = folder / "mail.xladsl"
    file.write_text(text, encoding="utf-8")
    readable = compile_agreement(str(file)).readable
    assert readable is not None
    return carry(readable, "parties", manner=Manner(codes))


def page_in(folder: Path, *codes: str, text: str = MAIL) -> BeautifulSoup:
    made = carried(folder, text, *codes)
    return BeautifulSoup(html.page(made.contract, made.about), "html.parser")


# One language


def test_a_paper_is_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    page = page_in(tmp_path, "fa")
    assert (page.html["lang"], page.html["dir"]) == ("fa", "rtl")  # type: ignore[index]
    assert page.h1.get_text() == "پست"  # type: ignore[union-attr]
    assert language("fa").words["sections"]["general"] in page.get_text()


def test_what_is_not_translated_stands_in_the_language_of_the_draft_and_says_so(tmp_path: Path) -> None:
    [second] = [span for span in page_in(tmp_path, "fa").select("span[lang=en]") if "Second" in span.get_text()]
    assert second["dir"] == "ltr"


def test_a_phrase_that_is_a_defined_term_is_called_like_the_term(tmp_path: Path) -> None:
    text = MAIL.replace("  currency EUR\n", "  currency EUR\n  prevails experience over mailbox\n")
    term = '\nterm box "Mailbox" fa "صندوق پست" { means "A mailbox in use." }\n'
    assert "mailbox" in page_in(tmp_path, "fa", text=text).get_text()
    defined = page_in(tmp_path, "fa", text=text + term).select_one("#provision-prevails")
    assert defined is not None
    assert "صندوق پست" in defined.get_text()
    assert "mailbox" not in defined.get_text()


def test_a_name_is_in_no_language(tmp_path: Path) -> None:
    """A voice that reads Persian reads a Danish firm's name as well as any; its letters keep their direction."""
    page = page_in(tmp_path, "fa", text=MAIL.replace('"Guest A/S" {', '"Guest A/S" { address "Havnegade 1"'))
    for name in ("Host ApS", "Guest A/S", "Havnegade 1"):
        told = page.find_all(string=re.compile(name))
        assert told
        assert not [each for each in told if each.find_parent(lang="en")]
        assert all(each.find_parent(dir="ltr") for each in told)


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("en", ["Independence Day (observed)", "Veterans Day"]),
        ("da", ["erstatningsfridag for uafhængighedsdagen", "veterandagen"]),
        ("fa", ["تعطیل جایگزین روز استقلال"]),
    ],
)
def test_a_holiday_on_another_day_says_so_in_its_language(code: str, days: list[str], tmp_path: Path) -> None:
    calendar = 'calendar office "Office" { open monday to friday 08:00 to 16:00 holidays of US }\n'
    text = MAIL.replace("languages en, fa,", "languages en, fa, da,") + calendar
    page = page_in(tmp_path, code, text=text).get_text()
    assert [day for day in days if day not in page] == []


def test_two_holidays_on_one_day_are_both_named(tmp_path: Path) -> None:
    calendar = 'calendar office "Office" { open monday to friday 08:00 to 16:00 holidays of IR }\n'
    text = MAIL.replace("languages en, fa,", "languages en, fa, da,") + calendar
    assert "Eid al-fitr; Nowruz" in page_in(tmp_path, "da", text=text).get_text()


def test_a_line_does_not_end_between_a_figure_and_its_percent_sign_or_currency(tmp_path: Path) -> None:
    text = MAIL.replace("for 30 days,", "for 99,9 % of EUR 10,000.00 (10.000,00 EUR),")
    assert "99,9\u00a0% of EUR\u00a010,000.00 (10.000,00\u00a0EUR)" in page_in(tmp_path, "en", text=text).get_text()


@pytest.mark.parametrize("code", known_languages())
def test_figures_are_written_as_the_language_writes_them(code: str, tmp_path: Path) -> None:
    text = re.sub(r"languages .*", f"languages en, {code}, prevailing en" if code != "en" else "languages en", MAIL)
    written = page_in(tmp_path, code, text=text).get_text()
    assert language(code).in_digits({"en": "10,000.00", "uk": "10\u00a0000,00"}.get(code, "10.000,00")) in written or (
        code == "fa" and "۱۰٬۰۰۰٫۰۰" in written
    )


@pytest.mark.parametrize(
    ("code", "order"),
    [
        ("en", ["24/7", "a note", "Anchor", "été", "Zone"]),
        ("da", ["Afslag", "Zone", "Ændring", "Ønske", "Århus"]),
        ("uk", ["Ґанок", "День", "Єдність", "Збій", "Інцидент", "Їжа"]),
        ("fa", ["آگهی", "اعتبار", "پست", "تیکت", "گزارش", "یادداشت"]),
    ],
)
def test_terms_stand_in_the_order_of_the_alphabet(code: str, order: list[str]) -> None:
    assert sorted(set(order), key=language(code).alphabetical) == order


def test_two_languages_have_their_terms_in_the_order_of_the_first(tmp_path: Path) -> None:
    terms = 'term a "Apple" fa "پ" { means "x" }\nterm b "Pear" fa "ا" { means "y" }\n'
    for codes, first in ((("en",), "Apple"), (("fa",), "«ا»"), (("fa", "en"), "«ا»"), (("en", "fa"), "Apple")):
        clause = page_in(tmp_path, *codes, text=MAIL + terms).select("[id^=definition-]")[0]
        assert first in clause.get_text()


# What runs the other way


@pytest.mark.parametrize(
    ("written", "apart"),
    [
        ("از 2026-11-21 تا", ["2026-11-21"]),
        ("نسخهٔ v1.4.0-rc1 است", ["v1.4.0-rc1"]),
        ("حداقل ۹۹٫۹٪ است", ["۹۹٫۹٪"]),
        ("مقدار −۵ است", ["−۵"]),
        ("با <b>Master</b> Services <i>Agreement</i> است", ["Master Services Agreement"]),
        ("با ISO 9001 (2015) است", ["ISO 9001 (2015)"]),
        ("با (SLA) است", ["SLA"]),
        ("به <a href='#x'>Host A/S</a>، <a href='#y'>Guest B.V.</a> است", ["Host A/S", "Guest B.V."]),
        ("<i>resolved</i> − <i>opened</i>", ["resolved − opened"]),
        ("<span class='num'>۷.۲</span> نام", ["۷.۲"]),
        ("۲۱ نوامبر ۲۰۲۶", ["۲۱", "۲۰۲۶"]),
        ("بدون بیگانه", []),
    ],
)
def test_a_foreign_stretch_is_set_apart_as_a_whole(written: str, apart: list[str]) -> None:
    page = BeautifulSoup(f'<html dir="rtl"><body><p>{written}</p></body></html>', "html.parser")
    before = page.get_text()
    set_apart(page)
    assert [bdi.get_text() for bdi in page.select("bdi[dir=ltr]")] == apart
    assert page.get_text() == before


def test_a_number_stays_on_the_side_where_the_text_begins() -> None:
    page = BeautifulSoup('<div dir="rtl"><h3><span class="num">۷.۲</span> نام</h3></div>', "html.parser")
    set_apart(page)
    assert page.h3.contents[0].name == "span"  # type: ignore[union-attr]


# Two languages


def test_each_part_of_a_clause_stands_level_with_its_translation(tmp_path: Path) -> None:
    page = page_in(tmp_path, "en", "fa")
    clause = page.select("tbody:has(> #clause-care) > tr")
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in clause]
    assert rows[0][0].endswith("Care")
    assert "مراقبت" in rows[0][1]
    assert "30 days" in rows[1][0]
    assert "۳۰ روز" in rows[1][1]


def test_both_orders_set_apart_what_runs_the_other_way(tmp_path: Path) -> None:
    for codes in (("en", "fa"), ("fa", "en")):
        apart = page_in(tmp_path, *codes).select("td[lang=fa] bdi")
        assert {"1.0.0", "ISO 9001 (2015)"} <= {each.get_text().replace("\u00a0", " ") for each in apart}


def test_further_paragraphs_of_one_language_stand_with_its_last(tmp_path: Path) -> None:
    row = page_in(tmp_path, "en", "fa").select("tbody:has(> #clause-care) > tr")[-1]
    assert row.get_text(" ", strip=True).startswith("One. Two.")


def test_each_side_says_its_language_and_its_direction(tmp_path: Path) -> None:
    cells = page_in(tmp_path, "en", "fa").select("table.parallel > tbody > tr:not(.across) > td")
    sides = [(cell["lang"], cell["dir"]) for cell in cells]
    assert sides == [("en", "ltr"), ("fa", "rtl")] * (len(cells) // 2)


def test_a_place_is_there_once_and_every_link_leads_to_one(tmp_path: Path) -> None:
    page = page_in(tmp_path, "en", "fa")
    places = [str(element["id"]) for element in page.select("[id]")]
    assert len(set(places)) == len(places)
    assert {str(link["href"])[1:] for link in page.select("a[href^='#']")} <= set(places)


def test_a_party_signs_once(tmp_path: Path) -> None:
    page = page_in(tmp_path, "en", "fa")
    assert len(page.select("div.signature")) == 2
    assert "/" in page.select("div.signature th")[0].get_text()
    assert page.select("div.signature td")[-1].get_text() == ""


def test_the_cover_says_which_text_prevails(tmp_path: Path) -> None:
    terms = page_in(tmp_path, "en").select_one(".key-terms")
    assert terms is not None
    assert "if the texts differ, the English text prevails" in terms.get_text()


def test_other_figures_in_a_translation_are_no_paper(tmp_path: Path) -> None:
    made = carried(tmp_path, MAIL.replace("۳۰ روز", "۲۰ روز"), "en", "fa")
    [problem] = differences(made.contract, made.about)
    assert re.match(
        r"Clause \d+\.\d+ does not say the same in both languages: `30` stands only in `en`", problem.message
    )
    made = carried(tmp_path, MAIL.replace("۳۰ روز", "سی روز"), "en", "fa")
    assert differences(made.contract, made.about) == []


def test_a_drawing_stands_across_both_columns_in_each_language() -> None:
    """Half a page has no room for it: the drawings would lie on one another."""
    clause = '<div class="clause" id="c"><h3>Credit</h3><svg class="plot"><title>{}</title></svg></div>'
    page = '<html lang="{}" dir="{}"><body><main><section>{}</section></main></body></html>'
    sides = [page.format(code, way, clause.format(code)) for code, way in (("en", "ltr"), ("fa", "rtl"))]
    rows = BeautifulSoup(side_by_side(*sides), "html.parser").select("tr.across")
    assert [(row.td["lang"], row.get_text()) for row in rows if row.td and row.svg] == [("en", "en"), ("fa", "fa")]


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_two_columns_keep_to_the_width_of_the_page(way: str) -> None:
    from weasyprint import CSS, HTML

    style = (resources.templates() / "contract.css").read_text(encoding="utf-8")
    row = '<tr><td>one</td><td class="second">two</td></tr><tr class="across"><td colspan="2">both</td></tr>'
    text = (
        f'<html dir="{way}"><body class="parallel"><table class="parallel"><tbody>{row}</tbody></table></body></html>'
    )
    [page] = HTML(string=text).render(stylesheets=[CSS(string=style)]).pages
    body = page._page_box.children[0].children[0]
    edges = [
        (cell.position_x, cell.position_x + cell.margin_width())
        for cell in body.descendants()
        if cell.element_tag == "td"
    ]
    assert min(start for start, _ in edges) == pytest.approx(body.position_x)
    assert max(end for _, end in edges) == pytest.approx(body.position_x + body.width)


# The tags of the PDF


def structure(content: bytes) -> Iterator[Any]:
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

    waiting = [PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        each = waiting.pop()
        element = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(element, list):
            waiting += reversed(element)
        elif isinstance(element, DictionaryObject):
            yield element
            waiting += [element["/K"]] if "/K" in element else []


def test_each_part_says_in_which_language_it_is_read(tmp_path: Path) -> None:
    made = carried(tmp_path, MAIL, "en", "fa")
    content = pdf.render(made.contract, made.about).content
    assert content is not None
    cells = {str(each["/Lang"]) for each in structure(content) if each.get("/S") == "/TD" and "/Lang" in each}
    assert cells == {"en", "fa"}


def test_what_is_read_from_the_right_is_there_in_the_order_of_reading(tmp_path: Path) -> None:
    """With the joiners that no program finds again in the letters on the page."""
    made = carried(tmp_path, MAIL, "fa")
    content = pdf.render(made.contract, made.about).content
    assert content is not None
    told = " ".join(str(each["/ActualText"]) for each in structure(content) if "/ActualText" in each)
    assert "ارائه‌دهنده پست را" in " ".join(told.split())


def test_two_languages_make_the_same_bytes_each_time(tmp_path: Path) -> None:
    made = carried(tmp_path, MAIL, "fa", "en")
    assert pdf.render(made.contract, made.about).content == pdf.render(made.contract, made.about).content
