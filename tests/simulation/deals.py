"""A small agreement on which everything that is simulated can be worked out in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.evaluation.paying import contract

if TYPE_CHECKING:
    from xladsl.model.contract import Contract

DESK = """
tickets desk {
  columns number as text from "n", opened as time from "o", fixed as yes or no from "f"
  dated by opened
  expects 30 rows each calendar month
  run by northwind
}
sla quick "Quick" {
  value share of desk in which fixed is yes
  better when higher
  level at least 90%
  each calendar month
  no data counts as met
  owner service_manager
}
"""

STEPS = """
credit quick_credit "Quick" {
  for quick
  base fee portal_monthly of the month measured
  | share                      | credit |
  | at least 80% but below 90% | 5%     |
  | below 80%                  | 20%    |
}
"""

MORE = """
points quick_points "Quick" {
  for quick
  | share                      | points   |
  | at least 85% but below 90% | 1 point  |
  | below 85%                  | 3 points |
  doubled when quick is breached in the previous month
}
credit points_credit "Points" {
  for quick
  value EUR 100.00 per full point of quick_points
}
credit portal_credit "Portal" {
  for portal_up
  base fee portal_monthly of the month measured
  | availability                   | credit |
  | at least 99.5% but below 99.9% | 5%     |
  | below 99.5%                    | 15%    |
  doubled when portal_up is breached in the previous month
  cap EUR 2,000.00 each calendar quarter
}
bonus quick_bonus "Bonus" {
  for quick
  gate portal_up
  value EUR 50.00
  claim not needed
  to northwind
}
combination both "Both" {
  combines points_credit, portal_credit
  rule add up
  cap EUR 2,500.00 each calendar quarter
}
earn back half_back "Half" {
  returns portal_credit
  share half
  when portal_up is met 2 months in a row
}
right to terminate enough "Enough" {
  held by contoso
  when portal_up is breached in 3 of the last 6 months or quick is breached 3 months in a row
}
"""


def deal(*parts: str) -> Contract:
    return contract("".join((DESK, *parts)))
