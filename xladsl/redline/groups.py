"""Tokens with marks around them, and which changes of a run are shown as one."""

from __future__ import annotations

from .tree import Element
from .words import Token

WORDLESS = 4
"""So many letters or fewer that stayed between two changes are shown as changed too: `of` alone guides nobody."""


def marked(found: list[Token], name: str, *, move: str = "", shared: bool = False) -> list[Token]:
    """Tokens inside of one mark, and each drawing in one of its own. A blank before them belongs to the mark, unless
    both versions have it there."""
    moved = {"class": "moved", "data-move": move} if move else {}
    mark = Element(name, moved)
    result: list[Token] = []
    for position, token in enumerate(found):
        own = mark
        if token.atom is not None and token.atom.name == "svg":
            own = Element(name, moved | {"class": "moved drawing" if move else "drawing"})
        blank_in = None if shared and not position else own
        result.append(token._replace(path=(*token.path, own), blank_in=blank_in))
    return result


Group = tuple[list[Token], list[Token], list[tuple[Token, Token]]]
"""What is gone, what came in its place, and what stayed after that."""


def grouped(before: list[Token], after: list[Token], same: list[tuple[int, int]]) -> list[Group]:
    groups: list[Group] = []
    start = above = 0
    for one, other in [*same, (len(before), len(after))]:
        gone, come = before[start:one], after[above:other]
        kept = [(before[one], after[other])] if one < len(before) else []
        if gone or come or not groups:
            groups.append((gone, come, kept))
        else:
            groups[-1][2].extend(kept)
        start, above = one + 1, other + 1
    return groups


def without_islands(groups: list[Group]) -> list[Group]:
    """Join changes between which nothing stayed that guides a reader."""
    result: list[Group] = []
    for gone, come, kept in groups:
        if result and (gone or come) and ((result[-1][0] and result[-1][1]) or (gone and come)):
            left, right, island = result[-1]
            letters = sum(len(token.words) for token, _ in island)
            replaced = left and right and gone and come
            if replaced and letters <= WORDLESS and not any(in_number(t) or t.atom for t, _ in island):
                result[-1] = (
                    [*left, *(token for token, _ in island), *gone],
                    [*right, *(token for _, token in island), *come],
                    kept,
                )
                continue
        result.append((gone, come, kept))
    return result


def words_alone(found: list[Token]) -> list[str]:
    return [token.words or (token.atom.name if token.atom else "") for token in found]


def in_number(token: Token) -> bool:
    """Whether a token is the number at the head of a clause or of an item."""
    return any("num" in element.classes for element in token.path)


def link_around(token: Token) -> str | None:
    """The anchor that a token's link leads to."""
    for element in token.path:
        if element.attributes.get("href", "").startswith("#"):
            return element.attributes["href"][1:]
    return None
