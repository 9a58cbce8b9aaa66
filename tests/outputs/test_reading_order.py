"""What a program reads out of the PDF is each clause, word for word and in order, in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.outputs.tagged import spoken
from xladsl.compiler import compile_agreement
from xladsl.outputs import Manner, html, pdf
from xladsl.outputs.language import known_languages
from xladsl.sealing.carrying import carry

AGREEMENTS = Path(__file__).parents[2] / "agreements"
FLAGSHIP = AGREEMENTS / "digital-workplace" / "agreement.xladsl"
MAIL = AGREEMENTS.parent / "tests" / "golden" / "mail.xladsl"


def letters(words: str) -> str:
    """Words without blanks and hyphens, which the end of a line takes away or adds."""
    return re.sub(r"[\s\-\u2010]", "", words)


def lost(path: Path, *codes: str) -> list[str]:
    """The paragraphs, headings and cells of a contract that its PDF does not hold in one piece."""
    contract = compile_agreement(str(path)).readable
    assert contract is not None
    made = carry(contract, "parties", manner=Manner(codes))
    content = pdf.render(made.contract, made.about).content
    assert content is not None
    read = letters(spoken(content))
    page = BeautifulSoup(html.page(made.contract, made.about), "html.parser")
    for drawing in page.select("svg"):
        drawing.extract()
    said = [element.get_text() for element in page.select("main :is(p, h2, h3, th, td):not(:has(p, table))")]
    assert len(said) > 20
    return [words for words in said if letters(words) not in read]


def test_a_small_agreement_is_read_as_it_is_written() -> None:
    assert lost(MAIL, "en") == []


@pytest.mark.slow
@pytest.mark.parametrize("code", known_languages())
def test_a_large_agreement_is_read_as_it_is_written(code: str) -> None:
    assert lost(FLAGSHIP, code) == []


@pytest.mark.slow
def test_two_languages_are_read_part_by_part() -> None:
    assert lost(FLAGSHIP, "en", "fa") == []
