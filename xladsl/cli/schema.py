"""`xladsl schema`: the published schemas of what the compiler writes for machines."""

from __future__ import annotations

from importlib import import_module

import click

SCHEMAS = {"specification": "outputs", "result": "statements", "backtest": "backtest"}
"""What has a schema, and the package whose module `schema` prints it."""


@click.command(epilog="Example:  xladsl schema > monitoring.schema.json")
@click.option(
    "--of",
    "document",
    type=click.Choice(list(SCHEMAS)),
    default="specification",
    show_default=True,
    help="The monitoring specification, a result of evaluate, or a backtest.",
)
def command(document: str) -> None:
    """Print the JSON Schema of the monitoring specification, of a result, or of a backtest."""
    click.echo(import_module(f"xladsl.{SCHEMAS[document]}.schema").text(), nl=False)
