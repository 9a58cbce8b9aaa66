"""A name that stands for several things."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL212", Severity.ERROR)
