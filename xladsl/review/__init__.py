"""A contract that came back as a Word document: what was changed, openly or not, and what that means for the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model.quantities import Text, Translation
from .guesses import guesses
from .lines import after_changes, before_changes, changes_of, paired
from .proposing import Edit
from .proving import Prover, settled_as, without_conflicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..compiler import Compiled
    from ..diagnostics import Diagnostic
    from ..word.oddities import Oddity
    from ..word.reading import Comment, Paragraph, Returned
    from .base import Base, Clause, Place
    from .guesses import Guess
    from .lines import Line

FEW = 0.2
"""Which share of our lines a document has at least that was made of the agreement, or of another version of it."""

MOST_TRIES = 60
"""How often the agreement is put on paper to find the edits of lines that the first guess did not settle."""


class Change(NamedTuple):
    """A line that is to be another. An empty line stands for none: a paragraph that came, or one that went.

    `who` says who tracked it, and when; a `silent` one nobody tracked, so that who reads the marks does not see it.
    `at` is the line of what was sent that it is about, or stands behind; `becomes` what the edited text makes of it.
    Of a line that came, `level` is that of a heading, `opens_cell` says that it is the first of a cell, and `fresh` is
    the clause that the edited text makes for it, if that is a new one. `row` is the row that it came or went with.
    """

    place: Place
    before: str
    after: str
    who: tuple[str, ...]
    silent: bool
    at: int
    becomes: str = ""
    level: int = 0
    opens_cell: bool = False
    fresh: str = ""
    row: int = 0


class Review(NamedTuple):
    """What came back: the changes that `edits` of the text settle, those that people have to decide, and remarks.

    `frame` is what stands around the pages and was not sent, `asked` what is to stand there, `findings` what the rules
    would find in the edited text, `translated` where the edits change a text in one of its languages alone, and
    `oddities` words that look like something else than they are.
    """

    base: Base
    settled: tuple[Change, ...]
    open: tuple[Change, ...]
    edits: tuple[Edit, ...]
    remarks: tuple[tuple[Place, Comment], ...]
    frame: tuple[str, ...]
    asked: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    translated: tuple[str, ...] = ()
    oddities: tuple[tuple[Place, Oddity], ...] = ()

    @property
    def silent(self) -> tuple[Change, ...]:
        return tuple(change for change in (*self.settled, *self.open) if change.silent)


def review(compiled: Compiled, base: Base, returned: Returned, *, untracked: bool = False) -> Review:
    """Compare what came back with what was sent, and look for the edits of the text that make what is asked for.

    What nobody tracked is told, and taken into the text only if `untracked` says so.
    """
    changes = changes_in(base, returned.paragraphs)
    prover = Prover(compiled, base)
    found = guesses(base, [change for change in changes if untracked or not change.silent])
    edits = proposed(base, found, prover)
    clauses = prover.clauses(edits) if edits else None
    made_of = {id_of(change): change for guess in found for change in guess.changes}
    settled, left = [], []
    for change in changes:
        change = made_of.get(id_of(change), change)
        line = None if clauses is None else settled_line(base, clauses, change)
        if line is None:
            left.append(change._replace(fresh=""))
        else:
            settled.append(change._replace(becomes=line))
    frame = [words for words in returned.frame if words not in base.frame]
    asked = [words for words in returned.asked if words not in (*base.frame, *frame)]
    remarks = [(place_of(base, returned.paragraphs, comment.paragraph), comment) for comment in returned.comments]
    findings = prover.findings(edits) if edits else []
    return Review(
        base,
        tuple(settled),
        tuple(left),
        tuple(edits),
        tuple(remarks),
        tuple(frame),
        tuple(asked),
        tuple(findings),
        tuple(left_behind(base, edits)),
        tuple(
            (place_of(base, returned.paragraphs, oddity.paragraph), oddity)
            for oddity in returned.oddities
            if not any(oddity.is_like(ours) for ours in base.oddities)
        ),
    )


def is_another(base: Base, returned: Returned) -> bool:
    """Whether a document has no place of ours and hardly a line, so that its differences would say nothing."""
    marks = {mark for paragraph in returned.paragraphs for mark in paragraph.marks}
    ours = {line.words for line in base.lines}
    known = sum(line.words in ours for line in before_changes(returned.paragraphs))
    return not marks & base.places.keys() and known < FEW * len(base.lines)


# What was changed


def changes_in(base: Base, paragraphs: Sequence[Paragraph]) -> list[Change]:
    """Every line that is to be another, tracked or not, in the order of the document.

    Where a tracked change stands beside one that was not tracked, the line is told twice: what was silently made of
    what we sent, and what is asked for.
    """
    as_sent, as_asked = before_changes(paragraphs), after_changes(paragraphs)
    found = [change_at(base, *each, ()) for each in differing(base, as_sent)]
    silently = {(change.at, change.before, change.after) for change in found}
    for at, old, new, came in differing(base, as_asked):
        if (at, old, new) not in silently:
            positions = came.positions if came else positions_of(old, as_sent)
            found.append(change_at(base, at, old, new, came, said_by(paragraphs, positions))._replace(silent=False))
    return sorted(found, key=lambda change: change.at)


def change_at(base: Base, at: int, old: str, new: str, came: Line | None, who: tuple[str, ...]) -> Change:
    """A change that nobody tracked, if nothing else is said of it."""
    of = came or base.lines[at]
    level, opens_cell = (came.level, came.opens_cell) if came else (0, False)
    return Change(base.place(at), old, new, who, True, at, level=level, opens_cell=opens_cell, row=of.row)


def differing(base: Base, lines: Sequence[Line]) -> Iterator[tuple[int, str, str, Line | None]]:
    """The lines that are not as they were sent: where, what was sent, what it is now, and the line that it is now."""
    index_of = {id(line): index for index, line in enumerate(base.lines)}
    at = 0
    for line, came in paired(base.lines, lines, base.places.keys()):
        at = index_of[id(line)] if line is not None else at
        old, new = (line.words if line else ""), (came.words if came else "")
        if old != new:
            yield at, old, new, came


def positions_of(words: str, lines: Sequence[Line]) -> tuple[int, ...]:
    return next((line.positions for line in lines if line.words == words), ())


def said_by(paragraphs: Sequence[Paragraph], positions: Sequence[int]) -> tuple[str, ...]:
    """Who tracked the changes in these paragraphs, each with the day."""
    pieces = changes_of(paragraphs, positions)
    return tuple(dict.fromkeys(", ".join(filter(None, (piece.author or "somebody", piece.day))) for piece in pieces))


def place_of(base: Base, paragraphs: Sequence[Paragraph], position: int) -> Place:
    """Where in what was sent a paragraph stands: at the nearest bookmark of ours before it."""
    marks = {mark: index for index, line in enumerate(base.lines) for mark in line.marks if mark in base.places}
    for paragraph in reversed(paragraphs[: position + 1]):
        for mark in paragraph.marks:
            if mark in marks:
                return base.place(marks[mark])
    return base.place(0)


# What it means for the text


def proposed(base: Base, found: Sequence[Guess], prover: Prover) -> list[Edit]:
    """The edits that make what was asked for."""
    first: list[Edit] = []
    for guess in found:
        first += without_conflicts(guess.ways[0], first)
    clauses = prover.clauses(first) if first else None
    if clauses is None:
        return one_by_one(base, found, prover, [])
    kept: list[Edit] = []
    for guess in found:
        kept += without_conflicts(guess.ways[0], kept) if comes(base, clauses, guess) else []
    return one_by_one(base, [guess for guess in found if not comes(base, clauses, guess)], prover, kept)


def one_by_one(base: Base, found: Sequence[Guess], prover: Prover, taken: list[Edit]) -> list[Edit]:
    """Each change by the first of its ways that makes what was asked for, beside those that were settled before it."""
    tries = 0
    for guess in found:
        for way in guess.ways:
            fresh = without_conflicts(way, taken)
            if not fresh or tries >= MOST_TRIES:
                continue
            tries += 1
            clauses = prover.clauses([*taken, *fresh])
            if clauses is not None and comes(base, clauses, guess):
                taken = [*taken, *fresh]
                break
    return taken


def comes(base: Base, clauses: dict[str, Clause], guess: Guess) -> bool:
    """Whether a paper with these clauses says all that a guess is about."""
    return all(settled_line(base, clauses, change) is not None for change in guess.changes)


def settled_line(base: Base, clauses: dict[str, Clause], change: Change) -> str | None:
    """What a paper with these clauses makes of a change; None where that is not what was asked for."""
    name = change.place.clause
    if not change.fresh:
        return settled_as(base.clauses.get(name), clauses.get(name), change.before, change.after)
    if before_fresh(base, clauses, change.fresh) != name:
        return None
    return settled_as(None, clauses[change.fresh], change.before, change.after)


def before_fresh(base: Base, clauses: dict[str, Clause], fresh: str) -> str:
    """The clause that was sent behind which a new one stands on paper; nothing where there is no such one."""
    headed = [name for name, clause in clauses.items() if clause.heading]
    earlier = headed[: headed.index(fresh)] if fresh in headed else []
    return next((name for name in reversed(earlier) if name in base.clauses), "")


def id_of(change: Change) -> tuple[object, ...]:
    return change.at, change.silent, change.before, change.after


def left_behind(base: Base, edits: Sequence[Edit]) -> Iterator[str]:
    """Where an edit changes a text, or a translation of it, that is said in other languages too."""
    for text in base.contract.walk():
        if not isinstance(text, Text) or not text.translations or text.source is None:
            continue
        said: dict[str, Text | Translation] = {text.language or base.drafted: text}
        said |= {each.language: each for each in text.translations}
        changed = [code for code, each in said.items() if any(inside(edit, each) for edit in edits)]
        if len(changed) == 1:
            [code] = changed
            others = [other for other in said if other != code]
            yield f"  {place_in_file(said[code])} ({code}, and not {', '.join(others)})"


def place_in_file(text: Text | Translation) -> str:
    assert text.source is not None
    return f"{text.source.name}:{text.source.position(text.offsets[0])[0]}"


def inside(edit: Edit, text: Text | Translation) -> bool:
    start, end = text.offsets
    return edit.span.source is text.source and start <= edit.span.start and edit.span.end <= end
