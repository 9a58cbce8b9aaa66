"""Every kind of document that we make, each once: what the validator is shown. A new kind is one line more."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.archival.texts import BEGUN, changed, extreme, state, translated
from tests.sealing.authority import NOW, Authority, clock
from xladsl.amending import paper as amending
from xladsl.amending.amendment import Amendment
from xladsl.compiler import compile_agreement
from xladsl.outputs import PLAIN, Manner, pdf
from xladsl.redline import pdf as redline
from xladsl.redline.comparison import Comparison, Version
from xladsl.sealing.carrying import attachments, carry
from xladsl.sealing.signing import signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from xladsl.outputs import Rendered
    from xladsl.sealing.carrying import Carried

AGREEMENTS = Path(__file__).parents[2] / "agreements"
FLAGSHIP = str(AGREEMENTS / "digital-workplace" / "agreement.xladsl")
EVERYTHING = str(AGREEMENTS / "everything.xladsl")
AUTHORITY = Authority("Authority of a Test")


def carried(path: str, audience: str = "parties", manner: Manner = PLAIN, text: str | None = None) -> Carried:
    """The edition of the contract in a file, or of the one in `text` that stands for it."""
    contract = compile_agreement(path, overlay=lambda asked: text if asked.endswith(path) else None).readable
    assert contract is not None
    return carry(contract, audience, manner=manner)


def of_file(path: str, audience: str = "parties", manner: Manner = PLAIN, text: str | None = None) -> bytes:
    """The contract on paper."""
    made = carried(path, audience, manner, text)
    return content_of(pdf.render(made.contract, made.about._replace(attachments=attachments(made))))


def content_of(made: Rendered) -> bytes:
    assert made.content is not None, made.problems
    return made.content


def of_text(text: str) -> bytes:
    return of_file("agreement.xladsl", text=text)


def comparison_of(older: str, newer: str) -> tuple[Comparison, list[Carried]]:
    sides = [carried("agreement.xladsl", text=text) for text in (older, newer)]
    return Comparison(*(Version(each.contract, each.about) for each in sides)), sides


def in_languages(*codes: str) -> bytes:
    return of_file("agreement.xladsl", manner=Manner(languages=codes), text=translated())


def compared(older: str, newer: str) -> bytes:
    """A redline of two texts."""
    comparison, sides = comparison_of(older, newer)
    return content_of(redline.render(comparison, *map(attachments, sides)))


def amended(older: str, newer: str, *, instrument: bool) -> bytes:
    """The instrument that makes a newer text of an older one, or the text that it makes."""
    comparison, sides = comparison_of(older, newer)
    amendment = Amendment(comparison, 1)
    if instrument:
        return content_of(amending.instrument(amendment, *map(attachments, sides)))
    return content_of(amending.consolidated(*comparison.newer, 1, None, attachments(sides[1])))


@cache
def final() -> bytes:
    return of_text(state(BEGUN, "final"))


@cache
def proposed() -> bytes:
    return of_file(EVERYTHING, "internal")


@cache
def widest() -> bytes:
    return of_text(extreme())


@cache
def signed_once() -> bytes:
    return signed_by(final(), {"for_provider": "Anna Holm"})


def signed_by(paper: bytes, people: dict[str, str], *, stamped: bool = False) -> bytes:
    for signatory, person in people.items():
        who = AUTHORITY.identity(person)
        if stamped:
            with clock(AUTHORITY) as address:
                paper = signed(paper, signatory, who, NOW, address)
        else:
            paper = signed(paper, signatory, who, NOW)
    return paper


FOUR = {"rikke_lund": "Rikke Lund", "ole_havn": "Ole Havn", "eva_strand": "Eva Strand", "lars_moller": "Lars Møller"}

DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "the agreement for 4,200 people": lambda: of_file(FLAGSHIP),
    "for internal use": proposed,
    "for the public": lambda: of_file(EVERYTHING, "public"),
    "a draft": lambda: of_text(BEGUN),
    "widest and longest": widest,
    "with numbered lines": lambda: of_file("agreement.xladsl", manner=Manner(line_numbers=True), text=BEGUN),
    "in Danish": lambda: in_languages("da"),
    "from right to left": lambda: in_languages("fa"),
    "in two columns": lambda: in_languages("en", "fa"),
    "a comparison": lambda: compared(BEGUN, changed()),
    "an amendment": lambda: amended(BEGUN, changed(), instrument=True),
    "a text as amended": lambda: amended(BEGUN, changed(), instrument=False),
    "final": final,
    "signed once": signed_once,
    "signed with a time-stamp": lambda: signed_by(final(), {"for_customer": "Йенс Лунд"}, stamped=True),
    "signed by four": lambda: signed_by(proposed(), FOUR),
}
