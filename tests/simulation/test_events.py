"""Promises on single events: against closed forms, and against years that are drawn event by event."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil, exp
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.simulation.deals import STEPS, deal
from tests.simulation.test_simulate import payment
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.instants.zones import midnight
from xladsl.evaluation.money.settling import settled_by
from xladsl.evaluation.rows.table import Rows, Table
from xladsl.simulation.behaviour import Said
from xladsl.simulation.chunks import Chunk
from xladsl.simulation.events import happened
from xladsl.simulation.found import Simulated
from xladsl.simulation.outcomes import Outcome
from xladsl.simulation.past import learned
from xladsl.simulation.simulate import Simulation, simulate
from xladsl.simulation.supposing import Drawn, Setting, Supposition, nothing_recorded
from xladsl.simulation.things import things_of
from xladsl.simulation.told import heard

if TYPE_CHECKING:
    from xladsl.evaluation.instants.windows import Window

QUARTER = (date(2026, 1, 1), date(2026, 3, 31))
MONTHS = (31, 28, 31)
SHARE = sum(MONTHS) * 86_400 / 31_556_952
"""Of a year, the quarter that is simulated."""
HOUR = 3600
YEARS = 20_000

STOPPED = """
intervals line_stopped { from incidents }
sla each_stop "Each stop of the line" {
  value length of line_stopped
  better when lower
  level at most 60 min
  each event
  no data counts as met
  owner service_manager
}
"""

BY_THE_HOUR = """
credit stop_credit "For each started hour" {
  for each_stop
  base fee portal_monthly of the month measured
  value 2% of base per started hour of measured value beyond 1 h
  claim not needed
  CAPS
}
"""

TICKETS = """
sla each_ticket "Each ticket" {
  value share of desk in which fixed is yes
  better when higher
  level at least 100%
  each ticket
  no data counts as met
  owner service_manager
}
credit ticket_credit "Ten euros each" {
  for each_ticket
  value EUR 10.00
  claim not needed
}
"""

STOPS = Said(events=Fraction(24), lasting=Fraction(HOUR))


def stopped(caps: str = "", more: str = "", said: Said = STOPS) -> Simulated:
    contract = deal(STOPPED, BY_THE_HOUR.replace("CAPS", caps), more)
    return simulate(contract, {"line_stopped": said}, years=YEARS, seed=3, period=QUARTER)


def drawn_one_by_one(each: float, month: float, years: int) -> list[float]:
    """Quarters of stops, with an amount at most for each of them and for each month."""
    chance = np.random.default_rng(11)
    found = []
    for _ in range(years):
        quarter = 0.0
        for length in MONTHS:
            stops = chance.exponential(HOUR, chance.poisson(24 * length * 86_400 / 31_556_952))
            amounts = [min(200.0 * max(ceil((round(stop) - HOUR) / HOUR), 0), each) for stop in stops]
            quarter += min(sum(amounts), month)
        found.append(quarter)
    return found


def test_what_events_cost_is_what_a_closed_form_says() -> None:
    found = stopped()
    (promise,) = (each for each in found.promises if each.name == "each_stop")
    beyond = exp(-1)  # the share of stops that last longer than the hour which is allowed
    assert promise.windows == round(24 * SHARE)
    assert promise.verdicts["breached"] == pytest.approx(beyond, abs=1e-3)
    credit = payment(found, "stop_credit").spread
    # Beyond an hour an exponential length begins anew: the started hours are geometric, 1 / (1 - 1/e) on average.
    stops = 24 * SHARE
    assert credit.mean == pytest.approx(stops * 200 * beyond / (1 - exp(-1)), abs=4 * credit.error)
    assert credit.any == pytest.approx(1 - exp(-stops * beyond), abs=0.005)
    assert credit.by_chance == 0, "every event is counted, none is sampled"


@pytest.mark.parametrize(
    ("caps", "each", "month"),
    [
        ("cap 4% of base each event", 400.0, float("inf")),
        ("cap 5% of base each calendar month", float("inf"), 500.0),
        ("cap 4% of base each event cap 5% of base each calendar month", 400.0, 500.0),
    ],
)
def test_caps_bound_an_event_or_the_sum_of_a_month(caps: str, each: float, month: float) -> None:
    credit = payment(stopped(caps), "stop_credit").spread
    expected = drawn_one_by_one(each, month, 4_000)
    error = float((np.var(expected) / len(expected)) ** 0.5) + credit.error
    assert credit.mean == pytest.approx(fmean(expected), abs=4 * error)
    assert credit.median == pytest.approx(float(np.median(expected)), abs=100)
    assert credit.p95 == pytest.approx(float(np.quantile(expected, 0.95)), abs=100)


def test_the_evaluator_says_the_same_of_each_event_of_a_year() -> None:
    """All events of a year as they were drawn, one microsecond after the other, and what they are paid in all."""
    contract = deal(STOPPED, BY_THE_HOUR.replace("CAPS", "cap 5% of base each calendar month"))
    said = {"line_stopped": STOPS}
    simulation = Simulation(contract, said, {}, QUARTER)
    chunk = Chunk(simulation.learnt, 3, 0, 6)
    (flow,) = (each for each in simulation.flows if each.name == "stop_credit")
    for year in range(chunk.years):
        again = Simulation(contract, said, {}, QUARTER)
        setting, outcomes = Setting(contract, again.setting.values, again.setting.lengths), {}
        setting.certain, setting.usual = again.setting.certain, again.setting.usual
        for month in flow.windows:
            known = simulation.learnt.classes(Drawn("line_stopped", month, ""))
            for numbers, outcome in zip(happened(chunk, "line_stopped", month), known.outcomes, strict=False):
                for _ in range(numbers[year]):
                    number = len(outcomes)
                    outcomes[month._replace(start=month.start + number, end=month.end + number)] = outcome
        setting.events = {"each_stop": list(outcomes)}

        def drawn(question: Drawn, known: dict[Window, Outcome] = outcomes) -> Outcome:
            return known.get(question.window, Outcome(length=Fraction(0)))

        supposed = Supposition(setting, drawn)
        paid = settled_by(supposed, again.setting.payments["stop_credit"], simulation.start, simulation.end)
        worked_out = sum(flow.amount(chunk, month)[year] for month in flow.windows)
        assert float(sum(each.amount for each in paid)) == pytest.approx(worked_out)
        assert worked_out > 0


def test_a_cap_of_a_year_and_a_combination_bound_what_months_come_to() -> None:
    assert payment(stopped("cap EUR 900.00 each calendar year"), "stop_credit").spread.most == 900
    both = "combination both { combines stop_credit rule add up cap EUR 300.00 each calendar month }"
    found = stopped(more=both)
    assert payment(found, "both").spread.most <= 3 * 300
    assert payment(found, "both").spread.mean < payment(found, "stop_credit").spread.mean


def test_an_amount_too_small_is_too_small_for_each_event_also_under_a_cap_of_the_month() -> None:
    alone = payment(stopped("pays only above EUR 250.00"), "stop_credit").spread
    capped = payment(stopped("cap 1000% of base each calendar month pays only above EUR 250.00"), "stop_credit").spread
    assert capped == alone


def test_points_of_an_event_are_paid_with_it() -> None:
    points = """
points stop_points "Points" { for each_stop value 1 point per started hour of measured value beyond 1 h }
credit points_credit "For each point" { for each_stop value EUR 10.00 per full point of stop_points claim not needed }
"""
    found = simulate(deal(STOPPED, points), {"line_stopped": STOPS}, years=YEARS, seed=3, period=QUARTER)
    marked, paid = (payment(found, name).spread for name in ("stop_points", "points_credit"))
    assert marked.mean > 0
    assert paid.mean == pytest.approx(10 * marked.mean)


def test_where_only_the_largest_of_a_month_is_paid_events_are_left_aside_with_what_they_meet() -> None:
    largest = BY_THE_HOUR.replace("CAPS", "with other credits of the month only the largest")
    found = simulate(deal(STOPPED, largest, STEPS), {"line_stopped": STOPS}, years=100, period=QUARTER)
    assert not found.payments
    reason = "not all of several payments are paid, and some of them are for single events"
    for name in ("stop_credit", "quick_credit"):
        assert f"`{name}` is left aside, because {reason}." in found.notes


def test_of_what_is_paid_for_one_event_the_largest_is_found() -> None:
    largest = BY_THE_HOUR.replace("CAPS", "with other credits of the event only the largest")
    smaller = largest.replace("stop_credit", "small_credit").replace("2% of base", "1% of base")
    found = stopped(more=largest.replace("stop_credit", "large_credit").replace("2% of base", "3% of base") + smaller)
    assert payment(found, "small_credit").spread.most == 0
    assert payment(found, "large_credit").spread.mean > 0


def test_tickets_are_kept_or_not() -> None:
    said = {"each_ticket": Said(events=Fraction(200), truth=Fraction(9, 10))}
    found = simulate(deal(TICKETS), said, years=YEARS, period=QUARTER)
    credit = payment(found, "ticket_credit").spread
    assert credit.mean == pytest.approx(200 * SHARE * 0.1 * 10, abs=4 * credit.error)
    (promise,) = (each for each in found.promises if each.name == "each_ticket")
    assert promise.verdicts == pytest.approx({"breached": 0.1, "met": 0.9})


def test_without_a_word_there_are_as_many_as_the_source_expects_and_none_fails() -> None:
    found = simulate(deal(TICKETS), years=100, period=QUARTER)
    assert payment(found, "ticket_credit").spread.most == 0
    assert "`each_ticket` is judged 360 times a year, that are expected." in found.assumptions


def test_the_same_events_are_paid_by_two_payments_and_by_two_drafts() -> None:
    again = BY_THE_HOUR.replace("CAPS", "").replace("stop_credit", "stop_again")
    found = stopped(more=again)
    assert payment(found, "stop_again").spread == payment(found, "stop_credit").spread
    assert payment(stopped(), "stop_credit").spread == payment(found, "stop_credit").spread


def test_what_looks_back_at_single_events_is_left_aside_and_named() -> None:
    right = "right to terminate often { held by contoso when each_stop is breached in 3 of the last 6 months }"
    found = stopped(more=right)
    assert not [each for each in found.arising if each.name == "often"]
    assert "`often` is left aside, because it looks back at single events." in found.notes


def test_events_are_learned_from_rows() -> None:
    began = [midnight(date(2026, month, 10), "Europe/Copenhagen") for month in (1, 2, 2)]
    began[2] += 10 * HOUR * 1_000_000
    ended = [each + hours * HOUR * 1_000_000 for each, hours in zip(began, (1, 2, 3), strict=True)]
    incidents = Rows({"began": list(began), "ended": list(ended), "machine": [None, None, None]})
    contract = deal(STOPPED)
    found = learned(contract, Table({"incidents": incidents}), date(2026, 1, 1), date(2026, 2, 28))["line_stopped"]
    assert found.lasting == 2 * HOUR
    assert found.events is not None
    assert float(found.events) == pytest.approx(3 / (59 * 86_400 / 31_556_952))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[each_stop]\noutages = 3", "`outages` does not fit `each_stop`, which is judged in single events: it takes"),
        ("[each_ticket]\nrows = 3", "`rows` does not fit `each_ticket`, which is judged in single events: it takes"),
        ("[each_ticket]\nevents = -3", "`events` of `each_ticket` is no number of events in a year"),
    ],
)
def test_what_cannot_be_told_of_events(text: str, said: str) -> None:
    contract = deal(STOPPED, TICKETS)
    (problem,) = heard(text, things_of(Assessment(contract, nothing_recorded(contract)))).problems
    assert said in problem
