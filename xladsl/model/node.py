"""The base of everything an agreement is made of.

A class of the model says what it holds by annotations alone. The builder reads them to know what a clause may be,
the walk to know where to go, the comparison to know what counts, so that none of these knows a construct by name:

    kpi: Reference[Kpi]               must be said, once
    owner: Reference[Role] | None     may be said, once
    sites: list[Reference[Site]]      may be said; several
    parts: OneOrMore[Part]            must be said; several
    anonymous: bool                   said or not
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, dataclass_transform

from ..source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..source import Source

OneOrMore = list

TYPE_WORD = re.compile(r"[A-Za-z_]\w*")
CONTAINERS = {"list", "OneOrMore", "Reference", "None"}
PLAIN = frozenset({"Decimal", "bool", "date", "str", "time"})


class Field(NamedTuple):
    """What a field holds, read from its annotation."""

    name: str
    required: bool
    many: bool
    flag: bool
    refers: bool
    types: tuple[str, ...]


@dataclass_transform(kw_only_default=True)
class NodeType(type):
    """Makes a class of slots out of annotations. It is ten times cheaper at import than a frozen dataclass."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> NodeType:
        own = namespace.get("__annotations__", {})
        namespace["__slots__"] = (*own, *namespace.get("__slots__", ()))
        made = super().__new__(cls, name, bases, namespace)
        made.declared = own
        made.read_fields = None
        made.read_holding = None
        return made

    declared: dict[str, str]
    read_fields: dict[str, Field] | None
    read_holding: tuple[str, ...] | None

    @property
    def fields(cls) -> dict[str, Field]:
        """The fields in the order they are declared, those of the base classes first."""
        if cls.read_fields is None:
            annotated: dict[str, str] = {}
            for base in reversed(cls.__mro__):
                annotated |= base.declared if isinstance(base, NodeType) else {}
            cls.read_fields = {name: read_annotation(name, text) for name, text in annotated.items()}
        return cls.read_fields

    @property
    def holding(cls) -> tuple[str, ...]:
        """The names of the fields that may hold nodes. Most hold words or figures, and whoever walks passes them by."""
        if cls.read_holding is None:
            holding = [field for field in cls.fields.values() if field.refers or not PLAIN.issuperset(field.types)]
            cls.read_holding = tuple(field.name for field in holding)
        return cls.read_holding


def read_annotation(name: str, text: str) -> Field:
    words = TYPE_WORD.findall(text)
    many = words[0] in ("list", "OneOrMore")
    return Field(
        name=name,
        required=words[0] == "OneOrMore" or not (many or "None" in words or text == "bool"),
        many=many,
        flag=text == "bool",
        refers="Reference" in words,
        types=tuple(word for word in words if word not in CONTAINERS),
    )


class Node(metaclass=NodeType):
    """A part of an agreement, with the place in the text where it is said.

    The place is where to point, not what is meant: it takes no part in equality. Nothing changes a node once the
    agreement is built.
    """

    __slots__ = ("offsets", "places", "source")

    def __init__(self, **values: object) -> None:
        self.source: Source | None = None
        self.offsets = (0, 0)
        self.places: dict[str, tuple[int, int]] = {}
        fields = type(self).fields
        for name, field in fields.items():
            object.__setattr__(self, name, values.pop(name, False if field.flag else [] if field.many else None))
        if values:
            raise TypeError(f"{type(self).__name__} has no {', '.join(values)}")

    @property
    def span(self) -> Span:
        assert self.source is not None
        return Span(self.source, *self.offsets)

    def place(self, field: str) -> Span:
        """Where a field is said; the whole node where it is not."""
        assert self.source is not None
        return Span(self.source, *self.places.get(field, self.offsets))

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in type(self).fields)

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        said = ", ".join(f"{name}={value!r}" for name, value in self.items() if value not in (None, [], False))
        return f"{type(self).__name__}({said})"

    def items(self) -> Iterator[tuple[str, Any]]:
        """The fields and what they hold, in the order they are declared."""
        for name in type(self).fields:
            yield name, getattr(self, name)


class Part(Node):
    """A part of a clause, which has no name of its own."""


class Readers(dict[type[Node], "Callable[[Node], tuple[Any, ...]]"]):
    """For each class, what its nodes hold in the fields that may hold nodes, read all at once."""

    def __missing__(self, made: type[Node]) -> Callable[[Node], tuple[Any, ...]]:
        self[made] = reader(*made.holding)
        return self[made]


def reader(*names: str) -> Callable[[Node], tuple[Any, ...]]:
    if not names:
        return lambda _node: ()
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda node: (read(node),)


HELD = Readers()


def children(node: Node) -> list[Node]:
    """The nodes held directly by a node, in the order of its fields."""
    found: list[Node] = []
    for value in HELD[type(node)](node):
        if not value:  # most fields of a node are unsaid
            continue
        if type(value) is list:
            found += [part for part in value if isinstance(part, Node)]
        elif isinstance(value, Node):
            found.append(value)
    return found


def walk(node: Node) -> Iterator[Node]:
    """A node and everything in it, outside in, in the order of the text's fields."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        found = children(node)
        found.reverse()
        waiting += found
