"""A small agreement with a source of each kind, and a desk to put files on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xladsl.binding import Bound, Read, bind, read
from xladsl.compiler import compile_agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xladsl.binding import Problem
    from xladsl.model.contract import Contract

AGREEMENT = """
agreement deal "Deal" {
  between provider northwind and customer contoso
  term 2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
  currency EUR
}
party northwind "Northwind" {}
party contoso "Contoso" {}
stakeholder staff "Staff" of contoso { population 900 }
tickets desk "Desk" {
  columns number as text from "id", opened as time from "created", closed as time from "closed" null when "-",
    priority from "prio"
  one row for each number
}
survey asked "Asked" {
  asks staff
  sent on desk.closed within 24 h
  question ease 1 "hard" to 7 "easy" asking "How easy was it?"
  question mood 0 "bad" to 10 "good" asking "How do you feel?"
  columns answered as time from "at", ease as number from "q_ease"
  late after 7 days
}
probes pings "Pings" { every 60 s columns at as time from "ts", ok as yes or no from "up" }
events loads "Loads" {
  columns at as time from "ts", load as duration in milliseconds from "ms", rate as percent from "rate",
    cost as money from "cost", size as number from "size"
}
outages breaks "Breaks" { columns began as time from "start", ended as time from "end" lasting from began to ended }
evidence deliveries "Deliveries" { columns handed_over as date from "day" }
"""


class Desk:
    """A folder with files, and what comes of reading them."""

    def __init__(self, folder: Path, contract: Contract) -> None:
        self.folder = folder
        self.contract = contract

    def put(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def bound(self, config: str = "", **data: str | list[str]) -> Bound:
        """Plans by a config, and by files that are named by hand, from this folder."""
        by_hand = {name: [str(self.folder / each) for each in names_of(files)] for name, files in data.items()}
        return bind(self.contract, by_hand, self.put("xladsl-data.toml", config) if config else None)

    def read(self, config: str = "", environment: Mapping[str, str] | None = None, **data: str | list[str]) -> Read:
        bound = self.bound(config, **data)
        assert not bound.problems, bound.problems
        return read(self.contract, bound.plans, environment)

    def column(self, source: str, column: str, config: str = "", **data: Any) -> list[Any]:
        """The cells of a column, of rows in which nothing is wrong."""
        found = self.read(config, **data)
        assert not found.problems, told(found)
        return found.rows[source].columns[column]

    def trouble(self, config: str = "", **data: Any) -> str:
        """What is said of data with which no run goes on, without the path of this folder."""
        found = self.read(config, **data)
        assert found.failed, told(found)
        return told(found).replace(f"{self.folder}/", "")


def names_of(files: str | list[str]) -> list[str]:
    return [files] if isinstance(files, str) else files


def told(found: Read | Bound | Iterable[Problem]) -> str:
    problems = found.problems if isinstance(found, (Read, Bound)) else found
    return "\n".join(map(str, problems))


@pytest.fixture(scope="session")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    path = tmp_path_factory.mktemp("agreement") / "deal.xladsl"
    path.write_text(AGREEMENT, encoding="utf-8")
    readable = compile_agreement(str(path)).readable
    assert readable is not None
    return readable


@pytest.fixture
def desk(tmp_path: Path, contract: Contract) -> Desk:
    return Desk(tmp_path, contract)
