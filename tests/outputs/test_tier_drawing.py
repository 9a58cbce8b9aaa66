"""The drawing of a table of tiers: a step for each row, with the ends that belong to it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.outputs.test_paper import EDITION, EVERYTHING, FLAGSHIP, MAIL, contract_of
from xladsl.model import nodes
from xladsl.model.tiers import tables
from xladsl.outputs import html
from xladsl.outputs.page import Page

if TYPE_CHECKING:
    from xladsl.outputs.tier_drawing import TierDrawing

PUBLISHED = sorted((Path(__file__).parents[2] / "agreements" / "published").glob("*.xladsl"))


def drawings(path: Path) -> dict[str, TierDrawing | None]:
    page = Page(contract_of(path, "internal"), EDITION)
    return {each.name: page.payments.tier_drawing(each) for each in page.contract.every(nodes.Payment) if each.rows}


def test_each_row_is_a_step_and_says_which_ends_belong_to_it() -> None:
    drawing = drawings(FLAGSHIP)["portal_credit"]
    assert drawing is not None
    assert [(step.start_end, step.end_end) for step in drawing.steps] == [
        ("none", "hollow"),
        ("filled", "hollow"),
        ("filled", "hollow"),
    ]
    assert [mark.words for mark in drawing.values] == ["99.0%", "99.5%", "99.9%"]
    assert [mark.words for mark in drawing.amounts] == ["25%", "10%", "5%"]
    levels = [step.level for step in drawing.steps]
    assert levels == sorted(levels), "the lowest value has the highest credit, which is drawn at the top"
    assert drawing.title == "below 99.0%: 25%; at least 99.0% but below 99.5%: 10%; at least 99.5% but below 99.9%: 5%"


@pytest.mark.parametrize("path", [FLAGSHIP, EVERYTHING, MAIL, *PUBLISHED], ids=lambda path: path.stem)
def test_a_drawing_says_what_the_table_says(path: Path) -> None:
    contract = contract_of(path, "internal")
    page = Page(contract, EDITION)
    for payment in contract.every(nodes.Payment):
        drawing = page.payments.tier_drawing(payment) if payment.rows else None
        if drawing is None:
            continue
        [tiers] = tables(payment)
        assert len(drawing.steps) == len([tier for tier in tiers if not tier.interval.empty])
        most = max(tier.worth or Decimal(0) for tier in tiers)
        highest = min(step.level for step in drawing.steps)
        assert sum(tier.worth == most for tier in tiers) == sum(step.level == highest for step in drawing.steps)


def test_the_page_holds_the_drawing_with_its_words() -> None:
    made = html.page(contract_of(FLAGSHIP), EDITION)
    assert "<title>below 99.0%: 25%; " in made
