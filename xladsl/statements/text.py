"""A result for the person who reads it at the end of the month: what was promised, what came of it, what is owed.

It is made from the result's document alone, so that whoever was sent one can read it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..evaluation.figures import number, written
from ..evaluation.money.payable import PAYABLE
from ..reports.text import cells, visible
from .record import amount_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 110
INDENT = 14
"""Where a line goes on below a verdict; wide enough for `inconclusive`."""

MOST_OF_ONE = 12
"""More verdicts on one promise than this, as where every ticket is judged, are counted, and the breaches are listed."""

MOST_FOUND = 4
"""Steps of a working-out that are told; the document has all of them."""

VERDICTS = ("breached", "inconclusive", "no data", "met")
DIGEST = 16


def render(result: dict[str, Any]) -> str:
    """The whole result, in lines of at most `WIDTH` columns."""
    parts = [
        headline(result),
        section("PROMISES", tally(result["judgements"]), promises(result)),
        section("MONEY", "", money(result)) if result["payments"] else [],
        section("WHAT FOLLOWS BESIDES", "", followed(result)) if result["followed"] else [],
        section("DATA", "", sources(result)) if result["sources"] else [],
        section("NOTES", "", (line for note in result["notes"] for line in wrapped(note))) if result["notes"] else [],
        made_by(result),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def headline(result: dict[str, Any]) -> list[str]:
    name, period = result["agreement"], result["period"]
    return [*wrapped(result["titles"].get(name, name)), f"{period['first_day']} to {period['last_day']}"]


def section(title: str, beside: str, lines: Iterable[str]) -> list[str]:
    return [f"{title}  {beside}".rstrip(), *lines]


# ------------------------------------------------------------------------------------------------------------- promises


def tally(judgements: list[dict[str, Any]]) -> str:
    """`7 met, 1 breached`"""
    counts = [(verdict, sum(each["verdict"] == verdict for each in judgements)) for verdict in reversed(VERDICTS)]
    return ", ".join(f"{count:,} {verdict}" for verdict, count in counts if count) or "no window ends in this period"


def promises(result: dict[str, Any]) -> Iterator[str]:
    by_promise: dict[str, list[dict[str, Any]]] = {}
    for judged in result["judgements"]:
        by_promise.setdefault(judged["promise"], []).append(judged)
    for name, all_judged in by_promise.items():
        shown = all_judged
        if len(all_judged) > MOST_OF_ONE:
            shown = [judged for judged in all_judged if judged["verdict"] != "met"]
            yield ""
            yield from marked("", f"{titled(result, name)}: {tally(all_judged)}")
        for judged in shown[:MOST_OF_ONE]:
            yield ""
            yield from verdict_lines(result, judged)
        if len(shown) > MOST_OF_ONE:
            yield from wrapped(f"and {len(shown) - MOST_OF_ONE:,} more that were not met", INDENT)


def verdict_lines(result: dict[str, Any], judged: dict[str, Any]) -> Iterator[str]:
    group = f", {judged['group']}" if "group" in judged else ""
    yield from marked(judged["verdict"], f"{titled(result, judged['promise'])}, {judged['window']}{group}")
    for said in (measured(judged), left_out(result, judged), *remarks(result, judged)):
        yield from wrapped(said, INDENT) if said else []


def measured(judged: dict[str, Any]) -> str:
    """`99.79% (1,210 of 1,213), and at least 99.9% was promised`"""
    unit = judged["unit"]
    promised = f"{judged['comparison']} {figure(judged['level'], unit)} was promised" if "level" in judged else ""
    if "value" not in judged:
        return promised
    value = figure(judged["value"], unit, beside=judged.get("level"))
    if "interval" in judged and (judged["verdict"] == "inconclusive" or "interval" in judged.get("reason", "")):
        value += f", {interval(judged['interval'], unit)}"
    return ", and ".join(filter(None, (value + resting(judged), promised)))


def resting(judged: dict[str, Any]) -> str:
    """`, 1,720 of 2,547` for a share of rows, and for anything else `, on 310 rows`."""
    if "rows" not in judged:
        return ""
    if judged["unit"] in ("percentage", "ratio") and "numerator" in judged and "denominator" in judged:
        part, whole = amount_of(judged["numerator"]), amount_of(judged["denominator"])
        if whole == judged["rows"] and part.denominator == 1:
            return f", {part.numerator:,} of {whole.numerator:,}"
    return f", on {judged['rows']:,} row{'s' * (judged['rows'] != 1)}"


def interval(found: dict[str, Any], unit: str) -> str:
    ends = [figure(found[end], unit) if end in found else "unbounded" for end in ("low", "high")]
    sure = written(amount_of(found["confidence"]), "percentage")
    return f"from {ends[0]} to {ends[1]} at {sure} ({found['method']})"


def left_out(result: dict[str, Any], judged: dict[str, Any]) -> str:
    parts = []
    for part in judged.get("left_out", []):
        if not any(amount_of(part[name]) for name in ("seconds", "beyond_budget", "unannounced") if name in part):
            continue
        said = f"{length(part['seconds'])} {titled(result, part['block'])}"
        if "beyond_budget" in part:
            said += f", and {length(part['beyond_budget'])} beyond its budget, which counts"
        if "unannounced" in part:
            said += f", and {length(part['unannounced'])} that nobody announced in time"
        parts.append(said)
    return f"left out: {'; '.join(parts)}" if parts else ""


def remarks(result: dict[str, Any], judged: dict[str, Any]) -> Iterator[str]:
    if judged.get("hidden"):
        yield "too few people to show a figure"
    own = (f"{judged['promise']}:", f"{judged['verdict']}:")
    found = [line for line in judged.get("trace", []) if not line.startswith(own)]
    if found and judged["verdict"] == "breached" and "rows" not in judged:
        yield f"found: {'; '.join(found[:MOST_FOUND])}"
    if (judged["verdict"] in ("inconclusive", "no data") or "value" not in judged) and "reason" in judged:
        yield f"because {judged['reason']}"
    if judged.get("warned"):
        yield "early notice: the level at which to warn is passed"
    if "leads_to" in judged:
        yield f"leads to: {', '.join(titled(result, name) for name in judged['leads_to'])}"


# ---------------------------------------------------------------------------------------------------------------- money


def money(result: dict[str, Any]) -> Iterator[str]:
    by_payment: dict[str, list[dict[str, Any]]] = {}
    for paid in result["payments"]:
        by_payment.setdefault(paid["payment"], []).append(paid)
    nothing = []
    for name, all_paid in by_payment.items():
        all_paid.sort(key=lambda paid: (paid["end"], paid["start"], paid.get("group", "")))
        telling = [paid for paid in all_paid if paid["status"] not in NOTHING or amount_of(paid["amount"])]
        if not telling:
            nothing.append(titled(result, name))
        elif len(telling) > MOST_OF_ONE:
            yield ""
            yield from counted(result, name, telling)
        for paid in telling if len(telling) <= MOST_OF_ONE else ():
            yield ""
            yield from steps(result, paid)
    if nothing:
        yield ""
        yield from wrapped(f"Nothing is due of: {', '.join(nothing)}.")
    for total in result["totals"]:
        yield ""
        yield from priced(f"TOTAL to {titled(result, total['paid_to'])}", worth(total))


def counted(result: dict[str, Any], name: str, all_paid: list[dict[str, Any]]) -> Iterator[str]:
    """Many payments of one kind, such as one for each ticket: how many, and what they come to."""
    by_status: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for paid in all_paid:
        by_status.setdefault((paid["status"], paid["unit"]), []).append(paid)
    for (status, unit), several in by_status.items():
        words = f"{titled(result, name)}: {len(several):,} times {status}"
        total = sum((amount_of(paid["amount"]) for paid in several), Fraction(0))
        yield from priced(words, written(total, with_unit(unit)) if status != "undecided" else UNKNOWN)


def steps(result: dict[str, Any], paid: dict[str, Any]) -> Iterator[str]:
    """One payment, and under it how it came about."""
    group = f", {paid['group']}" if "group" in paid else ""
    status = "" if paid["status"] == "due" else f" ({paid['status']})"
    amount = worth(paid) if paid["status"] != "undecided" else UNKNOWN
    yield from priced(f"{titled(result, paid['payment'])}, {paid['window']}{group}{status}", amount)
    if "base" in paid:
        yield from priced("of a base of", worth({"amount": paid["base"], "unit": paid["unit"]}), INDENT)
    for step in paid.get("steps", []):
        shown = worth({"amount": step["amount"], "unit": paid["unit"]}) if paid["status"] != "undecided" else ""
        yield from priced(step["what"], shown, INDENT)


UNKNOWN = "not known"


def with_unit(unit: str) -> str:
    return unit if unit in ("points", "service days") else f"money in {unit}"


def worth(said: dict[str, Any]) -> str:
    return written(amount_of(said["amount"]), with_unit(said["unit"]))


NOTHING = (*PAYABLE, "not due")
"""With these, an amount of nothing is told among others in one line; with any other there is something to say of it."""


# --------------------------------------------------------------------------------------------------------- what is left


def followed(result: dict[str, Any]) -> Iterator[str]:
    for each in result["followed"]:
        until = f", until {each['until']}" if "until" in each else ""
        yield ""
        yield from wrapped(f"{titled(result, each['block'])}, {each['kind']}, {each['window']}{until}")
        yield from wrapped(each["reason"], INDENT)


def sources(result: dict[str, Any]) -> Iterator[str]:
    for source in result["sources"]:
        fates = [f"{source[fate]:,} {words}" for fate, words in FATES if source[fate]]
        yield from marked(source["source"], f"{source['rows']:,} rows, {', '.join(fates) or 'all of them used'}")
        for problem in source["problems"]:
            yield from wrapped(problem, INDENT)


FATES = (
    ("counted", "used"),
    ("rejected", "that could not be read"),
    ("replaced", "that another with the same key replaces"),
    ("late", "too late"),
    ("outside", "outside of the term"),
)


def made_by(result: dict[str, Any]) -> list[str]:
    """What ties this page to the agreement, to the data and to what worked it out."""
    made = result["made_by"]
    digests = [f"specification {result['specification']['digest'][:DIGEST]}"]
    digests += [f"{file['name']} {file['digest'][:DIGEST]}" for each in result["sources"] for file in each["files"]]
    by = f"{made['compiler']['name']} {made['compiler']['version']}, engine {made['engine']['name']}"
    return [
        *wrapped(f"Worked out by {by} {made['engine']['version']}, time zones {made['tzdata']}."),
        *wrapped(f"SHA-256: {', '.join(digests)}."),
    ]


# --------------------------------------------------------------------------------------------------------- words, lines


def titled(result: dict[str, Any], name: str) -> str:
    """`Portal availability (portal_up)`"""
    title = result["titles"].get(name)
    return f"{title} ({name})" if title else name


def figure(said: dict[str, Any], unit: str, beside: dict[str, Any] | None = None) -> str:
    """An amount for people; with all its digits where they alone tell it from the amount beside it."""
    amount = amount_of(said)
    shown = written(amount, unit) if unit not in LENGTHS or (amount / 60).denominator == 1 else clock(amount)
    if beside is not None and amount != (other := amount_of(beside)) and shown == written(other, unit):
        return f"{shown} ({'above' if amount > other else 'below'} it by a hair)"
    return shown


LENGTHS = ("clock time", "calendar time", "the time between two moments")


def length(said: dict[str, Any]) -> str:
    return clock(amount_of(said))


def clock(seconds: Fraction) -> str:
    """`3 h 20 min`, `1 min 30.5 s`: each unit that there is something of."""
    if seconds < 0:
        return f"-{clock(-seconds)}"
    hours, left = divmod(seconds, 3600)
    minutes, left = divmod(left, 60)
    parts = [f"{count:,} {unit}" for count, unit in ((hours, "h"), (minutes, "min")) if count]
    if left or not parts:
        parts.append(f"{number(left)} s" if left >= 1 or parts else written(left, "clock time"))
    return " ".join(parts)


def marked(mark: str, words: str) -> Iterator[str]:
    """A line with a mark in its margin."""
    lines = wrapped(words, INDENT)
    yield mark.ljust(INDENT) + lines[0][INDENT:] if len(mark) < INDENT else f"{mark}  {lines[0][INDENT:]}"
    yield from lines[1:]


def priced(words: str, amount: str, indent: int = 0) -> Iterator[str]:
    """What is paid at the left, how much at the right."""
    *before, last = wrapped(words, indent, WIDTH - len(amount) - 2)
    yield from before
    yield f"{last}{' ' * (WIDTH - cells(last) - len(amount))}{amount}".rstrip()


def wrapped(words: str, indent: int = 0, width: int = WIDTH) -> list[str]:
    """The words in lines of that width, all indented; a word that is wider has a line of its own."""
    lines: list[str] = []
    line = ""
    for word in visible(words).split():
        if line and indent + cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    return [" " * indent + each for each in [*lines, line]]
