"""What lawyers of five languages would mark in a sentence, and what they would let stand: `lexicons/*.txt`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.rule_examples import PRELUDE
from xladsl.compiler import compile_agreement
from xladsl.lexicons import generate
from xladsl.model.lexicon import lexicon

FOLDER = Path(__file__).parent / "lexicons"
LEXICONS = sorted((Path(__file__).parents[1] / "xladsl" / "lexicons").glob("*.toml"))
LANGUAGES = [path.stem for path in LEXICONS]

ABOUT_WORDS = {
    *("vague-word", "words-and-digits-differ", "duty-without-party", "duty-without-actor", "bounds-unsaid"),
    *("unclear-date", "and-or", "month-unsaid", "percent-or-points", "wrong-equivalent", "typed-clause-number"),
    *("open-bracket", "placeholder-left", "circular-term", "undefined-term"),
}


class Sentence(NamedTuple):
    """A sentence, and the rules that find something in it."""

    words: str
    rules: frozenset[str]


def sentences(language: str) -> list[Sentence]:
    read = []
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            rule, _, rest = line.partition("|")
            words, _, another = rest.partition("//")
            read.append(Sentence(words.strip(), frozenset({rule.strip(), another.strip()} - {""})))
    return read


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences(language: str, tmp_path: Path) -> None:
    spoken = sentences(language)
    clauses = [f'clause sentence_{index} {{ text "{each.words}" }}' for index, each in enumerate(spoken)]
    main = tmp_path / "agreement.xladsl"
    main.write_text("\n".join([PRELUDE.replace("languages en", f"languages {language}"), *clauses]), encoding="utf-8")
    compiled = compile_agreement(str(main))
    found: dict[str, set[str]] = {each.words: set() for each in spoken}
    for each in compiled.diagnostics:
        line = each.span.source.text.splitlines()[each.span.source.position(each.span.start)[0] - 1]
        quoted = re.search(r'text "(.*)"', line)
        if quoted is not None and each.rule in ABOUT_WORDS:
            found[quoted[1]].add(each.rule)
    assert found == {each.words: set(each.rules) for each in spoken}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_sentences(language: str) -> None:
    kinds = [bool(each.rules) for each in sentences(language)]
    assert kinds.count(True) >= 5
    assert kinds.count(False) >= 5


@pytest.mark.parametrize("path", LEXICONS, ids=LANGUAGES)
def test_a_lexicon_is_whole(path: Path) -> None:
    """Each language says what each other says, so that no rule is blind in one of them."""
    english = tomllib.loads(LEXICONS[LANGUAGES.index("en")].read_text(encoding="utf-8"))
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    assert tables.keys() == english.keys()
    assert tables["vague"].keys() == english["vague"].keys()
    assert tables["windows"].keys() == english["windows"].keys()
    known = lexicon(path.stem)
    assert known is not None
    assert {known.spelt([word]) for word in known.numbers} >= {*range(21), *range(30, 101, 10)}


@pytest.mark.parametrize("path", LEXICONS, ids=LANGUAGES)
def test_a_phrase_is_listed_once(path: Path) -> None:
    lists = [body.split("\n") for body in re.findall(r'"""\n(.*?)\n"""', path.read_text(encoding="utf-8"), re.DOTALL)]
    for listed in lists:
        assert sorted(set(listed)) == sorted(listed)
        assert all(phrase == phrase.strip().lower() and phrase for phrase in listed)


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("en", "one hundred and twenty", 120),
        ("en", "two thousand five hundred", 2500),
        ("da", "femoghalvfems", 95),
        ("da", "hundrede og to", 102),
        ("nl", "eenentwintig", 21),
        ("nl", "tweeëndertig", 32),
        ("uk", "сорока восьми", 48),
        ("uk", "дві тисячі триста", 2300),
        ("fa", "نود و نه", 99),
        ("fa", "یک هزار و دویست", 1200),
        ("en", "ten days", None),
    ],
)
def test_numbers_in_words(language: str, words: str, value: int | None) -> None:
    known = lexicon(language)
    assert known is not None
    assert known.spelt(words.split()) == value


@pytest.mark.parametrize(
    ("language", "written", "value"),
    [
        ("en", "1,200.50", "1200.50"),
        ("da", "1.200,50", "1200.50"),
        ("uk", "5\u00a0000,00", "5000"),
        ("fa", "۵٬۰۰۰٫۵", "5000.5"),
        ("en", "1.200,50", "1200.50"),
        ("en", "1.234.567", "1234567"),
        ("da", "1,234,567.5", "1234567.5"),
        ("da", "99.9", "99.9"),
        ("da", "1.200", "1200"),
        ("en", "99.900", "99.900"),
    ],
)
def test_numbers_in_digits(language: str, written: str, value: str) -> None:
    from decimal import Decimal

    known = lexicon(language)
    assert known is not None
    assert known.number(written) == Decimal(value)


def test_the_modules_say_what_the_lexicons_say() -> None:
    assert generate.main(["--check"]) == 0
