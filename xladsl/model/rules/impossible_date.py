"""A day or a time that does not exist."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL203", Severity.ERROR)
