"""The cover of a comparison: what changes for the parties, in words and money, as tables for its template."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from ..outputs.clauses.lines import Line, Table
from ..outputs.html import filled, turned

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..outputs.page import Page
    from .changes import Change
    from .comparison import Comparison
    from .impact import Impact
    from .retranslated import Retranslated

SHORT_DIGEST = 12


class Group(NamedTuple):
    """The changes of one section of paper."""

    title: str
    table: Table


def cover(
    comparison: Comparison, place: Callable[[Change | Impact | Retranslated], Markup], *, tracked: bool = False
) -> str:
    """The cover as HTML. `place` says a block where the reader can go to it; marks of `tracked` changes are Word's."""
    page = comparison.pages[1]
    html = filled(
        "redline/cover.html",
        page.edition.manner.house,
        paper=page.paper,
        words=page.words,
        title=page.paper.title(page.contract.agreement),
        tracked=tracked,
        versions=versions(comparison),
        strangers=comparison.strangers,
        groups=groups(comparison, place),
        amounts=amounts(comparison),
        notes=comparison.money.notes,
        reckoned=reckoned(comparison),
        impacts=impacts(comparison, place),
        wordings=wordings(comparison, place),
        translations=translations(comparison, place),
    )
    return turned(html) if page.paper.language.direction == "rtl" else html


def versions(comparison: Comparison) -> list[dict[str, str]]:
    return [
        {"name": page.words["redline"][name], "said": version_said(page)}
        for name, page in zip(("older", "newer"), comparison.pages, strict=True)
    ]


def version_said(page: Page) -> Markup:
    agreement = page.contract.agreement
    status = agreement.status or "draft"
    return page.paper.phrase(
        page.words["redline"]["version"],
        version=agreement.version,
        status=page.words["paper"]["statuses"].get(status, status),
        digest=page.edition.source_digest[:SHORT_DIGEST],
    )


def groups(comparison: Comparison, place: Callable[[Change | Impact | Retranslated], Markup]) -> list[Group]:
    """What changed for the parties, by the sections of paper."""
    page = comparison.pages[1]
    found: dict[str, list[Line]] = {}
    for change in comparison.changes:
        if not change.wording:
            found.setdefault(change.section, []).append(Line(cells(page, change, place(change))))
    titles = page.words["sections"] | {"": page.words["paper"]["key_terms"]}
    headings = page.words["redline"]["columns"]
    return [Group(titles[section], Table(headings, lines)) for section, lines in found.items()]


def cells(page: Page, change: Change, where: Markup) -> tuple[Markup, ...]:
    words = page.words["redline"]
    if change.label:
        where += Markup("<br>{}").format(change.label)
    before, after = change.before, change.after
    if change.field:
        before, after = before or words["unsaid"], after or words["unsaid"]
    else:
        before, after = before or "–", after or words["removed"]
    effects = Markup("<br>").join(words["effects"][key] for key in change.effects)
    if not change.field and change.after:
        effects = escape(words["added"])
    return where, escape(before), escape(after), effects


def amounts(comparison: Comparison) -> Table:
    words = comparison.pages[1].words["redline"]
    lines = [
        Line((Markup("{}<br>{}").format(each.title, each.basis) if each.basis else each.title, each.before, each.after))
        for each in comparison.amounts
    ]
    return Table(words["money_columns"], lines)


def reckoned(comparison: Comparison) -> Table:
    """The examples that come to something else."""
    words = comparison.pages[1].words["redline"]
    between = comparison.pages[1].words["paper"]["list_separator"]
    lines = []
    for each in comparison.reckoned:
        what = between.join(filter(None, (each.title, each.window)))
        lines.append(Line((each.example, what, each.before, each.after)))
    return Table(words["reckoned_columns"], lines)


def impacts(comparison: Comparison, place: Callable[[Impact], Markup]) -> Table:
    """What changes its meaning, and why."""
    page = comparison.pages[1]
    words = page.words["redline"]
    lines = []
    for each in comparison.impact:
        why = escape(each.changed)
        if each.through:
            between = page.paper.joined([escape(title) for title in each.through])
            why = page.paper.phrase(words["through"], changed=why, between=between)
        lines.append(Line((place(each), why)))
    return Table(words["impact_columns"], lines)


def wordings(comparison: Comparison, place: Callable[[Change], Markup]) -> Markup:
    """The clauses of which only the words change."""
    places = dict.fromkeys(place(change) for change in comparison.changes if change.wording)
    return comparison.pages[1].paper.joined(list(places))


def translations(comparison: Comparison, place: Callable[[Retranslated], Markup]) -> Table:
    """What is translated in another way; of a whole language, how many texts."""
    page = comparison.pages[1]
    words, paper = page.words["redline"], page.paper
    lines = []
    for each in comparison.retranslated:
        where = place(each) if each.title else escape(words["texts_translated"])
        code = each.language if each.title else paper.language.code
        shown = [
            paper.in_language(escape(said), code) if said else words["untranslated"]
            for said in (each.before, each.after)
        ]
        lines.append(Line((where, paper.language.name_of_language(each.language), *shown)))
    return Table(words["translations_columns"], lines)


def named(found: Change | Impact | Retranslated) -> Markup:
    """A block by its title and the number of its clause."""
    number = Markup(' <span class="number">({})</span>').format(found.clause) if found.clause else Markup()
    return escape(found.title) + number
