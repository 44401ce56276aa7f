"""What is declared of sources: party, owner, country, as the documents' further columns say."""

from __future__ import annotations

from inchorus.engine.identifiers import identifier
from inchorus.evidence.asking import Rows
from inchorus.schema import DOCUMENTS, NAMED

_OWN = {"position", *(column.name for column in (*DOCUMENTS, *NAMED))}


def declared(rows: Rows) -> dict[str, dict[str, str]]:
    """By further column of the documents, the value of each source that has one, as text.

    A column is declared of sources if each has one value of it in all of its documents, or none in all. Where no
    source has two documents that says nothing, and there is no such column.
    """
    columns = [row["column_name"] for row in rows("DESCRIBE documents", []) if row["column_name"] not in _OWN]
    if not columns:
        return {}
    values = ", ".join(
        f"min({name}::VARCHAR) AS v{i}, min({name}::VARCHAR) IS DISTINCT FROM max({name}::VARCHAR)"
        f" OR count({name}) NOT IN (0, count(*)) AS differs{i}"
        for i, name in enumerate(f"d.{identifier(column)}" for column in columns)
    )
    found = rows(f"SELECT d.source, count(*) AS n, {values} FROM documents d GROUP BY d.source", [])  # noqa: S608
    if not any(row["n"] > 1 for row in found):
        return {}
    out = {}
    for i, column in enumerate(columns):
        said = {row["source"]: row[f"v{i}"] for row in found if row[f"v{i}"] is not None}
        if said and not any(row[f"differs{i}"] for row in found):
            out[column] = said
    return out
