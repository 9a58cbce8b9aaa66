"""Rows for any agreement, by chance: what its sources could hold, for whatever is worked out to be tried on them."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from xladsl.evaluation.instants.zones import midnight
from xladsl.evaluation.rows.requests import MILLION, Cell
from xladsl.evaluation.rows.table import Rows, Table
from xladsl.model import nodes, quantities

if TYPE_CHECKING:
    from datetime import date

    from xladsl.model.contract import Contract


def table_for(contract: Contract, seed: int, first: date, days: int, rows: int = 60) -> Table:
    """Rows for each source, dated within some days; the same for the same seed."""
    words = sorted({part.value for part in contract.parts(quantities.Text) if len(part.value) < 20})
    zone = contract.agreement.timezone or "UTC"
    start, end = midnight(first, zone), midnight(first + timedelta(days=days), zone)
    return Table(
        {
            source.name: rows_of(source, random.Random(f"{seed} {source.name}"), (start, end), words, rows)
            for source in contract.every(nodes.Source)
        }
    )


def rows_of(source: nodes.Source, chance: random.Random, period: tuple[int, int], words: list[str], rows: int) -> Rows:
    columns: dict[str, list[Cell]] = {}
    begins = [chance.randrange(*period) for _ in range(rows)]
    moment = 0
    for column in source.columns:
        kind = column.column_type or "text"
        if kind in ("time", "date"):
            apart = moment * 4 * 3600 * MILLION
            columns[column.name] = [
                begin + chance.randrange(apart + 1) if chance.random() > 0.03 * moment else None for begin in begins
            ]
            moment += 1
        else:
            columns[column.name] = [cell_of(kind, chance, words) for _ in range(rows)]
    for question in source.questions if isinstance(source, nodes.Survey) else ():
        low, high = (int(anchor.number) for anchor in (question.scale.lowest_answer, question.scale.highest_answer))
        columns[question.name] = [
            None if chance.random() < 0.05 else chance.randint(low, high) * MILLION for _ in range(rows)
        ]
    return Rows(columns, rows)


def cell_of(kind: str, chance: random.Random, words: list[str]) -> Cell:
    if chance.random() < 0.05:
        return None
    if kind == "text":
        return chance.choice(words)
    if kind == "yes or no":
        return chance.randrange(2)
    return chance.randrange(100 * MILLION)


def as_set(evaluation: Any) -> dict[str, set[str]]:
    """What came of an evaluation, whatever the order of its blocks."""
    return {part: {repr(each) for each in getattr(evaluation, part)} for part in ("judgements", "payments", "followed")}
