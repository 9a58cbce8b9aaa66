"""The contract as one HTML file: for reading on a screen, with everything it needs inside it."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from html import unescape
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from . import Rendered
from .house import IMAGES, OURS, HouseError
from .language import direction_of
from .page import Page, languages_of
from .watermark import style_of

if TYPE_CHECKING:
    from ..model.contract import Contract
    from . import Edition
    from .house import House

SUFFIX = ".html"
ASSET = re.compile(r'src="asset:([^"]+)"')
OMITS: dict[str, str] = {}
HEAD = re.compile(r"\s*<!doctype[^<>]*>(\s*<html[^<>]*>\s*<head>)?", re.IGNORECASE)
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
LONGEST_QUOTATION = 300


def render(contract: Contract, edition: Edition) -> Rendered:
    """The contract, already filtered for its audience, as a page that needs no other file."""
    style = Markup(edition.manner.house.style_sheet())  # noqa: S704  # it cannot end the element it is in
    made = ASSET.sub(lambda found: embedded(found, edition.manner.house), page(contract, edition, style))
    return Rendered(fenced(made).encode(), [])


def fenced(page: str) -> str:
    """A page that loads nothing and runs nothing where it is read, whatever a house put into its templates."""
    head = HEAD.match(page)
    at = head.end() if head else 0
    return f'{page[:at]}\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">{page[at:]}'


def embedded(found: re.Match[str], house: House) -> str:
    """A picture of the house inside the page itself."""
    name = unescape(found[1])
    image = house.image(name)
    if image is None:
        return found[0]
    return f'src="data:{IMAGES[PurePath(name).suffix]};base64,{b64encode(image).decode()}"'


def page(contract: Contract, edition: Edition, style: str = "") -> str:
    """The contract as HTML, with a style sheet inside it if one is given; in two languages if it was asked for in two.

    Raises HouseError where a template that is not the project's own cannot be used.
    """
    codes = languages_of(contract, edition)
    pages = [in_one_language(Page(contract, edition, code), edition.manner.house, style) for code in codes]
    if len(pages) > 1:
        from .parallel import side_by_side

        return side_by_side(*pages)
    return pages[0] if direction_of(codes[0]) == "ltr" else turned(pages[0])


def in_one_language(made: Page, house: House, style: str) -> str:
    return filled(
        "contract.html",
        house,
        page=made,
        paper=made.paper,
        words=made.words,
        cover=made.cover,
        sections=made.outline.sections,
        logo=house.logo,
        style=style,
        watermark=style_of(made.cover.watermark) if made.cover.watermark else "",
    )


def filled(template: str, house: House, **values: Any) -> str:
    """A template filled in. Raises HouseError where it is one of the house's and cannot be used."""
    try:
        return environment(house).get_template(template).render(**values)
    except Exception as problem:
        if house == OURS:
            raise
        raise unusable(problem) from problem


def turned(page: str) -> str:
    """A page that is written from right to left, with what runs the other way set apart in it."""
    from bs4 import BeautifulSoup

    from .direction import set_apart

    document = BeautifulSoup(page, "html.parser")
    set_apart(document)
    return str(document)


def unusable(problem: Exception) -> HouseError:
    """What is wrong with a house's template, which may break in any way that its writer liked."""
    name, line = getattr(problem, "name", None), getattr(problem, "lineno", None)
    trace = problem.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    told = str(problem) if isinstance(problem, TemplateError) else f"{type(problem).__name__}: {problem}"
    place = f"`{name}`, line {line}," if line else f"`{name}`"
    remedy = "Begin from the project's template of that name, and change a little at a time."
    return HouseError(f"The template {place} of the house cannot be used: {told[:LONGEST_QUOTATION]}", remedy)


@cache
def environment(house: House) -> ImmutableSandboxedEnvironment:
    """Templates reach nothing of the machine and print nothing unescaped; a name nobody defined is an error."""
    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: (text, name, None) if (text := house.text(name)) is not None else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
