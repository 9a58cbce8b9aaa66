"""The agreement, rebuilt from its monitoring specification: whoever has that document needs no source text.

This is the way back of the specification's projection, and like it knows no construct by name: a `type` is the class
that people call so, a property the field of that name, and what may stand in it is what its annotation says. Two
things come from `effective` instead: what a KPI or a promise took over from a measure of the catalogue, whose formula
is written out already; and the days on which a calendar is closed, so that no library of holidays is asked again.

A specification may come from anybody. What is wrong with one is said in sentences that name the place; nothing raises.
"""

from __future__ import annotations

import json
import re
from datetime import MAXYEAR, MINYEAR, date, time
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Any, NamedTuple, Union, get_args, get_origin

from ..source import Source
from ..spelling import nearest
from . import expressions, nodes, quantities
from ._choices import CHOICES
from .build import CAPITAL, CLASSES, kind_of
from .contract import Contract
from .names import Names, link
from .node import PLAIN, Field, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION = "1.0"
FAMILY = "urn:xladsl:schema:monitoring:"
SCHEMA = f"{FAMILY}{VERSION}"
HEAD = ("schema", "compiler", "audience", "source", "order_of_work", "agreement")
INHERITED = (
    *("better", "range", "empty", "rounded", "partial_periods", "perspective", "dated_by", "group_by", "shown_with"),
)
"""What a KPI takes over from a measure where it does not say it, and `effective` therefore holds."""

DEEPEST = 250
"""The source nests to a depth of 64, and writing measures out adds to it; what is deeper was made to do harm."""
LONGEST_AMOUNT = 64
AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK = re.compile(r"([01][0-9]|2[0-4]):[0-5][0-9](:[0-5][0-9])?")
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
LANGUAGE = re.compile(r"[a-z]{2}")


class Restored(NamedTuple):
    """The agreement with all its names linked, or None and what is wrong with the document.

    `head` is what the document says of itself: its audience, its compiler, the digest of its source.
    """

    contract: Contract | None
    problems: list[str]
    head: dict[str, Any]


def restored(content: bytes, name: str = "specification") -> Restored:
    """The agreement that a monitoring specification, in the bytes of its file, speaks of."""
    try:
        document = document_in(content)
        head = {key: document[key] for key in HEAD if key in document}
        restoring = Restoring(Source(name, ""), drafting_language(document))
        blocks = restoring.blocks(document)
    except WrongError as wrong:
        return Restored(None, [str(wrong)], {})
    problems = restoring.problems
    if not problems:
        names = Names(blocks)
        problems = [f"{found.title}." for found in link(blocks, names, [])] or list(restoring.misled())
    if not problems:
        problems = list(impossible(blocks))
    return Restored(None if problems else Contract(blocks, [], names, [restoring.source]), problems, head)


class WrongError(Exception):
    """Something in the document that no specification says; `place` leads to it, from the outside in."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.place: list[str] = []

    def at(self, step: str) -> WrongError:
        self.place.insert(0, step)
        return self

    def __str__(self) -> str:
        place = "".join(self.place).removeprefix(".")
        return f"`{place}`: {self.sentence}" if place else self.sentence


# ---------------------------------------------------------------------------------------------------- the document


def document_in(content: bytes) -> dict[str, Any]:
    """The JSON document in some bytes, if it is a specification of a version that can be read."""
    try:
        document = json.loads(content, object_pairs_hook=once, parse_float=Bare, parse_int=Bare, parse_constant=Bare)
    except RecursionError:
        raise WrongError("This nests far deeper than any agreement does.") from None
    except ValueError as problem:
        raise WrongError(f"This is not a JSON document: {problem}.") from None
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or not schema.startswith(FAMILY):
        raise WrongError(f"This is no monitoring specification: its `schema` would be `{SCHEMA}`.")
    if schema != SCHEMA:
        raise WrongError(
            f"This specification follows version {shown(schema.removeprefix(FAMILY))} of its schema, and"
            f" this release reads {VERSION}. Build it anew, or use the release that made it."
        )
    return document  # type: ignore[no-any-return]  # it has a schema, so it is an object


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, unless it says something twice: of two answers each reader may take another."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        again = next(name for name in names if names.count(name) > 1)
        raise WrongError(f"`{shown(again)}` stands twice in one object, and could be read in two ways.")
    return found


class Bare:
    """A number without quotation marks. Nothing in a specification is one, so that nobody's computer rounds it."""

    def __init__(self, digits: str) -> None:
        self.digits = digits


def drafting_language(document: dict[str, Any]) -> str:
    """The language that texts are in which do not name theirs."""
    agreement = document.get("agreement")
    languages = agreement.get("languages") if isinstance(agreement, dict) else None
    listed = languages.get("language") if isinstance(languages, dict) else None
    return listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], str) else "en"


# ------------------------------------------------------------------------------------------- what may stand in a field

VALUES = (quantities.Quantity, quantities.Money, quantities.Duration, quantities.Text, quantities.Translation,
          quantities.Reference)  # fmt: skip
QUANTITIES = {kind_of(object.__new__(made)): made for made in CLASSES.values() if made.__base__ is quantities.Quantity}
DURATIONS = frozenset({"ms", *quantities.UNIT_NAMES.values()})
KINDS = {
    CAPITAL.sub(" ", name).lower(): made
    for name, made in CLASSES.items()
    if not made.__subclasses__() and not issubclass(made, VALUES)
}
"""The classes that documents hold, by what people call them."""

UNIONS = {
    name: tuple(getattr(get_origin(member) or member, "__name__", "str") for member in get_args(union))
    for module in (expressions, nodes)
    for name, union in vars(module).items()
    if not isinstance(union, type) and get_origin(union) in (Union, UnionType) and name not in nodes.GROUPS
}
"""What the names of alternatives stand for: `Window` for `str`, `RollingWindow` and `TrailingWindow`."""


class Shape(NamedTuple):
    """What a field may hold: parts of these classes, plain values of these kinds, references; and of words only these,
    where the grammar leaves a choice."""

    field: Field
    made: tuple[type[Node], ...]
    plain: frozenset[str]
    refers: bool
    words: frozenset[str] | None


@cache
def shapes(made: type[Node]) -> dict[str, Shape]:
    """The fields of a class by the names they have in the document."""
    named = issubclass(made, nodes.Named)
    return {"id" if named and name == "name" else name: shape_of(made, field) for name, field in made.fields.items()}


def shape_of(holder: type[Node], field: Field) -> Shape:
    words = list(field.types)
    for word in words:  # grows as it is read: an alternative may name others
        words += UNIONS.get(word, ())
    plain = set(words) & PLAIN
    if "Formula" in words:  # yes and no, a day, and what the surroundings give by one word
        plain |= {"str", "date"}
    refers = field.refers or "Reference" in words
    meant = (CLASSES[word] for word in words if word in CLASSES and word != "Reference")
    made = tuple(part for part in meant if not (field.refers and issubclass(part, nodes.Named | nodes.Column)))
    return Shape(field, made, frozenset(plain), refers, CHOICES.get(f"{holder.__name__}.{field.name}"))


# -------------------------------------------------------------------------------------------------------- the way back


class Restoring:
    """Builds the nodes of one document, and collects what is wrong, one sentence for each block."""

    def __init__(self, source: Source, drafting: str) -> None:
        self.source = source
        self.drafting = drafting
        self.problems: list[str] = []
        self.said: list[tuple[quantities.Reference[Any], str]] = []
        self.depth = 0

    def blocks(self, document: dict[str, Any]) -> list[Node]:
        """The agreement, and then every other block in the order in which the document lists it."""
        found = [self.block(document.get("agreement"), "agreement")]
        if found[0] is not None and not isinstance(found[0], nodes.Agreement):
            raise WrongError(f"is {a(kind_of(found[0]))}, and the main terms belong here.").at("agreement")
        for name, listed in document.items():
            if name in HEAD:
                continue
            if not isinstance(listed, list):
                raise WrongError("is no list of blocks.").at(shown(name))
            found += [self.block(data, f"{shown(name)}[{number}]") for number, data in enumerate(listed)]
        for again in found[1:]:
            if isinstance(again, nodes.Agreement):
                raise WrongError(f"A second agreement, `{again.name}`, stands in it; a specification speaks of one.")
        return [block for block in found if block is not None]

    def block(self, data: Any, place: str) -> Node | None:
        self.depth = 0
        try:
            made = self.made_of(data, (Node,))
            if not issubclass(made, nodes.Block | nodes.Example | nodes.Waiver):
                raise WrongError(f"is {a(said_type(data))}, which is no block of an agreement.")
            block: Node = self.node(made, data)
            self.take_effective(block, data.get("effective"))
        except WrongError as wrong:
            self.problems.append(str(wrong.at(place)))
            return None
        return block

    def node(self, made: type[Node], data: dict[str, Any]) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise WrongError("nests far deeper than any agreement does.")
        node = self.located(made)
        known = shapes(made)
        for key, shape in known.items():
            name, many = shape.field.name, shape.field.many
            if key not in data:
                if shape.field.required:
                    raise WrongError(f"{a(kind_of(node))} needs `{key}`, and none is said.")
                setattr(node, name, [] if many else False if shape.field.flag else None)
                continue
            try:
                setattr(node, name, self.several(data[key], shape) if many else self.value(data[key], shape))
            except WrongError as wrong:
                raise wrong.at(f".{key}") from None
        for key in data:
            if key not in known and key not in ("type", "clause", "effective", "measure"):
                near = nearest(key, known)
                hint = f" Is `{near}` meant?" if near else ""
                raise WrongError(f"{a(kind_of(node))} has no `{shown(key)}`.{hint}")
        self.depth -= 1
        return node

    def several(self, data: Any, shape: Shape) -> list[Any]:
        if not isinstance(data, list) or not data:
            raise WrongError("is no list with something in it.")
        found = []
        for number, part in enumerate(data):
            try:
                found.append(self.value(part, shape))
            except WrongError as wrong:
                raise wrong.at(f"[{number}]") from None
        return found

    def value(self, data: Any, shape: Shape) -> Any:
        """What a field holds, from its plain data."""
        if isinstance(data, str):
            return word(data, shape)
        if isinstance(data, dict):
            if "ref" in data and shape.refers:
                return self.reference(data)
            made = self.made_of(data, shape.made)
            return VALUE_MAKERS[made](self, data) if made in VALUE_MAKERS else self.node(made, data)
        if data is True and shape.field.flag:
            return True
        raise WrongError(f"is {called(data)}, and {wanted(shape)} belongs here.")

    def made_of(self, data: Any, fitting: tuple[type[Node], ...]) -> type[Node]:
        """The class that plain data is an object of, if that may stand here."""
        if not isinstance(data, dict):
            raise WrongError(f"is {called(data)}, and an object belongs here.")
        made = self.class_of(data)
        if made is None:
            raise WrongError(f"is {a(said_type(data))}, and no agreement knows one.")
        if not issubclass(made, fitting):
            raise WrongError(f"is {a(said_type(data))}, which cannot stand here.")
        return made

    def class_of(self, data: dict[str, Any]) -> type[Node] | None:
        if "type" in data:
            said = data["type"]
            return KINDS.get(said) if isinstance(said, str) else None
        if "currency" in data:
            return quantities.Money
        if "unit" in data:
            unit = data["unit"] if isinstance(data["unit"], str) else ""
            return quantities.Duration if unit in DURATIONS else QUANTITIES.get(unit)
        return quantities.Text if all(LANGUAGE.fullmatch(key) for key in data) and data else None

    def reference(self, data: dict[str, Any]) -> Any:
        name, said = data["ref"], data.get("type")
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise WrongError(f"`{shown(name)}` is no name that a block of an agreement can have.").at(".ref")
        found: Any = self.located(quantities.Reference)
        found.name, found.target = name, None
        self.said.append((found, said if isinstance(said, str) else "unknown"))
        return found

    def text(self, data: dict[str, Any]) -> quantities.Text:
        """Words by language; those of the drafting language need not say that they are."""
        texts = list(data.items())
        if not all(isinstance(words, str) for _, words in texts):
            raise WrongError("is a text, and its words are none.")
        (language, words), *others = texts
        found: quantities.Text = self.located(quantities.Text)
        found.value, found.language = words, None if language == self.drafting else language
        found.translations = []
        for code, translated in others:
            translation: quantities.Translation = self.located(quantities.Translation)
            translation.language, translation.value = code, translated
            found.translations.append(translation)
        return found

    def amount(self, made: type[Node], data: dict[str, Any], beside: str) -> Any:
        if not set(data) - {"measure"} == {"amount", beside}:
            raise WrongError(f"has other parts than `amount` and `{beside}`.")
        found = self.located(made)
        found.amount = decimal(data["amount"])
        return found

    def money(self, data: dict[str, Any]) -> quantities.Money:
        found: quantities.Money = self.amount(quantities.Money, data, "currency")
        currency = data["currency"]
        if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
            raise WrongError(f"`{shown(currency)}` is no code of a currency.")
        found.currency = currency
        return found

    def duration(self, data: dict[str, Any]) -> quantities.Duration:
        found: quantities.Duration = self.amount(quantities.Duration, data, "unit")
        found.unit = data["unit"]
        return found

    def located(self, made: type[Node]) -> Any:
        node = object.__new__(made)
        node.source, node.offsets, node.places = self.source, (0, 0), {}
        return node

    # ---------------------------------------------------------------------------------------------- what is effective

    def take_effective(self, block: Any, effective: Any) -> None:
        """Put into a block what holds for it although it does not say it itself."""
        if isinstance(block, nodes.Calendar):
            self.close_days(block, effective)
        elif isinstance(effective, dict):
            self.take_measurement(block, effective)
            if isinstance(block, nodes.Promise) and block.answers is None and "answers" in effective:
                block.answers = decimal(effective["answers"])

    def take_measurement(self, block: Any, effective: dict[str, Any]) -> None:
        """Put into a block what a measure says that was written out in it; a promise on a KPI asks that one."""
        if getattr(block, "kpi_of", None) is None:
            measured = effective.get("measurement", effective)
            made: type[Node] = type(block)
            known = shapes(made)
            for name in INHERITED:
                if isinstance(measured, dict) and name in measured and name in known and unsaid(block, name):
                    take = self.several if known[name].field.many else self.value
                    try:
                        setattr(block, name, take(measured[name], known[name]))
                    except WrongError as wrong:
                        raise wrong.at(f".effective.{name}") from None

    def close_days(self, calendar: nodes.Calendar, effective: Any) -> None:
        """Close a calendar on the days that are written out, whatever holidays a library would know by now."""
        listed = effective.get("closed_days") if isinstance(effective, dict) else None
        if not isinstance(listed, list):
            raise WrongError("does not write out the days on which the calendar is closed.").at(".effective")
        closed = []
        for number, data in enumerate(listed):
            try:
                if not isinstance(data, dict) or data.keys() != {"day", "name"} or not isinstance(data["name"], str):
                    raise WrongError("is no day with its name.")
                one: nodes.ClosedDay = self.located(nodes.ClosedDay)
                one.day, one.reason = day(data["day"]), self.text({self.drafting: data["name"]})
            except WrongError as wrong:
                raise wrong.at(f".effective.closed_days[{number}]") from None
            closed.append(one)
        calendar.closed, calendar.holidays = closed, []

    def misled(self) -> Iterator[str]:
        """References that say of what they mean something else than what was found."""
        for reference, said in self.said:
            found = kind_of(reference.target) if reference.target is not None else "nothing"
            if said != found:
                yield f"`{reference.name}` is said to be {a(shown(said))}, and is {a(found)}."


VALUE_MAKERS: dict[type[Node], Callable[[Restoring, dict[str, Any]], Any]] = {
    quantities.Money: Restoring.money,
    quantities.Duration: Restoring.duration,
    quantities.Text: Restoring.text,
    **{
        made: lambda restoring, data, made=made: restoring.amount(made, data, "unit")  # type: ignore[misc]  # a default binds the class of each round
        for made in QUANTITIES.values()
    },
}


def unsaid(block: Node, name: str) -> bool:
    return getattr(block, name) in (None, [])


def impossible(blocks: list[Node]) -> Iterator[str]:
    """What a source could not say without being refused, and no calendar could be worked out for."""
    for block in blocks:
        if isinstance(block, nodes.Agreement):
            start, end = block.term.start, block.term.end
            if end < start:
                yield f"The term ends on {end}, before it begins on {start}."
            elif end.year - start.year > LONGEST_TERM:
                yield f"The term from {start} to {end} is longer than {LONGEST_TERM} years."
        elif isinstance(block, nodes.Source):
            yield from columns_amiss(block)
        elif isinstance(block, nodes.Promise):
            confidence = getattr(block.breached_when, "confidence", None)
            if confidence is not None and not 0 < confidence.amount < 100:
                yield f"`{block.name}` is to be proven at {confidence.amount}%, and nothing is."


LONGEST_TERM = 200


def columns_amiss(source: nodes.Source) -> Iterator[str]:
    """Columns that a source names by words, and that rows could not be read without."""
    held = {column.name: column.column_type or "text" for column in source.columns}
    asked = [question.name for question in source.questions] if isinstance(source, nodes.Survey) else []
    if source.deduplicated is not None and source.deduplicated not in (*held, *asked):
        yield f"`{source.name}` has one row for each `{shown(source.deduplicated)}`, and no such column."
    if isinstance(source, nodes.Outages):
        lasting = source.lasting
        for name in filter(None, (lasting.start, lasting.earlier, lasting.end)):
            if held.get(name) not in ("time", "date"):
                yield f"`{source.name}` lasts from or to `{shown(name)}`, and no column of that name holds a moment."


# --------------------------------------------------------------------------------------------------------- plain values


def word(data: str, shape: Shape) -> Any:
    """A value that is written as a text: digits, a day, a time of day, or words."""
    plain = shape.plain
    if "Decimal" in plain:
        return decimal(data)
    if "time" in plain:
        return clock(data)
    if "date" in plain and (DAY.fullmatch(data) or "str" not in plain):
        return day(data)
    if "str" not in plain or shape.words == frozenset():
        raise WrongError(f"is the text `{shown(data)}`, and {wanted(shape)} belongs here.")
    if shape.words is not None and data not in shape.words:
        raise WrongError(f"`{shown(data)}` is none of {', '.join(sorted(shape.words))}.")
    return data


def decimal(data: Any) -> Decimal:
    if not isinstance(data, str) or len(data) > LONGEST_AMOUNT or not AMOUNT.fullmatch(data):
        raise WrongError(f"`{shown(data)}` is no amount: digits, and behind a point the decimals.")
    return Decimal(data)


def day(data: Any) -> date:
    try:
        found = date.fromisoformat(data) if isinstance(data, str) and DAY.fullmatch(data) else None
    except ValueError:
        found = None
    if found is None or found.year in (MINYEAR, MAXYEAR):
        raise WrongError(f"`{shown(data)}` is no day of the calendar, as 2026-01-31 is.")
    return found


def clock(data: str) -> time:
    if data == "24:00":
        return time.max
    if not CLOCK.fullmatch(data) or data.startswith("24"):
        raise WrongError(f"`{shown(data)}` is no time of day, as 08:30 is.")
    return time.fromisoformat(data)


# ---------------------------------------------------------------------------------------------------- words for people


def wanted(shape: Shape) -> str:
    """What belongs into a field, in words."""
    if shape.field.flag:
        return "`true`"
    kinds = [CAPITAL.sub(" ", made.__name__).lower() for made in shape.made]
    listed = [*kinds, *(PLAIN_WORDS[name] for name in sorted(shape.plain)), *(["reference"] if shape.refers else [])]
    return " or ".join(filter(None, (", ".join(a(each) for each in listed[:-1][:3]), a(listed[-1]))))


PLAIN_WORDS = {"Decimal": "amount", "bool": "yes", "date": "day", "str": "word", "time": "time of day"}


def called(data: Any) -> str:
    if isinstance(data, Bare):
        return f"the bare number {shown(data.digits)}"
    names = {list: "a list", dict: "an object", bool: "`true` or `false`", type(None): "`null`", str: "a text"}
    return names.get(type(data), "something else")


def said_type(data: dict[str, Any]) -> str:
    said = data.get("type")
    if said is None:
        return "reference" if "ref" in data else "thing without a `type`"
    return shown(said)


def shown(data: Any) -> str:
    """Words of a stranger's document, short enough for a sentence."""
    text = data if isinstance(data, str) else called(data)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


SHOWN = 60


def a(kind: str) -> str:
    return f"{'an' if kind[:1] in tuple('aeiou') else 'a'} {kind}"
