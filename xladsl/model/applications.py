"""Applied measures: whether each input is given, once, and by something of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..diagnostics import Diagnostic, Edit, Fix, Label
from ..spelling import nearest
from . import nodes, quantities
from .build import kind_of
from .expressions import Application, Argument
from .node import Node
from .quantities import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .names import Names


class Accepted(NamedTuple):
    """What an input accepts: what to call it, an example, the nodes, the columns by what they hold, other inputs.

    Where the example is left open, a column is meant.
    """

    called: str
    example: str
    made: tuple[type[Node], ...]
    columns: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


COLUMN = (nodes.Column, nodes.Question)
COLUMNS_OF = {"time": "moments", "date": "days", "number": "numbers", "duration in hours": "hours"}
SEVERAL = 3
"""With more missing inputs than these, what they are is left out of the sentence."""
AMOUNTS = (quantities.Quantity, quantities.Money, quantities.Duration)
ACCEPTED: dict[str, Accepted] = {
    "rows": Accepted("a source of rows", "desk", (nodes.Source, nodes.Intervals), inputs=("probes",)),
    "answers": Accepted("the answers to a question", "", COLUMN, ("number",)),
    "column": Accepted("a column", "", COLUMN, inputs=("answers", "time", "yes or no")),
    "time": Accepted("a column of moments", "", (nodes.Column,), ("time", "date")),
    "yes or no": Accepted("a column of yes or no", "", (nodes.Column,), ("yes or no",)),
    "duration": Accepted("a duration", "4 h", (quantities.Duration, nodes.Parameter)),
    "number": Accepted("a number", "10", (quantities.Number, nodes.Parameter, nodes.Kpi)),
    "money": Accepted("an amount of money", "EUR 40.00", (quantities.Money, nodes.Parameter)),
    "percent": Accepted("a percentage", "5%", (quantities.Percent, nodes.Parameter)),
    "amount": Accepted(
        "an amount", "5.5", (*AMOUNTS, nodes.Parameter, nodes.Kpi), inputs=("duration", "number", "money", "percent")
    ),
    "measure": Accepted("a KPI or a composite", "ease", (nodes.Kpi, nodes.Composite)),
    "intervals": Accepted("stretches of time", "portal_down", nodes.GROUPS["Stretches"]),
    "probes": Accepted("probes", "portal_probe", (nodes.Probes,)),
    "text": Accepted("words in quotation marks", '"P1"', (quantities.Text,)),
}


def fill_in(application: Application, names: Names) -> None:
    """Give each input that is left out the column of the same name, where the source has one of the right kind."""
    measure = application.measure.target
    source = names.owner(application.of.target) if application.of.target is not None else None
    if not isinstance(measure, nodes.Measure) or not isinstance(source, nodes.Source):
        return
    given = {argument.name for argument in application.arguments}
    columns = {column.name: column for column in source.columns}
    for taken in measure.takes[1:]:
        column = columns.get(taken.name)
        if taken.name not in given and column is not None and accepts(taken.kind, ACCEPTED[taken.kind], column):
            reference: Any = object.__new__(Reference)
            reference.name, reference.target, reference.places = f"{source.name}.{column.name}", column, {}
            argument = Argument(name=taken.name, value=reference)
            for made in (reference, argument):
                made.source, made.offsets = application.of.source, application.of.offsets
            application.arguments.append(argument)


def write_in_full(application: Application, names: Names) -> None:
    """Give the columns between the brackets the names of their sources too: where they go, no source is open."""
    for reference in (application.of, *(argument.value for argument in application.arguments)):
        if isinstance(reference, Reference) and isinstance(reference.target, COLUMN):
            reference.name = f"{getattr(names.owner(reference.target), 'name', '')}.{reference.target.name}"


def misapplied(applications: Iterable[Application], names: Names) -> Iterator[Diagnostic]:
    """What is wrong with what applied measures are given."""
    for application in applications:
        measure = application.measure.target
        if isinstance(measure, nodes.Measure) and measure.takes:
            yield from wrong_inputs(application, measure, names)


def wrong_inputs(application: Application, measure: nodes.Measure, names: Names) -> Iterator[Diagnostic]:
    first, *others = measure.takes
    yield from misfits(measure, first, application.of, names)
    given: dict[str, Node] = {first.name: application.of}
    inputs = {taken.name: taken for taken in measure.takes}
    strange = False
    for argument in application.arguments:
        if argument.name not in inputs:
            named = {other.name for other in application.arguments}
            yield unknown_input(argument, measure, [taken.name for taken in others if taken.name not in named])
            strange = True
        elif argument.name in given:
            yield repeated_input(argument, measure, given[argument.name])
        else:
            given[argument.name] = argument
            yield from misfits(measure, inputs[argument.name], argument.value, names)
    missing = [taken for taken in others if taken.name not in given]
    if missing and not strange:
        yield missing_input(application, measure, missing)


def missing_input(application: Application, measure: nodes.Measure, missing: list[nodes.Input]) -> Diagnostic:
    first = missing[0]
    listed = [f"`{taken.name}` ({ACCEPTED[taken.kind].called})" for taken in missing]
    if len(missing) > SEVERAL:
        listed = [f"`{taken.name}`" for taken in missing]
    return Diagnostic(
        "missing-input",
        application.span,
        f"`{measure.name}` also needs {' and '.join(filter(None, (', '.join(listed[:-1]), listed[-1])))}",
        here=f"`{first.name}` is not given",
        why="A formula with a gap has no result, and nothing could be decided by it.",
        remedy=f"Write, for example,  {example(application, measure)} .",
        labels=(Label(first.span, f"`{measure.name}` takes it here"),),
    )


def example(application: Application, measure: nodes.Measure) -> str:
    """The application as it could be, with what is given already and an example of each other input."""
    given = {argument.name: argument.span.text for argument in application.arguments}
    source = application.of.name.partition(".")[0]
    listed = [given.get(taken.name, f"{taken.name} {example_of(taken, source)}") for taken in measure.takes[1:]]
    return f"{measure.name} of {application.of.span.text} ({', '.join(listed)})"


def example_of(taken: nodes.Input, source: str) -> str:
    return ACCEPTED[taken.kind].example or f"{source}.{taken.name}"


def unknown_input(argument: Any, measure: nodes.Measure, open_inputs: list[str]) -> Diagnostic:
    taken = ", ".join(f"`{each.name}`" for each in measure.takes[1:])
    near = nearest(argument.name, open_inputs)
    name = argument.span._replace(end=argument.span.start + len(argument.name))
    return Diagnostic(
        "unknown-input",
        name,
        f"`{measure.name}` takes no `{argument.name}`",
        here=f"did you mean `{near}`?" if near else "no input has this name",
        why="An amount that the formula does not use looks agreed on, and changes nothing.",
        remedy=f"Between the brackets `{measure.name}` takes {taken}." if taken else "Leave out the brackets.",
        fix=Fix(f"write `{near}`", (Edit(name, near),)) if near else None,
    )


def repeated_input(argument: Any, measure: nodes.Measure, before: Node) -> Diagnostic:
    after_of = isinstance(before, Reference)
    return Diagnostic(
        "repeated-input",
        argument.span,
        f"`{argument.name}` of `{measure.name}` is given twice",
        here="given again here",
        why="The formula has one place for it, and each party would put its own amount there.",
        remedy="Keep the one after `of`; the first input always stands there." if after_of else "Keep one of the two.",
        labels=(Label(before.span, "given first here"),),
    )


def misfits(measure: nodes.Measure, taken: nodes.Input, given: Any, names: Names) -> Iterator[Diagnostic]:
    """An input given by something it does not accept, or by answers on another scale."""
    accepted = ACCEPTED.get(taken.kind)
    meant = given.target if isinstance(given, Reference) else given
    if accepted is None or meant is None:
        return
    if not accepts(taken.kind, accepted, meant):
        yield wrong_input(measure, taken, given, meant_instead(taken, given, names))
    elif taken.scale is not None and isinstance(meant, nodes.Question) and ends(meant.scale) != ends(taken.scale):
        yield wrong_scale(measure, taken.scale, given, meant.scale)


def wrong_input(measure: nodes.Measure, taken: nodes.Input, given: Any, instead: list[str]) -> Diagnostic:
    accepted = ACCEPTED[taken.kind]
    meant = given.target if isinstance(given, Reference) else given
    listed = " or ".join(f"`{name}`" for name in instead)
    such_as = f", such as  {accepted.example} " if accepted.example and not listed else ""
    return Diagnostic(
        "wrong-input",
        given.span,
        f"`{measure.name}` takes {accepted.called} as `{taken.name}`, and `{given.span.text}` is {described(meant)}",
        here=f"needs {accepted.called}",
        why="The formula would be worked out of something it does not speak of.",
        remedy=f"Write {listed or accepted.called}{such_as}.",
        labels=(Label(taken.span, f"`{measure.name}` takes it here"),),
        fix=Fix(f"write {listed}", (Edit(given.span, instead[0]),)) if len(instead) == 1 else None,
    )


def meant_instead(taken: nodes.Input, given: Any, names: Names) -> list[str]:
    """What was probably meant: a part of the source that was named as a whole, or a part that has the same name."""
    if not isinstance(given, Reference):
        return []
    inside = getattr(given.target, "questions", None) or getattr(given.target, "columns", [])
    parts = [*inside, *names.parts.get(given.name, [])]
    fitting = [part for part in parts if accepts(taken.kind, ACCEPTED[taken.kind], part)]
    return list(dict.fromkeys(f"{getattr(names.owner(part), 'name', '')}.{part.name}" for part in fitting))


def wrong_scale(measure: nodes.Measure, made_for: nodes.Scale, given: Any, asked: nodes.Scale) -> Diagnostic:
    return Diagnostic(
        "wrong-scale",
        given.span,
        f"`{measure.name}` is made for answers from {between(made_for)},"
        f" and `{given.span.text}` has answers from {between(asked)}",
        here="another scale",
        why="The cuts of the formula fall elsewhere on another scale, so the figure means something else.",
        remedy=f"Ask on a scale from {between(made_for)}, or take a measure that fits the question.",
        labels=(Label(asked.span, "the scale of the question is here"),),
    )


def accepts(kind: str, accepted: Accepted, meant: Any) -> bool:
    if isinstance(meant, nodes.Input):
        return meant.kind == kind or meant.kind in accepted.inputs
    if not isinstance(meant, accepted.made):
        return False
    if isinstance(meant, nodes.Parameter):
        return all(isinstance(step.amount, accepted.made) for step in meant.value)
    held = getattr(meant, "column_type", None)
    return held is None or not accepted.columns or held in accepted.columns


def described(meant: Any) -> str:
    if getattr(meant, "column_type", None) is not None:
        return f"a column of {COLUMNS_OF.get(meant.column_type, meant.column_type)}"
    if isinstance(meant, nodes.Input):
        return ACCEPTED[meant.kind].called
    if isinstance(meant, nodes.Source) and not isinstance(meant, nodes.Survey):
        return f"a source of {kind_of(meant)}"
    if isinstance(meant, nodes.Intervals):
        return ACCEPTED["intervals"].called
    kind = "KPI" if isinstance(meant, nodes.Kpi) else kind_of(meant)
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def ends(scale: nodes.Scale) -> tuple[Any, Any]:
    return scale.lowest_answer.number, scale.highest_answer.number


def between(scale: nodes.Scale) -> str:
    low, high = ends(scale)
    return f"{low} to {high}"
