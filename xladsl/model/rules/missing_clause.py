"""A block without a clause it needs."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL201", Severity.ERROR)
