"""When a probe turned is found among its failures, or by going through all rounds: either way it is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from xladsl.binding import read
from xladsl.binding.in_duckdb import read_into_duckdb
from xladsl.evaluation.engines.failures import MANY
from xladsl.evaluation.instants.clocks import every_hour
from xladsl.evaluation.rows.requests import ColumnCell, Sampled
from xladsl.evaluation.rows.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.binding.conftest import Desk
    from xladsl.evaluation.engines.sql import Statement

SECOND = 1_000_000
MIDNIGHT = 1_775_001_600_000_000
"""The first of April 2026, in UTC: a round each second begins with its second."""

Row = tuple[int, bool]


class Found:
    """What DuckDB answers about the turns of a probe, what Python does, and what DuckDB was asked on the way."""

    def __init__(self, desk: Desk, rows: Iterable[Row], failing: int = 1) -> None:
        instants, answers = (list(each) for each in zip(*rows, strict=True))
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            columns = "MAKE_TIMESTAMP(UNNEST($1::BIGINT[]))::TIMESTAMPTZ AS ts, UNNEST($2::BOOLEAN[]) AS up"
            connection.execute(f"CREATE TABLE t AS SELECT {columns}", [instants, answers])
            connection.execute(f"COPY t TO '{desk.folder}/t.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
        plans = desk.bound(pings="t.parquet").plans
        clock = every_hour("UTC", desk.contract.agreement)
        probed = Sampled("pings", ColumnCell("at"), ColumnCell("ok"), clock, SECOND, failing)
        self.expected = Table(read(desk.contract, plans).rows).turns(probed)
        engine = read_into_duckdb(desk.contract, plans).engine
        self.statements: list[str] = []
        rows_of = engine.rows

        def heard(statement: Statement) -> Sequence[Sequence[Any]]:
            self.statements.append(statement.text)
            return rows_of(statement)

        engine.rows = heard  # type: ignore[method-assign]  # it is listened to
        self.turns = engine.turns(probed)

    @property
    def goes_through_all(self) -> bool:
        return any("_words" in statement for statement in self.statements)


def seldom_down(failures: int, late: int = 0) -> list[Row]:
    """A round each second, of which each fourth failed, until so many have; each begins so late in its second."""
    return [(MIDNIGHT + number * SECOND + late, number % 4 != 1) for number in range(4 * failures)]


@pytest.mark.parametrize(("failures", "through_all"), [(1, False), (MANY, False), (MANY + 1, True), (3 * MANY, True)])
@pytest.mark.parametrize("late", [0, 250_000])
def test_many_failures_are_found_by_going_through_all_rounds(
    desk: Desk, failures: int, through_all: bool, late: int
) -> None:
    found = Found(desk, seldom_down(failures, late))
    assert found.turns == found.expected
    assert len(found.turns.firsts) == 2 * failures + 1
    assert found.goes_through_all is through_all


def test_a_monitor_that_keeps_to_its_time_is_asked_once_what_came_after_its_failures(desk: Desk) -> None:
    assert len(Found(desk, seldom_down(MANY)).statements) == 2
    assert len(Found(desk, seldom_down(MANY, late=1)).statements) > 2


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 1, 1, 1, 2, 61, 5_000]),  # seconds since the round before
            st.sampled_from([(0,), (0,), (0, 400_000), (1, 999_999)]),  # how late in its second each place answers
            st.sampled_from([True, True, False]),
            st.sampled_from([True, False]),
        ),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from([1, 2]),
)
def test_pauses_late_rounds_and_places_that_differ(
    desk: Desk, rounds: list[tuple[int, tuple[int, ...], bool, bool]], failing: int
) -> None:
    rows, second = [], MIDNIGHT
    for gap, places, first, others in rounds:
        second += gap * SECOND
        rows += [(second + late, others if number else first) for number, late in enumerate(places)]
    found = Found(desk, rows, failing)
    assert found.turns == found.expected
    assert not found.goes_through_all
