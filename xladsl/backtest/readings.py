"""Other readings of the same text, where it is silent or leaves a party room: the verdicts that they would turn.

A reading is a change of the specification. The evaluator works it out like any agreement, on the same rows.
"""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluation.assessment import Assessment
from ..evaluation.instants.zones import midnight
from ..evaluation.money.subjects import scopes_in
from ..evaluation.rows.terms import dated
from ..model import nodes
from ..model.measures import inherited
from ..model.restored import restored
from ..model.samples import basis_of, sources_of_promise
from .doubts import Doubt
from .figures import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..evaluation.results import Judgement
    from ..model.contract import Contract
    from .as_if import Document
    from .trial import Trial

Place = tuple[str, int, int, str]
"""A promise, its window and its group."""


class Reading(NamedTuple):
    """The changed specification, whose verdicts are asked, and what is said of one that turns."""

    document: Document
    promises: frozenset[str]
    kind: str
    words: str


class Turned(NamedTuple):
    """A verdict that another reading turns: what it would be, and why."""

    judged: Judgement
    doubt: Doubt


def turned_by_readings(trial: Trial, document: Document) -> dict[Place, list[Turned]]:
    """The verdicts that some other reading turns."""
    found: dict[Place, list[Turned]] = {}
    verdicts = {place_of(judged): judged for judged in trial.evaluation.judgements}
    for reading in readings(trial, document):
        contract = restored(json.dumps(reading.document).encode()).contract
        assert contract is not None
        for judged in judged_by(trial, contract, reading.promises):
            before = verdicts.get(place_of(judged))
            if before is not None and {before.verdict, judged.verdict} == {"met", "breached"}:
                found.setdefault(place_of(judged), []).append(Turned(judged, doubt(reading, judged)))
    return found


def estimated(trial: Trial, document: Document) -> dict[Place, Judgement]:
    """The verdicts on means and percentiles, each with the interval of its estimate.

    The evaluator keeps what such an interval needs where a promise is decided by proof, and this asks as if it were.
    """
    every = trial.contract.every(nodes.Promise)
    promises = frozenset(promise.name for promise in every if keeps_no_spread(trial, promise))
    if not promises:
        return {}
    changed = deepcopy(document)
    for promise in named(changed, promises):
        promise["breached_when"] = BY_PROOF
    contract = restored(json.dumps(changed).encode()).contract
    assert contract is not None
    return {place_of(judged): judged for judged in judged_by(trial, contract, promises)}


BY_PROOF = {"type": "proven decision", "confidence": {"amount": "95", "unit": "percent"}}


def keeps_no_spread(trial: Trial, promise: nodes.Promise) -> bool:
    basis = basis_of(trial.contract, promise)
    if basis is None or basis.kind not in ("mean", "percentile") or promise.decision_margin is not None:
        return False
    return not isinstance(promise.breached_when, nodes.ProvenDecision | nodes.UnprovenDecision)


def doubt(reading: Reading, judged: Judgement) -> Doubt:
    amount = judged.measured.amount
    value = "" if amount is None else f" at {short(amount, judged.measured.unit, judged.level)}"
    return Doubt(reading.kind, f"{reading.words} it would be {judged.verdict}{value}", amount)


def place_of(judged: Judgement) -> Place:
    return judged.promise, judged.start, judged.end, judged.group


def judged_by(trial: Trial, contract: Contract, names: frozenset[str]) -> Iterator[Judgement]:
    """The verdicts on some promises, under another reading."""
    from datetime import date, timedelta

    assessment = Assessment(contract, trial.assessment.engine, trial.assessment.given)
    first, last = (date.fromisoformat(day) for day in trial.evaluation.period)
    for promise in contract.every(nodes.Promise):
        if promise.name in names:
            zone = promise.timezone or assessment.zone
            start, end = (midnight(day, zone) for day in (first, last + timedelta(days=1)))
            for scope in scopes_in(assessment, promise, start, end):
                yield assessment.judged(promise, scope)


# ------------------------------------------------------------------------------------------------------------ readings


def readings(trial: Trial, document: Document) -> Iterator[Reading]:
    yield from without_exclusions(trial, document)
    yield from by_other_dates(trial, document)


def without_exclusions(trial: Trial, document: Document) -> Iterator[Reading]:
    """Each cause that shortened some window, as if the other party had denied it."""
    shortened: dict[str, set[str]] = {}
    for judged in trial.evaluation.judgements:
        for part in judged.measured.left_out:
            if part.seconds:
                shortened.setdefault(part.block, set()).add(judged.promise)
    for block, promises in shortened.items():
        changed = deepcopy(document)
        for promise in named(changed, promises):
            left = [each for each in promise.pop("leaving_out", []) if each["ref"] != block]
            promise |= {"leaving_out": left} if left else {}
        yield Reading(changed, frozenset(promises), "left out", f"if `{block}` left nothing out,")


def by_other_dates(trial: Trial, document: Document) -> Iterator[Reading]:
    """Rows counted by another of their moments, where the agreement does not say by which."""
    for source in trial.contract.every(nodes.Tickets):
        chosen = dated(source)
        moments = [column.name for column in source.columns if column.column_type in ("time", "date")]
        silent = [
            promise.name
            for promise in trial.contract.every(nodes.Promise)
            if any(each is source for each in sources_of_promise(trial.contract, promise))
            and inherited(promise, "dated_by") is None
        ]
        if source.dated_by is not None or chosen is None or not silent:
            continue
        for moment in moments:
            if moment != chosen.name and source.name in trial.assessment.engine.sources():
                changed = deepcopy(document)
                for part in named(changed, [source.name]):
                    part["dated_by"] = {"ref": moment, "type": "column"}
                words = f"the text does not say which date of `{source.name}` counts, and by `{moment}` instead of"
                yield Reading(changed, frozenset(silent), "date", f"{words} `{chosen.name}`")


def named(document: Document, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The blocks of a specification with some names."""
    wanted = set(names)
    for blocks in document.values():
        for block in blocks if isinstance(blocks, list) else ():
            if isinstance(block, dict) and block.get("id") in wanted:
                yield block
