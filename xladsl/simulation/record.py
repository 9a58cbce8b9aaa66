"""What came of a simulation as a document of plain values, for JSON and for text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import __version__
from ..evaluation.figures import written
from ..evaluation.values.groups import titled
from ..model.units import POINTS

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model.contract import Contract
    from .found import PaymentFound, PromiseFound, Simulated
    from .spreads import Spread

DIGITS = 6


def document(contract: Contract, found: Simulated) -> dict[str, Any]:
    """Amounts are floats in their unit and chances are shares of one, both rounded: they are estimates."""
    return {
        "title": titled(contract.agreement),
        "agreement": found.agreement,
        "period": {"first_day": found.first.isoformat(), "last_day": found.last.isoformat()},
        "years": found.years,
        "seed": found.seed,
        "made_by": {"xladsl": __version__, "numpy": found.numpy},
        "promises": [promise(each) for each in found.promises],
        "payments": [payment(each) for each in found.payments],
        "totals": [{"to": each.party, "unit": each.unit, **spread(each.spread)} for each in found.totals],
        "arising": [
            {"block": each.name, "kind": each.kind, "chance": round(each.chance, DIGITS)} for each in found.arising
        ],
        "told": list(found.told),
        "assumptions": list(found.assumptions),
        "notes": list(found.notes),
    }


def promise(found: PromiseFound) -> dict[str, Any]:
    return {
        "promise": found.name,
        "behaves_as": found.kind,
        "comparison": found.comparison,
        "levels": in_words(found.levels, found.unit),
        "truths": in_words(found.truths, found.unit),
        "windows": found.windows,
        "verdicts": {verdict: round(chance, DIGITS) for verdict, chance in sorted(found.verdicts.items())},
        "pays": list(found.pays),
    }


def in_words(amounts: tuple[Fraction, ...], unit: str) -> list[str]:
    """Each once, as far as the words tell them apart."""
    return list(dict.fromkeys(written(amount, unit) for amount in amounts))


def payment(found: PaymentFound) -> dict[str, Any]:
    return {
        "payment": found.name,
        "to": found.to,
        "unit": found.unit,
        "points": found.unit == POINTS,
        "part_of_total": found.counted,
        **spread(found.spread),
        **({"undecided": True} if found.undecided else {}),
    }


def spread(found: Spread) -> dict[str, Any]:
    rounded = {name: value if value is None else round(value, DIGITS) for name, value in found._asdict().items()}
    return {**rounded, "error": found.error}
