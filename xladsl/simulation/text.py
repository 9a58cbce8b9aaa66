"""What came of a simulation, for whoever negotiates an agreement or runs a service under it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 110
NAME = 24
SHARED = " *"


def render(document: dict[str, Any]) -> str:
    """The document of `record.document`, in lines of at most `WIDTH` columns."""
    sections = [
        heading(document),
        ["PROMISES", *promises(document)],
        ["MONEY IN A YEAR", *payments(document)],
        ["WHAT ELSE MAY FOLLOW IN A YEAR", *arising(document)] if document["arising"] else [],
        ["TOLD, OR LEARNED FROM PAST DATA", *listed(document["told"])] if document["told"] else [],
        ["SUPPOSED", *listed(document["assumptions"])],
        ["NOTES", *listed(document["notes"])] if document["notes"] else [],
        made_by(document),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def heading(document: dict[str, Any]) -> list[str]:
    period = document["period"]
    return [
        document["title"],
        f"{document['years']:,} times the windows that end from {period['first_day']} to {period['last_day']}",
    ]


def promises(document: dict[str, Any]) -> Iterator[str]:
    yield f"{'':{NAME}}  {'truly':>14}  {'level':>22}  {'a year':>6}  {'breached':>8}  {'unclear':>8}  credits, mean"
    for each in document["promises"]:
        level = f"{each['comparison']} {', '.join(each['levels'])}" if each["levels"] else "none yet"
        truth = ", ".join(each["truths"]) or "?"
        chances = each["verdicts"]
        unclear = chances.get("inconclusive", 0.0) + chances.get("no data", 0.0)
        yield (
            f"{shortened(each['promise'])}  {truth:>14}  {level:>22}  {each['windows']:>6}"
            f"  {percent(chances.get('breached', 0.0)):>8}  {percent(unclear):>8}  {paid_for(document, each)}"
        ).rstrip()
    if any(SHARED in paid_for(document, each) for each in document["promises"]):
        yield f"{SHARED.strip()} follows from another promise as well"


def paid_for(document: dict[str, Any], promise: dict[str, Any]) -> str:
    """What follows from a promise in a year, by unit; what follows from others as well is marked."""
    parts = []
    for payment in document["payments"]:
        if payment["payment"] in promise["pays"] and not payment["points"]:
            shared = sum(payment["payment"] in other["pays"] for other in document["promises"]) > 1
            parts.append(f"{amount(payment['mean'], payment['unit'])}{SHARED if shared else ''}")
    return ", ".join(parts)


def payments(document: dict[str, Any]) -> Iterator[str]:
    header = "".join(f"  {word:>13}" for word in ("mean", "median", "95 of 100", "most"))
    yield f"{'':{NAME}}  {'':4}{header}  {'any':>6}  {'by chance':>9}"
    for each in document["payments"]:
        yield figures(each["payment"], each)
    for each in document["totals"]:
        yield ""
        yield figures(f"TOTAL to {each['to']}", each)
        yield from textwrap.wrap(f"the mean is known to ± {1.96 * each['error']:,.2f}", initial_indent=" " * 2)


def figures(name: str, found: dict[str, Any]) -> str:
    numbers = "".join(f"  {found[key]:>13,.2f}" for key in ("mean", "median", "p95", "most"))
    chance = "–" if found["by_chance"] is None else percent(found["by_chance"])
    unit = "pts" if found["unit"] == "points" else found["unit"][:4]
    return f"{shortened(name)}  {unit:4}{numbers}  {percent(found['any']):>6}  {chance:>9}"


def arising(document: dict[str, Any]) -> Iterator[str]:
    for each in document["arising"]:
        yield f"{shortened(each['block'])}  {each['kind']:30}  {percent(each['chance']):>8}"


def listed(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from textwrap.wrap(sentence, WIDTH, initial_indent="- ", subsequent_indent="  ")


def made_by(document: dict[str, Any]) -> list[str]:
    tools = document["made_by"]
    said = (
        f"Seed {document['seed']}, xladsl {tools['xladsl']}, numpy {tools['numpy']}. An estimate of what may happen,"
        " and nothing to sign: with another version of numpy the same seed may give other numbers."
    )
    return textwrap.wrap(said, WIDTH)


def shortened(name: str) -> str:
    return f"{name if len(name) <= NAME else name[: NAME - 1] + '…':{NAME}}"


def percent(chance: float) -> str:
    """As many decimals as tell it from never and from always."""
    if 0 < chance < 0.0005:
        return "<0.1%"
    return ">99.9%" if 0.9995 < chance < 1 else f"{chance:.1%}"


def amount(number: float, unit: str) -> str:
    return f"{unit} {number:,.2f}".strip()
