"""The windows in which a promise is measured and judged: half-open, from instant to instant, with the name they have."""

from __future__ import annotations

from typing import NamedTuple


class Window(NamedTuple):
    """`start` belongs to it, `end` does not; both are microseconds since 1970-01-01 UTC.

    `name` is how people call it: `2026-04`, `2026-q2`, `2026-h1`, `2026`, `2026-w15`, `2026-04-07`,
    `2026-04-07 10:00`. `whole` is the window as the calendar has it, where the term or the service covers only a part.
    """

    start: int
    end: int
    name: str
    whole: tuple[int, int]
