"""Agreements that are a single text, wherever they are said to lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def alone(text: str) -> Callable[[str], str | None]:
    """What stands in every agreement that is asked for; nothing stands beside it."""
    return lambda path: text if path.endswith(".xladsl") else None
