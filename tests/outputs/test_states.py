"""What paper says of how far an agreement has come: across each page, on the cover and at its foot."""

from __future__ import annotations

import pytest

from tests.archival.texts import BEGUN, state, translated
from xladsl.compiler import compile_agreement
from xladsl.outputs import Manner, edition, html
from xladsl.outputs.watermark import style_of

ASKED = 'obligation reach_people "Contact data" {\n  open "How often is it enough?" awaiting it_owner, by 2026-12-01'


def page(text: str, *languages: str) -> str:
    contract = compile_agreement(
        "agreement.xladsl", overlay=lambda path: text if path.endswith("agreement.xladsl") else None
    ).contract
    assert contract is not None
    return html.page(contract, edition(contract, manner=Manner(languages)))


@pytest.mark.parametrize(("status", "word"), [("draft", "Draft"), ("proposed", "Proposed")])
def test_what_is_not_agreed_says_so_across_each_page(status: str, word: str) -> None:
    made = page(state(BEGUN, status))
    assert f'<body class="{status}"' in made
    assert str(style_of(word)) in made
    assert f'<p class="watermark">{word}</p>' in made
    assert f"· {word} · " in made


@pytest.mark.parametrize(("status", "word"), [("final", "Final"), ("executed", "Executed")])
def test_what_is_agreed_has_nothing_across_its_pages(status: str, word: str) -> None:
    text = state(BEGUN, status).replace("timezone ", "signed 2026-12-18\n  timezone ", 1)
    made = page(text)
    assert "@page marked" not in made
    assert "watermark" not in made.split("</head>")[1]
    assert f"· {word} · " in made


def test_the_mark_is_in_the_language_of_the_paper() -> None:
    made = page(translated(), "fa")
    assert "@page marked" in made
    assert "Draft" not in made.split("</head>")[1]


def test_a_mark_is_drawn_where_it_can_be_and_no_words_between_those_of_the_text() -> None:
    assert "%3Cpath" in style_of("Draft")
    assert "%3Cpath" in style_of("Чернетка")
    assert "%3Ctext" in style_of("پیش‌نویس")


def test_open_points_stand_in_their_clause_and_in_the_key_terms() -> None:
    made = page(BEGUN.replace('obligation reach_people "Contact data" {', ASKED, 1))
    said = "How often is it enough? Awaiting: "
    assert made.count(said) == 2
    key_terms = made[made.index('class="key-terms"') : made.index('class="contents"')]
    assert said in key_terms
    assert "Open points" in key_terms
    assert "Needed by 1 December 2026." in key_terms
