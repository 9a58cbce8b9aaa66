"""Values against what somebody finds with a pencil."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.evaluation.measuring import APRIL, amount, assessed, block
from xladsl import resources
from xladsl.evaluation.scope import Scope

SOURCES = """
events log {
  columns at as time from "at", submitted as time from "b", contacted as time from "c", flag as yes or no from "d",
    before as yes or no from "e", score as number from "f", feeling as number from "g", help as number from "h",
    price as money from "i", refund as money from "j", took as duration in milliseconds from "k",
    waited as duration in seconds from "l", lost as duration in minutes from "m", region as text from "n",
    weight_of as number from "o", part as percent from "p", due as date from "q"
}
survey pulse {
  asks staff
  sent each calendar quarter
  question of_ten 0 to 10 asking "?" question of_seven 1 to 7 asking "?" question of_five 1 to 5 asking "?"
  question q1 1 to 5 asking "?" question q2 1 to 5 asking "?" question q3 1 to 5 asking "?"
  question q4 1 to 5 asking "?" question q5 1 to 5 asking "?" question q6 1 to 5 asking "?"
  question q7 1 to 5 asking "?" question q8 1 to 5 asking "?" question q9 1 to 5 asking "?"
  question q10 1 to 5 asking "?"
  columns at as time from "at", region as text from "region"
}
probes probe { every 60 s columns at as time from "at", up as yes or no from "up" }
outages interruptions {
  columns began as time from "a", ended as time from "b", cause as text from "c"
  lasting from began to ended
}
intervals down { from interruptions }
kpi ease "Ease" { serves help value mean of pulse.of_seven empty counts as no data better when higher }
kpi calls "Calls" { serves help value count of log better when lower }
sla hours "Hours" {
  value share of log in which flag is yes
  level at least 1%
  each calendar month
  during office_hours
  owner owner_of_all
}
"""


class Worked(NamedTuple):
    """A measure applied to some rows, and what comes out."""

    name: str
    formula: str
    data: str
    result: str
    rows: int | None
    in_hours: bool


SECTION = re.compile(r"^## (\w+)\n\n    (.*)\n((?:    \w+\.\w+ .*\n)*)    = (.*)$", re.MULTILINE)


def worked(found: re.Match[str]) -> Worked:
    name, formula, data, said = found.groups()
    result, _, rows = said.removesuffix(" in office hours").partition(" on ")
    return Worked(name, formula, data, result, int(rows) if rows else None, said.endswith(" in office hours"))


CATALOGUE = [
    worked(found) for found in SECTION.finditer((Path(__file__).parent / "catalogue.md").read_text(encoding="utf-8"))
]


def test_every_measure_of_the_catalogue_is_worked_out() -> None:
    parts = [file.read_text(encoding="utf-8") for file in Path(resources.catalogue()).glob("*.xladsl")]
    named = [name for part in parts for name in re.findall(r"^measure (\w+)", part, re.MULTILINE)]
    assert sorted(each.name for each in CATALOGUE) == sorted(named)


@pytest.mark.parametrize("measure", CATALOGUE, ids=[each.name for each in CATALOGUE])
def test_a_measure_of_the_catalogue(measure: Worked) -> None:
    assessment = assessed(f"{SOURCES}kpi tested {{ serves help value {measure.formula} }}", measure.data)
    promise = block(assessment, "hours") if measure.in_hours else None
    found = assessment.measured(block(assessment, "tested"), Scope(APRIL, promise=promise))
    assert found.amount == amount(measure.result)
    assert found.rows == measure.rows
