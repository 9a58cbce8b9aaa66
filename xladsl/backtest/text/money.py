"""The money: month by month, payment by payment, and of two versions side by side."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ...evaluation.money.payable import PAYABLE
from ...reports.text import cells
from ...statements.record import amount_of
from ...statements.text import WIDTH, priced, section, titled, worth, wrapped
from .. import differences
from .words import INDENT, MOST, Record, group, parties, priced_at, short_title, sums

if TYPE_CHECKING:
    from collections.abc import Iterator


def money(backtest: Record) -> list[str]:
    """What is owed for the windows that end in each month, to each party; of two versions side by side."""
    draft, against = backtest["draft"], backtest.get("against")
    lines: list[str] = []
    for to, unit in parties(*filter(None, (draft, against))):
        sides = [draft] if against is None else [draft, against]
        heads = ["owed"] if against is None else ["draft", "other", "draft − other"]
        lines += ["", *table(titled(draft["result"], to), heads, list(months(backtest, sides, to, unit)))]
    return section("MONEY BY MONTH", "", lines[1:]) if lines else []


def months(backtest: Record, sides: list[Record], to: str, unit: str) -> Iterator[tuple[str, list[str]]]:
    found = []
    for number, column in enumerate(backtest["columns"]):
        found.append(
            (
                column["name"],
                [
                    differences.sums_by_party(side["by_column"][number]["totals"]).get((to, unit), Fraction(0))
                    for side in sides
                ],
            )
        )
    found.append(("in all", [sums(side).get((to, unit), Fraction(0)) for side in sides]))
    for name, amounts in found:
        both = [*amounts, amounts[0] - amounts[1]] if len(amounts) > 1 else amounts
        yield name, [priced_at(amount, unit) if amount else "–" for amount in both]


def payments(side: Record) -> list[str]:
    """Each payment with the windows in which it came up."""
    result = side["result"]
    found: dict[str, list[Record]] = {}
    for paid in result["payments"]:
        if paid["status"] in PAYABLE and amount_of(paid["amount"]):
            found.setdefault(paid["payment"], []).append(paid)
    lines: list[str] = []
    for name, several in found.items():
        total = sum((amount_of(each["amount"]) for each in several), Fraction(0))
        within = side["combined"].get(name)
        words = f"{titled(result, name)}{f', within {short_title(side, within)}' if within else ''}"
        lines += ["", *priced(words, priced_at(total, several[0]["unit"]))]
        for each in several[:MOST]:
            lines += priced(f"{each['window']}{group(each)}: {because(each)}", worth(each), INDENT)
        lines += wrapped(f"and {len(several) - MOST:,} more", INDENT) if len(several) > MOST else []
    nothing = [titled(result, name) for name in dict.fromkeys(each["payment"] for each in result["payments"])]
    nothing = [each for each in nothing if each not in {titled(result, name) for name in found}]
    if nothing:
        lines += ["", *wrapped(f"Nothing would have been due of: {', '.join(nothing)}.")]
    return section("WHAT IT IS MADE OF", "", lines[1:]) if lines else []


def because(paid: Record) -> str:
    return "; ".join(step["what"] for step in paid.get("steps", [])) or "due"


def payments_of_both(backtest: Record) -> list[str]:
    draft, against = backtest["draft"], backtest["against"]
    ours, theirs = (differences.sums_by_payment(side["result"]) for side in (draft, against))
    rows = []
    for name, unit in dict.fromkeys([*ours, *theirs]):
        one, other = (each.get((name, unit), Fraction(0)) for each in (ours, theirs))
        side = draft if (name, unit) in ours else against
        amounts = [priced_at(each, unit) if each else "–" for each in (one, other, one - other)]
        rows.append((titled(side["result"], name), amounts))
    return table("PAYMENTS", ["draft", "other", "draft − other"], rows) if rows else []


def table(title: str, heads: list[str], rows: list[tuple[str, list[str]]]) -> list[str]:
    """Names at the left, amounts in columns at the right."""
    widths = [max(cells(each) for each in column) + 4 for column in zip(heads, *(row for _, row in rows), strict=True)]
    room = WIDTH - sum(widths)
    lines = []
    for name, amounts in [(title, heads), *rows]:
        *before, last = wrapped(name, 0, room - 1)
        right = "".join(f"{' ' * (width - cells(each))}{each}" for each, width in zip(amounts, widths, strict=True))
        lines += [*before, f"{last}{' ' * (room - cells(last))}{right}"]
    return lines
