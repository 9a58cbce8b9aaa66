"""Drawings stand in the document as shapes, at the places that they have on paper, and say what they show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.review.editing import Edited
from tests.word.documents import W, part
from xladsl.word import document
from xladsl.word.package import opened, packed
from xladsl.word.pictures import ROUNDING
from xladsl.word.reading import read
from xladsl.word.runs import Tracking

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DESCRIBED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
STEPS = """<svg viewBox="0 0 1000 200" width="100mm" height="20mm"><title>below 99%: 5%</title>
<line x1="100" y1="150" x2="900" y2="150" stroke="#333333" stroke-width="3"/>
<circle cx="500" cy="50" r="8" fill="#ffffff" stroke="#111111"/>
<text x="90" y="60" text-anchor="end" font-size="26">5%</text>
<text x="500" y="190" text-anchor="middle" font-size="26">99%</text></svg>"""


def page(body: str, language: str = 'lang="en"') -> str:
    return f"<!doctype html><html {language}><head><title>A</title></head><body>{body}</body></html>"


def places(root: Any) -> list[tuple[float, ...]]:
    """Where each shape stands, in millimetres: from the left, from above, how wide and how high."""
    found = []
    for frame in root.iter(f"{A}xfrm"):
        off, ext = frame.find(f"{A}off"), frame.find(f"{A}ext")
        measures = (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
        found.append(tuple(round(int(each) / 36_000, 1) for each in measures))
    return found


def test_each_shape_stands_where_it_does_on_paper() -> None:
    root = part(document(page(STEPS)), "word/document.xml")
    whole = (0.0, 0.0, 100.0, 20.0)
    assert places(root) == [
        whole,
        whole,
        (10.0, 15.0, 80.0, 0.0),
        (49.2, 4.2, 1.6, 1.6),
        (0.0, 3.5, 9.0, 3.1),  # ends at 90 tenths of a millimetre
        (0.0, 16.5, 100.0, 3.1),  # its middle is at 500
    ]
    assert [each.get("prst") for each in root.iter(f"{A}prstGeom")] == ["rect", "line", "ellipse", "rect", "rect"]


def test_what_it_shows_is_said_to_who_cannot_see_it() -> None:
    [described] = part(document(page(STEPS)), "word/document.xml").iter(DESCRIBED)
    assert described.get("descr") == "below 99%: 5%"


def test_it_is_made_smaller_where_there_is_no_room() -> None:
    table = f"<table><tr><td>{STEPS}</td><td>A</td><td>B</td><td>C</td></tr></table>"
    _, _, width, height = places(part(document(page(table)), "word/document.xml"))[0]
    assert width < 40
    assert height == pytest.approx(width / 5, abs=0.1)


@pytest.mark.parametrize("strange", ["<path d='M0 0'/>", "<image href='a.png'/>", "<g><use href='#a'/></g>"])
def test_what_we_cannot_draw_is_left_out_whole(strange: str) -> None:
    content = document(page("<p>A</p>" + STEPS.replace("</svg>", f"{strange}</svg>")))
    assert b"drawing" not in opened(content)["word/document.xml"]


def test_words_in_it_go_from_right_to_left_and_it_does_not() -> None:
    root = part(document(page(STEPS, 'lang="fa" dir="rtl"')), "word/document.xml")
    around = next(next(root.iter(f"{W}drawing")).iterancestors(f"{W}p"))
    assert around.find(f"{W}pPr/{W}bidi") is None
    assert around.find(f"{W}pPr/{W}jc").get(f"{W}val") == "right", "it stands where lines begin"
    assert all(each.find(f"{W}p/{W}pPr/{W}bidi") is not None for each in root.iter(f"{W}txbxContent"))


def test_one_that_goes_and_one_that_comes_are_tracked() -> None:
    html = page(f"<p>A</p><del>{STEPS}</del><ins>{STEPS.replace('5%', '6%')}</ins>")
    content = document(html, tracking=Tracking("A", date(2026, 1, 1)))
    said = [(piece.words, piece.change) for each in read(content).paragraphs for piece in each.pieces]
    assert said == [("A", ""), ("5%", "del"), ("99%", "del"), ("6%", "ins"), ("99%", "ins")]


def test_a_program_may_round_and_may_not_redraw() -> None:
    sent = document(page(STEPS))
    [ours] = read(sent).oddities
    for by, same in ((ROUNDING, True), (10 * ROUNDING, False)):
        edited = Edited(sent)
        circle = [each for each in edited.root.iter(f"{A}off") if each.get("y") == str(42 * 3600)]
        [off] = circle
        off.set("x", str(int(off.get("x")) + by))
        [theirs] = read(edited.content()).oddities
        assert theirs.is_like(ours) == same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'prst="ellipse"', b'prst="rect"'),
        (b'<a:srgbClr val="ffffff"/>', b'<a:srgbClr val="111111"/>'),
        (b"<a:srgbClr", b"<a:schemeClr"),
        (b"wp:inline", b"wp:anchor"),
        (b"</wpg:wgp>", b"<a:blip/></wpg:wgp>"),
    ],
)
def test_another_drawing_is_not_ours(old: bytes, new: bytes) -> None:
    sent = document(page(STEPS))
    parts = opened(sent)
    assert old in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, new)
    [ours], [theirs] = read(sent).oddities, read(packed(parts)).oddities
    assert not theirs.is_like(ours)
