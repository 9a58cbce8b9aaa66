"""Findings for machines: JSON with every place as line, column and offset, and the fixes as edits.

`profiles` are those that the agreement was checked under; those of a finding are the ones in which alone its rule
runs. A finding that is `raised` is a warning under the profile `review`. `fixed` is what `--fix` has changed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..diagnostics import rule_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..diagnostics import Diagnostic
    from ..profiles import Profile
    from ..source import Span


def render(diagnostics: Iterable[Diagnostic], profile: Profile, fixed: Iterable[Diagnostic] = ()) -> str:
    """All findings as one JSON document."""
    document = {
        "profiles": profile.names,
        "fixed": [as_data(found) for found in fixed],
        "findings": [as_data(found) for found in diagnostics],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_data(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "rule": found.rule,
        "severity": str(found.severity),
        "raised": found.raised,
        "profiles": list(rule_named(found.rule).profiles),
        "title": found.title,
        "place": place(found.span),
        "here": found.here,
        "why": found.why,
        "remedy": found.remedy,
        "labels": [{"place": place(label.span), "text": label.text} for label in found.labels],
        "fix": found.fix
        and {
            "title": found.fix.title,
            "safe": found.fix.safe,
            "edits": [{"place": place(edit.span), "text": edit.text} for edit in found.fix.edits],
        },
    }


def place(span: Span) -> dict[str, Any]:
    """Lines and columns count from 1, in code points; offsets count code points from the start of the file."""
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(span.end)
    return {
        "file": span.source.name,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "offset": span.start,
        "end_offset": span.end,
    }
