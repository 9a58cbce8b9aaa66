"""Formulas in words: exact enough to work a value out by hand, and readable by people who do not program.

The same formula is said in two ways: with the signs of arithmetic, as the parties sign it, and in plain words.
"""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from ..model import expressions, nodes, quantities
from ..model.measures import expanded
from .language import BASE, in_form
from .outline import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model.node import Node
    from .language import Slot
    from .sentences import Writer

TEXT = "text"
FORMULA = "formula"
PLAIN = "plain"
"""How a value is said: in a sentence with clause numbers, in a formula with its signs, or in one without signs."""

NEEDS_BRACKETS: dict[type[Node], tuple[type[Node], ...]] = {
    expressions.Both: (expressions.Either,),
    expressions.Either: (expressions.Both,),
    expressions.Negation: (expressions.Either, expressions.Both, expressions.Comparison),
    expressions.AllConditions: (expressions.AnyCondition,),
}
"""Which parts stand in brackets, so that nobody has to know whether `and` binds before `or`."""

SIGNS = ("sign", "operator", "relation")
"""Fields that hold the sign of an operation or of a comparison."""

ROWS_COUNTED = ("Share", "Count", "NetScore")
"""Formulas that count rows: what kind of rows is said with the source."""

ONE, SEVERAL = Decimal(1), Decimal(2)
"""How many rows are spoken of, as far as their noun has to know."""


def said(writer: Writer, node: Any, mode: str, form: str = BASE) -> Markup:
    """A formula in words. `mode` is how its parts are said: in a sentence, with signs, or plainly without."""
    if mode == PLAIN and isinstance(node, expressions.SumOf) and (times := between_times(node)):
        earlier, later = (partial(writer.say, time, "", mode) for time in times)
        return writer.phrase(in_form(writer.words["formulas"]["between_times"], form), earlier=earlier, later=later)
    name = type(node).__name__
    if isinstance(node, expressions.Outcome) and len(node.conditioned) > 1:
        name = "Outcome_several" if node.of_them is None else "Outcome_some"
    words = filled(writer, node, name, mode, form)
    if isinstance(node, expressions.Aggregate):
        words += filled(writer, node, "Narrowing", mode)
    return words


def filled(writer: Writer, node: Node, name: str, mode: str, form: str = BASE) -> Markup:
    brackets = NEEDS_BRACKETS.get(type(node), ())

    def say(slot: Any) -> Markup | None:
        if not writer.has(node, slot.field):
            return None
        value = getattr(node, slot.field)
        if name in ROWS_COUNTED and slot.field == "of":
            rows = rows_said(writer, value, mode, slot.form)
            if rows is not None:
                return rows
        if slot.noun:
            return writer.slot(node, slot, mode)
        many = value if type(value) is list else [value]
        parts = [part_said(writer, part, slot, mode, brackets) for part in many]
        return writer.joined(parts, slot.separator, slot.last)

    pattern = in_form(writer.words["formulas"][name], form)
    with speaking_of(writer, getattr(node, "of", None)):
        words = writer.compose(pattern, say)
    return words if words is not None else Markup()


@contextmanager
def speaking_of(writer: Writer, rows: Any) -> Iterator[None]:
    """While the rows of a source are spoken of, its columns need no further word on where they are from."""
    target = getattr(rows, "target", None)
    opened = [target] if isinstance(target, nodes.Source | nodes.Intervals) else []
    writer.speaking_of += opened
    yield
    del writer.speaking_of[len(writer.speaking_of) - len(opened) :]


def part_said(writer: Writer, part: Any, slot: Slot, mode: str, brackets: tuple[type[Node], ...]) -> Markup:
    if isinstance(part, quantities.Text):
        return escape(writer.language.quotation(part.value))
    if type(part).__name__ in writer.words["formulas"] and not isinstance(part, expressions.Expression):
        return filled(writer, part, type(part).__name__, mode, slot.form)
    words = writer.say(part, slot.field, mode, slot.form)
    return writer.phrase(writer.words["formulas"]["brackets"], inner=words) if isinstance(part, brackets) else words


def rows_said(writer: Writer, reference: Any, mode: str, form: str = BASE, amount: Decimal = SEVERAL) -> Markup | None:
    """`tickets in Help desk` for the rows of a source, `answers to happy` for those of a survey's question.

    None for what has no rows of its own, such as an input of a measure.
    """
    target = reference.target
    if isinstance(target, nodes.Source | nodes.Intervals):
        rows, pattern = row_noun(writer, target, amount), in_form(writer.words["formulas"]["rows_of"], form)
        return writer.phrase(pattern, rows=rows, source=partial(writer.reference, reference, mode))
    survey = writer.contract.names.owner(target)
    if not isinstance(survey, nodes.Survey):
        return None
    rows, pattern = row_noun(writer, survey, amount), in_form(writer.words["formulas"]["answers_to"], form)
    return writer.phrase(pattern, rows=rows, question=partial(writer.reference, reference, mode))


def row_noun(writer: Writer, source: Any, amount: Decimal) -> Callable[[str], str]:
    """What the rows of a source are called beside an amount of them, in each grammatical form."""
    return partial(writer.language.noun, f"rows_of_{word(source)}", amount)


def sign(writer: Writer, written: str, mode: str) -> Markup:
    """The sign of a comparison or an operation; in plain words, comparisons are read out."""
    relations, signs = writer.words["relations"], writer.words["signs"]
    read_out = relations.get(written) if mode == PLAIN else None
    return escape(read_out or signs.get(written, written))


def between_times(node: expressions.SumOf) -> tuple[Any, Any] | None:
    """The earlier and the later of two moments whose difference is meant, as in `resolved - opened`."""
    if len(node.addends) != 1 or node.addends[0].sign != "-":
        return None
    later, earlier = node.first, node.addends[0].operand
    return (earlier, later) if is_moment(earlier) and is_moment(later) else None


def is_moment(operand: Any) -> bool:
    target = getattr(operand, "target", None)
    kind = getattr(target, "column_type", None) or getattr(target, "kind", None)
    return kind in ("time", "date")


def written_out(value: Any) -> Any:
    """A formula that is a measure of the catalogue, written out; any other as it is."""
    return expanded(value) if isinstance(value, expressions.Application) else value
