"""What is asked of sources."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.api import Study
from inchorus.engine.duckdb import connect
from inchorus.evidence.documents import passages_in
from inchorus.evidence.sources import covered, documents_of
from inchorus.ui.page import Ask
from inchorus.ui.pages.document import document
from inchorus.ui.pages.source import source
from inchorus.ui.pages.sources import sources
from inchorus.ui.reader import Reader


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


def test_page_table_export_and_documents_count_firsts_alike(news: Study, tmp_path: Path) -> None:
    reader = Reader(news)
    listed = {
        row["source"]: row["lines_first"] for row in sources(reader, Ask("/sources", whole=True)).tables["sources"]
    }
    export = tmp_path / "points.csv"
    news.export(export, "csv", table="talking_points", raw=True)
    with export.open(encoding="utf-8", newline="") as file:
        rows = [(row["label"], json.loads(row["first_sources"])) for row in csv.DictReader(file)]
    alone = Counter(names[0] for label, names in rows if label == "line" and len(names) == 1)
    assert listed == {name: alone.get(name, 0) for name in listed}
    assert sum(listed.values()) > 0
    for name in sorted(listed, key=lambda name: -listed[name])[:1]:
        data = source(reader, Ask("/source", (("name", name),))).data
        assert data["lines_first"] == listed[name]
        of_documents = set[str]()
        for row in documents_of(reader.rows, name):
            held = document(reader, Ask("/document", (("id", row["doc_id"]),))).data
            lines = {row["label"]: row for row in held["labels"]}.get("line", {"first": 0})
            own = {
                p["tp_id"] for p in passages_in(reader.rows, row["doc_id"]) if p["label"] == "line" and p["is_first"]
            }
            surely = {p for p in own if len(firsts_of(reader, p)) == 1}
            assert lines["first"] == len(surely)
            of_documents |= surely
        assert len(of_documents) == listed[name]
    reader.close()


def firsts_of(reader: Reader, tp_id: str) -> list[str]:
    return list(reader.value("SELECT first_sources FROM talking_points WHERE tp_id = ?", [tp_id]))
