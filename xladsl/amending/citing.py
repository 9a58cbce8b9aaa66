"""How an instruction reads: which clause of the executed agreement it cites, which part of it, and what comes there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from ..outputs.language import BASE, in_form
from ..redline.groups import in_number
from ..redline.places import runs
from ..redline.tree import Element, Run, Thing, pieces
from ..redline.words import put_together, tokens
from .instructions import DELETE, INSERT, MOVE, Instruction

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..outputs.sentences import Writer

HEADINGS = ("h1", "h2", "h3")


class Cited(NamedTuple):
    """An instruction in words, the text that it quotes in full as HTML, and the number of the clause that it cites."""

    words: Markup
    quoted: Markup
    number: str


class Citing:
    """Says what instructions do to one document, in the language of its paper."""

    def __init__(self, old: Element, new: Element, paper: Writer) -> None:
        self.paper = paper
        self.words: dict[str, Any] = paper.words["amendment"]
        self.parents: dict[Thing, Element] = {
            child: parent for document in (old, new) for parent in document.walk() for child in parent.children
        }

    def cited(self, instruction: Instruction, before: Thing | None, within: Element | None) -> Cited:
        """An instruction in words; what is put in follows the part `before`, in the block `within`."""
        if instruction.kind == INSERT:
            assert instruction.new is not None
            return self.inserted(instruction.new, before, within)
        old = instruction.old
        assert old is not None
        if instruction.kind == MOVE:
            assert isinstance(old, Element)
            assert isinstance(instruction.new, Element)
            return self.moved(old, instruction.new)
        if instruction.kind == DELETE:
            return self.deleted(old)
        assert instruction.new is not None
        kind = "whole_replaced" if self.clause_like(old) else "replaced"
        return Cited(self.say(kind, old), self.quotation(instruction.new), self.number(old))

    def inserted(self, new: Thing, before: Thing | None, within: Element | None) -> Cited:
        quoted = self.quotation(new)
        if isinstance(new, Element) and (number := number_at_head(new)):
            heading = heading_of(new)
            section = heading is not None and heading.name == "h2"
            told = before if before is not None and self.clause_like(before) else None
            kind = "section_after" if section else "clause_after" if told is not None else "clause_first"
            return Cited(self.say(kind, told or within, number=number), quoted, self.number(told or within))
        before = before or self.heading_row(within)
        if before is None or before.name in HEADINGS:
            return Cited(self.say("placed_first", within), quoted, self.number(within))
        return Cited(self.say("placed_after", before), quoted, self.number(before))

    def heading_row(self, within: Element | None) -> Element | None:
        """The row of headings of the table that takes a first row."""
        table = within if within is None or within.name == "table" else self.parents.get(within)
        head = next((part for part in table.children if part.name == "thead"), None) if table is not None else None
        return head.children[0] if isinstance(head, Element) and isinstance(head.children[0], Element) else None

    def deleted(self, old: Thing) -> Cited:
        kind = "whole_deleted" if self.clause_like(old) else "part_deleted"
        return Cited(self.say(kind, old), Markup(), self.number(old))

    def moved(self, old: Element, new: Element) -> Cited:
        before, after = self.section_of(old), self.section_of(new)
        number = number_at_head(new)
        if before is not None and after is not None and heading_text(before) == heading_text(after):
            return Cited(self.say("moved_within", old, number=number), Markup(), self.number(old))
        said = self.say("moved", old, section=partial(self.place, after), number=number)
        return Cited(said, Markup(), self.number(old))

    # Words

    def say(self, kind: str, thing: Thing | None, **values: str | Callable[[str], Markup]) -> Markup:
        """An instruction about a part, which is called as the grammar of the sentence asks."""
        part = partial(self.part, thing) if thing is not None else Markup()
        said = self.paper.phrase(self.words[kind], place=partial(self.place, thing), part=part, **values)
        return self.paper.sentence(said)

    def called(self, kind: str, form: str, **values: str) -> Markup:
        return self.paper.phrase(in_form(self.words[kind], form), **values)

    def place(self, thing: Thing | None, form: str = BASE) -> Markup:
        """The clause, or else the section, that a part stands in."""
        clause = self.clause_of(thing)
        if clause is None:
            return self.called("cover", form)
        number, title = number_at_head(clause), heading_text(clause)
        heading = heading_of(clause)
        if heading is not None and heading.name == "h1":
            return self.called("cover", form)
        if not number:
            return self.called("key_terms", form)
        kind = "section" if heading is not None and heading.name == "h2" else "clause"
        return self.called(kind, form, number=number, title=title)

    def part(self, thing: Thing, form: str = BASE) -> Markup:
        """What a part of a clause is called."""
        if thing.name == "tr":
            parent = self.parents.get(thing)
            if parent is not None and parent.name == "thead":
                return self.called("heading_row", form)
            return self.called("row", form, label=self.unquoted(self.label(thing)))
        if thing.name in HEADINGS:
            return self.called("heading", form)
        if thing.name in ("table", "thead", "tbody"):
            return self.called("table", form)
        if thing.name in ("ul", "ol", "li", "dl"):
            return self.called("list", form)
        if isinstance(thing, Element) and (number := item_number(thing)):
            return self.called("item", form, number=number)
        return self.called("paragraph", form, number=self.position(thing))

    def label(self, row: Thing) -> str:
        """The first cell of a row; all of them where another row of the clause begins alike."""
        clause = self.clause_of(row)
        rows = [each for each in clause.walk() if each.name == "tr"] if clause is not None else []
        alike = [each for each in rows if cells(each)[:1] == cells(row)[:1]]
        return " · ".join(cells(row) if len(alike) > 1 else cells(row)[:1])

    def unquoted(self, label: str) -> str:
        """A label that is a term in quotation marks, without them: the instruction has its own around it."""
        opening, closing = self.paper.language.quotation("\n").split("\n")
        inner = label.removeprefix(opening).removesuffix(closing)
        return inner if label == opening + inner + closing and opening not in inner else label

    def position(self, thing: Thing) -> str:
        """Which of the paragraphs of its clause a part is, counted from 1."""
        from decimal import Decimal

        parent = self.parents.get(thing)
        same = (
            [each for each in parent.children if each.name in ("p", "div", "#run")] if parent is not None else [thing]
        )
        return self.paper.language.number(Decimal(same.index(thing) + 1 if thing in same else 1))

    # Where a part stands

    def clause_of(self, thing: Thing | None) -> Element | None:
        """The innermost block around a part that has a heading, or the part itself."""
        while thing is not None:
            if isinstance(thing, Element) and heading_of(thing) is not None:
                return thing
            thing = self.parents.get(thing)
        return None

    def section_of(self, thing: Thing) -> Element | None:
        parent = self.parents.get(thing)
        return self.clause_of(parent)

    def clause_like(self, thing: Thing) -> bool:
        return isinstance(thing, Element) and heading_of(thing) is not None

    def number(self, thing: Thing | None) -> str:
        clause = self.clause_of(thing)
        return number_at_head(clause) if clause is not None else ""

    # Quotations

    def quotation(self, thing: Thing) -> Markup:
        """The whole new text of a part, as paper shows it; its links and places are the agreement's and not ours."""
        shown = without_places(thing)
        parent = self.parents.get(thing)
        table = self.table_of(thing)
        if thing.name == "tr" and table is not None:
            head = [without_places(part) for part in table.children if part.name == "thead"]
            in_head = parent is not None and parent.name == "thead"
            shown = Element("table", {"class": " ".join(table.classes)}, [*([] if in_head else head), shown])
        elif thing.name == "li":
            shown = Element("ul", {}, [shown])
        elif thing.name in HEADINGS and isinstance(shown, Element):
            shown = Element("p", {"class": "part"}, shown.children)
        elif thing.name in ("td", "th", "tbody", "thead") and isinstance(shown, Element):
            shown = Element("div", {}, shown.children)
        elif isinstance(shown, Run):
            shown = Element("p", {}, [shown])
        return Markup("".join(pieces(shown)))  # noqa: S704  # paper of our own making, with its words escaped

    def table_of(self, thing: Thing) -> Element | None:
        parent: Any = self.parents.get(thing)
        while parent is not None and parent.name != "table":
            parent = self.parents.get(parent)
        return parent if isinstance(parent, Element) else None


def cells(row: Thing) -> list[str]:
    return [cell.text for cell in row.children] if isinstance(row, Element) else []


def heading_of(block: Element) -> Element | None:
    return next((part for part in block.children if isinstance(part, Element) and part.name in HEADINGS), None)


def number_at_head(block: Element) -> str:
    """The number of a clause or a section, as its heading shows it; empty where it has none."""
    heading = heading_of(block)
    found = tokens(runs(heading)[0]) if heading is not None and runs(heading) else []
    return " ".join(token.words for token in found if in_number(token))


def heading_text(block: Element) -> str:
    """The heading of a clause without its number and without the marks beside it."""
    heading = heading_of(block)
    found = [token for run in runs(heading) for token in tokens(run)] if heading is not None else []
    kept = [token for token in found if not in_number(token) and not any("mark" in each.classes for each in token.path)]
    return Run(put_together([token._replace(path=()) for token in kept])).text


def item_number(block: Element) -> str:
    """The number of an item, such as `(a)`."""
    found = runs(block)
    own = tokens(found[0]) if found and "item" in block.classes else []
    return "".join(token.words for token in own if in_number(token))


HIDDEN = ("id", "href", "data-bookmark", "data-at")


def without_places(thing: Thing) -> Thing:
    """A copy whose links lead nowhere and whose places have no names: in another document they would be wrong."""
    if isinstance(thing, Run):
        return Run([inline(part) for part in thing.inside])
    name = "h4" if thing.name in HEADINGS else thing.name
    kept = {name: value for name, value in thing.attributes.items() if name not in HIDDEN}
    if name == "h4":
        name, kept = "p", {"class": "part"}
    return Element(name, kept, [without_places(child) for child in thing.children], thing.inside)


def inline(part: Element | str) -> Element | str:
    if isinstance(part, str):
        return part
    kept = {name: value for name, value in part.attributes.items() if name not in HIDDEN}
    name = "span" if part.name == "a" else part.name
    inside = part.inside if part.name == "svg" else [inline(inner) for inner in part.inside]
    return Element(name, kept, inside=inside)
