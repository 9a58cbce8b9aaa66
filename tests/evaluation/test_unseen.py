"""Agreements of many shapes, as they are published in the world: each compiles, and each sum in it comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Severity
from xladsl.evaluation.examples.working_out import worked_out
from xladsl.model import nodes
from xladsl.model.audience import edition_for
from xladsl.model.restored import restored
from xladsl.outputs import monitoring

if TYPE_CHECKING:
    from xladsl.model.contract import Contract

UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.xladsl"))


def wrong(contract: Contract) -> list[tuple[str, str, str]]:
    """What does not come out in the examples of an agreement."""
    outcomes = [outcome for example in contract.every(nodes.Example) for outcome in worked_out(contract, example)]
    assert outcomes
    return [(each.wanted, each.found, "\n".join(each.trace)) for each in outcomes if not each.ok]


@pytest.mark.parametrize("path", UNSEEN, ids=lambda path: path.stem)
def test_every_sum_comes_out(path: Path) -> None:
    result = compile_agreement(str(path))
    assert [found.title for found in result.diagnostics if found.severity == Severity.ERROR] == []
    assert result.contract is not None
    assert wrong(result.contract) == []


@pytest.mark.parametrize("path", UNSEEN, ids=lambda path: path.stem)
def test_every_sum_comes_out_of_the_specification_alone(path: Path) -> None:
    contract = compile_agreement(str(path)).contract
    assert contract is not None
    back = restored(monitoring.specification(edition_for(contract, "internal"), "0" * 64, "internal")).contract
    assert back is not None
    assert wrong(back) == []
