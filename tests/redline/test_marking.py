"""Accepting every change gives the newer document and rejecting every one the older, whatever was changed."""

from __future__ import annotations

import re
from random import Random

import pytest

from tests.redline.documents import (
    AGREEMENTS,
    PUBLISHED,
    changed_by_chance,
    document,
    published,
    readable_page,
    text_changed_by_chance,
)
from xladsl.amending.applying import applied
from xladsl.amending.instructions import instructions
from xladsl.redline.marking import redlined
from xladsl.redline.resolving import accepted, plain, rejected
from xladsl.redline.tree import parse


def page(body: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>A</title></head><body>{body}</body></html>'


def body(html: str) -> str:
    return html[html.index("<body") :]


def body_of(old: str, new: str) -> str:
    marked = redlined(page(old), page(new))
    assert accepted(marked) == plain(page(new))
    assert rejected(marked) == plain(page(old))
    return re.sub(r"\s*\n\s*", "", marked.split("<body", 1)[1].split(">", 1)[1].split("</body>")[0])


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("seed", range(6))
def test_accepting_gives_the_new_and_rejecting_the_old(name: str, seed: int) -> None:
    chance = Random(f"{name} {seed}")
    old = changed_by_chance(published(name), chance, chance.randrange(3))
    new = changed_by_chance(old, chance, chance.choice((1, 3, 12, 60)))
    marked = redlined(old, new)
    assert accepted(marked) == plain(new)
    assert rejected(marked) == plain(old)
    anchors = re.findall(r'\bid="([^"]+)"', marked)
    assert len(anchors) == len(set(anchors)) or len(set(re.findall(r'\bid="([^"]+)"', new))) < new.count(' id="')


@pytest.mark.parametrize("name", PUBLISHED)
def test_texts_that_people_change_are_told_apart_in_the_same_way(name: str) -> None:
    chance = Random(f"text {name}")
    text = (AGREEMENTS / "published" / f"{name}.xladsl").read_text(encoding="utf-8")
    after = text_changed_by_chance(text, chance, 8)
    old, new = readable_page(text), readable_page(after)
    assert old is not None
    assert new is not None
    assert body(old) != body(new)
    marked = redlined(old, new)
    assert accepted(marked) == plain(new)
    assert rejected(marked) == plain(old)
    told = [each.data() for each in instructions(parse(old), parse(new))]
    assert plain(applied(told, old)) == plain(new)


def test_two_different_agreements_are_compared_too() -> None:
    old, new = published("slack"), published("aws-s3")
    marked = redlined(old, new)
    assert accepted(marked) == plain(new)
    assert body(rejected(marked)) == body(plain(old)), "what is no text of the document is the newer one's"


def test_the_same_document_has_no_marks() -> None:
    html = document("everything.xladsl")
    marked = redlined(html, html)
    assert not re.search(
        r'<(ins|del)\b|data-(change|move|before)|class="[^"]*(changed|renumbered)', marked.split("<body")[1]
    )


def test_a_figure_changes_whole_and_the_words_around_it_stay() -> None:
    assert body_of("<p>At least 99.5%, each month.</p>", "<p>At least 99.9%, each month.</p>") == (
        '<p class="changed">At least <del>99.5%</del><ins>99.9%</ins>, each month.</p>'
    )


def test_a_number_with_its_unit_is_one_word() -> None:
    assert body_of("<p>Within 30\u00a0days.</p>", "<p>Within 20\u00a0days.</p>") == (
        '<p class="changed">Within <del>30\u00a0days</del><ins>20\u00a0days</ins>.</p>'
    )


def test_words_that_are_only_taken_out_leave_no_blank() -> None:
    assert body_of("<p>Tell us early, please.</p>", "<p>Tell us.</p>") == (
        '<p class="changed">Tell us<del> early, please</del>.</p>'
    )


def clause(name: str, number: str, title: str, *words: str) -> str:
    paragraphs = "".join(f"<p>{each}</p>" for each in words)
    return f'<div class="clause" id="{name}"><h3><span class="num">{number}</span> {title}</h3>{paragraphs}</div>'


def test_a_clause_whose_number_alone_changed_is_renumbered_and_not_changed() -> None:
    link = '<p>See <a class="ref" href="#b">Beta <span class="number">({})</span></a>.</p>'
    old = clause("a", "1.1", "Alpha") + clause("b", "1.2", "Beta") + link.format("1.2")
    new = clause("b", "1.1", "Beta") + link.format("1.1")
    shown = body_of(old, new)
    assert '<span class="num renumbered"><del>1.2</del><ins>1.1</ins></span> Beta' in shown
    assert '<span class="number renumbered">(<del>1.2</del><ins>1.1</ins>)</span>' in shown
    assert shown.count("changed") == 1, "only the clause that was taken out"


def test_a_clause_that_stands_elsewhere_is_moved_and_both_places_are_named() -> None:
    long = "The Provider keeps the records of every case for two years."
    first, second = ('<section><h2 id="one">One</h2>', '<section><h2 id="two">Two</h2>')
    old = f"{first}{clause('a', '1.1', 'Records', long)}{clause('b', '1.2', 'Other')}</section>{second}</section>"
    new = f"{first}{clause('b', '1.1', 'Other')}</section>{second}{clause('a', '2.1', 'Records', long)}</section>"
    shown = body_of(old, new)
    assert 'data-change="moved-from" data-move="m1" data-note="to 2.1"' in shown
    assert 'data-change="moved-to" data-move="m1" data-note="from 1.1"' in shown
    assert f'<ins class="moved" data-move="m1">{long}</ins>' in shown


def test_what_changed_in_a_moved_clause_is_told_apart_from_what_moved() -> None:
    long = "The Provider keeps the records of every case for {} years."
    old = f"<section>{clause('a', '1.1', 'Records', long.format('two'))}{clause('b', '1.2', 'Other')}</section>"
    new = f"<section>{clause('b', '1.1', 'Other')}{clause('a', '1.2', 'Records', long.format('five'))}</section>"
    shown = body_of(old, new)
    assert re.search("<ins> ?five</ins>", shown)
    assert re.search("<del> ?two</del>", shown)
    assert re.search('<ins class="moved" data-move="m1">The Provider keeps the records of every case for', shown)


def test_a_row_of_a_table_is_compared_with_the_row_of_that_name() -> None:
    rows = "<table>{}</table>"
    old = rows.format("<tr><th>Level</th><td>99.5%</td></tr><tr><th>Window</th><td>each month</td></tr>")
    new = rows.format(
        "<tr><th>Level</th><td>99.9%</td></tr><tr><th>Sample</th><td>30</td></tr>"
        "<tr><th>Window</th><td>each month</td></tr>"
    )
    assert body_of(old, new) == (
        '<table><tr class="changed"><th>Level</th><td><del>99.5%</del><ins>99.9%</ins></td></tr>'
        '<tr data-change="inserted" class="changed"><th><ins>Sample</ins></th><td><ins>30</ins></td></tr>'
        "<tr><th>Window</th><td>each month</td></tr></table>"
    )


def test_what_an_agreement_says_is_shown_and_never_obeyed() -> None:
    old, new = "<p>Say &lt;b&gt; &amp;amp; twice.</p>", "<p>Say &lt;script&gt; &amp;amp; twice.</p>"
    assert body_of(old, new) == (
        '<p class="changed">Say <del>&lt;b&gt;</del><ins>&lt;script&gt;</ins> &amp;amp; twice.</p>'
    )


def test_long_tables_that_share_nothing_are_compared_all_the_same() -> None:
    old, new = ("".join(f"<tr><td>{word} {row}</td></tr>" for row in range(1200)) for word in ("one", "two"))
    shown = body_of(f"<table>{old}</table>", f"<table>{new}</table>")
    assert shown.count("<ins>") >= 1200


def test_what_is_no_page_is_compared_without_a_fault() -> None:
    assert "<html" in redlined("", "no <b page")
