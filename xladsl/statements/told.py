"""What no data say and somebody tells: what was invoiced, when a claim arrived, what an earlier window came to.

It is told in the language's own words, as the facts of an example are:

    fee portal_monthly is EUR 9,870.00 in 2026-04
    portal_credit is claimed on 2026-05-10
    portal_up is breached in 2026-03
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..evaluation.examples.facts import Facts
from ..model.build import Builder, part
from ..model.names import link
from ..model.nodes import Example, Fact
from ..source import Source
from ..syntax.parser import parse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ..diagnostics import Diagnostic
    from ..evaluation.given import Given
    from ..evaluation.instants.windows import Window
    from ..evaluation.results import Verdict
    from ..evaluation.stretches.algebra import Stretch
    from ..model.contract import Contract
    from ..model.nodes import RowsFact


class Told(Facts):
    """Facts on top of what earlier results say. One without a window is about the period that is worked out, which
    begins at `moment`; what an amount is holds at any time."""

    def __init__(self, example: Example, contract: Contract, moment: int, earlier: Given) -> None:
        self.moment = moment
        self.earlier = earlier
        super().__init__(example, contract)

    def anchored(self, rows: list[RowsFact]) -> int:  # noqa: ARG002  # rows are not told
        return self.moment

    def unspoken(self, name: str, window: Window) -> bool:  # noqa: ARG002  # what nobody tells is in the data
        return False

    def stretches(self, name: str, window: Window) -> list[Stretch] | None:  # noqa: ARG002  # as above
        return None

    def value(self, name: str, window: Window) -> Fraction | None:
        found = super().value(name, window)
        return self.earlier.value(name, window) if found is None else found

    def verdict(self, name: str, window: Window) -> Verdict | None:
        found = super().verdict(name, window)
        return self.earlier.verdict(name, window) if found is None else found

    def payment(self, name: str, window: Window) -> Fraction | None:
        found = super().value(name, window)
        return self.earlier.payment(name, window) if found is None else found

    def value_of_group(self, name: str, window: Window, group: str) -> Fraction | None:
        found = super().value(name, window)
        return self.earlier.value_of_group(name, window, group) if found is None else found

    def verdict_of_group(self, name: str, window: Window, group: str) -> Verdict | None:
        found = super().verdict(name, window)
        return self.earlier.verdict_of_group(name, window, group) if found is None else found

    def payment_of_group(self, name: str, window: Window, group: str) -> Fraction | None:
        found = super().value(name, window)
        return self.earlier.payment_of_group(name, window, group) if found is None else None

    def groups_told(self, name: str, window: Window) -> list[str]:
        return self.earlier.groups_told(name, window)

    def told_due(self, names: frozenset[str], start: int, end: int) -> Fraction | None:
        return self.earlier.told_due(names, start, end)


class Heard(NamedTuple):
    """What was told, or None and what is wrong with it, in sentences; `facts` are the words of each."""

    given: Told | None
    problems: list[str]
    facts: tuple[str, ...] = ()


def heard(words: Sequence[str], contract: Contract, moment: int, earlier: Given) -> Heard:
    """Facts in words, each a text of its own or several parted by commas, about an agreement whose names are linked."""
    listed = ",\n".join(fact.strip().rstrip(",") for fact in words)
    source = Source("told", f'example "told" {{ given\n{listed}\n}}\n')
    tree, findings = parse(source)
    builder = Builder(source, [found.span for found in findings])
    blocks = [part(builder, child) for child in tree.children] if not findings else []
    findings = findings + [found for found in builder.diagnostics if found.rule != "missing-clause"]
    if not findings:
        findings = link(blocks, contract.names, [])
    if findings:
        return Heard(None, [in_a_sentence(found) for found in findings])
    example, *others = blocks
    told = example.given if isinstance(example, Example) and not others else []
    if not told or not all(isinstance(fact, Fact) for fact in told):
        return Heard(
            None, [f"`{listed}` is no list of facts, such as  fee portal_monthly is EUR 9,870.00 in 2026-04 ."]
        )
    facts = tuple(" ".join(fact.span.text.split()) for fact in told)
    return Heard(Told(example, contract, moment, earlier), [], facts)


def in_a_sentence(found: Diagnostic) -> str:
    said = f"{found.title}: {found.here}" if found.here else found.title
    return said if said.endswith("?") else f"{said}."
