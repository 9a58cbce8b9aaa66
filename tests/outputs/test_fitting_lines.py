"""Lines that fit but for the space at their end: no word is left alone on a line that has room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xladsl.outputs.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

PAGE = '<!doctype html><html lang="en"><head><title>t</title></head><body>{}</body></html>'
STYLE = "html {{ font: 10pt 'Source Serif 4'; }} body {{ margin: 0; }} p {{ width: {width}px; margin: 0; }}"
WORDS = "one two three four five six "


def test_the_first_word_is_not_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """In some of these widths the text fits but for its last space; in none is it cut behind its first word."""
    lines = first_lines(monkeypatch)
    widths = [130 + step / 2 for step in range(80)]
    paragraphs = "".join(f'<p style="width: {width}px">{WORDS}<a href="#a">seven</a></p>' for width in widths)
    pdf, problems = typeset(PAGE.format(f'<h1 id="a">t</h1>{paragraphs}'), STYLE.format(width=200))
    assert (pdf is not None, problems) == (True, [])
    assert min(len(line) for line in lines) > len("one two")


def first_lines(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first lines of all paragraphs that are laid out from now on."""
    from weasyprint.layout import block

    found: list[str] = []
    laid_out = block.block_level_layout

    def recorded(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
        result = laid_out(context, box, *rest, **more)
        if getattr(result[0], "element_tag", "") == "p":
            found.append("".join(words(result[0].children[0])))
        return result

    monkeypatch.setattr(block, "block_level_layout", recorded)
    return found


def words(box: Any) -> Iterator[str]:
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from words(child)
