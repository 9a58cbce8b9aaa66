"""Words in drawings: what runs from right to left is set in one piece, so that its letters join."""

from __future__ import annotations

import pytest

from xladsl.outputs.typesetting import typeset

PAGE = """<!doctype html><html lang="{language}"><head><title>t</title></head><body>
<svg role="img" viewBox="0 0 100 20" width="50mm" height="10mm"><title>t</title>
<text x="50" y="12" text-anchor="middle" font-family="'Source Serif 4', 'Noto Naskh Arabic'"
  font-size="8">{words}</text>
</svg></body></html>"""
STYLE = "html { font-family: 'Source Serif 4', 'Noto Naskh Arabic'; }"


@pytest.fixture
def set_pieces(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the engine sets, in the pieces in which it sets them."""
    from weasyprint.text import line_break

    pieces: list[str] = []
    before = line_break.split_first_line

    def recorded(text: str, *rest: object, **more: object) -> object:
        pieces.append(str(text))
        return before(text, *rest, **more)

    monkeypatch.setattr(line_break, "split_first_line", recorded)
    return pieces


@pytest.mark.parametrize(
    ("language", "words", "pieces"),
    [("fa", "۵ درصد", ["۵ درصد", "۵ درصد"]), ("en", "5%", ["5%", "5", "%"])],
)
def test_letters_that_join_are_set_together(
    set_pieces: list[str], language: str, words: str, pieces: list[str]
) -> None:
    pdf, problems = typeset(PAGE.format(language=language, words=words), STYLE)
    assert (pdf is not None, problems) == (True, [])
    assert set_pieces[-len(pieces) :] == pieces
