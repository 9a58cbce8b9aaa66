"""An import that leads out of the repository."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL221", Severity.ERROR)
