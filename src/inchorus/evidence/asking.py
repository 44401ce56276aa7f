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


def columns_of(rows: Query, table: str) -> list[str]:
    """The columns that a table of the study has, in their order: those of an older inchorus lack some."""
    return [row["column_name"] for row in rows(f"DESCRIBE {table}", [])]


def check_sources(rows: Query, names: Sequence[str]) -> None:
    """Raise UsageError for the first name that no document has as its source; one that is another's name is told so."""
    known = [row["source"] for row in rows("SELECT DISTINCT source FROM documents ORDER BY source", [])]
    for name in names:
        if name not in known:
            raise UsageError(f"no document is by the source {name!r}", fix=_goes_by(rows, name) or nearest(name, known))


def _goes_by(rows: Query, name: str) -> str:
    """What to ask for where the input's name of a source was replaced, as `--same-source` says."""
    if "source_as_given" not in columns_of(rows, "documents"):
        return ""
    found = rows("SELECT min(source) AS source FROM documents WHERE source_as_given = ?", [name])[0]["source"]
    return "" if found is None else f"it is a name of {found!r}, as --same-source says"
