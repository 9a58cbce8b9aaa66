"""The contract as Markdown: for a review on the page of a repository, where people comment on lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdownify import ATX, MarkdownConverter

from . import Rendered
from .html import page

if TYPE_CHECKING:
    from ..model.contract import Contract
    from . import Edition

SUFFIX = ".md"
OMITS: dict[str, str] = {}

HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
BETWEEN_GROUPS = re.compile(r"</tbody>\s*<tbody[^>]*>")
"""Groups of lines of one table, of which each would become a table."""

ANYWHERE = re.compile(r"([\\`*_\[\]<>#|~$]|&(?=#?\w+;)|:(?=//)|(?<=www)\.)")
"""What means something to some reader of Markdown wherever it stands: emphasis, links, code, entities, formulas."""

AT_THE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]\s))")
"""What makes a list or a heading of a line that begins with it."""

BLANK_LINES = re.compile(r"\n{3,}")


def render(contract: Contract, edition: Edition) -> Rendered:
    """The contract, already filtered for its audience, in GitHub's Markdown; what is written in it stays text."""
    body = BETWEEN_GROUPS.sub("", HEAD.sub("", page(contract, edition), count=1))
    text = Converter(heading_style=ATX, bullets="-").convert(body)
    return Rendered((BLANK_LINES.sub("\n\n", text).strip() + "\n").encode(), [])


BETWEEN_CELLS = " · "

STANDARD: Any = MarkdownConverter
"""What the library does with an element; it finds its methods by name, and its types do not list them."""


class Converter(MarkdownConverter):
    """Keeps the places that links lead to, and lets nothing of the agreement act as markup."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        del parent_tags
        return AT_THE_START.sub(at_the_start_escaped, ANYWHERE.sub(r"\\\1", text))

    def convert_div(self, el: Any, text: str, parent_tags: set[str]) -> str:
        del parent_tags
        if "item" in el.get("class", ()):
            text = re.sub(r"\n+", " ", text.strip(), count=1)
        return f"\n\n{place(el)}\n\n{text.strip()}\n\n"

    def convert_h2(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{place(el)}\n\n" + str(STANDARD.convert_hN(self, 2, el, text, parent_tags))

    def convert_table(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """A table inside of another, which Markdown does not have, becomes lines of its cell."""
        return (
            text.removesuffix("<br>")
            if "td" in parent_tags
            else str(STANDARD.convert_table(self, el, text, parent_tags))
        )

    def convert_tr(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "td" not in parent_tags:
            return str(STANDARD.convert_tr(self, el, text, parent_tags))
        return text.removesuffix(BETWEEN_CELLS) + "<br>"

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "td" in parent_tags:
            return placed(el, text.strip()) + BETWEEN_CELLS
        return str(STANDARD.convert_td(self, el, placed(el, text), parent_tags))

    def convert_th(self, el: Any, text: str, parent_tags: set[str]) -> str:
        if "td" in parent_tags:
            return self.convert_td(el, text, parent_tags)
        return str(STANDARD.convert_th(self, el, placed(el, text), parent_tags))

    def convert_span(self, el: Any, text: str, parent_tags: set[str]) -> str:
        del parent_tags
        return place(el) + text

    def convert_svg(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """What a drawing shows stands in figures beside it."""
        del el, text, parent_tags
        return ""

    def convert_p(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """How to read a drawing is said only where there is one."""
        return "" if "drawings" in el.get("class", ()) else str(STANDARD.convert_p(self, el, text, parent_tags))

    def convert_br(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return "<br>" if parent_tags & {"td", "th"} else str(STANDARD.convert_br(self, el, text, parent_tags))


def at_the_start_escaped(found: re.Match[str]) -> str:
    blank, sign = found.groups()
    return f"{blank}{sign}\\" if sign.isdigit() else f"{blank}\\{sign}"


def place(element: Any) -> str:
    """A place that a link can lead to."""
    anchor = element.get("id")
    return f'<a id="{anchor}"></a>' if anchor else ""


def placed(cell: Any, text: str) -> str:
    """The text of a cell; the first one of a line carries the line's place."""
    return (place(cell.parent) if cell.find_previous_sibling() is None else "") + text
