"""Values against what somebody finds with a pencil."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.measuring import APRIL, amount, assessed, block, window
from xladsl import resources
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.given import Given
from xladsl.evaluation.results import Measured, Spread
from xladsl.evaluation.rows.table import Table
from xladsl.evaluation.scope import Scope
from xladsl.evaluation.values.aggregates import mean_of
from xladsl.evaluation.values.formulas import shown, value_of
from xladsl.model import expressions
from xladsl.model.measures import expanded
from xladsl.model.units import BUSINESS, CALENDAR, CLOCK

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
kpi liked "Liked" { serves help value nps of pulse.of_ten }
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


# ------------------------------------------------------------------------------------------- slices, hours, exclusions

NOTHING_YET = "share of each {} in which (count of log) = 0"


@pytest.mark.parametrize(
    ("slice_of_time", "start", "end", "number"),
    [
        ("5 min", "2026-04-01", "2026-05-01", 30 * 288),
        ("5 min", "2026-03-01", "2026-04-01", 31 * 288 - 12),
        ("5 min", "2026-10-01", "2026-11-01", 31 * 288 + 12),
        ("7 h", "2026-04-01", "2026-04-02", 4),
        ("7 h", "2026-03-29", "2026-03-30", 4),
        ("7 h", "2026-10-25", "2026-10-26", 4),
        ("8 h", "2026-10-25", "2026-10-26", 4),
        ("1 days", "2026-03-01", "2026-04-01", 31),
        ("1 days", "2026-10-01", "2026-11-01", 31),
        ("2 days", "2026-01-01", "2026-01-06", 3),
        ("1 weeks", "2026-04-01", "2026-05-01", 5),
        ("1 months", "2026-01-01", "2026-04-01", 3),
        ("2 months", "2026-01-01", "2026-04-01", 2),
        ("1 quarters", "2026-02-15", "2026-05-01", 2),
        ("1 years", "2026-01-01", "2028-01-01", 2),
        ("1 business days", "2026-04-01", "2026-05-01", 22),
        ("1 s", "2026-04-01", "2026-04-02", 86_400),
        ("5 min", "2026-04-01T10:02", "2026-04-01T10:11", 3),
    ],
)
def test_how_many_slices_there_are(slice_of_time: str, start: str, end: str, number: int) -> None:
    found = value(NOTHING_YET.format(slice_of_time), scope=Scope(window(start, end)))
    assert found.amount == 1
    assert found.denominator == number


HOURS_AND_WORKS = """
outages works { columns from_then as time from "b", to_then as time from "e" lasting from from_then to to_then }
maintenance planned { recorded in works }
sla calm "Calm" {
  value share of each 1 h in which (count of log) = 0
  better when higher
  level at least 99%
  each calendar month
  during office_hours
  leaving out planned
  owner owner_of_all
}
"""


def test_slices_count_from_the_first_day_of_the_service() -> None:
    text = """
    service late "Late" { by northwind starts 2026-04-11 }
    sla calm {
      for late
      value share of each 1 h in which (count of log) = 0
      better when higher
      level at least 99% each calendar month owner owner_of_all
    }
    """
    assessment = assessed(SOURCES + text, "log.at 04-12T10:30")
    calm = block(assessment, "calm")
    assert assessment.measured(calm, Scope(APRIL, promise=calm)).amount == Fraction(479, 480)


def test_days_and_longer_parts_count_if_any_hour_of_them_counts() -> None:
    data = "log.at 04-02T12:00 04-05T20:00\nlog.flag yes no"
    by_day = HOURS_AND_WORKS.replace(
        "share of each 1 h in which (count of log) = 0", "mean over each 1 day of (count of log)"
    )
    assessment = assessed(SOURCES + by_day.replace("at least 99%", "at least 1"), data)
    calm = block(assessment, "calm")
    assert assessment.measured(calm, Scope(APRIL, promise=calm)).amount == Fraction(1, 21)


def test_the_parts_of_time_have_their_lengths_in_the_calendar() -> None:
    data = "interruptions.began 03-28T12:00\ninterruptions.ended 03-30T12:00"
    scope = Scope(window("2026-03-01", "2026-04-01"))
    assert value("highest over each 1 day of (length of down)", data, scope=scope).amount == 23 * 3600
    assert value("sum over each 7 h of (length of down)", data, scope=scope).amount == 47 * 3600
    assert value("lowest over each 1 day of (length of the window)", data, scope=scope).amount == 23 * 3600
    assert value("highest over each interruptions.cause of (length of down)", CAUSES, scope=scope).amount == 2 * 3600


CAUSES = """
interruptions.began 03-28T12:00 03-28T12:00 03-28T13:30
interruptions.ended 03-28T13:00 03-28T13:00 03-28T14:30
interruptions.cause power line line
"""


def test_slices_count_if_they_begin_in_hours_that_count() -> None:
    """21 working days of nine hours, less the two hours that begin in planned work; a row at noon and one at night."""
    data = """
    works.from_then 04-01T10:00
    works.to_then 04-01T11:30
    log.at 04-02T12:00 04-02T20:00
    """
    assessment = assessed(SOURCES + HOURS_AND_WORKS, data)
    calm = block(assessment, "calm")
    found = assessment.measured(calm, Scope(APRIL, promise=calm))
    assert found.numerator == 21 * 9 - 3
    assert found.denominator == 21 * 9 - 2


# ---------------------------------------------------------------------------------------------- what is empty or given


class Told(Given):
    """Some facts, whatever the window."""

    def __init__(self, **facts: str) -> None:
        self.facts = {name.replace("__", "."): amount(each) for name, each in facts.items()}

    def value(self, name: str, window: Any) -> Fraction | None:
        return self.facts.get(name)

    def count(self, name: str, window: Any) -> Fraction | None:
        return self.facts.get(f"count {name}")


PROMISES = """
kpi plain {{ serves help value {} {} better when higher }}
sla own {{
  kpi plain {}
  level at least 1% each calendar month no data counts as breached owner owner_of_all
}}
"""
IN_TIME = "share of log in which flag is yes"


@pytest.mark.parametrize(
    ("of_the_kpi", "of_the_promise", "result", "counts_as"),
    [
        ("", "", "nothing", None),
        ("empty counts as met", "", "nothing", "met"),
        ("empty counts as no data", "", "nothing", "no data"),
        ("empty counts as 100%", "", "100%", None),
        ("empty counts as 100%", "empty counts as breached", "nothing", "breached"),
        ("empty counts as met", "empty counts as 0%", "0%", None),
    ],
)
def test_what_is_empty_counts_as_the_promise_says_or_else_the_kpi(
    of_the_kpi: str, of_the_promise: str, result: str, counts_as: str | None
) -> None:
    assessment = assessed(SOURCES + PROMISES.format(IN_TIME, of_the_kpi, of_the_promise))
    own = block(assessment, "own")
    found = assessment.measured(own, Scope(APRIL, promise=own))
    assert (found.amount, found.counts_as, found.rows) == (amount(result), counts_as, 0)
    nowhere = Assessment(assessment.contract, Table({}))
    found = nowhere.measured(own, Scope(APRIL, promise=own))
    assert (found.amount, found.counts_as, found.trace) == (None, None, ("there are no data of log",))


def test_a_measure_says_what_empty_counts_as() -> None:
    assert value("resp_in_time of log (opened log.submitted, answered log.contacted, limit 4 h)").counts_as == "met"
    inside = "highest of (50%, 100% - resp_in_time of log (opened log.submitted, answered log.contacted, limit 4 h))"
    assert value(inside).counts_as is None


@pytest.mark.parametrize(
    ("facts", "formula", "result"),
    [
        ({"plain": "42%"}, IN_TIME, "42%"),
        ({"own": "41%", "plain": "42%"}, IN_TIME, "41%"),
        ({"count log": "7"}, "count of log / 70", "10%"),
        ({"count log.score": "7"}, "count of log.score / 70", "10%"),
        ({"log__part": "12%"}, "mean of log.part", "12%"),
        ({"log__part": "12%"}, "percentile 95 of log.part", "12%"),
        ({"pulse__of_ten": "5"}, "net score of pulse.of_ten counting 9 to 10 against 0 to 6 / 100 points", "5%"),
        ({"ease": "4"}, "ease / 5", "80%"),
        ({"lowest_number": "3"}, "lowest_number / 4", "75%"),
    ],
)
def test_what_is_given_goes_before_what_is_measured(facts: dict[str, str], formula: str, result: str) -> None:
    assessment = assessed(SOURCES + PROMISES.format(formula, "", ""), given=Told(**facts))
    own = block(assessment, "own")
    assert assessment.measured(own, Scope(APRIL, promise=own)).amount == amount(result)


# -------------------------------------------------------------------------------------- what an interval is made from


def test_what_a_share_rests_on() -> None:
    found = value(IN_TIME, LOG)
    assert [found.numerator, found.denominator] == [Fraction(2), Fraction(4)]
    assert found.spread == Spread("share", 4, (Fraction(2),))
    turned = value("100% - (share of log in which flag is yes)", "log.flag yes yes no")
    assert [turned.numerator, turned.denominator] == [Fraction(1), Fraction(3)]
    assert turned.spread == Spread("share", 3, (Fraction(1),))


@pytest.mark.parametrize(
    "predicate",
    [
        *("of_seven >= 6", "of_seven is 4", "of_seven is not 4", "of_seven is empty", "not (of_seven > 2)"),
        *("of_seven > 2 and of_five < 4", "of_seven is one of (1, 7) or of_five is not empty", "of_seven > of_five"),
        *("of_seven > 4.5", "region is empty", "of_seven - of_five > 1", "of_seven > 2 or region is not empty"),
    ],
)
def test_a_share_of_answers_is_a_count_over_a_count(predicate: str) -> None:
    data = "pulse.of_seven 1 2 4 4 - 7 6\npulse.of_five 1 - 4 3 - 2 5\npulse.region a - a b - - b"
    share = value(f"share of pulse in which {predicate}", data)
    assert share.numerator == value(f"count of pulse where {predicate}", data).amount
    assert (share.rows, share.denominator) == (7, Fraction(7))


def test_what_a_net_score_rests_on() -> None:
    found = value("nps of pulse.of_ten", "pulse.of_ten 10 9 7 6 -")
    assert found.spread == Spread("net score", 4, (Fraction(2), Fraction(1)))


def test_what_a_mean_rests_on() -> None:
    found = value("2 × mean of pulse.of_seven", "pulse.of_seven 7 5 - 5")
    assert found.spread == Spread("mean", 3, (Fraction(34), Fraction(4 * 99)))
    promised = PROMISES.format("mean of log.part", "", "breached when proven at 95%")
    assessment = assessed(SOURCES + promised, "log.part 10 20 -")
    own = block(assessment, "own")
    found = assessment.measured(own, Scope(APRIL, promise=own))
    assert found.spread == Spread("mean", 2, (Fraction(3, 10), Fraction(1, 20)))
    assert assessment.measured(own, Scope(APRIL)).spread is None


def test_what_a_percentile_rests_on() -> None:
    promised = PROMISES.format("percentile 95 of log.part", "", "breached when proven at 95%")
    assessment = assessed(SOURCES + promised, "log.part 10 20 10")
    own = block(assessment, "own")
    found = assessment.measured(own, Scope(APRIL, promise=own))
    assert found.spread == Spread("percentile", 3, (Fraction(95),), ((Fraction(1, 10), 2), (Fraction(1, 5), 1)))


def test_what_is_shown_beside_a_value() -> None:
    assessment = assessed(f"{SOURCES}kpi tested {{ serves help value nps of pulse.of_ten }}", "pulse.of_ten 9 3 9")
    found = shown(assessment, block(assessment, "tested"), Scope(APRIL))
    assert found is not None
    assert found.spread is not None
    assert found.spread.histogram == ((Fraction(3), 1), (Fraction(9), 2))
    assert shown(assessment, block(assessment, "ease"), Scope(APRIL)) is None


def test_the_level_says_by_which_clock_time_is_told() -> None:
    """From Thursday 15:00 to Friday 10:00: nineteen hours, four of them of business, four ninths of a business day."""
    text = """
    kpi taken {{ serves help value mean of (log.contacted - log.submitted) better when lower empty counts as no data }}
    sla own {{ kpi taken level at most {} each calendar month during office_hours owner owner_of_all }}
    """
    data = "log.submitted 04-02T15:00\nlog.contacted 04-03T10:00"
    for level, taken, unit in (
        ("4 h", 19 * 3600, CLOCK),
        ("4 business hours", 4 * 3600, BUSINESS),
        ("2 business days", Fraction(4, 9), "business days"),
        ("2 days", 19 * 3600, CALENDAR),
    ):
        assessment = assessed(SOURCES + text.format(level), data)
        own = block(assessment, "own")
        found = assessment.measured(own, Scope(APRIL, promise=own))
        assert (found.amount, found.unit) == (taken, unit)


# ----------------------------------------------------------------------------------------------------------- in general

ANSWERS = st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=30)


@settings(max_examples=60, deadline=None)
@given(ANSWERS, st.integers(1, 100))
def test_ranks_are_those_of_a_sorted_list(answers: list[int | None], rank: int) -> None:
    cells = " ".join("-" if each is None else str(each) for each in answers)
    ordered = sorted(each for each in answers if each is not None)
    data = f"pulse.of_ten {cells}" if answers else ""
    assessment = assessed(SOURCES, data)
    found = {name: value_of(assessment, each, Scope(APRIL)).amount for name, each in ranks(assessment, rank).items()}
    if not ordered:
        assert set(found.values()) == {None}
        return
    assert found["percentile"] == ordered[-(-rank * len(ordered) // 100) - 1]
    assert found["median"] == median([Fraction(each) for each in ordered])
    assert found["mean"] == Fraction(sum(ordered), len(ordered))
    assert found["net score"] == Fraction(
        100 * (sum(each >= 9 for each in ordered) - sum(each <= 6 for each in ordered)), len(ordered)
    )


def ranks(assessment: Assessment, rank: int) -> dict[str, Any]:
    """Four formulas of one question, the percentile of any rank."""
    score: Any = expanded(block(assessment, "liked").value)
    plain = mean_of(score.of)
    percentile = expressions.Percentile(
        rank=Decimal(rank), of=score.of, leaving_out_these=[], **dict.fromkeys(NARROWED)
    )
    middle = mean_of(score.of)
    middle.kind = "median"
    return {"percentile": percentile, "median": middle, "mean": plain, "net score": score}


NARROWED = ("where", "longer_than", "at_least_long", "joined_within", "weighted_by")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 29), st.booleans()), max_size=20), st.randoms())
def test_the_order_of_rows_and_the_cut_of_slices_change_nothing(rows: list[tuple[int, bool]], chance: Any) -> None:
    formulas = ("mean over each 1 days of (count of log)", "sum over each 1 h of (count of log)", "count of log")
    shuffled = list(rows)
    chance.shuffle(shuffled)
    found = []
    for told in (rows, shuffled):
        data = "\n".join(
            [
                "log.at " + " ".join(f"2026-04-{day + 1:02}T10:00" for day, _ in told),
                "log.flag " + " ".join("yes" if good else "no" for _, good in told),
            ]
        )
        found.append([value(formula, data if told else "").amount for formula in formulas])
    assert found[0] == found[1] == [Fraction(len(rows), 30), len(rows), len(rows)]
