"""A comparison on paper: both versions can be heard in it, and it carries them."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.cli.test_cli import FENCED, xladsl
from tests.redline.documents import contract_of
from xladsl.compiler import compile_agreement
from xladsl.outputs import pdf
from xladsl.profiles import UNASKED
from xladsl.sealing.carrying import carry

if TYPE_CHECKING:
    from collections.abc import Iterator

TRANSCRIPTS = Path(__file__).with_name("diff.md")
BEGINNINGS = {"(inserted:": False, "(deleted:": True}
LABELS = "Deleted drawing Inserted drawing"
AT_THE_EDGE = re.compile(r"^(Version .*Page \d+ of \d+|Web hosting|\d+ [A-Z].*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two versions of the transcripts, and their comparison on paper."""
    made = tmp_path_factory.mktemp("paper")
    for fenced in FENCED.finditer(TRANSCRIPTS.read_text(encoding="utf-8")):
        if fenced["words"].endswith(("old.xladsl", "new.xladsl")):
            (made / fenced["words"].split()[1]).write_text(fenced["text"], encoding="utf-8")
    old, new, paper = (str(made / name) for name in ("old.xladsl", "new.xladsl", "changes.pdf"))
    assert xladsl("diff", old, new, "--pdf", paper).exit_code == 0
    return made


def body(content: bytes) -> str:
    """The words of the contract on paper, from its key terms on: without the contents and what stands at the edges."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    first = next(count for count, text in enumerate(pages) if "Currency EUR" in text)
    return "\n".join(AT_THE_EDGE.sub("", text) for text in pages[first:] if " .  ." not in text)


def heard(words: str, *, newer: bool) -> str:
    """What is left of marked words when those of the other version are taken out, and the gap before what came."""
    return re.sub(r"\s+(?=[,.;])", "", "".join(kept(words, newer)))


def kept(words: str, newer: bool) -> Iterator[str]:
    position, open_marks = 0, []  # of every bracket that is open: whether it is a mark, and whether its words are kept
    while position < len(words):
        beginning = next((mark for mark in BEGINNINGS if words.startswith(mark, position)), "")
        showing = all(shown for _, shown in open_marks)
        if beginning:
            open_marks.append((True, BEGINNINGS[beginning] is not newer))
            position += len(beginning)
            continue
        letter = words[position]
        position += 1
        if letter == "(":
            open_marks.append((False, True))
        elif letter == ")" and open_marks and open_marks.pop()[0]:
            continue
        if showing:
            yield letter


@pytest.mark.parametrize(("name", "newer"), [("old", False), ("new", True)])
def test_each_version_can_be_heard_in_the_comparison(folder: Path, name: str, newer: bool) -> None:
    readable = compile_agreement(str(folder / f"{name}.xladsl"), profile=UNASKED).readable
    assert readable is not None
    carried = carry(readable, "parties", profile=UNASKED)
    own = pdf.render(carried.contract, carried.about).content
    assert own is not None
    marked = heard(body((folder / "changes.pdf").read_bytes()), newer=newer)
    both_drawings = drawn(folder / "new.xladsl") + drawn(folder / "old.xladsl") + Counter(LABELS.split())
    assert Counter(marked.split()) - both_drawings == Counter(body(own).split()) - drawn(folder / f"{name}.xladsl")


def test_a_drawing_that_is_gone_says_so_above_itself(folder: Path) -> None:
    text = " ".join(body((folder / "changes.pdf").read_bytes()).split())
    assert text.index("Deleted drawing") < text.index("Inserted drawing")


def drawn(agreement: Path) -> Counter[str]:
    """The words in the drawings of a contract; a comparison shows those of both versions, each under its label."""
    return Counter(" ".join(re.findall("<text[^>]*>([^<]*)</text>", contract_of(agreement))).split())


def test_a_comparison_carries_both_texts_and_what_changed(folder: Path) -> None:
    carried = PdfReader(folder / "changes.pdf").attachments
    assert "at least 99.5%" in carried["older-hosting.xladsl"][0].decode()
    assert "at least 99.9%" in carried["newer-hosting.xladsl"][0].decode()
    assert b'"effects": [\n        "stricter"' in carried["comparison.json"][0]


def test_the_same_versions_make_the_same_bytes(folder: Path) -> None:
    paper = str(folder / "again.pdf")
    assert xladsl("diff", str(folder / "old.xladsl"), str(folder / "new.xladsl"), "--pdf", paper).exit_code == 0
    assert Path(paper).read_bytes() == (folder / "changes.pdf").read_bytes()
