"""Who is judged by himself: values of a column, sites, segments and services; and several KPIs in one composite."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.evaluation.measuring import APRIL, amount, assessed, block, window
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.given import Given
from xladsl.evaluation.notes import all_notes
from xladsl.evaluation.rows.table import Table
from xladsl.evaluation.scope import EVERYONE, Scope
from xladsl.evaluation.values.composites import scaled_parts
from xladsl.evaluation.values.groups import group_of, groups, together
from xladsl.model import nodes

SOURCES = """
events log {
  columns at as time from "at", region from "r", tier as number from "t", urgent as yes or no from "u", site from "s",
    spent as number from "m", opened as time from "o"
}
events calls { columns at as time from "at", region from "r", asked from "service", age as number from "a" }
outages lines {
  columns began as time from "b", ended as time from "e", region from "r"
  lasting from began to ended
}
survey pulse {
  asks staff
  sent each calendar quarter
  question ease 1 to 7 asking "?"
  columns ease as number from "e", at as time from "at", office from "site"
}
site aarhus "Aarhus bakeries" da "Bagerierne i Aarhus" { }
site new_malmo { }
segment young "Young" of staff { where age < 30 }
segment all_staff "All" of staff { }
service portal "Portal" { by northwind }
intervals down { from lines }
"""


def told(name: str, clauses: str, data: str) -> tuple[Assessment, Any, list[str]]:
    assessment = assessed(SOURCES + clauses, data)
    tried = block(assessment, name)
    return assessment, tried, [group.name for group in assessment.groups(tried, APRIL)]


LOG = """
log.region north south north - west
log.tier 1 2.5 10 1 1
log.urgent yes no yes no yes
log.site aarhus Malmö Aarhus - -
log.spent 1 2 4 8 16
log.at 04-01 04-02 04-03 04-04 05-01
"""


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("for each log.region", ["north", "south"]),
        ("for each log.tier", ["1", "2.5", "10"]),
        ("for each log.urgent", ["no", "yes"]),
        ("for each log.region, log.urgent", ["north, yes", "south, no"]),
        ("for each aarhus, new_malmo", ["Aarhus bakeries", "new malmo"]),
        ("for each log.urgent, aarhus", ["no, Aarhus bakeries", "yes, Aarhus bakeries"]),
        ("", [""]),
    ],
)
def test_the_groups_of_a_kpi(clause: str, names: list[str]) -> None:
    assert (
        told("tried", f"kpi tried {{ serves help value mean of log.spent {clause} better when higher }}", LOG)[2]
        == names
    )


def test_each_group_has_its_own_value() -> None:
    kpi = "kpi tried { serves help value mean of log.spent for each log.region better when higher }"
    assessment, tried, _ = told("tried", kpi, LOG)
    found = [assessment.measured(tried, Scope(APRIL, group)) for group in assessment.groups(tried, APRIL)]
    assert [each.amount for each in found] == [Fraction(5, 2), 2]
    assert [each.rows for each in found] == [2, 1]
    assert assessment.measured(tried, Scope(APRIL)).amount == Fraction(15, 4)


@pytest.mark.parametrize(
    ("regions", "said"),
    [
        ("north south - - west", "Rows of `log` that say no `region` belong to no part of `tried`, and did not count."),
        ("- - - - west", ""),
        ("north south north south west", ""),
    ],
)
def test_rows_that_belong_to_no_group_are_told(regions: str, said: str) -> None:
    """Where no row of the window names a group, all are judged together, and none is left out."""
    kpi = "kpi tried { serves help value mean of log.spent for each log.region better when higher }"
    data = LOG.replace("north south north - west", regions)
    assert "".join(all_notes(told("tried", kpi, data)[0])) == said


class Counting(Table):
    """Counts what is asked of it."""

    asked = 0

    def tally(self, request: Any) -> Any:
        self.asked += 1
        return super().tally(request)


def test_all_groups_are_asked_for_at_once() -> None:
    kpi = "kpi tried { serves help value mean of log.spent for each log.region better when higher }"
    assessment, tried, _ = told("tried", kpi, LOG)
    engine = Counting({})
    engine.__dict__ |= assessment.engine.__dict__
    counting = Assessment(assessment.contract, engine)
    for group in counting.groups(tried, APRIL):
        counting.measured(tried, Scope(APRIL, group))
    assert engine.asked == 2


def test_columns_of_two_sources_with_one_name_are_one_division() -> None:
    kpi = """
    kpi tried {
      serves help
      value count of log / count of calls
      for each log.region, calls.region
      better when higher
    }
    """
    data = f"{LOG}\ncalls.region north north east"
    assessment, tried, names = told("tried", kpi, data)
    assert names == ["east", "north", "south"]
    found = {group.name: assessment.measured(tried, Scope(APRIL, group)) for group in groups(assessment, tried, APRIL)}
    assert found["north"].amount == 1


def test_a_promise_in_each_site() -> None:
    data = f"{LOG}\npulse.office aarhus Aarhus new_malmo -\npulse.ease 7 6 2 1"
    promise = """
    kpi ease { serves help value mean of pulse.ease better when higher }
    target tried { kpi ease level at least 4 in each aarhus, new_malmo each calendar month }
    """
    assessment, tried, names = told("tried", promise, data)
    assert names == ["Aarhus bakeries", "new malmo"]
    found = [assessment.measured(tried, Scope(APRIL, group, tried)) for group in assessment.groups(tried, APRIL)]
    assert [each.amount for each in found] == [Fraction(13, 2), 2]


def test_a_segment_divides_the_sources_that_have_its_columns() -> None:
    assessment, tried, names = told(
        "tried",
        """
        kpi each_call { serves help value count of calls / count of log better when higher }
        target tried { kpi each_call level at least 1 in each young, all_staff each calendar month }
        """,
        f"{LOG}\ncalls.age 20 29 30 -",
    )
    assert names == ["Young", "All"]
    young, everybody = assessment.groups(tried, APRIL)
    assert [source for source, _ in young.tests] == ["calls"]
    assert everybody.tests == ()
    assert assessment.measured(tried, Scope(APRIL, young)).amount == Fraction(2, 4)
    assert assessment.measured(tried, Scope(APRIL, everybody)).amount == Fraction(4, 4)


def test_a_service_is_told_by_a_column_that_has_its_name_in_the_data() -> None:
    assessment = assessed(SOURCES, "calls.asked portal Portal mail -")
    group = group_of(assessment, block(assessment, "portal"), APRIL)
    assert [source for source, _ in group.tests] == ["calls"]
    assert group.name == "Portal"


def test_an_interruption_is_in_each_month_that_it_lasts_in() -> None:
    data = """
    lines.began 03-30 04-30 03-01
    lines.ended 04-02 - 03-02
    lines.region north south west
    """
    promise = """
    sla tried {
      value 100% - length of down / length of the window
      level at least 99% each calendar month for each lines.region owner owner_of_all
    }
    """
    assessment, tried, names = told("tried", promise, data)
    assert names == ["north", "south"]
    found = [assessment.measured(tried, Scope(APRIL, group, tried)) for group in assessment.groups(tried, APRIL)]
    assert [each.amount for each in found] == [Fraction(29, 30), Fraction(29, 30)]


def test_a_window_without_rows_is_judged_as_a_whole() -> None:
    kpi = "kpi tried { serves help value mean of log.spent for each log.region better when higher }"
    assessment, tried, names = told("tried", kpi, "")
    assert names == [""]
    without_data = Assessment(assessment.contract, Table({}))
    assert without_data.groups(tried, APRIL) == [EVERYONE]


def test_nobody_and_everybody() -> None:
    assert together() == EVERYONE
    assert together(EVERYONE, EVERYONE) == EVERYONE


# --------------------------------------------------------------------------------------------------------- composites

PARTS = """
kpi ease_of_help { serves help value mean of pulse.ease range 1 to 7 better when higher }
kpi time_spent { serves help value mean of log.spent range 0 to 10 better when lower }
kpi unbounded { serves help value mean of log.spent range 0 to unbounded better when lower }
composite index { COMPOSITE }
composite of_composites { part index weight 50% part ease_of_help weight 50% better when higher }
"""


def index(clauses: str, data: str, name: str = "index", given: Given | None = None) -> Any:
    assessment = assessed(SOURCES + PARTS.replace("COMPOSITE", clauses), data, given)
    return assessment, assessment.measured(block(assessment, name), Scope(APRIL))


TWO = "part ease_of_help weight 60% scaled from 1 to 7 part time_spent weight 40% "
DATA = "pulse.ease 4 5\nlog.spent 2 3"


@pytest.mark.parametrize(
    ("clauses", "data", "result"),
    [
        (TWO, DATA, "65"),
        (TWO + "combined as weighted mean", DATA, "65"),
        (TWO + "combined as lowest", DATA, "175/3"),
        (TWO + "combined as highest", DATA, "75"),
        (TWO, "pulse.ease 4 5", "nothing"),
        (TWO + "missing makes it invalid", "pulse.ease 4 5", "nothing"),
        (TWO + "missing is reweighted", "pulse.ease 4 5", "175/3"),
        (TWO + "missing is reweighted", "", "nothing"),
        (TWO + "missing counts as zero", "pulse.ease 4 5", "35"),
        (TWO + "missing counts as zero combined as lowest", "pulse.ease 4 5", "0"),
        ("part time_spent weight 100%", "log.spent 12", "0"),
        ("part time_spent weight 100%", "log.spent -1", "100"),
        ("part time_spent weight 100% scaled from 4 to 2", "log.spent 3", "50"),
        ("part time_spent weight 100% scaled from 4 to 2", "log.spent 5", "0"),
        ("part unbounded weight 100%", "log.spent 5", "nothing"),
    ],
)
def test_a_composite(clauses: str, data: str, result: str) -> None:
    assert index(clauses, data)[1].amount == amount(result)


def test_a_composite_of_composites() -> None:
    assert index(TWO, DATA, "of_composites")[1].amount == (Fraction(65) + Fraction(175, 3)) / 2


def test_a_composite_rests_on_the_answers_of_its_smallest_part() -> None:
    """What a log tells is no answer; where nobody is asked the rows of the log are all there is."""
    assert index(TWO, "pulse.ease 4 5 6\nlog.spent 2 3")[1].rows == 3
    assert index("part time_spent weight 100%", "pulse.ease 4 5 6\nlog.spent 2 3")[1].rows == 2
    assert index(TWO, "log.spent 2 3")[1].rows == 0


def test_a_part_below_its_floor_breaches_the_whole() -> None:
    floors = "part ease_of_help weight 60% floor {} part time_spent weight 40% floor 75"
    at_the_floor, low = (index(floors.format(floor), DATA) for floor in (58, 59))
    assert at_the_floor[1].counts_as is None
    assert (low[1].amount, low[1].counts_as) == (65, "breached")
    composite = block(low[0], "index")
    assert isinstance(composite, nodes.Composite)
    assert [part.name for part in scaled_parts(low[0], composite, Scope(APRIL)) if part.broken] == ["ease_of_help"]
    assert "ease_of_help on the scale from 0 to 100: 58.3333…, below its floor of 59" in low[1].trace


def test_windows_are_apart() -> None:
    kpi = "kpi tried { serves help value mean of log.spent for each log.region better when higher }"
    assessment, tried, _ = told("tried", kpi, LOG)
    assert [group.name for group in assessment.groups(tried, window("2026-05-01", "2026-06-01"))] == ["west"]
