"""What the model says, in words for paper: every value, every part and every construct as a sentence or a phrase.

Nothing here knows the words: they are patterns in `templates/text/`. All that comes from the agreement is escaped, so
that it can be read and never be obeyed.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from ..model import expressions, nodes, quantities
from ..model.node import Node, Part
from ..model.prose import Quotation, pieces, quoted
from ..translations.texts import is_name
from . import formula
from .formula import TEXT
from .language import BASE, Language, Slot, direction_of, in_form, language, parsed
from .monitoring import drafting_language
from .outline import Outline, anchor_of, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model.contract import Contract

QUOTED = "quoted"
"""The form of a name that stands in quotation marks; the number of its clause is no part of it and stands behind."""

UNNUMBERED = (
    nodes.Party,
    nodes.Signatory,
    nodes.Role,
    nodes.Stakeholder,
    nodes.Segment,
    nodes.Site,
    nodes.Definition,
    nodes.Choice,
    nodes.Touchpoint,
    nodes.Question,
    nodes.Column,
)
"""What a reader knows by its name: the clause's number after it would only be in the way."""

LANGUAGE_FIELDS = ("language", "prevailing", "speaks")
COUNTRY_FIELDS = ("country", "holidays")
COLUMN_FIELDS = ("name", "deduplicated", "start", "end")
"""Fields that hold the name of a column or of an input: it is what the data says, and no word of the language."""

HEADING_FIELDS = {"name", "title", "force", "audience", "only_when", "section"}
FIRST_LETTER = re.compile(r"^((?:<[^>]+>)*)([^\W\d_])(?![A-Z])")
ENDED = re.compile(r"[.!?:؟](?:[”“’»«)]|<[^>]+>)*$|^$")
"""Where no full stop is missing; the tags of a link may stand after the last character."""

BLANK_LINE = re.compile(r"\n[ \t]*\n")
KEPT_TOGETHER = re.compile(r"(?<=[\d…]) (?=[%٪]|[A-Z]{3}\b)|(?<=\d) (?=\d{3}(?!\d))|(?<=\b[A-Z]{3}) (?=\d)")
"""The space in a figure, or between it and its percent sign or its currency, where no line may end."""


class Row(NamedTuple):
    """A line of a table of terms; `at` is the place of what it says in the text, such as `sla-portal_up.level`."""

    label: str
    value: Markup
    at: str = ""


class Writer:
    """Says everything of one contract, with links to where it is printed."""

    def __init__(self, contract: Contract, outline: Outline, code: str) -> None:
        self.contract = contract
        self.outline = outline
        self.drafting = drafting_language(contract)
        self.language: Language = language(code)
        self.words = self.language.words
        self.speaking_of: list[Node] = []
        """The sources whose columns are at hand in the formula that is being said."""
        self._catalogue = {id(block) for block in contract.catalogue}

    # Sentences

    def sentences(self, node: Node, kind: str = "") -> list[Markup]:
        """The sentences of a construct, or of a provision of the agreement, that have something to say."""
        return [self.sentence(said) for said, _ in self._said(node, kind or self.kind(node))]

    def rows(self, node: Node, *skipped: str) -> list[Row]:
        """Every field that no sentence speaks of, as a line with its label."""
        spoken = {field for _, fields in self._said(node, self.kind(node)) for field in fields}
        return [
            Row(self.label(node, field), self.field(node, field), self.at(node, field))
            for field in type(node).fields
            if field not in spoken and field not in HEADING_FIELDS and field not in skipped and self.has(node, field)
        ]

    def _said(self, node: Node, kind: str) -> list[tuple[Markup, set[str]]]:
        said = [self.fill(pattern, node) for pattern in self.words["says"].get(kind, [])]
        return [(words, fields) for words, fields in said if words is not None]

    def sentence(self, words: Markup) -> Markup:
        """Words as a sentence: a capital at the beginning, but not in front of one, and a full stop at the end."""
        text = self.capitalised(words.strip())
        return text if ENDED.search(text) else text + "."

    def capitalised(self, words: Markup) -> Markup:
        """Words with a capital at their beginning, even inside of a tag; but not in front of another capital."""
        return Markup(FIRST_LETTER.sub(lambda found: found[1] + found[2].upper(), str(words)))  # noqa: S704  # one letter of what is escaped

    def fill(self, pattern: str, node: Node, mode: str = TEXT) -> tuple[Markup | None, set[str]]:
        """A pattern with a node's fields in its slots, or None where one is missing; and the fields that were said."""
        said: set[str] = set()

        def say(slot: Slot) -> Markup | None:
            if not self.has(node, slot.field):
                return None
            said.add(slot.field)
            return self.slot(node, slot, mode)

        return self.compose(pattern, say), said

    def compose(self, pattern: str, say: Callable[[Slot], Markup | None]) -> Markup | None:
        """A pattern filled in by a function from slots to words."""
        result = ""
        for stretch in parsed(pattern):
            before = result
            for piece in stretch.pieces:
                words = piece if isinstance(piece, str) else say(piece)
                if words is None and not stretch.optional:
                    return None
                if words is None:
                    result = before
                    break
                # Prose of the agreement may bring the full stop that the pattern would add.
                result += words[1:] if words[:1] == "." and ENDED.search(result) else words
        return Markup(result)  # noqa: S704  # our own words, and what `say` has escaped

    def phrase(self, pattern: str, **values: Markup | str | Callable[[str], Markup | str] | None) -> Markup:
        """A pattern filled in with given words; empty when one that must be there is missing.

        What has several grammatical forms is given as a function from the form that the pattern asks for.
        """

        def say(slot: Slot) -> Markup | None:
            value = values[slot.field]
            value = value(slot.form) if callable(value) else value
            return None if value is None else escape(value)

        found = self.compose(pattern, say)
        return found if found is not None else Markup()

    # Values

    def has(self, node: Node, field: str) -> bool:
        """Whether a field says something that this edition may print."""
        value = getattr(node, field)
        if type(value) is list:
            return any(not self.withheld(part) for part in value)
        return value is not None and value is not False

    def says(self, node: Node, field: str) -> bool:
        """Whether nodes of this kind have such a field, and this one says something in it."""
        return field in type(node).fields and self.has(node, field)

    def field(self, node: Node, field: str) -> Markup:
        """What a field says, as it reads after its label."""
        pattern = self.language.value_pattern(self.kinds(node), field)
        value = getattr(node, field)
        phrases = type(value) is list and any(isinstance(part, quantities.Text | Part) for part in value)
        separator = self.words["paper"]["list_phrases"] if phrases else None

        def said(form: str) -> Markup:
            return self.slot(node, Slot(field, form=form, separator=separator, last=separator), TEXT)

        return self.phrase(pattern, it=said)

    def optional(self, node: Node, field: str) -> Markup:
        """A field in words, or nothing where it is not said."""
        return self.field(node, field) if self.has(node, field) else Markup()

    def slot(self, node: Node, slot: Slot, mode: str) -> Markup:
        value = getattr(node, slot.field)
        if isinstance(node, nodes.RowsFact | nodes.CountFact) and slot.field == "of":
            alone = isinstance(node, nodes.RowsFact) and node.number == 1
            rows = formula.rows_said(self, value, mode, slot.form, formula.ONE if alone else formula.SEVERAL)
            return rows or self.say(value, slot.field, mode, slot.form)
        if slot.noun:
            noun = getattr(node, slot.noun) if slot.noun in type(node).fields else slot.noun
            return escape(self.language.counted(value, noun, slot.form))
        if isinstance(value, quantities.Text) and is_name(node, slot.field):
            return self.called(value)
        if type(value) is list:
            parts = [self.say(part, slot.field, mode, slot.form) for part in value if not self.withheld(part)]
            return self.joined(parts, slot.separator, slot.last)
        return self.say(value, slot.field, mode, slot.form)

    def joined(self, parts: list[Markup], separator: str | None = None, last: str | None = None) -> Markup:
        """Several values one after another: `a, b and c`."""
        between = self.words["paper"]["list_separator"] if separator is None else separator
        before_last = last if last is not None else self.words["paper"]["list_last"] if separator is None else separator
        if len(parts) < 2:
            return Markup().join(parts)
        return Markup(between).join(parts[:-1]) + Markup(before_last) + parts[-1]  # noqa: S704  # our own words

    def say(self, value: Any, field: str = "", mode: str = TEXT, form: str = BASE) -> Markup:
        """Any value of the model in words; `field` is what it is the value of, `form` the form asked for."""
        if isinstance(value, quantities.Reference):
            return self.reference(value, mode, form)
        if isinstance(value, expressions.Expression):
            return formula.said(self, value, mode, form)
        if isinstance(value, Node):
            amount = self.amount(value, form)
            if amount is not None:
                return escape(amount)
            return self.inline(value) if isinstance(value, quantities.Text) else self.part(value, mode, form)
        return formula.sign(self, value, mode) if field in formula.SIGNS else self.plain(value, field, form)

    def part(self, node: Node, mode: str = TEXT, form: str = BASE) -> Markup:
        name = type(node).__name__
        if name in self.words["formulas"]:
            return formula.filled(self, node, name, mode, form)
        pattern = self.words["parts"].get(name)
        words = self.fill(in_form(pattern, form), node, mode)[0] if pattern is not None else None
        return words if words is not None else self.joined([row.value for row in self.rows(node)])

    def amount(self, value: Node, form: str = BASE) -> str | None:
        """A quantity with its unit; None for what is no quantity."""
        words = self.language
        match value:
            case quantities.Money():
                return words.money(value.currency, value.amount)
            case quantities.Percent():
                return words.percent(value.amount)
            case quantities.Duration():
                return words.counted(value.amount, value.unit, form)
            case quantities.Number():
                return words.number(value.amount)
            case quantities.Quantity():
                return words.counted(value.amount, word(value), form)
        return None

    def plain(self, value: Any, field: str, form: str = BASE) -> Markup:
        """A value that is no node: a date, a number, a choice of words; a flag needs no words of its own."""
        words = self.language
        if field == "fact_window":
            return escape(words.during(value))
        match value:
            case bool() | None:
                return Markup()
            case date():
                return escape(words.date(value))
            case time():
                return escape(words.time(value))
            case Decimal():
                return escape(words.number(value))
        if field in LANGUAGE_FIELDS:
            return escape(words.name_of_language(value))
        if field in COUNTRY_FIELDS:
            return escape(words.name_of_country(value))
        if field in COLUMN_FIELDS:
            return self.in_language(escape(value.replace("_", " ")), self.drafting)
        if isinstance(value, quantities.Phrase):
            return self.name_as_words(value)
        return escape(words.choice(field, value, form))

    def name_as_words(self, name: str) -> Markup:
        """A name or a phrase of the source, where a blank may be written as an underscore.

        It is in the language of the draft. In another one a phrase is called as it is translated, and what is a
        defined term as that is.
        """
        words = name.replace("_", " ")
        for text in (name, self._terms.get(words.casefold())):
            if isinstance(text, quantities.Phrase | quantities.Text):
                said, code = self.in_own_language(text)
                if code == self.language.code != self.drafting:
                    return escape(" ".join(said.split()))
        return self.in_language(escape(words), self.drafting)

    @cached_property
    def _terms(self) -> dict[str, quantities.Text]:
        """The defined terms by their words in the language of the draft."""
        titles = [term.title for term in self.contract.every(nodes.Definition) if term.title is not None]
        return {title.value.casefold(): title for title in titles if title.language in (None, self.drafting)}

    # Names, which become links

    def reference(self, reference: quantities.Reference[Any], mode: str = TEXT, form: str = BASE) -> Markup:
        if reference.target is None:
            return escape(self.language.choice("", reference.name, form))
        name = self.link(reference.target, numbered=mode == TEXT, quoted=form == QUOTED)
        owner = self.contract.names.owner(reference.target)
        at_hand = any(owner is source for source in self.speaking_of)
        if "." in reference.name and isinstance(reference.target, nodes.Column) and not at_hand:

            def source(form: str) -> Markup:
                return self.link(owner, numbered=mode == TEXT, quoted=form == QUOTED)

            return self.phrase(self.words["formulas"]["in_source"], column=name, source=source)
        return name

    def link(self, node: Node, *, numbered: bool = True, quoted: bool = False) -> Markup:
        """The name of a construct, leading to where it is printed, with the number of its clause."""
        if self.withheld(node):
            return escape(self.words["paper"]["withheld"])
        name, anchor, number = self.title(node), self.outline.anchor(node), self.outline.number(node)
        if quoted:
            name = Markup(self.language.quotation("{}")).format(name)  # noqa: S704  # our own quotation marks
        if not anchor:
            return name
        shown = Markup(' <span class="number">({})</span>').format(self.language.clause(number))
        if not numbered or isinstance(node, UNNUMBERED):
            shown = Markup()
        return Markup('<a class="ref" href="#{}">{}{}</a>').format(anchor, name, shown)

    def withheld(self, value: Any) -> bool:
        """Whether a reference leads to something that this edition does not contain, and so may not even be named."""
        target = value.target if isinstance(value, quantities.Reference) else value
        if not isinstance(target, nodes.Named | nodes.Column | nodes.Question) or isinstance(target, nodes.Agreement):
            return False
        owner = self.contract.names.owner(target)
        return not self.outline.anchor(target) and id(owner) not in self._catalogue

    def title(self, node: Any) -> Markup:
        """What people call a construct: its title, or its name in words."""
        title = getattr(node, "title", None)
        if title is not None:
            known = self.language.measure(title.value) if id(node) in self._catalogue else None
            if known is not None:
                return escape(known)
            return self.called(title) if is_name(node, "title") else self.inline(title)
        name = str(getattr(node, "name", "")).replace("_", " ")
        if isinstance(node, nodes.Column | nodes.Question | nodes.Input):
            return Markup("<i>{}</i>").format(self.in_language(escape(name), self.drafting))
        return self.name_as_words(name[:1].upper() + name[1:])

    def kind(self, node: Node) -> str:
        return word(node)

    def kinds(self, node: Node) -> list[str]:
        """The construct and the families it belongs to, the nearest first."""
        return [word(object.__new__(made)) for made in type(node).__mro__ if issubclass(made, Node)]

    def label(self, node: Node, field: str) -> str:
        return self.language.label(self.kinds(node), field)

    def labels(self, *fields: str) -> list[str]:
        """What fields are called wherever they stand."""
        return [self.language.label([], field) for field in fields]

    def at(self, node: Node, field: str) -> str:
        """The place of a field in the text, by which a change on paper finds its way back."""
        anchor = self.outline.anchor(node) or (anchor_of(self.contract, node) if hasattr(node, "name") else "")
        return f"{anchor}.{field}" if anchor else ""

    # Prose of the agreement

    def in_own_language(self, text: quantities.Text | quantities.Phrase) -> tuple[str, str]:
        """The words in the language of this paper where there are any, else in that of the draft; and which it is."""
        written = {translation.language: translation.value for translation in text.translations}
        written[text.language or self.drafting] = text.value
        wanted = (self.language.code, self.drafting, *written)
        code = next(code for code in wanted if code in written)
        return written[code], code

    def inline(self, text: quantities.Text) -> Markup:
        """Prose inside a sentence, with its quotations filled in."""
        words, code = self.in_own_language(text)
        return self.in_language(self.prose(" ".join(words.split())), code)

    def called(self, name: quantities.Text) -> Markup:
        """The name of a person, a firm or a place, which is in no language; only its letters may run the other way."""
        words, code = self.in_own_language(name)
        said, direction = self.prose(" ".join(words.split())), direction_of(code)
        if direction == self.language.direction:
            return said
        return Markup('<bdi dir="{}">{}</bdi>').format(direction, said)

    def paragraphs(self, text: quantities.Text) -> list[Markup]:
        """Prose as paragraphs, which blank lines divide in the source."""
        words, code = self.in_own_language(text)
        return [self.in_language(self.prose(" ".join(part.split())), code) for part in BLANK_LINE.split(words)]

    def in_language(self, words: Markup, code: str) -> Markup:
        """Words that are in another language than this paper, marked so that they are read and laid out as such."""
        if code == self.language.code:
            return words
        return Markup('<span lang="{}" dir="{}">{}</span>').format(code, direction_of(code), words)

    def prose(self, words: str) -> Markup:
        """Words with what they quote of the model, as a value or as a link."""
        return Markup().join(
            escape(KEPT_TOGETHER.sub("\u00a0", piece)) if isinstance(piece, str) else self.quotation(piece, words)
            for piece in pieces(words)
        )

    def quotation(self, quotation: Quotation, words: str) -> Markup:
        found = quoted(self.contract, quotation)
        if found is None or found == []:
            return escape(words[quotation.start : quotation.end])
        if quotation.kind == "clause":
            number = self.outline.number(found)
            shown = self.language.clause(number) if number else self.words["paper"]["withheld"]
            return Markup('<a class="ref" href="#{}">{}</a>').format(self.outline.anchor(found), shown)
        if isinstance(found, nodes.Named | nodes.Column | nodes.Question):
            return self.link(found, numbered=False)
        parts = found if isinstance(found, list) else [found]
        return self.joined([self.say(part, quotation.path.rpartition(".")[2]) for part in parts])
