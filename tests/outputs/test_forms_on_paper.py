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


def everything_in(code: str) -> str:
    edition = EDITION._replace(manner=Manner(languages=(code,)))
    return text_of(html.page(contract_of(EVERYTHING, "internal"), edition))


@pytest.fixture(scope="module")
def ukrainian() -> str:
    return everything_in("uk")


@pytest.fixture(scope="module")
def persian() -> str:
    return everything_in("fa")


def test_a_further_test_of_a_stretch_is_read_as_a_test(english: str) -> None:
    assert re.search(r"&gt; 5% and number of events in .{10,60} ≥ 20\.", english)


def test_a_deadline_is_in_the_genitive_and_an_amount_is_not(ukrainian: str) -> None:
    assert "протягом 30 днів після подання звіту" in ukrainian
    assert "щонайбільше 2 робочі дні за календарний місяць" in ukrainian


def test_a_part_of_a_fee_is_of_the_fee_in_the_genitive(ukrainian: str) -> None:
    assert "15 % від усієї плати за місяць вимірювання" in ukrainian
    assert "30 % від бази нарахування" in ukrainian


def test_rows_are_counted_in_the_plural_of_their_number(ukrainian: str) -> None:
    assert "щонайменше 19 із кожних 20 звернень" in ukrainian
    assert "у 3 з останніх 12 місяців" in ukrainian
    assert "2 квартали поспіль" in ukrainian


def test_what_lies_between_two_amounts_is_in_the_genitive(ukrainian: str) -> None:
    assert "від −100 балів до 100 балів" in ukrainian
    assert "від 0 секунд до необмеженого значення" in ukrainian
    assert "лише через 1 робочий день за календарем" in ukrainian


def test_the_number_of_a_clause_stands_behind_the_quotation_marks(ukrainian: str, persian: str) -> None:
    assert "за показником «Availability of the shop» (7.1) рівень порушено" in ukrainian
    assert "плата «Hosting» (5.1) за місяць вимірювання" in ukrainian
    assert "«Availability of the shop» (۷.۱) در ماه قبل نقض شده باشد" in persian
    assert not re.search(r"\([\d۰-۹A-Z]+\.[\d۰-۹]+\)»", ukrainian + persian)


def test_several_that_are_named_are_no_single_group(ukrainian: str) -> None:
    assert "Для кого: «People behind the counter»; їхніми словами:" in ukrainian
    assert "Коло опитуваних: «People behind the counter»" in ukrainian


def test_a_month_of_a_year_is_joined_to_it(persian: str) -> None:
    assert "در ژوئیهٔ ۲۰۲۶" in persian
    assert "در ژوئیه ۲۰۲۶" not in persian


def test_a_condition_of_any_days_is_none_of_all(persian: str, ukrainian: str) -> None:
    assert "ظرف ۳۰ روز پیاپی بزرگ‌تر از ۲۴ ساعت باشد" in persian
    assert "> 24 години за будь-який період тривалістю 30 днів" in ukrainian.replace("&gt;", ">")


def test_a_payment_is_called_by_the_defined_term(persian: str) -> None:
    assert "اعتبارهای خدمت" in persian
    assert not re.search(r"اعتبارها(?!ی خدمت)", persian)


def test_a_unit_is_joined_to_the_word_for_how_it_is_rounded(persian: str, ukrainian: str) -> None:
    assert "به ازای هر ۱ ساعت آغازشده از مدت" in persian
    assert "за кожну розпочату одиницю (1 година) такої величини: тривалість" in ukrainian


def test_no_sign_of_arithmetic_stands_where_the_text_runs_from_the_right(persian: str) -> None:
    assert re.findall(r"(?<![a-z]) [=<>≤≥+−] (?=[۰-۹])", persian) == []
