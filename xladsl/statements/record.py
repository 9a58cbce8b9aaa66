"""A result as data: exact numbers, instants in UTC, and the digest of everything that it rests on.

The same agreement and the same data make the same bytes, whoever works them out, save for what the document says of
the engine. An exact number has a numerator and a denominator, and its decimals where they end.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import __version__
from ..evaluation.money.payable import payable
from ..model.nodes import Named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..evaluation.results import Bounds, Evaluation, Followed, Judgement, LeftOut, Paid, SourceRead
    from ..model.contract import Contract

VERSION = "1.0"
FAMILY = "urn:xladsl:schema:result:"
SCHEMA = f"{FAMILY}{VERSION}"
STATUSES = ("due", "claimed", "not due", "unclaimed", "lapsed", "undecided")

MOST_DECIMALS = 30
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # everything here is UTC, and says so when it is written


class Circumstances(NamedTuple):
    """What an evaluation rests on besides the rows. Digests are SHA-256, in hexadecimal.

    `options` are those that may change a result, by their names; `given` are the amounts that were invoiced, as they
    were said, and `earlier` the digests of earlier results.
    """

    specification: str
    source: str
    audience: str
    tzdata: str
    options: dict[str, str] = {}  # noqa: RUF012  # never changed
    given: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


def document(contract: Contract, evaluation: Evaluation, about: Circumstances) -> dict[str, Any]:
    """A result as plain data, in the form that its schema describes."""
    first, last = evaluation.period
    return {
        "schema": SCHEMA,
        "agreement": contract.agreement.name,
        "period": {"first_day": first, "last_day": last},
        "specification": {
            "algorithm": "sha256",
            "digest": about.specification,
            "source": about.source,
            "audience": about.audience,
        },
        "made_by": {
            "compiler": {"name": "xladsl", "version": __version__},
            "engine": dict(zip(("name", "version"), evaluation.engine, strict=True)),
            "tzdata": about.tzdata,
        },
        "options": dict(sorted(about.options.items())),
        "given": list(about.given),
        "earlier": sorted(about.earlier),
        "sources": [source(each) for each in evaluation.sources],
        "judgements": [judgement(each) for each in evaluation.judgements],
        "payments": [payment(each) for each in evaluation.payments],
        "totals": totals(contract, evaluation.payments),
        "followed": [followed(each) for each in evaluation.followed],
        "notes": list(evaluation.notes),
        "titles": titles(contract, evaluation),
    }


def rendered(result: dict[str, Any]) -> bytes:
    """The document as the bytes of a file."""
    return (json.dumps(result, ensure_ascii=False, indent=2) + "\n").encode()


def source(read: SourceRead) -> dict[str, Any]:
    return {
        "source": read.source,
        "files": [{"name": without_folder(name), "digest": digest} for name, digest in read.files],
        "rows": read.rows,
        "counted": read.counted,
        "rejected": read.rejected,
        "replaced": read.replaced,
        "late": read.late,
        "outside": read.outside,
        "problems": [problem.partition("\n")[0] for problem in read.problems],
    }


def without_folder(path: str) -> str:
    """The name of a file. Where it lies on somebody's disk is nobody else's concern, and changes no result."""
    return path.replace("\\", "/").rpartition("/")[2]


def judgement(judged: Judgement) -> dict[str, Any]:
    """A verdict with its value; without any figure where too few people stand behind it."""
    said: dict[str, Any] = {
        "promise": judged.promise,
        "window": judged.window,
        "start": instant(judged.start),
        "end": instant(judged.end),
        "group": judged.group or None,
        "verdict": judged.verdict,
        "comparison": judged.comparison,
        "level": exact(judged.level),
        "unit": judged.measured.unit.removeprefix("a "),
        "warned": judged.warned or None,
        "hidden": judged.hidden or None,
        "leads_to": list(judged.leads_to) or None,
    }
    if not judged.hidden:
        measured = judged.measured
        said |= {
            "reason": judged.reason,
            "value": exact(measured.amount),
            "numerator": exact(measured.numerator),
            "denominator": exact(measured.denominator),
            "rows": measured.rows,
            "interval": interval(judged.bounds),
            "left_out": [left_out(each) for each in measured.left_out] or None,
            "trace": list(judged.trace) or None,
        }
    return without_nothing(said)


def interval(bounds: Bounds | None) -> dict[str, Any] | None:
    if bounds is None:
        return None
    return without_nothing(
        {
            "low": exact(bounds.low),
            "high": exact(bounds.high),
            "confidence": exact(bounds.confidence),
            "method": bounds.method,
        }
    )


def left_out(part: LeftOut) -> dict[str, Any]:
    return without_nothing(
        {
            "block": part.block,
            "seconds": exact(part.seconds),
            "beyond_budget": exact(part.beyond_budget or None),
            "unannounced": exact(part.unannounced or None),
        }
    )


def payment(paid: Paid) -> dict[str, Any]:
    return without_nothing(
        {
            "payment": paid.payment,
            "window": paid.window,
            "start": instant(paid.start),
            "end": instant(paid.end),
            "group": paid.group or None,
            "status": paid.status,
            "amount": exact(paid.amount),
            "unit": paid.unit,
            "paid_to": paid.to or None,
            "base": exact(paid.base),
            "steps": [{"what": step.what, "amount": exact(step.amount)} for step in paid.steps] or None,
            "trace": list(paid.trace) or None,
        }
    )


def totals(contract: Contract, payments: Iterable[Paid]) -> list[dict[str, Any]]:
    """What each party is owed, one sum for each currency or kind of thing. Points are owed to nobody."""
    sums: dict[tuple[str, str], Fraction] = {}
    for each in payable(contract, payments):
        if each.to:
            sums[each.to, each.unit] = sums.get((each.to, each.unit), Fraction(0)) + each.amount
    return [{"paid_to": to, "amount": exact(amount), "unit": unit} for (to, unit), amount in sorted(sums.items())]


def followed(what: Followed) -> dict[str, Any]:
    return without_nothing(
        {"block": what.block, "kind": what.kind, "window": what.window, "reason": what.reason, "until": what.until}
    )


def titles(contract: Contract, evaluation: Evaluation) -> dict[str, str]:
    """How people call what the result names, in the language that the agreement is drafted in."""
    named = {contract.agreement.name}
    named |= {each.promise for each in evaluation.judgements} | {each.payment for each in evaluation.payments}
    named |= {each.to for each in evaluation.payments} | {each.block for each in evaluation.followed}
    named |= {part.block for each in evaluation.judgements for part in each.measured.left_out}
    known: dict[str, Any] = {block.name: block.title for block in contract.every(Named) if block.title is not None}
    return {
        name: title_of(known[block].value, name) for name in sorted(named) if (block := name.partition(" ")[0]) in known
    }


def title_of(title: str, name: str) -> str:
    """`Half comes back` of the block itself; of an amount beside it, `Credit, earned back`."""
    beside = name.partition(" ")[2]
    return f"{title}, {beside}" if beside else title


# --------------------------------------------------------------------------------------------------------- exact values


def exact(amount: Fraction | None) -> dict[str, str] | None:
    """A number as two texts of digits, and as decimals where they end."""
    if amount is None:
        return None
    said = {"numerator": digits_of(amount.numerator), "denominator": digits_of(amount.denominator)}
    decimals = decimal_text(amount)
    return said | ({"decimal": decimals} if decimals is not None else {})


def decimal_text(amount: Fraction) -> str | None:
    """`99.79`, or None where the decimals never end, or only after very many."""
    places = 0
    denominator = amount.denominator
    for factor in (10, 5, 2):
        while denominator % factor == 0:
            denominator //= factor
            places += 1
    if denominator != 1 or places > MOST_DECIMALS:
        return None
    digits = digits_of(abs(amount.numerator) * 10**places // amount.denominator).rjust(places + 1, "0")
    whole, decimals = (digits[:-places], digits[-places:].rstrip("0")) if places else (digits, "")
    return f"{'-' if amount < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"


def amount_of(said: dict[str, str]) -> Fraction:
    """The number that `exact` wrote."""
    return Fraction(int(Decimal(said["numerator"])), int(Decimal(said["denominator"])))


def digits_of(number: int) -> str:
    """All digits of a whole number. Python refuses to print one of thousands of digits; its decimals do not."""
    return str(Decimal(number))


def instant(microseconds: int) -> str:
    """`2026-03-31T22:00:00Z`"""
    return f"{(EPOCH + timedelta(microseconds=microseconds)).isoformat()}Z"


def without_nothing(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}
