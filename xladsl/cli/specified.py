"""The agreement that a command works with, from its source or from its specification alone."""

from __future__ import annotations

import sys
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import click

from .files import not_read
from .saying import say

if TYPE_CHECKING:
    from ..model.contract import Contract


class Specified(NamedTuple):
    """An agreement as its specification has it; `digest` is that of the specification, `source` that of its words."""

    contract: Contract
    digest: str
    source: str
    audience: str


def specified(path: str, audience: str | None) -> Specified:
    """The agreement in a specification, a source file or a folder; ends the command where there is none.

    A source is taken by way of its specification, so that whoever has only that works out the same.
    """
    if not path.endswith(".json"):
        return from_specification(path, specification_of(path, audience or "parties"))
    if audience is not None:
        raise click.UsageError("--audience chooses what is taken from a source; a specification is for its own.")
    return from_specification(path, bytes_of(path))


def bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as problem:
        raise not_read(path, problem) from problem


def from_specification(name: str, content: bytes) -> Specified:
    from ..model.restored import restored

    found = restored(content, name)
    problems = found.problems or [f"There is no time zone `{zone}`." for zone in unknown_zones(found.contract)]
    if found.contract is None or problems:
        for problem in problems[:MOST]:
            say(f"error: {problem}", to_people=True)
        if len(problems) > MOST:
            click.echo(f"and {len(problems) - MOST} more", err=True)
        click.echo(f"{name} is not what a specification has to be; build it anew from the agreement.", err=True)
        sys.exit(1)
    source, audience = found.head.get("source"), found.head.get("audience")
    words = source.get("digest") if isinstance(source, dict) else None
    return Specified(found.contract, sha256(content).hexdigest(), str(words), str(audience))


def unknown_zones(contract: Contract | None) -> list[str]:
    """The time zones that blocks name and no clock knows."""
    from zoneinfo import ZoneInfoNotFoundError

    from ..evaluation.instants import zones

    named = {getattr(block, "timezone", None) for block in contract.blocks} if contract is not None else set()
    unknown = []
    for zone in sorted(filter(None, named)):
        try:
            zones.zone(zone)
        except ZoneInfoNotFoundError:
            unknown.append(zone)
    return unknown


MOST = 10
"""Problems of a specification that are told; one that is broken in more places is broken altogether."""


def specification_of(path: str, audience: str) -> bytes:
    """The specification of the one agreement in a file or a folder, as `build` would write it."""
    from ..outputs.monitoring import specification
    from ..profiles import ERRORS, UNASKED
    from ..sealing.carrying import carry
    from .agreements import compile_all
    from .check import print_findings
    from .sources import sources_in

    compiled = list(compile_all(sources_in([path]), ERRORS))
    broken = [one for one in compiled if one.contract is None]
    if broken:
        for one in broken:
            print_findings(one.diagnostics, len(one.loaded.sources))
        click.echo("An agreement with errors says nothing that could be worked out.", err=True)
        sys.exit(1)
    contracts = [one.contract for one in compiled if one.contract is not None]
    if len(contracts) != 1:
        names = ", ".join(contract.agreement.name for contract in contracts)
        raise click.UsageError(f"There are {len(contracts)} agreements in {path}: {names}. Name the file of one.")
    carried = carry(contracts[0], audience, profile=UNASKED)
    return specification(carried.contract, carried.about.source_digest, audience)
