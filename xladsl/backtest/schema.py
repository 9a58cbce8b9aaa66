"""The JSON Schema of a backtest: what each version would have had as a result, and what could be disputed of it."""

from __future__ import annotations

import json
from typing import Any, get_args

from ..evaluation.results import Verdict
from ..statements import schema as of_result
from ..statements.schema import DAY, EXACT, INSTANT, NAME, NUMBER, TEXT, TOTAL, listed, record
from .doubts import KINDS
from .record import SCHEMA, VERSION


def text() -> str:
    """The schema as a JSON document."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    return (
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": SCHEMA,
            "title": f"xladsl backtest {VERSION}",
            "description": "What past data would have come to under a draft, or under two versions of an agreement.",
        }
        | record(
            "",
            {
                "schema": {"const": SCHEMA},
                "period": record("The time that was tried.", {"first_day": DAY, "last_day": DAY}),
                "columns": listed(COLUMN, "The parts of the period by which sums are told."),
                "draft": {"$ref": "#/$defs/side"},
            },
            {
                "against": {"$ref": "#/$defs/side"},
                "differences": record(
                    "What differs between the two versions.",
                    {
                        "verdicts": listed(CHANGED, "Verdicts that are not the same; without one where there is none."),
                        "totals": listed(TOTAL, "What the draft comes to beyond the other version."),
                    },
                ),
            },
        )
        | {"$defs": {"exact": EXACT, "result": result(), "side": side()}}
    )


def result() -> dict[str, Any]:
    """A result as its own schema describes it, within this one."""
    own = of_result.schema()
    return {name: said for name, said in own.items() if name not in ("$schema", "$id", "$defs")}


def side() -> dict[str, Any]:
    return record(
        "One version of the agreement, tried.",
        {
            "path": TEXT | {"description": "What the reader calls it."},
            "as_if": listed(TEXT, "What it was taken as for the period, in words."),
            "currency": TEXT,
            "fees": NUMBER | {"description": "All fees of the period."},
            "combined": {
                "type": "object",
                "description": "Payments that are owed within a combination, and which one that is.",
                "additionalProperties": NAME,
            },
            "by_column": listed(
                record("", {"column": TEXT, "totals": listed(TOTAL, "")}), "What is owed for the windows of a column."
            ),
            "reach": listed(REACH, "Between what the sums lie, if all disputes went one way."),
            "disputable": listed(DISPUTABLE, "The verdicts that could be disputed, the dearest first."),
            "not_known": listed(
                record("", {"promise": NAME, "windows": listed(TEXT, ""), "reason": TEXT}),
                "Windows of which the data say nothing.",
            ),
            "undecided": listed(
                record("", {"payment": TEXT, "window": TEXT}), "Payments whose amount nobody can tell."
            ),
            "result": {"$ref": "#/$defs/result"},
        },
    )


COLUMN = record("", {"name": TEXT, "label": TEXT, "year": {"type": "integer"}, "start": INSTANT, "end": INSTANT})

VERDICTS = {"enum": list(get_args(Verdict))}

CHANGED = record("", {"promise": NAME, "window": TEXT}, {"group": TEXT, "draft": VERDICTS, "against": VERDICTS})

REACH = record("", {"paid_to": NAME, "unit": TEXT, "least": NUMBER, "most": NUMBER})

DISPUTABLE = record(
    "",
    {
        "promise": NAME,
        "window": TEXT,
        "start": INSTANT,
        "end": INSTANT,
        "verdict": VERDICTS,
        "reasons": listed(record("", {"kind": {"enum": list(KINDS)}, "words": TEXT}), "Why, the most telling first."),
    },
    {
        "group": TEXT,
        "at_stake": listed(TOTAL, "By how much each party would be owed more or less, had it been the other verdict."),
        "unknown_amounts": listed(TEXT, "Payments that would come up, and whose amount nobody can tell."),
        "would_follow": listed(NAME, "Consequences besides money that would come up."),
        "would_fall_away": listed(NAME, "Consequences besides money that would fall away."),
    },
)
