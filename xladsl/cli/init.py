"""`xladsl init`: a small agreement to begin with, and what two parties need around it."""

from __future__ import annotations

import os

import click

from .. import __version__, resources
from .files import not_written, write_whole

FILES = {
    "agreement.xladsl": "agreement.xladsl",
    "README.md": "README.md",
    "agreement.yml": ".github/workflows/agreement.yml",
}
"""What stands in `templates/init`, and where it goes in the new folder."""


@click.command(epilog="Example:  xladsl init our-agreement")
@click.argument("folder", type=click.Path())
def command(folder: str) -> None:
    """Begin a new agreement in a folder.

    FOLDER is made if it is not there. Nothing in it is overwritten.
    """
    paths = {name: os.path.join(folder, *place.split("/")) for name, place in FILES.items()}
    taken = [path for path in paths.values() if os.path.lexists(path)]
    if taken:
        raise click.UsageError(f"Already there: {', '.join(taken)}. Name another folder; nothing is overwritten.")
    for name, path in paths.items():
        text = (resources.templates() / "init" / name).read_text(encoding="utf-8")
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            write_whole(path, text.replace("{{version}}", __version__).encode())
        except OSError as problem:
            raise not_written(path, problem) from problem
        click.echo(path)
    click.echo(f"\nRead {paths['README.md']} first; then try:  xladsl check {folder}")
