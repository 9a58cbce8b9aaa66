"""What `xladsl amend` writes: an instrument that cites the executed version, and instructions for machines."""

from __future__ import annotations

import io
import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.test_cli import FENCED, xladsl
from tests.redline.documents import contract_of
from xladsl.amending.applying import applied
from xladsl.compiler import compile_agreement
from xladsl.outputs import pdf
from xladsl.profiles import UNASKED
from xladsl.redline.resolving import plain
from xladsl.sealing.carrying import attachments, carry

TRANSCRIPTS = Path(__file__).parents[1] / "redline" / "diff.md"


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an executed agreement, and with what it shall become."""
    monkeypatch.chdir(tmp_path)
    for fenced in FENCED.finditer(TRANSCRIPTS.read_text(encoding="utf-8")):
        if fenced["words"].endswith(("old.xladsl", "new.xladsl")):
            executed = fenced["text"].replace("1.0.0\n", "1.0.0\n  status executed\n  signed 2025-12-01\n")
            (tmp_path / fenced["words"].split()[1]).write_text(executed, encoding="utf-8")
    return tmp_path


def changes_said(html: str) -> list[str]:
    found = re.findall(r'<div class="item change".*?<p class="lead">(.*?)</p>', html, re.DOTALL)
    return [re.sub("<[^>]+>", "", each) for each in found]


def amend(*more: str) -> tuple[str, dict[str, object]]:
    """The instrument and the instructions that come of the two versions."""
    result = xladsl("amend", "old.xladsl", "new.xladsl", "--number", "1", "-o", "out", *more)
    assert result.exit_code == 0, result.output
    told = json.loads(Path("out/hosting-amendment-1.json").read_text(encoding="utf-8"))
    return Path("out/hosting-amendment-1.html").read_text(encoding="utf-8"), told


def test_changes_cite_clauses_by_the_numbers_of_the_executed_version(versions: Path) -> None:
    (versions / "new.xladsl").write_text(
        (versions / "new.xladsl").read_text(encoding="utf-8") + 'success area calm "Calm" { }\n', encoding="utf-8"
    )
    html, _ = amend()
    said = changes_said(html)
    assert "In clause 5.1 (Availability of the shop), the row “Level” is replaced by:" in said
    assert "After clause 1.2 (Brød &amp; Dage A/S), the following" not in html
    assert any(each.startswith("After section 1 (Parties), the following is inserted as section 2") for each in said)
    assert "<tr><td>5.1</td><td>6.1</td><td>Availability of the shop</td></tr>" in html


def test_replacements_are_shown_in_full(versions: Path) -> None:
    html, _ = amend()
    assert '<tr><th scope="row">Level</th><td>at least 99.9%</td></tr>' in html
    assert "The provider keeps its records for two years." in html
    assert 'href="#sla' not in html, "a link of the agreement leads nowhere in the instrument"


def test_the_instrument_says_what_it_amends_and_when(versions: Path) -> None:
    html, told = amend("--effective", "2027-01-01")
    assert "“Web hosting”, version 1.0.0, signed on 1 December 2025." in html
    assert "takes effect on 1 January 2027" in html
    assert told["older"]["source_digest"] in html  # type: ignore[index]
    assert told["newer"]["source_digest"] in html  # type: ignore[index]
    assert "Everything else in the agreement remains as it is." in html


def test_a_changed_term_names_each_clause_that_uses_it(versions: Path) -> None:
    html, _ = amend()
    impact = html[html.index("What changes its meaning") :]
    assert "Notices" in impact[: impact.index("</table>")]


def test_the_instructions_make_the_newer_text_of_the_executed_one(versions: Path) -> None:
    _, told = amend()
    old, new = (contract_of(versions / f"{name}.xladsl") for name in ("old", "new"))
    assert plain(applied(told["instructions"], old)) == plain(new)  # type: ignore[arg-type]


def test_the_instrument_carries_its_instructions_and_both_texts(versions: Path) -> None:
    amend()
    carried = PdfReader(io.BytesIO(Path("out/hosting-amendment-1.pdf").read_bytes())).attachments
    assert carried["amendment.json"] == [Path("out/hosting-amendment-1.json").read_bytes()]
    assert "level       at least 99.5%" in carried["older-hosting.xladsl"][0].decode()
    assert "level       at least 99.9%" in carried["newer-hosting.xladsl"][0].decode()


def test_the_text_as_amended_says_by_what(versions: Path) -> None:
    amend("--effective", "2027-01-01")
    html = Path("out/hosting-as-of-amendment-1.html").read_text(encoding="utf-8")
    assert "as Amendment No. 1 changes it, with effect from 1 January 2027" in html


def test_the_parties_are_warned_before_they_sign(versions: Path) -> None:
    draft = (versions / "old.xladsl").read_text(encoding="utf-8").replace("  status executed\n", "")
    (versions / "old.xladsl").write_text(draft.replace("1.0.0", "1.1.0"), encoding="utf-8")
    said = xladsl("amend", "old.xladsl", "new.xladsl", "--number", "1", "-o", "out").output
    assert "only what was executed can be amended" in said
    assert "both texts are version 1.1.0" in said


def test_a_version_that_goes_back_is_told(versions: Path) -> None:
    old = (versions / "old.xladsl").read_text(encoding="utf-8")
    for version, told in (("1.10.0", True), ("1.0.9", False)):
        (versions / "old.xladsl").write_text(old.replace("1.0.0", version), encoding="utf-8")
        said = xladsl("amend", "old.xladsl", "new.xladsl", "--number", "1", "-o", "out").output
        assert (f"the text as amended is version 1.1.0, which everybody takes for older than {version}" in said) == told


def test_who_amends_in_one_language_hears_of_translations_that_change(versions: Path) -> None:
    old = (versions / "old.xladsl").read_text(encoding="utf-8")
    spoken = old.replace("currency EUR", "currency EUR\n  languages en, da, prevailing en")
    for name, term in (("old", "Hverdag"), ("new", "Arbejdsdag")):
        text = spoken.replace('"Business Day" {', f'"Business Day" da "{term}" {{')
        (versions / f"{name}.xladsl").write_text(text, encoding="utf-8")
    said = xladsl("amend", "old.xladsl", "new.xladsl", "--number", "1", "-o", "out").output
    assert "translations change too (da), and the instrument shows the changes in one language" in said


def test_who_amends_another_agreement_is_warned(versions: Path) -> None:
    new = (versions / "new.xladsl").read_text(encoding="utf-8")
    other = (
        new.replace("agreement hosting", "agreement bakery").replace("Havn Hosting", "Ovn").replace("Brød & Dage", "B")
    )
    (versions / "new.xladsl").write_text(other, encoding="utf-8")
    said = xladsl("amend", "old.xladsl", "new.xladsl", "--number", "1", "-o", "out").output
    assert "`hosting` and `bakery` have neither their name nor a party in common" in said


def test_a_change_that_cites_a_clause_which_is_renumbered_is_told(versions: Path) -> None:
    new = (versions / "new.xladsl").read_text(encoding="utf-8")
    before = 'clause first_of_all "First of all" { in general text "Both parties are kind." }\n'
    (versions / "new.xladsl").write_text(
        new.replace("clause notices", before + "clause notices").replace("one Business Day", "two Business Days"),
        encoding="utf-8",
    )
    said = xladsl("amend", "old.xladsl", "new.xladsl", "--number", "1", "-o", "out").output
    assert re.search(r"change \d+ cites clause 9\.1, which becomes clause 9\.2", said)


def test_a_file_that_was_executed_is_named_by_its_digest(versions: Path) -> None:
    readable = compile_agreement("old.xladsl", profile=UNASKED).readable
    assert readable is not None
    carried = carry(readable, "parties", profile=UNASKED)
    paper = pdf.render(carried.contract, carried.about._replace(attachments=attachments(carried))).content
    assert paper is not None
    Path("executed.pdf").write_bytes(paper)
    result = xladsl("amend", "executed.pdf", "new.xladsl", "--number", "2", "-o", "out")
    assert result.exit_code == 0, result.output
    html = Path("out/hosting-amendment-2.html").read_text(encoding="utf-8")
    assert sha256(paper).hexdigest() in html
    assert "as last changed by Amendment No. 1" in html


def test_what_is_the_same_needs_no_amendment(versions: Path) -> None:
    result = xladsl("amend", "old.xladsl", "old.xladsl", "--number", "1", "-o", "out")
    assert (result.exit_code, "there is nothing to amend" in result.output) == (1, True)
    assert not Path("out").exists()


def test_a_day_that_is_none_is_refused(versions: Path) -> None:
    result = xladsl("amend", "old.xladsl", "new.xladsl", "--number", "1", "--effective", "soon")
    assert (result.exit_code, "soon is no day" in result.output) == (2, True)


def test_an_amendment_is_written_in_one_language(versions: Path) -> None:
    result = xladsl("amend", "old.xladsl", "new.xladsl", "--number", "1", "--languages", "en,da")
    assert (result.exit_code, "written in one language" in result.output) == (2, True)


def test_an_instrument_counts_in_the_digits_of_its_language(versions: Path) -> None:
    for name in ("old", "new"):
        text = (versions / f"{name}.xladsl").read_text(encoding="utf-8")
        spoken = text.replace("currency EUR", "currency EUR\n  languages en, fa, prevailing en")
        (versions / f"{name}.xladsl").write_text(spoken, encoding="utf-8")
    html, _ = amend("--language", "fa")
    assert '<html dir="rtl" lang="fa">' in html or '<html lang="fa" dir="rtl">' in html
    assert "اصلاحیهٔ شمارهٔ ۱" in html
    assert ">۲٫۱<" in html or ">۲.۱<" in html


def test_an_instruction_keeps_the_grammar_of_its_language(versions: Path) -> None:
    for name in ("old.xladsl", "new.xladsl"):
        text = (versions / name).read_text(encoding="utf-8")
        spoken = text.replace("  currency", "  languages en, uk, prevailing en\n  currency", 1)
        added = 'success area calm "Calm" { }\n' if name.startswith("new") else ""
        (versions / name).write_text(spoken + added, encoding="utf-8")
    said = changes_said(amend("--language", "uk")[0])
    assert "Після розділу 1 (Сторони) доповнити розділом 2 такого змісту:" in said
    assert "Пункт 2.1 (Визначення термінів): рядок «Business Day» викласти в такій редакції:" in said
    assert "Основні умови: рядок «Дата підписання» вилучити." in said
