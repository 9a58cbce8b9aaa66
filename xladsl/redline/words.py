"""A run of words as tokens that are compared, and tokens as a run again.

A token is a word with what belongs to it, `99.9%` or `EUR 10,000.00` or `30 days`, or a sign of punctuation; it is
never divided, so that no letter stands between marks of its own and joins of Arabic letters stay whole.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .tree import ATOMS, Element, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = " \t\r\n\f"
STRETCH = re.compile(r"[ \t\r\n\f]+|[^ \t\r\n\f]+")
PARTS = re.compile(r"""^([(\[{“‘«„"']*)(.*?)([)\]}”’»"'.,;:!?،؛؟]*)$""", re.DOTALL)


class Token(NamedTuple):
    """`blank` says whether there is a blank before it; `path` are the inline elements around it, the outermost first.

    An end of a line or a drawing is a token of its own, with the element as its `atom`. `blank_in` is the mark, `ins`
    or `del`, that holds the blank where only one of two versions has it.
    """

    words: str
    blank: bool
    path: tuple[Element, ...]
    atom: Element | None = None
    blank_in: Element | None = None


def tokens(run: Run) -> list[Token]:
    found: list[Token] = []
    blank = False
    for words, path, atom in stretches(run.inside, ()):
        if atom is not None:
            found.append(Token("", blank, path, atom))
            blank = False
        elif words[0] in BLANK:
            blank = bool(found)  # at the beginning of a block a blank shows nothing
        else:
            for part in divided(words):
                found.append(Token(part, blank, path))
                blank = False
    return found


def stretches(
    inside: list[Element | str], path: tuple[Element, ...]
) -> Iterator[tuple[str, tuple[Element, ...], Element | None]]:
    for part in inside:
        if isinstance(part, str):
            yield from ((words, path, None) for words in STRETCH.findall(part))
        elif part.name in ATOMS:
            yield "", path, part
        else:
            yield from stretches(part.inside, (*path, part))


def divided(words: str) -> Iterator[str]:
    """A word and the punctuation around it. A full stop inside, as in `10,000.00`, belongs to the word."""
    before, middle, after = PARTS.fullmatch(words).groups()  # type: ignore[union-attr]  # it fits everything
    yield from before
    if middle:
        yield middle
    yield from after


def put_together(found: list[Token]) -> list[Element | str]:
    """Tokens as words and elements: each element of a path once, as long as tokens in it follow one another."""
    top: list[Element | str] = []
    before: tuple[Element, ...] = ()
    made: list[Element] = []  # copies of the elements of the path before
    for position, token in enumerate(found):
        depth = common(before, token.path)
        del made[depth:]
        inside = made[-1].inside if made else top
        blank = " " if token.blank and position else ""
        if blank and (mark := token.blank_in) is not None and mark not in token.path[: depth + 1]:
            inside.append(Element(mark.name, mark.attributes, inside=[blank]))
            blank = ""
        elif blank and token.blank_in is None:
            add(inside, blank)
            blank = ""
        for element in token.path[depth:]:
            copy = Element(element.name, element.attributes)
            inside.append(copy)
            made.append(copy)
            inside = copy.inside
        if blank:
            add(inside, blank)
        if token.atom is not None:
            inside.append(token.atom)
        else:
            add(inside, token.words)
        before = token.path
    return top


def add(inside: list[Element | str], words: str) -> None:
    if inside and isinstance(inside[-1], str):
        inside[-1] += words
    else:
        inside.append(words)


def common(one: tuple[Element, ...], other: tuple[Element, ...]) -> int:
    depth = 0
    while depth < min(len(one), len(other)) and one[depth] is other[depth]:
        depth += 1
    return depth
