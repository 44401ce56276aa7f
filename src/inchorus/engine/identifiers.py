"""Names of columns and tables in SQL; DuckDB and SQLite quote them alike."""

from __future__ import annotations


def identifier(name: str) -> str:
    """The name as SQL has it, whatever is in it.

    >>> print(identifier('a "b" c'))
    "a ""b"" c"
    """
    return '"' + name.replace('"', '""') + '"'
