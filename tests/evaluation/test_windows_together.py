"""The windows of a period are asked about in few questions, and come to what each comes to by itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.evaluation.measuring import assessed
from xladsl.evaluation.evaluate import evaluate
from xladsl.evaluation.rows.requests import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xladsl.evaluation.rows.requests import Cell, Counted
    from xladsl.evaluation.rows.table import Table

SOURCES = """
tickets desk {
  columns opened as time from "o", solved as time from "s", kind from "k"
}
survey pulse {
  asks staff
  sent each calendar month
  question ease 1 to 7 asking "?"
  columns ease as number from "e", at as time from "at", office from "s"
}
parameter enough { value 8 h from 2026-01-01, 9 h from 2026-06-01 }
"""
DATA = """
desk.opened 01-05 01-31T23:59 02-01 02-10 04-30 05-01 05-02 06-15 07-01 12-31
desk.solved 01-06 02-01T01:00 02-03 02-10T01:00 05-03 05-01T02:00 - 06-15T08:30 07-03 12-31T03:00
desk.kind a b a a b a b b a b
pulse.ease 1 2 3 - 7 7 4 5
pulse.at 01-02 01-03 02-01 02-02 03-01 05-31 06-01 12-01
pulse.office north south north south west north - north
"""
PROMISES = {
    "months": "share of desk in which solved - opened <= 8 h",
    "of a column": "mean of pulse.ease",
    "with a parameter": 'share of desk where kind is "a" in which solved - opened <= enough',
}


class Listening:
    """An engine, and what it was asked."""

    def __init__(self, engine: Table) -> None:
        self.engine = engine
        self.asked: list[Tally] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def tally(self, request: Tally) -> Mapping[tuple[Cell, ...], Counted]:
        self.asked.append(request)
        return self.engine.tally(request)


def worked_out(value: str, more: str, first: date, last: date) -> tuple[list[Any], int]:
    """The judgements of a promise in a period, and how many questions that took."""
    text = f"kpi tried {{ serves help value {value} {more} better when higher empty counts as no data }}\n"
    level = "50%" if value.startswith("share") else "4"
    assessment = assessed(
        f"{SOURCES}{text}target held {{ kpi tried level at least {level} each calendar month }}", DATA
    )
    engine = Listening(assessment.engine)  # type: ignore[arg-type]  # a table of reference
    found = evaluate(assessment.contract, engine, first, last)  # type: ignore[arg-type]  # it has all that an engine has
    counted = [each for each in engine.asked if each.by or each.sums]
    return [(each.window, each.group, each.verdict, each.measured) for each in found.judgements], len(counted)


@pytest.mark.parametrize("value", PROMISES.values(), ids=PROMISES)
@pytest.mark.parametrize("more", ["", "for each {}"])
def test_a_year_comes_to_what_its_months_come_to(value: str, more: str) -> None:
    more = more.format("desk.kind" if "desk" in value else "pulse.office")
    year, questions = worked_out(value, more, date(2026, 1, 1), date(2026, 12, 31))
    months = [worked_out(value, more, date(2026, month, 1), last_of(month))[0] for month in range(1, 13)]
    assert year == [judgement for month in months for judgement in month]
    assert len({window for window, *_ in year}) == 12
    assert questions < 12


def last_of(month: int) -> date:
    return date(2026, month, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1])
