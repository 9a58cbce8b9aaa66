"""The fingerprint of a source: what ties the paper, the specification and a result to one text."""

from __future__ import annotations

from bisect import bisect_left
from hashlib import sha256
from typing import TYPE_CHECKING

from ..syntax.lexer import tokenize

if TYPE_CHECKING:
    from ..model.contract import Contract


def source_digest(contract: Contract) -> str:
    """SHA-256, in hexadecimal, over the words of every block that the contract holds, in the order it holds them.

    Words are the text's tokens without white space and comments, so that tidying a file changes nothing; blocks
    that an audience may not read have been taken out of the contract before, and leave no trace in the digest.
    The catalogue's blocks count too: a measure that means something else makes another agreement.
    """
    digest = sha256()
    tokens = {
        id(source): [token for token in tokenize(source)[0] if token.kind != "COMMENT"] for source in contract.sources
    }
    starts = {key: [token.start for token in found] for key, found in tokens.items()}
    hidden = {(id(part.source), token_start) for part in contract.hidden for token_start in range(*part.offsets)}
    for block in [*contract.blocks, *contract.catalogue]:
        key = id(block.source)
        start, end = block.offsets
        for token in tokens[key][bisect_left(starts[key], start) : bisect_left(starts[key], end)]:
            if (key, token.start) not in hidden:
                digest.update(token.text.replace("\r\n", "\n").encode() + b"\n")  # git may change the ends of lines
    return digest.hexdigest()
