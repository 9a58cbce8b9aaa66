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


def test_a_column_that_holds_words_is_mended(tmp_path: Path) -> None:
    columns = 'columns opened as time from "o", resolved from "r", priority from "p"'
    value = 'value mean of (desk.resolved - desk.opened) where priority is "P1"'
    text = f'tickets desk "Desk" {{\n  {columns}\n}}\nkpi lasted "A" {{\n  {value}\n  better when lower\n}}\n'
    (found,) = [each for each in findings(Example("", True, False, text), tmp_path).inside if each.fix is not None]
    assert (found.rule, found.fix.title if found.fix else "") == ("words-as-number", "write `as time`")
    (edit,) = found.fix.edits if found.fix else ()
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert 'resolved as time from "r"' in mended
    assert [each.rule for each in findings(Example("", False, False, mended), tmp_path).inside if each.fix] == []
