"""DuckDB itself, without the Python package around it.

The package brings ways of building queries that nobody here uses, and to load it takes longer than to ask a file of a
million rows. What connects, and what is raised, is the same either way.
"""

from __future__ import annotations

from typing import Any


def driver() -> Any:
    """The module that connects. Raises ImportError where DuckDB is not installed."""
    try:
        import _duckdb as found
    except ImportError:  # should a later version name it otherwise
        import duckdb as found  # type: ignore[no-redef]
    return found
