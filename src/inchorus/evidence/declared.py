"""What is declared of sources: party, owner, country, as the documents' further columns say."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from inchorus.engine.identifiers import identifier
from inchorus.evidence.asking import Query, columns_of
from inchorus.evidence.documents import OWN
from inchorus.study import Study


def further(rows: Query) -> list[str]:
    """The columns that the documents have besides those of every study."""
    # A loaded study numbers its documents; of the input a column of that name is lost there.
    own = OWN - {"position"}
    return [name for name in columns_of(rows, "documents") if name not in own]


def commonest(rows: Query, column: str) -> dict[str, str | None]:
    """By source the value, as text, that most of its documents have in a further column; None where none has one."""
    value = f"mode({identifier(column)}::VARCHAR) AS value"
    found = rows(f"SELECT source, {value} FROM documents GROUP BY source", [])  # noqa: S608 - a quoted name
    return {row["source"]: row["value"] for row in found}


def declared(rows: Query) -> dict[str, dict[str, str]]:
    """By further column of the documents, the value of each source that has one, as text.

    A column is declared of sources if each has one value of it in all of its documents, or none in all. Where no
    source has two documents that says nothing, and there is no such column.
    """
    columns = [column for column in further(rows) if column not in OWN]
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


def typed(study: Study, as_text: Mapping[str, bool]) -> pa.Table:
    """By `source`, sorted, the least value of each column of `as_text`, as text or as it is: a0, a1 and so on."""
    wanted = ", ".join(
        f"min({identifier(name)}{'::VARCHAR' if text else ''}) AS a{i}"
        for i, (name, text) in enumerate(as_text.items())
    )
    return study.sql(f"SELECT source, {wanted} FROM documents GROUP BY source ORDER BY source")  # noqa: S608
