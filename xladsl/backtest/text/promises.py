"""What came of promises besides money: consequences, verdicts that two versions do not share, and what stays open."""

from __future__ import annotations

from ...statements.record import amount_of
from ...statements.text import section, titled, wrapped
from .. import differences
from .calendar import beside_level, level
from .words import INDENT, MOST, Record, listed, name_of, sides_of


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
