"""A result that somebody sends: read, and held against its schema before anything in it is believed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from .record import FAMILY, SCHEMA, VERSION
from .schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator


class Read(NamedTuple):
    """The document, or None and why it cannot be taken for a result."""

    result: dict[str, Any] | None
    problem: str = ""


def read(content: bytes) -> Read:
    """The result in the bytes of a file."""
    try:
        found = json.loads(content)
    except RecursionError:
        return Read(None, "It nests far deeper than any result does.")
    except ValueError as problem:
        return Read(None, f"It is not a JSON document: {problem}.")
    said = found.get("schema") if isinstance(found, dict) else None
    if not isinstance(said, str) or not said.startswith(FAMILY):
        return Read(None, f"It is no result of an evaluation: its `schema` would be `{SCHEMA}`.")
    if said != SCHEMA:
        return Read(None, f"It follows version {said.removeprefix(FAMILY)[:20]} of its schema, and {VERSION} is read.")
    rules = schema()
    fault = next(faults(found, rules, rules, ""), None)
    return Read(None, f"`{fault[0].removeprefix('.')}` {fault[1]}.") if fault else Read(found)


Fault = tuple[str, str]
"""Where, and what is wrong there."""

TYPES: dict[str, type] = {"object": dict, "array": list, "string": str, "integer": int}


def faults(data: Any, rules: dict[str, Any], whole: dict[str, Any], place: str) -> Iterator[Fault]:
    """Where data break those rules of JSON Schema that the schema of results is written in."""
    if "$ref" in rules:
        rules = whole["$defs"][rules["$ref"].rpartition("/")[2]]
    if "const" in rules and data != rules["const"]:
        yield place, "is not what it must be"
    if "enum" in rules and data not in rules["enum"]:
        yield place, f"is none of {', '.join(rules['enum'])}"
    if "type" in rules and (not isinstance(data, TYPES[rules["type"]]) or isinstance(data, bool)):
        yield place, f"is no {rules['type']}"
    elif isinstance(data, str):
        if not re.search(rules.get("pattern", ""), data) or len(data) > rules.get("maxLength", len(data)):
            yield place, "is not written as it must be"
    elif isinstance(data, int):
        if data < rules.get("minimum", data):
            yield place, "is less than nothing"
    elif isinstance(data, list):
        for number, part in enumerate(data):
            yield from faults(part, rules["items"], whole, f"{place}[{number}]")
    elif isinstance(data, dict):
        yield from faults_of_object(data, rules, whole, place)


def faults_of_object(data: dict[str, Any], rules: dict[str, Any], whole: dict[str, Any], place: str) -> Iterator[Fault]:
    known, others = rules.get("properties", {}), rules["additionalProperties"]
    for name in rules.get("required", ()):
        if name not in data:
            yield f"{place}.{name}", "is missing"
    for name, value in data.items():
        if name in known or others:
            yield from faults(value, known.get(name, others), whole, f"{place}.{name}")
        else:
            yield f"{place}.{name[:40]}", "belongs to no result"
