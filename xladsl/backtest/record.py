"""A backtest as data. Amounts are exact, as in a result; each side holds the result that it would have had."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..evaluation.instants.zones import TZDATA
from ..model.nodes import Combination, Named
from ..statements import record
from ..statements.record import exact, instant, without_nothing
from . import differences
from .trial import undecided, unknown

if TYPE_CHECKING:
    from ..evaluation.results import SourceRead
    from .columns import Column
    from .disputes import Dispute, Reach
    from .trial import Trial

VERSION = "1.0"
SCHEMA = f"urn:xladsl:schema:backtest:{VERSION}"


TAKEN_AS = "taken as"


class Side(NamedTuple):
    """One version of an agreement, tried. `path` is what the reader calls it; `as_if` what was changed for the period;
    `digest` is that of the specification before that, `words` that of its text; `options` say how data were read."""

    path: str
    trial: Trial
    disputes: list[Dispute]
    reach: dict[tuple[str, str], Reach]
    as_if: tuple[str, ...]
    sources: tuple[SourceRead, ...]
    digest: str
    words: str
    audience: str
    options: dict[str, str]
    given: tuple[str, ...] = ()


def document(draft: Side, against: Side | None, columns: list[Column]) -> dict[str, Any]:
    """The whole backtest as plain data."""
    first, last = draft.trial.evaluation.period
    ours = side(draft, columns)
    theirs = side(against, columns) if against is not None else None
    return without_nothing(
        {
            "schema": SCHEMA,
            "period": {"first_day": first, "last_day": last},
            "columns": [column_of(each) for each in columns],
            "draft": ours,
            "against": theirs,
            "differences": between(ours, theirs) if theirs is not None else None,
        }
    )


def column_of(column: Column) -> dict[str, Any]:
    said = {"name": column.name, "label": column.label, "year": column.year}
    return said | {"start": instant(column.start), "end": instant(column.end)}


def side(tried: Side, columns: list[Column]) -> dict[str, Any]:
    trial = tried.trial
    evaluation = trial.evaluation._replace(sources=tried.sources)
    # Cut out of here, the result says itself that it is none of the agreement as it was signed.
    options = tried.options | ({TAKEN_AS: " ".join(tried.as_if)} if tried.as_if else {})
    about = record.Circumstances(tried.digest, tried.words, tried.audience, TZDATA, options, tried.given)
    result = record.document(trial.contract, evaluation, about)
    agreement = trial.contract.agreement
    return {
        "path": tried.path,
        "as_if": list(tried.as_if),
        "currency": agreement.currency or "",
        "fees": exact(trial.fees),
        "combined": combined(trial),
        "by_column": [{"column": each.name, "totals": totals_in(trial, each)} for each in columns],
        "reach": [
            {"paid_to": to, "unit": unit, "least": exact(found.least), "most": exact(found.most)}
            for (to, unit), found in tried.reach.items()
        ],
        "disputable": [disputable(each) for each in tried.disputes],
        "not_known": [
            {"promise": each.promise, "windows": list(each.windows), "reason": each.reason} for each in unknown(trial)
        ],
        "undecided": [{"payment": each.payment, "window": each.window} for each in undecided(trial)],
        "result": result | {"titles": {**titles(tried), **result["titles"]}},
    }


def combined(trial: Trial) -> dict[str, str]:
    """The payments that are owed within a combination, and which one that is."""
    paid = {each.payment for each in trial.evaluation.payments}
    return {
        part.found.name: each.name
        for each in trial.contract.every(Combination)
        if each.name in paid
        for part in each.combines
    }


def titles(tried: Side) -> dict[str, str]:
    """How people call what may follow from a dispute."""
    stakes = [each.stake for each in tried.disputes if each.stake is not None]
    wanted = {name for stake in stakes for name in (*stake.unknown, *stake.follows, *stake.falls_away)}
    wanted |= {to for to, _ in tried.reach}
    known: dict[str, Any] = {each.name: each.title for each in tried.trial.contract.every(Named) if each.title}
    return {name: known[name].value for name in sorted(wanted) if name in known}


def totals_in(trial: Trial, column: Column) -> list[dict[str, Any]]:
    """What each party is owed for the windows that end in a column."""
    payments = [
        each if column.start < each.end <= column.end else each._replace(amount=Fraction(0))
        for each in trial.evaluation.payments
    ]
    found = record.totals(trial.contract, payments)
    return [each for each in found if each["amount"]["numerator"] != "0"]


def disputable(dispute: Dispute) -> dict[str, Any]:
    judged, stake = dispute.judged, dispute.stake
    return without_nothing(
        {
            "promise": judged.promise,
            "window": judged.window,
            "start": instant(judged.start),
            "end": instant(judged.end),
            "group": judged.group or None,
            "verdict": judged.verdict,
            "reasons": [{"kind": each.kind, "words": each.words} for each in dispute.doubts],
            "at_stake": [
                {"paid_to": to, "amount": exact(amount), "unit": unit} for (to, unit), amount in stake.amounts.items()
            ]
            if stake is not None
            else None,
            "unknown_amounts": list(stake.unknown) or None if stake is not None else None,
            "would_follow": list(stake.follows) or None if stake is not None else None,
            "would_fall_away": list(stake.falls_away) or None if stake is not None else None,
        }
    )


def between(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """What differs between the two: verdicts, and what the draft comes to beyond the other version."""
    found = differences.verdicts(ours["result"], theirs["result"])
    one, other = (differences.sums_by_party(each["result"]["totals"]) for each in (ours, theirs))
    beyond = {key: one.get(key, Fraction(0)) - other.get(key, Fraction(0)) for key in {**one, **other}}
    return {
        "verdicts": [
            without_nothing(
                {
                    "promise": each.promise,
                    "window": each.window,
                    "group": each.group or None,
                    "draft": each.draft and each.draft["verdict"],
                    "against": each.against and each.against["verdict"],
                }
            )
            for each in found
        ],
        "totals": [
            {"paid_to": to, "amount": exact(amount), "unit": unit} for (to, unit), amount in sorted(beyond.items())
        ],
    }
