"""The word across every page of what is not agreed yet: the background of the page, so no voice reads it aloud."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

LENGTH = 250
"""How long the word is on the page of 210 × 297 mm, from corner towards corner, in millimetres."""

TALLEST = 62
WIDTH_OF_A_LETTER = 0.68
"""Of its height, for capitals of the font on paper, with some room to spare."""


def style_of(word: str) -> Markup:
    """The style sheet by which pages called `marked` show a word, in the font of paper."""
    height = min(TALLEST, LENGTH / (WIDTH_OF_A_LETTER * len(word)))
    drawn = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297">'
        '<text transform="translate(105 148.5) rotate(-55)" y="{}" text-anchor="middle" font-size="{}" '
        'font-family="\'Source Serif 4\', \'Noto Naskh Arabic\'" font-weight="bold" fill="#f0f0f0">{}</text></svg>'
    ).format(f"{height / 3:.1f}", f"{height:.1f}", word.upper())
    address = f"data:image/svg+xml,{quote(str(drawn))}"
    return Markup('@page marked {{ background: url("{}") center / 100% 100% no-repeat; }}').format(address)
