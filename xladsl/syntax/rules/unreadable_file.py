"""A file is not UTF-8 text: it has another encoding, or it is no text at all.

The same bytes read as other letters on another machine, and the parties would sign different texts. Save the file as
UTF-8; every editor offers it.
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL124", Severity.ERROR)
