"""Words take the form that their place asks for, on the paper of a language that has cases."""

from __future__ import annotations

import re

import pytest

from tests.outputs.test_paper import EDITION, EVERYTHING, contract_of
from xladsl.outputs import Manner, html


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def english() -> str:
    return text_of(html.page(contract_of(EVERYTHING, "internal"), EDITION))


@pytest.fixture(scope="module")
def ukrainian() -> str:
    edition = EDITION._replace(manner=Manner(languages=("uk",)))
    return text_of(html.page(contract_of(EVERYTHING, "internal"), edition))


def test_a_further_test_of_a_stretch_is_read_as_a_test(english: str) -> None:
    assert re.search(r"&gt; 5% and number of events in .{10,60} ≥ 20\.", english)


def test_a_deadline_is_in_the_genitive_and_an_amount_is_not(ukrainian: str) -> None:
    assert "протягом 30 днів від подання звіту" in ukrainian
    assert "щонайбільше 2 робочі дні за календарний місяць" in ukrainian


def test_a_part_of_a_fee_is_of_the_fee_in_the_genitive(ukrainian: str) -> None:
    assert "15% від усієї плати за місяць вимірювання" in ukrainian
    assert "30% від бази нарахування" in ukrainian


def test_rows_are_counted_in_the_plural_of_their_number(ukrainian: str) -> None:
    assert "щонайменше 19 із кожних 20 звернень" in ukrainian
    assert "у 3 з останніх 12 місяців" in ukrainian
    assert "2 квартали поспіль" in ukrainian
