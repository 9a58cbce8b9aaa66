"""The JSON Schema of a result: what a document may hold, and what each part of it means."""

from __future__ import annotations

import json
from typing import Any, get_args

from ..evaluation.results import Verdict
from .record import SCHEMA, STATUSES, VERSION


def text() -> str:
    """The schema as a JSON document."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    return (
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": SCHEMA,
            "title": f"xladsl result {VERSION}",
            "description": "What came of an agreement in a period: values, verdicts, payments, and what they rest on.",
        }
        | record(
            "",
            {
                "schema": {"const": SCHEMA},
                "agreement": NAME | {"description": "The agreement, by its id."},
                "period": record(
                    "The period whose ended windows were judged.",
                    {"first_day": DAY, "last_day": DAY | {"description": "It belongs to the period."}},
                ),
                "specification": record(
                    "The monitoring specification that was carried out.",
                    {
                        "algorithm": {"const": "sha256"},
                        "digest": DIGEST | {"description": "Of the bytes of the specification."},
                        "source": DIGEST | {"description": "Of the agreement's words, as paper prints it."},
                        "audience": {"enum": ["internal", "parties", "public"]},
                    },
                ),
                "made_by": record(
                    "By what it was worked out. Another engine changes nothing else in this document.",
                    {
                        "compiler": record("", {"name": TEXT, "version": TEXT}),
                        "engine": record("", {"name": TEXT, "version": TEXT}),
                        "tzdata": TEXT | {"description": "The release of the time zone database."},
                    },
                ),
                "options": {
                    "type": "object",
                    "description": "The options that may change a result.",
                    "additionalProperties": TEXT,
                },
                "given": listed(TEXT, "What was not measured but told, such as the amount of an invoiced fee."),
                "earlier": listed(DIGEST, "The digests of earlier results that serve as history."),
                "sources": listed(SOURCE, "Where the rows came from, and what became of each of them."),
                "judgements": listed(JUDGEMENT, "The verdicts, one for each promise, window and group."),
                "payments": listed(PAYMENT, "What verdicts cost or earn, after every step."),
                "totals": listed(
                    TOTAL, "What is owed to each party: the sum of the payments that are `due` or `claimed`."
                ),
                "followed": listed(FOLLOWED, "What follows besides: plans, rights, rewards."),
                "notes": listed(TEXT, "What a reader should know."),
                "titles": {
                    "type": "object",
                    "description": "How people call what is named here, in the agreement's drafting language.",
                    "additionalProperties": TEXT,
                },
            },
        )
        | {"$defs": {"exact": EXACT}}
    )


def record(description: str, required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these properties and no others."""
    said = {"description": description} if description else {}
    return said | {
        "type": "object",
        "required": list(required),
        "additionalProperties": False,
        "properties": required | (optional or {}),
    }


def listed(items: dict[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "description": description, "items": items}


TEXT: dict[str, Any] = {"type": "string"}
NAME: dict[str, Any] = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
PAYMENT_NAME: dict[str, Any] = {"type": "string", "pattern": "^[a-z][a-z0-9_]*( earned back| told before)?$"}
DAY: dict[str, Any] = {"type": "string", "format": "date"}
DIGEST: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
INSTANT: dict[str, Any] = {
    "type": "string",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z$",
    "description": "An instant in UTC.",
}
LONGEST = 20_000
"""Digits. A mean of thousands of shares has a very long denominator; what is longer was made to do harm."""

NUMBER: dict[str, Any] = {"$ref": "#/$defs/exact"}
EXACT: dict[str, Any] = record(
    "An exact number, in its canonical unit: percentages as a share of one, times in seconds.",
    {
        "numerator": {"type": "string", "pattern": "^-?[0-9]+$", "maxLength": LONGEST},
        "denominator": {"type": "string", "pattern": "^[1-9][0-9]*$", "maxLength": LONGEST},
    },
    {
        "decimal": {
            "type": "string",
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
            "description": "The same number, where its decimals end.",
        }
    },
)

SOURCE = record(
    "",
    {
        "source": NAME,
        "files": listed(
            record("", {"name": TEXT, "digest": DIGEST}), "The files that were read, or the tables, and their digests."
        ),
        "rows": COUNT | {"description": "How many rows came."},
        "counted": COUNT | {"description": "How many of them were used."},
        "rejected": COUNT | {"description": "Rows that could not be read."},
        "replaced": COUNT | {"description": "Rows whose key another row has, and which therefore do not count."},
        "late": COUNT | {"description": "Rows that came later than agreed."},
        "outside": COUNT | {"description": "Rows that lie outside of the term."},
        "problems": listed(TEXT, "What was wrong with rows, in words."),
    },
)

JUDGEMENT = record(
    "",
    {
        "promise": NAME,
        "window": TEXT | {"description": "How people call the window: 2026-04, 2026-q2, 2026-04-07."},
        "start": INSTANT,
        "end": INSTANT | {"description": "No longer belongs to the window."},
        "verdict": {"enum": list(get_args(Verdict))},
        "comparison": TEXT | {"description": "How the value is held against the level, such as `at least`."},
        "unit": TEXT | {"description": "The unit of the value and the level, such as percentage or clock time."},
    },
    {
        "group": TEXT | {"description": "The part that was judged by itself, such as a site."},
        "level": NUMBER,
        "reason": TEXT | {"description": "Why the verdict is what it is."},
        "value": NUMBER,
        "numerator": NUMBER,
        "denominator": NUMBER,
        "rows": COUNT | {"description": "How many rows or answers the value rests on."},
        "interval": record(
            "The confidence interval of an estimate; without an end it goes on for ever.",
            {"confidence": NUMBER, "method": TEXT},
            {"low": NUMBER, "high": NUMBER},
        ),
        "left_out": listed(
            record("", {"block": NAME, "seconds": NUMBER}, {"beyond_budget": NUMBER, "unannounced": NUMBER}),
            "Time that did not count, by what it was left out; in seconds.",
        ),
        "warned": {"const": True, "description": "The level of early notice was passed."},
        "hidden": {"const": True, "description": "Too few people: no figure is shown, and the verdict rests on one."},
        "leads_to": listed(NAME, "What the promise names as following from this verdict."),
        "trace": listed(TEXT, "How the value was found, a step at a time."),
    },
)

PAYMENT = record(
    "",
    {
        "payment": PAYMENT_NAME,
        "window": TEXT,
        "start": INSTANT,
        "end": INSTANT,
        "status": {"enum": list(STATUSES)},
        "amount": NUMBER,
        "unit": TEXT | {"description": "A currency, or points, or service days."},
    },
    {
        "group": TEXT,
        "paid_to": NAME,
        "base": NUMBER,
        "steps": listed(record("", {"what": TEXT, "amount": NUMBER}), "What was done, and the amount after it."),
        "trace": listed(TEXT, "How the amount was found, a step at a time."),
    },
)

TOTAL = record("", {"paid_to": NAME, "amount": NUMBER, "unit": TEXT})

FOLLOWED = record(
    "",
    {"block": NAME, "kind": TEXT, "window": TEXT, "reason": TEXT},
    {"until": DAY | {"description": "The last day on which it may be used."}},
)
