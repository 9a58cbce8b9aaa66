"""Sentences of paper keep the grammar of their language, whatever stands in their slots: gender, word order, number."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest

from tests.outputs.test_paper import EDITION, EVERYTHING, contract_of
from xladsl.outputs import Manner, html

TAG = re.compile(r"<[^>]+>")


@cache
def text_in(code: str) -> str:
    page = html.page(contract_of(EVERYTHING, "internal"), EDITION._replace(manner=Manner(languages=(code,))))
    return " ".join(unescape(TAG.sub("", page)).split())


DANISH = [
    # A window brings its own gender and preposition, as each place asks for them.
    "I hver kalendermåned er værdien af »Butikkens tilgængelighed« mindst 99,9 %.",
    "I hvert regnskabsår er værdien af »Invoices in plan« højst 800.000,00 DKK.",
    "I hver rullende periode på 28 dage er værdien af",
    "opfylder forpligtelsen hvert kalenderår (første gang den 30. juni 2026).",
    "30 % af grundlaget pr. kalendermåned",
    "inden udløbet af det aftaleår, der er betalt for, bortfalder.",
    # `ikke` comes before the verb in a subordinate clause, and a clause is closed by a comma or a bracket.
    "hvor cause ikke er »shop's own router«",
    "og Butikkens tilgængelighed (7.1) ikke er brudt",
    "mindst 99,95 % (hvor article ikke er »gift card«) og 99,5 % (hvor article er »gift card«)",
    "når Butikkens tilgængelighed (7.1) er brudt i den foregående måned",
    "værdien af Butikkens tilgængelighed (7.1) er under 95 % i en enkelt måned",
    "er opfyldt 2 kvartaler i træk",
    "svarer det til en nedetid på højst 43 minutter og 12 sekunder.",
    # A sentence that tells a share says of what, and then of which of them it is true.
    "gælder for mindst 19 ud af 20 sager i Help desk, hvor urgency er »high«, at tiden fra opened til resolved",
    "at der mangler data; i andre tilfælde gælder, at det forlænger måleperioden til og med næste kvartal",
    "mandag til torsdag kl. 22.00–02.00",
    "i 3. kvartal 2026: brudt.",
    "kan bringe aftalen til ophør, når",
    "Ret til at bringe aftalen til ophør",
]

DUTCH = [
    # `de` or `het`, with the preposition that belongs to it.
    "In elke kalendermaand bedraagt de waarde van “Availability of the shop” ten minste 99,9%.",
    "In elk boekjaar bedraagt de waarde van “Invoices in plan” ten hoogste DKK 800.000,00.",
    "voldoet hieraan elk kalenderjaar (voor het eerst op 30 juni 2026).",
    "30% van de grondslag per kalendermaand",
    "Wat niet vóór het einde van het contractjaar waarvoor is betaald, is terugverdiend en verrekend, vervalt.",
    "verlengt de meetperiode tot en met het volgende kwartaal",
    # The verb comes last in a subordinate clause, and agrees with one or with several.
    "waarbij cause niet gelijk is aan “shop's own router”",
    "en Availability of the shop (7.1) niet is geschonden",
    "wanneer Availability of the shop (7.1) in de voorgaande maand is geschonden",
    "de waarde van Availability of the shop (7.1) in één maand minder is dan 95%",
    "Ease of getting help (8.2) en Morning index (8.4) 2 kwartalen op rij zijn gehaald",
    "in 2 van de laatste 3 kwartalen onbeslist is",
    "waarbij urgency gelijk is aan “high”, dat de tijd van opened tot resolved niet meer is dan 4 werkuren.",
    "in andere gevallen geldt dat dit de meetperiode verlengt tot en met het volgende kwartaal",
    # What a right is called, and what who holds it may do.
    "Recht op beëindiging",
    "kan de overeenkomst beëindigen wanneer",
    # `uur` and `jaar` stay as they are beside a number.
    "ten hoogste 40 uur",
    "op een niet-beschikbaarheid van ten hoogste 43 minuten en 12 seconden.",
    "maandag tot en met donderdag 22:00–02:00 uur",
    "in het 3e kwartaal van 2026: geschonden.",
]


@pytest.mark.parametrize("sentence", DANISH)
def test_danish(sentence: str) -> None:
    assert sentence in text_in("da")


@pytest.mark.parametrize("sentence", DUTCH)
def test_dutch(sentence: str) -> None:
    assert sentence in text_in("nl")


@pytest.mark.parametrize("code", ["da", "nl"])
def test_no_sentence_ends_twice_or_holds_an_unfilled_slot(code: str) -> None:
    assert re.findall(r"[^.…]\.[”«)]?\.(?!\.)|[,;]\.|\.,|\{[a-z_]+\}", text_in(code)) == []
