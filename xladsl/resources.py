"""Where the files are that come with the project: the only module that knows.

In a checkout `grammar/` and `templates/` stand beside the package, where people edit them. A wheel carries them
inside the package, as `_grammar/` and `_templates/`, because there is nothing beside it that is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def grammar() -> Path:
    """The folder of `xladsl.lark`, the definition of the language."""
    return _folder("grammar")


def templates() -> Path:
    """The folder of what paper looks like: page, style sheet, partials, boilerplate and fonts."""
    return _folder("templates")


def fonts() -> Path:
    """The folder of the fonts that paper is set in, with their licences."""
    return templates() / "fonts"


def catalogue() -> Path:
    """The folder of the standard catalogue, which is written in the language itself."""
    return _package() / "std"


def _folder(name: str) -> Path:
    inside_the_wheel = _package() / f"_{name}"
    return inside_the_wheel if inside_the_wheel.is_dir() else _package().parent / name


def _package() -> Path:
    # Imported here because `--help` and completion load this module and want no file.
    from pathlib import Path

    return Path(__file__).resolve().parent
