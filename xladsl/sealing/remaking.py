"""A paper made again from the files that it carries: a contract, an amendment, its consolidated text, a comparison."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ..amending import paper as amending
from ..amending.amendment import Amendment
from ..loading import SUFFIX
from ..outputs import pdf
from ..outputs.house import HouseError
from ..redline import pdf as comparing
from ..redline.comparison import Comparison, Version
from . import carrying

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..outputs import Rendered
    from ..outputs.typesetting import Attachment
    from .carrying import Carried

SIDES = ("older-", "newer-")


class NotRemadeError(Exception):
    """Why no paper can be made of what a PDF carries, in sentences."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class Remade(NamedTuple):
    """The paper that the carried files make: its bytes, the files that it would carry, and who is to sign it.

    `what` is the word for the kind of paper; `made_by` the version of the compiler that the files tell of.
    """

    what: str
    content: bytes
    files: tuple[Attachment, ...]
    source_digest: str
    signatories: Mapping[str, str]
    state: str
    made_by: str | None


def remade(taken: dict[str, bytes]) -> Remade:
    """The paper that the files inside of a PDF make. Raises NotRemadeError."""
    names = [name for name in taken if name.endswith(SUFFIX)]
    try:
        if amending.INSTRUCTIONS in taken or comparing.CHANGES in taken:
            return of_two(taken, names)
        if len(names) != 1:
            raise NotRemadeError("It carries no text that it could have been made of.")
        return of_one(taken, names[0])
    except HouseError as problem:
        raise NotRemadeError("The style that it carries cannot be used.", str(problem)) from problem


def of_one(taken: dict[str, bytes], name: str) -> Remade:
    """A contract, or the consolidated text of an amendment, which are made of one text."""
    carried = carried_in(taken, name)
    files = carrying.attachments(carried)
    people: Mapping[str, str] = {}
    if amending.CONSOLIDATED in taken:
        number, effective = amended_by(taken[amending.CONSOLIDATED])
        what, made = (
            "consolidated text",
            amending.consolidated(carried.contract, carried.about, number, effective, files),
        )
        files = (*files, amending.told_of(carried.contract, number, effective))
    else:
        what, people = "paper", pdf.signatories(carried.contract)
        made = pdf.render(carried.contract, carried.about._replace(attachments=files))
    return finished(what, made, files, carried, people, version_in(taken, name))


def of_two(taken: dict[str, bytes], names: list[str]) -> Remade:
    """An amendment or a comparison, which are made of an older and a newer text."""
    found = [next((name for name in names if name.startswith(side)), None) for side in SIDES]
    if len(names) != len(SIDES) or None in found:
        raise NotRemadeError("It carries not the two texts that it could have been made of.")
    sides = [side_in(taken, side, str(name)) for side, name in zip(SIDES, found, strict=True)]
    comparison = Comparison(*(Version(side.contract, side.about) for side in sides))
    older, newer = (carrying.attachments(side) for side in sides)
    version = version_in(taken, str(found[1]))
    if amending.INSTRUCTIONS not in taken:
        made, files = comparing.render(comparison, older, newer), comparing.files(comparison, older, newer)
        return finished("comparison", made, files, sides[1], {}, version)
    number, effective = amended_by(taken[amending.INSTRUCTIONS])
    file_digest = executed_as(taken[amending.INSTRUCTIONS])
    amendment = Amendment(comparison, number, file_digest, effective)
    made, files = amending.instrument(amendment, older, newer), amending.files(amendment, older, newer)
    return finished("amendment", made, files, sides[1], pdf.signatories(sides[1].contract), version)


def side_in(taken: dict[str, bytes], side: str, name: str) -> Carried:
    own = {each.removeprefix(side): content for each, content in taken.items() if each.startswith(side)}
    return carried_in(own, name.removeprefix(side))


def finished(
    what: str,
    made: Rendered,
    files: tuple[Attachment, ...],
    carried: Carried,
    signatories: Mapping[str, str],
    made_by: str | None,
) -> Remade:
    if made.content is None:
        raise NotRemadeError("The text that it carries cannot be set on paper.", made.problems[0].message)
    state = carried.contract.agreement.status or "draft"
    return Remade(what, made.content, files, carried.about.source_digest, signatories, state, made_by)


def carried_in(taken: dict[str, bytes], name: str) -> Carried:
    """The edition that a text makes, in the manner that the files beside it tell of."""
    stem = name.removesuffix(SUFFIX)
    how = carrying.read_back(taken.get(f"{stem}{carrying.EDITION}", b""), taken.get(f"{stem}{carrying.HOUSE}"))
    if how is not None and "/" not in name and "\\" not in name:
        audience, manner = how
        with suppress(UnicodeDecodeError):
            carried = carrying.made_from(taken[name].decode(), name, audience, manner=manner)
            if carried is not None:
                return carried
    raise NotRemadeError("The text that it carries is not in order, so no paper can have been made of it.")


def amended_by(record: bytes) -> tuple[int, date | None]:
    """Which amendment it is, and from when."""
    told = head_of(record)
    try:
        effective = told["effective"]
        return int(told["number"]), None if effective is None else date.fromisoformat(effective)
    except (KeyError, TypeError, ValueError) as problem:
        raise NotRemadeError("It does not tell which amendment it is.") from problem


def executed_as(instructions: bytes) -> str:
    """The digest of the executed paper that an amendment names; empty where it names none."""
    older = head_of(instructions).get("older")
    digest = older.get("file_digest") if isinstance(older, dict) else None
    return digest if isinstance(digest, str) else ""


def version_in(taken: dict[str, bytes], name: str) -> str | None:
    compiler = head_of(taken.get(f"{name.removesuffix(SUFFIX)}.json", b"")).get("compiler")
    version = compiler.get("version") if isinstance(compiler, dict) else None
    return version if isinstance(version, str) else None


def head_of(document: bytes) -> dict[str, Any]:
    try:
        head = json.loads(document)
    except (ValueError, RecursionError):
        return {}
    return head if isinstance(head, dict) else {}
