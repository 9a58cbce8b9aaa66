"""What is written in a file and is no token of the language: what to say of it, and how to read it nevertheless."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from xladsl.diagnostics import Diagnostic, Edit, Fix
from xladsl.source import Span

from ._tables import SYMBOLS, TERMINALS, WORDS
from .characters import LOOK_ALIKES, in_plain_letters, is_hidden, name_of
from .lexer import DOUBLE_QUOTES, LONGEST_LITERAL, SINGLE_QUOTES, TEXTS
from .tree import Token

if TYPE_CHECKING:
    from collections.abc import Callable

    Finding = tuple[list[Token], list[Diagnostic]]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|[\"\\n]|(.?))")

# Signs that word processors and other languages put for those of this one.
MEANT_SYMBOLS = {"==": "=", "\u2264": "<=", "\u2265": ">=", "\u2a7d": "<=", "\u2a7e": ">=", "\u00f7": "/"}
MEANT_SYMBOLS |= dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
MEANT_SYMBOLS |= dict.fromkeys("\u00b7\u22c5\u2217\u2715\u2716", "\u00d7")
MEANT_SYMBOLS |= {chr(0xFF01 + ord(sign) - ord("!")): sign for sign in "!%()*+,-./:;<=>[]{|}"}
MEANT_CURRENCIES = {"€": "EUR", "£": "GBP", "₴": "UAH", "₹": "INR", "₪": "ILS"}
UNCLEAR_CURRENCIES = {"$": "USD", "¥": "JPY"}
QUOTES = DOUBLE_QUOTES + SINGLE_QUOTES
# A dash may be meant as a minus or as a range, and a raised point as a product or a decimal mark.
SIGNS_WITH_ONE_MEANING = ("=", "<=", ">=")


def examine(kind: str, span: Span, text: str) -> Finding:
    """The tokens to read instead, and the findings, for one match of the lexer that is not in order."""
    if kind in EXAMINERS:
        return EXAMINERS[kind](span, text)
    if kind in TEXTS:
        return [], list(_wrong_escapes(span, text))
    return _too_long(kind, span, text)


# ------------------------------------------------------------------------------------------------------------ texts


def _open_text(span: Span, text: str) -> Finding:
    text = text.rstrip()
    span = span._replace(end=span.start + len(text))
    end = Span(span.source, span.end, span.end)
    found = Diagnostic(
        "unclosed-text",
        span,
        "This text is not closed on its line",
        here='`"` is missing at the end',
        remedy='Close it with `"`, or write a text of several lines between `"""` and `"""`.',
        fix=Fix("Close the text", (Edit(end, '"'),)),
    )
    return [Token("STRING", text + '"', span.start, span.end)], [found]


def _open_long_text(span: Span, text: str) -> Finding:
    text = text.rstrip()
    span = span._replace(end=span.start + len(text))
    found = Diagnostic(
        "unclosed-text",
        span._replace(end=span.start + 3),
        "This text of several lines is never closed",
        here="opened here",
        remedy='Write `"""` where the text ends.',
    )
    return [Token("LONG_STRING", text + '"""', span.start, span.end)], [found]


def _quoted_otherwise(span: Span, text: str) -> Finding:
    words = text[1:].rstrip(QUOTES + '"').strip()
    if not words:
        return [], [_no_use_for(span, text)]
    straight = f'"{words}"'
    found = Diagnostic(
        "typographic-quotes",
        span,
        "A text stands between straight double quotes",
        here=f"write {straight}",
        remedy=f"Write {straight}; the printed agreement gets the quotes of its language.",
        fix=Fix("Put straight double quotes", (Edit(span, straight),), safe='"' not in words and text[-1] in QUOTES),
    )
    return [Token("STRING", straight, span.start, span.end)], [found]


def _wrong_escapes(span: Span, text: str) -> list[Diagnostic]:
    found = []
    for match in ESCAPE.finditer(text, 1, len(text) - 1):
        place = Span(span.source, span.start + match.start(), span.start + match.end())
        code_point = int(match[1], 16) if match[1] else None
        if code_point is not None and (code_point > 0x10FFFF or 0xD800 <= code_point < 0xE000):
            found.append(_wrong_escape(place, f"`{match[0]}` is the number of no character"))
        elif code_point is not None and is_hidden(chr(code_point)) and code_point != 0xA0:
            found.append(
                Diagnostic(
                    "hidden-character",
                    place,
                    f"`{match[0]}` stands for a character that a reader cannot see: {name_of(chr(code_point))}",
                    why="What the parties sign must be what both of them see on the page.",
                    remedy="Leave it out.",
                    fix=Fix("Take it out", (Edit(place, ""),)),
                )
            )
        elif match[2] is not None:
            found.append(_wrong_escape(place, f"`{match[0]}` means nothing in a text"))
    return found


def _wrong_escape(place: Span, title: str) -> Diagnostic:
    remedy = r"After `\` stands one of `\"`, `\\`, `\n` or a character by its number, as in `\u{2014}`."
    return Diagnostic("unknown-escape", place, title, remedy=remedy)


# --------------------------------------------------------------------------------------------------- numbers, dates


def _wrong_date(span: Span, text: str) -> Finding:
    first, second, third = (int(part) for part in re.split("[-/.]", text))
    if first > 31:
        readings = [(first, second, third)]
    else:
        readings = list(dict.fromkeys([(third, second, first), (third, first, second)]))
    dates = [f"{year:04}-{month:02}-{day:02}" for year, month, day in readings if 1 <= month <= 12 and 1 <= day <= 31]
    remedy = "A date is written year-month-day, as in 2026-01-31."
    if len(dates) == 2:
        remedy = f"Write `{dates[0]}` for {_in_words(dates[0])}, or `{dates[1]}` for {_in_words(dates[1])}."
    elif dates:
        remedy = f"Write `{dates[0]}`."
    found = Diagnostic(
        "not-a-date",
        span,
        f"`{text}` is not a date in this language",
        here=f"write {' or '.join(dates)}" if dates else "no day of the calendar",
        why="Day and month change places from one country to the next." if len(dates) == 2 else "",
        remedy=remedy,
        fix=Fix(f"Write {dates[0]}", (Edit(span, dates[0]),)) if len(dates) == 1 else None,
    )
    return [Token("DATE", dates[0] if dates else "2000-01-01", span.start, span.end)], [found]


def _in_words(date: str) -> str:
    year, month, day = date.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def _wrong_number(span: Span, text: str) -> Finding:
    """`1.200,50`, `1,5` and `10,00`: a comma that is no thousands mark."""
    whole, _, fraction = text.rpartition(",")
    decimal = f"{int(re.sub('[.,]', '', whole)[:30] or 0):,}.{re.sub('[.,]', '', fraction)}"
    if "." in whole or "," not in whole:
        choice = f"Write `{decimal}`" + ("" if "." in whole else f", or for a list `{whole}, {fraction}`") + "."
    else:
        choice = "Write a number as in `1,200.50`, and put a blank after each comma of a list."
    found = Diagnostic(
        "not-a-number",
        span,
        f"`{_short(text)}` can be read in more than one way",
        why="A comma before exactly three digits marks thousands; the decimal mark is a point.",
        remedy=choice,
        fix=Fix(f"Write {decimal}", (Edit(span, decimal),)) if "." in whole and len(text) <= 40 else None,
    )
    return [Token("NUMBER", decimal[:LONGEST_LITERAL], span.start, span.end)], [found]


def _glued_number(span: Span, text: str) -> Finding:
    number = re.match(r"[0-9]+(?:[.,][0-9]+)*", text)
    assert number is not None
    middle = span.start + number.end()
    rest = text[number.end() :]
    found = Diagnostic(
        "glued-words",
        span,
        f"Between `{_short(number[0])}` and `{_short(rest)}` a blank is missing",
        here=f"write {_short(number[0])} {_short(rest)}",
        remedy=f"Write `{_short(number[0])} {_short(rest)}`.",
        fix=Fix(
            "Put a blank between them", (Edit(Span(span.source, middle, middle), " "),), safe=rest in WORDS["NAME"]
        ),
    )
    return [_token("NUMBER", number[0], span.start, middle), _token("NAME", rest, middle, span.end)], [found]


def _too_long(kind: str, span: Span, text: str) -> Finding:
    pattern = re.compile(dict(TERMINALS)[kind])
    kept = next(match[0] for end in range(LONGEST_LITERAL, 0, -1) if (match := pattern.match(text[:end])))
    found = Diagnostic(
        "literal-too-long",
        span,
        f"`{_short(text)}` is {len(text):,} characters long; {LONGEST_LITERAL} are the most",
        why="Nobody can check such a name or number by eye.",
        remedy="Write a shorter one.",
    )
    return [_token(kind, kept, span.start, span.end)], [found]


# ------------------------------------------------------------------------------------------------- words and symbols


def _wrong_word(span: Span, text: str) -> Finding:
    if text.isdigit():
        return _foreign_digits(span, text)
    alike = next((letter for letter in text if letter.lower() in LOOK_ALIKES), None)
    plain = in_plain_letters(text)
    remedy = f"Write `{plain}`." if plain else "Write a name in the letters a–z, digits and `_`."
    fix = Fix(f"Write {plain}", (Edit(span, plain),)) if plain else None
    latin = any("a" <= letter <= "z" for letter in text.lower())
    if alike is not None and (latin or all(letter.lower() in LOOK_ALIKES for letter in text)):
        rule = "look-alike-letter"
        latin_letter = LOOK_ALIKES[alike.lower()]
        title = f"In `{_short(text)}` the letter `{alike}` is {name_of(alike)}, not the Latin `{latin_letter}`"
        why = "Two names that look the same on paper would be two different things."
    elif text.isascii() and plain == text.lower():
        rule, title, why = "not-a-name", f"`{_short(text)}` is written with capital letters", ""
        remedy = f"Names and words are written in small letters: `{plain}`."
    else:
        rule, title, why = "not-a-name", f"`{_short(text)}` is not a name", ""
        remedy = "A name begins with a letter and is made of a–z, digits and `_`. " + (remedy if plain else "")
    found = Diagnostic(rule, span, title, why=why, remedy=remedy.rstrip(), fix=fix)
    return [_token("NAME", plain or "unnamed", span.start, span.end)], [found]


def _foreign_digits(span: Span, text: str) -> Finding:
    digits = "".join(str(unicodedata.digit(digit)) for digit in text)
    found = Diagnostic(
        "not-a-number",
        span,
        f"`{_short(text)}` is written in other digits than 0–9",
        remedy=f"Write `{_short(digits)}`.",
        fix=Fix(f"Write {_short(digits)}", (Edit(span, digits),)),
    )
    return [_token("NUMBER", digits, span.start, span.end)], [found]


def _wrong_symbol(span: Span, text: str) -> Finding:
    meant = MEANT_SYMBOLS.get(text)
    if meant in SYMBOLS:
        found = _write_instead(span, text, meant)
        return [Token(SYMBOLS[meant], meant, span.start, span.end)], [found]
    if text in MEANT_CURRENCIES:
        code = MEANT_CURRENCIES[text]
        found = _write_instead(span, text, code)._replace(
            why="The same sign serves several currencies; the code names one."
        )
        return [Token("CURRENCY", code, span.start, span.end)], [found]
    if text in UNCLEAR_CURRENCIES:
        found = Diagnostic(
            "wrong-symbol",
            span,
            f"`{text}` is the sign of several currencies",
            remedy=f"Write the currency's three letters, such as {UNCLEAR_CURRENCIES[text]}, before the amount.",
        )
        return [Token("CURRENCY", UNCLEAR_CURRENCIES[text], span.start, span.end)], [found]
    return [], [_no_use_for(span, text)]


def _write_instead(span: Span, text: str, meant: str) -> Diagnostic:
    return Diagnostic(
        "wrong-symbol",
        span,
        f"`{text}` is not a sign of this language",
        here=f"write {meant}",
        remedy=f"Write `{meant}`.",
        fix=Fix(f"Write {meant}", (Edit(span, meant),), safe=meant in SIGNS_WITH_ONE_MEANING),
    )


def _no_use_for(span: Span, text: str) -> Diagnostic:
    remedy = (
        "A clause ends where the next one begins: nothing is needed between them." if text == ";" else "Take it out."
    )
    shown = text if text.isprintable() else name_of(text)
    title = f"`{_short(shown)}` has no use in this language"
    line_number, column = span.source.position(span.start)
    ends_line = not span.source.line(line_number)[column:].strip()
    fix = Fix("Take it out", (Edit(span, ""),), safe=text == ";" and ends_line)
    return Diagnostic("wrong-symbol", span, title, remedy=remedy, fix=fix)


def _foreign_comment(span: Span, text: str) -> Finding:
    words = text.lstrip("#").strip() if text[0] == "#" else ""
    fix = Fix("Begin it with //", (Edit(span._replace(end=span.start + 1), "//"),), safe=True) if words else None
    first_line = text.partition("\n")[0]
    found = Diagnostic(
        "foreign-comment",
        span._replace(end=span.start + len(first_line)),
        f"A comment begins with `//`, not with `{'#' if text[0] == '#' else '/*'}`",
        remedy="Write `//` before it, on each of its lines.",
        fix=fix,
    )
    return [], [found]


def _token(kind: str, text: str, start: int, end: int) -> Token:
    """A token under its keyword's kind if it is one, as the lexer makes them."""
    return Token(WORDS.get(kind, {}).get(text, kind), text[:LONGEST_LITERAL], start, end)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:36] + "…"


EXAMINERS: dict[str, Callable[[Span, str], Finding]] = {
    "wrong_date": _wrong_date,
    "wrong_number": _wrong_number,
    "glued_number": _glued_number,
    "block_comment": _foreign_comment,
    "double_symbol": _wrong_symbol,
    "open_long_text": _open_long_text,
    "open_text": _open_text,
    "quoted_otherwise": _quoted_otherwise,
    "hash_comment": _foreign_comment,
    "wrong_word": _wrong_word,
    "wrong_symbol": _wrong_symbol,
}
