"""A file of translations that cannot be read.

A translation that nobody can read is missing on paper, where the text then stands in another language. Files of
translations are gettext's: each text stands between quotation marks after `msgid`, and its translation after `msgstr`.
`xladsl i18n update` writes them.
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL224", Severity.ERROR)
