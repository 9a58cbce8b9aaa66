"""A contract carries the text that it was made of: it alone makes the same edition again, and tells no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from xladsl.compiler import compile_agreement
from xladsl.model.contract import Contract
from xladsl.sealing.carrying import Carried, carry, made_from, text_of

ROOT = Path(__file__).parents[2]
BEGUN = ROOT / "templates" / "init" / "agreement.xladsl"
AGREEMENTS = [
    BEGUN,
    ROOT / "agreements" / "digital-workplace" / "agreement.xladsl",
    ROOT / "agreements" / "everything.xladsl",
    *sorted((ROOT / "agreements" / "published").glob("a*.xladsl")),
]


def contract_in(path: Path) -> Contract:
    contract = compile_agreement(str(path)).readable
    assert contract is not None
    return contract


@pytest.mark.parametrize("audience", ["internal", "parties", "public"])
@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda path: path.stem)
def test_the_text_makes_the_same_edition_again(path: Path, audience: str) -> None:
    contract = contract_in(path)
    carried = carry(contract, audience)
    again = made_from(carried.text, f"{contract.agreement.name}.xladsl", audience)
    assert again is not None
    assert text_of(again.contract) == carried.text
    assert again.about == carried.about


def begun_with(words: str, audience: str = "parties") -> Carried:
    return carry(changed(BEGUN.read_text(encoding="utf-8") + words), audience)


def changed(text: str) -> Contract:
    contract = compile_agreement("agreement.xladsl", lambda path: text if path.endswith("agreement.xladsl") else None)
    assert contract.readable is not None
    return contract.readable


def test_nothing_for_fewer_readers_and_no_comment_is_in_it() -> None:
    secret = """
kpi secret_margin "Margin" {
  audience internal
  value count of after_help
  better when higher
}
// between us: secret_comment
clause open_clause "Open" { in general text "All of it. // no comment" }
"""
    text = begun_with(secret).text
    assert "secret" not in text
    assert "All of it. // no comment" in text
    assert "//" not in text.replace("// no comment", "")


def test_a_hidden_part_of_a_block_leaves_no_trace() -> None:
    words = """
service extra "Extra" {
  fee extra_fee "Extra" EUR 10.00 each calendar month
}
party backer "Backer ApS" {
  signatory open_name "Open Name" { position "Director" }
  signatory hidden_name "Hidden Name" {
    audience internal
    position "Director"
  }
}
"""
    text = begun_with(words).text
    assert "hidden_name" not in text
    assert "open_name" in text


def test_the_ends_of_lines_change_nothing() -> None:
    text = BEGUN.read_text(encoding="utf-8")
    assert carry(changed(text.replace("\n", "\r\n")), "parties").text == carry(changed(text), "parties").text


def test_a_text_that_imports_another_file_reads_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.xladsl").write_text('term leaked "Leaked" { means "what lay in the folder." }')
    monkeypatch.chdir(tmp_path)
    text = begun_with("").text
    again = made_from(f'import "secret.xladsl"\n{text}', "service_desk_and_portal.xladsl", "parties")
    assert again is None or "leaked" not in text_of(again.contract)
