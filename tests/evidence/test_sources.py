"""What is asked of sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.engine.duckdb import connect
from inchorus.evidence.sources import covered


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), min_size=1, max_size=8))
def test_overlapping_passages_are_covered_as_a_set_of_characters_is(spans: list[tuple[int, int]]) -> None:
    connection = connect()
    connection.execute(
        'CREATE TABLE passages (tp_id VARCHAR, doc_id VARCHAR, source VARCHAR, start BIGINT, "end" BIGINT)'
    )
    connection.execute("CREATE TABLE talking_points AS SELECT '1' AS tp_id, 'line' AS label")
    for start, length in spans:
        connection.execute("INSERT INTO passages VALUES ('1', 'd', 's', ?, ?)", [start, start + length])

    def rows(sql: str, parameters: Sequence[Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = connection.sql(sql, params=list(parameters)).to_arrow_table().to_pylist()
        return found

    found = {row["label"]: row["characters"] for row in covered(rows, "s")}
    inside = {i for start, length in spans for i in range(start, start + length)}
    assert found == {"line": len(inside), None: len(inside)}
