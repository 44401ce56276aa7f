"""Databases of SQLite and DuckDB: their tables as they stand, and nothing of theirs executed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError, UsageError
from read.conftest import Read

Make = Callable[[Path, str], Path]
TABLES = """
CREATE TABLE posts (id BIGINT, source VARCHAR, time VARCHAR, text VARCHAR);
INSERT INTO posts VALUES (9007199254740993, 'A', '2024-05-01', 'one'), (2, 'B', NULL, 'two');
CREATE TABLE "more; posts" (source VARCHAR, text VARCHAR, id INTEGER);
INSERT INTO "more; posts" VALUES ('C', 'three', 3);
CREATE TABLE channels (name VARCHAR);
CREATE VIEW seen AS SELECT * FROM posts;
"""


def sqlite(path: Path, script: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return path


def duck(path: Path, script: str) -> Path:
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(script)
    return path


BOTH = pytest.mark.parametrize("make", [sqlite, duck])


@BOTH
@pytest.mark.parametrize("name", ["a.db", "a"])
def test_every_table_with_the_columns_is_read(read: Read, folder: Path, make: Make, name: str) -> None:
    found = read(make(folder / name, TABLES))
    assert sorted(found.table["doc_id"].to_pylist()) == ["2", "3", "9007199254740993"]
    assert found.table["time_precision"].to_pylist() == ["day", None, None]
    assert f"tables read of {name}: 'more; posts', 'posts'; left out, without the columns: 'channels'" in {
        note.replace("'posts', 'more; posts'", "'more; posts', 'posts'") for note in found.notes
    }
    assert found.n_rows == 3


@BOTH
def test_a_table_is_named_behind_two_colons(read: Read, folder: Path, make: Make) -> None:
    path = make(folder / "a.db", TABLES)
    assert read(Path(f"{path}::posts")).table["text"].to_pylist() == ["one", "two"]
    assert read(Path(f"{path}::more; posts")).table["text"].to_pylist() == ["three"]
    with pytest.raises(UsageError, match=r"no table 'post'; the tables are: .*; did you mean 'posts'"):
        read(Path(f"{path}::post"))
    with pytest.raises(UsageError, match=r"'seen' is a view.*CREATE TABLE kept AS SELECT"):
        read(Path(f"{path}::seen"))
    with pytest.raises(InputError, match=r"a\.db, table 'channels': no column 'source'; the columns are: name"):
        read(Path(f"{path}::channels"))
    (folder / "a.csv").write_text("source,text\nA,x\n")
    with pytest.raises(UsageError, match="only databases have"):
        read(folder / "a.csv::posts")
    with pytest.raises(InputError, match="no such file"):
        read(folder / "b.db::posts")


@BOTH
def test_an_error_names_the_table_and_the_row(read: Read, folder: Path, make: Make) -> None:
    path = make(folder / "a.db", TABLES + "INSERT INTO posts VALUES (4, '', NULL, 'x');")
    with pytest.raises(InputError, match=r"a\.db, table 'posts', row \d, column 'source': the source is empty"):
        read(path)
    assert read(path, bad_rows="skip").skipped.n == 1


@BOTH
def test_what_is_no_such_database_is_said(read: Read, folder: Path, make: Make) -> None:
    data = make(folder / "a.db", TABLES).read_bytes()
    for kept in (100, len(data) // 2):
        (folder / "b.db").write_bytes(data[:kept])
        with pytest.raises(InputError, match=r"b\.db: no database of \w+, or one that is damaged"):
            read(folder / "b.db")


def test_types_of_sqlite_are_those_of_the_values(read: Read, folder: Path) -> None:
    path = sqlite(
        folder / "a.db", "CREATE TABLE t (source, text, n, hash); INSERT INTO t VALUES ('A', 'x', 7, x'00ff')"
    )
    row = read(path).table.to_pylist()[0]
    assert (row["n"], row["hash"]) == (7, "00ff")


def test_text_that_is_not_utf_8_costs_its_row(read: Read, folder: Path) -> None:
    path = sqlite(
        folder / "a.db",
        "CREATE TABLE t (source, text); INSERT INTO t VALUES ('A', 'é'), ('B', CAST(x'636166e9' AS TEXT))",
    )
    with pytest.raises(InputError, match=r"table 't', row 2: not valid UTF-8 \(the byte 0xe9\)"):
        read(path)
    found = read(path, bad_rows="skip")
    assert (found.table["text"].to_pylist(), found.skipped.n, found.n_rows) == (["é"], 1, 2)


def test_what_a_program_still_writes_is_read_and_nothing_is_changed(read: Read, folder: Path) -> None:
    with closing(sqlite3.connect(folder / "a.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (source, text)")
        connection.commit()
        connection.execute("INSERT INTO t VALUES ('A', 'x')")
        connection.commit()
        before = (folder / "a.db").read_bytes()
        assert read(folder / "a.db").table["text"].to_pylist() == ["x"]
        assert (folder / "a.db").read_bytes() == before


def test_full_text_tables_are_not_executed(read: Read, folder: Path) -> None:
    path = sqlite(folder / "a.db", "CREATE VIRTUAL TABLE t USING fts5(source, text); INSERT INTO t VALUES ('A', 'x');")
    with pytest.raises(UsageError, match="a table that a program computes"):
        read(Path(f"{path}::t"))


def test_a_database_that_another_program_has_open_is_read_or_said(read: Read, folder: Path) -> None:
    duck(folder / "a.duckdb", TABLES)
    (folder / "a.csv").write_text("source,text\nA,x\n")
    duck(folder / "b.duckdb", f"CREATE VIEW t AS SELECT * FROM read_csv('{folder / 'a.csv'}')")
    with pytest.raises(UsageError, match="'t' is a view"):
        read(folder / "b.duckdb::t")


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.integers(0, 12287), st.integers(1, 255)), max_size=6))
def test_no_other_error_comes_of_damage(read: Read, folder: Path, flips: list[tuple[int, int]]) -> None:
    plain = folder / "plain.db"
    if not plain.exists():
        sqlite(plain, "CREATE TABLE t (source, text); INSERT INTO t VALUES ('A', 'x'), ('B', 'y')")
    data = bytearray(plain.read_bytes())
    for at, by in flips:
        data[at % len(data)] ^= by
    (folder / "a.db").write_bytes(data)
    try:
        found = read(folder / "a.db", bad_rows="skip", format="sqlite")
    except (InputError, UsageError):
        return
    assert found.n_rows == found.table.num_rows + found.skipped.n + found.n_empty
