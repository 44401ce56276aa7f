"""A whole study as one SQLite database, which Datasette opens as it is."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from inchorus.engine.identifiers import identifier
from inchorus.errors import InputError, Where
from inchorus.export.cells import apart, plain
from inchorus.export.rows import is_bytes, is_text, rows, schema
from inchorus.progress import Progress
from inchorus.study import Study

_KEYS = {"documents": "doc_id", "talking_points": "tp_id", "variants": "variant_id"}
# A column of this name, in another table, holds a key of this one.
_REFERS = {
    "doc_id": "documents",
    "copied_from": "documents",
    "tp_id": "talking_points",
    "variant_id": "variants",
}
_SOUGHT = {*_REFERS, "source", "source_a", "source_b", "group_id", "time", "label", "q_value"}
_BIGGEST = 2**63 - 1


def write_sqlite(study: Study, path: Path, progress: Progress) -> dict[str, int]:
    """Write every table of the study, its manifest as the table `metadata`; the number of rows of each.

    Times are ISO 8601 in UTC, lists and structs JSON. Ids are keys with indexes. `talking_points_fts` searches the
    wording where this SQLite has FTS5. InputError where SQLite cannot hold the study.
    """
    counts: dict[str, int] = {}
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            # A file that is not there yet needs no protection from a crash.
            for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
                database.execute(f"PRAGMA {setting}")
            database.execute("BEGIN")
            for table in study.usable:
                counts[table] = _write_table(database, study, table, progress)
            _write_metadata(database, study)
            with progress.stage("index", None, "tables"):
                for table in counts:
                    _write_indexes(database, table, _columns(schema(study, table)))
                _write_search(database)
            database.execute("COMMIT")
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        what = f"SQLite cannot hold this study: {error}"
        raise InputError(what, where=Where(str(study.path)), fix="export it as csv") from error
    return counts


def _write_table(database: sqlite3.Connection, study: Study, table: str, progress: Progress) -> int:
    columns = _columns(schema(study, table))
    key = _KEYS.get(table)
    parts = [f"{identifier(name)} {kind}{' PRIMARY KEY' if name == key else ''}" for name, kind in columns]
    for name, _ in columns:
        if name in _REFERS and name != key and _REFERS[name] in study.usable:
            parts.append(f"FOREIGN KEY ({identifier(name)}) REFERENCES {_REFERS[name]} ({_KEYS[_REFERS[name]]})")
    database.execute(f"CREATE TABLE {identifier(table)} ({', '.join(parts)})")
    insert = f"INSERT INTO {identifier(table)} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names are quoted
    count = 0
    with progress.stage(f"write {table}", int(study.manifest["tables"][table]["rows"]), "rows") as advance:
        for block in rows(study, table, _conversion):
            database.executemany(insert, block)
            count += len(block)
            advance(len(block))
    return count


def _write_metadata(database: sqlite3.Connection, study: Study) -> None:
    database.execute("CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT)")
    facts = {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in study.manifest.items()}
    database.executemany("INSERT INTO metadata VALUES (?, ?)", facts.items())


def _write_indexes(database: sqlite3.Connection, table: str, columns: Sequence[tuple[str, str]]) -> None:
    for name, _ in columns:
        if name in _SOUGHT and name != _KEYS.get(table):
            index, on = identifier(f"{table}_{name}"), identifier(table)
            database.execute(f"CREATE INDEX {index} ON {on} ({identifier(name)})")


def _write_search(database: sqlite3.Connection) -> None:
    if not database.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]:
        return
    database.execute(
        'CREATE VIRTUAL TABLE talking_points_fts USING fts5(text, content="talking_points", '
        "tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute("INSERT INTO talking_points_fts (talking_points_fts) VALUES ('rebuild')")


def _columns(columns: pa.Schema) -> list[tuple[str, str]]:
    """The name and the SQLite type of each column; SQLite does not tell names apart by their case."""
    names = apart(name.replace("\0", "\ufffd") for name in columns.names)
    return [(name, _type(f.type)) for name, f in zip(names, columns, strict=True)]


def _type(kind: pa.DataType) -> str:
    if pa.types.is_uint64(kind):
        return ""  # SQLite would make a fraction of a number that it cannot hold
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "INTEGER"
    if pa.types.is_floating(kind):
        return "REAL"
    return "BLOB" if is_bytes(kind) else "TEXT"


def _conversion(kind: pa.DataType) -> Callable[[Any], Any] | None:
    if pa.types.is_uint64(kind):
        return lambda value: value if value <= _BIGGEST else str(value)
    return None if is_text(kind) or _type(kind) != "TEXT" else plain
