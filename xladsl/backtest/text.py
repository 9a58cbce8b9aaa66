"""A backtest for people: a calendar of verdicts, the money month by month, and what could be disputed.

It is for two readers. Who runs the service looks for the months that went wrong and how closely; who negotiates looks
for what that costs, how much of it is firm, and what another version would have changed.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ..evaluation.figures import written
from ..reports.text import cells
from ..statements.record import PAYABLE, amount_of
from ..statements.text import WIDTH, priced, section, titled, with_unit, worth, wrapped
from . import differences
from .figures import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Record = dict[str, Any]

CELL = 5
"""The width of a month in the calendar of verdicts."""

INDENT = 4
MARKS = {"met": "·", "breached": "X", "inconclusive": "?", "no data": "-"}
WORST = ("breached", "inconclusive", "met", "no data")
DISPUTABLE = "~"
LEGEND = "· met   X breached   ? not decided   - not known   ~ could be disputed"


def render(backtest: Record) -> str:
    """The whole backtest, in lines of at most `WIDTH` columns."""
    draft, against = backtest["draft"], backtest.get("against")
    parts = [headline(backtest), summary(backtest), taken_as(backtest), calendar(backtest, draft)]
    if against is not None:
        parts += [verdicts_that_differ(backtest), payments_of_both(backtest)]
    parts += [
        money(backtest),
        payments(draft) if against is None else [],
        followed(backtest),
        disputed(draft),
        not_decided(draft),
        not_known(backtest),
        closing(backtest),
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in lines) for lines in parts if lines) + "\n"


def headline(backtest: Record) -> list[str]:
    period = backtest["period"]
    days = f"{period['first_day']} to {period['last_day']}"
    draft = backtest["draft"]
    lines = wrapped(title_of(draft))
    if "against" not in backtest:
        return [*lines, *wrapped(f"What {days} would have come to under {draft['path']}")]
    other = backtest["against"]["path"]
    return [*lines, *wrapped(f"What {days} would have come to under {draft['path']}, against {other}")]


def title_of(side: Record) -> str:
    result = side["result"]
    title: str = result["titles"].get(result["agreement"], result["agreement"])
    return title


# ------------------------------------------------------------------------------------------------------------- in short


def summary(backtest: Record) -> list[str]:
    """Who would have been owed what, and how much of it is firm."""
    draft, against = backtest["draft"], backtest.get("against")
    lines = []
    for to, unit in parties(*filter(None, (draft, against))):
        name = titled(draft["result"], to)
        ours = sums(draft).get((to, unit), Fraction(0))
        words = f"{name} would have been owed {priced_at(ours, unit)}{part_of_fees(draft, ours, unit)}"
        if against is not None:
            theirs = sums(against).get((to, unit), Fraction(0))
            words += f", and {priced_at(theirs, unit)} under the other: {beyond(ours - theirs, unit)}"
        lines += wrapped(f"{words}.")
    lines = lines or ["Nobody would have been owed anything."]
    return lines + wrapped(" ".join([in_words(draft), *depending(draft)]))


def depending(side: Record) -> Iterator[str]:
    """Between what the sums lie, by what comes of disputes."""
    for each in side["reach"]:
        least, most = amount_of(each["least"]), amount_of(each["most"])
        if least != most:
            name = short_title(side, each["paid_to"])
            between = f"{priced_at(least, each['unit'])} and {priced_at(most, each['unit'])}"
            yield f"Depending on these, {name} would have been owed between {between}."


def in_words(side: Record) -> str:
    judged = side["result"]["judgements"]
    decided = [each for each in judged if each["verdict"] in ("met", "breached")]
    breached = [each for each in decided if each["verdict"] == "breached"]
    if not decided:
        return "The data decide none of its promises."
    contested = len(side["disputable"])
    words = f"Of {number(len(decided), 'verdict')}, {len(breached):,} would have been a breach"
    words += f"; {contested:,} could be disputed" if contested else ""
    open_ones = [each for each in judged if each not in decided]
    return f"{words}. {number(len(open_ones), 'window')} could not be decided." if open_ones else f"{words}."


def part_of_fees(side: Record, amount: Fraction, unit: str) -> str:
    fees = amount_of(side["fees"]) if side["fees"] is not None else Fraction(0)
    if unit != side["currency"] or not fees or not amount:
        return ""
    return f", {short(amount / fees, 'percentage')} of all fees of the period"


def beyond(difference: Fraction, unit: str) -> str:
    if not difference:
        return "the same"
    return f"{priced_at(abs(difference), unit)} {'more' if difference > 0 else 'less'}"


def sums(side: Record) -> differences.Sums:
    return differences.sums_by_party(side["result"]["totals"])


def parties(*sides: Record) -> list[tuple[str, str]]:
    """Whoever is owed something on a side, and in which unit."""
    return list(dict.fromkeys(key for side in sides for key in sums(side)))


def priced_at(amount: Fraction, unit: str) -> str:
    return written(amount, with_unit(unit))


# --------------------------------------------------------------------------------------------------------- the calendar


def calendar(backtest: Record, side: Record) -> list[str]:
    """A row for each promise and group, a column for each month, and beside it how many windows were met."""
    columns = backtest["columns"]
    contested = {key(each) for each in side["disputable"]}
    rows = [
        (name, several, [cell(within(several, column), contested) for column in columns], tally(several))
        for name, several in by_row(side).items()
    ]
    one = max([CELL, *(len(mark) + 1 for _, _, marks, _ in rows for mark in marks)])
    last = max([CELL, *(len(counted) + 2 for _, _, _, counted in rows)])
    width = min(WIDTH - one * len(columns) - last, max((cells(name) for name, *_ in rows), default=0) + 2)
    years = [
        str(each["year"]) if number == 0 or columns[number - 1]["year"] != each["year"] else ""
        for number, each in enumerate(columns)
    ]
    lines = ["PROMISES".ljust(width) + across(years, one)]
    lines += [" " * width + across([each["label"] for each in columns], one) + "met".rjust(last)]
    for name, several, marks, counted in rows:
        begins, *rest = wrapped(name, 0, max(width - 1, CELL))
        lines += ["", begins + " " * (width - cells(begins)) + across(marks, one) + counted.rjust(last), *rest]
        lines += wrapped(", ".join(filter(None, (several[0]["promise"], level(several), reach(several)))), 2)
    return [*lines, "", LEGEND]


def across(marks: list[str], width: int) -> str:
    return "".join(mark.rjust(width) for mark in marks)


def by_row(side: Record) -> dict[str, list[Record]]:
    """The verdicts of each promise, by the name of its row; each group has a row, unless there are many."""
    by_promise: dict[str, list[Record]] = {}
    for judged in side["result"]["judgements"]:
        by_promise.setdefault(judged["promise"], []).append(judged)
    found: dict[str, list[Record]] = {}
    for several in by_promise.values():
        groups = len({judged.get("group") for judged in several})
        for judged in several:
            title = side["result"]["titles"].get(judged["promise"], judged["promise"])
            name = f"{title}, {groups:,} groups" if groups > MOST_GROUPS else name_of(side, judged)
            found.setdefault(name, []).append(judged)
    return found


MOST_GROUPS = 6


def tally(several: list[Record]) -> str:
    """How many windows were met, of those that were decided."""
    decided = [each["verdict"] for each in several if each["verdict"] in ("met", "breached")]
    return f"{decided.count('met'):,} of {len(decided):,}" if decided else ""


def name_of(side: Record, judged: Record) -> str:
    title = side["result"]["titles"].get(judged["promise"], judged["promise"])
    return f"{title}, {judged['group']}" if "group" in judged else str(title)


def key(part: Record) -> tuple[str, str, str, str]:
    return part["promise"], part["start"], part["end"], part.get("group", "")


def within(judgements: Iterable[Record], column: Record) -> list[Record]:
    """Those whose windows end in a column."""
    return [each for each in judgements if column["start"] < each["end"] <= column["end"]]


def cell(several: list[Record], contested: set[Any]) -> str:
    """The worst verdict of a month, with how often it came where it came more than once."""
    if not several:
        return ""
    verdicts = [each["verdict"] for each in several]
    worst = min(verdicts, key=WORST.index)
    count = str(verdicts.count(worst)) if len(several) > 1 and worst in ("breached", "inconclusive") else ""
    doubtful = any(key(each) in contested for each in several)
    return f"{count}{MARKS[worst]}{DISPUTABLE if doubtful else ' '}"


def level(several: list[Record]) -> str:
    """`at least 5.2, then 5.5`"""
    said = [short(amount_of(each["level"]), each["unit"]) for each in several if "level" in each]
    return f"{several[0]['comparison']} {', then '.join(dict.fromkeys(said))}" if said else ""


def reach(several: list[Record]) -> str:
    """`99.88% to 100%`: the lowest value and the highest."""
    values = [(amount_of(each["value"]), each) for each in several if "value" in each]
    if not values:
        return ""
    (low, least), (high, most) = min(values, key=lambda each: each[0]), max(values, key=lambda each: each[0])
    shown = [beside_level(value, each) for value, each in ((low, least), (high, most))]
    unit = shown[1].partition(" ")[2]
    both = dict.fromkeys([shown[0].removesuffix(unit).strip() if shown[0] != shown[1] else shown[0], shown[1]])
    return f"measured {' to '.join(both)}"


def beside_level(value: Fraction, judged: Record) -> str:
    return short(value, judged["unit"], amount_of(judged["level"]) if "level" in judged else None)


# ------------------------------------------------------------------------------------------------------------ the money


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


MOST = 12
MOST_DISPUTES = 40
FEW = 2


def group(part: Record) -> str:
    return f", {part['group']}" if "group" in part else ""


def because(paid: Record) -> str:
    return "; ".join(step["what"] for step in paid.get("steps", [])) or "due"


def followed(backtest: Record) -> list[str]:
    """What else would have followed: rights, plans, rewards, each with the windows in which it did, and why."""
    sides = sides_of(backtest)
    found: dict[str, dict[str, list[str]]] = {}
    for name, side in zip(("draft:  ", "other:  "), sides, strict=False):
        for each in side["result"]["followed"]:
            block = f"{titled(side['result'], each['block'])}, {each['kind']}"
            reason = f"as {each['reason']}"
            windows = found.setdefault(block, {}).setdefault(f"{name if len(sides) > 1 else ''}{reason}", [])
            windows += [each["window"]] if each["window"] not in windows else []
    lines: list[str] = []
    for block, reasons in found.items():
        lines += ["", *wrapped(block)]
        lines += [line for why, windows in reasons.items() for line in wrapped(f"{why}: {listed(windows)}", INDENT)]
    return section("WHAT ELSE WOULD HAVE FOLLOWED", "", lines[1:]) if lines else []


def listed(windows: list[str]) -> str:
    return ", ".join(windows[:MOST]) + (f" and {len(windows) - MOST:,} more" if len(windows) > MOST else "")


# ------------------------------------------------------------------------------------------------------------- disputes


def disputed(side: Record) -> list[str]:
    """The verdicts that could be disputed, with what hangs on each and why; those on which nothing does, counted."""
    weighty = [each for each in side["disputable"] if hangs_on(each)]
    lines: list[str] = []
    for each in weighty[:MOST_DISPUTES]:
        words = f"{name_of(side, each)} ({each['promise']}), {each['window']}: {each['verdict']}"
        lines += ["", *priced(words, stake(side, each))]
        lines += [line for reason in each["reasons"] for line in wrapped(reason["words"], INDENT)]
        lines += consequences(side, each)
    more = len(weighty) - MOST_DISPUTES
    lines += ["", *wrapped(f"and {more:,} more, with less at stake")] if more > 0 else []
    lines += idle(side, [each for each in side["disputable"] if not hangs_on(each)])
    beside = "and how much more (+) or less (−) would be owed by the other verdict"
    return section("COULD BE DISPUTED", beside, lines) if lines else []


def hangs_on(dispute: Record) -> bool:
    """Whether anything follows from a verdict, or nobody has worked that out."""
    return bool(dispute.get("at_stake", True) or HANGING.keys() & dispute.keys())


HANGING = {
    "unknown_amounts": "would come up",
    "would_follow": "would also follow",
    "would_fall_away": "would fall away",
}


def idle(side: Record, several: list[Record]) -> list[str]:
    """`People who felt understood, Berlin office (understood_2026), in 4 windows: one row 4, chance 4`"""
    by_name: dict[str, list[Record]] = {}
    for each in several:
        title = side["result"]["titles"].get(each["promise"], each["promise"])
        by_name.setdefault(f"{title} ({each['promise']})", []).append(each)
    lines = ["", "Nothing hangs on these, besides trust:"] if by_name else []
    for name, found in by_name.items():
        kinds = Counter(reason["kind"] for each in found for reason in each["reasons"])
        why = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
        windows = [f"{each['window']}{group(each)}" for each in found]
        where = " and ".join(windows) if len(windows) <= FEW else f"{len(windows):,} verdicts"
        lines += wrapped(f"{name}: {where} ({why})", INDENT)
    return lines


def stake(side: Record, dispute: Record) -> str:
    if "at_stake" not in dispute:
        return "not worked out"
    amounts = [
        f"{'+' if amount_of(each['amount']) > 0 else '−'} {priced_at(abs(amount_of(each['amount'])), each['unit'])}"
        + (f" to {short_title(side, each['paid_to'])}" if len(parties(side)) > 1 else "")
        for each in dispute["at_stake"]
    ]
    amounts += ["an amount that is not known"] if "unknown_amounts" in dispute else []
    return ", ".join(amounts) or "no money"


def short_title(side: Record, name: str) -> str:
    title: str = side["result"]["titles"].get(name, name)
    return title


def consequences(side: Record, dispute: Record) -> list[str]:
    said = [
        f"{words}: {', '.join(titled(side['result'], name) for name in dispute[field])}"
        for field, words in HANGING.items()
        if field in dispute
    ]
    return [line for words in said for line in wrapped(words, INDENT)]


# --------------------------------------------------------------------------------------------------------- two versions


def verdicts_that_differ(backtest: Record) -> list[str]:
    draft, against = backtest["draft"], backtest["against"]
    lines: list[str] = []
    changed = differences.verdicts(draft["result"], against["result"])
    for each in changed:
        side = draft if each.draft is not None else against
        said = each.draft or each.against
        assert said is not None
        lines += ["", *wrapped(f"{name_of(side, said)} ({each.promise}), {each.window}")]
        for name, judged in (("draft", each.draft), ("other", each.against)):
            lines += wrapped(f"{name}:  {verdict_in_words(judged)}", INDENT)
    if not lines:
        return section("VERDICTS THAT DIFFER", "", ["Every promise would have had the same verdicts."])
    return section("VERDICTS THAT DIFFER", "", lines)


def verdict_in_words(judged: Record | None) -> str:
    """`breached, 99.88% and at least 99.9% was promised`"""
    if judged is None:
        return "promises nothing in this window"
    value = beside_level(amount_of(judged["value"]), judged) if "value" in judged else ""
    promised = level([judged])
    figures = " where ".join(filter(None, (value, f"{promised} is promised" if promised else "")))
    return f"{judged['verdict']}{f', {figures}' if figures else ''}"


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


# ----------------------------------------------------------------------------------------------------------- the bounds


def not_decided(side: Record) -> list[str]:
    """The windows in which a promise was measured and neither kept nor broken."""
    doubtful = [each for each in side["result"]["judgements"] if each["verdict"] == "inconclusive"]
    said = [f"{name_of(side, each)} ({each['promise']}), {each['window']}: {reason(each)}" for each in doubtful]
    lines = [line for words in said[:MOST] for line in wrapped(words)]
    lines += wrapped(f"and {len(said) - MOST:,} more") if len(said) > MOST else []
    return section("NOT DECIDED", "", lines) if lines else []


def reason(judged: Record) -> str:
    return str(judged.get("reason", "too few people to say more"))


def not_known(backtest: Record) -> list[str]:
    """What the data do not tell; nothing was put in its place."""
    by_reason: dict[str, dict[str, None]] = {}
    for side in sides_of(backtest):
        result = side["result"]
        for each in side["not_known"]:
            words = f"{titled(result, each['promise'])}: {' and '.join(each['windows'])}"
            by_reason.setdefault(each["reason"], {})[words] = None
        for each in side["undecided"]:
            words = f"{titled(result, each['payment'])}: {each['window']}"
            by_reason.setdefault("what decides a payment is not known", {})[words] = None
    lines: list[str] = []
    for reason, several in by_reason.items():
        lines += ["", *wrapped(f"{reason[:1].upper()}{reason[1:]}, and nothing can be said of")]
        lines += [line for words in several for line in wrapped(words, INDENT)]
    return section("NOT KNOWN", "and taken for nothing", lines[1:]) if lines else []


def taken_as(backtest: Record) -> list[str]:
    """What was changed so that the period could be tried."""
    sides = sides_of(backtest)
    alike = len({tuple(side["as_if"]) for side in sides}) == 1
    lines = [
        line
        for side in (sides[:1] if alike else sides)
        for words in side["as_if"]
        for line in wrapped(words if alike else f"{side['path']}: {words}")
    ]
    return section("TAKEN AS", "", lines) if lines else []


def closing(backtest: Record) -> list[str]:
    notes = list(dict.fromkeys(note for side in sides_of(backtest) for note in side["result"]["notes"]))
    lines = [line for note in notes for line in wrapped(note)]
    return section("NOTES", "", [*lines, *wrapped(NOBODY_OWES)])


def sides_of(backtest: Record) -> list[Record]:
    return [each for each in (backtest["draft"], backtest.get("against")) if each is not None]


NOBODY_OWES = "Nobody owes what a backtest says: behaviour changes with what is promised."


def number(count: int, one: str) -> str:
    return f"{count:,} {one}{'s' * (count != 1)}"
