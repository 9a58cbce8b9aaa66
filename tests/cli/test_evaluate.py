"""`xladsl evaluate`: the transcripts of `evaluate.md`, and what results are held to."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tests.cli.test_cli import FENCED, replayed, xladsl
from tests.test_import_budget import HEAVY, loaded_by
from xladsl.cli import main
from xladsl.statements import schema

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
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


def test_a_kpi_that_does_not_say_its_value_has_none(folder: Path) -> None:
    bare = """
        kpi bare "Bare" { serves effortless_help better when higher }
        sla barely "Barely" {
          for portal kpi bare force target level at least 5 each calendar month during all hours owner service_manager
        }
    """
    with (folder / "ours" / "agreement.xladsl").open("a", encoding="utf-8") as file:
        file.write(bare)
    judged = json.loads(evaluated("ours", "--data", "portal_log=portal.csv"))["judgements"]
    assert [each["verdict"] for each in judged if each["promise"] == "barely"] == ["no data"]


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
    """A credit that is doubled after a bad month is so whether the rows of that month are there, or its result."""
    file = folder / "ours" / "agreement.xladsl"
    doubled = (
        "  doubled when portal_up is breached in the previous month\n  cap         15% of base each calendar month\n"
    )
    cap = "  cap         15% of base each calendar month\n"
    file.write_text(file.read_text(encoding="utf-8").replace(cap, doubled), encoding="utf-8")
    evaluated("ours", "--data", "portal_log=portal.csv", "-o", "april.json")
    may = ["2027-05-07 10:00,2027-05-07 14:30"]
    written("all.csv", [*OUTAGES, *may])
    written("may.csv", may)

    def payments(*options: str) -> list[dict[str, Any]]:
        found = xladsl("evaluate", "ours", "--period", "2027-05", "--format", "json", *options)
        return [each for each in json.loads(found.stdout)["payments"] if each["payment"] == "portal_credit"]

    [with_rows] = payments("--data", "portal_log=all.csv")
    [with_result] = payments("--data", "portal_log=may.csv", "--earlier", "april.json")
    [with_neither] = payments("--data", "portal_log=may.csv")
    assert with_rows["amount"]["decimal"] == with_result["amount"]["decimal"] == "400"
    assert with_neither["amount"]["decimal"] == "200"


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


def test_nobody_s_document_forges_what_a_terminal_shows(folder: Path) -> None:
    """Neither a specification nor a result nor a table of data gets a control character into what is printed."""
    evaluated("ours", "--data", "portal_log=portal.csv", "-o", "april.json")
    xladsl("build", "ours", "--to", "json", "-o", ".")
    forged = "\x1b[2J"
    for file, places in {"april.json": ("given", "notes"), "service_desk_and_portal.json": ("slas", "kpis")}.items():
        document = json.loads(Path(file).read_text(encoding="utf-8"))
        for place in places:
            Path("forged.json").write_text(json.dumps(document | {place: [forged], forged: 1}), encoding="utf-8")
            for arguments in (["forged.json", "--period", "2027-04"], ["ours", "--verify", "forged.json"]):
                result = xladsl("evaluate", *arguments)
                assert result.exit_code == 1
                assert "\x1b" not in result.output
    document = json.loads(Path("april.json").read_text(encoding="utf-8"))
    Path("forged.json").write_text(json.dumps(document | {"given": [forged]}), encoding="utf-8")
    told = ["--given", "fee portal_fee is EUR 1.00"]
    shown = xladsl("evaluate", "ours", "--data", "portal_log=portal.csv", "--verify", "forged.json", *told).output
    assert "<U+001B>[2J" in shown
    Path("forged.csv").write_text(f"began,ended\n{forged},{forged}\n", encoding="utf-8")
    assert "\x1b" not in xladsl("evaluate", "ours", "--data", "portal_log=forged.csv", "--period", "2027-04").output


def test_a_specification_is_worked_out_without_the_compiler(tmp_path: Path) -> None:
    """Whoever evaluates each night pays for the start each time."""
    xladsl("init", str(tmp_path / "ours"))
    xladsl("build", str(tmp_path / "ours"), "--to", "json", "-o", str(tmp_path))
    data = tmp_path / "portal.csv"
    data.write_text("\n".join(["began,ended", *OUTAGES, ""]), encoding="utf-8")
    arguments = ("--data", f"portal_log={data}", "--period", "2027-04", "--format", "json")
    loaded = loaded_by("evaluate", tmp_path / "service_desk_and_portal.json", *arguments)
    assert "xladsl.evaluation.evaluate" in loaded
    assert loaded & {"xladsl.compiler", "xladsl.loading", "xladsl.syntax._tables", "xladsl.outputs"} == set()
    assert loaded & HEAVY == set()


# -------------------------------------------------------------------------------------------------------------- signing


@pytest.fixture
def stated(folder: Path) -> Path:
    """A result of April with its statement, and a pair of keys for each party."""
    evaluated("ours", "--data", "portal_log=portal.csv", "-o", "april.json", "--statement", "april.statement.json")
    for name in ("provider", "customer"):
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.key.pem").write_bytes(private)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / f"{name}.pem").write_bytes(public)
    return folder


KEYS = ("--key", "provider=provider.pem", "--key", "customer=customer.pem")


def test_two_parties_sign_in_turn(stated: Path) -> None:
    signed = xladsl("statement", "sign", "april.statement.json", "--key", "provider.key.pem", "-o", "signed.json")
    assert signed.exit_code == 0, signed.output
    half = xladsl("statement", "verify", "signed.json", *KEYS)
    assert half.exit_code == 1
    assert "provider has signed it" in half.output
    assert "customer has not signed it." in half.output
    assert xladsl("statement", "sign", "signed.json", "--key", "customer.key.pem").exit_code == 0
    whole = xladsl("statement", "verify", "signed.json", *KEYS, "--result", "april.json")
    assert whole.exit_code == 0, whole.output
    assert "It is about april.json." in whole.output
    (stated / "april.json").write_bytes((stated / "april.json").read_bytes() + b" ")
    changed = xladsl("statement", "verify", "signed.json", *KEYS, "--result", "april.json")
    assert changed.exit_code == 1
    assert "It is about another result than april.json" in changed.output


def test_no_key_is_shown_or_kept(stated: Path) -> None:
    before = {file.name for file in stated.iterdir()}
    secret = (stated / "provider.key.pem").read_text(encoding="utf-8").splitlines()[1]
    done = xladsl("statement", "sign", "april.statement.json", "--key", "provider.key.pem", "-o", "signed.json")
    assert secret not in done.output
    assert {file.name for file in stated.iterdir()} - before == {"signed.json"}
    assert secret not in (stated / "signed.json").read_text(encoding="utf-8")


def test_a_key_behind_a_password_asks_for_it(stated: Path) -> None:
    key = Ed25519PrivateKey.generate()
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"open sesame"))
    (stated / "locked.pem").write_bytes(locked)
    arguments = ["statement", "sign", "april.statement.json", "--key", "locked.pem", "-o", "signed.json"]
    wrong = CliRunner().invoke(main, arguments, input="no\n", prog_name="xladsl")
    assert wrong.exit_code == 2
    assert "the password is wrong" in wrong.output
    right = CliRunner().invoke(main, arguments, input="open sesame\n", prog_name="xladsl")
    assert right.exit_code == 0
    assert "open sesame" not in wrong.output + right.output


def test_what_cannot_be_signed_or_checked_is_told(stated: Path) -> None:
    for arguments, said in (
        (["sign", "portal.csv", "--key", "provider.key.pem"], "neither a statement nor an envelope"),
        (["sign", "april.json", "--key", "provider.key.pem"], "no statement about a result"),
        (["sign", "april.statement.json", "--key", "portal.csv"], "no private key in PEM"),
        (["verify", "april.statement.json", "--key", "x=provider.key.pem"], "belongs to nobody but its owner"),
        (["verify", "april.statement.json", "--key", "provider.pem"], "does not say whose it is"),
        (["verify", "gone.json", "--key", "x=provider.pem"], "gone.json cannot be read"),
    ):
        result = xladsl("statement", *arguments)
        assert result.exit_code == 2
        assert said in result.output


def test_another_engine_comes_to_the_same(folder: Path) -> None:
    """In a process of its own, which ends as people's do: nothing is left behind and nothing is complained of."""
    pytest.importorskip("duckdb")
    evaluated("ours", "--data", "portal_log=portal.csv", "-o", "april.json")
    arguments = ["ours", "--data", "portal_log=portal.csv", "--verify", "april.json", "--engine", "duckdb"]
    again = subprocess.run(
        [sys.executable, "-m", "xladsl", "evaluate", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert "it comes to the same" in again.stdout
    assert "The engine was python, and is duckdb." in again.stdout


def test_how_data_are_read_counts_and_not_where_they_lie(folder: Path) -> None:
    """The other party has its files elsewhere, under a config of its own, and reads them in the same way or another."""
    evaluated("ours", "--data", "portal_log=portal.csv", "-o", "april.json")
    (folder / "elsewhere").mkdir()
    (folder / "portal.csv").rename(folder / "elsewhere" / "log.csv")
    config = folder / "elsewhere" / "xladsl-data.toml"
    config.write_text('[portal_log]\nfiles = "log.csv"\n', encoding="utf-8")
    verify = ("evaluate", "ours", "--verify", "april.json", "--config", str(config))
    same = xladsl(*verify)
    assert (same.exit_code, same.output) == (0, "Worked out again, it comes to the same: 1 verdict, 1 payment.\n")
    config.write_text('[portal_log]\nfiles = "log.csv"\nzone = "UTC"\n', encoding="utf-8")
    other = xladsl(*verify)
    assert other.exit_code == 1
    assert "The option reading of portal_log was" in other.output
