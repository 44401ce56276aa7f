"""Rows that have an id that was given before: an error, or left out where they say the same again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from inchorus.errors import InputError, Where
from inchorus.read.bad_rows import Skipped
from inchorus.read.batches import json_text
from inchorus.read.ids import repeats
from inchorus.read.places import Places
from inchorus.read.rows import Rows, slices
from inchorus.read.spill import Spill

_Rows = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]
_APART = "--id '' gives every row an id of its own, made from its content"


def without_repeats(
    rows: Rows, spill: Spill, schema: pa.Schema, places: Places, skipped: Skipped | None
) -> npt.NDArray[np.bool_]:
    """Which rows are kept, so that no two have one id.

    Of rows with one id that agree in source, time and text one is kept, chosen by their content, and the others go to
    `skipped`. InputError where `skipped` is None and there are such rows, or where rows with one id do not agree.
    """
    order, same = repeats(rows.id)
    kept = np.ones(len(order), np.bool_)
    if not same.any():
        return kept
    run = np.cumsum(~same).astype(np.int64)
    member = same.copy()
    member[:-1] |= same[1:]
    order, run = order[member], run[member]
    others = pa.schema([f for f in schema if f.name not in {"doc_id", "source", "time", "time_precision"}])
    seen: dict[int, tuple[bytes, bytes, int]] = {}
    for group, i, values in _contents(rows, spill, others, order, run):
        # in the order of the files, so that what is said does not depend on that of the rows
        said, whole = _digest(_said(rows, i), values["text"]), _digest(values)
        if group not in seen:
            seen[group] = (said, whole, i)
            continue
        first_said, first_whole, first = seen[group]
        if skipped is None or said != first_said:
            if said != first_said:
                alike = "the two rows are of different documents"
            else:
                alike = "the whole row is the same" if whole == first_whole else "source, time and text are the same"
            raise _given_twice(rows, first, i, alike, said == first_said, int(same.sum()) - 1, places)
        drop, stay = (i, first) if (first_whole, 0) <= (whole, 1) else (first, i)
        kept[drop] = False
        seen[group] = (said, min(first_whole, whole), stay)
        raw = json_text({"id": rows.id[i].as_py(), "source": rows.source[i].as_py(), **values})
        if drop != i:
            gathered = spill.gather(np.array([drop]), others).to_pylist()[0]
            raw = json_text({"id": rows.id[drop].as_py(), "source": rows.source[drop].as_py(), **gathered})
        what = "the row repeats one before" if whole == first_whole else "the row repeats the id and text of another"
        skipped.add(int(rows.file_index[drop]), _where(rows, drop, places), what, raw)
    return kept


def _contents(
    rows: Rows, spill: Spill, schema: pa.Schema, order: _Rows, run: _Rows
) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Each row with its group and the values of its columns; those of a group by file and row."""
    by_place = np.lexsort((rows.row[order], rows.file_index[order], run))
    order, run = order[by_place], run[by_place]
    at = 0
    for part in slices(order, rows.size):
        for i, values in zip(part.tolist(), spill.gather(part, schema).to_pylist(), strict=True):
            yield int(run[at]), i, values
            at += 1


def _said(rows: Rows, i: int) -> tuple[object, ...]:
    return rows.source[i].as_py(), int(rows.times.micros[i]), int(rows.times.precision[i])


def _digest(*values: object) -> bytes:
    return blake2b(repr(values).encode("utf-8", "backslashreplace"), digest_size=16).digest()


def _where(rows: Rows, i: int, places: Places) -> Where:
    return places.where(int(rows.file_index[i]), int(rows.row[i]), int(rows.line[i]))


def _given_twice(rows: Rows, first: int, second: int, alike: str, agree: bool, more: int, places: Places) -> InputError:
    others = f"; and {more} more such {'row' if more == 1 else 'rows'}" if more else ""
    skip = "--bad-rows skip leaves out rows that repeat; " if agree else ""
    return InputError(
        f"the id {rows.id[second].as_py()!r} was given before, in {_where(rows, first, places)} ({alike}{others})",
        where=_where(rows, second, places),
        fix=f"{skip}{_APART}; or name a column of ids that differ with --id",
    )
