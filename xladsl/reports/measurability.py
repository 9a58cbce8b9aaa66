"""What is known of promises before anything is measured, as people and machines read it.

`docs/measurability.md` explains the table and the keys of the JSON document. Estimates in it have three digits that
count, shares lie from 0 to 1, and what cannot be told is null.
"""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ..checks._sample_words import in_hundredths, in_short, window_of
from ..model.measurability import (
    CONFIDENCE,
    PERSPECTIVES,
    STANDARD_ERRORS_BETTER,
    margin_as_amount,
    measurability,
)
from ..model.samples import digits
from .text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model.contract import Contract
    from ..model.measurability import Measurability, Moment, Outlook

WIDEST = 120
NAME, FORCE, PERSPECTIVE, RESTS_ON, MARGIN, VERDICT, YEAR = 26, 12, 11, 37, 17, 7, 4


# ---------------------------------------------------------------------------------------------------------- for people


def render(contract: Contract) -> str:
    """The report on one agreement as a table with what there is to know, at most 120 columns wide."""
    report = measurability(contract)
    parts = [heading(contract), table(report), remarks(report), summary(report)]
    return "\n\n".join(part for part in parts if part)


def heading(contract: Contract) -> str:
    agreement = contract.agreement
    title = agreement.title.value if agreement.title else agreement.name
    return f"{visible(title)}: what is known before anything is measured"


def table(report: Measurability) -> str:
    if not report.outlooks:
        return "It promises nothing that is measured."
    head = line("promise", "force", "measures", "rests on", "margin at 95%", "false breach")
    under = line("", "", "", "", "", "verdict", "year")
    return "\n".join([head, under, *(row(each) for each in report.outlooks)])


def line(*cells: str) -> str:
    widths = (NAME, FORCE, PERSPECTIVE, RESTS_ON, MARGIN, VERDICT, YEAR)
    return " ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=False)).rstrip()


def row(found: Outlook) -> str:
    return line(
        shortened(found.promise.name, NAME),
        found.promise.bindingness,
        found.perspective or "unsaid",
        shortened(rests_on(found), RESTS_ON),
        margin(found),
        in_hundredths(found.chance).replace("more than ", ">") if found.chance is not None else "-",
        in_hundredths(found.year.at_least_once).replace("more than ", ">") if found.year is not None else "-",
    )


def shortened(words: str, width: int) -> str:
    return words if len(words) <= width else f"{words[: width - 1]}…"


def rests_on(found: Outlook) -> str:
    """`1,125 answers each calendar quarter`, `43.2 min of downtime each calendar month`."""
    window = window_of(found.promise)
    if found.budget is not None:
        return f"{in_short(found.budget)} of downtime, {window}"
    if found.expected is not None and found.basis is not None:
        rows = "answers" if found.basis.asked else "rows"
        return f"{'at most ' if found.narrowed else ''}{found.expected:,} {rows}, {window}"
    return {"index": "an index", "continuous": "time", "sample": "answers", "event": "rows"}.get(
        found.kind, "?"
    ) + f", {window}"


def margin(found: Outlook) -> str:
    if found.margin is not None:
        return f"{'at least ' if found.narrowed else ''}± {in_unit(found, found.margin)}"
    if found.ranks is not None:
        low, high = (f"{end:.3g}" if end is not None else "?" for end in found.ranks)
        return f"p{low} to p{high}"
    if found.may_miss is not None:
        return f"{found.may_miss:,} may miss" if found.may_miss else "none may miss"
    return "counted in full" if found.kind in ("event", "continuous") and not found.narrowed else "-"


def in_unit(found: Outlook, amount: float) -> str:
    """A margin with a short unit: `4.1 points`, `5.3 pp`, `6.4 min`."""
    measured = margin_as_amount(found, amount)
    unit = unit_of(found)
    return f"{measured.amount:,f}{f' {unit}' if unit else ''}"


def unit_of(found: Outlook) -> str:
    measured = margin_as_amount(found, 1.0)
    return {"PercentagePoints": "pp", "Points": "points"}.get(
        type(measured).__name__, str(getattr(measured, "unit", ""))
    )


def remarks(report: Measurability) -> str:
    """What a reader of the table should know of single promises."""
    said: dict[str, list[str]] = {}
    for found in report.outlooks:
        for remark in remarks_on(found):
            said.setdefault(remark, []).append(found.promise.name)
    lines = [
        part
        for remark, promises in said.items()
        for part in wrap(f"{', '.join(promises)}: {remark}", WIDEST, initial_indent="  ", subsequent_indent="    ")
    ]
    return "\n".join(["What to know", *lines]) if lines else ""


def remarks_on(found: Outlook) -> Iterator[str]:
    verdict = STANDINGS.get(found.standing)
    if verdict:
        yield filled(verdict, found) + better_window(found)
    if found.probes and found.interval:
        probes = digits(float(found.probes))
        yield f"the downtime it leaves is as long as {probes} probes, one every {in_short(found.interval)}"
    for reason in found.unknown:
        yield UNKNOWN[reason].format(source=names(found), kpi=getattr(found.promise, "name", ""))


STANDINGS = {
    "coin flip": "a coin flip: {answers} leave {margin}, in which good and bad service look alike",
    "proves nothing": "{answers} leave {margin}: hardly anything could ever be proven",
    "margin too wide": "the margin of {margin} is wider than the {accepted} that the parties accept",
    "never decided": "asks for {floor} answers, and only {answers} are expected: hardly a window decides anything",
    "every case decides": "of {answers} not one may miss: the level is 100% in truth",
    "every probe decides": "a single probe that fails breaks it",
}

UNKNOWN = {
    "index": "an index has no margin that could be told before the measuring; look at its parts",
    "formula": "counted in full; it is no share, mean, net score or percentile, so chance is not judged",
    "segments": "not known: how large each segment is; say its `share`, or the `users` of the sites",
    "expects": "not known: on how many it rests; say `expects …` in {source}",
    "window": "not known: how many come together, for its window has no length",
    "part": "not known: how many of the rows are chosen; the number of all of them is an upper bound",
    "spread": "not known: how far answers lie apart; say `spread …` in its KPI",
    "direction": "not known: what a false breach is, for the level is neither a floor nor a ceiling",
    "withheld": "what it rests on is no part of this edition",
}


def filled(pattern: str, found: Outlook) -> str:
    rows = "answers" if found.basis is not None and found.basis.asked else "rows"
    count = found.expected or 0
    return pattern.format(
        answers=f"{count:,} {rows if count != 1 else rows.removesuffix('s')}",
        margin=f"± {in_unit(found, found.margin)}" if found.margin is not None else "",
        accepted=in_unit(found, found.accepted) if found.accepted is not None else "",
        floor=f"{found.floor or 0:,}",
    )


def better_window(found: Outlook) -> str:
    if found.shortest is None or found.shortest.window == found.promise.each:
        return "" if found.shortest else "; not even a year brings enough" if found.expected else ""
    return f"; the shortest window with enough is a {found.shortest.window}, with about {found.shortest.answers:,}"


def names(found: Outlook) -> str:
    return " and ".join(f"`{source.name}`" for source in found.sources) or "its source"


def summary(report: Measurability) -> str:
    return "\n".join(part for said in sentences(report) for part in wrap(said, WIDEST, subsequent_indent="  "))


def sentences(report: Measurability) -> Iterator[str]:
    """The agreement as a whole, and what the figures assume."""
    mix = report.mix
    if mix.binding:
        share = mix.share("experience")
        counts = ", ".join(f"{each} {mix.counts[each]}" for each in PERSPECTIVES)
        unsaid = f", unsaid {mix.unsaid}" if mix.unsaid else ""
        seen = f"{float(share or 0):.0%} of the binding promises are experience"
        yield f"{seen} ({counts}{unsaid}; {mix.binding} in all)."
    if report.moments:
        touched, true = coverage(report.moments, "touchpoint"), coverage(report.moments_of_truth, "moment")
        gaps = [f"`{moment.touchpoint.name}`" for moment in report.moments if not moment.measured]
        missing = f" Nothing measures {', '.join(gaps)}." if gaps else ""
        yield f"{touched} and {true} of truth are measured.{missing}"
    if report.false_breaches is not None:
        once, count = report.false_breaches
        yield (
            f"Chance alone breaks {digits(count)} windows a year, and at least one in {in_hundredths(once)} of years,"
            f" of the {report.judged} binding promises of which it can be told."
        )
    yield (
        f"Assumed: true values {STANDARD_ERRORS_BETTER} standard error better than promised; at the level itself, "
        "whatever is decided as measured is a coin flip."
    )


def coverage(moments: list[Moment], noun: str) -> str:
    measured = sum(moment.measured for moment in moments)
    return f"{measured} of {len(moments)} {noun}{'s' * (len(moments) != 1)}"


# -------------------------------------------------------------------------------------------------------- for machines


def as_json(contracts: Iterable[Contract]) -> str:
    """The reports on several agreements as one JSON document."""
    return json.dumps({"reports": [as_data(contract) for contract in contracts]}, ensure_ascii=False, indent=2)


def as_data(contract: Contract) -> dict[str, Any]:
    report = measurability(contract)
    agreement, once = contract.agreement, report.false_breaches
    return {
        "agreement": agreement.name,
        "title": agreement.title.value if agreement.title else None,
        "file": contract.sources[0].name,
        "assumes": {"confidence": float(CONFIDENCE), "standard_errors": STANDARD_ERRORS_BETTER},
        "promises": [promise_data(found) for found in report.outlooks],
        "mix": {
            "binding": report.mix.binding,
            **report.mix.counts,
            "unsaid": report.mix.unsaid,
            "experience_share": estimate(report.mix.share("experience")),
        },
        "journeys": {
            "touchpoints": counted(report.moments),
            "moments_of_truth": counted(report.moments_of_truth),
            "unmeasured": [moment.touchpoint.name for moment in report.moments if not moment.measured],
        },
        "false_breaches": once
        and {"promises": report.judged, "at_least_one": estimate(once[0]), "expected": estimate(once[1])},
    }


def promise_data(found: Outlook) -> dict[str, Any]:
    promise, between, shortest = found.promise, found.ranks, found.shortest
    return {
        "name": promise.name,
        "force": promise.bindingness,
        "perspective": found.perspective,
        "kind": found.kind or None,
        "sources": [source.name for source in found.sources],
        "window": window_of(promise),
        "segments": [segment.name for segment in promise.segments],
        "decision": found.rule,
        "expected": found.expected,
        "at_most": found.narrowed,
        "floor": found.floor,
        "margin": amount(found, found.margin),
        "accepted_margin": amount(found, found.accepted),
        "unit": unit_of(found) or None,
        "percentile_between": between and [estimate(end) for end in between],
        "may_miss": found.may_miss,
        "downtime_seconds": float(found.budget) if found.budget is not None else None,
        "probe_seconds": float(found.interval) if found.interval is not None else None,
        "false_breach": {
            "verdict": estimate(found.chance),
            "verdicts": found.verdicts,
            "at_least_one": estimate(found.year and found.year.at_least_once),
            "expected": estimate(found.year and found.year.expected),
        },
        "shortest_window": shortest and {"window": shortest.window, "answers": shortest.answers},
        "standing": found.standing,
        "unknown": list(found.unknown),
    }


def amount(found: Outlook, size: float | None) -> float | None:
    return float(margin_as_amount(found, size).amount) if size is not None else None


def counted(moments: list[Moment]) -> dict[str, int]:
    return {"all": len(moments), "measured": sum(moment.measured for moment in moments)}


def estimate(value: Any) -> float | None:
    return float(f"{float(value):.3g}") if value is not None else None
