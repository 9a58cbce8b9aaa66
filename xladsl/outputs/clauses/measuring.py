"""Where data come from, what is worked out of them, and by which formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from ...model import nodes, quantities
from ...model.measures import inherited
from ...model.node import Node, walk
from .. import formula
from ..language import direction_of
from ..sentences import Row
from .lines import Line

if TYPE_CHECKING:
    from ..sentences import Writer


INHERITED = ("better", "empty", "rounded", "partial_periods", "range")


class Measuring:
    """What the templates of sources, surveys, measures, KPIs and composites ask for."""

    def __init__(self, paper: Writer) -> None:
        self.paper = paper

    def columns(self, source: nodes.Source) -> list[Line]:
        return [
            Line(
                (
                    self.paper.title(column),
                    column.header,
                    self.paper.optional(column, "column_type"),
                    column.column_words or "",
                ),
                self.paper.outline.anchor(column),
            )
            for column in source.columns
        ]

    def questions(self, survey: nodes.Survey) -> list[Line]:
        """The questions in every language in which they are asked."""
        return [
            Line(
                (
                    self.paper.title(question),
                    self.in_all_languages(question.asking),
                    Markup("<br>").join(
                        (self.end_of(question.scale.lowest_answer), self.end_of(question.scale.highest_answer))
                    ),
                ),
                self.paper.outline.anchor(question),
            )
            for question in survey.questions
        ]

    def end_of(self, end: nodes.Anchor) -> Markup:
        number = escape(self.paper.language.number(end.number))
        return Markup("{} {}").format(number, self.in_all_languages(end.words)) if end.words else number

    def in_all_languages(self, text: quantities.Text) -> Markup:
        """The words in the language of this paper first, then in every other in which they are said."""
        written = {text.language or self.paper.drafting: text.value}
        written |= {other.language: other.value for other in text.translations}
        own = self.paper.language.code
        first = Markup('<span class="translation" lang="{}" dir="{}">{}</span>')
        said = [escape(written.pop(own))] if own in written else []
        said += [first.format(code, direction_of(code), words) for code, words in written.items()]
        return Markup("<br>").join(said)

    def inputs(self, measure: nodes.Measure) -> list[Line]:
        return [
            Line(
                (self.paper.title(each), self.paper.optional(each, "kind"), self.paper.optional(each, "scale")),
                self.paper.outline.anchor(each),
            )
            for each in measure.takes
        ]

    def weighted_parts(self, composite: nodes.Composite) -> list[Line]:
        return [
            Line(tuple(self.paper.optional(part, field) for field in ("kpi", "weight", "scaled", "at_least_part")))
            for part in composite.parts
        ]

    def formula_rows(self, node: Any) -> list[Row]:
        """The formula that decides, the catalogue's measure in it written out, and the sources it reads."""
        measured = node.kpi_of.found if getattr(node, "kpi_of", None) is not None else node
        value = getattr(measured, "value", None)
        rows = [] if measured is node else [Row(self.paper.label(node, "kpi_of"), self.paper.link(measured))]
        if value is None:
            return rows
        rows.append(Row(self.paper.labels("formula")[0], self.paper.say(value, mode=formula.FORMULA)))
        written_out = formula.written_out(value)
        if written_out is not value:
            rows.append(Row(self.paper.labels("worked_out")[0], self.paper.say(written_out, mode=formula.FORMULA)))
        sources = self.paper.joined([self.paper.link(source) for source in self.sources_of(value)])
        return [*rows, Row(self.paper.labels("sources")[0], sources)] if sources else rows

    def inherited_rows(self, node: Any) -> list[Row]:
        """What a KPI or a promise does not say itself because its KPI, or the measure it applies, says it."""
        said = {field: inherited(node, field) for field in INHERITED if not self.paper.says(node, field)}
        return [
            Row(self.paper.label(node, field), self.paper.say(value, field))
            for field, value in said.items()
            if value is not None
        ]

    def sources_of(self, value: Node) -> list[Node]:
        """The sources a formula reads, through stretches of time too, in the order it names them."""
        found: dict[int, Node] = {}
        waiting, seen = [value], set()
        while waiting:
            for part in walk(waiting.pop(0)):
                target = getattr(part, "target", None)
                owner = self.paper.contract.names.owner(target) if isinstance(target, Node) else None
                if isinstance(owner, nodes.Source) and not self.paper.withheld(owner):
                    found[id(owner)] = owner
                elif isinstance(owner, nodes.Intervals | nodes.Kpi) and id(owner) not in seen:
                    seen.add(id(owner))
                    waiting.append(owner)
        return list(found.values())
