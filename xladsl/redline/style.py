"""How marks are heard: words before and after each, which the eye does not see and a voice reads."""

from __future__ import annotations

from typing import Any

UNSEEN = "font-size: .1pt; letter-spacing: 0; color: transparent; text-decoration: none"
SEEN = (
    "display: block; font: italic 8.5pt 'Source Serif 4', 'Noto Naskh Arabic'; letter-spacing: normal; color: inherit"
)
MARKS = (
    ("ins", "inserted_begins"),
    ("del", "deleted_begins"),
    ("ins.moved", "moved_begins"),
    ("del.moved", "moved_begins"),
)


DRAWINGS = (
    ("ins", "inserted_drawing"),
    ("del", "deleted_drawing"),
    ("ins.moved", "moved_drawing"),
    ("del.moved", "moved_drawing"),
)
"""What stands above a drawing, for the eye too: of lines and dots nobody could see that they are struck through."""


def marks_style(words: dict[str, Any]) -> str:
    """The style sheet of `[redline]` in one language."""
    # The blank after the words may not break: one that may would take the place of a blank that is seen.
    begun = [(mark, words[begins].rstrip() + "\u00a0") for mark, begins in MARKS]
    rules = [f"{mark}::before {{ content: {quoted(said)}; {UNSEEN} }}" for mark, said in begun]
    rules.append(f"ins::after, del::after {{ content: {quoted(words['ends'])}; {UNSEEN} }}")
    rules += [f"{mark}.drawing::before {{ content: {quoted(words[above])}; {SEEN} }}" for mark, above in DRAWINGS]
    rules.append(".drawing::after { content: none }")
    return "\n".join(rules)


def quoted(words: str) -> str:
    """Words as a string of a style sheet."""
    escaped = "".join(
        character if character.isalnum() or character in " :()[]“”–" else f"\\{ord(character):x} "
        for character in words
    )
    return f'"{escaped}"'
