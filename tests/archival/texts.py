"""An agreement as wide and as long as agreements get: long names, long tables, a long clause, many credits."""

from __future__ import annotations

from pathlib import Path

BEGUN = (Path(__file__).parents[2] / "templates" / "init" / "agreement.xladsl").read_text(encoding="utf-8")

LONG_NAME = (
    "Samarbejdsforeningen for Digitale Arbejdspladser, Brugeroplevelse og Driftsunderstøttelse i de Nordiske og "
    "Baltiske Lande under frivillig likvidation A/S"
)
ROWS, CREDITS, PARAGRAPHS = 60, 40, 24


def state(text: str, status: str) -> str:
    """The agreement that `xladsl init` begins with, at another stage of its life."""
    return text.replace("status      draft", f"status      {status}", 1)


def translated() -> str:
    """The same in Danish and Persian too, as far as a test needs it."""
    text = BEGUN.replace("languages   en", "languages   en, da, fa, prevailing en", 1)
    return text.replace('"Service Desk and Portal" {', '"Service Desk and Portal" fa "میز خدمت و درگاه" {', 1)


def changed() -> str:
    """The next version: a level is raised, a clause is gone, and one is new."""
    text = BEGUN.replace("level       at least 99.5%", "level       at least 99.9%", 1)
    start = text.index("forum service_review")
    text = text[:start] + text[text.index("review yearly_review") :].replace("  in          service_review\n", "", 1)
    return f'{text}\nclause notices_in_writing "Notices" {{\n  in general\n  text "Notices are given in writing."\n}}\n'


def extreme() -> str:
    """A 150-character party, a table of 60 rows, a clause of three pages and 40 credits."""
    assert len(LONG_NAME) >= 145
    text = BEGUN.replace('"Example Services A/S"', f'"{LONG_NAME}"', 1)
    assert LONG_NAME in text
    return "\n\n".join([text, journey(), clause(), *map(credit, range(1, CREDITS + 1)), combination()])


def journey() -> str:
    person = "a person who works in the field and calls for help"
    touchpoints = "\n".join(
        f'    touchpoint moment_{number} "Moment {number} of the day of {person}"' for number in range(1, ROWS + 1)
    )
    return f"""journey field_day "A day in the field" of staff {{
  phase whole_day "From the first call to the last" {{
{touchpoints}
  }}
}}"""


def clause() -> str:
    sentence = (
        "The parties keep records of what they did, of when they did it, and of who asked for it; they show them to "
        "each other within ten days of being asked, and a record that is missing counts against the party that had to "
        "keep it. Nothing in this paragraph makes a party tell what the law forbids it to tell, or what it promised "
        "others to keep to itself."
    )
    paragraphs = "\n\n".join(f"    {sentence}" for _ in range(PARAGRAPHS))
    return f'''clause records_of_all "Records" {{
  in general
  text """
{paragraphs}
  """
}}'''


def credit(number: int) -> str:
    return f"""credit credit_{number} "Credit for part {number} of the portal" {{
  for         portal_up
  base        fee portal_fee of the month measured
  nature      price reduction
  | availability              | credit |
  | below 99.{number:02}%             |     1% |
  cap         1% of base each calendar month
  claim       not needed
  paid by     credit note within 30 days of the end of the month
}}"""


def combination() -> str:
    together = ", ".join(f"credit_{number}" for number in range(1, CREDITS + 1))
    return f"""combination all_credits "All credits together" {{
  combines    portal_credit, {together}
  rule        add up
  cap         30% of all fees of the month measured each calendar month
}}"""
