"""What holds of every agreement and all data: verdicts, one rounding, other years, and the specification alone."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.drawn import (
    AGREEMENTS,
    FLAGSHIP,
    Invoiced,
    agreed,
    as_columns,
    as_rows,
    data_of,
)
from tests.evaluation.trying import EVERY, as_document, dates, evaluated, period_of, quick, spans
from xladsl.evaluation.evaluate import evaluate
from xladsl.evaluation.instants.zones import DAY
from xladsl.evaluation.rows.table import Table
from xladsl.model import nodes
from xladsl.model.audience import edition_for
from xladsl.model.restored import restored
from xladsl.outputs import monitoring
from xladsl.statements import record

if TYPE_CHECKING:
    from xladsl.model.contract import Contract

# ------------------------------------------------------------------------------- verdicts, and money rounded once


@pytest.mark.parametrize("name", EVERY)
@settings(quick, max_examples=3)
@given(st.data())
def test_a_verdict_is_what_the_value_and_the_level_say(name: str, draw: st.DataObject) -> None:
    contract = agreed(name)
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    promises = {promise.name: promise for promise in contract.every(nodes.Promise)}
    for each in evaluated(contract, data, period_of(contract)).judgements:
        plain = isinstance(promises[each.promise].breached_when, nodes.SimpleDecision | None)
        if plain and each.verdict in ("met", "breached") and None not in (each.measured.amount, each.level):
            kept = {
                "at least": each.measured.amount >= each.level,  # type: ignore[operator]  # neither is None
                "at most": each.measured.amount <= each.level,  # type: ignore[operator]
            }
            assert (each.verdict == "met") is kept[each.comparison], each


CENT = Fraction(1, 100)
ODD_FEE = Fraction("1234.57")
FINER = 10**9

ROUNDED = [
    "published/cloudflare-business-enterprise",
    "published/gcp-compute",
    "published/rackspace-managed",
    "published/slack",
    "published/texas-dir-pool",
    "published/uk-model-services-contract",
    "published/windstream-mpls",
]
"""Agreements that pay shares of fees as invoiced, and nothing that is bounded in money."""


@pytest.mark.parametrize("name", ROUNDED)
@quick
@given(st.data())
def test_money_is_rounded_once_and_last(name: str, draw: st.DataObject) -> None:
    """With fees a billion times as high, rounding hardly matters: what they come to is the exact amount."""
    contract = agreed(name)
    period = period_of(contract)
    data = draw.draw(data_of(contract, *spans(contract)), "data")
    names = {credit.name for credit in contract.every(nodes.Credit)}
    found, exact = (
        [
            paid.amount
            for paid in evaluate(contract, Table(data), *period, Invoiced(contract, fee)).payments
            if paid.payment in names
        ]
        for fee in (ODD_FEE, ODD_FEE * FINER)
    )
    assert len(found) == len(exact)
    for amount, closely in zip(found, exact, strict=True):
        assert amount % CENT == 0
        assert abs(amount - closely / FINER) <= CENT / 2 + CENT / FINER


# ------------------------------------------------------------------------------------------------------- other years


LATER_BY = 28
"""After so many years the calendar is the same to the weekday, leap days and clock changes included."""

SHIFTED = [
    name
    for name in EVERY
    if name != FLAGSHIP and "holidays of" not in (AGREEMENTS / f"{name}.xladsl").read_text("utf-8")
]
"""Without those whose holidays are counted from Easter, which comes on another day."""


def years_later(text: str) -> str:
    return re.sub(r"\b(20\d\d)(?=-)", lambda found: str(int(found[1]) + LATER_BY), text)


def result_years_later(said: str) -> str:
    return years_later(re.sub(r"(?<=\"window\": \")(20\d\d)(?=\")", lambda found: str(int(found[1]) + LATER_BY), said))


@pytest.mark.parametrize("name", SHIFTED)
@settings(quick, max_examples=4)
@given(st.data())
def test_shifting_everything_by_years_shifts_the_result(name: str, draw: st.DataObject) -> None:
    now, later = agreed(name), agreed(name, years_later)
    period = period_of(now)
    data = draw.draw(data_of(now, *spans(now)), "data")
    first, last = (day.replace(year=day.year + LATER_BY) for day in period)
    apart = ((first - period[0]).days) * DAY
    moved = {each.name: moved_by(data[each.name], dates(each), apart) for each in now.every(nodes.Source)}
    found = record.rendered(as_document(now, evaluated(now, data, period))).decode()
    assert record.rendered(as_document(later, evaluated(later, moved, (first, last)))).decode() == result_years_later(
        found
    )


def moved_by(rows: Any, columns: list[str], apart: int) -> Any:
    def moved(row: dict[str, Any]) -> dict[str, Any]:
        return row | {name: row[name] + apart for name in columns if row[name] is not None}

    return as_columns([moved(row) for row in as_rows(rows)], rows)


# --------------------------------------------------------------------------------------------- from its specification


@pytest.mark.parametrize("name", EVERY)
@settings(quick, max_examples=3)
@given(st.data())
def test_the_specification_has_the_same_result_as_the_source(name: str, draw: st.DataObject) -> None:
    """Byte for byte, save for the order: a specification has its blocks by their kinds."""
    source = edition_for(agreed(name), "internal")
    back = restored_from(name)
    period = period_of(source)
    data = draw.draw(data_of(source, *spans(source)), "data")
    from_source, from_specification = (
        in_order(as_document(each, evaluated(each, data, period))) for each in (source, back)
    )
    assert from_specification == from_source


def restored_from(name: str) -> Contract:
    if name not in RESTORED:
        found = restored(monitoring.specification(edition_for(agreed(name), "internal"), "0" * 64, "internal"))
        assert found.contract is not None
        RESTORED[name] = found.contract
    return RESTORED[name]


RESTORED: dict[str, Contract] = {}


def in_order(said: dict[str, Any]) -> bytes:
    for part in ("judgements", "payments", "followed", "notes"):
        said[part] = sorted(said[part], key=repr)
    return record.rendered(said)
