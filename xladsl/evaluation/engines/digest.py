"""A fingerprint of answers, by which engines are compared: the same for whoever holds the same rows.

Answers are put in order and written as canonical JSON. A whole number is a text of its digits, because JSON in other
hands loses digits beyond 2**53; a text of the data begins with an apostrophe, so that `'1` is not `1`.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from ..rows.table import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..rows.requests import Cell, Counted, Run


def digest_of_tally(found: Mapping[tuple[Cell, ...], Counted]) -> str:
    keys = sorted(found, key=in_order)
    return digest([[list(key), *found[key][:2], *map(list, found[key].sums)] for key in keys])


def digest_of_rows(found: Iterable[tuple[Cell, ...]]) -> str:
    return digest([list(cells) for cells in sorted(found, key=in_order)])


def digest_of_runs(found: Iterable[Run]) -> str:
    return digest([[*run[:3], int(run.failed)] for run in found])


def digest(answer: object) -> str:
    """The SHA-256, in hexadecimal digits, of lists of cells within lists."""
    return sha256(json.dumps(written(answer), ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def written(part: object) -> object:
    if isinstance(part, list):
        return [written(each) for each in part]
    return f"'{part}" if isinstance(part, str) else None if part is None else str(part)
