"""The JSON Schema of the monitoring specification, worked out from the classes of the model.

A class is a definition, a field a property, an annotation a type; so a construct that is added to the language is in
the schema without a line here, and no document can hold what the schema does not know.
"""

from __future__ import annotations

import json
from typing import Any

from ..model import expressions, nodes, quantities
from ..model._choices import CHOICES
from ..model.build import CLASSES, kind_of
from ..model.meanings import meaning
from ..model.node import Field, Node
from ..model.restored import SCHEMA, UNIONS, VERSION
from .monitoring import plural

AMOUNT = r"^-?[0-9]+(\.[0-9]+)?$"
PLAIN: dict[str, dict[str, Any]] = {
    "str": {"type": "string"},
    "Decimal": {"type": "string", "pattern": AMOUNT, "description": "A decimal number, exactly as agreed."},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": "^([01][0-9]|2[0-4]):[0-5][0-9](:[0-5][0-9])?$"},
    "bool": {"const": True},
}
CLOCK_WORDS = sorted({"ms", *quantities.UNIT_NAMES.values()})


def text() -> str:
    """The schema as a JSON document."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    blocks = [made for made in CLASSES.values() if is_block(made)]
    lists = {
        plural(kind(made)): {
            "type": "array",
            "title": f"Every {kind(made)}",
            "items": {"$ref": f"#/$defs/{made.__name__}"},
        }
        for made in blocks
        if made is not nodes.Agreement
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": f"xladsl monitoring specification {VERSION}",
        "description": "Everything a monitoring tool needs to work out every promise of one agreement.",
        "type": "object",
        "required": ["schema", "compiler", "audience", "source", "order_of_work", "agreement"],
        "additionalProperties": False,
        "properties": HEAD | {"agreement": {"$ref": "#/$defs/Agreement"}} | lists,
        "$defs": SHARED | {made.__name__: definition(made) for made in CLASSES.values() if is_written(made)},
    }


def is_block(made: type[Node]) -> bool:
    return issubclass(made, (nodes.Block, nodes.Example, nodes.Waiver)) and is_written(made)


def is_written(made: type[Node]) -> bool:
    """Whether documents hold the class: one with subclasses is a family, plain values have shapes of their own."""
    return issubclass(made, Node) and not made.__subclasses__() and not issubclass(made, VALUES)


VALUES = (
    quantities.Quantity,
    quantities.Money,
    quantities.Duration,
    quantities.Text,
    quantities.Translation,
    quantities.Reference,
)


def kind(made: type[Node]) -> str:
    return kind_of(object.__new__(made))


def definition(made: type[Node]) -> dict[str, Any]:
    """One class: its fields, and what the specification adds to it."""
    properties: dict[str, Any] = {"type": {"const": kind(made)}}
    required = ["type"]
    if is_block(made) and made is not nodes.Waiver:
        properties["clause"] = {"type": "string", "title": "Clause", "description": "Where it stands in the contract."}
        required.append("clause")
    for name, field in made.fields.items():
        key = "id" if name == "name" and issubclass(made, nodes.Named) else name
        properties[key] = property_of(made, field)
        if field.required:
            required.append(key)
    if issubclass(made, EFFECTIVE):
        properties["effective"] = {"$ref": "#/$defs/effective"}
    if issubclass(made, expressions.Expression):
        properties["measure"] = {
            "type": "string",
            "description": "The measure of the catalogue that this formula writes out.",
        }
    return {
        "type": "object",
        "title": kind(made).capitalize(),
        "description": " ".join((made.__doc__ or "").split()),
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }


EFFECTIVE = (nodes.Promise, nodes.InternalTarget, nodes.Kpi, nodes.Composite, nodes.Calendar)


EXPRESSIONS = ("Expression", "Predicate")


def property_of(made: type[Node], field: Field) -> dict[str, Any]:
    parts = (CLASSES[name].__doc__ for name in field.types if name in CLASSES)
    says = meaning(made, field.name) or " ".join((next(parts, None) or "").split())
    said = {"title": field.name.replace("_", " ").capitalize(), "description": says}
    if field.flag:
        return said | PLAIN["bool"]
    value = type_of(made, field)
    return said | ({"type": "array", "minItems": 1, "items": value} if field.many else value)


def type_of(made: type[Node], field: Field) -> dict[str, Any]:
    """What one value of a field may be: one of the shapes that its annotation names."""
    shapes: dict[str, dict[str, Any]] = {}
    if field.refers:
        shapes["reference"] = {"$ref": "#/$defs/reference"}
    chosen = CHOICES.get(f"{made.__name__}.{field.name}")
    words = PLAIN["str"] if chosen is None else {"enum": sorted(chosen)}
    for name in field.types:
        for shape in shapes_of(name, field, words):
            shapes[json.dumps(shape)] = shape
    found = list(shapes.values())
    return found[0] if len(found) == 1 else {"anyOf": found}


def shapes_of(name: str, field: Field, words: dict[str, Any]) -> list[dict[str, Any]]:
    """The shapes of one name of an annotation; `words` is what may stand where it says `str`."""
    spoken = [words] if words != {"enum": []} else []
    if name == "str":
        return spoken
    if name in PLAIN:
        return [PLAIN[name]]
    if name in UNIONS:
        # In a formula yes and no and a day are plain words.
        plain = [*spoken, PLAIN["date"]] if name == "Formula" else []
        return [shape for member in UNIONS[name] for shape in shapes_of(member, field, words)] + plain
    if name in EXPRESSIONS:
        return [{"$ref": "#/$defs/expression"}]
    made = CLASSES.get(name)
    if made is None or (field.refers and issubclass(made, nodes.Named | nodes.Column)) or name in nodes.GROUPS:
        return []
    if issubclass(made, VALUES):
        return [{"$ref": f"#/$defs/{VALUE_SHAPES[name]}"}]
    leaves = [leaf for leaf in CLASSES.values() if issubclass(leaf, made) and is_written(leaf)]
    return [{"$ref": f"#/$defs/{leaf.__name__}"} for leaf in leaves]


VALUE_SHAPES = {
    **dict.fromkeys(("Number", "Percent", "PercentagePoints", "Points", "ServiceDays", "Quantity"), "quantity"),
    "Money": "money",
    "Duration": "duration",
    "Text": "text",
    "Reference": "reference",
}
HEAD: dict[str, Any] = {
    "schema": {
        "const": SCHEMA,
        "title": "Schema",
        "description": "The version of this schema that the document follows.",
    },
    "compiler": {
        "type": "object",
        "title": "Compiler",
        "required": ["name", "version"],
        "additionalProperties": False,
        "properties": {"name": {"type": "string"}, "version": {"type": "string"}},
    },
    "audience": {
        "enum": ["internal", "parties", "public"],
        "title": "Audience",
        "description": "For whom this edition is made.",
    },
    "source": {
        "type": "object",
        "title": "Source",
        "description": "The digest of the agreement's words as far as this audience may read them, without comments.",
        "required": ["algorithm", "digest"],
        "additionalProperties": False,
        "properties": {"algorithm": {"const": "sha256"}, "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
    },
    "order_of_work": {
        "type": "array",
        "title": "Order of work",
        "description": "The steps from measurements to money, in the order in which they are taken.",
        "items": {"type": "string"},
    },
}

SHARED: dict[str, Any] = {
    "quantity": {
        "type": "object",
        "title": "Quantity",
        "required": ["amount", "unit"],
        "additionalProperties": False,
        "properties": {
            "amount": PLAIN["Decimal"],
            "unit": {"enum": ["number", "percent", "percentage points", "points", "service days"]},
        },
    },
    "money": {
        "type": "object",
        "title": "Money",
        "required": ["amount", "currency"],
        "additionalProperties": False,
        "properties": {
            "amount": PLAIN["Decimal"],
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217"},
        },
    },
    "duration": {
        "type": "object",
        "title": "Duration",
        "required": ["amount", "unit"],
        "additionalProperties": False,
        "properties": {"amount": PLAIN["Decimal"], "unit": {"enum": CLOCK_WORDS}},
    },
    "text": {
        "type": "object",
        "title": "Text",
        "description": "Words by language (ISO 639-1); the drafting language comes first.",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[a-z]{2}$"},
        "additionalProperties": {"type": "string"},
    },
    "reference": {
        "type": "object",
        "title": "Reference",
        "description": "The id of something defined elsewhere in this document.",
        "required": ["ref", "type"],
        "additionalProperties": False,
        "properties": {"ref": {"type": "string"}, "type": {"type": "string"}},
    },
    "expression": {
        "title": "Expression",
        "description": "A formula as a tree; `type` is its operation.",
        "anyOf": [
            {"$ref": f"#/$defs/{made.__name__}"}
            for made in CLASSES.values()
            if issubclass(made, expressions.Expression) and not made.__subclasses__()
        ],
    },
    "effective": {
        "type": "object",
        "title": "Effective",
        "description": "What holds once everything said elsewhere, in the catalogue too, is taken into account.",
        "properties": {
            "force": {"enum": ["binding", "target", "aspirational", "informative"]},
            "value": {"$ref": "#/$defs/expression"},
            "unit": {
                "type": "string",
                "description": "The unit of the measured value, such as percentage or clock time.",
            },
            "sources": {
                "type": "array",
                "items": {"type": "string"},
                "description": "The ids of the sources the formula reads.",
            },
            "answers": PLAIN["Decimal"]
            | {"description": "With fewer answers than this the result is inconclusive; the measure may say so too."},
            "timezone": {"type": "string", "description": "An IANA time zone."},
        },
    },
}
