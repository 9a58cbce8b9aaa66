"""What was built from what, written down beside it, so that what would come out the same is not made again."""

from __future__ import annotations

import json
import os
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from .files import write_whole

if TYPE_CHECKING:
    from ..compiler import Compiled
    from ..outputs import Manner

NAME = ".xladsl-built"


class Ledger:
    """The record in a folder: of each file, the digest of all that it was made of and the digest of its bytes."""

    def __init__(self, folder: str) -> None:
        self.path = os.path.join(folder, NAME)
        self.folder = folder
        self.entries = read(self.path)

    def has(self, file: str, made_of: str) -> bool:
        """Whether a file is there, was made of the same, and is as it was made."""
        entry = self.entries.get(file)
        if entry is None or entry[0] != made_of:
            return False
        try:
            with open(os.path.join(self.folder, file), "rb") as built:
                return sha256(built.read()).hexdigest() == entry[1]
        except OSError:
            return False

    def put(self, file: str, made_of: str, content: bytes) -> None:
        """Write a file into the folder, and down what it was made of. Raises OSError."""
        os.makedirs(self.folder, exist_ok=True)
        write_whole(os.path.join(self.folder, file), content)
        self.entries[file] = (made_of, sha256(content).hexdigest())
        write_whole(self.path, (json.dumps(dict(sorted(self.entries.items())), indent=1) + "\n").encode())


def read(path: str) -> dict[str, tuple[str, str]]:
    """What a record says; nothing where there is none, or one that nobody here has written."""
    try:
        with open(path, "rb") as file:
            said = json.load(file)
        return {str(name): (str(made_of), str(content)) for name, (made_of, content) in said.items()}
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return {}


def made_of(compiled: Compiled, audience: str, manner: Manner, form: str) -> str:
    """The digest of everything that a form of an agreement depends on: its files, the options, and the program."""
    digest = sha256(program().encode())
    for source in compiled.loaded.paths:  # of translations too
        digest.update(f"{source.name}\0{len(source.text)}\0{source.text}".encode("utf-8", "surrogatepass"))
    digest.update(repr((audience, manner.languages, manner.line_numbers, manner.commit, form)).encode())
    digest.update(manner.house.packed() or b"")
    return digest.hexdigest()


@cache
def program() -> str:
    """The digest of the compiler, its templates, and the versions of the libraries that paper is made with."""
    from importlib.metadata import PackageNotFoundError, version

    from .. import resources

    digest = sha256()
    for folder in (resources.PACKAGE, str(resources.templates())):
        for here, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(names):
                with open(os.path.join(here, name), "rb") as file:
                    digest.update(f"{name}\0".encode() + file.read())
    for library in ("babel", "fonttools", "holidays", "jinja2", "lxml", "markdownify", "pydyf", "weasyprint"):
        try:
            digest.update(f"{library} {version(library)}\0".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()
