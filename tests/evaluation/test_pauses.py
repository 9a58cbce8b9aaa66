"""Time that a log takes away from the time between two moments of a ticket."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.evaluation.measuring import APRIL, assessed, block, window
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.instants.windows import Window
from xladsl.evaluation.results import Measured
from xladsl.evaluation.rows.table import Table
from xladsl.evaluation.scope import Scope

TEXT = """
tickets desk {
  columns number from "n", opened as time from "o", resolved as time from "r", took as duration in hours from "t"
  one row for each number
  PAUSES
}
outages states {
  columns number from "n", state from "s", entered as time from "e", left as time from "l"
  lasting from entered to left
}
kpi tried { serves help value FORMULA better when lower }
sla hours {
  value count of desk
  level at least 1
  each calendar month
  during office_hours
  owner owner_of_all
}
"""
WAITING = 'pauses while state is "waiting", recorded in states'

ROWS = """
desk.number A B C D
desk.opened 04-02T08:00 04-02T08:00 04-02T08:00 04-02T08:00
desk.resolved 04-02T16:00 04-02T16:00 04-02T16:00 -
states.number A A A B C E
states.state waiting waiting open waiting waiting waiting
states.entered 04-02T09:00 04-02T10:00 04-02T12:00 04-02T07:00 04-02T15:00 04-02T08:00
states.left 04-02T11:00 04-02T12:00 04-02T15:00 04-02T09:00 - 04-02T16:00
"""


def found(formula: str, pauses: str = WAITING, data: str = ROWS, promised: bool = False) -> Measured:
    assessment = assessed(TEXT.replace("PAUSES", pauses).replace("FORMULA", formula), data)
    promise = block(assessment, "hours") if promised else None
    return assessment.measured(block(assessment, "tried"), Scope(APRIL, promise=promise))


@pytest.mark.parametrize(
    ("limit", "number"),
    [("5 h", 1), ("6 h", 1), ("7 h", 3), ("299 min", 0), ("300 min", 1), ("5 business hours", 1)],
)
def test_a_log_stops_the_clock(limit: str, number: int) -> None:
    """Of eight hours A waited three, which two rows cover; B one, for it waited before too; C one, and still does."""
    assert found(f"count of desk where resolved - opened <= {limit}").amount == number


def test_a_mean_and_a_percentile() -> None:
    assert found("mean of (desk.resolved - desk.opened)").amount == Fraction(5 + 7 + 7, 3) * 3600
    assert found("median of (desk.resolved - desk.opened)").amount == 7 * 3600


@pytest.mark.parametrize(
    ("most", "hours"),
    [("2 h", 6), ("150 min", Fraction(11, 2)), ("3 h", 5), ("1 day", 5), ("1 month", 5), ("2 business hours", 6)],
)
def test_a_pause_counts_up_to_its_bound(most: str, hours: Fraction) -> None:
    pauses = f"{WAITING}, at most {most}"
    assert found('mean of (desk.resolved - desk.opened) where desk.number is "A"', pauses).amount == hours * 3600


def test_business_time_stops_only_while_it_runs() -> None:
    """From Thursday 15:00 to Tuesday 10:00 there are 2 + 9 + 2 hours; the pause takes Friday from 16:00 on."""
    data = """
    desk.number A
    desk.opened 04-02T15:00
    desk.resolved 04-07T10:00
    states.number A
    states.state waiting
    states.entered 04-03T16:00
    states.left 04-07T07:00
    """
    counted = "count of desk where resolved - opened = {} business hours"
    assert found(counted.format(12), data=data, promised=True).amount == 1
    assert found("count of desk where resolved - opened = 2 business days", data=data, promised=True).amount == 0
    bounded = f"{WAITING}, at most 30 business minutes"
    assert found(counted.format(12.5), bounded, data, promised=True).amount == 1


def test_two_clauses_have_a_bound_each_and_no_moment_counts_twice() -> None:
    both = f'{WAITING}, at most 2 h\n  pauses while state is "open", recorded in states'
    assert found('mean of (desk.resolved - desk.opened) where desk.number is "A"', both).amount == 3 * 3600


def test_moments_that_are_only_compared_with_each_other_know_no_pause() -> None:
    assert found("count of desk where resolved > opened").amount == 3


def test_a_duration_column_is_a_length_too() -> None:
    data = f"{ROWS}\ndesk.took 5h 6h 7h 1h"
    assert found("count of desk where resolved - opened <= took", data=data).amount == 2


def test_backwards_it_is_as_much_shorter() -> None:
    assert found('mean of (desk.opened - desk.resolved) where desk.number is "A"').amount == -5 * 3600


def test_two_sources_with_columns_of_one_name_pause_each_for_itself() -> None:
    tickets = TEXT[: TEXT.index("outages")]
    text = TEXT + tickets.replace("desk", "field_desk") + "kpi other { serves help value FORMULA better when lower }"
    text = text.replace("FORMULA", "mean of (desk.resolved - desk.opened)", 1)
    text = text.replace("FORMULA", "mean of (field_desk.resolved - field_desk.opened)").replace("PAUSES", WAITING)
    others = "field_desk.number B\nfield_desk.opened 04-02T08:00\nfield_desk.resolved 04-02T16:00"
    assessment = assessed(text, f"{ROWS}\n{others}")
    found = [assessment.measured(block(assessment, name), Scope(APRIL)).amount for name in ("tried", "other")]
    assert found == [Fraction(5 + 7 + 7, 3) * 3600, 7 * 3600]


def test_a_bound_of_a_month_is_as_long_as_the_month_that_is_asked_about() -> None:
    """Whichever month is asked about first."""
    text = TEXT.replace("PAUSES", f"{WAITING}, at most 1 month")
    text = text.replace("FORMULA", "mean of (desk.resolved - desk.opened)")
    data = """
    desk.number A B
    desk.opened 2026-02-01 2026-03-01
    desk.resolved 2026-05-01 2026-05-01
    states.number A B
    states.state waiting waiting
    states.entered 2026-02-01 2026-03-01
    states.left 2026-04-30 2026-05-01
    """
    february, march = window("2026-02-01", "2026-03-01"), window("2026-03-01", "2026-04-01")

    def lengths(*windows: Window) -> dict[Window, object]:
        assessment = assessed(text, data)
        return {each: assessment.measured(block(assessment, "tried"), Scope(each)).amount for each in windows}

    assert lengths(february, march) == lengths(march, february)


def test_without_a_log_nothing_is_subtracted() -> None:
    assert found("count of desk where resolved - opened <= 7 h", "").amount == 0


def test_a_log_without_data_leaves_no_value() -> None:
    assessment = assessed(TEXT.replace("PAUSES", WAITING).replace("FORMULA", "mean of (desk.resolved - desk.opened)"))
    alone = Assessment(assessment.contract, Table({}))
    assert alone.measured(block(alone, "tried"), Scope(APRIL)).trace == ("there are no data of states",)
