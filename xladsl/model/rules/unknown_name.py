"""A name that stands for nothing."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL210", Severity.ERROR)
