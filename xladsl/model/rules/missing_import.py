"""An imported file that cannot be read."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL220", Severity.ERROR)
