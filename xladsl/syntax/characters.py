"""Characters that a reader cannot see, or takes for others.

What two parties sign must be what both of them see. So a character that shows as nothing, as a plain blank, or that
turns the direction of a line is refused everywhere, in texts and comments too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from xladsl.diagnostics import Diagnostic, Edit, Fix
from xladsl.source import Span

if TYPE_CHECKING:
    from xladsl.source import Source

HIDDEN = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
JOINERS = "\u200c\u200d"
ARABIC_LETTER = re.compile(
    "[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
)
MOST_DIAGNOSTICS = 50

# Letters that look like a Latin one, Cyrillic and then Greek, above the Latin ones.
LOOK_ALIKES = dict(
    zip(
        "авеікморсутхѕјһԁԛԝѵӏαβεικνορτυχω",
        "abeikmopcytxsjhdqwvlabeikvoptuxw",
        strict=True,
    )
)
# Letters of the alphabet of an agreement's own language, as they are commonly written without it.
TRANSLITERATIONS = {
    "æ": "ae",
    "ø": "oe",
    "å": "aa",
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "ð": "d",
    "þ": "th",
    "ł": "l",
}


def without_hidden_characters(source: Source) -> tuple[str, list[Diagnostic]]:
    """The text with a blank for each hidden character, so that every offset stays, and a finding for each."""
    found: list[Diagnostic] = []

    def stand_in(match: re.Match[str]) -> str:
        character = match[0]
        if character == "\ufeff" and match.start() == 0:
            return " "
        if character in JOINERS and _joins_arabic_letters(source.text, match.start()):
            return character
        if len(found) < MOST_DIAGNOSTICS:
            found.append(_hidden(source, match.start(), character))
        return "\n" if character == "\r" else " "

    return HIDDEN.sub(stand_in, source.text), found


def is_hidden(character: str) -> bool:
    return HIDDEN.fullmatch(character) is not None


def name_of(character: str) -> str:
    """`U+200B ZERO WIDTH SPACE`: the code point and, where it has one, the name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()


def in_plain_letters(word: str) -> str:
    """The nearest word in the letters a–z, digits and `_`, in which names are written; it may be empty."""
    lower = "".join(TRANSLITERATIONS.get(letter, LOOK_ALIKES.get(letter, letter)) for letter in word.lower())
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]", "", plain).lstrip("0123456789_")


def _joins_arabic_letters(text: str, offset: int) -> bool:
    around = text[max(offset - 1, 0) : offset] + text[offset + 1 : offset + 2]
    return len(around) == 2 and all(ARABIC_LETTER.match(letter) for letter in around)


def _hidden(source: Source, offset: int, character: str) -> Diagnostic:
    span = Span(source, offset, offset + 1)
    blank = character.isspace() or character in "\u200b\u3164\uffa0"
    replacement = "\n" if character == "\r" else " " if blank and character != "\u200b" else ""
    title = "Put a line end here" if character == "\r" else "Put a blank here" if replacement else "Take it out"
    return Diagnostic(
        "hidden-character",
        span,
        f"Here stands a character that a reader cannot see: {name_of(character)}",
        here=name_of(character),
        why="What the parties sign must be what both of them see on the page.",
        remedy=f"{title}. It often comes along when text is pasted from a word processor or a web page.",
        fix=Fix(title, (Edit(span, replacement),), safe=replacement != ""),
    )
