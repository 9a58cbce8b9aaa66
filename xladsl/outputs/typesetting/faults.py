"""What is wrong with the paper: what the engine would write without a word, and what it says in its log."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .given import TypesettingProblem
from .machine import shortened

if TYPE_CHECKING:
    import logging
    from collections.abc import Collection, Iterable, Iterator

LINKS = ("http://", "https://", "mailto:")
NEAR = 30
"""How many characters are quoted on either side of a character that cannot be set."""

INSTALL_LIBRARIES = (
    "Install the libraries. Debian, Ubuntu: "
    "`sudo apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0`. macOS: `brew install pango`."
)


def unfit_contents(document: Any) -> Iterator[TypesettingProblem]:
    """What the engine would write without a word: a paper without a name, links into the reader's machine."""
    if not document.metadata.title:
        yield TypesettingProblem("The paper has no title, and readers and archives name it by that", "Say `<title>`.")
    if document.metadata.attachments:
        message = "The text of the page attaches a file to the PDF"
        yield TypesettingProblem(message, "Leave attaching to the compiler, which knows what may be shown to whom.")
    targets = {
        target
        for page in document.pages
        for kind, target, *_ in page.links
        if kind != "internal" and (kind == "attachment" or not target.lower().startswith(LINKS))
    }
    for target in sorted(targets):
        message = f"A link on paper may not lead to `{target}`"
        yield TypesettingProblem(message, "Link to a web page (`https://`), a mail address (`mailto:`) or a clause.")


def broken_outline(document: Any) -> Iterator[TypesettingProblem]:
    """Headings that leave out a level, on which someone who listens to the paper loses the way."""
    headings = [(0, ""), *((level, label) for page in document.pages for level, label, *_ in page.bookmarks)]
    for (above, _), (level, label) in pairwise(headings):
        if level > above + 1:
            after = f"follows one of level {above}" if above else "is the first"
            message = f"The heading “{label}” is of level {level} and {after}"
            yield TypesettingProblem(message, f"Make it a heading of level {above + 1}.", near=label)


def foreign_fonts(document: Any, families: Collection[str]) -> Iterator[TypesettingProblem]:
    """Families that the style sheet asks for first and that we do not have: the engine replaces them in silence."""
    asked: dict[str, str] = {}
    for page in document.pages:
        for box, anchor in texts(page._page_box):
            asked.setdefault(box.style["font_family"][0], anchor)
    for family in sorted(asked.keys() - set(families)):
        message = f"The style sheet asks for the font `{family}`, which does not come with the project"
        remedy = f"Ask for {' or '.join(f'`{ours}`' for ours in families)}."
        yield TypesettingProblem(message, remedy, anchor=asked[family])


def what_the_engine_says(records: Iterable[logging.LogRecord], document: Any) -> list[TypesettingProblem]:
    """The engine's warnings as problems, each once."""
    found: dict[TypesettingProblem, None] = {}
    for record in records:
        message = record.getMessage()
        if message.startswith(".notdef glyph") and isinstance(record.args, tuple):
            found[missing_character(str(record.args[0]), document)] = None
        elif "HarfBuzz-Subset" in message:
            found[TypesettingProblem("The library that embeds fonts in a PDF is missing", INSTALL_LIBRARIES)] = None
        else:
            found[warned(message)] = None
    return list(found)


def warned(message: str) -> TypesettingProblem:
    remedy = "Correct the template or the style sheet that asks for it."
    return TypesettingProblem(f"The typesetter warns: {shortened(message)}", remedy)


def missing_character(character: str, document: Any) -> TypesettingProblem:
    name = unicodedata.name(character, "a character without a name")
    shown = f" `{character}`" if character.isprintable() else ""
    near, anchor = place_of(character, document)
    place = f", near “{near}”" if near else ""
    message = f"The fonts on paper have no{shown} U+{ord(character):04X} ({name}){place}"
    return TypesettingProblem(message, "Write another character, or the word for it.", near, anchor)


def place_of(character: str, document: Any) -> tuple[str, str]:
    """The text around a character and the `id` it stands under; the first such place that has an `id`, if one has."""
    unplaced = ("", "")
    for page in document.pages:
        for box, anchor in texts(page._page_box):
            before, found, after = box.text.partition(character)
            if found:
                near = f"{before[-NEAR:]}{found}{after[:NEAR]}".strip()
                if anchor:
                    return near, anchor
                unplaced = unplaced if unplaced[0] else (near, "")
    return unplaced


def texts(box: Any, anchor: str = "") -> Iterator[tuple[Any, str]]:
    """The boxes of text in a laid-out box, each with the `id` of the innermost element around it."""
    if box.element is not None:
        anchor = box.element.get("id", anchor)
    if hasattr(box, "text"):
        yield box, anchor
    for child in box.all_children():
        yield from texts(child, anchor)
