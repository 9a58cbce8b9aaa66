"""From the tree of a text to the typed model.

The builder knows no construct. A tree whose rule is a field of the class being filled is a clause and fills that
field; a tree whose rule is the name of a class builds one; a rule of `VALUES` makes a quantity, a date or a text;
what is left is a choice, whose value is its words. Unnamed parts fill the fields that `unnamed` lists, in order.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, time
from decimal import Decimal
from typing import Any

from ..diagnostics import Diagnostic, Label
from ..source import Source, Span
from ..syntax.tree import Token, Tree
from . import expressions, nodes, quantities
from .node import Field, Node, Part

CLASSES: dict[str, type[Node]] = {
    name: value
    for module in (quantities, expressions, nodes)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, Node)
}
CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
CLASS_OF_RULE: dict[str, type[Node]] = {CAPITAL.sub("_", name).lower(): made for name, made in CLASSES.items()}
ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|(.))", re.DOTALL)
ESCAPED = {"n": "\n"}


class Builder:
    """Builds the nodes of one source, and collects what is wrong with their shape."""

    def __init__(self, source: Source, broken: list[Span]) -> None:
        self.source = source
        self.broken = broken
        self.diagnostics: list[Diagnostic] = []

    def report(self, rule: str, span: tuple[int, int], title: str, **words: Any) -> None:
        self.diagnostics.append(Diagnostic(rule, Span(self.source, *span), title, **words))

    def node(self, made: type[Node], tree: Tree) -> Any:
        """A node of that class, from all of a tree."""
        plan = PLANS[made]
        node = located(self, made, tree)
        for name, unsaid in plan.unsaid:
            setattr(node, name, unsaid)
        for name in plan.lists:
            setattr(node, name, [])
        fill(self, node, plan, tree)
        for field in plan.required:
            if getattr(node, field.name) in (None, []) and not self.is_broken(tree):
                self.report_missing(node, field)
        return node

    def is_broken(self, tree: Tree) -> bool:
        return any(span.start <= tree.end and tree.start <= span.end for span in self.broken)

    def report_missing(self, node: Node, field: Field) -> None:
        kind, clause = kind_of(node), clause_words(type(node), field.name)
        name = getattr(node, "name", None)
        start, end = node.offsets
        head = self.source.text.find("{", start, end)
        self.report(
            "missing-clause",
            (start, head if head > 0 else end),
            f"{kind} `{name}` does not say `{clause}`" if name else f"this {kind} does not say `{clause}`",
            here=f"`{clause} …` is missing in this block",
            why="What a block does not say, nobody has agreed on.",
            remedy=f"A {kind} is written like this:  {' '.join((type(node).__doc__ or '').split())}",
        )


class Slot:
    """A field as a clause fills it.

    `struct` is the class that a clause fills as a whole: the one part that the field may hold, unless that is a plain
    value.
    """

    __slots__ = ("field", "known", "struct", "wanted")

    def __init__(self, field: Field) -> None:
        self.field = field
        self.wanted = tuple(CLASSES[name] for name in field.types if name in CLASSES)
        self.known: dict[str, bool] = {}
        parts = [made for made in self.wanted if issubclass(made, Part) and not field.refers]
        self.struct = parts[0] if len(parts) == 1 == len(self.wanted) else None

    def holds(self, rule: str) -> bool:
        """Whether a rule builds one of the parts that the field holds."""
        if rule not in self.known:
            made = CLASS_OF_RULE.get(rule)
            self.known[rule] = made is not None and issubclass(made, self.wanted)
        return self.known[rule]


class Slots(dict[str, "Slot | None"]):
    """For each rule that may stand in a class, the field it fills; None where it fills none by its name."""

    def __init__(self, made: type[Node]) -> None:
        self.made = made

    def __missing__(self, rule: str) -> Slot | None:
        field = field_of_rule(self.made, rule)
        self[rule] = slot = Slot(field) if field is not None else None
        return slot


def field_of_rule(made: type[Node], rule: str) -> Field | None:
    return made.fields.get(rule.rpartition("__")[2])


class Plan:
    """How nodes of a class are filled: what they hold before, what they need, and which rule fills which field."""

    __slots__ = ("lists", "required", "slots", "unnamed", "unsaid")

    def __init__(self, made: type[Node]) -> None:
        fields = made.fields
        names = getattr(made, "unnamed", None)
        self.unsaid = [(name, False if field.flag else None) for name, field in fields.items() if not field.many]
        self.lists = [name for name, field in fields.items() if field.many]
        self.required = [field for field in fields.values() if field.required]
        self.unnamed = [fields[name] for name in (fields if names is None else names)]
        self.slots = Slots(made)


class Plans(dict[type[Node], Plan]):
    """The plans of the classes that were needed so far."""

    def __missing__(self, made: type[Node]) -> Plan:
        self[made] = plan = Plan(made)
        return plan


PLANS = Plans()


def fill(builder: Builder, node: Any, plan: Plan, tree: Tree) -> None:
    unnamed = plan.unnamed
    position = 0
    for child in tree.children:
        if type(child) is Tree:
            slot = plan.slots[child.rule]
            if slot is not None:
                set_clause(builder, node, slot, child)
                continue
        while position < len(unnamed) and unnamed[position].name in node.places:
            position += 1
        if position == len(unnamed):
            continue
        field = unnamed[position]
        value = part(builder, child)
        if field.many:
            getattr(node, field.name).append(value)
        else:
            setattr(node, field.name, value)
            position += 1


def set_clause(builder: Builder, node: Any, slot: Slot, tree: Tree) -> None:
    field = slot.field
    value = clause_value(builder, slot, tree)
    if field.many:
        getattr(node, field.name).extend(value if type(value) is list else [value])
    elif field.name in node.places:
        builder.report(
            "repeated-clause",
            (tree.start, tree.end),
            f"{kind_of(node)} `{getattr(node, 'name', '')}` says `{clause_words(type(node), field.name)}` twice",
            here="said again here",
            labels=(Label(Span(builder.source, *node.places[field.name]), "said first here"),),
            why="Of two sentences on one point, each party would rely on the one that suits it.",
            remedy="Keep the one that was agreed, and delete the other.",
        )
        return
    else:
        setattr(node, field.name, value)
    node.places.setdefault(field.name, (tree.start, tree.end))


def clause_value(builder: Builder, slot: Slot, tree: Tree) -> Any:
    """What a clause says: a flag, one value, several values, or a part of its own made of all its words."""
    children = tree.children
    if not children:
        return True
    if not all(type(child) is Tree and slot.holds(child.rule) for child in children):
        if slot.struct is not None:
            return builder.node(slot.struct, tree)
        if len(children) > 1 and all(type(child) is Token for child in children):
            return " ".join(str(part(builder, child)) for child in children)
    values = [part(builder, child) for child in children]
    if len(values) > 1 and slot.field.many:
        return [value for each in values for value in (each if type(each) is list else [each])]
    return values[0]


def part(builder: Builder, child: Tree | Token) -> Any:
    """The value of a part of a formula or a clause."""
    if type(child) is Token:
        return token_value(builder, child)
    assert type(child) is Tree
    make = VALUES.get(child.rule)
    if make is not None:
        return make(builder, child)
    made = CLASS_OF_RULE.get(child.rule)
    if made is not None:
        return builder.node(made, child)
    return " ".join(words(child))


def words(tree: Tree) -> list[str]:
    found: list[str] = []
    for child in tree.children:
        found += [child.text] if type(child) is Token else words(child)  # type: ignore[arg-type]  # a child is one or the other
    return found


# ------------------------------------------------------------------------------------------------------------- values


def token_value(builder: Builder, token: Token) -> Any:
    kind, text = token.kind, token.text
    if kind == "NUMBER":
        return Decimal(text.replace(",", ""))
    if kind == "STRING" or kind == "LONG_STRING":
        return unquoted(text)
    if kind == "DATE":
        return day(builder, token)
    if kind == "TIME":
        return clock(builder, token)
    return text


def unquoted(text: str) -> str:
    """The words between quotation marks: escapes resolved, and a long text freed of its margin."""
    if text.startswith('"""'):
        lines = text[3:-3].expandtabs(8).splitlines()
        margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
        text = "\n".join(
            [*(line.strip() for line in lines[:1]), *(line[margin:].rstrip() for line in lines[1:])]
        ).strip()
    else:
        text = text[1:-1]
    return ESCAPE.sub(lambda found: unescaped(found[1], found[2]), text) if "\\" in text else text


def unescaped(code: str | None, letter: str | None) -> str:
    if code is not None:
        number = int(code, 16)
        return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"
    assert letter is not None
    return ESCAPED.get(letter, letter)


def day(builder: Builder, token: Token) -> date | None:
    try:
        found = date.fromisoformat(token.text)
        if found.year in (MINYEAR, MAXYEAR):
            raise ValueError("windows reach beyond it, and the calendar does not")
    except ValueError:
        builder.broken.append(Span(builder.source, token.start, token.end))
        builder.report(
            "impossible-date",
            (token.start, token.end),
            f"`{token.text}` is not a day of the calendar",
            here="no such day",
            why="A deadline that never comes binds nobody.",
            remedy="Write an existing day, as year-month-day.",
        )
        return None
    return found


def clock(builder: Builder, token: Token) -> time | None:
    hour, minute, second = (*map(int, token.text.split(":")), 0)[:3]
    if hour == 24 and minute == second == 0:
        return time.max
    try:
        return time(hour, minute, second)
    except ValueError:
        builder.broken.append(Span(builder.source, token.start, token.end))
        builder.report(
            "impossible-date",
            (token.start, token.end),
            f"`{token.text}` is not a time of day",
            here="hours go to 23 (24:00 is the end of the day), minutes and seconds to 59",
            why="Service hours that no clock shows cannot be measured.",
            remedy="Write a time from 00:00 to 24:00.",
        )
        return None


def amount_of(tree: Tree) -> Decimal:
    negative, amount = False, Decimal(1)  # `per started hour` is per one hour
    for child in tree.children:
        if type(child) is Tree:
            negative |= child.rule == "minus"
        elif type(child) is Token and child.kind == "NUMBER":
            amount = Decimal(child.text.replace(",", ""))
    return -amount if negative else amount


def quantity(builder: Builder, tree: Tree) -> Any:
    made = located(builder, CLASS_OF_RULE[tree.rule], tree)
    made.amount = amount_of(tree)
    return made


def money(builder: Builder, tree: Tree) -> Any:
    made = quantity(builder, tree)
    made.currency = next(child.text for child in tree.children if type(child) is Token and child.kind == "CURRENCY")
    return made


def duration(builder: Builder, tree: Tree) -> Any:
    made = quantity(builder, tree)
    unit = " ".join(word for word in words(tree) if not word[0].isdigit())
    made.unit = quantities.UNIT_NAMES.get(unit, unit)
    return made


def reference(builder: Builder, tree: Tree) -> Any:
    made = located(builder, quantities.Reference, tree)
    made.name = ".".join(words(tree))
    made.target = None
    return made


def references(builder: Builder, tree: Tree) -> list[Any]:
    return [part(builder, child) for child in tree.children]


def text(builder: Builder, tree: Tree) -> Any:
    made = located(builder, quantities.Text, tree)
    made.value, made.language, made.translations = "", None, []
    for child in tree.children:
        if type(child) is Token:
            made.value = unquoted(child.text)
            continue
        assert type(child) is Tree
        made.translations.append(translation(builder, child))
    if not made.value and made.translations:
        first = made.translations.pop(0)
        made.value, made.language = first.value, first.language
    return made


def translation(builder: Builder, tree: Tree) -> Any:
    translated = located(builder, quantities.Translation, tree)
    code, quoted = tree.children
    assert type(code) is Token
    assert type(quoted) is Token
    translated.language, translated.value = code.text, unquoted(quoted.text)
    if len(code.text) != 2:
        builder.report(
            "unknown-language",
            (code.start, code.end),
            f"`{code.text}` is not the code of a language",
            here="two letters are expected before a translation",
            why="A text in a language nobody named is a text nobody will translate, compare or print.",
            remedy='Write the ISO 639-1 code before the text, such as  da "…" .',
        )
    return translated


def phrase(builder: Builder, tree: Tree) -> quantities.Phrase:
    made = quantities.Phrase(" ".join(child.text for child in tree.children if type(child) is Token))
    made.source, made.offsets = builder.source, (tree.start, tree.end)
    made.translations = [translation(builder, child) for child in tree.children if type(child) is Tree]
    return made


def located(builder: Builder, made: type[Node], tree: Tree) -> Any:
    node = object.__new__(made)
    node.source, node.offsets, node.places = builder.source, (tree.start, tree.end), {}
    return node


VALUES: dict[str, Any] = {
    **dict.fromkeys(("number", "percent", "percentage_points", "points", "service_days"), quantity),
    "money": money,
    "duration": duration,
    "reference": reference,
    "references": references,
    "text": text,
    "date": lambda builder, tree: day(builder, tree.children[0]),
    "phrase": phrase,
    "rule_name": lambda _builder, tree: "-".join(words(tree)),
}


# ----------------------------------------------------------------------------------------------------- words for people


def kind_of(node: Node) -> str:
    """What people call a construct: `quick win` for a QuickWin."""
    return CAPITAL.sub(" ", type(node).__name__).lower()


def clause_words(made: type[Node], field: str) -> str:
    """The words a clause starts with, as the grammar has them."""
    from .. import resources

    grammar = (resources.grammar() / "xladsl.lark").read_text(encoding="utf-8")
    rule = CAPITAL.sub("_", made.__name__).lower()
    for name in (f"{rule}__{field}", field):
        part = re.search(rf"^{name}: ([a-z_]+)$", grammar, re.MULTILINE)
        found = re.search(rf"^{part[1] if part else name}:((?: \"[a-z]+\")+)", grammar, re.MULTILINE)
        if found:
            return found[1].replace('"', "").strip()
    return field.replace("_", " ")
