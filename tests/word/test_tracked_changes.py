"""Accepting all changes in the Word document gives the newer contract, rejecting them the older."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from tests.redline.documents import PUBLISHED, changed_by_chance, published
from tests.word.documents import Line, accepted, lines, part, rejected
from xladsl.redline.marking import redlined
from xladsl.word import document
from xladsl.word.runs import Tracking

OURS = Tracking("Contoso Nordic A/S", date(2026, 5, 4))


def said(content: bytes, root: object = None) -> list[Line]:
    document_part, *others = (part(content, f"word/{name}.xml") for name in ("document", "numbering", "styles"))
    return lines(document_part if root is None else root, *others)


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize("seed", range(2))
def test_accepting_gives_the_newer_contract_and_rejecting_the_older(name: str, seed: int) -> None:
    chance = Random(f"{name} {seed}")
    old = changed_by_chance(published(name), chance, chance.randrange(3))
    new = changed_by_chance(old, chance, chance.choice((1, 3, 12, 60)))
    marked = document(redlined(old, new), tracking=OURS)
    assert said(marked, accepted(marked)) == said(document(new))
    assert said(marked, rejected(marked)) == said(document(old))
