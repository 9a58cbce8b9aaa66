"""Values against what somebody finds with a pencil."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.evaluation.measuring import APRIL, amount, assessed, block
from xladsl import resources
from xladsl.evaluation.results import Measured
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
parameter lowest_number "Lowest" { value 2 }
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


# ------------------------------------------------------------------------------------------------------ every formula


def value(formula: str, data: str = "", clauses: str = "", scope: Scope | None = None) -> Measured:
    assessment = assessed(f"{SOURCES}kpi tested {{ serves help value {formula} {clauses} better when higher }}", data)
    return assessment.measured(block(assessment, "tested"), scope or Scope(APRIL))


LOG = """
log.at 04-01T00:00 04-01T00:04:59 04-01T00:05 04-30T23:59:59 05-01T00:00
log.flag yes no yes - yes
log.score 1 2 4 - 100
log.took 1s 3s 2s 10s 1s
log.region north north south south north
log.weight_of 1 1 2 6 50
log.part 10 50 100 - 100
log.price 0.10 0.20 0.30 - 5
"""


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("count of log", "4 on 4"),
        ('count of log where region is "north"', "2 on 2"),
        ('count of log where region is "west"', "0 on 0"),
        ("count of log.score", "3 on 3"),
        ("count of log weighted by weight_of", "10 on 4"),
        ("sum of log.score", "7 on 3"),
        ("sum of log.score weighted by weight_of", "11 on 4"),
        ('sum of log.score where region is "west"', "0 on 0"),
        ("mean of log.score", "7/3 on 3"),
        ("mean of log.score weighted by weight_of", "11/4 on 4"),
        ('mean of log.score where region is "west"', "nothing on 0"),
        ("mean of log.part", "160/3% on 3"),
        ("sum of log.price", "EUR 0.60 on 3"),
        ("median of log.score", "2 on 3"),
        ("median of log.took", "2.5 s on 4"),
        ("median of log.took weighted by weight_of", "10 s on 4"),
        ("percentile 50 of log.took", "2 s on 4"),
        ("percentile 50.1 of log.took", "3 s on 4"),
        ("percentile 100 of log.took", "10 s on 4"),
        ("percentile 90 of log.took weighted by weight_of", "10 s on 4"),
        ("percentile 10 of log.took weighted by weight_of", "1 s on 4"),
        ("share of log in which flag is yes", "50% on 4"),
        ("share of log where flag is not empty in which flag is yes", "200/3% on 3"),
        ("share of log.score in which score >= 2", "200/3% on 3"),
        ("share of log in which flag is yes weighted by weight_of", "30% on 4"),
        ('share of log where region is "west" in which flag is yes', "nothing on 0"),
        ('(share of log where region is "west" in which flag is yes, empty counts as 7%)', "7% on 0"),
        ("100% - (share of log in which flag is yes)", "50% on 4"),
        ("count of log / count of log.score", "4/3 on 3"),
        ('count of log / (count of log where region is "west")', "nothing on 0"),
        ('(count of log / (count of log where region is "west"), empty counts as 9)', "9 on 0"),
        ("3 × mean of log.score - 1", "6 on 3"),
        ("2 × (3 + count of log) / 7 - 1", "1 on 4"),
        ("lowest of (count of log, 3)", "3 on 4"),
        ("highest of (count of log, 3, mean of log.score)", "4 on 3"),
        ("50% of sum of log.price", "EUR 0.30 on 3"),
        ("mean of (log.score / log.weight_of)", "5/3 on 3"),
        ("sum of (log.score × log.weight_of)", "11 on 3"),
        ("median of (log.score / (log.weight_of - 1))", "4 on 1"),
        ("percentile 50 of (2 × log.score / log.weight_of)", "4 on 3"),
        ("mean of (log.weight_of - log.score)", "-1 on 3"),
        ("mean of (highest of (log.score, log.weight_of))", "13/4 on 4"),
        ("length of the window", "720 h"),
        ("length of the window / 30 days", "1"),
        ("length of the window - 1 months", "0 s"),
        ("calls / 2", "2 on 4"),
        ("ease", "nothing on 0"),
        ("share of each 5 min in which (count of log) > 0", "1/2880"),
        ("share of each 5 min in which (share of log in which flag is yes, empty counts as 100%) >= 60%", "4319/4320"),
        ("share of each 5 min in which (share of log in which flag is yes) >= 50%", "1/4320"),
        ("share of each log.region in which (share of log in which flag is yes) > 50%", "0%"),
        ("share of each log.region in which (share of log in which flag is yes) >= 50%", "100%"),
        ("mean over each 5 min of (count of log)", "1/2160 on 4"),
        ("mean over each 5 min of (share of log in which flag is yes, empty counts as 100%)", "17277/17280 on 4"),
        ("mean over each 5 min of (share of log in which flag is yes)", "1/2 on 4"),
        ("lowest over each 5 min of (share of log in which flag is yes)", "0% on 4"),
        ("highest over each 1 days of (count of log)", "3 on 4"),
        ("sum over each 1 days of (count of log)", "4 on 4"),
        ("median over each 1 days of (count of log)", "0 on 4"),
        ("lowest over each log.region of (mean of log.score)", "3/2 on 3"),
        ("highest over each log.region of (mean of log.score)", "4 on 3"),
        ("mean over each log.region of (sum of log.score)", "7/2 on 3"),
        ("sum over each log.region of (count of log where flag is no)", "1 on 1"),
        ('lowest over each log.region of (mean of log.score where region is "north")', "3/2 on 2"),
        ('lowest over each log.region of (mean of log.score where region is "north", empty counts as 1)', "1 on 2"),
        ("lowest over each log.region of (highest over each 1 days of (count of log))", "1 on 4"),
        ("highest over each 1 days of (lowest over each log.region of (count of log))", "1 on 4"),
        ("mean over each log.region of calls", "2 on 4"),
        ("mean over each 1 days of (count of log / calls)", "1 on 4"),
        ("share of each 1 days in which (count of log) > lowest_number", "1/30"),
    ],
)
def test_a_formula(formula: str, result: str) -> None:
    found = value(formula, LOG)
    said, _, rows = result.partition(" on ")
    assert found.amount == amount(said)
    assert found.rows == (int(rows) if rows else None)
