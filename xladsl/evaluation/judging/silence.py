"""What a window without data means where that depends on whose fault it is: `when northwind caused it, otherwise …`.

Whose fault it is may be told. Else records can say whose it is not: where everything that counts of a window lies in
time that the promise leaves out, what caused that also caused that there are no data. Whoever is relieved by it, which
is the provider unless a `relief` says another, did not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...model import nodes

if TYPE_CHECKING:
    from ..assessment import Assessment
    from ..scope import Scope


class Silence(NamedTuple):
    """The effect of a window without data, None where nobody can tell; and why, as the end of a sentence."""

    effect: nodes.DoubtEffect | None
    reason: str = ""


def effects_of_silence(promise: nodes.Promise) -> list[nodes.DoubtEffect]:
    """All that a window without data may do."""
    rule = promise.no_data
    if rule is None:
        return []
    return [rule.effect] if rule.fault is None else [rule.effect, rule.fault.otherwise]


def of_silence(assessment: Assessment, promise: nodes.Promise, scope: Scope) -> Silence:
    """What a window without data does."""
    rule = promise.no_data
    if rule is None or rule.fault is None:
        return Silence(None if rule is None else rule.effect)
    party = rule.fault.party.name
    cause = assessment.given.cause(promise.name, scope.window)
    if cause is not None:
        return Silence(rule.effect if cause == party else rule.fault.otherwise, f", which `{cause}` caused")
    excuses = excusing(assessment, scope._replace(promise=promise))
    if any(relieved == party for _, relieved in excuses):
        names = ", ".join(f"`{block}`" for block, _ in excuses)
        return Silence(rule.fault.otherwise, f", for which {names} is the reason and not `{party}`")
    return Silence(None, f", and what that means depends on whether `{party}` caused it")


def excusing(assessment: Assessment, scope: Scope) -> list[tuple[str, str]]:
    """What covers all that counts of a window, each with whom it relieves; nothing where a part of it is left."""
    from ..stretches.algebra import union, without
    from ..stretches.intervals import left_out, open_hours, running

    taken = [(part, stretches) for part, stretches in left_out(assessment, scope) if stretches]
    hours = open_hours(assessment, scope, *running(assessment, scope))
    if not taken or without(hours, union(each for _, stretches in taken for each in stretches)):
        return []
    assert scope.promise is not None
    blocks = {reference.found.name: reference.found for reference in scope.promise.leaving_out}
    return [(part.block, relieved_by(assessment, blocks[part.block])) for part, _ in taken]


def relieved_by(assessment: Assessment, block: nodes.LeavesOut) -> str:
    if isinstance(block, nodes.Relief) and block.for_party is not None:
        return block.for_party.name
    sides = assessment.contract.agreement.between
    return next((side.party.name for side in sides if side.capacity == "provider"), "")
