"""The journey of those for whom a service is there, and the objectives set along it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ...model import nodes
from .lines import Line

if TYPE_CHECKING:
    from ..sentences import Writer


class Journeys:
    """What the templates of journeys and objectives ask for."""

    def __init__(self, paper: Writer) -> None:
        self.paper = paper

    def touchpoints(self, journey: nodes.Journey) -> list[Line]:
        lines: list[Line] = []
        for phase in journey.phases:
            for position, touchpoint in enumerate(phase.touchpoints):
                named = Markup('<span id="{}">{}</span>').format(
                    self.paper.outline.anchor(phase), self.paper.title(phase)
                )
                lines.append(self.touchpoint(Markup() if position else named, touchpoint))
        return lines + [self.touchpoint(Markup(), touchpoint) for touchpoint in journey.touchpoints]

    def touchpoint(self, phase: Markup, touchpoint: nodes.Touchpoint) -> Line:
        paper = self.paper
        goals = [
            goal
            for goal in self.paper.contract.every(nodes.Goal)
            if any(reference.target is touchpoint for reference in goal.touchpoint)
        ]
        measured: list[Any] = [*self.paper.contract.every(nodes.Kpi), *self.paper.contract.every(nodes.Composite)]
        kpis = [kpi for kpi in measured if any(reference.target is goal for reference in kpi.serves for goal in goals)]
        moment = self.paper.words["journey"]["yes"] if touchpoint.moment_of_truth else ""
        measured_by = paper.joined([paper.link(kpi) for kpi in kpis])
        return Line(
            (phase, paper.title(touchpoint), moment, self.paper.optional(touchpoint, "reached"), measured_by),
            self.paper.outline.anchor(touchpoint),
        )

    def key_results(self, objective: nodes.Objective) -> list[Line]:
        return [
            Line(
                (
                    self.paper.title(result),
                    self.paper.optional(result, "kpi_of"),
                    self.paper.optional(result, "moves"),
                    self.paper.optional(result, "force"),
                ),
                self.paper.outline.anchor(result),
            )
            for result in objective.key_results
        ]
