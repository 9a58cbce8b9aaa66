"""The word across every page of what is not agreed yet: the background of the page, so no voice reads it aloud.

It is drawn and not written where that can be done letter by letter, so that it does not stand between the words of
whoever copies text out of a draft. Letters that join, as in Persian, are left to the engine to write.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from urllib.parse import quote

from markupsafe import Markup

from .. import resources

FONT = "SourceSerif4-Bold.ttf"
LENGTH, TALLEST = 250, 62
"""How long the word is at most on the page of 210 × 297 mm, from corner towards corner, and how tall: millimetres."""

WIDTH_OF_A_LETTER = 0.68
"""Of its height, roughly, where only the engine knows."""

COLOUR = "#f0f0f0"
UPRIGHT = "translate(105 148.5) rotate(-55)"


@cache
def style_of(word: str) -> Markup:
    """The style sheet by which pages called `marked` show a word, in the font of paper."""
    joined = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in word)
    drawn = written(word) if joined else outlined(word.upper())
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297">{drawn}</svg>'
    address = f"data:image/svg+xml,{quote(picture)}"
    return Markup('@page marked {{ background: url("{}") center / 100% 100% no-repeat; }}').format(address)


def outlined(word: str) -> str:
    """The letters of a word as shapes."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    with TTFont(resources.fonts() / FONT) as font:
        names, glyphs, size = font.getBestCmap(), font.getGlyphSet(), font["head"].unitsPerEm
        pen, reached = SVGPathPen(glyphs), 0
        for letter in word:
            glyph = glyphs[names.get(ord(letter), ".notdef")]
            glyph.draw(TransformPen(pen, (1, 0, 0, 1, reached, 0)))
            reached += glyph.width
        tall = font["OS/2"].sCapHeight
    scale = min(TALLEST / size, LENGTH / reached)
    place = f"{UPRIGHT} scale({scale:.6f} {-scale:.6f}) translate({-reached / 2:.1f} {-tall / 2:.1f})"
    return f'<path fill="{COLOUR}" transform="{place}" d="{pen.getCommands()}"/>'


def written(word: str) -> Markup:
    height = min(TALLEST, LENGTH / (WIDTH_OF_A_LETTER * len(word)))
    return Markup(
        '<text transform="{}" y="{}" text-anchor="middle" font-size="{}" '
        'font-family="\'Source Serif 4\', \'Noto Naskh Arabic\'" font-weight="bold" fill="{}">{}</text>'
    ).format(UPRIGHT, f"{height / 3:.1f}", f"{height:.1f}", COLOUR, word)
