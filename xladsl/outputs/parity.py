"""Whether a contract holds the same figures in two languages, clause by clause, as it stands on paper.

A figure in digits is looked for in the other language in digits or in words. What the text of the agreement says in
two languages is compared while it is checked; here it is the finished clause, with all that was put into it.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..checks._prose import Reading, Words
from ..checks.translation_differs import spelt_figures
from ..model.lexicon import NUMBER, lexicon
from ..model.quantities import Text
from . import Problem
from .html import in_one_language
from .page import Page, languages_of

if TYPE_CHECKING:
    from ..model.contract import Contract
    from ..model.nodes import Agreement
    from . import Edition

FIGURE = re.compile(r"(?:\d{1,3}(?:[\u00a0\u202f ]\d{3}(?!\d))+|\d+)(?:[.,:\u066b\u066c]\d+)*")
OF_THE_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")
NUMBER_ALONE = re.compile(NUMBER)
LETTER = re.compile(r"[^\W\d_]")


class Clause(NamedTuple):
    """A clause on paper: its number, and its words without the numbers of clauses."""

    number: str
    words: str


def differences(contract: Contract, edition: Edition) -> list[Problem]:
    """Every clause that does not hold the same figures in the two languages of a paper; nothing for one language."""
    codes = languages_of(contract, edition)
    if len(codes) < 2:
        return []
    pages = [in_one_language(Page(contract, edition, code), edition.manner.house, "") for code in codes]
    first, second = (clauses_of(page) for page in pages)
    found: list[Problem] = []
    for anchor, clause in first.items():
        sides = [
            Side(each.words, code, contract.agreement)
            for each, code in zip((clause, second[anchor]), codes, strict=True)
        ]
        said = [
            f"`{figure}` stands only in `{one.code}`"
            for one, other in (sides, sides[::-1])
            for figure in one.missing_in(other)
        ]
        if said:
            found.append(problem(anchor, clause.number, "; ".join(said)))
    return found


class Side:
    """A clause in one language, with its figures."""

    def __init__(self, words: str, code: str, agreement: Agreement) -> None:
        self.code = code
        self.figures = dict.fromkeys(in_latin_digits(figure) for figure in FIGURE.findall(words))
        self.known = lexicon(code)
        self.values = {value for figure in self.figures for value in self.readings(figure)}
        self.words, self.agreement = words, agreement

    def readings(self, figure: str) -> set[Decimal | str]:
        """What a figure may mean: itself, a number as the language writes it, or a time of the day."""
        found: set[Decimal | str] = {figure}
        if self.known is not None and NUMBER_ALONE.fullmatch(figure):
            found.add(self.known.number(figure).normalize())
        if clock := OF_THE_CLOCK.fullmatch(figure):
            found.add(f"{int(clock[1])}:{clock[2]}")
            if clock[2] == "00":
                found.add(Decimal(clock[1]).normalize())
        return found

    def missing_in(self, other: Side) -> list[str]:
        missing = [figure for figure in self.figures if self.readings(figure).isdisjoint(other.values)]
        if not missing or other.known is None or self.known is None:
            return []
        text = Text(value=other.words, language=other.code, translations=[])
        spelt = spelt_figures(
            Reading(Words(other.words, text, self.agreement, self.agreement.span, "", other.code), other.known)
        )
        return [figure for figure in missing if self.readings(figure).isdisjoint(spelt)]


def clauses_of(page: str) -> dict[str, Clause]:
    """The clauses of a page by their anchors."""
    from bs4 import BeautifulSoup

    found: dict[str, Clause] = {}
    for clause in BeautifulSoup(page, "html.parser").select("div.clause"):
        number = clause.select_one("h3 .num")
        told = number.get_text() if number is not None else ""
        for element in clause.select(".num, .number, svg, a.ref"):
            if element.name != "a" or not LETTER.search(element.get_text()):
                element.extract()
        found[str(clause["id"])] = Clause(told, clause.get_text(" "))
    return found


def in_latin_digits(figure: str) -> str:
    return "".join(str(unicodedata.digit(each)) if each.isdigit() else each for each in figure)


def problem(anchor: str, number: str, what: str) -> Problem:
    return Problem(
        f"Clause {number or anchor} does not say the same in both languages: {what}",
        "Correct the translation, so that each party reads the same figures.",
        anchor=anchor,
    )
