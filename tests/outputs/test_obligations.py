"""The calendar of obligations: each date of the term once, and each month in which something recurs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outputs.test_paper import EDITION, FLAGSHIP, MAIL, contract_of
from xladsl.outputs.obligations import Obligations
from xladsl.outputs.page import Page

EVERY_MONTH = "JFMAMJJASOND"


def told(path: Path) -> Obligations:
    return Page(contract_of(path), EDITION).obligations


@pytest.fixture(scope="module")
def flagship() -> Obligations:
    return told(FLAGSHIP)


def rhythm(obligations: Obligations, title: str) -> str:
    [found] = [each for each in obligations.recurring if title in each.what.striptags()]
    return "".join(letter if due else "." for letter, due in zip(EVERY_MONTH, found.due, strict=True))


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("Operations meeting", EVERY_MONTH),  # each week
        ("Monthly Report", ".FMAMJJASOND"),  # the first is due in February
        ("Experience report", "...A..J..O.."),
        ("Sessions with users", "....M.....N."),
        ("Strategy day", "........S..."),
    ],
)
def test_what_recurs_stands_in_its_months(flagship: Obligations, title: str, months: str) -> None:
    assert rhythm(flagship, title) == months


def test_dates_are_in_order_each_day_once_with_all_that_falls_on_it(flagship: Obligations) -> None:
    days = {day: [what.striptags() for what in whats] for day, whats in flagship.dates}
    assert next(iter(days)) == "1 January 2026"
    assert "The settling-in period ends on this day." in days["31 March 2026"]
    assert "Last day on which notice can prevent the first renewal." in days["30 June 2028"]
    assert "Service desk (5.1): EUR 60,564.00 from this day." in {
        line.replace("\N{NO-BREAK SPACE}", " ") for line in days["1 January 2027"]
    }
    assert list(days)[-1] == "31 December 2028"


def test_an_agreement_without_any_has_no_such_clause() -> None:
    page = Page(contract_of(MAIL), EDITION)
    assert not [entry for section in page.outline.sections for entry in section.entries if entry.kind == "obligations"]
