"""The contract as one HTML file: for reading on a screen, with everything it needs inside it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from .. import resources
from . import Rendered
from .page import Page
from .watermark import style_of

if TYPE_CHECKING:
    from ..model.contract import Contract
    from . import Edition

SUFFIX = ".html"
OMITS: dict[str, str] = {}


def render(contract: Contract, edition: Edition) -> Rendered:
    """The contract, already filtered for its audience, as a page that needs no other file."""
    return Rendered(page(contract, edition, style=Markup(style_sheet())).encode(), [])  # noqa: S704  # our own file


def page(contract: Contract, edition: Edition, style: str = "") -> str:
    """The contract as HTML, with a style sheet inside it if one is given."""
    made = Page(contract, edition)
    return (
        environment()
        .get_template("contract.html")
        .render(
            page=made,
            paper=made.paper,
            words=made.words,
            cover=made.cover,
            sections=made.outline.sections,
            style=style,
            watermark=style_of(made.cover["watermark"]) if made.cover["watermark"] else "",
        )
    )


def style_sheet() -> str:
    return (resources.templates() / "contract.css").read_text(encoding="utf-8")


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Templates reach nothing of the machine and print nothing unescaped; a name nobody defined is an error."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resources.templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
