"""Engines of which each holds some of the sources: what is asked about a source goes to whoever holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..rows.requests import Cell, Counted, Engine, Listing, Run, Sampled, Tally, Turns


class Several:
    """See `requests.Engine`. A question is always about one source."""

    def __init__(self, engines: Sequence[Engine]) -> None:
        self._holding = {source: engine for engine in engines for source in engine.sources()}
        self.name = " and ".join(dict.fromkeys(engine.name for engine in engines))
        self.version = " and ".join(dict.fromkeys(engine.version for engine in engines))

    def sources(self) -> frozenset[str]:
        return frozenset(self._holding)

    def tally(self, request: Tally) -> dict[tuple[Cell, ...], Counted]:
        return self._holding[request.source].tally(request)

    def listed(self, request: Listing) -> list[tuple[Cell, ...]]:
        return self._holding[request.source].listed(request)

    def sampled(self, request: Sampled) -> list[Run]:
        return self._holding[request.source].sampled(request)

    def turns(self, request: Sampled) -> Turns:
        return self._holding[request.source].turns(request)
