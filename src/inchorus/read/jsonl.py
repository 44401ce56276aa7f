"""JSON: one object a line, or one array of objects; values keep the types that all rows share."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from inchorus.errors import InputError, Where
from inchorus.read.batches import BATCH_BYTES, BATCH_ROWS, Batch, Kind, clean, json_text, rows_from, strings
from inchorus.read.inputs import Input
from inchorus.read.opened import Opened, opened
from inchorus.read.options import ReadOptions

MAX_COLUMNS = 5_000
_EXACT_IN_FLOAT = 1 << 53
_DECODER = json.JSONDecoder()
_BLANK = " \t\r\n"


def read_jsonl(file: Input, index: int, options: ReadOptions) -> Iterator[Batch]:
    """Batches of a JSON file; `index` becomes their `file_index`.

    Every column comes as text, with `kinds` saying what its values were: the caller gives the column the
    type that fits all of them. Lists and objects are JSON text. Raises InputError for a record that is
    broken or is no object, and where the id, the source or the text is a list or an object.
    """
    plain = {options.id or "id", options.source or "source", options.text or "text"}
    with opened(file, options.encoding) as stream:
        rows: list[dict[str, Any]] = []
        names: dict[str, None] = {}
        done, mark = 0, 0
        for record, end in _records(file, stream, options.encoding):
            if not isinstance(record, dict):
                raise InputError(
                    f"a JSON {_json_type(record)} where an object should be",
                    where=Where(file.name, done + len(rows) + 1),
                    fix='every record is an object, as in {"source": "…", "text": "…"}',
                )
            rows.append(record)
            if end - mark >= BATCH_BYTES or len(rows) >= BATCH_ROWS:
                yield _batch(file, names, rows, plain, index, done, stream.position())
                done, mark = done + len(rows), end
                rows = []
        yield _batch(file, names, rows, plain, index, done, stream.position())
        if done + len(rows) == 0:
            raise InputError("the file holds no records", where=Where(file.name), fix="export it again")


def _records(file: Input, stream: Opened, encoding: str) -> Iterator[tuple[Any, int]]:
    """Every record with the count of characters read so far."""
    text = stream.text(encoding, newline="\n")
    head = text.readline()
    while head and not head.strip(_BLANK):
        head = text.readline()
    if head.lstrip(_BLANK).startswith("["):
        return _of_array(file, text, head.lstrip(_BLANK))
    return _of_lines(file, text, head)


def _of_lines(file: Input, text: io.TextIOWrapper, head: str) -> Iterator[tuple[Any, int]]:
    n = size = 0
    line = head
    while line:
        size += len(line)
        if line.strip(_BLANK):
            n += 1
            try:
                record = _DECODER.decode(line)
            except (ValueError, RecursionError) as e:
                raise _broken(file, n, e) from e
            yield record, size
        line = text.readline()


def _of_array(file: Input, text: io.TextIOWrapper, head: str) -> Iterator[tuple[Any, int]]:
    buffer, at = head, 1
    n = size = 0
    first = True
    while True:
        buffer, at = _skip(buffer, at, text)
        if not first and buffer[at : at + 1] == ",":
            buffer, at = _skip(buffer, at + 1, text)
        elif buffer[at : at + 1] == "]":
            buffer, at = _skip(buffer, at + 1, text)
            if at < len(buffer):
                raise _broken(file, n + 1, "something follows the array")
            return
        elif not first:
            raise _broken(file, n + 1, "a comma is missing" if at < len(buffer) else "the array is not closed")
        first = False
        step = BATCH_BYTES // 16
        while True:
            try:
                record, end = _DECODER.raw_decode(buffer, at)
                # a number or a word that ends the buffer may go on behind it
                if end < len(buffer) or isinstance(record, dict):
                    break
            except RecursionError as e:
                raise _broken(file, n + 1, e) from e
            except ValueError as e:
                problem = e
            else:
                problem = ValueError("the array is not closed")
            more = text.read(step)
            if not more:
                raise _broken(file, n + 1, problem) from problem
            # doubling keeps the retries of a long record linear in its length
            step *= 2
            buffer, at = buffer[at:] + more, 0
        n += 1
        size += end - at
        at = end
        yield record, size


def _skip(buffer: str, at: int, text: io.TextIOWrapper) -> tuple[str, int]:
    while True:
        while at < len(buffer) and buffer[at] in _BLANK:
            at += 1
        if at < len(buffer):
            return buffer, at
        buffer, at = text.read(BATCH_BYTES // 16), 0
        if not buffer:
            return buffer, at


def _batch(
    file: Input,
    names: dict[str, None],
    rows: list[dict[str, Any]],
    plain: set[str],
    index: int,
    done: int,
    position: int,
) -> Batch:
    replaced = 0
    for row in rows:
        if not row.keys() <= names.keys():
            names.update(dict.fromkeys(row))
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
        values, kinds[key] = _column(file, name, [row.get(name) for row in rows], done, name in plain)
        columns[key], m = strings(values)
        replaced += n + m
    return Batch(
        columns=columns,
        file_index=np.full(len(rows), index, np.int32),
        row=rows_from(done + 1, len(rows)),
        position=position,
        settled=False,
        kinds=kinds,
        replaced=replaced,
    )


def _column(file: Input, name: str, values: list[Any], done: int, plain: bool) -> tuple[list[str | None], set[Kind]]:
    types = set(map(type, values)) - {type(None)}
    if types <= {str}:
        return values, {pa.string()} if types else set()
    if plain and types & {list, dict}:
        row = next(i for i, v in enumerate(values) if isinstance(v, list | dict))
        raise InputError(
            f"a JSON {_json_type(values[row])} where text should be",
            where=Where(file.name, done + row + 1, name),
            fix="take the text out of it, or name another column",
        )
    kinds: set[Kind] = set()
    for t in types:
        if t is int:
            kinds |= {_integer_kind(v) for v in values if type(v) is int}
        else:
            kinds.add(pa.float64() if t is float else pa.bool_() if t is bool else pa.string())
    return [v if v is None or type(v) is str else json_text(v) for v in values], kinds


def _integer_kind(value: int) -> Kind:
    if abs(value) <= _EXACT_IN_FLOAT:
        return pa.int64()
    return "wide" if -(1 << 63) <= value < 1 << 63 else pa.string()


def _json_type(value: object) -> str:
    if isinstance(value, dict):
        return "object"
    if isinstance(value, list):
        return "array"
    if isinstance(value, str):
        return "string"
    return "null" if value is None else ("boolean" if isinstance(value, bool) else "number")


def _broken(file: Input, row: int, problem: object) -> InputError:
    why = problem.msg if isinstance(problem, json.JSONDecodeError) else problem
    if isinstance(problem, RecursionError):
        why = "nested too deeply"
    return InputError(
        f"broken JSON ({why})",
        where=Where(file.name, row),
        fix="every record is one JSON object on a line of its own, or an item of one array",
    )
