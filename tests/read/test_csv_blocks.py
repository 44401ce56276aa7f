"""Blocks of CSV are what single records are: the same values, rows, lines and errors, whatever the file holds."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from inchorus.read import ReadOptions, csv_ahead
from inchorus.read.csv import read_csv
from inchorus.read.csv_blocks import read_block
from inchorus.read.formats import named
from inchorus.read.inputs import Input

PIECES = st.sampled_from(
    ["a", "bb", "é", "雨", ",", ";", '"', '""', '","', "\n", "\r\n", "\r", " ", "source", "text", "\ufeff", "\0",
     "x,y\n", '"q, ""r""\ns",t\n', "source,text\n", "text,source\n", "\n\n"]
)  # fmt: skip


def all_of(data: bytes, skip: bool, blocks: bool, size: int = 40) -> Any:
    """Everything that the reader gives or says, row by row."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(data)
        file = Input(path, "a.csv", named("csv"))
        rows: list[Any] = []
        bad: list[Any] = []
        notes: list[str] = []
        none = mock.patch.object(csv_ahead, "read_block", return_value=None)
        with mock.patch.object(csv_ahead, "BLOCK", size), nullcontext() if blocks else none:
            try:
                for batch in read_csv(file, 0, ReadOptions(bad_rows="skip" if skip else "error")):
                    assert batch.line is not None
                    values = [column.to_pylist() for column in batch.columns.values()]
                    rows += zip(batch.row.tolist(), batch.line.tolist(), *values, strict=True)
                    bad += batch.bad
                    notes += batch.notes
            except InputError as error:
                return None, str(error)
        return rows, sorted(bad, key=lambda row: row.row), notes


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40), st.booleans(), st.integers(8, 90))
@example(['a,"b"\n', "c,d\n", '"e"x,f\n', "g,h\n"], True, 12)
@example(["a,b\n", "source,text\n", "c,d\n"], False, 12)
@example(["a,b\n", "\ufeffc,d\n"], False, 8)
def test_blocks_are_what_records_are(pieces: list[str], skip: bool, size: int) -> None:
    data = ("source,text\n" + "".join(pieces)).encode()
    assert all_of(data, skip, True, size) == all_of(data, skip, False, size)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60))
def test_bytes_that_are_no_text_are_told_alike(tail: bytes) -> None:
    data = b"source,text\nA,Rain.\nB,Snow.\n" + tail
    assert all_of(data, True, True, 16) == all_of(data, True, False, 16)


def test_a_file_in_order_is_read_in_blocks() -> None:
    data = b"\xef\xbb\xbfsource,text\r\n" + b'A,"Rain, ""again""\r\nand hail"\r\n' * 20
    taken = []

    def counted(*given: Any) -> Any:
        block = read_block(*given)
        taken.append(0 if block is None else len(block.line))
        return block

    with mock.patch.object(csv_ahead, "read_block", counted):
        rows, bad, _ = all_of(data, False, True, 100)
    assert sum(taken) == len(rows) == 20
    assert rows[1] == (2, 4, "A", 'Rain, "again"\r\nand hail')
    assert not bad


@pytest.mark.parametrize(
    "data", [b"1,2,3\n", b"1\n", b"\n", b'1,"2" \n', b'1,2"3"\n', b"1,2\r3,4\n", b"1,\xff\n", b"id,text\n"]
)
def test_what_is_not_in_order_is_not_read(data: bytes) -> None:
    assert read_block(b"a,b\n" + data, ["id", "text"], ",", 100) is None


def test_a_field_too_long_is_not_read() -> None:
    assert read_block(b"1,abc\n", ["id", "text"], ",", 2) is None
    block = read_block(b"1,abc\n", ["id", "text"], ",", 3)
    assert block is not None
    assert block.columns[1] == pa.array(["abc"], pa.large_string())
