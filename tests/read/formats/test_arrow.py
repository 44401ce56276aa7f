"""Arrow's files and streams, and what damage to them gives."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from read.conftest import Read

TABLE = pa.table(
    {
        "id": [2**60 + 1, 2**60 + 2],
        "source": pa.array(["A", "B"]).dictionary_encode(),
        "time": [datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC)],
        "text": ["one", "two"],
        "tags": [["x", "y"], None],
    }
)


def write(path: Path, table: pa.Table, stream: bool = False, **options: object) -> Path:
    make = pa.ipc.new_stream if stream else pa.ipc.new_file
    with pa.OSFile(str(path), "wb") as sink, make(sink, table.schema, **options) as writer:
        writer.write_table(table, max_chunksize=1)
    return path


@pytest.mark.parametrize("name", ["a.arrow", "a.feather", "a.arrows", "a"])
@pytest.mark.parametrize("stream", [False, True])
def test_rows_come_as_they_are(read: Read, folder: Path, name: str, stream: bool) -> None:
    found = read(write(folder / name, TABLE, stream))
    assert found.table["doc_id"].to_pylist() == [str(2**60 + 1), str(2**60 + 2)]
    assert found.table["text"].to_pylist() == ["one", "two"]
    assert [t.date() for t in found.table["time"].to_pylist()] == [date(2024, 5, 1), date(2024, 5, 2)]
    assert found.table["time_precision"].to_pylist() == ["day", "day"]
    assert found.table["tags"].to_pylist() == [["x", "y"], None]


@pytest.mark.parametrize("compression", ["lz4", "zstd", "uncompressed"])
def test_feather_of_other_libraries_is_read(read: Read, folder: Path, compression: str) -> None:
    pyarrow.feather.write_feather(TABLE.to_pandas(), str(folder / "a.feather"), compression=compression)
    assert read(folder / "a.feather").table["source"].to_pylist() == ["A", "B"]


def test_what_cannot_be_read_is_said(read: Read, folder: Path) -> None:
    whole = write(folder / "a.arrow", TABLE).read_bytes()
    (folder / "a.arrow").write_bytes(whole[:-200])
    with pytest.raises(InputError, match=r"a\.arrow: no Arrow file, or one that is damaged or cut short"):
        read(folder / "a.arrow")
    (folder / "b.feather").write_bytes(b"FEA1" + bytes(40))
    with pytest.raises(InputError, match=r"b\.feather: this is Feather of before 2020"):
        read(folder / "b.feather")
    (folder / "c.arrow").write_bytes(b"")
    with pytest.raises(InputError, match=r"c\.arrow: no Arrow file"):
        read(folder / "c.arrow")
    write(folder / "d.arrow", TABLE.slice(0, 0))
    with pytest.raises(InputError, match="no rows"):
        read(folder / "d.arrow")


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stream=st.booleans(), flips=st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 255)), max_size=4))
def test_no_other_error_comes_of_damage(read: Read, folder: Path, stream: bool, flips: list[tuple[int, int]]) -> None:
    data = bytearray(write(folder / "a", TABLE.select(["source", "text"]), stream).read_bytes())
    for at, by in flips:
        data[at % len(data)] ^= by
    (folder / "a.arrow").write_bytes(data)
    try:
        found = read(folder / "a.arrow", bad_rows="skip", bad_times="null")
    except InputError:
        return
    assert found.n_rows == found.table.num_rows + found.skipped.n + found.n_empty
