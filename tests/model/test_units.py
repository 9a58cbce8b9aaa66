"""The unit of formulas, as they stand in an agreement."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.rule_examples import PRELUDE
from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Diagnostic
from xladsl.model import nodes, units
from xladsl.model.units import (
    BUSINESS,
    CALENDAR,
    CLOCK,
    ELAPSED,
    MONEY,
    NUMBER,
    PERCENT,
    PERCENTAGE_POINTS,
    POINTS,
    RATIO,
    UNKNOWN,
    added,
    difference_of,
    multiplied,
    together,
    unit_of,
)

UNITS = sorted({value for name, value in vars(units).items() if name.isupper() and isinstance(value, str)} - {UNKNOWN})
EXTRA = """
tickets work {
  columns began as time from "a", ended as time from "b", spent as duration in hours from "c",
    price as money from "d", size as number from "e", kind as text from "f", done as yes or no from "g"
}
"""


def compiled(text: str, folder: Path) -> tuple[nodes.Kpi | None, list[Diagnostic]]:
    main = folder / "example.xladsl"
    main.write_text(f"{PRELUDE}{EXTRA}{text}", encoding="utf-8")
    contract, found, *_ = compile_agreement(str(main))
    kpis = contract.every(nodes.Kpi) if contract else []
    return next((kpi for kpi in kpis if kpi.name == "tried"), None), found


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("count of desk", NUMBER),
        ('share of desk in which priority is "P1"', PERCENT),
        ('100% - (share of desk in which priority is "P1")', PERCENT),
        ("count of desk / count of work", RATIO),
        ("100% - length of portal_down / length of the window", PERCENT),
        ("length of portal_down", ELAPSED),
        ("length of the window - length of portal_down", CLOCK),
        ("mean of after_incident.ease", NUMBER),
        ("median of work.spent", CLOCK),
        ("sum of work.price", MONEY),
        ("net score of after_incident.ease counting 6 to 7 against 1 to 3", POINTS),
        ("2 × sum of work.spent", CLOCK),
        ("sum of work.spent / count of work", CLOCK),
        ("sum of work.price / sum of work.spent", UNKNOWN),
        ("lowest of (mean of after_incident.ease, 5)", NUMBER),
        ("fixed_in_time", PERCENT),
        ("share of each 5 min in which (count of desk) > 3", PERCENT),
        ('mean over each 5 min of (share of desk in which priority is "P1", empty counts as 0%)', PERCENT),
    ],
)
def test_unit_of_a_formula(formula: str, unit: str, tmp_path: Path) -> None:
    kpi, found = compiled(f"kpi tried {{ serves effortless_help value {formula} better when higher }}", tmp_path)
    assert [each.title for each in found] == []
    assert kpi is not None
    assert unit_of(kpi.value) == unit


@pytest.mark.parametrize(
    ("formula", "mixed"),
    [
        ('100 - (share of desk in which priority is "P1")', (NUMBER, PERCENT)),
        ("100% - length of portal_down", (PERCENT, ELAPSED)),
        ("sum of work.price + sum of work.spent", (MONEY, CLOCK)),
        ("share of work in which spent <= 4 business hours", (CLOCK, BUSINESS)),
        ("share of work in which spent > EUR 3.00", (CLOCK, "money in EUR")),
        ("share of work in which kind > 3", ("words", NUMBER)),
        ('share of work in which done is "yes"', ("yes or no", "words")),
        ("share of work in which ended - began > 3", (ELAPSED, NUMBER)),
        ("share of each 5 min in which (count of desk) > 3%", (NUMBER, PERCENT)),
        ("lowest of (mean of work.size, 5%)", (NUMBER, PERCENT)),
    ],
)
def test_units_that_do_not_mix_are_named(formula: str, mixed: tuple[str, str], tmp_path: Path) -> None:
    _, found = compiled(f"kpi tried {{ serves effortless_help value {formula} better when higher }}", tmp_path)
    titles = [each.title for each in found if each.rule == "mixed-units"]
    assert len(titles) == 1
    assert all(unit in titles[0] for unit in mixed)


@pytest.mark.parametrize("duration", ["4 business hours", "4 h", "2 days", "2 working days"])
def test_what_lies_between_two_moments_is_compared_with_any_duration(duration: str, tmp_path: Path) -> None:
    text = f"share of desk in which resolved - opened <= {duration}"
    _, found = compiled(f"kpi tried {{ serves effortless_help value {text} better when higher }}", tmp_path)
    assert found == []


@pytest.mark.parametrize(("left", "right"), list(product(UNITS, UNITS)))
def test_mixing_does_not_depend_on_the_order(left: str, right: str) -> None:
    assert together(left, right) == together(right, left)


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_unknown_mixes_with_everything(unit: str) -> None:
    assert together(UNKNOWN, unit) == unit
    assert together(unit, unit) == unit


def test_sums_of_percentages_and_percentage_points() -> None:
    assert added(PERCENT, "+", PERCENTAGE_POINTS) == PERCENT
    assert together(PERCENT, PERCENTAGE_POINTS) is None
    assert difference_of(PERCENT) == PERCENTAGE_POINTS


def test_two_currencies_do_not_mix() -> None:
    assert together("money in EUR", "money in USD") is None
    assert together("money in EUR", MONEY) == "money in EUR"


def test_business_time_does_not_mix_with_time_of_the_clock() -> None:
    assert together(BUSINESS, CLOCK) is None
    assert together(BUSINESS, CALENDAR) is None


def test_units_above_and_below_the_line_cancel() -> None:
    assert multiplied([("", "money in EUR"), ("*", ELAPSED), ("/", CLOCK)]) == "money in EUR"
    assert multiplied([("", NUMBER), ("*", PERCENT)]) == PERCENT
    assert multiplied([("", CLOCK), ("/", CLOCK)]) == RATIO
    assert multiplied([("", POINTS), ("*", "money in EUR")]) == "money in EUR"
