"""Small agreements about money, with what was measured told instead of measured."""

from __future__ import annotations

from datetime import time
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tests.texts import alone
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.given import Given, Moment
from xladsl.evaluation.instants.windows import period_of
from xladsl.evaluation.instants.zones import instant
from xladsl.evaluation.money.settling import settled_by
from xladsl.evaluation.rows.table import Table
from xladsl.loading import load
from xladsl.model.contract import Contract
from xladsl.model.names import Names, link

if TYPE_CHECKING:
    from datetime import date

    from xladsl.evaluation.instants.windows import Window
    from xladsl.evaluation.results import Paid, Verdict

ZONE = "Europe/Copenhagen"

DEAL = """
agreement trial "Trial" {
  version 1.0.0
  between provider northwind and customer contoso
  term 2026-01-01 to 2028-12-31
  timezone Europe/Copenhagen
  currency EUR
  languages en
  {rounding}
  {deal}
}
"""

BLOCKS = """
party northwind "Northwind" { }
party contoso "Contoso" { }
role service_manager "Manager" of northwind { }
service portal "Portal" {
  fee portal_monthly "Portal" EUR 10,000.00 each calendar month
}
outages incidents {
  columns began as time from "b", ended as time from "e", machine as text from "m"
  lasting from began to ended
  run by northwind
}
intervals portal_down { from incidents }
sla portal_up "Portal" {
  value 100% - length of portal_down / length of the window
  better when higher
  level at least 99.9%
  each calendar month
  no data counts as breached
  owner service_manager
}
sla mail_up "Mail" {
  value 100% - length of portal_down / length of the window
  better when higher
  level at least 99.5%
  each calendar month
  no data counts as breached
  owner service_manager
}
sla desk_quick "Desk" {
  value length of portal_down
  better when lower
  level at most 60 min
  each calendar month
  no data counts as breached
  owner service_manager
}
sla day_good "Day" {
  value length of portal_down
  better when lower
  level at most 10 min
  each calendar day
  no data counts as breached
  owner service_manager
}
sla quarter_good "Quarter" {
  value 100% - length of portal_down / length of the window
  better when higher
  level at least 99%
  each calendar quarter
  no data counts as breached
  owner service_manager
}
"""

ROUNDING = "rounding half up to EUR 0.01, once, on each credit"


class Told(Given):
    """Values, verdicts, fees and claims by name, for all windows or by `name@window`. What is not told is met."""

    def __init__(self, **facts: Any) -> None:
        self.facts = {kind: dict(facts.get(kind, {})) for kind in KINDS}

    def look(self, kind: str, name: str, window: Window) -> Any:
        told = self.facts[kind]
        return told.get(f"{name}@{window.name}", told.get(name))

    def value(self, name: str, window: Window) -> Fraction | None:
        found = self.look("values", name, window)
        return None if found is None else Fraction(found)

    def verdict(self, name: str, window: Window) -> Verdict | None:
        told: Verdict | None = self.look("verdicts", name, window)
        return told or (None if self.value(name, window) is not None else "met")

    def length(self, name: str, window: Window) -> Fraction | None:
        found = self.look("lengths", name, window)
        return None if found is None else Fraction(found)

    def fee(self, name: str, window: Window) -> Fraction | None:
        found = self.look("fees", name, window)
        return None if found is None else Fraction(found)

    def payment(self, name: str, window: Window) -> Fraction | None:
        found = self.look("payments", name, window)
        return None if found is None else Fraction(found)

    def happened(self, what: str, name: str, window: Window) -> Moment | None:
        found: date | None = self.look("claims" if what == "claimed" else "notices", name, window)
        return None if found is None else Moment(instant(found, time(12), ZONE), instant(found, time(12, 1), ZONE))

    def choices(self, option: str) -> frozenset[str] | None:
        found: frozenset[str] | None = self.facts["choices"].get(option)
        return found


KINDS = ("values", "verdicts", "lengths", "fees", "payments", "claims", "notices", "choices")


@lru_cache(maxsize=200)
def contract(text: str, rounding: str = ROUNDING, deal: str = "") -> Contract:
    """An agreement of the blocks above and some more; its rules are not checked, as it may be wrong on purpose."""
    whole = DEAL.replace("{rounding}", rounding).replace("{deal}", deal) + BLOCKS + text
    loaded = load("trial.xladsl", alone(whole))
    names = Names([*loaded.blocks, *loaded.catalogue])
    found = [*loaded.diagnostics, *link([*loaded.blocks, *loaded.catalogue], names, [])]
    assert found == []
    return Contract(loaded.blocks, loaded.catalogue, names, loaded.sources)


class Trial:
    """An agreement with facts, asked for payments by name and period."""

    def __init__(self, text: str, rounding: str = ROUNDING, deal: str = "", **facts: Any) -> None:
        self.contract = contract(text, rounding, deal)
        self.assessment = Assessment(self.contract, Table({}), Told(**facts))

    def block(self, name: str) -> Any:
        return next(block for block in self.contract.blocks if getattr(block, "name", None) == name)

    def paid(self, name: str = "trial_credit", period: str = "2026-04", prefix: str = "") -> list[Paid]:
        """What a block pays in a period, in every window and group."""
        span = period_of(period, ZONE)
        assert span is not None
        found = settled_by(self.assessment, self.block(name), span.start, span.end)
        return [each for each in found if each.payment == (prefix or name)]

    def amount(self, name: str = "trial_credit", period: str = "2026-04", prefix: str = "") -> Fraction:
        return sum((each.amount for each in self.paid(name, period, prefix)), Fraction(0))

    def status(self, name: str = "trial_credit", period: str = "2026-04") -> str:
        (found,) = self.paid(name, period)
        return found.status


def credit(clauses: str, name: str = "trial_credit", kind: str = "credit") -> str:
    return f'{kind} {name} "Trial" {{ {clauses} }}\n'


def euros(amount: str | int) -> Fraction:
    return Fraction(str(amount))
