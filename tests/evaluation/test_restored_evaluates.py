"""Whoever has the specification alone works out what whoever has the source does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.evaluation.random_rows import as_set, table_for
from tests.model.test_restored import ENTRIES
from xladsl.compiler import compile_agreement
from xladsl.evaluation.evaluate import evaluate
from xladsl.model.audience import edition_for
from xladsl.model.contract import Contract
from xladsl.model.restored import restored
from xladsl.outputs import monitoring


def both(path: Path) -> tuple[Contract, bytes]:
    contract = compile_agreement(str(path)).contract
    assert contract is not None, f"{path} has errors"
    edition = edition_for(contract, "internal")
    return edition, monitoring.specification(edition, "0" * 64, "internal")


def quarter_of(contract: Contract) -> tuple[date, date]:
    """Three months of the term, after settling in."""
    term = contract.agreement.term
    after = (contract.agreement.settling or term.start) + timedelta(days=40)
    first = min(after, term.end - timedelta(days=100)).replace(day=1)
    return first, first + timedelta(days=91)


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_the_specification_evaluates_like_the_source(path: Path) -> None:
    source, content = both(path)
    back = restored(content).contract
    assert back is not None
    first, last = quarter_of(source)
    for seed in (1, 2):
        rows = table_for(source, seed, first, 91)
        from_source, from_specification = (as_set(evaluate(one, rows, first, last)) for one in (source, back))
        assert from_specification == from_source
