"""Small agreements about stretches of time, compiled from their text, and rows of a log for them."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tests.texts import alone
from xladsl.compiler import compile_agreement
from xladsl.evaluation.assessment import Assessment
from xladsl.evaluation.given import Given
from xladsl.evaluation.instants import zones
from xladsl.evaluation.rows.table import Rows, Table
from xladsl.evaluation.scope import EVERYONE, Scope
from xladsl.evaluation.stretches import intervals
from xladsl.model import expressions, nodes
from xladsl.model.node import walk

if TYPE_CHECKING:
    from xladsl.evaluation.instants.windows import Window
    from xladsl.model.contract import Contract


ZONE = "Europe/Copenhagen"
MINUTE = 60
HOUR = 3600

DEAL = """
agreement hosting_deal "Hosting" {
  between provider northwind and customer contoso
  term 2026-01-01 to 2027-12-31
  timezone Europe/Copenhagen
  currency EUR
  rounding half up to EUR 0.01, once, on each credit
}
party northwind "Northwind" { }
party contoso "Contoso" { }
calendar office_hours "Office hours" { open monday to friday 08:00 to 17:00 closed 2026-04-06 "Easter Monday" }
service portal "Portal" { by northwind }
"""

LOG = """
outages log "Log" {
  columns began as time from "began", ended as time from "ended", cause as text from "cause",
          users as number from "users", share as percent from "share", announced as time from "announced"
  lasting from began to ended
}
"""

EXCLUSION = """
exclusion own_fault "Their own fault" { recorded in log where cause is "customer" %s }
"""

PROMISE = """
sla portal_up "Availability" {{
  for portal
  value 100% - (length of {of}) / length of the window
  level at least 99.9%
  each calendar month
  no data counts as breached
  {more}
}}
"""


@lru_cache(maxsize=64)
def compiled(text: str) -> Contract:
    found = compile_agreement("agreement.xladsl", alone(DEAL + text))
    assert found.readable is not None, [each.title for each in found.diagnostics]
    return found.readable


def at(moment: str) -> int:
    """`2026-04-07 10:00` or `2026-04-07 10:00:30`, in Copenhagen."""
    read = datetime.fromisoformat(moment)
    return zones.instant(read.date(), read.time(), ZONE)


def log(*outages: tuple[Any, ...], **columns: list[Any]) -> Rows:
    """Outages by beginning and end; other columns by name."""
    moments = [[at(cell) if isinstance(cell, str) else cell for cell in outage[:2]] for outage in outages]
    cells: dict[str, list[Any]] = {name: [None] * len(outages) for name in ("cause", "users", "share", "announced")}
    return Rows(
        {"began": [began for began, _ in moments], "ended": [ended for _, ended in moments], **cells, **columns}
    )


class Asked:
    """An agreement with its rows, asked about the one promise that it has."""

    def __init__(self, text: str, told: Given | None = None, **sources: Rows) -> None:
        self.contract = compiled(text)
        self.assessment = Assessment(self.contract, Table(sources), told)
        self.promise = next(iter(self.contract.every(nodes.Promise)), None)

    def window(self, name: str) -> Window:
        assert self.promise is not None
        found = self.assessment.windows_of(self.promise).named(name)
        assert found is not None
        return found

    def scope(self, name: str = "2026-04") -> Scope:
        return Scope(self.window(name), EVERYONE, self.promise)

    def length(self, name: str = "2026-04") -> Fraction | None:
        return self.measured(name)[0]

    def measured(self, name: str = "2026-04") -> tuple[Fraction | None, Any]:
        node = next(part for part in walk(self.promise) if isinstance(part, expressions.Length))
        return intervals.length(self.assessment, node, self.scope(name))

    def window_length(self, which: str, name: str = "2026-04") -> Fraction:
        return intervals.window_length(self.assessment, which, self.scope(name))

    def stretches(self, block: str, name: str = "2026-04") -> list[tuple[int, int]]:
        found = next(each for each in self.contract.blocks if getattr(each, "name", "") == block)
        return [each[:2] for each in intervals.stretches_of(self.assessment, found, self.scope(name))]


def down(clauses: str = "", more: str = "", of: str = "down") -> str:
    return LOG + f"intervals down {{ from log {clauses} }}" + PROMISE.format(of=of, more=more)
