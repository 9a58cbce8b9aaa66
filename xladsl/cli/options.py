"""Options that several commands share: said once, so that they mean the same everywhere."""

from __future__ import annotations

import click

audience = click.option(
    "--audience",
    type=click.Choice(["internal", "parties", "public"]),
    help="For whom; what is for fewer readers is not looked at. [default: parties]",
)
form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or for machines.",
)
engine = click.option(
    "--engine",
    type=click.Choice(["auto", "python", "duckdb", "source"]),
    default="auto",
    show_default=True,
    help="By what rows are counted: source counts them in the database where they lie. The result is the same.",
)
told = click.option(
    "--given",
    "told",
    multiple=True,
    metavar="FACT",
    help='What no data say, such as "fee licences is EUR 1,000.00 in 2026-04".',
)
output = click.option("-o", "--output", type=click.Path(), help="The file to write into, instead of the terminal.")
