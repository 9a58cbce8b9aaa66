"""Two things with one name."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL213", Severity.ERROR)
