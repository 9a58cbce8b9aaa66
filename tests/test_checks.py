"""What the rules find in the texts of `checks/`: exactly what is marked, beside the lines that are marked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rule_examples import FENCE, Example, findings
from xladsl.diagnostics import Severity

FOLDER = Path(__file__).parent / "checks"
SECTION = re.compile(r"^## (.*?)$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)

TEXTS = [
    pytest.param(Example("", "// " in text, "alone" in words, text), id=f"{document.stem}: {heading}")
    for document in sorted(FOLDER.glob("*.md"))
    for heading, body in SECTION.findall(document.read_text(encoding="utf-8"))
    for words, text in FENCE.findall(body)
]


@pytest.mark.parametrize("text", TEXTS)
def test_findings(text: Example, tmp_path: Path) -> None:
    found = findings(text, tmp_path)
    places = [(each.span.source.position(each.span.start)[0], str(each.severity), each.rule) for each in found.inside]
    assert sorted(places) == sorted(text.marks)
    assert [each for each in found.outside if each.severity == Severity.ERROR] == []
