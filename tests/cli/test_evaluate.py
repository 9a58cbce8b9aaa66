"""`xladsl evaluate`: the transcripts of `evaluate.md`, and what results are held to."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from tests.cli.test_cli import FENCED, replayed, xladsl
from xladsl.statements import schema

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSCRIPTS = Path(__file__).with_name("evaluate.md")
OUTAGES = [
    "2027-03-31 23:50,2027-04-01 00:10",
    "2027-04-07 10:00,2027-04-07 13:30",
    "2027-04-07 12:00,2027-04-07 14:00",
    "2027-04-20 22:15,2027-04-21 00:45",
    "2027-04-30 23:59,2027-05-01 00:01",
]


def test_evaluations_say_what_the_transcripts_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_golden: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    same_as_golden(TRANSCRIPTS, FENCED.sub(without_digests, TRANSCRIPTS.read_text(encoding="utf-8")))


def without_digests(fenced: re.Match[str]) -> str:
    """What a command says, whatever the release of the time zones and of the specification's form."""
    return re.sub(r"\b[0-9a-f]{16}\b", "…", re.sub(r"(?<=time zones )\w+", "…", replayed(fenced)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    xladsl("init", "ours")
    written("portal.csv", OUTAGES)
    return tmp_path


def written(name: str, rows: list[str]) -> None:
    Path(name).write_text("\n".join(["began,ended", *rows, ""]), encoding="utf-8")


def evaluated(agreement: str, *options: str) -> bytes:
    result = xladsl("evaluate", agreement, "--period", "2027-04", "--format", "json", *options)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def test_a_result_follows_its_schema_and_has_the_same_bytes_each_time(folder: Path) -> None:
    once, again = (evaluated("ours", "--data", "portal_log=portal.csv") for _ in range(2))
    assert once == again
    jsonschema.Draft202012Validator(schema.schema()).validate(json.loads(once))


def test_the_specification_gives_the_bytes_that_the_source_gives(folder: Path) -> None:
    xladsl("build", "ours", "--to", "json", "-o", "built")
    data = ("--data", "portal_log=portal.csv")
    assert evaluated("built/service_desk_and_portal.json", *data) == evaluated("ours", *data)


def test_neither_the_order_of_rows_nor_how_they_are_split_matters(folder: Path) -> None:
    whole = json.loads(evaluated("ours", "--data", "portal_log=portal.csv"))
    shuffled = random.Random(3).sample(OUTAGES, len(OUTAGES))
    (folder / "parts").mkdir()
    written("parts/a.csv", shuffled[:2])
    written("parts/b.csv", shuffled[2:])
    parts = json.loads(evaluated("ours", "--data", "portal_log=parts"))
    assert whole.pop("sources") != parts.pop("sources")
    assert whole == parts


def test_earlier_results_stand_for_the_rows_of_their_time(folder: Path) -> None:
    asked = ("--period", "2027-03", "--data", "portal_log=portal.csv", "--format", "json", "-o", "march.json")
    assert xladsl("evaluate", "ours", *asked).exit_code == 0
    april = json.loads(evaluated("ours", "--data", "portal_log=portal.csv", "--earlier", "march.json"))
    assert len(april["earlier"]) == 1
    assert april["judgements"] == json.loads(evaluated("ours", "--data", "portal_log=portal.csv"))["judgements"]


def test_nothing_of_an_internal_edition_is_in_a_result_for_the_parties(folder: Path) -> None:
    file = folder / "ours" / "agreement.xladsl"
    internal = """
sla hidden_goal "Inside" {
  audience    internal
  for         portal
  force       target
  kpi         uptime
  level       at least 99.99%
  each        calendar month
  during all hours
  partial periods count their own length
  no data     counts as breached
  owner       service_manager
}
"""
    file.write_text(file.read_text(encoding="utf-8") + internal, encoding="utf-8")
    data = ("--data", "portal_log=portal.csv")
    assert b"hidden_goal" in evaluated("ours", *data, "--audience", "internal")
    assert b"hidden_goal" not in evaluated("ours", *data)
