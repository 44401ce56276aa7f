"""CSV and SQLite: what is in the study comes back, and nothing of it is run."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import hostile
from inchorus import find
from inchorus.api import Study
from inchorus.export.cells import apart, defused, plain
from inchorus.study import write_study
from made_study import tables

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
DOCUMENT = {"doc_id": "1", "source": "s", "time": None, "time_precision": None, "title": None, "text": "t"}


@pytest.fixture(autouse=True)
def long_cells() -> Iterator[None]:
    before = csv.field_size_limit(10**6)
    yield
    csv.field_size_limit(before)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def odd(tmp_path: Path, columns: dict[str, Any]) -> Study:
    """A study of one document with further columns."""
    row = pa.Table.from_pylist([DOCUMENT], tables(1)["documents"].schema)
    for name, values in columns.items():
        row = row.append_column(name, values)
    return Study(write_study(tmp_path / "odd", {**tables(1), "documents": row}, {}))


def test_every_table_is_a_file_with_every_row(attacks: Study, tmp_path: Path) -> None:
    done = attacks.export(tmp_path / "all", "csv")
    names = set(attacks.manifest["tables"])
    assert {p.name for p in (tmp_path / "all").iterdir()} == {f"{name}.csv" for name in names}
    for name in names:
        found = read(tmp_path / "all" / f"{name}.csv")
        assert len(found) == done.rows[name] == attacks.manifest["tables"][name]["rows"]


def test_talking_points_come_with_the_sentences_that_people_are_shown(tmp_path: Path) -> None:
    line = "nobody in this valley will ever pay twice for clean water"
    rows = [{"source": "a", "text": f"I say that {line}."}, {"source": "b", "text": f"They hold {line} or wine."}]
    study = find(rows, tmp_path / "s")
    study.export(tmp_path / "points.csv", "csv", table="talking_points")
    study.export(tmp_path / "study.db", "sqlite")
    (row,) = read(tmp_path / "points.csv")
    assert (row["text"], row["quote"]) == (line, f"I say that {line}.")
    with closing(sqlite3.connect(tmp_path / "study.db")) as database:
        assert database.execute("SELECT quote FROM talking_points").fetchall() == [(f"I say that {line}.",)]


def test_no_cell_of_text_begins_a_formula(attacks: Study, tmp_path: Path) -> None:
    attacks.export(tmp_path / "all", "csv")
    cells = [
        cell for path in (tmp_path / "all").iterdir() for row in read(path) for pair in row.items() for cell in pair
    ]
    assert any(cell == "'" + hostile.FORMULA for cell in cells)
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(STARTS)]


def test_values_come_back_and_raw_text_is_as_it_was(attacks: Study, tmp_path: Path) -> None:
    attacks.export(tmp_path / "d.csv", "csv", table="documents", raw=True)
    rows = attacks.documents.arrow().to_pylist()
    for row, found in zip(rows, read(tmp_path / "d.csv"), strict=True):
        assert found["source"] == row["source"]
        assert found["text"] == row["text"]
        assert found["url"] == (row["url"] or "")
        assert datetime.fromisoformat(found["time"]) == row["time"]
        assert found["tags"] == row["tags"]
        assert found[hostile.WIDTH] == str(row[hostile.WIDTH])


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    columns = {
        "n": pa.array([-3]), "x": pa.array([-0.5]), "d": pa.array([Decimal("-1.50")]), "yes": pa.array([True]),
        "many": pa.array([["=1", "b"]]), "few": pa.array(["=1"]).dictionary_encode(), "long": pa.array([timedelta(-1)]),
        "raw": pa.array([b"=1"]),
    }  # fmt: skip
    study = odd(tmp_path, columns)
    study.export(tmp_path / "d.csv", "csv", table="documents")
    (row,) = read(tmp_path / "d.csv")
    assert [row[k] for k in columns] == [
        "-3",
        "-0.5",
        "-1.50",
        "true",
        '["=1", "b"]',
        "'=1",
        "'-1 day, 0:00:00",
        "3d31",
    ]
    assert (row["time"], row["title"]) == ("", "")


def test_a_byte_order_mark_is_written_when_asked_for(news: Study, tmp_path: Path) -> None:
    news.export(tmp_path / "a.csv", "csv", table="ties", bom=True)
    news.export(tmp_path / "b.csv", "csv", table="ties")
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + (tmp_path / "b.csv").read_bytes()


@given(st.text())
@example(" =1+1")
@example("")
def test_an_apostrophe_is_put_before_what_needs_one_and_nothing_else(text: str) -> None:
    needs = text.lstrip(" ").startswith(STARTS)
    assert defused(text) == ("'" + text if needs else text)


@given(st.lists(st.text()))
def test_names_stay_apart_whatever_their_case(names: list[str]) -> None:
    found = apart(names)
    assert len({name.casefold() for name in found}) == len(names)
    assert all(a.startswith(b) for a, b in zip(found, names, strict=True))


def test_nested_values_are_json() -> None:
    at = datetime(2024, 5, 1, tzinfo=UTC)
    assert json.loads(plain([{"at": at, "raw": b"\x01"}])) == [{"at": "2024-05-01T00:00:00+00:00", "raw": "01"}]


def test_the_database_holds_every_row_of_every_table(attacks: Study, tmp_path: Path) -> None:
    attacks.export(tmp_path / "study.db", "sqlite")
    with closing(sqlite3.connect(tmp_path / "study.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for name, entry in attacks.manifest["tables"].items():
            assert database.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (entry["rows"],)
        rows = attacks.documents.arrow().to_pylist()
        found = database.execute("SELECT doc_id, source, time, text, tags FROM documents ORDER BY rowid").fetchall()
        wanted = [(r["doc_id"], r["source"], r["time"].isoformat(), r["text"], r["tags"]) for r in rows]
        assert found == wanted
        manifest = dict(database.execute("SELECT key, value FROM metadata"))
        assert json.loads(manifest["tables"]) == attacks.manifest["tables"]
        assert manifest["format"] == "inchorus study"


def test_passages_can_be_joined_by_keys_and_wording_searched(attacks: Study, tmp_path: Path) -> None:
    attacks.export(tmp_path / "study.db", "sqlite")
    with closing(sqlite3.connect(tmp_path / "study.db")) as database:
        keys = {row[2:5] for row in database.execute("PRAGMA foreign_key_list(passages)")}
        assert keys == {
            ("documents", "doc_id", "doc_id"),
            ("documents", "copied_from", "doc_id"),
            ("talking_points", "tp_id", "tp_id"),
            ("variants", "variant_id", "variant_id"),
        }
        plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM passages WHERE tp_id = 'x'").fetchall()
        assert "USING INDEX" in plan[0][3]
        if not database.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]:
            pytest.skip("this SQLite has no full-text search")
        found = database.execute(
            "SELECT text FROM talking_points WHERE rowid IN "
            "(SELECT rowid FROM talking_points_fts WHERE talking_points_fts MATCH 'doctype')"
        ).fetchall()
        wanted = attacks.talking_points.filter("contains(text, 'DOCTYPE')").arrow()["text"].to_pylist()
        assert sorted(t for (t,) in found) == sorted(wanted) != []


def test_columns_that_sqlite_would_not_tell_apart_are_renamed(tmp_path: Path) -> None:
    columns = {"a\x00": pa.array(["x"]), 'A"; --': pa.array([2**64 - 1], pa.uint64()), "TEXT": pa.array([b"\xff"])}
    odd(tmp_path, columns).export(tmp_path / "study.db", "sqlite")
    with closing(sqlite3.connect(tmp_path / "study.db")) as database:
        found = database.execute("SELECT * FROM documents")
        names = [d[0] for d in found.description][-3:]
        assert names == ["a\ufffd", 'A"; --', "TEXT (2)"]
        assert found.fetchone()[-3:] == ("x", str(2**64 - 1), b"\xff")
