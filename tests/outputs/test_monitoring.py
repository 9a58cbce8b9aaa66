"""The monitoring specification: complete, exact, and what its published schema says it is."""

from __future__ import annotations

import copy
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from xladsl.compiler import compile_agreement
from xladsl.model.audience import edition_for
from xladsl.model.contract import Contract
from xladsl.model.names import Names
from xladsl.outputs import edition, monitoring, schema

AGREEMENTS = Path(__file__).parents[2] / "agreements"
PUBLISHED_SCHEMA = Path(__file__).parents[2] / "docs" / "monitoring.schema.json"
EVERYTHING = AGREEMENTS / "everything.xladsl"
ENTRIES = [
    EVERYTHING,
    AGREEMENTS / "digital-workplace" / "agreement.xladsl",
    *sorted((AGREEMENTS / "published").glob("*.xladsl")),
]


@pytest.fixture(scope="module")
def validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema.schema())


@pytest.fixture(scope="module")
def everything() -> Contract:
    return contract_of(EVERYTHING)


def contract_of(path: Path, audience: str = "internal") -> Contract:
    contract = compile_agreement(str(path)).contract
    assert contract is not None, f"{path} has errors"
    return edition_for(contract, audience)


def specification(contract: Contract) -> dict[str, Any]:
    content = monitoring.render(contract, edition(contract, "internal")).content
    assert content is not None
    document: dict[str, Any] = json.loads(content)
    return document


def test_the_published_schema_is_the_one_the_model_gives() -> None:
    assert PUBLISHED_SCHEMA.read_text(encoding="utf-8") == schema.text(), (
        "run: xladsl schema > docs/monitoring.schema.json"
    )


def test_the_schema_follows_its_own_standard() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())


def test_every_property_has_a_title_and_the_clauses_have_a_meaning() -> None:
    definitions = schema.schema()["$defs"]
    for name in ("Agreement", "Sla", "Target", "Kpi", "Forum", "Survey", "Maintenance"):
        for field, described in definitions[name]["properties"].items():
            if field not in ("type", "clause", "id", "title", "effective"):
                assert described["title"], f"{name}.{field}"
                assert described["description"], f"{name}.{field} is not explained in the manual"


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_every_agreement_follows_the_schema(path: Path, validator: jsonschema_rs.Draft202012Validator) -> None:
    errors = [
        f"{error.instance_path}: {error.message[:200]}"
        for error in validator.iter_errors(specification(contract_of(path)))
    ]
    assert errors == []


def test_numbers_that_decide_are_never_floating_point(everything: Contract) -> None:
    def numbers(value: Any) -> list[Any]:
        if isinstance(value, dict):
            return [found for part in value.values() for found in numbers(part)]
        if isinstance(value, list):
            return [found for part in value for found in numbers(part)]
        return [value] if isinstance(value, (int, float)) and not isinstance(value, bool) else []

    assert numbers(specification(everything)) == []


def test_leaving_out_any_block_changes_the_specification(everything: Contract) -> None:
    """An output forgets nothing: each block in turn is taken out, and the rest is not the same document."""
    whole = monitoring.specification(everything, "0" * 64, "internal")
    for block in everything.blocks:
        if block is everything.agreement:
            continue
        rest = [other for other in everything.blocks if other is not block]
        without = Contract(rest, everything.catalogue, Names([*rest, *everything.catalogue]), everything.sources)
        changed = monitoring.specification(without, "0" * 64, "internal") != whole
        assert changed or type(block).__name__ in monitoring.OMITS, f"the specification forgets {block!r:.80}"


def test_the_schema_refuses_what_is_missing_or_of_another_kind(
    everything: Contract, validator: jsonschema_rs.Draft202012Validator
) -> None:
    """Each property of the credits and service levels is dropped or given another type, and that is noticed."""
    document = specification(everything)
    for kind in ("slas", "credits"):
        definition = schema.schema()["$defs"]["Sla" if kind == "slas" else "Credit"]
        for field in document[kind][0]:
            broken = copy.deepcopy(document)
            broken[kind][0][field] = 17
            assert not validator.is_valid(broken), f"17 was taken for {kind}.{field}"
            if field in definition["required"]:
                del broken[kind][0][field]
                assert not validator.is_valid(broken), f"{kind} without {field} was accepted"


def test_steps_of_a_level_are_half_open_periods_that_meet() -> None:
    document = specification(contract_of(AGREEMENTS / "digital-workplace" / "agreement.xladsl", "parties"))
    target = next(target for target in document["targets"] if len(target["effective"]["levels"]) > 1)
    levels = target["effective"]["levels"]
    for earlier, later in pairwise(levels):
        assert earlier["to"] == later["from"]
    assert levels[-1]["to"] == "2029-01-01", "the last step ends with the day after the term"


def test_what_is_internal_reaches_nobody_else() -> None:
    entry = AGREEMENTS / "digital-workplace" / "agreement.xladsl"
    internal, parties = specification(contract_of(entry)), specification(contract_of(entry, "parties"))
    assert internal["internal_targets"]
    assert "internal_targets" not in parties
    for target in internal["internal_targets"]:
        assert target["id"] not in json.dumps(parties)
    assert internal["source"]["digest"] != parties["source"]["digest"]
