"""How strictly `check` and `build` read an agreement: the transcripts of `profiles.md`, and what machines read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_cli import FENCED, replayed, xladsl
from xladsl.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSCRIPTS = Path(__file__).with_name("profiles.md")

WAIVED_IN_VAIN = """
agreement web_hosting "Web hosting" {
  version  1.0.0
  between  provider havn and customer brod
  term     2026-01-01 to 2026-12-31
  timezone Europe/Copenhagen
}
party havn "Havn Hosting ApS" { }
party brod "Brød & Dage A/S" { }
service shop "Web shop" { by havn }
waive owner-unsaid on brod until 2026-06-30 because "Agreed."
"""


def test_profiles_show_what_the_transcripts_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same_as_golden: Callable[[Path, str], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    same_as_golden(TRANSCRIPTS, FENCED.sub(replayed, TRANSCRIPTS.read_text(encoding="utf-8")))


def test_machines_read_the_profiles_and_which_errors_are_warnings(tmp_path: Path) -> None:
    file = tmp_path / "hosting.xladsl"
    file.write_text(WAIVED_IN_VAIN, encoding="utf-8")
    document = json.loads(
        xladsl("check", "--format", "json", "--profile", "iso20000", "--profile", "final", str(file)).output
    )
    assert document["profiles"] == ["final", "iso20000"]
    found = {each["rule"]: (each["severity"], each["raised"], each["profiles"]) for each in document["findings"]}
    assert found["useless-waiver"] == ("error", True, [])
    assert found["service-without-limit"] == ("error", False, ["iso20000"])


def test_the_help_names_each_profile() -> None:
    [profile] = [option for option in main.get_command(None, "check").params if option.name == "profiles"]  # type: ignore[arg-type,union-attr]
    assert list(profile.type.choices) == ["draft", "review", "final", "iso20000", "iso19086"]  # type: ignore[attr-defined]
