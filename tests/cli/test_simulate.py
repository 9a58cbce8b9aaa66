"""`xladsl simulate`: the transcripts of `simulate.md`, and what machines read."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_cli import FENCED, replayed, xladsl

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSCRIPTS = Path(__file__).with_name("simulate.md")


def test_simulations_say_what_the_transcripts_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_golden: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    same_as_golden(TRANSCRIPTS, FENCED.sub(without_versions, TRANSCRIPTS.read_text(encoding="utf-8")))


def without_versions(fenced: re.Match[str]) -> str:
    return re.sub(r"(?<=numpy )\d[\w.]*\w", "…", replayed(fenced))


def test_a_year_in_which_nothing_is_agreed_is_not_simulated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    xladsl("init", "ours")
    result = xladsl("simulate", "ours", "--years", "10", "--year", "2040")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "The agreement holds from 2027-01-01 to 2028-12-31, and nothing of it lies in 2040." in result.stderr


def test_machines_read_the_same_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    xladsl("init", "ours")
    result = xladsl("simulate", "ours", "--years", "300", "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["years"] == 300
    assert set(found["made_by"]) == {"xladsl", "numpy"}
    (portal,) = (each for each in found["promises"] if each["promise"] == "portal_up")
    assert sum(portal["verdicts"].values()) == pytest.approx(1)
    assert {each["to"] for each in found["totals"]} == {"customer_company"}


def test_without_numpy_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    xladsl("init", "ours")
    for name in [name for name in sys.modules if name.startswith("xladsl.simulation")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numpy", None)
    result = xladsl("simulate", "ours")
    assert result.exit_code == 2
    assert "pip install 'xladsl[simulate]'" in result.output
