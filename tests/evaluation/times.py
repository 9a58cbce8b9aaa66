"""Agreements and calendars for tests about time, and instants as people write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from tests.texts import alone
from xladsl.evaluation.instants import zones
from xladsl.loading import load
from xladsl.model import nodes
from xladsl.model.quantities import Duration

BERLIN = "Europe/Berlin"
ZONES = (
    *("UTC", "Europe/Berlin", "Asia/Kathmandu", "Asia/Tehran", "Australia/Lord_Howe", "America/St_Johns"),
    *("America/Sao_Paulo", "Africa/Casablanca", "Asia/Beirut", "Pacific/Apia", "Pacific/Chatham", "America/Vancouver"),
)
"""Quarters of an hour, changes by half an hour, at midnight, one minute after it, in Ramadan, by a whole day."""


def at(shown: str, zone: str = BERLIN) -> int:
    """The instant of `2026-03-29 03:00`; with an offset, `2026-03-29 03:00+02:00`, whatever the zone."""
    moment = datetime.fromisoformat(shown)
    if moment.tzinfo is not None:
        return round(moment.timestamp()) * zones.SECOND
    return zones.instant(moment.date(), moment.time(), zone)


def shown(instant: int, zone: str = BERLIN) -> str:
    return zones.local(instant, zone).isoformat(" ", "minutes")


def lasting(text: str) -> Duration:
    """`2 business days`"""
    amount, _, unit = text.partition(" ")
    return Duration(amount=Decimal(amount), unit=unit)


def agreed(start: str, end: str, zone: str = BERLIN, **more: Any) -> nodes.Agreement:
    term = nodes.Period(start=date.fromisoformat(start), end=date.fromisoformat(end))
    return nodes.Agreement(name="trial", term=term, timezone=zone, **more)


@cache
def calendar(clauses: str) -> nodes.Calendar:
    """`open monday to friday 08:00 to 17:00`"""
    loaded = load("trial.xladsl", alone(f"calendar office {{ {clauses} }}"))
    assert not loaded.diagnostics, loaded.diagnostics
    return next(block for block in loaded.blocks if isinstance(block, nodes.Calendar))
