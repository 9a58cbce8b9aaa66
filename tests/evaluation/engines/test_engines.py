"""Whatever is asked of whatever rows: every engine gives the digest that the engine of reference gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.evaluation.engines import questions, witnesses
from xladsl.evaluation.engines import answers
from xladsl.evaluation.engines.connection import Spark
from xladsl.evaluation.engines.sql import TooLargeError
from xladsl.evaluation.rows.table import Rows, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xladsl.evaluation.rows.requests import Engine

FUZZ = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with witnesses.postgres() as connection:
        yield connection


@pytest.fixture(autouse=True)
def few_rows_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that probes are asked about in several stretches."""
    monkeypatch.setattr(answers, "ROWS_AT_ONCE", 5)


@settings(FUZZ, max_examples=80)
@given(questions.cases())
def test_duckdb_answers_like_the_reference(case: questions.Case) -> None:
    hold_against_reference(witnesses.with_duckdb(case.rows), case)


@settings(FUZZ, max_examples=100)
@given(questions.cases())
def test_sqlite_answers_like_the_reference(case: questions.Case) -> None:
    hold_against_reference(witnesses.with_sqlite(case.rows), case)


@settings(FUZZ, max_examples=80)
@given(case=questions.cases())
def test_postgresql_answers_like_the_reference(server: Any, case: questions.Case) -> None:
    hold_against_reference(witnesses.with_connection(server, "postgres", "%s", case.rows), case)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")  # py4j's
def test_spark_answers_like_the_reference() -> None:
    """It takes seconds for a question, so that it is asked few, about many rows at once."""
    asked = 0

    @settings(FUZZ, max_examples=40, phases=[Phase.generate])
    @given(questions.cases(least=30))
    def ask(case: questions.Case) -> None:
        nonlocal asked
        witnesses.create_on_spark(session, case.rows)
        asked += hold_against_reference(Spark(session, {"desk": witnesses.RELATION}), case)

    with witnesses.spark() as session:
        ask()
    assert asked > 40


def hold_against_reference(engine: Engine, case: questions.Case) -> int:
    """Returns how many questions the engine answered."""
    reference = Table({"desk": Rows(case.rows)})
    answered = 0
    for question in case.questions:
        try:
            found = witnesses.answer(engine, question)
        except TooLargeError:  # said so, and did not answer wrongly
            continue
        assert found == witnesses.answer(reference, question)
        answered += 1
    return answered
