"""Words that can be typed at the place that a bar marks."""

from __future__ import annotations

import pytest

from xladsl.source import Source
from xladsl.syntax.completion import expected_words


def words_at(text: str) -> list[str]:
    return expected_words(Source("text", text.replace("|", "", 1)), text.index("|"))


def test_after_a_word_that_few_can_follow() -> None:
    assert words_at("target ease {\n  force |") == ["aspirational", "binding", "informative", "target"]
    assert words_at("target ease {\n  level at |") == ["least", "most"]


def test_a_word_under_way_does_not_count() -> None:
    assert words_at("target ease {\n  force bin|") == ["aspirational", "binding", "informative", "target"]


def test_between_blocks_and_between_clauses() -> None:
    assert {"agreement", "import", "kpi"} <= set(words_at("goal a {\n}\n|"))
    assert {"owner", "voice"} <= set(words_at('goal a {\n  note "x"\n  |\n}\n'))


@pytest.mark.parametrize("broken", ["level at least", "levle at 5", "note ;", "level at least 5 5 5"])
def test_a_mistake_above_does_not_end_the_help(broken: str) -> None:
    assert "baseline" in words_at(f"target ease {{\n  {broken}\n  |")
