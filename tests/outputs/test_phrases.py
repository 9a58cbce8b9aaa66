"""What an agreement calls its columns and units stays as it is on paper in another language, and says which it is."""

from __future__ import annotations

import re

import pytest

from tests.outputs.test_paper import EDITION, EVERYTHING, FLAGSHIP, contract_of
from xladsl.outputs import Manner, html


@pytest.fixture(scope="module")
def danish() -> str:
    edition = EDITION._replace(manner=Manner(languages=("da",)))
    return html.page(contract_of(EVERYTHING, "internal"), edition)


def test_a_column_is_not_translated_where_paper_has_a_word_like_its_name(danish: str) -> None:
    english = '<span lang="en" dir="ltr">{}</span>'.format
    assert f"<td>{english('number')}</td>" in danish
    assert f"({english('started')} = " in danish


def test_a_phrase_of_the_source_says_which_language_it_is_in(danish: str) -> None:
    assert re.search(r'pr\.\s<span lang="en" dir="ltr">solved call</span>, opgjort efter', danish)


def test_a_measure_of_the_catalogue_is_called_by_its_name_in_the_language() -> None:
    edition = EDITION._replace(manner=Manner(languages=("da",)))
    assert "»Løsninger til tiden« for" in html.page(contract_of(FLAGSHIP), edition)
