"""Files that import each other in a circle."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL222", Severity.ERROR)
