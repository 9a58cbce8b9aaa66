"""Sums that published agreements, or those who wrote about them, have worked out: each is an `example` that holds."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xladsl.compiler import compile_agreement
from xladsl.evaluation.examples.working_out import worked_out
from xladsl.model import nodes

if TYPE_CHECKING:
    from xladsl.model.contract import Contract

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDERS = (ROOT / "agreements" / "published", HERE / "examples")
RECORDS: list[dict[str, Any]] = tomllib.loads((HERE / "worked-examples.toml").read_text(encoding="utf-8"))["worked"]
OURS = sorted([*(ROOT / "agreements").glob("*.xladsl"), *FOLDERS[0].glob("*.xladsl"), *FOLDERS[1].glob("*.xladsl")])
NUMBER_OF_RECORDS = 76


def title_of(record: dict[str, Any]) -> str:
    return f"{record['of']}: {record['title']}"


@cache
def compiled(path: Path) -> Contract:
    contract = compile_agreement(str(path)).readable
    assert contract is not None
    return contract


def example_in(contract: Contract, title: str) -> nodes.Example:
    [example] = [each for each in contract.every(nodes.Example) if each.subject.value == title]
    return example


def test_every_record_is_worked_out() -> None:
    assert len({title_of(record) for record in RECORDS}) == NUMBER_OF_RECORDS
    assert [title_of(record) for record in RECORDS if not record.get("examples") and not record.get("refused")] == []


@pytest.mark.parametrize("record", RECORDS, ids=title_of)
def test_a_record_comes_out(record: dict[str, Any]) -> None:
    """What must follow stands in an example word for word, and follows."""
    for name, title, facts in record.get("examples", []):
        path = next(folder / f"{name}.xladsl" for folder in FOLDERS if (folder / f"{name}.xladsl").is_file())
        contract = compiled(path)
        outcomes = {outcome.fact.span.text: outcome for outcome in worked_out(contract, example_in(contract, title))}
        assert set(facts) <= set(outcomes), title
        assert [(fact, outcomes[fact].found) for fact in facts if not outcomes[fact].ok] == []


@pytest.mark.parametrize("record", [record for record in RECORDS if "refused" in record], ids=title_of)
def test_what_nobody_can_work_out_is_refused(record: dict[str, Any]) -> None:
    """An agreement that contradicts itself, as it is printed, is no agreement to the compiler."""
    path, rule = record["refused"]
    result = compile_agreement(str(ROOT / path))
    assert result.contract is None
    assert rule in {found.rule for found in result.diagnostics}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_example_of_an_agreement_holds(path: Path) -> None:
    contract = compiled(path)
    outcomes = [outcome for example in contract.every(nodes.Example) for outcome in worked_out(contract, example)]
    assert [(each.fact.span.text, each.found, each.trace) for each in outcomes if not each.ok] == []
