"""The command line: the only place that reads arguments, prints and exits. A command is loaded when it is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

import click

from .. import __version__

COMMANDS = {
    "check": "Check agreements and say what is wrong with them.",
    "build": "Make the contract and the monitoring specification.",
    "sign": "Sign a PDF in the name of one of its signatories.",
    "review": "Say what was changed in a contract that came back in Word.",
    "verify": "Say whether a PDF is what its text says, and who signed it.",
    "evaluate": "Work out values, verdicts and payments from data.",
    "backtest": "Work out what past data would have paid under a draft.",
    "diff": "Say what changed between two versions of an agreement.",
    "amend": "Write the amendment that changes an executed agreement.",
    "fmt": "Tidy the white space of agreements.",
    "explain": "Explain a rule, by its code or its name.",
    "init": "Begin a new agreement in a folder.",
    "i18n": "Translate an agreement's own text.",
    "schema": "Print the JSON Schema of a specification or a result.",
    "simulate": "Estimate what credits and bonuses come to in a year.",
    "statement": "Sign the statement of a result, and see who did.",
    "conformance": "Write the kit by which another engine is checked.",
    "completion": "Print the completion script for a shell.",
}


class LazyGroup(click.Group):
    """Knows its commands by name and one line each, and imports a command only to run it or to help with it."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        # What a command builds lives until it ends, so looking for garbage early only costs time.
        gc.freeze()
        gc.set_threshold(500_000, 20, 100)
        try:
            return super().main(*arguments, **options)
        finally:
            if sys.modules.keys() & {"_duckdb", "duckdb"}:  # it complains of what is not looked through
                gc.unfreeze()
            else:
                gc.freeze()  # the interpreter looks through everything once more as it ends, for nothing

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"xladsl.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, epilog="Example:  xladsl check agreements")
@click.version_option(__version__, "--version", prog_name="xladsl", message="%(prog)s %(version)s")
def main() -> None:
    """xladsl compiles agreements on experience and service levels.

    From one text it makes the contract that is signed and the rules that are monitored.

    Exit codes: 0 all is well, 1 there are findings, 2 the command was not understood.
    """
