"""JSON: one object a line, or one array of objects; values keep the types that all rows share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from inchorus.errors import InputError, Where
from inchorus.read.bad_rows import BadRows
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, BadRow, Batch, Kind, clean, strings
from inchorus.read.inputs import Input
from inchorus.read.json_records import Record, check_wrapped, json_type, records
from inchorus.read.opened import opened
from inchorus.read.options import ReadOptions
from inchorus.read.values import written_column

MAX_COLUMNS = 5_000


def read_jsonl(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of a JSON file; `index` becomes their `file_index`.

    Every column comes as text, with `kinds` saying what its values were: the caller gives the column the
    type that fits all of them. Lists and objects are JSON text. A record that is broken or is no object, or whose id,
    source or text is a list or an object, raises InputError or is skipped, as `options.bad_rows` says; of an array with
    all that follows, as that cannot be told apart. The records may stand in a list inside one object, as in
    `{"data": [...]}`, or take several lines each.
    """
    bad = BadRows(file, index, options)
    wanted = {options.source or "source", options.text or "text"}
    with opened(file, options.encoding) as stream:
        found = records(file, stream, options.encoding, bad, wanted)
        yield from record_batches(file, index, options, found, bad, stream.position)


def record_batches(
    file: Input,
    index: int,
    options: ReadOptions,
    found: Iterator[Record],
    bad: BadRows,
    position: Callable[[], int],
) -> Iterator[Batch]:
    """Batches of records, as `read_jsonl` has them; `position()` says how many bytes of the file were read."""
    named = {"id": options.id, "source": options.source, "text": options.text}
    plain = {part if name is None else name for part, name in named.items()}
    rows: list[Record] = []
    names: dict[str, None] = {}
    done = mark = 0
    for record in found:
        if why := _unfit(record.value, plain):
            if record.row == 1 and isinstance(record.value, dict):
                check_wrapped(file, record.value, plain)
            what, column, fix = why
            raw = json.dumps(record.value, ensure_ascii=False)
            bad.add(what, record.row, record.line or None, fix=fix, raw=raw, column=column)
            continue
        rows.append(record)
        if record.end - mark >= BATCH_BYTES or len(rows) >= BATCH_ROWS:
            yield _batch(file, names, rows, index, position(), bad.taken())
            done, mark = done + len(rows), record.end
            rows = []
    if done == 0 and len(rows) == 1:
        check_wrapped(file, rows[0].value, plain)
    rest = bad.taken()
    if done + len(rows) + len(rest) == 0:
        raise InputError("the file holds no records", where=Where(file.name), fix="export it again")
    yield _batch(file, names, rows, index, position(), rest)


def _unfit(record: Any, plain: set[str]) -> tuple[str, str | None, str] | None:
    """What is wrong with a record, in which column, and what to do; None for one that fits."""
    if not isinstance(record, dict):
        return (
            f"a JSON {json_type(record)} where an object should be",
            None,
            'every record is an object, as in {"source": "…", "text": "…"}',
        )
    for name in plain:
        if isinstance(record.get(name), list | dict):
            fix = "take the text out of it, or name another column"
            return f"a JSON {json_type(record[name])} where text should be", name, fix
    return None


def _batch(
    file: Input,
    names: dict[str, None],
    rows: list[Record],
    index: int,
    position: int,
    bad: tuple[BadRow, ...],
) -> Batch:
    replaced = 0
    for row in rows:
        if not row.value.keys() <= names.keys():
            names.update(dict.fromkeys(row.value))
    if len(names) > MAX_COLUMNS:
        raise InputError(
            f"more than {MAX_COLUMNS} different names in its objects",
            where=Where(file.name),
            fix="is this one record a line, with the same names in each?",
        )
    columns: dict[str, pa.Array] = {}
    kinds: dict[str, set[Kind]] = {}
    for name in names:
        key, n = clean(name)
        if key in columns:
            raise InputError(f"two columns are named {key!r}", where=Where(file.name), fix="rename one of them")
        values, kinds[key] = written_column([row.value.get(name) for row in rows])
        columns[key], m = strings(values)
        replaced += n + m
    return Batch(
        columns=columns,
        file_index=np.full(len(rows), index, np.int32),
        row=np.array([r.row for r in rows], np.int64),
        line=np.array([r.line for r in rows], np.int64),
        position=position,
        settled=False,
        kinds=kinds,
        replaced=replaced,
        bad=bad,
    )
