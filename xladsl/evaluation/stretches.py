"""Stretches of time and their algebra: joined, cut, subtracted, counted in whole minutes."""

from __future__ import annotations

from typing import NamedTuple

from .requests import MILLION


class Stretch(NamedTuple):
    """From `start` up to `end`, which no longer belongs to it; in microseconds since 1970-01-01 UTC."""

    start: int
    end: int
    weight: int = MILLION
    """How often each moment counts, in millionths."""
