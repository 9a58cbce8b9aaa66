"""`xladsl evaluate --engine source`: counted in the database, a result is what it is when it is counted here."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.cli.test_cli import xladsl
from tests.cli.test_evaluate import OUTAGES, evaluated, folder, written
from tests.evaluation.engines import witnesses
from xladsl.statements import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["folder"]  # a fixture

COUNTED_THERE = ("--config", "there.toml", "--engine", "source")


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    with witnesses.postgres() as connection:
        yield connection
        gc.collect()


def put(server: Any, outages: list[str], kind: str = "text") -> None:
    """The outages as a table, and a config that leads to it."""
    gc.collect()  # a command that is a process of its own leaves no connection behind, by which the table is held
    server.execute(f"DROP TABLE IF EXISTS portal; CREATE TABLE portal (began {kind}, ended {kind})")
    with server.cursor() as cursor:
        cursor.executemany("INSERT INTO portal VALUES (%s, %s)", [outage.split(",") for outage in outages])
    reached = f'driver = "psycopg"\nconnect = "{server.info.dsn}"\ntable = "portal"\n'
    Path("there.toml").write_text(f"[portal_log]\n{reached}", encoding="utf-8")


def without(result: dict[str, Any], *, files: bool) -> dict[str, Any]:
    """A result without the name of its engine; and without that of its data, where the same rows lay elsewhere."""
    sources = [
        {key: said for key, said in each.items() if not (files and key == "files")} for each in result["sources"]
    ]
    made_by = {key: said for key, said in result["made_by"].items() if key != "engine"}
    return result | {"sources": sources, "made_by": made_by}


@pytest.mark.parametrize("kind", ["text", "timestamp"])
def test_it_is_the_same_wherever_rows_are_counted(folder: Path, server: Any, kind: str) -> None:
    put(server, OUTAGES, kind)
    there, here = (
        json.loads(evaluated("ours", "--config", "there.toml", "--engine", engine)) for engine in ("source", "python")
    )
    of_a_file = json.loads(evaluated("ours", "--data", "portal_log=portal.csv"))
    jsonschema.Draft202012Validator(schema.schema()).validate(there)
    assert there["made_by"]["engine"]["name"] == "postgres"
    assert there["made_by"]["engine"]["version"].startswith("PostgreSQL ")
    assert without(there, files=False) == without(here, files=False)
    assert without(there, files=True) == without(of_a_file, files=True)
    assert there["payments"], "something is paid for"


def test_a_result_is_verified_by_another_engine(folder: Path, server: Any) -> None:
    put(server, OUTAGES)
    evaluated("ours", *COUNTED_THERE, "-o", "april.json")
    verified = xladsl("evaluate", "ours", "--config", "there.toml", "--engine", "python", "--verify", "april.json")
    assert verified.exit_code == 0, verified.output
    assert "Worked out again, it comes to the same" in verified.output
    assert "The engine was postgres, and is python." in verified.output
    put(server, OUTAGES[1:])
    changed = xladsl("evaluate", "ours", *COUNTED_THERE, "--verify", "april.json")
    assert changed.exit_code == 1
    assert "The data of `portal_log` are not the same: 5 rows then, 4 now." in changed.output


def test_bad_rows_are_told_and_nothing_rests_on_them(folder: Path, server: Any) -> None:
    put(server, [*OUTAGES, "yesterday,2027-04-02", "2027-04-02 10:00,2027-04-02 09:00"])
    refused = xladsl("evaluate", "ours", "--period", "2027-04", *COUNTED_THERE)
    assert refused.exit_code == 1
    assert "what stands in `began` is no time\n  psycopg: portal, column `began`, where `ended` is" in refused.output
    assert "what stands in `ended` lies before the beginning, `began`" in refused.output
    assert "Nothing is worked out from data that cannot be relied on." in refused.output


def test_a_database_that_is_lost_on_the_way_is_told(folder: Path, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from xladsl.evaluation.engines.answers import Answers

    def lost(self: Any, *_: Any) -> Any:
        return self.asked("SELECT pg_terminate_backend(pg_backend_pid())")

    put(server, OUTAGES)
    monkeypatch.setattr(Answers, "listed", lost)
    monkeypatch.setattr(Answers, "tally", lost)
    ended = xladsl("evaluate", "ours", "--period", "2027-04", *COUNTED_THERE)
    assert ended.exit_code == 1
    assert "error: `psycopg` cannot be read: terminating connection" in ended.output


def test_files_alone_are_not_counted_where_they_lie(folder: Path) -> None:
    written("portal.csv", OUTAGES)
    refused = xladsl("evaluate", "ours", "--period", "2027-04", "--data", "portal_log=portal.csv", "--engine", "source")
    assert refused.exit_code == 1
    assert "No source lies in a database that can count its rows" in refused.output
