"""A translation without the code of a language."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL204", Severity.ERROR)
