"""Findings for machines: JSON with every place as line, column and offset, and the fixes as edits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..diagnostics import Diagnostic
    from ..source import Span


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """All findings as one JSON document."""
    return json.dumps({"findings": [as_data(found) for found in diagnostics]}, ensure_ascii=False, indent=2)


def as_data(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "rule": found.rule,
        "severity": str(found.severity),
        "title": found.title,
        "place": place(found.span),
        "here": found.here,
        "why": found.why,
        "remedy": found.remedy,
        "labels": [{"place": place(label.span), "text": label.text} for label in found.labels],
        "fix": found.fix
        and {
            "title": found.fix.title,
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
