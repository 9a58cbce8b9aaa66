"""A file is larger than 20 MB.

Nobody can read an agreement of that size, and it is rarely one. Divide it into several files and import them.
"""

from __future__ import annotations

from xladsl.diagnostics import Rule, Severity

RULE = Rule("XL125", Severity.ERROR)
