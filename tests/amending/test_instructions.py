"""Instructions carried out on the older document give the newer one, whatever was changed."""

from __future__ import annotations

import json
from random import Random

import pytest

from tests.redline.documents import PUBLISHED, changed_by_chance, published
from xladsl.amending.applying import InapplicableError, applied
from xladsl.amending.instructions import instructions
from xladsl.redline.resolving import plain
from xladsl.redline.tree import parse


def carried_out(old: str, new: str) -> str:
    told = [each.data() for each in instructions(parse(old), parse(new))]
    return applied(json.loads(json.dumps(told)), old)


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("seed", range(4))
def test_carrying_out_the_instructions_gives_the_newer_document(name: str, seed: int) -> None:
    chance = Random(f"amended {name} {seed}")
    old = changed_by_chance(published(name), chance, chance.randrange(3))
    new = changed_by_chance(old, chance, chance.choice((1, 3, 12, 60)))
    assert plain(carried_out(old, new)) == plain(new)


def test_two_different_agreements_can_be_made_of_one_another() -> None:
    old, new = published("slack"), published("aws-s3")
    assert plain(carried_out(old, new)) == plain(new)


def test_the_same_document_needs_no_instruction() -> None:
    html = published("slack")
    assert instructions(parse(html), parse(html)) == []


def test_instructions_for_another_document_are_refused() -> None:
    told = [{"kind": "delete", "at": [1, 99, 99]}]
    with pytest.raises(InapplicableError):
        applied(told, published("slack"))
