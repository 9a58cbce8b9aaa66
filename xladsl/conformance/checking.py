"""Somebody's answers held against those that are right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from .writing import VERSION, answers, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cases import Kit

SHOWN = 3
LONGEST = 160


class Checked(NamedTuple):
    """How many questions were answered as they should be, and what is wrong with the others, in sentences."""

    right: int
    wrong: list[str]


def check(kit: Kit, content: bytes) -> Checked:
    """Hold the answers in the bytes of a file against those of the reference."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as problem:
        return Checked(0, [f"This is not a JSON document: {problem}."])
    given = document.get("answers") if isinstance(document, dict) else None
    if not isinstance(given, dict) or document.get("version") != VERSION:
        return Checked(0, [f"These are no answers to version {VERSION} of the kit: see its answers.json for the form."])
    wanted = answers(kit, reference(kit))
    wrong = [
        f"{case.name}: {fault} {case.about}"
        for case in kit.cases
        for fault in faults(given.get(case.name), wanted[case.name])
    ]
    wrong += [f"{str(name)[:40]}: there is no such question." for name in given if name not in wanted]
    return Checked(len(kit.cases) - len({sentence.partition(":")[0] for sentence in wrong}), wrong)


def faults(given: Any, wanted: list[Any]) -> Iterator[str]:
    """What is wrong with one answer, in one sentence."""
    if given is None:
        yield "there is no answer."
        return
    if not isinstance(given, list):
        yield "the answer is no list."
        return
    ours, theirs = ([json.dumps(part, sort_keys=True, ensure_ascii=False) for part in each] for each in (wanted, given))
    missing = lacking(ours, theirs)
    surplus = lacking(theirs, ours)
    if missing or surplus:
        said = [*(f"{part} is missing" for part in missing), *(f"{part} should not be there" for part in surplus)]
        more = f", and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
        yield f"{'; '.join(part[:LONGEST] for part in said[:SHOWN])}{more}."
    elif isinstance(wanted[0] if wanted else None, dict) and "first" in wanted[0] and ours != theirs:
        yield "the runs are not in the order of time."


def lacking(first: list[str], second: list[str]) -> list[str]:
    """What stands in the first list more often than in the second."""
    left = list(second)
    found = []
    for part in first:
        if part in left:
            left.remove(part)
        else:
            found.append(part)
    return found
