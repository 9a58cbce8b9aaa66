"""Names: what each stands for, and what to say when it stands for nothing.

A reference says in its type what it may mean (`serves: list[Reference[Goal]]`), so one walk resolves every name of the
language. A name is looked for first among the columns and inputs that the surrounding formula opens, then among the
blocks of the agreement, then among the parts of blocks; `desk.resolved` is the part `resolved` of the block `desk`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from ..diagnostics import Diagnostic, Edit, Fix, Label
from ..spelling import nearest
from . import applications, nodes
from .build import CLASSES, kind_of
from .expressions import Application
from .node import Field, Node, walk
from .quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..source import Source


class Names:
    """Every name of an agreement, and the parts that have names of their own."""

    def __init__(self, blocks: Iterable[Node]) -> None:
        self.blocks: dict[str, list[Node]] = {}
        self.parts: dict[str, list[Node]] = {}
        self.members: dict[int, dict[str, list[Node]]] = {}
        self.owners: dict[int, Node] = {}
        for block in blocks:
            name = getattr(block, "name", None)
            if name:
                self.blocks.setdefault(name, []).append(block)
            for part in walk(block):
                if part is not block and isinstance(part, NAMED_PARTS) and part.name:
                    if not isinstance(part, nodes.Input):  # an input means something within its own measure only
                        self.parts.setdefault(part.name, []).append(part)
                    same = self.members.setdefault(id(block), {}).setdefault(part.name, [])
                    same.insert(0 if isinstance(part, nodes.Question) else len(same), part)  # before its own column
                    self.owners[id(part)] = block

    def owner(self, part: Node) -> Node:
        """The block a part belongs to; a block is its own."""
        return self.owners.get(id(part), part)

    def meanings(self, name: str, scope: Scope) -> Iterator[Node]:
        """Everything a name could stand for here, the nearest first; in a large agreement that may be many things."""
        first, _, rest = name.partition(".")
        if rest:
            for block in self.blocks.get(first, []):
                yield from self.path(block, rest)
            return
        for block in scope:
            yield from self.members.get(id(block), {}).get(name, [])
        yield from self.blocks.get(name, [])
        yield from self.parts.get(name, [])

    def path(self, block: Node, rest: str) -> list[Node]:
        return self.members.get(id(block), {}).get(rest.rpartition(".")[2], [])

    def near(self, name: str, scope: Scope, wanted: tuple[type[Node], ...]) -> str | None:
        """The name that was probably meant: the closest in spelling of those that would fit."""
        first, dot, rest = name.partition(".")
        if dot and first in self.blocks:
            found = nearest(rest, [part for block in self.blocks[first] for part in self.members.get(id(block), {})])
            return f"{first}.{found}" if found else None
        fitting = [
            *(member for block in scope for member in self.members.get(id(block), {})),
            *(known for table in (self.blocks, self.parts) for known, meant in table.items() if fits(meant, wanted)),
        ]
        found = nearest(first, fitting)
        return f"{found}{dot}{rest}" if found else None


Scope = tuple[Node, ...]
NAMED_PARTS: Any = (nodes.Named, nodes.Column, nodes.Question, nodes.Input)


def link(blocks: list[Node], names: Names, broken: list[Source], incomplete: bool = False) -> list[Diagnostic]:
    """Give every reference what it means, and say which mean nothing, or the wrong kind of thing.

    Nothing is said of a name like no other that may be defined in a broken file, or in one that is missing.
    """
    linking = Linking(names, declared_in(broken), incomplete)
    for block in blocks:
        linking.visit(block, ())
    return [
        *repeated_names(names),
        *linking.diagnostics,
        *applications.misapplied(linking.applications, names),
    ]


class Linking:
    def __init__(self, names: Names, declared_in_broken: set[str], incomplete: bool) -> None:
        self.names = names
        self.declared_in_broken = declared_in_broken
        self.incomplete = incomplete
        self.diagnostics: list[Diagnostic] = []
        self.applications: list[Application] = []

    def visit(self, node: Node, scope: Scope) -> None:
        """Resolve the references of a node and of all it holds, first the one that opens a scope for the others."""
        opens, fields = order_of(type(node))
        if opens == "self":
            scope = (*scope, node)
        for field in fields:
            value = getattr(node, field.name)
            if not value:
                continue
            for part in value if type(value) is list else (value,):
                if type(part) is Reference:
                    self.resolve(part, field, scope)
                    if field.name == opens and part.target is not None:
                        scope = (self.names.owner(part.target), *scope)
                elif isinstance(part, Node):
                    self.visit(part, scope)
                    if field.name == opens:
                        scope = (*self.opened_by(part), *scope)
        if isinstance(node, Application):
            applications.fill_in(node, self.names)
            applications.write_in_full(node, self.names)
            self.applications.append(node)

    def opened_by(self, formula: Node) -> Scope:
        """The source that a formula has columns of, as `(desk.resolved - desk.opened)` has, or whose rows are taken."""
        if isinstance(formula, nodes.Selection):
            return (formula.source_rows.target,) if isinstance(formula.source_rows.target, nodes.Source) else ()
        named = (part.target for part in walk(formula) if isinstance(part, Reference))
        owners = [self.names.owner(each) for each in named if isinstance(each, nodes.Column | nodes.Question)]
        return tuple({id(owner): owner for owner in owners}.values())[:1]

    def resolve(self, reference: Reference[Any], field: Field, scope: Scope) -> None:
        wanted = wanted_by(field)
        fitting = (meant for meant in self.names.meanings(reference.name, scope) if isinstance(meant, wanted))
        found = next(fitting, None)
        if found is not None:
            reference.target = found
            if not isinstance(found, nodes.Block) and not is_near(found, scope, self.names):
                owner = self.names.owner(found)
                elsewhere = next((meant for meant in fitting if self.names.owner(meant) is not owner), None)
                if elsewhere is not None:
                    self.report_several(reference, [found, elsewhere])
            return
        meanings = list(self.names.meanings(reference.name, scope))
        if nodes.Measure in wanted and (refusal := self.refused_by_catalogue(reference, meanings)) is not None:
            self.diagnostics.append(refusal)
        elif meanings:
            self.report_wrong_kind(reference, meanings[0], wanted)
        elif reference.name.partition(".")[0] not in self.declared_in_broken:
            self.report_unknown(reference, wanted, scope)

    def refused_by_catalogue(self, reference: Reference[Any], meanings: list[Node]) -> Diagnostic | None:
        from .catalogue import refusal  # only now: it reads the catalogue

        return refusal(reference, meanings, self.names)

    def report_unknown(self, reference: Reference[Any], wanted: tuple[type[Node], ...], scope: Scope) -> None:
        near = self.names.near(reference.name, scope, wanted)
        if near is None and self.incomplete and reference.name.partition(".")[0] not in self.names.blocks:
            return
        asked = kinds(wanted)
        self.diagnostics.append(
            Diagnostic(
                "unknown-name",
                reference.span,
                f"there is no {asked} called `{reference.name}`",
                here=f"did you mean `{near}`?" if near else f"no {asked} has this name",
                why="A clause that points at nothing promises nothing.",
                remedy=f"Write `{near}`, or define `{reference.name}`."
                if near
                else f"Define `{reference.name}`, or import the file that does.",
                fix=Fix(f"write `{near}`", (Edit(reference.span, near),)) if near else None,
            )
        )

    def report_wrong_kind(self, reference: Reference[Any], meant: Node, wanted: tuple[type[Node], ...]) -> None:
        self.diagnostics.append(
            Diagnostic(
                "wrong-kind",
                reference.span,
                f"`{reference.name}` is {a(kind_of(meant))}, and {a(kinds(wanted))} belongs here",
                here=f"{a(kinds(wanted))} is expected",
                labels=(Label(meant.span, f"`{reference.name}` is defined here"),),
                why="The sentence would join two things that do not fit, and could be read in more than one way.",
                remedy=f"Name {a(kinds(wanted))} here.",
            )
        )

    def report_several(self, reference: Reference[Any], meant: list[Node]) -> None:
        owners = [getattr(self.names.owner(part), "name", "?") for part in meant[:2]]
        self.diagnostics.append(
            Diagnostic(
                "unclear-name",
                reference.span,
                f"`{reference.name}` stands for more than one thing",
                here=f"`{owners[0]}.{reference.name}` or `{owners[1]}.{reference.name}`?",
                labels=(Label(meant[0].span, "one is here"), Label(meant[1].span, "another is here")),
                why="Each party would read it as the one that suits it.",
                remedy=f"Write which is meant: `{owners[0]}.{reference.name}`.",
            )
        )


@cache
def order_of(made: type[Node]) -> tuple[str | None, list[Field]]:
    """Which field of a class opens a scope, and the fields that may hold nodes, that one first."""
    opens: str | None = getattr(made, "opens", None)
    return opens, sorted((made.fields[name] for name in made.holding), key=lambda field: field.name != opens)


@cache
def wanted_by(field: Field) -> tuple[type[Node], ...]:
    wanted: list[type[Node]] = []
    for name in field.types:
        if name in nodes.GROUPS:
            wanted += nodes.GROUPS[name]
        elif name in CLASSES and issubclass(CLASSES[name], (nodes.Named, nodes.Column)):
            wanted.append(CLASSES[name])
    return tuple(wanted) or (Node,)


def is_near(meant: Node, scope: Scope, names: Names) -> bool:
    return any(names.owner(meant) is block for block in scope)


def fits(meanings: list[Node], wanted: tuple[type[Node], ...]) -> bool:
    return any(isinstance(meant, wanted) for meant in meanings)


HEADS = (
    r"\b([a-z][a-z0-9_]*)[ \t]+(?:\"[^\"\n]*\"[ \t]*)?(?:of[ \t]+[a-z0-9_.]+[ \t]*)?\{"
    r"|^[ \t]*[a-z]+[ \t]+([a-z][a-z0-9_]*)"
)


def declared_in(broken: list[Source]) -> set[str]:
    """The names a file with errors seems to define: to say they are missing would repeat the first message."""
    heads = (found for source in broken for found in re.finditer(HEADS, source.text, re.MULTILINE))
    return {name for found in heads for name in found.groups() if name}


def repeated_names(names: Names) -> Iterator[Diagnostic]:
    for name, blocks in names.blocks.items():
        for of_catalogue in (True, False):  # a KPI may have the name of the measure it is made by
            same = [block for block in blocks if isinstance(block, nodes.Measure | nodes.Ambiguous) == of_catalogue]
            for again in same[1:]:
                yield repeated(name, same[0], again)
    for members in names.members.values():
        for name, parts in members.items():
            for again in (part for part in parts[1:] if type(part) is type(parts[0])):
                yield repeated(name, parts[0], again)


def repeated(name: str, first: Node, again: Node) -> Diagnostic:
    return Diagnostic(
        "repeated-name",
        again.place("name"),
        f"`{name}` is defined twice",
        here=f"this {kind_of(again)} has the name of another",
        labels=(Label(first.place("name"), f"the {kind_of(first)} `{name}` is here"),),
        why="A clause that cites the name could be held against either definition.",
        remedy="Give one of them another name.",
    )


def kinds(wanted: tuple[type[Node], ...]) -> str:
    """What may stand here, in words; a long list is cut to what is usual."""
    if wanted == (Node,):
        return "name"
    spoken = list(dict.fromkeys(kind_of(object.__new__(made)) for made in wanted))
    return spoken[0] if len(spoken) == 1 else f"{', '.join(spoken[:-1][:3])} or {spoken[-1]}"


def a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
