"""Where the files are that come with the project: the only module that knows.

In a checkout `grammar/` and `templates/` stand beside the package, where people edit them. A wheel carries them
inside the package, as `_grammar/` and `_templates/`, because there is nothing beside it that is ours.
"""

from __future__ import annotations

import os
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


def catalogue() -> str:
    """The folder of the standard catalogue, which is written in the language itself."""
    return os.path.join(PACKAGE, "std")


PACKAGE = os.path.dirname(os.path.realpath(__file__))


def _folder(name: str) -> Path:
    from pathlib import Path  # slow to import, and whoever only checks an agreement reads none of these folders

    inside_the_wheel = Path(PACKAGE, f"_{name}")
    return inside_the_wheel if inside_the_wheel.is_dir() else Path(PACKAGE).parent / name
