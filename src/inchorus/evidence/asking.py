"""How a study is asked: through a function of SQL and parameters, so that a file and a loaded study answer alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from inchorus.errors import UsageError, nearest
from inchorus.study import Study

# What every question takes: gives the rows of an answer as dictionaries, `?` or $1 … standing for the parameters.
Query = Callable[[str, Sequence[Any]], list[dict[str, Any]]]


def asking(study: Study) -> Query:
    """A function that asks the tables of a study in their files."""

    def rows(sql: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = study.sql(sql, parameters).to_pylist()
        return found

    return rows


def check_sources(rows: Query, names: Sequence[str]) -> None:
    """Raise UsageError for the first name that no document has as its source."""
    known = [row["source"] for row in rows("SELECT DISTINCT source FROM documents ORDER BY source", [])]
    for name in names:
        if name not in known:
            raise UsageError(f"no document is by the source {name!r}", fix=nearest(name, known))
