"""The files of an agreement: the one that was asked for, and those it imports. Nothing else reads files."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from . import resources
from .diagnostics import Diagnostic, Label
from .model.build import Builder, part
from .model.nodes import Import
from .source import Source, Span
from .spelling import nearest
from .syntax.decoding import LARGEST_FILE, decode
from .syntax.parser import parse
from .translations.files import unreadable
from .translations.folding import FOLDER, fold, languages_of
from .translations.folding import SUFFIX as PO

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .model.node import Node

SUFFIX = ".xladsl"


class Loaded(NamedTuple):
    """Every file that was read, the blocks they hold, and what is wrong with the text, the shape and the imports.

    `imported` are the files that another one names, and `paths` says where each source was read.
    """

    sources: list[Source]
    blocks: list[Node]
    catalogue: list[Node]
    broken: list[Source]
    diagnostics: list[Diagnostic]
    imported: set[str]
    paths: dict[Source, str]

    @property
    def incomplete(self) -> bool:
        """Whether an import led nowhere."""
        return any(found.rule in ("missing-import", "import-escapes") for found in self.diagnostics)


def load(path: str, overlay: Callable[[str], str | None] | None = None, *, whole_catalogue: bool = False) -> Loaded:
    """An agreement's files, from the one at `path`: those it imports come before it, and the catalogue last.

    Of the catalogue only those blocks are read whose names the agreement's words mention, unless the whole of it is
    asked for. `overlay` gives the text of a file that is being edited and not yet saved. Raises OSError if `path`
    itself cannot be read; an import that cannot be read is a finding.
    """
    loading = Loading(root_of(path), overlay)
    real = os.path.realpath(path)
    loading.read(real, shown_from(path), [])
    loading.read_catalogue(whole_catalogue)
    loading.read_translations(real, shown_from(path))
    return loading.loaded


class Loading:
    def __init__(self, root: str, overlay: Callable[[str], str | None] | None) -> None:
        self.root = root
        self.overlay = overlay
        self.loaded = Loaded([], [], [], [], [], set(), {})
        self.done: set[str] = set()
        self.from_catalogue: dict[str, str] = {}

    def read(self, real: str, shown: str, importing: list[tuple[str, Span]]) -> None:
        source, findings = self.text_of(real, shown)
        in_catalogue = real in catalogue_files().values()
        self.take(source, real, findings, self.loaded.catalogue if in_catalogue else self.loaded.blocks, importing)

    def take(
        self,
        source: Source,
        real: str,
        findings: list[Diagnostic],
        blocks: list[Node],
        importing: list[tuple[str, Span]],
    ) -> None:
        """Parse a file, keep its blocks and its findings, and follow its imports."""
        tree, syntax = parse(source) if not findings else (None, [])
        findings += syntax
        builder = Builder(source, [found.span for found in findings])
        own = [part(builder, child) for child in tree.children] if tree else []
        self.loaded.sources.append(source)
        self.loaded.paths[source] = real
        self.loaded.diagnostics.extend([*findings, *builder.diagnostics])
        if findings:  # a block of the wrong shape is there all the same, with its name
            self.loaded.broken.append(source)
        for statement in own:
            if isinstance(statement, Import):
                self.follow(statement, real, source.name, importing)
        blocks.extend(block for block in own if not isinstance(block, Import))
        self.done.add(real)

    def read_catalogue(self, whole: bool) -> None:
        """Read what was imported of the catalogue. It is large, and an agreement applies a few of its measures."""
        texts = {
            real: self.text_of(real, shown) for real, shown in self.from_catalogue.items() if real not in self.done
        }
        mentioned = {word for source in self.loaded.sources for word in WORD.findall(source.text)}
        parts = {source: parts_of(source.text) for source, _ in texts.values()}
        unread = [(source, part) for source, found in parts.items() for part in found] if not whole else []
        while named := [(source, part) for source, part in unread if part.name in mentioned]:
            unread = [each for each in unread if each not in named]
            mentioned.update(word for source, part in named for word in WORD.findall(source.text, part.start, part.end))
        for real, (source, findings) in texts.items():
            left_out = [part for other, part in unread if other is source]
            self.take(Source(source.name, without(source.text, left_out)), real, findings, self.loaded.catalogue, [])

    def read_translations(self, main: str, shown: str) -> None:
        """Put the translations beside the main file into the texts, for each language that the agreement agrees on."""
        folder = os.path.join(os.path.dirname(main), FOLDER)
        for language in languages_of(self.loaded.blocks):
            real = os.path.join(folder, f"{language}{PO}")
            if self.edited(real) is not None or os.path.isfile(real):
                name = f"{os.path.dirname(shown) or '.'}/{FOLDER}/{language}{PO}"
                try:
                    source, findings = self.text_of(real, name)
                except OSError as problem:
                    source = Source(name, "")
                    findings = [unreadable(source, 0, 0, (problem.strerror or "cannot be read").lower())]
                self.loaded.paths[source] = real
                self.loaded.diagnostics.extend([*findings, *fold(self.loaded.blocks, language, source)])

    def text_of(self, real: str, shown: str) -> tuple[Source, list[Diagnostic]]:
        edited = self.edited(real)
        if edited is not None:
            return Source(shown, edited), []
        with open(real, "rb") as file:
            return decode(shown, file.read(LARGEST_FILE + 1))  # what is larger is refused, and need not be read

    def edited(self, real: str) -> str | None:
        return self.overlay(real) if self.overlay else None

    def follow(self, statement: Import, importer: str, shown: str, importing: list[tuple[str, Span]]) -> None:
        """Read what an import names, unless it is read already, leads outside, or leads back to itself."""
        span = statement.span
        if statement.module is not None:
            real, shown_as = self.catalogue_file(statement, span)
            if real:
                self.loaded.imported.add(real)
                self.from_catalogue[real] = shown_as
            return None
        assert statement.file is not None
        real = os.path.realpath(os.path.join(os.path.dirname(importer), statement.file))
        shown_as = os.path.normpath(os.path.join(os.path.dirname(shown), statement.file))
        if os.path.isabs(statement.file) or not inside(real, self.root):
            return self.refuse_escape(statement.file, span)
        if real in self.done:
            return None
        cycle = [place for file, place in importing if file == real]
        if cycle or real == importer:
            return self.refuse_cycle(real, span, cycle)
        self.loaded.imported.add(real)
        try:
            self.read(real, shown_as, [*importing, (importer, span)])
        except OSError as problem:
            self.refuse_unreadable(statement.file or "", real, span, problem)

    def catalogue_file(self, statement: Import, span: Span) -> tuple[str, str]:
        assert statement.module is not None
        name = statement.module.name
        known = catalogue_files()
        if name in known:
            return known[name], name
        near = nearest(name, known)
        self.report(
            "missing-import",
            span,
            f"the catalogue has no part `{name}`",
            here=f"did you mean `{near}`?" if near else "not in the catalogue",
            why="What is not there cannot be part of the agreement.",
            remedy="The catalogue has "
            + ", ".join(f"`{part}`" for part in known)
            + "; a file of your own is imported by its path, in quotation marks.",
        )
        return "", ""

    def refuse_escape(self, file: str, span: Span) -> None:
        self.report(
            "import-escapes",
            span,
            f"`{file}` lies outside of the folder of this agreement",
            here="leads out of the repository",
            why="The other party has only what is in the repository; it cannot sign what it cannot read.",
            remedy="Copy the file into the repository and import it by its path from here.",
        )

    def refuse_cycle(self, real: str, span: Span, cycle: list[Span]) -> None:
        self.report(
            "import-cycle",
            span,
            f"`{os.path.basename(real)}` imports itself",
            here="leads back to a file that is being read",
            labels=tuple(Label(place, "the circle starts here") for place in cycle[:1]),
            why="Of two files that each need the other first, neither has a fixed meaning.",
            remedy="Move what both need into a third file, and import that.",
        )

    def refuse_unreadable(self, file: str, real: str, span: Span, problem: OSError) -> None:
        folder = os.path.dirname(real)
        beside = [name for name in os.listdir(folder) if name.endswith(SUFFIX)] if os.path.isdir(folder) else []
        near = nearest(os.path.basename(real), beside)
        what = (
            "is a folder" if os.path.isdir(real) else "is not there" if not os.path.exists(real) else "cannot be read"
        )
        self.report(
            "missing-import",
            span,
            f"`{file}` {what}",
            here=f"did you mean `{near}`?" if near else (problem.strerror or "cannot be read").lower(),
            why="Part of the agreement is missing, so nothing can be said about the whole.",
            remedy="Write the path of an existing .xladsl file, from the folder of this one.",
        )

    def report(self, rule: str, span: Span, title: str, **words: object) -> None:
        self.loaded.diagnostics.append(Diagnostic(rule, span, title, **words))  # type: ignore[arg-type]  # keywords of Diagnostic


@cache
def catalogue_files() -> Mapping[str, str]:
    """The parts of the catalogue by the names they are imported by, such as `std.experience`, and their files."""
    folder = resources.catalogue()
    files = sorted(file for file in os.listdir(folder) if file.endswith(SUFFIX))
    return {f"std.{file.removesuffix(SUFFIX)}": os.path.join(folder, file) for file in files}


class NamedPart(NamedTuple):
    """A stretch of a file of the catalogue, from the head of a block to the head of the next."""

    name: str
    start: int
    end: int


WORD = re.compile(r"[a-z][a-z0-9_]*")
HEAD = re.compile(r'^[a-z]+(?: [a-z]+)* ([a-z][a-z0-9_]*)(?= "| \{)', re.MULTILINE)


def parts_of(text: str) -> list[NamedPart]:
    heads = list(HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [NamedPart(head[1], head.start(), end) for head, end in zip(heads, ends, strict=True)]


def without(text: str, parts: list[NamedPart]) -> str:
    """The text with nothing but blank lines where the parts were, so that what is left keeps its place."""
    pieces, after = [], 0
    for left_out in parts:
        pieces += [text[after : left_out.start], "\n" * text.count("\n", left_out.start, left_out.end)]
        after = left_out.end
    return "".join([*pieces, text[after:]])


def root_of(path: str) -> str:
    """The folder that an agreement may not leave: its repository, or else the folder of its file."""
    folder = start = os.path.dirname(os.path.realpath(path))
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return start
        folder = above


def inside(path: str, root: str) -> bool:
    return path.startswith(root.rstrip(os.sep) + os.sep)


def shown_from(path: str) -> str:
    """A path as people gave it, with forward slashes everywhere."""
    return os.path.normpath(path).replace(os.sep, "/")
