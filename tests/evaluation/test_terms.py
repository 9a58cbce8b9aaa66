"""Which rows a predicate is true of, and what a formula comes to in a row."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.evaluation.measuring import APRIL, amount, assessed, block, contract, moment, window
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.rows import terms
from xladsl.evaluation.rows.counting import BUSINESS_DAYS, BUSINESS_TIME, DAYS
from xladsl.evaluation.rows.requests import Cell, ColumnCell, Listing, Reading
from xladsl.evaluation.rows.scales import Scaled
from xladsl.evaluation.rows.table import ARRIVED, Rows, Table
from xladsl.evaluation.rows.terms import dated, rows_in, term_of
from xladsl.evaluation.scope import Scope
from xladsl.model import nodes
from xladsl.model.units import BUSINESS, CALENDAR, CLOCK, MOMENT, MONEY, NUMBER, PERCENT, RATIO

SOURCES = """
tickets desk {
  columns number as number from "n", opened as time from "o", resolved as time from "r", answered as time from "a",
    priority from "p", hours as number from "h", took as duration in hours from "t", closed as date from "c",
    done as yes or no from "d", part as percent from "s", price as money from "m"
}
survey pulse {
  asks staff
  sent each calendar quarter
  question ease 1 to 7 asking "?"
  columns ease as number from "e", answered_at as time from "a", site from "x"
}
parameter allowed "Allowed" { value 4 h from 2026-01-01, 8 h from 2026-05-01 }
parameter least "Least" { value 2.5 }
kpi tried { serves help value count of desk where PREDICATE better when higher }
sla hours {
  value share of desk in which done is yes
  level at least 1%
  each calendar month
  during office_hours
  owner owner_of_all
}
"""

ROWS = """
desk.number 1 2 3 4
desk.opened 04-02T15:00 04-02T15:00 04-04T12:00 04-07T08:00
desk.resolved 04-02T19:00 04-07T15:00 04-04T13:00 -
desk.answered 04-02T15:30 - 04-04T12:00 04-07T08:00:01
desk.priority P1 P2 - P3
desk.hours 4 2.5 - 1000
desk.took 4h 30min 0h -
desk.closed 04-02 04-07 04-04 -
desk.done yes no - yes
desk.part 12.5 0 100 -
desk.price 9.99 10 - 10.01
"""


def tried(predicate: str, data: str = ROWS, promised: bool = False) -> list[int]:
    """The numbers of the rows of which a predicate is true."""
    assessment = assessed(SOURCES.replace("PREDICATE", predicate), data)
    desk = block(assessment, "desk")
    scope = Scope(APRIL, promise=block(assessment, "hours") if promised else None)
    test = terms.test_of(assessment, block(assessment, "tried").value.where, desk, scope)
    listed = assessment.engine.listed(Listing("desk", (ColumnCell("number"),), test))
    return [number // 1_000_000 for (number,) in listed if isinstance(number, int)]


@pytest.mark.parametrize(
    ("predicate", "rows"),
    [
        ('priority is "P1"', [1]),
        ('priority is not "P1"', [2, 4]),
        ('not (priority is "P1")', [2, 3, 4]),
        ('not (priority is not "P1")', [1, 3]),
        ('priority is one of ("P1", "P3")', [1, 4]),
        ('not (priority is one of ("P1", "P3"))', [2, 3]),
        ("priority is empty", [3]),
        ("priority is not empty", [1, 2, 4]),
        ('priority > "P1"', []),
        ("done is yes", [1, 4]),
        ("done is no", [2]),
        ("done is not yes", [2]),
        ("not (done is yes)", [2, 3]),
        ("hours < 4", [2]),
        ("hours <= 4", [1, 2]),
        ("hours > 2.5", [1, 4]),
        ("hours >= 2.5", [1, 2, 4]),
        ("hours = 4", [1]),
        ("hours is 4", [1]),
        ("hours is not 4", [2, 4]),
        ("hours is at least 1,000", [4]),
        ("hours is above 1,000", []),
        ("hours is at most 2.5", [2]),
        ("hours is below 2.5", []),
        ("4 > hours", [2]),
        ("hours <= least", [2]),
        ("hours is one of (4, 2.5, 7)", [1, 2]),
        ("hours < 2.5000001", [2]),
        ("hours = 2.5000001", []),
        ("hours is not 2.5000001", [1, 2, 4]),
        ("hours - number >= 1", [1, 4]),
        ("number - hours < 0", [1, 2, 4]),
        ("hours + hours <= 5", [2]),
        ("hours = hours", [1, 2, 4]),
        ("took <= 30 min", [2, 3]),
        ("took < 1,800 s", [3]),
        ("took <= allowed", [1, 2, 3]),
        ("took > 250 ms", [1, 2]),
        ("part >= 12.5%", [1, 3]),
        ("part < 0.00000001%", [2]),
        ("price > EUR 10.00", [4]),
        ("price <= EUR 9.99", [1]),
        ("4 <= 4", [1, 2, 3, 4]),
        ("4 < 4", []),
    ],
)
def test_predicates(predicate: str, rows: list[int]) -> None:
    assert tried(predicate) == rows


@pytest.mark.parametrize(
    ("predicate", "rows"),
    [
        ("resolved - opened <= 4 h", [1, 3]),
        ("resolved - opened < 4 h", [3]),
        ("resolved - opened <= allowed", [1, 3]),
        ("resolved - opened <= took", [1]),
        ("resolved - opened >= took + 1 h", [2, 3]),
        ("4 h >= resolved - opened", [1, 3]),
        ("resolved <= opened + 4 h", [1, 3]),
        ("resolved - 4 h <= opened", [1, 3]),
        ("opened is at least 2026-04-04", [3, 4]),
        ("opened is below 2026-04-02 15:00", []),
        ("opened is at most 2026-04-02 15:00", [1, 2]),
        ("opened = 2026-04-07 08:00", [4]),
        ("closed is 2026-04-04", [3]),
        ("resolved - closed >= 15 h", [1, 2]),
        ("earliest of (resolved, answered) is below 2026-04-02 16:00", [1]),
        ("latest of (resolved, answered) is above 2026-04-07 08:00", [2, 4]),
        ("earliest of (resolved, answered) - opened <= 30 min", [1, 3, 4]),
        ("opened falls in office_hours", [1, 2, 4]),
        ("resolved falls in office_hours", [2]),
        ("resolved - opened <= 5 days", [1, 2, 3]),
        ("resolved - opened < 5 days", [1, 3]),
        ("resolved - opened >= 5 days", [2]),
    ],
)
def test_moments(predicate: str, rows: list[int]) -> None:
    assert tried(predicate) == rows


@pytest.mark.parametrize(
    ("predicate", "rows"),
    [
        ("resolved - opened <= 2 business hours", [1, 3]),
        ("resolved - opened < 2 business hours", [3]),
        ("resolved - opened = 120 business minutes", [1]),
        ("resolved - opened >= 18 business hours", [2]),
        ("resolved - opened > 18 business hours", []),
        ("resolved <= opened + 2 business hours", [1, 3]),
        ("resolved - opened <= 2 business days", [1, 2, 3]),
        ("resolved - opened < 2 business days", [1, 3]),
        ("resolved - opened <= 1 working day", [1, 3]),
        ("resolved - opened = 0 business hours", [3]),
        ("earliest of (resolved, answered) - opened <= 30 business minutes", [1, 3, 4]),
        ("2026-04-07 10:00 - opened >= 11 business hours", [1, 2]),
    ],
)
def test_business_time_is_told_by_the_calendar_of_the_promise(predicate: str, rows: list[int]) -> None:
    """Thursday 15:00 to Tuesday 15:00, with an Easter Monday between them: two hours, nine and seven."""
    assert tried(predicate, promised=True) == rows


def test_without_a_promise_every_hour_is_open() -> None:
    assert tried("resolved - opened <= 4 business hours") == [1, 3]


LONG = """
desk.number 1 2 3 4 5 6
desk.opened 2026-01-31T10:00 2026-01-31T10:00 2026-01-31T10:00 2026-03-28T12:00 2026-03-28T12:00 2026-03-31T09:00
desk.resolved 2026-02-28T10:00 2026-02-28T10:01 2026-04-30T10:00 2026-03-29T12:00 2026-03-29T11:59 2027-03-31T09:00
"""


@pytest.mark.parametrize(
    ("predicate", "rows"),
    [
        ("resolved - opened <= 1 month", [1, 4, 5]),
        ("resolved - opened > 1 month", [2, 3, 6]),
        ("resolved - opened <= 3 months", [1, 2, 3, 4, 5]),
        ("resolved - opened <= 1 quarter", [1, 2, 3, 4, 5]),
        ("resolved - opened <= 1 year", [1, 2, 3, 4, 5, 6]),
        ("resolved - opened < 1 year", [1, 2, 3, 4, 5]),
        ("resolved <= opened + 1 month", [1, 4, 5]),
        ("resolved - opened >= 1 day", [1, 2, 3, 4, 6]),
        ("resolved - opened >= 24 h", [1, 2, 3, 6]),
    ],
)
def test_days_and_months_are_those_of_the_calendar(predicate: str, rows: list[int]) -> None:
    """A month after the last of January is the last of February; the day of the clock change has 23 hours."""
    assert tried(predicate, LONG) == rows


def test_a_parameter_has_the_amount_of_the_window() -> None:
    assessment = assessed(SOURCES.replace("PREDICATE", "resolved - opened <= allowed"), ROWS)
    where = block(assessment, "tried").value.where
    of_april, of_may = (
        terms.test_of(assessment, where, block(assessment, "desk"), Scope(each))
        for each in (APRIL, window("2026-05-01", "2026-06-01"))
    )
    assert (of_april.right.value, of_may.right.value) == (4 * 3600 * 10**6, 8 * 3600 * 10**6)  # type: ignore[union-attr]  # both compare


# ----------------------------------------------------------------------------------------------------------- formulas


def formula(text: str) -> tuple[Any, Any, Any]:
    assessment = assessed(
        SOURCES.replace("PREDICATE", "done is yes") + f"kpi other {{ value mean of ({text}) better when higher }}"
    )
    return assessment, block(assessment, "other").value.of, block(assessment, "desk")


@pytest.mark.parametrize(
    ("text", "unit", "cells", "value"),
    [
        ("desk.hours", NUMBER, {"hours": 4_000_000}, "4"),
        ("2.5 × desk.hours", NUMBER, {"hours": 4_000_000}, "10"),
        ("(50 × desk.hours + 30 × desk.number) / 100", RATIO, {"hours": 60_000_000, "number": 50_000_000}, "45"),
        ("desk.hours × desk.number", NUMBER, {"hours": 4_000_000, "number": 2_500_000}, "10"),
        ("desk.part", PERCENT, {"part": 12_500_000}, "12.5%"),
        ("desk.price", MONEY, {"price": 9_990_000}, "9.99"),
        ("desk.took", CLOCK, {"took": 3_600_000_000}, "1 h"),
        ("desk.opened", MOMENT, {"opened": 1_000_000}, "1"),
        ("desk.hours / 3", RATIO, {"hours": 1_000_000}, "1/3"),
        ("lowest of (desk.hours, 0.5)", NUMBER, {"hours": 4_000_000}, "0.5"),
    ],
)
def test_the_scale_of_a_term(text: str, unit: str, cells: dict[str, int], value: str) -> None:
    assessment, of, desk = formula(text)
    found = term_of(assessment, of, desk, Scope(APRIL))
    assert found.unit == unit
    assert found.value(by_hand(found.term, cells)) == amount(value)


def by_hand(term: Any, cells: dict[str, int]) -> int:
    """A term with the cells of one row."""
    kind = type(term).__name__
    if kind == "ColumnCell":
        return cells[term.name]
    if kind == "Constant":
        value: int = term.value
        return value
    if kind == "Sum":
        return sum(by_hand(each, cells) for each in term.added) - sum(by_hand(each, cells) for each in term.subtracted)
    if kind == "Product":
        first, second = (by_hand(each, cells) for each in term.factors)
        return first * second
    assert kind == "First"
    return min(by_hand(each, cells) for each in term.terms)


def test_constants_change_the_scale_and_no_cell() -> None:
    assessment, of, desk = formula("100 × desk.hours / 8")
    assert term_of(assessment, of, desk, Scope(APRIL)) == Scaled(ColumnCell("hours"), Fraction(80_000), RATIO)


def test_the_time_between_two_moments_is_told_as_asked() -> None:
    assessment, of, desk = formula("desk.resolved - desk.opened")
    scope = Scope(APRIL, promise=block(assessment, "hours"))
    plain, hours, days, wall = (
        term_of(assessment, of, desk, scope, *counting)
        for counting in ((), (BUSINESS_TIME,), (BUSINESS_DAYS,), (DAYS,))
    )
    assert plain.unit == CLOCK
    assert (hours.unit, days.unit, wall.unit) == (BUSINESS, "business days", CALENDAR)
    assert all(isinstance(each.term.added[0], Reading) for each in (hours, days, wall))  # type: ignore[union-attr]  # each is a difference
    assert [hours.scale, days.scale, wall.scale] == [Fraction(10**6), hours_of_a_day(days), Fraction(10**6)]


def hours_of_a_day(days: Scaled) -> Fraction:
    clock = days.term.added[0].clock  # type: ignore[union-attr]  # it is a difference of readings
    return Fraction(clock.at(moment("04-08T17:00")) - clock.at(moment("04-08T08:00")))


# --------------------------------------------------------------------------------------------------------------- rows


def test_the_column_by_which_rows_are_dated() -> None:
    text = SOURCES.replace("PREDICATE", "done is yes") + (
        "kpi later { serves help value count of desk dated by desk.resolved better when higher }"
        "target promised { kpi later level at least 3 each calendar month }"
        'evidence papers { columns title from "t" }'
    )
    assessment = assessed(text)
    desk, papers, later, promised = (block(assessment, name) for name in ("desk", "papers", "later", "promised"))
    assert dated(desk) == ColumnCell("opened")
    assert dated(desk, later) == ColumnCell("resolved")
    assert dated(desk, promised) == ColumnCell("resolved")
    assert dated(block(assessment, "pulse"), later) == ColumnCell("answered_at")
    assert dated(papers) is None


def counted(assessment: Any, scope: Scope, source: str = "desk") -> list[int]:
    test = rows_in(assessment, block(assessment, source), scope)
    return [number // 10**6 for (number,) in assessment.engine.listed(Listing(source, (ColumnCell("number"),), test))]


def test_a_row_at_the_end_belongs_to_the_next_window() -> None:
    data = "desk.number 1 2 3 4\ndesk.opened 03-31T23:59:59 04-01T00:00 04-30T23:59:59 05-01T00:00"
    assert counted(assessed(SOURCES.replace("PREDICATE", "done is yes"), data), Scope(APRIL)) == [2, 3]


def test_a_row_without_a_date_lies_in_no_window() -> None:
    assert counted(assessed(SOURCES.replace("PREDICATE", "done is yes"), "desk.number 1"), Scope(APRIL)) == []


LEFT_OUT = """
outages works { columns began as time from "b", ended as time from "e" lasting from began to ended }
maintenance planned { recorded in works }
exclusion own_fault { describes "x" recorded in desk where priority is "P4" }
sla without_works { value count of desk level at least 1 each calendar month leaving out planned owner owner_of_all }
sla without_faults { value count of desk level at least 1 each calendar month leaving out own_fault owner owner_of_all }
"""


def test_rows_in_time_that_is_left_out_do_not_count() -> None:
    data = """
    works.began 04-02T14:00 04-07T08:00
    works.ended 04-02T16:00 04-07T08:00:01
    desk.number 1 2 3 4
    desk.opened 04-02T13:59:59 04-02T14:00 04-02T16:00 04-07T08:00
    """
    assessment = assessed(SOURCES.replace("PREDICATE", "done is yes") + LEFT_OUT, data)
    assert counted(assessment, Scope(APRIL, promise=block(assessment, "without_works"))) == [1, 3]


def test_rows_of_the_source_that_records_what_is_left_out_are_told_by_what_they_say() -> None:
    data = """
    desk.number 1 2 3
    desk.opened 04-02T14:00 04-02T15:00 04-02T15:00
    desk.resolved 04-02T18:00 04-02T16:00 04-02T16:00
    desk.priority P1 P1 P4
    """
    assessment = assessed(SOURCES.replace("PREDICATE", "done is yes") + LEFT_OUT, data)
    assert counted(assessment, Scope(APRIL, promise=block(assessment, "without_faults"))) == [1, 2]


def test_one_event_by_itself() -> None:
    assessment = assessed(SOURCES.replace("PREDICATE", "done is yes"), ROWS)
    desk = block(assessment, "desk")
    only = terms.test_of(assessment, block(assessment, "tried").value.where, desk, Scope(APRIL))
    assert counted(assessment, Scope(APRIL, event=("desk", only))) == [1, 4]
    assert counted(assessment, Scope(APRIL, event=("pulse", only))) == [1, 2, 3, 4]
    assert isinstance(desk, nodes.Tickets)


def test_a_row_that_arrives_too_late_does_not_count() -> None:
    text = """
    events log { columns at as time from "at", number as number from "n" late after 3 days }
    events all_staff { columns number as number from "n", hired as date from "h" counts in every window }
    """
    agreed = contract(text)
    number: list[Cell] = [1_000_000, 2_000_000, 3_000_000]
    at: list[Cell] = [moment("04-15"), moment("04-30T23:59"), moment("04-30")]
    arrived: list[Cell] = [moment("05-04"), moment("05-04T00:00:01"), None]
    log = Rows({"at": at, "number": number, ARRIVED: arrived})
    staff = Rows({"number": number[:1], "hired": at[:1]})
    assessment = Assessment(agreed, Table({"log": log, "all_staff": staff}))
    assert counted(assessment, Scope(APRIL), "log") == [1, 3]
    assert counted(assessment, Scope(APRIL), "all_staff") == [1]
