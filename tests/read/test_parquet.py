from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from inchorus.errors import InputError

from .conftest import Read


def made(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    pq.write_table(pa.table(columns), path, **options)
    return path


@pytest.mark.parametrize(
    "type_",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string()), pa.binary()],
)
def test_strings_of_every_type(read: Read, folder: Path, type_: pa.DataType) -> None:
    plain = pa.array(["é\r\n", "b"])
    values = plain.dictionary_encode().cast(type_) if pa.types.is_dictionary(type_) else plain.cast(type_)
    table = read(made(folder / "a.parquet", {"source": values, "text": values, "title": values})).table
    assert table["text"].to_pylist() == ["b", "é\r\n"]
    assert table["source"].to_pylist() == ["b", "é"]


def test_further_columns_keep_their_types(read: Read, folder: Path) -> None:
    columns = {
        "source": ["A", "B"],
        "text": ["x", "y"],
        "n": pa.array([1, None], pa.int32()),
        "when": pa.array([date(2024, 5, 1), None]),
        "tags": pa.array([["a"], None]),
        "who": pa.array([{"name": "a"}, None]),
        "cat": pa.array(["c", None]).dictionary_encode(),
        "nothing": pa.nulls(2),
    }
    table = read(made(folder / "a.parquet", columns)).table
    assert table.schema.field("n").type == pa.int32()
    assert table["when"].to_pylist() == [date(2024, 5, 1), None]
    assert table["tags"].to_pylist() == [["a"], None]
    assert table["who"].to_pylist() == [{"name": "a"}, None]
    assert table["cat"].to_pylist() == ["c", None]
    assert table["nothing"].to_pylist() == [None, None]


def test_types_that_differ_between_files_become_text(read: Read, folder: Path) -> None:
    one = made(folder / "a.parquet", {"source": ["A"], "text": ["x"], "v": [[1]], "n": pa.array([1], pa.int8())})
    two = made(folder / "b.parquet", {"source": ["B"], "text": ["y"], "v": [True], "n": pa.array([2], pa.int64())})
    for files in ((one, two), (two, one)):
        documents = read(*files)
        assert documents.table["v"].to_pylist() == ["[1]", "true"]
        assert documents.table["n"].to_pylist() == [1, 2]
        assert any("'v'" in n for n in documents.notes)


def test_midnights_only_are_days(read: Read, folder: Path) -> None:
    day = datetime(2024, 5, 1)
    for name, times, type_, precision, expected in (
        ("a", [day, None], pa.timestamp("us"), ["day", None], day),
        ("b", [day, day.replace(hour=3)], pa.timestamp("ns"), ["second", "second"], day),
        ("c", [day.date(), None], pa.date32(), ["day", None], day),
    ):
        columns = {"id": ["1", "2"], "source": ["A", "A"], "text": ["x", "y"], "time": pa.array(times, type_)}
        table = read(made(folder / f"{name}.parquet", columns)).table
        assert table["time_precision"].to_pylist() == precision
        assert table["time"][0].as_py() == expected.replace(tzinfo=UTC)


def test_midnights_of_a_zone_keep_their_date(read: Read, folder: Path) -> None:
    local = pa.array([datetime(2024, 5, 1)], pa.timestamp("us"))
    zoned = pc.assume_timezone(local, "Europe/Berlin")
    table = read(made(folder / "a.parquet", {"source": ["A"], "text": ["x"], "time": zoned})).table
    assert table["time"].to_pylist() == [datetime(2024, 5, 1, tzinfo=UTC)]
    assert table["time_precision"].to_pylist() == ["day"]


def test_documents_that_were_written_are_read_back_the_same(read: Read, folder: Path) -> None:
    content = (
        "source,time,text,party\n"
        "B,2024-05-01,one,x\nA,2024-05-01T12:30,two,y\nA,2024-05-01T00:00:00Z,three,\nA,,four,\n"
    )
    (folder / "a.csv").write_text(content)
    first = read(folder / "a.csv").table
    pq.write_table(first, folder / "documents.parquet")
    assert read(folder).table.equals(first)


def test_what_is_no_parquet_is_refused(read: Read, folder: Path) -> None:
    whole = made(folder / "a.parquet", {"source": ["A"] * 999, "text": [str(i) for i in range(999)]})
    (folder / "cut.parquet").write_bytes(whole.read_bytes()[:-20])
    (folder / "empty.parquet").write_bytes(b"")
    data = bytearray(whole.read_bytes())
    data[4:200] = b"\xff" * 196
    (folder / "damaged.parquet").write_bytes(data)
    for name in ("cut", "empty", "damaged"):
        with pytest.raises(InputError, match=rf"{name}\.parquet"):
            read(folder / f"{name}.parquet")


def test_strings_that_are_not_utf8_are_refused(read: Read, folder: Path) -> None:
    bad = pa.array([b"ok", b"caf\xe9"]).view(pa.string())
    with pytest.raises(InputError, match=r"a\.parquet, row 2, column 'text': the text is not valid UTF-8"):
        read(made(folder / "a.parquet", {"source": ["A", "B"], "text": bad}))


def test_a_text_column_of_lists_is_refused(read: Read, folder: Path) -> None:
    with pytest.raises(InputError, match=r"a\.parquet, column 'text': the column holds"):
        read(made(folder / "a.parquet", {"source": ["A"], "text": [["x"]]}))


def test_a_file_without_rows_is_refused(read: Read, folder: Path) -> None:
    with pytest.raises(InputError, match="no rows"):
        read(made(folder / "a.parquet", {"source": pa.array([], pa.string()), "text": pa.array([], pa.string())}))


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "a pointer of Git LFS.*git lfs pull"),
        (b"<!doctype html><title>Sign in</title>", "this is a web page, not Parquet"),
        (b"PAR1 and no more", "no Parquet file, or one that is damaged"),
    ],
)
def test_what_stands_in_the_place_of_the_file_is_named(read: Read, folder: Path, head: bytes, said: str) -> None:
    (folder / "a.parquet").write_bytes(head)
    with pytest.raises(InputError, match=said):
        read(folder / "a.parquet", format="parquet")
