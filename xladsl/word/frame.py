"""What stands around the text: the page, its head and foot, and the word across the pages of a draft."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import resources
from .markup import SPACES, R, printable, tag, text, w
from .package import tree
from .styles import FOLDER

if TYPE_CHECKING:
    from .inline import Look
    from .runs import Runs

PAGE = {"w": 11906, "h": 16838}
MARGINS = {"top": 1531, "right": 1247, "bottom": 1417, "left": 1588, "header": 709, "footer": 709, "gutter": 0}
"""A4 with the margins of paper, in twentieths of a point."""

KINDS = ("header", "footer")
WHICH = ("default", "first")
OURS = "xladsl_"
"""How the relations of our heads and feet begin, so that those of an earlier contract are known and replaced."""


class Papers(NamedTuple):
    """What the frame says of a contract; `watermark` is empty for one that is agreed."""

    title: str
    parties: str
    edition: str
    page: str
    of: str
    watermark: str
    look: Look


def own_page() -> Any:
    return w("sectPr", w("pgSz", **PAGE), w("pgMar", **MARGINS))


def framed(page: Any) -> list[str]:
    """Give a page our heads and feet where it has none of its own; the relations by which it now has them."""
    made = []
    for kind in reversed(KINDS):
        theirs = [each for each in page.findall(tag(f"{kind}Reference")) if not relation_of(each).startswith(OURS)]
        for old in page.findall(tag(f"{kind}Reference")):
            if old not in theirs:
                page.remove(old)
        if not theirs:
            for which in reversed(WHICH):
                relation = f"{OURS}{kind}_{which}"
                page.insert(0, reference(kind, which, relation))
                made.append(relation)
    if made and page.find(tag("titlePg")) is None:
        after = {tag(name) for name in AFTER_TITLE_PAGE}
        page.insert(sum(part.tag not in after for part in page), w("titlePg"))
    return made


AFTER_TITLE_PAGE = ("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange")


def relation_of(reference: Any) -> str:
    return str(reference.get(f"{{{R}}}id", ""))


def reference(kind: str, which: str, relation: str) -> Any:
    made = w(f"{kind}Reference", type=which)
    made.set(f"{{{R}}}id", relation)
    return made


def head_or_foot(relation: str, papers: Papers, runs: Runs) -> Any:
    """The running title and section, or the edition and the page. Nothing stands above the title of the first page."""
    look = papers.look
    kind = "header" if "header" in relation else "footer"
    start = w("pPr", w("pStyle", val=runs.styles.id_of(kind)), w("bidi") if look.right_to_left else None)

    def run(words: str) -> Any:
        return w("r", runs.properties(look), text(words))

    content: list[Any] = []
    if kind == "footer":
        pages = [run(f"{papers.page} "), *runs.field(" PAGE ", "1", look), run(f" {papers.of} ")]
        content = [run(papers.edition), w("r", w("tab")), *pages, *runs.field(" NUMPAGES ", "1", look)]
    elif not relation.endswith("first"):
        section = runs.field(" STYLEREF 1 ", "", look._replace(italic=True))
        content = [run(papers.title), w("r", w("tab")), *section]
    return w("hdr" if kind == "header" else "ftr", w("p", start, *content))


def put_watermark(head: Any, words: str) -> None:
    """Lay a word across every page that this head stands on."""
    drawing = deepcopy(tree((resources.templates() / FOLDER / "watermark.xml").read_bytes()))
    for path in drawing.iter(f"{{{SPACES['v']}}}textpath"):
        if path.get("string") is not None:
            path.set("string", printable(words.upper()))
    paragraph = head.find(tag("p"))
    if paragraph is None:
        paragraph = w("p")
        head.append(paragraph)
    paragraph.append(w("r", drawing))
