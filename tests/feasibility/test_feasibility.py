"""The numbers of feasible promises, worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.rule_examples import Example, completion
from tests.texts import alone
from xladsl.compiler import compile_agreement
from xladsl.loading import load
from xladsl.model import nodes
from xladsl.model.contract import Contract
from xladsl.model.exposure import at_risk_each_month, fees_each_month
from xladsl.model.feasibility import (
    chain,
    clock,
    due_when_closed,
    left_out,
    most_seconds,
    percent,
    promised_shares,
    share_in_window,
    time_limits,
    week_of,
)
from xladsl.model.statistics.availability import chain_availability, effective_promise

HOUR = 3600


def compiled(text: str, folder: Path) -> Contract:
    main = folder / "agreement.xladsl"
    main.write_text(f"{text}\n\n{completion(Example('', False, False, text))}", encoding="utf-8")
    found = compile_agreement(str(main))
    assert found.contract is not None, [each.title for each in found.diagnostics]
    return found.contract


def named(contract: Contract, name: str) -> nodes.Promise:
    return next(block for block in contract.blocks if isinstance(block, nodes.Promise) and block.name == name)


def suppliers(*shares: str, window: str = "calendar month", failure: str = "is borne by the provider") -> str:
    return "\n".join(
        f'dependency d{number} "D" {{ supplied by "S" for portal'
        f" promises at least {share} each {window} failure {failure} }}"
        for number, share in enumerate(shares)
    )


PORTAL = """
sla portal_open "Portal" {
  for portal
  value 100% - length of portal_down / length of the window
  level at least 99.7%
  each calendar month
  owner service_manager
}
"""


def test_a_chain_is_the_exact_product(tmp_path: Path) -> None:
    contract = compiled(PORTAL + suppliers("99.95%", "99.9%", "99.9%"), tmp_path)
    share = chain_availability(link.share for link in chain(contract, named(contract, "portal_open")))
    assert share == Fraction(9995, 10000) * Fraction(999, 1000) ** 2
    assert percent(share, 2) == "99.75%"


def test_what_is_left_out_is_no_link_of_the_chain(tmp_path: Path) -> None:
    contract = compiled(PORTAL + suppliers("90%", failure="is left out"), tmp_path)
    assert chain(contract, named(contract, "portal_open")) == []


def test_a_yearly_allowance_may_fall_into_one_month() -> None:
    share, longer = share_in_window(Fraction(999, 1000), "calendar year", "calendar month")
    assert (share, longer) == (1 - Fraction(365, 30000), True)
    assert share_in_window(Fraction(999, 1000), "calendar month", "calendar quarter") == (Fraction(999, 1000), False)
    assert share_in_window(Fraction(1, 2), "calendar year", "calendar day") == (Fraction(0), True)


def test_the_promise_that_people_get(tmp_path: Path) -> None:
    share = effective_promise(Fraction(999, 1000), Fraction(720 * HOUR), Fraction(4 * HOUR))
    assert percent(share) == "99.345%"
    work = 'maintenance work "Work" { window sunday 02:00 to 06:00 at most 4 h each calendar month }'
    promise = PORTAL.replace("owner", "leaving out work\n  owner")
    contract = compiled(f"{work}\n{promise}", tmp_path)
    assert [each.seconds for each in left_out(named(contract, "portal_open"))] == [4 * HOUR]


@pytest.mark.parametrize(
    ("clauses", "hours"),
    [
        ("at most 4 h each calendar month", 4),
        ("at most 4 h each calendar week", 4 * Fraction(30, 7)),
        ("at most 12 h each calendar quarter", 12),
        ("window sunday 02:00 to 06:00", 4 * Fraction(30, 7)),
        ("window monday to friday 22:00 to 02:00", 20 * Fraction(30, 7)),
        ("window sunday 02:00 to 06:00 at most 6 h each calendar month", 6),
    ],
)
def test_the_most_that_maintenance_takes_of_a_month(clauses: str, hours: Fraction, tmp_path: Path) -> None:
    contract = compiled(f'maintenance work "Work" {{ {clauses} }}', tmp_path)
    assert most_seconds(contract.every(nodes.Maintenance)[0], Fraction(30)) == hours * HOUR


def hours(opening: str) -> nodes.Calendar:
    text = f"calendar hours {{ {opening} }}"
    return next(block for block in load("hours.xladsl", alone(text)).blocks if isinstance(block, nodes.Calendar))


def test_the_share_of_hours_whose_deadline_falls_when_it_is_closed() -> None:
    nine_to_five = hours("open monday to friday 09:00 to 17:00")
    assert due_when_closed(nine_to_five, Fraction(4 * HOUR)) == Fraction(1, 2)
    assert due_when_closed(nine_to_five, Fraction(15 * 60)) == Fraction(1, 32)
    assert due_when_closed(nine_to_five, Fraction(8 * HOUR)) == 1
    # Twenty hours end on the next morning after opening time, except over the weekend.
    assert due_when_closed(nine_to_five, Fraction(20 * HOUR)) == Fraction(4 * 4 + 8, 40)


def test_round_the_clock_is_never_closed() -> None:
    always = hours("open monday to sunday 00:00 to 00:00")
    assert due_when_closed(always, Fraction(4 * HOUR)) == 0
    assert len(week_of(always)) == 7


def test_a_day_ends_at_24_hours() -> None:
    day_by_day = hours("open monday to sunday 00:00 to 24:00")
    assert due_when_closed(day_by_day, Fraction(4 * HOUR)) == 0
    assert [length for _, length in week_of(day_by_day)] == [24 * HOUR] * 7
    evenings = hours("open friday 22:00 to 24:00")
    assert week_of(evenings) == [((4 * 24 + 22) * HOUR, 2 * HOUR)]


def test_limits_are_found_through_the_catalogue(tmp_path: Path) -> None:
    text = """import std.service_desk
sla quick "Quick" {
  value resol_in_time of desk (limit 4 business hours) where priority is "P1"
  level at least 90%
  each calendar month
  during office_hours
  owner service_manager
}
"""
    contract = compiled(text, tmp_path)
    (limit,) = time_limits(contract, named(contract, "quick"))
    assert (limit.ends, limit.limit.unit, limit.source.name) == ("resolution", "business hours", "desk")
    assert limit.where is not None


@pytest.mark.parametrize("level", ["-5%", "101%"])
def test_a_level_that_no_share_can_have_is_none(level: str, tmp_path: Path) -> None:
    supplier = suppliers(level)
    contract = compiled(f"{PORTAL}{supplier}", tmp_path)
    assert chain(contract, named(contract, "portal_open")) == []


def test_only_availability_by_time_is_a_share_of_time(tmp_path: Path) -> None:
    contract = compiled("", tmp_path)
    assert [share for _, share in promised_shares(named(contract, "portal_up"))] == [Fraction(999, 1000)]
    assert promised_shares(named(contract, "fixed_2026")) == []


def test_what_is_at_risk_beside_the_fees(tmp_path: Path) -> None:
    text = """
credit portal_credit {
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  | below 99.9% | 30% |
  cap 30% of base each calendar month
  cap 60% of fee portal_monthly of the quarter measured each calendar quarter
  claim not needed
}
"""
    contract = compiled(text, tmp_path)
    assert fees_each_month(contract) == 10_000
    assert at_risk_each_month(contract) == 3_000


@pytest.mark.parametrize(
    ("rule", "most"), [("only the largest", 3_000), ("the one the customer chooses", 3_000), ("add up", 5_000)]
)
def test_of_credits_that_exclude_each_other_one_is_at_risk(rule: str, most: int, tmp_path: Path) -> None:
    text = "".join(
        f"""
credit {name} {{
  for portal_up
  base fee portal_monthly of the month measured
  nature price reduction
  value {share}% of base
  cap {share}% of base each calendar month
  claim not needed
  with other credits of the month {rule}
}}
"""
        for name, share in (("one", 30), ("other", 20))
    )
    assert at_risk_each_month(compiled(text, tmp_path)) == most


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (Fraction(2592), "43 min 12 s"),
        (Fraction(36000), "10 h"),
        (Fraction(108, 5), "21.6 s"),
        (Fraction(259200), "72 h"),
    ],
)
def test_time_as_people_say_it(seconds: Fraction, words: str) -> None:
    assert clock(seconds) == words


def test_a_share_is_never_shown_larger_than_it_is() -> None:
    assert percent(Fraction(2, 3), 1) == "66.6%"
    assert percent(Fraction(1)) == "100%"
    assert percent(Fraction(0)) == "0%"
