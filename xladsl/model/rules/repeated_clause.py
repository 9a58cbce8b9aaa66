"""A clause said twice in one block."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL202", Severity.ERROR)
