"""The fingerprint of a source: what ties the paper, the specification and a result to one text."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ..syntax.lexer import tokenize

if TYPE_CHECKING:
    from ..model.contract import Contract
    from ..source import Source


def source_digest(contract: Contract) -> str:
    """SHA-256, in hexadecimal, over the words of every block that the contract holds, in the order it holds them.

    Words are the text's tokens without white space and comments, so that tidying a file changes nothing; blocks
    that an audience may not read have been taken out of the contract before, and leave no trace in the digest.
    The catalogue's blocks count too: a measure that means something else makes another agreement.
    """
    digest = sha256()
    words = WordsOfSources()
    for block in [*contract.blocks, *contract.catalogue]:
        assert block.source is not None
        for word in words.between(block.source, block.start, block.end):
            digest.update(word.encode() + b"\n")
    return digest.hexdigest()


class WordsOfSources:
    """The tokens of each source, worked out once."""

    def __init__(self) -> None:
        self.tokens: dict[int, list[tuple[int, str]]] = {}

    def between(self, source: Source, start: int, end: int) -> list[str]:
        from bisect import bisect_left

        if id(source) not in self.tokens:
            self.tokens[id(source)] = [(token.start, token.text) for token in tokenize(source) if token.kind != "COMMENT"]
        tokens = self.tokens[id(source)]
        return [text for _, text in tokens[bisect_left(tokens, (start, "")) : bisect_left(tokens, (end, ""))]]
