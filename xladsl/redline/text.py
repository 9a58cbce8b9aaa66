"""A comparison for people at a terminal: each change in a line, in the words of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .changes import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .comparison import Comparison

ARROW = "  →  "


def render(comparison: Comparison) -> str:
    """The changes by the sections of paper, then money, then what changes only in its meaning or its wording."""
    return "\n".join(lines(comparison)).strip("\n")


def lines(comparison: Comparison) -> Iterator[str]:
    page = comparison.pages[1]
    words, between = page.words["redline"], page.words["paper"]["list_separator"]
    told = [change for change in comparison.changes if not change.wording]
    titles = page.words["sections"] | {"": page.words["paper"]["key_terms"]}
    if comparison.strangers:
        yield f"{words['strangers']}\n"
    if not told:
        yield words["only_wording" if comparison.changes else "nothing"]
    section = None
    for change in told:
        if change.section != section:
            section = change.section
            yield f"\n{titles[section]}"
        where = f"{change.title} ({change.clause})" if change.clause else change.title
        if change.field:
            said = f"{change.label}: {change.before or words['unsaid']}{ARROW}{change.after or words['unsaid']}"
        else:
            said = f"{words['added']}: {change.after}" if change.after else f"{words['removed']}: {change.before}"
        effects = "; ".join(words["effects"][key] for key in change.effects)
        yield f"  {where}"
        yield f"    {said}{f'  [{effects}]' if effects else ''}"
    if told and comparison.amounts:
        yield f"\n{words['money']}"
        for each in comparison.amounts:
            same = each.before == each.after
            title = between.join(filter(None, (each.title, each.basis)))
            yield f"  {title}: {each.after if same else f'{each.before}{ARROW}{each.after}'}"
        yield from (f"  {plain(note)}" for note in comparison.money.notes)
    if comparison.reckoned:
        yield f"\n{words['reckoned']}"
        for example in comparison.reckoned:
            what = between.join(filter(None, (example.title, example.window)))
            yield f"  {example.example}: {what}: {example.before}{ARROW}{example.after}"
    if comparison.impact:
        yield f"\n{words['impact']}"
        for found in comparison.impact:
            where = f"{found.title} ({found.clause})" if found.clause else found.title
            yield f"  {where}: {', '.join((found.changed, *reversed(found.through)))}"
    reworded = dict.fromkeys(
        f"{change.title} ({change.clause})" if change.clause else change.title
        for change in comparison.changes
        if change.wording
    )
    if reworded:
        yield f"\n{words['wording']}"
        yield from (f"  {each}" for each in reworded)
    if comparison.retranslated:
        yield f"\n{words['translations']}"
        yield from (f"  {line}" for line in of_translations(comparison))


def of_translations(comparison: Comparison) -> Iterator[str]:
    page = comparison.pages[1]
    words = page.words["redline"]
    for each in comparison.retranslated:
        where = f"{each.title} ({each.clause})" if each.clause else each.title or words["texts_translated"]
        language = page.paper.language.name_of_language(each.language)
        said = (one or words["untranslated"] for one in (each.before, each.after))
        yield f"{where}, {language}: {ARROW.join(said)}"
