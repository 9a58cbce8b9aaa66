"""`xladsl schema`: the published schema of the monitoring specification."""

from __future__ import annotations

import click


@click.command(epilog="Example:  xladsl schema > monitoring.schema.json")
def command() -> None:
    """Print the JSON Schema of the monitoring specification."""
    from ..outputs import schema

    click.echo(schema.text(), nl=False)
