"""One message for one mistake: every file of tests/broken says beside each line what is reported there.

`// error: …` speaks of its own line. Where no comment can stand, as behind a text that is not closed,
`//^ error: …` stands on the next line.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xladsl.source import Source
from xladsl.syntax.parser import parse

BROKEN = sorted((Path(__file__).parents[1] / "broken").glob("*.xladsl"))
EXPECTATION = re.compile(r"//(\^?) error: (.*)")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_each_mistake_has_its_message_and_no_other(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    source = Source(path.name, text)
    _, diagnostics = parse(source)
    found = [f"{source.position(diagnostic.span.start)[0]}: {diagnostic.title}" for diagnostic in diagnostics]
    expected = [
        f"{number - len(match[1])}: {match[2]}"
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := EXPECTATION.search(line))
    ]
    assert found == expected


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_other_blocks_are_kept(path: Path) -> None:
    tree, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert tree.rule == "document"
    heads = re.findall(
        r"^(?:goal|service|party|credit|survey|target|kpi) \w+", path.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(tree.children) >= len(heads)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_fixes_mend_the_text(path: Path) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    _, before = parse(source)
    text = source.text
    edits = [edit for diagnostic in before if diagnostic.fix for edit in diagnostic.fix.edits]
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    _, after = parse(Source(path.name, text))
    assert [found.title for found in after] == [found.title for found in before if found.fix is None]


def test_what_narrows_an_aggregate_inside_of_a_sum_belongs_into_parentheses() -> None:
    text = 'sla quick { value highest of (percentile 95 of requests.load where region is "north", 0 s) }'
    _, (found,) = parse(Source("trial.xladsl", text))
    assert found.title.startswith("`where` is not expected after `load`")
    assert "put both in parentheses" in found.remedy
