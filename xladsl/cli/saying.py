"""Words that come from elsewhere, said so that they cannot forge what a terminal shows."""

from __future__ import annotations

import click

from ..reports.text import visible


def say(words: str, *, to_people: bool = False) -> None:
    """Print some lines; `to_people` what should be seen although the output goes into a file."""
    click.echo("\n".join(visible(line) for line in words.split("\n")), err=to_people)
