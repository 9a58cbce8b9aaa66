"""The pipeline, from a file to a checked agreement: read, parse, build, link, check."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from .diagnostics import Diagnostic, Severity, in_order, kinds_needed, rule_modules, rule_named
from .loading import Loaded, load
from .model import nodes
from .model.contract import Contract
from .model.names import Names, link
from .profiles import FINAL, REVIEW, Profile
from .source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Compiled(NamedTuple):
    """What came of a compilation: the agreement unless it has errors, and all findings, in the order of the text.

    `readable` is the agreement whatever the rules find in it, if only its text, its shape and its names are in order.
    """

    contract: Contract | None
    diagnostics: list[Diagnostic]
    loaded: Loaded
    readable: Contract | None = None


def compile_agreement(
    path: str, overlay: Callable[[str], str | None] | None = None, profile: Profile | None = REVIEW
) -> Compiled:
    """Compile the agreement whose main file is at `path`, under the profile that its status asks for if that is None.

    Raises OSError if that file cannot be read.
    """
    loaded = load(path, overlay)
    names, unclear = linked(loaded)
    if unclear:  # what was meant may be in the part of the catalogue that nobody named
        loaded = load(path, overlay, whole_catalogue=True)
        names, unclear = linked(loaded)
    findings = [*loaded.diagnostics, *unclear, *one_agreement(loaded)]
    contract = Contract(loaded.blocks, loaded.catalogue, names, loaded.sources)
    readable = None if any_error(findings) else contract
    if readable is not None:
        profile = profile or profile_of(contract)
        findings += check(contract, profile)
    findings = (profile or REVIEW).weighed(findings)
    return Compiled(None if any_error(findings) else contract, in_order(findings), loaded, readable)


def linked(loaded: Loaded) -> tuple[Names, list[Diagnostic]]:
    """The names of what was loaded, each reference with what it means, and what is wrong with them."""
    blocks = [*loaded.blocks, *loaded.catalogue]
    names = Names(blocks)
    return names, link(blocks, names, loaded.broken, loaded.incomplete)


def profile_of(contract: Contract) -> Profile:
    """What is about to be signed, or was, is read most strictly."""
    return FINAL if contract.agreement.status in ("final", "executed") else REVIEW


def check(contract: Contract, profile: Profile = REVIEW) -> Iterator[Diagnostic]:
    """What the rules find in an agreement whose text, shape and names are in order, and no waiver accepts."""
    from .checks.useless_waiver import without_waived

    asked = {
        name: module
        for name, module in rule_modules().items()
        if module.startswith("xladsl.checks.") and profile.asks(rule_named(name))
    }
    present = {kind.__name__ for made in {type(block) for block in contract.blocks} for kind in made.__mro__}
    findings = [
        found
        for name, module in asked.items()
        if (kinds := kinds_needed(name)) is None or not present.isdisjoint(kinds)
        for found in import_module(module).check(contract)
    ]
    return without_waived(contract, without_echoes(contract, findings), asked)


def without_echoes(contract: Contract, findings: list[Diagnostic]) -> list[Diagnostic]:
    """One message for each mistake: the findings less those that tell one of the same block in other words."""
    echoing = {found for found in findings if rule_named(found.rule).echoes}
    told: dict[int, set[str]] = {}
    for found in findings if echoing else ():
        told.setdefault(contract.block_at(found.span), set()).add(found.rule)
    return [
        found
        for found in findings
        if found not in echoing or told[contract.block_at(found.span)].isdisjoint(rule_named(found.rule).echoes)
    ]


def any_error(findings: list[Diagnostic]) -> bool:
    return any(found.severity == Severity.ERROR for found in findings)


def one_agreement(loaded: Loaded) -> Iterator[Diagnostic]:
    """An agreement has one block `agreement`, which says who agrees and for how long."""
    found = [block for block in loaded.blocks if isinstance(block, nodes.Agreement)]
    main = loaded.sources[0]
    if not found and main not in loaded.broken:
        yield Diagnostic(
            "no-agreement",
            Span(main, 0, 0),
            "this file has no `agreement`",
            here="no block says who agrees, and for how long",
            why="Promises bind only the parties of an agreement.",
            remedy="Add  agreement NAME { between provider … and customer …  term 2026-01-01 to 2026-12-31 … } ,"
            " or import this file from one that has it.",
        )
    for again in found[1:]:
        yield Diagnostic(
            "no-agreement",
            again.place("name"),
            "this is a second `agreement`",
            here=f"`{found[0].name}` is one already",
            why="A promise would not know to which of the two it belongs.",
            remedy="Keep one block `agreement`; put the other into a file of its own.",
        )
