"""Two documents as one, in which every change is marked: what was inserted, deleted, moved or only renumbered.

How changes are marked is written down in `docs/redline.md`. The newer document is what is left when everything
deleted is taken out, the older one when everything inserted is: `resolving` does both.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .alignment import Aligner
from .groups import grouped, in_number, link_around, marked, without_islands, words_alone
from .places import anchors, number_of, numbers, runs
from .sequences import matches
from .tree import Element, Run, Thing, parse, written
from .words import Token, put_together, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHOWN = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "section", "div"})
"""Blocks that say of themselves that they were inserted, deleted or moved; others are part of one that does."""

WAS = "was-"
"""What the anchor of a deleted block begins with, so that every anchor is there once."""

HARDLY = 0.2
"""Where so few words stayed, the whole is shown as replaced."""


def redlined(old: str, new: str, note: Callable[[str, str], str] | None = None) -> str:
    """The HTML of two documents as one with marks. `note` words where a block was moved from or to.

    It is called with `from` or `to` and the number or the heading of the other place.
    """
    return written(Marking(parse(old), parse(new), note).document())


class Marking:
    def __init__(self, old: Element, new: Element, note: Callable[[str, str], str] | None = None) -> None:
        self.old, self.new, self.note = old, new, note or (lambda way, place: f"{way} {place}")
        self.found = Aligner(old, new).align(old, new)
        self.moved_here = {other: one for one, other in self.found.moved.items()}
        self.move_names = {one: f"m{count}" for count, one in enumerate(self.found.moved, 1)}
        self.new_places = anchors(new)
        self.renamed = {
            one.attributes["id"]: other.attributes["id"]
            for one, other in [*self.found.partners.items(), *self.found.moved.items()]
            if isinstance(one, Element) and isinstance(other, Element)
            if "id" in one.attributes and "id" in other.attributes
        }
        self.old_numbers, self.new_numbers = numbers(old), numbers(new)
        self.inline: dict[Element, Element] = {}

    def document(self) -> Element:
        return self.both(self.old, self.new)

    # Blocks

    def both(self, old: Element, new: Element) -> Element:
        """A block that stayed, with what changed inside of it."""
        made = Element(new.name, self.attributes(old, new))
        if not new.children and not old.children:
            made.inside = new.inside
            return made
        for one, other in self.found.children[old]:
            made.children.append(self.either(one, other, made))
        self.pass_on_bars(made)
        if new.name in ("h1", "h2") and old.text != new.text:
            made.attributes["data-plain"] = new.text  # what the head of a page says
        return made

    def either(self, one: Thing | None, other: Thing | None, parent: Element) -> Thing:
        if one is not None and other is not None:
            if isinstance(one, Element) and isinstance(other, Element):
                return self.both(one, other)
            assert isinstance(one, Run)
            assert isinstance(other, Run)
            found, changed = self.run(one, other)
            if changed:
                add_class(parent, "changed")
            return found
        if isinstance(one, Run) or isinstance(other, Run):
            add_class(parent, "changed")
        if one is not None:
            return self.gone(one, outermost=True)
        assert other is not None
        return self.come(other, outermost=True)

    def pass_on_bars(self, made: Element) -> None:
        """A row of a table is shown as changed, and not each of its cells."""
        if made.name != "tr":
            return
        cells = [cell for cell in made.children if isinstance(cell, Element)]
        if any("changed" in cell.classes for cell in cells):
            add_class(made, "changed")
        for cell in cells:
            remove_class(cell, "changed")

    def gone(self, thing: Thing, mark: str = "deleted", *, outermost: bool = False) -> Thing:
        """What only the older document has in this place."""
        if isinstance(thing, Run):
            return Run(put_together(self.all_marked(tokens(thing), "del", None)))
        if thing in self.found.moved:
            return self.moved(thing, self.found.moved[thing], "from")
        made = Element(thing.name, self.attributes_of_old(thing))
        show(made, mark, outermost=outermost)
        made.children = [self.gone(child) for child in thing.children]
        return made

    def come(self, thing: Thing, *, outermost: bool = False) -> Thing:
        """What only the newer document has in this place."""
        if isinstance(thing, Run):
            return Run(put_together(self.all_marked(tokens(thing), "ins", None)))
        if thing in self.moved_here:
            return self.moved(thing, self.moved_here[thing], "to")
        made = Element(thing.name, dict(thing.attributes), inside=thing.inside)
        show(made, "inserted", outermost=outermost)
        made.children = [self.come(child) for child in thing.children]
        return made

    def moved(self, block: Element, other: Element, way: str) -> Element:
        """A block that stands elsewhere now, in one of its two places. Words that changed on the way are told apart."""
        name = self.move_names[block if way == "from" else other]
        own, theirs = ([token for run in runs(each) for token in tokens(run)] for each in (block, other))
        stayed = {one for one, _ in matches(words_alone(own), words_alone(theirs))}
        counted = iter(range(len(own)))
        number = number_of(other)
        note = self.note("to" if way == "from" else "from", number or other.text[:40])

        def copy(thing: Thing) -> Thing:
            if isinstance(thing, Run):
                found = tokens(thing)
                same = [next(counted) in stayed or in_number(token) for token in found]
                return Run(put_together(self.all_marked(found, "del" if way == "from" else "ins", (name, same))))
            made = Element(
                thing.name,
                self.attributes_of_old(thing) if way == "from" else dict(thing.attributes),
                inside=thing.inside,
            )
            show(made, f"moved-{way}", outermost=thing is block)
            if "data-change" in made.attributes:
                made.attributes["data-move"] = name
            made.children = [copy(child) for child in thing.children]
            return made

        made = copy(block)
        assert isinstance(made, Element)
        place_of_note(made).attributes["data-note"] = note
        return made

    # Attributes

    def attributes(self, old: Element, new: Element) -> dict[str, str]:
        """Those of the newer element; what the older one had instead is kept beside them, to be put back."""
        before = {
            name: old.attributes.get(name)
            for name in [*old.attributes, *(name for name in new.attributes if name not in old.attributes)]
            if old.attributes.get(name) != new.attributes.get(name)
        }
        kept = dict(new.attributes)
        if before:
            kept["data-before"] = json.dumps(before, ensure_ascii=False)
        return kept

    def attributes_of_old(self, old: Element) -> dict[str, str]:
        """Those of an element that is gone: its anchor gets a name of its own, its links lead to what is there."""
        changed = dict(old.attributes)
        if "id" in changed:
            changed["id"] = WAS + changed["id"]
        if "href" in changed:
            changed["href"] = self.place(changed["href"])
        before = {name: value for name, value in old.attributes.items() if changed[name] != value}
        return changed | {"data-before": json.dumps(before, ensure_ascii=False)} if before else changed

    def place(self, href: str) -> str:
        """Where a link of the older document leads now."""
        if not href.startswith("#"):
            return href
        anchor = href[1:]
        if anchor in self.renamed:
            return f"#{self.renamed[anchor]}"
        return href if anchor in self.new_places else f"#{WAS}{anchor}"

    # Words

    def run(self, old: Run, new: Run) -> tuple[Run, bool]:
        """A run of words with what changed in it, and whether more changed than numbers of clauses."""
        before, after = tokens(old), tokens(new)
        keys = [self.key(token, old=True) for token in before]
        others = [self.key(token) for token in after]
        same = matches(keys, others)
        words = max(len(before), len(after))
        if len(same) < HARDLY * words and not (before and in_number(before[0])):
            same = []
        groups = without_islands(grouped(before, after, same))
        partners: dict[Element, Element] = {}
        for gone, come, kept in groups:
            for one, other in kept:
                partners.update(zip(one.path, other.path, strict=True))
            if gone and come:
                self.join_paths(gone[0].path, come[0].path, partners)
        merged: list[Token] = []
        changed = False
        for gone, come, kept in groups:
            numbered = self.is_renumbering(gone, come, partners)
            changed |= bool(gone or come) and not numbered
            merged += self.changed_words(gone, come, partners, numbered)
            merged += [self.kept_word(one, other, partners) for one, other in kept]
        return Run(put_together(merged)), changed

    def key(self, token: Token, *, old: bool = False) -> object:
        """What has to be the same for a word to have stayed: its letters and how it is set."""
        path = tuple(self.inline_key(element, old=old) for element in token.path)
        return token.words, path, None if token.atom is None else (token.atom.name, tuple(token.atom.inside))

    def inline_key(self, element: Element, *, old: bool) -> object:
        attributes = dict(element.attributes)
        if old and "href" in attributes:
            attributes["href"] = self.place(attributes["href"])
        return element.name, tuple(sorted(attributes.items()))

    def join_paths(self, gone: Sequence[Element], come: Sequence[Element], partners: dict[Element, Element]) -> None:
        """An inline element in which only the words changed stays one element."""
        for one, other in zip(gone, come, strict=False):
            if partners.get(one, other) is not other:
                return
            if one not in partners and other in partners.values():
                return
            if self.inline_key(one, old=True) != self.inline_key(other, old=False):
                return
            partners[one] = other

    def is_renumbering(self, gone: Sequence[Token], come: Sequence[Token], partners: dict[Element, Element]) -> bool:
        """Whether a change is that of a clause's number alone, at its head or where another clause names it."""
        if len(gone) != 1 or len(come) != 1 or not gone[0].path or not come[0].path:
            return False
        one, other = gone[0], come[0]
        if partners.get(one.path[-1]) is not other.path[-1]:
            return False
        if in_number(one) and in_number(other):
            return True
        link, again = link_around(one), link_around(other)
        return (
            link is not None
            and again is not None
            and self.old_numbers.get(link) == one.words
            and self.new_numbers.get(again) == other.words
        )

    def changed_words(
        self, gone: list[Token], come: list[Token], partners: dict[Element, Element], numbered: bool
    ) -> list[Token]:
        deleted = [token._replace(path=self.old_path(token.path, partners)) for token in gone]
        inserted = [token._replace(path=self.new_path(token.path, partners)) for token in come]
        if numbered:
            add_class(deleted[0].path[-1], "renumbered")
        shared = bool(gone and come and gone[0].blank and come[0].blank)
        result = marked(deleted, "del", shared=shared)
        if shared:
            inserted[0] = inserted[0]._replace(blank=False)
        return result + marked(inserted, "ins")

    def kept_word(self, one: Token, other: Token, partners: dict[Element, Element]) -> Token:
        path = self.new_path(other.path, partners)
        if one.blank == other.blank:
            return other._replace(path=path)
        return other._replace(path=path, blank=True, blank_in=Element("ins" if other.blank else "del"))

    def new_path(self, path: tuple[Element, ...], partners: dict[Element, Element]) -> tuple[Element, ...]:
        for one, other in partners.items():
            if other in path and other not in self.inline:
                self.inline[other] = Element(other.name, self.attributes(one, other))
        return tuple(self.inline.setdefault(each, Element(each.name, dict(each.attributes))) for each in path)

    def old_path(self, path: tuple[Element, ...], partners: dict[Element, Element]) -> tuple[Element, ...]:
        result: list[Element] = []
        for element in path:
            if element in partners:
                result += self.new_path((partners[element],), partners)
            else:
                own = Element(element.name, self.attributes_of_old(element))
                result.append(self.inline.setdefault(element, own))
        return tuple(result)

    def all_marked(self, found: list[Token], name: str, move: tuple[str, list[bool]] | None) -> list[Token]:
        """Every word of a run as inserted or deleted; of a move, those that stayed the same on the way as moved."""
        path = self.old_path if name == "del" else self.new_path
        ready = [token._replace(path=path(token.path, {})) for token in found]
        if move is None:
            return marked(ready, name)
        result: list[Token] = []
        start = 0
        for position in range(1, len(ready) + 1):
            if position == len(ready) or move[1][position] != move[1][start]:
                result += marked(ready[start:position], name, move=move[0] if move[1][start] else "")
                start = position
        return result


# Elements


def show(made: Element, mark: str, *, outermost: bool) -> None:
    """Say of a block what became of it."""
    if outermost or made.name in SHOWN:
        made.attributes["data-change"] = mark
    if outermost:
        add_class(made, "changed")


def place_of_note(block: Element) -> Element:
    """Where a note can stand: of a part of a table, in its first cell."""
    while block.name in ("table", "thead", "tbody", "tr"):
        first = next((part for part in block.children if isinstance(part, Element)), None)
        if first is None:
            break
        block = first
    return block


def add_class(element: Element, name: str) -> None:
    if name not in element.classes:
        element.attributes["class"] = " ".join([*element.classes, name])


def remove_class(element: Element, name: str) -> None:
    kept = [each for each in element.classes if each != name]
    if kept:
        element.attributes["class"] = " ".join(kept)
    else:
        element.attributes.pop("class", None)
