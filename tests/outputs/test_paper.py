"""Paper: everything of an agreement is on it, every link leads somewhere, and no text of it is obeyed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xladsl.loading import load
from xladsl.model import expressions, nodes
from xladsl.model.audience import edition_for
from xladsl.model.contract import Contract
from xladsl.model.names import Names, link
from xladsl.model.node import NodeType, Part, children
from xladsl.outputs import Edition, html, markdown, pdf
from xladsl.outputs.language import language
from xladsl.outputs.outline import COVER, PLACES, SECTION_OF, Outline, letters, outline, section_key, word
from xladsl.outputs.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
EVERYTHING = ROOT / "agreements" / "everything.xladsl"
FLAGSHIP = ROOT / "agreements" / "digital-workplace" / "agreement.xladsl"
MAIL = ROOT / "tests" / "golden" / "mail.xladsl"
EDITION = Edition("parties", "0123456789abcdef" * 4, "fedcba9876543210" * 4)


def linked(path: Path, text: str | None = None) -> Contract:
    """The contract of a file, or of a text in its place; what the rules find in it is not looked at here."""
    loaded = load(str(path), lambda name: text if name.endswith(path.name) else None)
    blocks = [*loaded.blocks, *loaded.catalogue]
    names = Names(blocks)
    link(blocks, names, loaded.broken)
    return Contract(loaded.blocks, loaded.catalogue, names, loaded.sources)


def contract_of(path: Path, audience: str = "parties") -> Contract:
    return edition_for(linked(path), audience)


@pytest.fixture(scope="module")
def everything() -> Contract:
    return contract_of(EVERYTHING, "internal")


@pytest.fixture(scope="module")
def paper(everything: Contract) -> str:
    return html.page(everything, EDITION)


class Reader(HTMLParser):
    """What stands in a page: its elements' names, its places, its links, its headings and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.places: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        said = dict(attrs)
        if said.get("id"):
            self.places.append(str(said["id"]))
        if tag == "a":
            self.links.append(str(said.get("href")))
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.words += data


# Where a construct stands


def every_class(kind: type, module: Any = nodes) -> list[NodeType]:
    made = [value for value in vars(module).values() if isinstance(value, NodeType) and issubclass(value, kind)]
    return [each for each in made if each.__module__ == module.__name__]


def test_every_block_belongs_to_exactly_one_section() -> None:
    families = {base for made in every_class(nodes.Block) for base in made.__mro__[1:]}
    inside_others = {nodes.Signatory, nodes.Choice, nodes.Phase, nodes.KeyResult}
    top_level = set(every_class(nodes.Block)) - families - inside_others - set(COVER)
    assert top_level | {nodes.Example, nodes.Waiver} == set(SECTION_OF)
    placed = [kind for place in PLACES for kind in place.kinds]
    assert len(placed) == len(set(placed))


def test_every_chapter_a_clause_may_name_is_a_section() -> None:
    grammar = (ROOT / "grammar" / "xladsl.lark").read_text(encoding="utf-8")
    rule = re.search(r"^!chapter_name:((?:.|\n +\|)+)", grammar, re.MULTILINE)
    assert rule
    chapters = [" ".join(re.findall(r'"([a-z]+)"', alternative)) for alternative in rule[1].split("|")]
    clauses = [nodes.Clause(name="any", chapter=chapter) for chapter in chapters]
    assert {section_key(clause) for clause in clauses} <= {place.key for place in PLACES}


def test_numbers_follow_the_order_of_paper(everything: Contract) -> None:
    lines = outline(everything)
    body = [section.number for section in lines.sections if not section.schedule]
    assert body == [str(number) for number in range(1, len(body) + 1)]
    assert [section.number for section in lines.sections if section.schedule] == ["A", "B", "C", "D", "E"]
    for section in lines.sections:
        assert [entry.number for entry in section.entries] == [
            f"{section.number}.{position}" for position in range(1, len(section.entries) + 1)
        ]


def test_a_part_is_cited_by_the_number_of_its_block(everything: Contract) -> None:
    lines = outline(everything)
    service = next(service for service in everything.every(nodes.Service) if service.fees)
    fee = service.fees[0]
    assert lines.number(fee) == lines.number(service)
    assert lines.anchor(fee) == f"fee-{service.name}-{fee.name}"


def test_a_place_leads_back_to_its_block(everything: Contract) -> None:
    lines: Outline = outline(everything)
    for block in everything.every(nodes.Sla):
        assert lines.anchored(lines.anchor(block)) is block


# Everything is there


def kinds_of(contract: Contract) -> list[Any]:
    first: dict[type, Any] = {}
    for block in contract.blocks:
        first.setdefault(type(block), block)
    return [block for kind, block in first.items() if kind not in COVER]


def test_every_block_has_its_place_on_paper(everything: Contract, paper: str) -> None:
    lines, places = outline(everything), set(Reader(paper).places)
    assert [
        block for block in everything.blocks if not isinstance(block, COVER) and lines.anchor(block) not in places
    ] == []


def test_taking_a_construct_out_changes_paper(everything: Contract) -> None:
    def words(contract: Contract) -> str:
        return re.sub(r'\d+\.\d+|[A-E]\.\d+| id="[^"]*"| href="[^"]*"', "", html.page(contract, EDITION))

    whole = words(everything)
    for left_out in kinds_of(everything):
        if word(left_out) in html.OMITS:
            continue
        blocks = [block for block in everything.blocks if block is not left_out]
        names = Names([*blocks, *everything.catalogue])
        rest = Contract(blocks, everything.catalogue, names, everything.sources)
        if isinstance(left_out, nodes.Party):
            continue  # without a party there is nobody to sign
        assert words(rest) != whole, f"{type(left_out).__name__} leaves no trace on paper"


def test_every_text_of_the_agreement_is_printed(everything: Contract, paper: str) -> None:
    """Each word of prose that stands in the drafting language; what quotes the model is printed as what it quotes."""
    said = " ".join(Reader(paper).words.split())
    missing = []
    for block in everything.blocks:
        waiting: list[Any] = [block]
        while waiting:
            node = waiting.pop()
            waiting.extend(children(node))
            if type(node).__name__ == "Text" and "{" not in node.value:
                words = " ".join(node.value.split())
                if words.rstrip(".") not in said and words[:1].upper() + words[1:].rstrip(".") not in said:
                    missing.append(words)
    assert missing == []


def test_every_part_and_every_formula_has_its_words() -> None:
    words = language("en").words
    parts = [made.__name__ for made in every_class(Part)]
    formulas = [made.__name__ for made in every_class(expressions.Expression, expressions)]
    formulas += [made.__name__ for made in every_class(Part, expressions)]
    abstract = {"Expression", "Aggregate", "Predicate"}
    assert [name for name in parts if name not in words["parts"]] == []
    assert [name for name in formulas if name not in words["formulas"] and name not in abstract] == []


def test_every_clause_has_its_label() -> None:
    labels = language("en").words["labels"]
    fields = {field for made in every_class(nodes.Block) for field in made.fields} - {"name", "title"}
    assert sorted(field for field in fields if field not in labels) == []


def test_every_construct_has_its_name_and_its_section_its_heading() -> None:
    words = language("en").words
    kinds = [re.sub(r"(?<!^)(?=[A-Z])", "_", made.__name__).lower() for made in SECTION_OF]
    assert [kind for kind in kinds if kind not in words["constructs"]] == []
    assert [place.key for place in PLACES if place.key not in words["sections"]] == []
    assert [name for place in PLACES for name in place.provisions if name not in words["provisions"]] == []


# The page is sound


@pytest.mark.parametrize("audience", ["internal", "parties", "public"])
@pytest.mark.parametrize("path", [EVERYTHING, FLAGSHIP, MAIL], ids=["everything", "flagship", "mail"])
def test_links_lead_somewhere_and_headings_leave_out_no_level(path: Path, audience: str) -> None:
    reader = Reader(html.page(contract_of(path, audience), EDITION))
    assert len(reader.places) == len(set(reader.places))
    assert {link for link in reader.links if link.removeprefix("#") not in reader.places} == set()
    assert reader.levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(reader.levels))


def test_a_narrower_audience_leaves_no_trace(everything: Contract) -> None:
    hidden = [block for block in everything.blocks if getattr(block, "audience", None) == "internal"]
    assert hidden
    page = html.page(contract_of(EVERYTHING), EDITION)
    for block in hidden:
        assert block.name not in page
        assert block.title.value not in page


def test_the_html_needs_no_other_file(everything: Contract) -> None:
    content = html.render(everything, EDITION).content
    assert content is not None
    page = content.decode()
    assert "@page" in page
    assert not re.search(r"""(src|href)=["'](?!#)""", page)


# Numbers and sentences


@pytest.mark.parametrize(
    ("amount", "written"), [("99.90", "99.90"), ("1200.5", "1,200.5"), ("-5", "−5"), ("0.00001", "0.00001")]
)
def test_a_number_keeps_all_its_digits(amount: str, written: str) -> None:
    assert language("en").number(Decimal(amount)) == written


def test_letters_go_on_after_z() -> None:
    assert [letters(position) for position in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


def test_a_month_and_a_day_of_an_example() -> None:
    said = [language("en").during(window) for window in ("2026-04", date(2026, 4, 7), "2026-13")]
    assert said == ["in April 2026", "on 7 April 2026", "in 2026-13"]


def test_money_has_its_cents() -> None:
    assert language("en").money("EUR", Decimal(10000)) == "EUR\u00a010,000.00"
    assert language("en").money("JPY", Decimal(500)) == "JPY\u00a0500"


def sentence(promise: str) -> str:
    """The plain sentence of the first promise of a small agreement with another promise in it."""
    text = MAIL.read_text(encoding="utf-8")
    contract = linked(MAIL, text.replace("clause numbers", f"{promise}\nclause numbers", 1))
    page = Page(contract, EDITION)
    block = next(block for block in contract.blocks if getattr(block, "name", "") == "tried")
    return Reader(str(page.promises.plainly(block))).words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("promise", "plain"),
    [
        (
            "value 100% - length of mail_down / length of the window level at least 99.95% each calendar month",
            (
                "In each calendar month, Tried is at least 99.95%."
                " In a month of 30 days that is 21 minutes 36 seconds of downtime at the most."
            ),
        ),
        (
            "value share of desk in which solved - opened <= 4 business hours level at least 90% each calendar quarter",
            (
                "In each calendar quarter, at least 9 of every 10 tickets in Help desk are such that"
                " the time from opened to solved is at most 4 business hours."
            ),
        ),
        (
            'value share of desk in which priority is "P1" and solved is not empty level at most 2.5% each rolling 4 h',
            (
                "In each rolling period of 4 hours, at most 1 of every 40 tickets in Help desk are such that"
                " priority is “P1” and solved is not empty."
            ),
        ),
        (
            "value share of desk in which solved is not empty weighted by opened level at least 90% each half year",
            "In each half year, Tried is at least 90%.",
        ),
        (
            "in each night, day value share of desk in which solved is not empty level at least 90% each half year",
            (
                "In each half year, at least 9 of every 10 tickets in Help desk are such that solved is not empty."
                " This holds in each of Night and Day separately."
            ),
        ),
        (
            "value count of desk level at most 40 from 2026-02-01, 1,200.5 from 2026-05-01 each ticket",
            "For each ticket, Tried is at most 40 from 1 February 2026 and 1,200.5 from 1 May 2026.",
        ),
    ],
)
def test_a_promise_in_plain_words(promise: str, plain: str) -> None:
    shifts = "site night { of bakery } site day { of bakery }"
    assert sentence(f"sla tried {{ for mailboxes {promise} }} {shifts}") == plain


def test_nothing_is_left_out_of_a_formula() -> None:
    contract = linked(
        MAIL,
        MAIL.read_text(encoding="utf-8").replace(
            "value       100% - length of mail_down / length of the window",
            'value (share of desk where (priority is "P1" or priority is "P2") and not solved is empty'
            " in which solved - opened <= 4 h or priority is one of (1, 2), empty counts as 100%)"
            " * 2 - mean over each 5 min of (count of desk)",
        ),
    )
    page = Page(contract, EDITION)
    row = next(row for row in page.measuring.formula_rows(contract.every(nodes.Sla)[0]) if row.label == "Formula")
    assert Reader(str(row.value)).words.replace("\u00a0", " ") == (
        "(share of tickets in Help desk where (priority is “P1” or priority is “P2”) and not solved is empty"
        " in which solved − opened ≤ 4 hours or priority is one of 1 or 2; 100% if there is nothing to divide by)"
        " × 2 − mean, over each 5 minutes, of (number of tickets in Help desk)"
    )


# Text of an agreement is text

HOSTILE = (
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }} {{page.contract}}",
    "{% for x in y %}{% include 'contract.css' %}",
    "&lt;b&gt; &amp; <b>bold</b>",
    "url(https://evil.example/x.png) } body { display: none",
    "javascript:alert(1) [a](javascript:alert(1)) ![i](https://evil.example/i.png)",
    "*stars* _lines_ `code` ~~gone~~ | a | b | # heading",
    "$x^2$ <https://evil.example> &copy;",
)


@pytest.fixture(scope="module")
def hostile() -> Contract:
    words = " ".join(HOSTILE).replace('"', r"\"")
    text = MAIL.read_text(encoding="utf-8")
    text = re.sub(
        r'"(Mail Service Agreement|Outage|Mailboxes|Help desk|Anna Lind|Availability of mail)"', f'"{words}"', text
    )
    return linked(
        MAIL,
        text.replace('"Denmark"', f'"{words}"')
        .replace('"P1"', f'"{words}"')
        .replace('from "created"', f'from "{words}"'),
    )


def test_hostile_text_is_text_in_html(hostile: Contract) -> None:
    reader = Reader(html.page(hostile, EDITION))
    assert reader.tags <= Reader(html.page(contract_of(MAIL), EDITION)).tags
    for text in HOSTILE:
        assert reader.words.count(text) >= 6, text
    assert all(link.startswith("#") for link in reader.links)


def test_hostile_text_does_not_reach_the_style_sheet(hostile: Contract) -> None:
    content = html.render(hostile, EDITION).content
    assert content is not None
    assert content.count(b"<style>") == content.count(b"</style>") == 2  # the style sheet, and the watermark
    assert b"evil.example" not in content.split(b"</style>")[0].split(b"<style>")[1]


def test_hostile_text_is_text_in_markdown(hostile: Contract) -> None:
    content = markdown.render(hostile, EDITION).content
    assert content is not None
    text = content.decode()
    own_tags = set(re.findall(r"(?<!\\)<[^>]*>", text))
    assert {re.sub(r'"[^"]*"', '""', tag) for tag in own_tags} <= {'<a id="">', "</a>", "<br>"}
    assert not re.search(r"(?<!\\)\]\((?!#)", text)
    assert r"\*stars\* \_lines\_ \`code\` \~\~gone\~\~ \| a \| b \| \# heading" in text
    assert r"&copy;" not in text.replace(r"\&copy;", "")


# What a reader gets


def test_the_paper_of_a_small_agreement(same_as_golden: Callable[[Path, str], None]) -> None:
    content = markdown.render(contract_of(MAIL), EDITION).content
    assert content is not None
    same_as_golden(MAIL.with_suffix(".md"), content.decode())


def test_the_pdf_is_made_without_a_problem() -> None:
    rendered = pdf.render(contract_of(MAIL), EDITION)
    assert rendered.problems == []
    assert rendered.content is not None
    assert rendered.content.startswith(b"%PDF")


def test_a_character_that_cannot_be_set_leads_back_to_its_clause() -> None:
    contract = linked(MAIL, MAIL.read_text(encoding="utf-8").replace("is not always a breach", "is a \U0001f600"))
    problem = pdf.render(contract, EDITION).problems[0]
    assert outline(contract).anchored(problem.anchor) is contract.every(nodes.Clause)[0]
