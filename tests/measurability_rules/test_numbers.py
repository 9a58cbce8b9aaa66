"""The numbers of the statistics come out in what the rules say; where a promise keeps them, nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.expectations import expectations, fenced, findings, with_prelude
from xladsl.diagnostics import rule_named

TEXTS = [
    pytest.param(text.text, id=f"{document.stem}: {text.heading}")
    for document in sorted(Path(__file__).parent.glob("*.md"))
    for text in fenced(document)
    if text.language == "xladsl"
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_the_rules_of_measurability_say(text: str) -> None:
    files = with_prelude(text)
    expected = expectations("fragment.xladsl", text)
    found = [finding for _, finding in findings(files) if finding.file == "fragment.xladsl" and is_ours(finding.rule)]
    missing = [str(each) for each in expected if not any(finding.meets(each) for finding in found)]
    surprising = [str(finding) for finding in found if not any(finding.meets(each) for each in expected)]
    assert (missing, surprising) == ([], [])


@pytest.mark.parametrize("text", TEXTS)
def test_the_texts_are_agreements(text: str) -> None:
    errors = [finding for severity, finding in findings(with_prelude(text)) if str(severity) == "error"]
    assert [str(finding) for finding in errors if not is_ours(finding.rule)] == []


def is_ours(rule: str) -> bool:
    return "XL550" <= rule_named(rule).code <= "XL599"
