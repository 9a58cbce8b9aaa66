"""`xladsl explain`: what a rule wants, and why."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from ..diagnostics import rule_modules, rule_named
from ..spelling import nearest


@click.command(epilog="Example:  xladsl explain unknown-name")
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
    """Explain a rule, by its code or its name. Without one, list them all."""
    rules = {name: rule_named(name) for name in rule_modules()}
    if rule is None:
        for name, known in sorted(rules.items(), key=lambda entry: entry[1].code):
            click.echo(f"{known.code}  {known.severity!s:<8} {name}")
        return
    wanted = next((name for name, known in rules.items() if rule.lower() in (name, known.code.lower())), None)
    if wanted is None:
        near = nearest(rule.lower(), rules) or nearest(rule.upper(), [known.code for known in rules.values()])
        raise click.UsageError(f"There is no rule {rule}." + (f" Did you mean {near}?" if near else ""))
    where = f" in the profile {' or '.join(rules[wanted].profiles)}" if rules[wanted].profiles else ""
    click.echo(f"{rules[wanted].code} {wanted} ({rules[wanted].severity}{where})\n")
    click.echo((import_module(rule_modules()[wanted]).__doc__ or "").strip())
    sys.exit(0)
