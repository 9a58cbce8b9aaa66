"""Agreements of many shapes, as they are published in the world: each compiles, and each sum in it comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladsl.compiler import compile_agreement
from xladsl.diagnostics import Severity
from xladsl.evaluation.examples import worked_out
from xladsl.model import nodes

UNSEEN = sorted((Path(__file__).parent / "unseen").glob("*.xladsl"))


@pytest.mark.parametrize("path", UNSEEN, ids=lambda path: path.stem)
def test_every_sum_comes_out(path: Path) -> None:
    result = compile_agreement(str(path))
    assert [found.title for found in result.diagnostics if found.severity == Severity.ERROR] == []
    contract = result.readable
    assert contract is not None
    outcomes = [outcome for example in contract.every(nodes.Example) for outcome in worked_out(contract, example)]
    assert outcomes
    assert [(each.fact.span.text, each.found, each.trace) for each in outcomes if not each.ok] == []
