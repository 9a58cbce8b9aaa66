"""The texts of `tests/language`: what is found in names, shapes, values, imports, and nothing else."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from tests.expectations import Fenced, differences, fenced, with_prelude
from xladsl.diagnostics import Severity

DOCUMENTS = sorted((Path(__file__).parent / "language").glob("*.md"))


def sections(document: Path) -> list[tuple[str, list[Fenced]]]:
    return [(heading, list(texts)) for heading, texts in groupby(fenced(document), key=lambda text: text.heading)]


def files_of(texts: list[Fenced]) -> dict[str, str]:
    """A fragment, completed; or files as they are, if the fences name them."""
    if texts[0].words:
        return {text.words: text.text for text in texts}
    assert len(texts) == 1, "several fragments under one heading: give each its own, or name the files"
    return with_prelude(texts[0].text)


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(texts, id=f"{document.stem}: {heading}")
        for document in DOCUMENTS
        for heading, texts in sections(document)
    ],
)
def test_texts_have_exactly_the_errors_they_name(texts: list[Fenced]) -> None:
    assert differences(files_of(texts), at_least=Severity.ERROR) == []


def test_a_missing_and_a_surprising_finding_are_both_told() -> None:
    unmet = differences(with_prelude("// error: unknown-name\n"))
    surprising = differences(with_prelude('role lost "Lost" of nowhere { held by "Ida Berg" }\n'))
    assert [difference.split(":")[0] for difference in (*unmet, *surprising)] == ["not found", "not expected"]
