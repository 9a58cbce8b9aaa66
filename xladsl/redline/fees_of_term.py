"""All fees of the whole term, those that are due once among them, window by window as they fall due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ..evaluation.assessment import Assessment
from ..evaluation.given import Given
from ..evaluation.instants.windows import Window
from ..evaluation.instants.zones import day_of
from ..model import expressions, nodes
from ..model.exposure import Basis, amount_each_window, is_fixed

if TYPE_CHECKING:
    from fractions import Fraction

    from ..model.contract import Contract


def fees_of_term(contract: Contract, basis: Basis) -> Fraction | None:
    """The sum on a basis, whose day plays no part; None where there are none, or one is not known on it."""
    from ..evaluation.examples.working_out import WRONG_ELSEWHERE
    from ..evaluation.money.fees import fee

    lines = [line for service in contract.every(nodes.Service) for line in service.fees]
    if not lines or any(amount_each_window(line, basis) is None for line in lines):
        return None
    nothing_measured = cast("Any", None)  # what a fee counts is supposed
    assessment = Assessment(contract, nothing_measured, Charged(contract, lines, basis))
    try:
        start, end, name = assessment.windows("calendar month", assessment.zone).term
        return fee(assessment, expressions.AllFees(fee_period=None), Window(start, end, name, (start, end)))
    except WRONG_ELSEWHERE:  # a version need not be in order
        return None


class Charged(Given):
    """What a basis supposes of the fees that are not fixed."""

    def __init__(self, contract: Contract, lines: list[nodes.Fee], basis: Basis) -> None:
        self.zone = contract.agreement.timezone or "UTC"
        self.basis = basis
        self.open = {line.name: line for line in lines if not is_fixed(line)}

    def fee(self, name: str, window: Window) -> Fraction | None:
        line = self.open.get(name)
        on_the_day = self.basis._replace(day=day_of(window.start, self.zone))
        return amount_each_window(line, on_the_day) if line is not None else None
