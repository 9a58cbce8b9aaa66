"""The agreement rebuilt from its specification says what the source says, and a broken specification says why not."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xladsl.compiler import compile_agreement
from xladsl.model import calendars, generate, nodes
from xladsl.model.audience import edition_for
from xladsl.model.restored import INHERITED, SCHEMA, restored
from xladsl.outputs import monitoring

if TYPE_CHECKING:
    from collections.abc import Iterator

AGREEMENTS = Path(__file__).parents[2] / "agreements"
EVERYTHING = AGREEMENTS / "everything.xladsl"
ENTRIES = [
    EVERYTHING,
    AGREEMENTS / "digital-workplace" / "agreement.xladsl",
    *sorted((AGREEMENTS / "published").glob("*.xladsl")),
]


def specification_of(path: Path, audience: str = "internal") -> bytes:
    contract = compile_agreement(str(path)).contract
    assert contract is not None, f"{path} has errors"
    return monitoring.specification(edition_for(contract, audience), "0" * 64, audience)


@pytest.fixture(scope="module")
def everything() -> bytes:
    return specification_of(EVERYTHING)


@pytest.mark.parametrize("audience", ["internal", "parties", "public"])
@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: path.stem)
def test_what_comes_back_makes_the_same_specification(path: Path, audience: str) -> None:
    content = specification_of(path, audience)
    found = restored(content)
    assert found.problems == []
    assert found.contract is not None
    again = monitoring.specification(found.contract, "0" * 64, audience)
    assert as_meant(json.loads(again)) == as_meant(json.loads(content))


def as_meant(data: Any) -> Any:
    """A specification without what says only where something came from: the name of a measure that is written out,
    the country whose holidays are listed, whether a KPI says itself what its measure says; and without the order of
    blocks of several kinds. The range of a measure that an SLA applies itself only judges what is written, in checks.
    """
    if isinstance(data, list):
        return [as_meant(part) for part in data]
    if not isinstance(data, dict):
        return data
    dropped = {"measure"}
    if data.get("type") == "calendar":
        dropped |= {"closed", "holidays"}
    elif "effective" in data:
        measurement = data["effective"].get("measurement", data["effective"])
        dropped |= {name for name in INHERITED if name in measurement and measurement[name] == data.get(name)}
        measurement.pop("range", None)
        dropped |= {"answers"} if data["effective"].get("answers") == data.get("answers") else set()
        data["effective"].get("consequences", []).sort()
    return {name: as_meant(part) for name, part in data.items() if name not in dropped}


def test_calendars_need_no_library_of_holidays(everything: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    source = compile_agreement(str(EVERYTHING)).contract
    assert source is not None
    closed = {each.name: calendars.closed_days(each, source.agreement) for each in source.every(nodes.Calendar)}
    monkeypatch.setitem(__import__("sys").modules, "holidays", None)
    contract = restored(everything).contract
    assert contract is not None
    found = {each.name: calendars.closed_days(each, contract.agreement) for each in contract.every(nodes.Calendar)}
    assert found == closed
    assert any(found.values())


BOMB = "[" * 100_000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is not a JSON document"),
        (b"\xff\xfe\xff", "This is not a JSON document"),
        (b"{", "This is not a JSON document"),
        (b"[]", "This is no monitoring specification"),
        (b'{"schema": 1}', "This is no monitoring specification"),
        (b'{"schema": "1", "schema": "2"}', "`schema` stands twice in one object"),
        (b'{"schema": "urn:else"}', "This is no monitoring specification"),
        (b'{"schema": "urn:xladsl:schema:monitoring:9.0"}', "follows version 9.0 of its schema, and this release"),
        (BOMB.encode(), "nests far deeper than any agreement"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "This is no monitoring specification"),
        (b'{"schema": NaN}', "This is no monitoring specification"),
        (json.dumps({"schema": SCHEMA}).encode(), "`agreement`: is `null`, and an object belongs here."),
        (json.dumps({"schema": SCHEMA, "agreement": []}).encode(), "`agreement`: is a list"),
        (json.dumps({"schema": SCHEMA, "agreement": 1e999}).encode(), "is the bare number Infinity"),
        (json.dumps({"schema": SCHEMA, "agreement": {"type": "party"}}).encode(), "a party needs `id`"),
        (json.dumps({"schema": SCHEMA, "agreement": {}, "slas": {}}).encode(), "`slas`: is no list of blocks."),
    ],
)
def test_what_is_no_specification_is_told_so(content: bytes, said: str) -> None:
    found = restored(content)
    assert found.contract is None
    assert said in found.problems[0]


def changed(content: bytes, place: str, value: Any) -> bytes:
    """A specification with another value in one place, such as `slas.0.level.steps.0.amount`."""
    document = json.loads(content)
    *path, last = [int(step) if step.isdecimal() else step for step in place.split(".")]
    part: Any = document
    for step in path:
        part = part[step]
    part[last] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("slas.0.level.steps.0.amount.amount", 99, "the bare number 99` is no amount"),
        ("slas.0.level.steps.0.amount", 10**500, "is the bare number 1000"),
        ("slas.0.level.comparison", [], "`slas[0].level.comparison`: is a list, and a word belongs here."),
        ("slas.0.level.steps.0.amount.amount", "1e9", "`1e9` is no amount"),
        ("slas.0.level.steps.0.amount.amount", "9" * 400, "is no amount"),
        ("slas.0.level.steps.0.amount", {"amount": "1", "unit": "ells"}, "no agreement knows one"),
        ("slas.0.level.steps.0", {"type": "period", "start": "2026-01-01", "end": "2026-01-02"}, "cannot stand here"),
        ("slas.0.level.comparison", "about", "`about` is none of above, at least, at most, below, exactly."),
        ("slas.0.owner.ref", "nobody", "there is no role called `nobody`."),
        ("slas.0.owner.ref", "no body", "`no body` is no name that a block of an agreement can have."),
        ("slas.0.owner.type", "party", "is said to be a party, and is a role."),
        ("slas.0.levl", {}, "a sla has no `levl`. Is `level` meant?"),
        ("slas.0.type", "slo", "is a slo, and no agreement knows one."),
        ("slas.0.leaving_out", [], "is no list with something in it."),
        ("agreement.term.start", "2026-02-30", "`2026-02-30` is no day of the calendar"),
        ("agreement.term.end", "1999-01-01", "The term ends on 1999-01-01, before it begins"),
        ("agreement.term.end", "9998-01-01", "is longer than 200 years."),
        ("outages.0.lasting.start", "yesterday", "lasts from or to `yesterday`, and no column of that name"),
        ("targets.0.breached_when.confidence.amount", "100", "is to be proven at 100%, and nothing is."),
        ("tickets.0.deduplicated", "nothing", "has one row for each `nothing`, and no such column."),
        ("calendars.0.opening.0.spans.0.start", "25:00", "`25:00` is no time of day"),
        ("calendars.0.effective", {}, "does not write out the days on which the calendar is closed."),
        ("agreement.title", {"english": "x"}, "a thing without a `type`"),
        ("slas", [{"type": "example"}], "`slas[0]`: an example needs `subject`, and none is said."),
    ],
)
def test_what_is_wrong_is_said_with_its_place(everything: bytes, place: str, value: Any, said: str) -> None:
    found = restored(changed(everything, place, value))
    assert found.contract is None
    assert said in "\n".join(found.problems)


def test_formulas_may_not_nest_without_end(everything: bytes) -> None:
    formula: Any = {"type": "group", "value": {"amount": "1", "unit": "number"}}
    for _ in range(400):
        formula = {"type": "group", "value": formula}
    assert "nests far deeper" in restored(changed(everything, "kpis.0.value", formula)).problems[0]


def places_in(data: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, part in parts:
        yield ".".join((*path, str(step)))
        yield from places_in(part, (*path, str(step)))


def test_whatever_stands_anywhere_nothing_raises(everything: bytes) -> None:
    """Hundreds of places of a specification hold something else, and each time there is an agreement or a reason."""
    places = sorted(places_in(json.loads(everything)))
    chosen = random.Random(4)
    strange = [None, True, [], {}, "", "x", [[]], {"ref": "x"}, {"ref": 1}, {"type": []}, {"unit": {}, "amount": "1"},
               {"currency": 1, "amount": "1"}, {"en": []}, "2026-01-01", {"type": "sla"}]  # fmt: skip
    for place in chosen.sample(places, 400):
        found = restored(changed(everything, place, chosen.choice(strange)))
        assert (found.contract is None) == bool(found.problems)


def test_the_choices_of_words_are_those_of_the_grammar() -> None:
    assert generate.main(["--check"]) == 0
