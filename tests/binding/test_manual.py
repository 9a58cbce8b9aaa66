"""The page about data says what the program does: its keys, its example, its words."""

from __future__ import annotations

import re
from pathlib import Path

from tests.binding.conftest import Desk, told
from tests.expectations import fenced
from xladsl.binding.config import COLUMN_KEYS, SOURCE_KEYS, configured
from xladsl.binding.planning import UNITS
from xladsl.binding.times import PARTS
from xladsl.binding.whereabouts import FORMATS

MANUAL = Path(__file__).parents[2] / "docs" / "binding.md"
TEXT = MANUAL.read_text("utf-8")
FIRST_CELL = re.compile(r"^\| ([^|]+) \|", re.MULTILINE)


def test_the_example_of_a_config_means_something_to_the_last_key() -> None:
    [example] = [text.text for text in fenced(MANUAL) if text.language == "toml"]
    config, problems = configured(example, "xladsl-data.toml")
    assert problems == []
    said = {key for settings in config.sources.values() for key in settings}
    columns = {key for each in config.sources.values() for column in each.get("columns", {}).values() for key in column}
    assert said == set(SOURCE_KEYS) - {"decimal_comma"}
    assert columns == set(COLUMN_KEYS) - {"null", "zone"}


def test_every_key_format_and_unit_is_in_the_tables() -> None:
    listed = {name for cell in FIRST_CELL.findall(TEXT) for name in re.findall(r"`([^`]+)`", cell)}
    assert set(SOURCE_KEYS) | {"header", "format", "unit", "yes", "no"} | set(FORMATS) <= listed
    said = set(re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", TEXT, flags=re.MULTILINE | re.DOTALL)))
    assert {unit for units in UNITS.values() for unit in units} <= said
    assert {f"%{part}" for part in PARTS} - {"%%"} <= said


def test_what_is_told_is_what_the_page_shows(desk: Desk) -> None:
    [example] = [text.text for text in fenced(MANUAL) if text.language == "text"]
    rows = "".join(f"T{number},{'2026-04-01 10:00' if number % 2 else 'yesterday'},,P1\n" for number in range(10))
    desk.put("tickets.csv", "id,created,closed,prio\n" + rows)
    assert told(desk.read("[desk]\nfiles = 'tickets.csv'")) == example.strip()
