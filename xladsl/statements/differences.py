"""Two results of one agreement and one period, held against each other: what differs, and what that may come from."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from .record import amount_of
from .text import DIGEST, figure, titled, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Differences(NamedTuple):
    """`outcomes` are verdicts, values and amounts that are not the same, or words about them; `basis` is what they
    rest on: agreement, data, what was told; `means` is by what they were worked out, which changes nothing."""

    outcomes: list[str]
    basis: list[str]
    means: list[str]


def differences(before: dict[str, Any], now: dict[str, Any]) -> Differences:
    """What a result says, and what working it out again gave, where these are not the same; in sentences."""
    outcomes = [
        *parts(before, now, "judgements", "promise", judgement),
        *parts(before, now, "payments", "payment", payment),
        *totals(before, now),
        *consequences(before, now),
    ]
    rests_on, means = list(basis(before, now)), list(named(before, now, MEANS))
    if not (outcomes or rests_on) and by_the_same(before, now):
        outcomes = list(words(before, now))
    return Differences(outcomes, rests_on, means)


# ----------------------------------------------------------------------------------------------------- what it rests on


def basis(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """What the two rest on, where that differs."""
    yield from named(before, now, BASIS)
    for name in sorted({*before["options"], *now["options"]}):
        said, found = before["options"].get(name, "not set"), now["options"].get(name, "not set")
        if said != found:
            yield f"The option {name} was {short(said)}, and is {short(found)}."
    yield from others(before, now, "given", "It was told that {}")
    yield from others(before, now, "earlier", "The earlier result {} was history")
    yield from data(before, now)


def named(before: dict[str, Any], now: dict[str, Any], parts: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for words, *path in parts:
        said, found = inside(before, path), inside(now, path)
        if said != found:
            yield f"The {words} was {short(said)}, and is {short(found)}."


BASIS = (
    ("agreement", "agreement"),
    ("first day", "period", "first_day"),
    ("last day", "period", "last_day"),
    ("specification", "specification", "digest"),
    ("audience", "specification", "audience"),
)
MEANS = (
    ("engine", "made_by", "engine", "name"),
    ("version of the engine", "made_by", "engine", "version"),
    ("version of the compiler", "made_by", "compiler", "version"),
    ("release of the time zones", "made_by", "tzdata"),
)


def inside(result: dict[str, Any], path: list[str]) -> str:
    found: Any = result
    for step in path:
        found = found[step]
    return str(found)


def short(said: str) -> str:
    """A digest by its beginning, anything else as it is."""
    return f"{said[:DIGEST]}…" if len(said) == 64 else said


def others(before: dict[str, Any], now: dict[str, Any], name: str, sentence: str) -> Iterator[str]:
    for said in before[name]:
        if said not in now[name]:
            yield f"{sentence.format(short(said))}, and is not any more."
    for said in now[name]:
        if said not in before[name]:
            yield f"{sentence.format(short(said))} only now."


def data(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """Sources whose rows are not the same; a file with another name and the same bytes is the same."""
    read_before = {each["source"]: each for each in before["sources"]}
    read_now = {each["source"]: each for each in now["sources"]}
    for name in {**read_before, **read_now}:
        if name not in read_now:
            yield f"The rows of `{name}` are not given now."
        elif name not in read_before:
            yield f"The rows of `{name}` were not given then."
        else:
            said, found = digests(read_before[name]), digests(read_now[name])
            if said != found:
                counts = f"{read_before[name]['rows']:,} rows then, {read_now[name]['rows']:,} now"
                yield f"The data of `{name}` are not the same: {counts}."


def digests(read: dict[str, Any]) -> list[str]:
    return sorted(file["digest"] for file in read["files"])


# ------------------------------------------------------------------------------------------------------------- outcomes


def parts(
    before: dict[str, Any],
    now: dict[str, Any],
    listed: str,
    named: str,
    compared: Callable[[dict[str, Any], dict[str, Any]], Iterator[str]],
) -> Iterator[str]:
    """What became of the judgements, or of the payments, one sentence for each thing that differs."""
    for place, said, found in paired(before[listed], now[listed], (named, "window", "group")):
        name, window, group = place
        where = f"{titled(now, name)}, {window}{f', {group}' if group else ''}"
        if found is None:
            yield f"{where}: stands in the result, and did not come out now."
        elif said is None:
            yield f"{where}: came out now, and does not stand in the result."
        else:
            yield from (f"{where}: {sentence}" for sentence in compared(said, found))


def paired(
    before: list[dict[str, Any]], now: list[dict[str, Any]], names: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], dict[str, Any] | None, dict[str, Any] | None]]:
    """The parts of two lists that have these properties alike, and None where one list has no such part, or no second
    one: what stands twice in a result would be paid twice."""
    said, found = gathered(before, names), gathered(now, names)
    for place in {**said, **found}:
        for one, other in zip_longest(said.get(place, []), found.get(place, [])):
            yield place, one, other


def gathered(parts: list[dict[str, Any]], names: tuple[str, ...]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    together: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for part in parts:
        together.setdefault(tuple(part.get(name, "") for name in names), []).append(part)
    return together


def judgement(said: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    if said["verdict"] != found["verdict"]:
        yield f"the result says {said['verdict']}, and it is {found['verdict']}."
    for name, words in JUDGED.items():
        if said.get(name) != found.get(name):
            yield f"the {words} is not the same{figures(said, found, name)}."
    if left_out(said) != left_out(found):
        yield "what was left out is not the same."


JUDGED = {
    "start": "beginning of the window",
    "end": "end of the window",
    "comparison": "comparison with the level",
    "unit": "unit",
    "value": "value",
    "numerator": "numerator",
    "denominator": "denominator",
    "rows": "number of rows",
    "level": "level",
    "interval": "interval",
    "hidden": "protection of small groups",
}


def figures(said: dict[str, Any], found: dict[str, Any], name: str) -> str:
    """`: 99.79% in the result, 99.95% now`, where both are amounts."""
    if name not in ("value", "level"):
        return f": {said[name]:,} in the result, {found[name]:,} now" if name == "rows" and both(said, found) else ""
    shown = [figure(each[name], each["unit"]) if name in each else "none" for each in (said, found)]
    return f": {shown[0]} in the result, {shown[1]} now" if shown[0] != shown[1] else ", by less than is shown"


def both(said: dict[str, Any], found: dict[str, Any]) -> bool:
    return "rows" in said and "rows" in found


def left_out(judged: dict[str, Any]) -> list[Any]:
    return sorted(
        (
            part["block"],
            *(amount_of(part[name]) for name in ("seconds", "beyond_budget", "unannounced") if name in part),
        )
        for part in judged.get("left_out", [])
    )


def payment(said: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    if said["status"] != found["status"]:
        yield f"the result says {said['status']}, and it is {found['status']}."
    if (amount_of(said["amount"]), said["unit"]) != (amount_of(found["amount"]), found["unit"]):
        yield f"the result says {worth(said)}, and it is {worth(found)}."
    elif amounts_of_steps(said) != amounts_of_steps(found):
        yield "the steps that lead to the amount are not the same."
    if said.get("paid_to") != found.get("paid_to"):
        yield "it goes to another party."
    for name, words in PAID.items():
        if name in said and name in found and said[name] != found[name]:
            yield f"the {words} is not the same."


def amounts_of_steps(paid: dict[str, Any]) -> list[dict[str, str]]:
    return [step["amount"] for step in paid.get("steps", [])]


PAID = {"start": "beginning of the window", "end": "end of the window", "base": "base"}


def totals(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    for place, *amounts in paired(before["totals"], now["totals"], ("paid_to", "unit")):
        shown = ["nothing" if each is None else worth(each) for each in amounts]
        if shown[0] != shown[1]:
            yield f"In all, {titled(now, place[0])} is owed {shown[1]}; the result says {shown[0]}."


def consequences(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    said = {(each["block"], each["window"]) for each in before["followed"]}
    found = {(each["block"], each["window"]) for each in now["followed"]}
    for name, window in sorted(said - found):
        yield f"{titled(now, name)}, {window}: stands in the result as following, and does not follow now."
    for name, window in sorted(found - said):
        yield f"{titled(now, name)}, {window}: follows now, and does not stand in the result."


# ---------------------------------------------------------------------------------------------------------------- words


def by_the_same(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether one version of the compiler wrote both: another one may say the same in better words."""
    return bool(before["made_by"]["compiler"] == now["made_by"]["compiler"])


def words(before: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """Where two results with the same figures say something else about them; what a reader believes as well."""
    for part, what in WORDED.items():
        if before[part] != now[part]:
            yield f"The figures are the same, and {what} not what the result says."
    for (source,), said, found in paired(before["sources"], now["sources"], ("source",)):
        if said is None or found is None or any(said[name] != found[name] for name in COUNTED):
            yield f"What became of the rows of `{source}` is not what the result says."


WORDED = {
    "judgements": "the words about the verdicts are",
    "payments": "the words about the payments are",
    "totals": "the decimals of the totals are",
    "followed": "the reasons and days of what follows are",
    "notes": "the notes are",
    "titles": "the titles are",
}
COUNTED = ("rows", "counted", "rejected", "replaced", "late", "outside")
