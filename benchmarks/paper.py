"""What paper costs: the whole way against the engine alone, long documents, many agreements, and another engine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measuring import FLAGSHIP, ROOT, XLADSL, Row, best, clock, compared, run, side_by_side
from portfolio import portfolio, short_promises

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

WEASYPRINT = """
import sys
import weasyprint
weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/a-3a")
"""
TYPST = """
import sys
import typst
from datetime import UTC, datetime
with open(sys.argv[2], "wb") as file:
    made = {"pdf_standards": ["a-3a", "ua-1"], "timestamp": datetime(2026, 1, 1, tzinfo=UTC)}
    file.write(typst.compile(sys.argv[1], font_paths=[sys.argv[3]], **made))
"""


def paper(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Every part of it, in turn."""
    yield from engine_alone(folder)
    yield from forms(folder)
    yield from unchanged(folder)
    yield from lengths(folder)
    yield from another_engine(folder)
    yield from side_by_side_or_not(folder, options)


def engine_alone(folder: Path) -> Iterator[Row]:
    """From the text to the PDF, and the engine alone on a page that is finished, to the same archival form."""
    page = page_of(FLAGSHIP, folder)
    engine = [sys.executable, "-W", "ignore", "-c", WEASYPRINT, str(page), str(folder / "alone.pdf")]
    ours, theirs = side_by_side(anew(folder, FLAGSHIP, "pdf"), engine, 3)
    yield compared("`xladsl build` of digital-workplace to PDF", ours, "WeasyPrint alone on its HTML", theirs, 1.5)


def forms(folder: Path) -> Iterator[Row]:
    for form in ("json", "html", "md", "docx"):
        costs = [run(anew(folder, FLAGSHIP, form)) for _ in range(3)]
        yield Row(f"`xladsl build` of digital-workplace to {form}", clock(costs), "", "")


def unchanged(folder: Path) -> Iterator[Row]:
    """An agreement that was built before, and of which nothing changed."""
    again = [*XLADSL, "build", str(FLAGSHIP), "-o", str(folder / "again"), "--to", "pdf,json"]
    run(again)
    check = [*XLADSL, "check", str(FLAGSHIP)]
    ours, theirs = side_by_side(again, check, 5)
    yield compared("`xladsl build` of what is there already", ours, "`xladsl check` of it", theirs, None)


def lengths(folder: Path) -> Iterator[Row]:
    """Pages in proportion to the text."""
    for number, text in enumerate((short_promises(1), portfolio(13), portfolio(120))):
        source = written(folder, f"length{number}", proposed(text))
        costs = [run(anew(folder, source, "pdf")) for _ in range(3)]
        pages = pages_of(next((folder / "anew").glob("*.pdf")))
        each = best(costs).cpu / pages
        yield Row(
            f"`xladsl build` of {pages} pages",
            f"{best(costs).cpu:.2f} s of processor time, {best(costs).memory / 2**20:,.0f} MiB",
            "",
            f"{each * 1e3:,.0f} ms a page",
        )


def another_engine(folder: Path) -> Iterator[Row]:
    """The fastest engine that was found, on the same words in the same order, to the same archival form."""
    try:
        import typst  # noqa: F401
    except ImportError:
        yield Row("the same words set by Typst", "", "", "Typst is not installed")
        return
    page = page_of(FLAGSHIP, folder)
    text = folder / "contract.typ"
    text.write_text(in_typst(page.read_text(encoding="utf-8")), encoding="utf-8")
    other = [sys.executable, "-c", TYPST, str(text), str(folder / "typst.pdf"), str(ROOT / "templates" / "fonts")]
    ours, theirs = side_by_side(anew(folder, FLAGSHIP, "pdf"), other, 3)
    made = f"Typst, {pages_of(folder / 'typst.pdf')} pages of the same words"
    yield compared("`xladsl build` of digital-workplace to PDF", ours, made, theirs, None)


def side_by_side_or_not(folder: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Many agreements, by one processor and by all of them."""
    source = folder / "many"
    source.mkdir()
    for number in range(options.many):
        text = proposed(portfolio(2)).replace("agreement portfolio", f"agreement portfolio_{number}")
        (source / f"portfolio_{number}.xladsl").write_text(text, encoding="utf-8")
    processors = len(os.sched_getaffinity(0))
    all_of_them = run(anew(folder, source, "pdf")).wall
    one = run(["taskset", "--cpu-list", "0", *anew(folder, source, "pdf")]).wall
    yield Row(
        f"`xladsl build` of {options.many} agreements to PDF",
        f"{all_of_them:.1f} s by {processors} processors",
        f"by one: {one:.1f} s",
        f"{one / all_of_them:.2f} times as fast",
    )


def anew(folder: Path, source: Path, form: str) -> list[str]:
    """The command that builds a form into a folder where nothing was built before."""
    program = "import shutil, sys; shutil.rmtree(sys.argv[4], ignore_errors=True); from xladsl.cli import main; main()"
    return [sys.executable, "-c", program, "build", str(source), "-o", str(folder / "anew"), "--to", form]


def page_of(source: Path, folder: Path) -> Path:
    run(anew(folder, source, "html"))
    [page] = (folder / "anew").glob("*.html")
    return page.rename(folder / "page.html")


def proposed(text: str) -> str:
    """The text in a state in which a warning stops nothing."""
    return text.replace("status     final", "status     proposed")


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / f"{name}.xladsl"
    file.write_text(text, encoding="utf-8")
    return file


def pages_of(pdf: Path) -> int:
    from pypdf import PdfReader

    return len(PdfReader(pdf).pages)


# ------------------------------------------------------------------------------------------- the same words for Typst

HEAD = """\
#set document(title: "Agreement")
#set page(paper: "a4", margin: (top: 27mm, right: 22mm, bottom: 25mm, left: 28mm), numbering: "1 of 1")
#set text(font: "Source Serif 4", size: 10pt, lang: "en")
#show table: set text(size: 9pt)
#outline()
"""
HEADINGS = {"h1": "=", "h2": "=", "h3": "=="}


def in_typst(page: str) -> str:
    """The headings, paragraphs and tables of a page in Typst's markup, without links, lines and drawings."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(page, "html.parser")
    for left_out in soup.select("nav, svg, style, title"):
        left_out.decompose()
    return HEAD + "\n\n".join(blocks(soup.body)) + "\n"


def blocks(element: Any) -> Iterator[str]:
    for child in element.find_all(["h1", "h2", "h3", "p", "table"]):
        if child.find_parent("table") is not None:
            continue
        if child.name == "table":
            rows = [row.find_all(["th", "td"]) for row in child.find_all("tr")]
            columns = max(map(len, rows))
            cells = [f"[{quoted(cell)}]" for row in rows for cell in row]
            yield f"#table(columns: {columns}, {', '.join(cells)})"
        elif child.name in HEADINGS:
            yield f"{HEADINGS[child.name]} {quoted(child)}"
        else:
            yield quoted(child)


def quoted(element: Any) -> str:
    words = " ".join(element.get_text(" ").split())
    return "".join(f"\\{sign}" if sign in "\\#$*_`<>@=-+/[]~'\"" else sign for sign in words)


if __name__ == "__main__":
    sys.exit(f"Run {ROOT / 'benchmarks' / 'run.py'} paper")
