"""A name that stands for the wrong kind of thing."""

from ...diagnostics import Rule, Severity

RULE = Rule("XL211", Severity.ERROR)
