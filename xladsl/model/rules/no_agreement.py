"""A file without an agreement, or with two."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL223", Severity.ERROR)
