"""The number against the level: every decision, what doubt and silence do, steps, minimum, floors and small groups."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.evaluation.measuring import assessed, block
from tests.evaluation.paying import Told
from xladsl.evaluation.judging.verdicts import keeps, level_of
from xladsl.evaluation.scope import EVERYONE, Scope

if TYPE_CHECKING:
    from typing import Any

    from xladsl.evaluation.assessment import Assessment
    from xladsl.evaluation.results import Bounds, Judgement

SURVEY = """
stakeholder people "People" of contoso {{ {people} reported in groups of at least 5 }}
goal ease "Ease" {{ for people }}
survey pulse "Pulse" {{
  asks people
  sent each calendar month
  question mood 1 "bad" to 5 "good" asking "How was it?"
  columns at as time from "at", office from "office"
  run by contoso
}}
kpi happy "Happy" {{
  serves ease
  value share of pulse.mood in which mood >= 4
  better when higher
  empty counts as no data
}}
kpi mood "Mood" {{ serves ease value mean of pulse.mood better when higher empty counts as no data }}
kpi liked "Liked" {{
  serves ease
  value net score of pulse.mood counting 5 to 5 against 1 to 2
  better when higher
  empty counts as no data
}}
improvement plan mend "Mend" {{ owner owner_of_all presented within 10 days of the report }}
target trial "Trial" {{ {clauses} no data counts as inconclusive owner owner_of_all }}
"""


def answers(cells: str, at: str = "2026-04-15T12:00", office: str = "-") -> str:
    number = len(cells.split())
    return f"pulse.mood {cells}\npulse.at {' '.join([at] * number)}\npulse.office {' '.join([office] * number)}"


def trial(clauses: str, data: str = "", **facts: Any) -> Assessment:
    text = SURVEY.format(clauses=clauses, people="")
    return assessed(text, data, AsMeasured(**facts) if facts else None)


class AsMeasured(Told):
    """What is told, and nothing of what is not."""

    def verdict(self, name: str, window: Any) -> Any:
        return self.look("verdicts", name, window)


def judged(assessment: Assessment, month: str = "2026-04", name: str = "trial") -> Judgement:
    promise = block(assessment, name)
    window = assessment.windows_of(promise).named(month)
    assert window is not None
    return assessment.judged(promise, Scope(window, EVERYONE, promise))


def verdict(clauses: str, data: str, month: str = "2026-04") -> str:
    return judged(trial(clauses, data), month).verdict


GOOD_OF_TEN = answers("5 5 5 5 5 5 5 5 2 2")  # 80 %


@pytest.mark.parametrize(
    ("level", "wanted"),
    [
        ("at least 80%", "met"),
        ("at least 80.0001%", "breached"),
        ("above 80%", "breached"),
        ("above 79.9999%", "met"),
        ("exactly 80%", "met"),
        ("exactly 80.1%", "breached"),
    ],
)
def test_the_level_itself_is_compared_unrounded(level: str, wanted: str) -> None:
    assert verdict(f"kpi happy level {level} each calendar month", GOOD_OF_TEN) == wanted


@pytest.mark.parametrize(
    ("decision", "level", "wanted"),
    [
        ("measured", 85, "breached"),
        # Wilson's interval of 8 of 10 at 95 %: 49.0 % to 94.3 %.
        ("proven at 95%", 85, "inconclusive"),
        ("proven at 95%", 49, "met"),
        ("proven at 95%", 49.1, "inconclusive"),
        ("proven at 95%", 94.3, "inconclusive"),
        ("proven at 95%", 94.4, "breached"),
        ("not proven met at 95%", 49, "met"),
        ("not proven met at 95%", 49.1, "breached"),
        ("beyond 5 pp of the level", 85, "inconclusive"),
        ("beyond 4.9 pp of the level", 85, "breached"),
        ("beyond 5 pp of the level", 80, "met"),
    ],
)
def test_each_decision_at_its_edge(decision: str, level: float, wanted: str) -> None:
    clauses = f"kpi happy level at least {level}% each calendar month breached when {decision}"
    assert verdict(f"{clauses} unclear counts as inconclusive", GOOD_OF_TEN) == wanted


def test_the_interval_of_a_mean_and_of_a_net_score() -> None:
    mean = judged(
        trial("kpi mood level at least 3 each calendar month breached when proven at 95%", GOOD_OF_TEN)
    ).bounds
    score = judged(
        trial("kpi liked level at least 3 points each calendar month breached when proven at 95%", GOOD_OF_TEN)
    ).bounds
    assert mean is not None
    assert score is not None
    # The mean is 4.4, the deviation 1.2649…, and Student's factor for nine degrees 2.262157.
    assert mean.low == Fraction("3.495137135")
    assert mean.high == Fraction("5.304862865")
    assert score.method == "score interval"
    assert score.low is not None
    assert score.low < 60 < (score.high or 0)


def test_the_level_of_what_is_better_when_lower() -> None:
    assert keeps("at most", Fraction(3), Fraction(3))
    assert not keeps("below", Fraction(3), Fraction(3))
    assert keeps("below", Fraction(2), Fraction(3))


def width(bounds: Bounds | None) -> Fraction:
    assert bounds is not None
    assert bounds.low is not None
    assert bounds.high is not None
    return bounds.high - bounds.low


def test_one_answer_has_no_interval_of_a_mean() -> None:
    clauses = "kpi mood level at least 3 each calendar month breached when proven at 95%"
    assert verdict(f"{clauses} unclear counts as inconclusive", answers("5")) == "inconclusive"


def test_everyone_who_could_answer_did() -> None:
    """Of 640 people 600 answered: the interval is a third of what it would be of many."""
    clauses = "kpi happy level at least 80% each calendar month breached when proven at 95%"
    data = answers(" ".join(["5"] * 500 + ["1"] * 100))
    of_many, of_few = (
        judged(assessed(SURVEY.format(clauses=clauses, people=people), data)).bounds
        for people in ("", "population 640")
    )
    assert width(of_few) * 3 < width(of_many)
    assert width(judged(assessed(SURVEY.format(clauses=clauses, people="population 600"), data)).bounds) == 0


def test_too_few_answers_decide_nothing() -> None:
    clauses = "kpi happy level at least 85% each calendar month answers at least"
    assert verdict(f"{clauses} 10", GOOD_OF_TEN) == "breached"
    found = judged(trial(f"{clauses} 11", GOOD_OF_TEN))
    assert found.verdict == "inconclusive"
    assert found.reason == "10 answers, and it takes 11"


def test_a_margin_that_is_too_wide_decides_nothing() -> None:
    clauses = "kpi happy level at least 85% each calendar month margin at most"  # half of the interval is 22.7 points
    assert verdict(f"{clauses} 22 pp", GOOD_OF_TEN) == "inconclusive"
    assert verdict(f"{clauses} 23 pp", GOOD_OF_TEN) == "breached"


def test_below_the_minimum_no_result_is_acceptable() -> None:
    clauses = "kpi happy level at least 85% each calendar month breached when proven at 95% minimum"
    assert verdict(f"{clauses} 80.1% unclear counts as met", GOOD_OF_TEN) == "breached"
    assert verdict(f"{clauses} 80% unclear counts as met", GOOD_OF_TEN) == "met"


def test_a_step_holds_from_its_day_on() -> None:
    clauses = "kpi happy level at least 70% from 2026-04-01, 85% from 2026-05-01 each calendar month"
    data = GOOD_OF_TEN.replace(
        "pulse.at " + " ".join(["2026-04-15T12:00"] * 10),
        "pulse.at " + " ".join(["2026-04-15T12:00"] * 5 + ["2026-05-15T12:00"] * 5),
    )
    assessment = trial(clauses, data)
    assert [judged(assessment, month).verdict for month in ("2026-03", "2026-04", "2026-05")] == [
        "inconclusive",
        "met",
        "breached",
    ]
    assert judged(assessment, "2026-03").reason == "no level holds yet"


def test_a_step_inside_of_a_window_waits_for_the_next() -> None:
    assessment = trial("kpi happy level at least 70%, 85% from 2026-04-02 each calendar month", GOOD_OF_TEN)
    promise = block(assessment, "trial")
    window = assessment.windows_of(promise).named("2026-04")
    assert window is not None
    assert level_of(assessment, promise, Scope(window, EVERYONE, promise)) == Fraction(7, 10)


def test_a_level_is_counted_from_the_baseline() -> None:
    clauses = "kpi happy level at least baseline + 5 pp baseline {} from 2025-10-01 to 2025-12-31 each calendar month"
    assert verdict(clauses.format("75%"), GOOD_OF_TEN) == "met"
    assert verdict(clauses.format("75.1%"), GOOD_OF_TEN) == "breached"


def test_levels_for_different_rows_are_judged_on_their_rows() -> None:
    """Together they would be met: 8 of 10. In Berlin it is 1 of 2, and 60 % are promised."""
    clauses = (
        'kpi happy level at least 80% where office is not "Berlin", 60% where office is "Berlin" each calendar month'
    )
    data = answers("5 5 5 5 5 5 5 5 1 1")
    offices = "pulse.office " + " ".join(["Aarhus"] * 7 + ["Berlin", "Berlin", "Aarhus"])
    data = "\n".join([*data.splitlines()[:2], offices])
    found = judged(trial(clauses, data))
    assert (found.verdict, found.level, found.measured.amount) == ("breached", Fraction(6, 10), Fraction(1, 2))


def test_rows_of_all_tests_are_not_those_of_any_of_them() -> None:
    """Both rows of Aarhus are good, and of all rows two in five."""
    both, either = (f'office is "Aarhus" {word} mood >= 1' for word in ("and", "or"))
    clauses = f"kpi happy level at least 90% where {both}, 60% where {either} each calendar month"
    data = [*answers("5 5 1 1 1").splitlines()[:2], "pulse.office Aarhus Aarhus Berlin Berlin Berlin"]
    found = judged(trial(clauses, "\n".join(data)))
    assert (found.verdict, found.level, found.measured.amount) == ("breached", Fraction(6, 10), Fraction(2, 5))


def test_business_days_are_told_as_days() -> None:
    text = """
    tickets desk { columns opened as time from "o", resolved as time from "r" }
    sla quick {
      value mean of (desk.resolved - desk.opened) better when lower level at most 2 business days
      each calendar month during office_hours owner owner_of_all no data counts as breached
    }
    """
    found = assessed(text, "desk.opened 2026-04-07T08:00\ndesk.resolved 2026-04-08T17:00")
    assert judged(found, name="quick").reason == "2 business days is at most 2 business days"


def test_doubt_and_silence_have_the_effect_that_is_agreed() -> None:
    clauses = "kpi happy level at least 85% each calendar month answers at least 11 unclear"
    assert verdict(f"{clauses} counts as met", GOOD_OF_TEN) == "met"
    assert verdict(f"{clauses} counts as breached", GOOD_OF_TEN) == "breached"
    found = judged(trial(f"{clauses} leads to mend", GOOD_OF_TEN))
    assert (found.verdict, found.leads_to) == ("inconclusive", ("mend",))
    empty = judged(trial("kpi happy level at least 85% each calendar month"), "2026-04")
    assert empty.verdict == "inconclusive"  # no data counts as inconclusive


def test_answers_are_kept_and_judged_with_the_next_window() -> None:
    """Six answers in April and six in May: too few each, and enough together."""
    clauses = "kpi happy level at least 60% each calendar month answers at least 10 unclear extends to the next month"
    months = ["2026-04-15T12:00"] * 6 + ["2026-05-15T12:00"] * 6 + ["2026-06-15T12:00"] * 6
    data = f"pulse.mood {' '.join(['5'] * 6 + ['1'] * 6 + ['5'] * 6)}\npulse.at {' '.join(months)}"
    assessment = trial(clauses, data)
    april, may, june = (judged(assessment, month) for month in ("2026-04", "2026-05", "2026-06"))
    assert (april.verdict, april.measured.rows) == ("inconclusive", 6)
    assert (may.verdict, may.measured.rows) == ("breached", 12)
    assert (june.verdict, june.measured.rows) == ("inconclusive", 6)  # May was decided, and nothing of it is kept


def test_a_value_that_is_told_of_a_window_is_that_of_no_other() -> None:
    clauses = (
        "kpi happy level at least 80% each calendar month breached when beyond 5 pp of the level"
        " unclear extends to the next month"
    )
    told = {"trial@2026-04": Fraction(78, 100), "trial@2026-05": Fraction(70, 100)}
    assessment = trial(clauses, values=told)
    assert judged(assessment, "2026-04").verdict == "inconclusive"
    assert judged(assessment, "2026-05").verdict == "breached"


def test_before_a_service_has_begun_nothing_is_judged() -> None:
    clauses = "kpi happy for help_desk level at least 85% each calendar month"
    service = 'service help_desk "Desk" { by northwind starts 2026-04-10 }'
    text = SURVEY.format(clauses=clauses, people="") + service
    assert judged(assessed(text), "2026-03").reason == "the service has not begun"
    whole = judged(assessed(text, GOOD_OF_TEN), "2026-04")
    assert (whole.verdict, whole.measured.amount) == ("breached", Fraction(8, 10))
    left_out = text.replace('kpi happy "Happy" {', 'kpi happy "Happy" { partial periods are left out ')
    assert judged(assessed(left_out, GOOD_OF_TEN), "2026-04").reason == "a window that is cut short is left out"


def test_whose_fault_it_is_that_there_are_no_data_is_for_the_parties() -> None:
    text = SURVEY.format(clauses="kpi happy level at least 85% each calendar month", people="").replace(
        "no data counts as inconclusive",
        "no data counts as breached when northwind caused it, otherwise extends to the next month",
    )
    found = judged(assessed(text))
    assert found.verdict == "no data"
    assert "`northwind` caused it" in found.reason


def test_nothing_follows_where_nothing_is_owed() -> None:
    clauses = "kpi happy level at least 85% each calendar month breach leads to mend"
    assert judged(trial(clauses, GOOD_OF_TEN)).leads_to == ("mend",)
    assert judged(trial(f"{clauses} force informative", GOOD_OF_TEN)).leads_to == ()


def test_a_warning_comes_early() -> None:
    clauses = "kpi happy level at least 75% each calendar month warned below"
    assert judged(trial(f"{clauses} the level + 6 pp", GOOD_OF_TEN)).warned
    assert not judged(trial(f"{clauses} the level + 5 pp", GOOD_OF_TEN)).warned


def test_a_verdict_that_is_given_stands() -> None:
    assessment = trial("kpi happy level at least 85% each calendar month", GOOD_OF_TEN, verdicts={"trial": "met"})
    assert (judged(assessment).verdict, judged(assessment).reason) == ("met", "it is given so")


# ------------------------------------------------------------------------------------------------------- small groups


def offices(**counts: int) -> list[tuple[str, bool]]:
    """Which groups are hidden, of offices with so many answers."""
    text = SURVEY.format(clauses="kpi happy level at least 75% each calendar month", people="").replace(
        'kpi happy "Happy" {', 'kpi happy "Happy" { for each pulse.office '
    )
    names = [name for name, number in counts.items() for _ in range(number)]
    data = f"pulse.mood {' '.join(['5'] * len(names))}\npulse.office {' '.join(names)}"
    assessment = assessed(text, data)
    promise = block(assessment, "trial")
    window = assessment.windows_of(promise).named("2026-04")
    assert window is not None
    groups = assessment.groups(promise, window)
    return [(group.name, assessment.judged(promise, Scope(window, group, promise)).hidden) for group in groups]


def test_a_group_in_which_somebody_could_be_recognised_is_not_shown() -> None:
    assert offices(aarhus=9, berlin=4, odense=3) == [("aarhus", False), ("berlin", True), ("odense", True)]


def test_a_single_hidden_group_would_be_the_rest_of_all() -> None:
    assert offices(aarhus=9, berlin=6, odense=4) == [("aarhus", False), ("berlin", True), ("odense", True)]
    assert offices(aarhus=9, berlin=6, odense=5) == [("aarhus", False), ("berlin", False), ("odense", False)]
