"""Two languages side by side: from the contract in each of them, one document in two columns.

Both are the same contract, printed by the same templates, so that what says the same stands in the same place. Each
clause is laid out part by part, a part of one language level with that of the other; a table of several columns or a
drawing has no room in half a page and stands across both, once in each language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .direction import is_element, set_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bs4 import BeautifulSoup, Tag

RUN_IN = {"terms", "definitions"}
"""Tables of a label and what it says, which stand as a paragraph with its label in half a page."""

GATHERED = {"html", "body", "main", "section", "header", "nav", "div", "ul"}
"""What holds parts that stand below one another."""

WHOLE = {"item", "signature"}
"""What of that is one part."""

WIDE = ("table", "svg")
"""What has no room in half a page."""

HEADINGS = ("h1", "h2", "h3")
SECOND = "second"


class Side(NamedTuple):
    """The document of one language."""

    code: str
    direction: str
    document: BeautifulSoup


def side_by_side(first: str, second: str) -> str:
    """One document of two, which are the same contract in two languages; the first gives the places for links."""
    from bs4 import BeautifulSoup

    made = BeautifulSoup(first, "html.parser")
    left, right = side_of(made), side_of(BeautifulSoup(second, "html.parser"))
    without_places(right.document)
    columns = Columns(made, left, right)
    for name in (".cover", ".key-terms", "nav.contents"):
        columns.lay_out(made.select_one(name), right.document.select_one(name))
    for one, other in zip(made.select("main > section"), right.document.select("main > section"), strict=True):
        columns.lay_out(one, other)
    body = made.find("body")
    assert is_element(body)
    body["class"] = " ".join([*classes(body), "parallel"])
    set_apart(made)
    return str(made)


def side_of(document: BeautifulSoup) -> Side:
    root = document.find("html")
    assert is_element(root)
    return Side(str(root["lang"]), str(root["dir"]), document)


def without_places(document: BeautifulSoup) -> None:
    """A place can stand in a document once; links in both languages lead to the row that both are in."""
    for element in document.select("[id]"):
        del element["id"]
    for element in document.select("[data-signatory]"):
        del element["data-signatory"]


class Columns:
    """Lays what holds parts out as tables of two columns."""

    def __init__(self, document: BeautifulSoup, left: Side, right: Side) -> None:
        self.document = document
        self.sides = (left, right)

    def lay_out(self, one: Tag | None, other: Tag | None) -> None:
        """Put the parts of two elements side by side, in the place of the first."""
        if one is None or other is None:
            return
        table = self.document.new_tag("table", attrs={"class": "parallel"})
        groups = self.groups(one, other, {})
        one.clear()
        one.append(table)
        for group in groups:
            table.append(group)

    def groups(self, one: Tag, other: Tag, about: dict[str, str]) -> list[Tag]:
        """The parts of two elements as groups of rows: one for each clause, and one for what stands between clauses."""
        made: list[Tag] = [self.new("tbody", about)]
        for mine, theirs in paired(one, other):
            if mine.name == "div" and "clause" in classes(mine):
                clause = self.groups(mine, theirs, {"class": " ".join(classes(mine))})
                first = clause[0].find("tr")
                assert is_element(first), "a clause has a heading"
                first["id"] = str(mine["id"])
                made += [*clause, self.new("tbody", {})]
            else:
                made[-1].extend(self.rows(mine, theirs))
        return [group for group in made if len(group)]

    def rows(self, one: Tag, other: Tag) -> list[Tag]:
        """What two parts that say the same become: a row, or several, or a table across both columns."""
        kinds = set(classes(one))
        if one.name == "table" and RUN_IN & kinds:
            lines = zip(lines_of(one), lines_of(other), strict=True)
            return [self.row([run_in(self.document, line) for line in pair], pair[0]) for pair in lines]
        if "signature" in kinds:
            return [self.across([self.signed_once(one, other)], "")]
        if one.name in WIDE or one.find("table") is not None:
            return [self.across([each], side.code) for each, side in zip((one, other), self.sides, strict=True)]
        if one.name in GATHERED and not WHOLE & kinds:
            return [row for mine, theirs in paired(one, other) for row in self.rows(mine, theirs)]
        if one.name == "li":
            one.name = other.name = "p"
        return [self.row([[one], [other]], None)]

    def row(self, sides: list[list[Tag]], line: Tag | None) -> Tag:
        """A row with what each side says; the place of a line of a table is the row's."""
        kept = {name: str(line[name]) for name in ("id", "data-at") if line is not None and line.get(name)}
        heads = any(part.name in HEADINGS or "part" in classes(part) for part in sides[0])
        row = self.new("tr", kept | {"class": " ".join([*classes(line), *(["head"] if heads else [])])})
        for parts, side in zip(sides, self.sides, strict=True):
            cell = self.new("td", {"lang": side.code, "dir": side.direction})
            if side is self.sides[1]:
                cell["class"] = SECOND
            cell.extend(parts)
            row.append(cell)
        return row

    def across(self, parts: list[Tag], code: str) -> Tag:
        """A row over both columns, in one language or in both."""
        row, cell = self.new("tr", {"class": "across"}), self.new("td", {"colspan": "2"})
        side = next((side for side in self.sides if side.code == code), None)
        if side is not None:
            cell["lang"], cell["dir"] = side.code, side.direction
        if side is self.sides[1]:
            cell["class"] = SECOND
        cell.extend(parts)
        row.append(cell)
        return row

    def signed_once(self, one: Tag, other: Tag) -> Tag:
        """The block in which a party signs, which is there once; what differs in it stands in both languages."""
        for mine, theirs in zip(one.select("p.for, th, td"), other.select("p.for, th, td"), strict=True):
            if mine.get_text() == theirs.get_text():
                continue
            span = self.new("span", {"lang": self.sides[1].code, "dir": self.sides[1].direction})
            span.extend(list(theirs.contents))
            mine.append(" / ")
            mine.append(span)
        return one

    def new(self, name: str, attributes: dict[str, str]) -> Tag:
        return self.document.new_tag(name, attrs={key: value for key, value in attributes.items() if value})


def paired(one: Tag, other: Tag) -> Iterable[tuple[Tag, Tag]]:
    """The parts of two elements; where one language has more paragraphs, its further ones stand with the last."""
    mine, theirs = parts_of(one), parts_of(other)
    shapes = [[(part.name, *classes(part)) for part in parts] for parts in (mine, theirs)]
    return zip(mine, theirs, strict=True) if shapes[0] == shapes[1] else matched(mine, theirs)


def matched(mine: list[Tag], theirs: list[Tag]) -> Iterable[tuple[Tag, Tag]]:
    """Parts of two lists that differ by how many paragraphs stand between two others."""
    from itertools import groupby

    runs = [
        [list(run) for _, run in groupby(parts, key=lambda part: (part.name, *classes(part)))]
        for parts in (mine, theirs)
    ]
    for one, other in zip(*runs, strict=True):
        shorter = min(len(one), len(other))
        for run in (one, other):
            for further in run[shorter:]:
                run[shorter - 1].append(" ")
                run[shorter - 1].extend(list(further.contents))
        yield from zip(one[:shorter], other[:shorter], strict=True)


def parts_of(element: Tag) -> list[Tag]:
    return [part for part in element.children if is_element(part)]


def classes(element: Tag | None) -> list[str]:
    return [] if element is None else [each for each in element.get_attribute_list("class") if each]


def lines_of(table: Tag) -> list[Tag]:
    return [line for line in table.find_all("tr") if line.find_parent("table") is table]


def run_in(document: BeautifulSoup, line: Tag) -> list[Tag]:
    """A line of a table as a paragraph that begins with its label."""
    label, value = line.find("th"), line.find("td")
    assert is_element(label)
    assert is_element(value)
    label.name, label["class"] = "span", "label"
    del label["scope"]
    label.extract()
    first = value.find("p", recursive=False)
    if is_element(first):
        first.insert(0, " ")
        first.insert(0, label)
        return parts_of(value)
    label.append(":")
    paragraph = document.new_tag("p", attrs={"class": "term"})
    paragraph.extend([label, " ", *value.contents])
    return [paragraph]
