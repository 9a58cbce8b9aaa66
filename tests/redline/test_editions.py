"""Two versions are compared in any edition: in another language, from right to left, and in two columns."""

from __future__ import annotations

import pytest

from tests.redline.test_changes import OLD
from xladsl.compiler import compile_agreement
from xladsl.outputs import Manner
from xladsl.outputs.html import page
from xladsl.profiles import UNASKED
from xladsl.redline.comparison import Comparison, Version
from xladsl.redline.resolving import accepted, plain, rejected
from xladsl.sealing.carrying import carry

SPOKEN = OLD.replace("currency EUR", "currency EUR\n  languages en, da, fa, prevailing en")
CHANGED = (
    SPOKEN.replace("at least 99.5%\n", "at least 99.9%\n")
    .replace("clause notices", 'clause calm "Calm" { in general text "Nobody shouts at anybody." }\n\nclause notices')
    .replace('"Notices" { in general', '"Notices" { in term')
)


def version(text: str, languages: tuple[str, ...]) -> Version:
    readable = compile_agreement("hosting.xladsl", lambda path: text if "hosting" in path else None, UNASKED).readable
    assert readable is not None
    carried = carry(readable, "parties", profile=UNASKED, manner=Manner(languages))
    return Version(carried.contract, carried.about)


@pytest.mark.parametrize("languages", [("en",), ("da",), ("fa",), ("en", "da"), ("en", "fa")], ids="-".join)
def test_each_edition_shows_both_versions(languages: tuple[str, ...]) -> None:
    old, new = version(SPOKEN, languages), version(CHANGED, languages)
    comparison = Comparison(old, new)
    marked = comparison.html()
    assert body(accepted(marked)) == body(plain(page(*new)))
    assert body(rejected(marked)) == body(plain(page(*old)))
    assert 'data-change="moved-to"' in comparison.marked, "the clause on notices stands in another section"


def body(html: str) -> str:
    """What is shown, from the first element on: the line at the foot of a comparison names both versions."""
    return html[html.index(">", html.index("<body")) :]


def test_the_cover_is_in_the_language_of_the_edition() -> None:
    comparison = Comparison(version(SPOKEN, ("da",)), version(CHANGED, ("da",)))
    assert "<h1>Sammenligning af to versioner</h1>" in comparison.cover()


def test_a_cover_for_word_explains_no_marks_that_word_does_not_make() -> None:
    comparison = Comparison(version(SPOKEN, ("en",)), version(CHANGED, ("en",)))
    assert "struck through" in comparison.cover()
    assert "struck through" not in comparison.cover(tracked=True)
    assert "as tracked changes" in comparison.cover(tracked=True)
