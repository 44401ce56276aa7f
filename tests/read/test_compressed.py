"""Compressed files: told by content, whatever the name; cut short, damaged, in several members, of long windows."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InputError
from read.conftest import Read

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CSV = b"source,text\nA,one\nB,two\n"
WAYS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstd.compress,
}
WAY = pytest.mark.parametrize("way", WAYS)


def rows(n: int) -> bytes:
    # digits of a square: nothing that compresses to a few bytes
    return b"source,text\n" + b"".join(b"%s,text %d\n" % (b"AB"[i % 2 : i % 2 + 1], i * i * 7919) for i in range(n))


@WAY
def test_it_is_told_by_content_with_the_ending_and_without(read: Read, folder: Path, way: str) -> None:
    for name in (f"a.csv.{way}", f"B.CSV.{way.upper()}", "c.csv", "d", f"e.{way}"):
        (folder / name).write_bytes(WAYS[way](CSV))
        assert read(folder / name).table["text"].to_pylist() == ["one", "two"], name


@WAY
def test_a_text_or_a_line_of_json_is_decompressed_too(read: Read, folder: Path, way: str) -> None:
    (folder / f"2024-05-01 note.txt.{way}").write_bytes(WAYS[way](b"Rain."))
    (found,) = read(folder).table.to_pylist()
    assert (found["text"], found["source"], found["time_precision"]) == ("Rain.", "2024-05-01 note", "day")
    (folder / "a.jsonl").write_bytes(WAYS[way](b'{"source": "A", "text": "one"}\n'))
    assert read(folder / "a.jsonl").table["text"].to_pylist() == ["one"]


@WAY
def test_several_members_are_one_file(read: Read, folder: Path, way: str) -> None:
    (folder / "a.csv").write_bytes(WAYS[way](CSV[:15]) + WAYS[way](CSV[15:]))
    assert read(folder / "a.csv").table["text"].to_pylist() == ["one", "two"]


@WAY
def test_what_is_read_from_disk_is_unpacked_before(read: Read, folder: Path, way: str) -> None:
    pq.write_table(pa.table({"source": ["A"], "text": ["one"]}), folder / "plain")
    for name in (f"a.parquet.{way}", "b"):
        (folder / name).write_bytes(WAYS[way]((folder / "plain").read_bytes()))
        assert read(folder / name).table["text"].to_pylist() == ["one"]
    (folder / "c.parquet").write_bytes(WAYS[way]((folder / "plain").read_bytes())[:-20])
    with pytest.raises(InputError, match=r"c\.parquet: the compressed file (ends too early|is damaged)"):
        read(folder / "c.parquet")


@WAY
def test_a_file_that_is_cut_short_is_said_and_its_rows_can_be_kept(read: Read, folder: Path, way: str) -> None:
    whole = WAYS[way](rows(60_000))
    (folder / "a.csv").write_bytes(whole[: len(whole) * 3 // 4])
    found = read(folder / "a.csv")
    (said,) = (note for note in found.notes if note.startswith("not read to its end: a.csv, row "))
    assert "the compressed file ends too early; fetch or compress it again" in said
    assert found.skipped.reasons == {"the compressed file ends too early": 1}
    assert found.n_rows == found.table.num_rows + 1
    texts = {f"text {i * i * 7919}" for i in range(60_000)}
    assert found.table.num_rows > 10_000
    assert set(found.table["text"].to_pylist()) <= texts


@pytest.mark.parametrize("shape", ["lines", "array", "list"])
def test_json_that_is_cut_short_keeps_its_records(read: Read, folder: Path, shape: str) -> None:
    values = [{"source": "AB"[i % 2], "text": f"text {i * i * 7919}"} for i in range(60_000)]
    text = {
        "lines": "".join(f"{json.dumps(v)}\n" for v in values),
        "array": json.dumps(values),
        "list": json.dumps({"data": values}),
    }[shape]
    whole = gzip.compress(text.encode())
    (folder / "a.json").write_bytes(whole[: len(whole) // 2])
    found = read(folder / "a.json")
    assert any(note.startswith("not read to its end: a.json, row ") for note in found.notes)
    assert found.skipped.reasons == {"the compressed file ends too early": 1}
    assert found.n_rows == found.table.num_rows + 1 > 10_000


def test_a_text_that_is_cut_short_is_no_document(read: Read, folder: Path) -> None:
    (folder / "a.txt").write_text("whole")
    (folder / "b.txt").write_bytes(gzip.compress(b"Rain. " * 9)[:-9])
    found = read(folder)
    assert found.table["text"].to_pylist() == ["whole"]
    assert "not read: b.txt: the compressed file ends too early; fetch or compress it again" in found.notes
    assert found.skipped.examples == []


def test_damage_in_the_middle_is_said(read: Read, folder: Path) -> None:
    # of bzip2, whose blocks are checked before anything of them is given
    whole = bytearray(bz2.compress(rows(60_000)))
    for at in range(len(whole) // 2, len(whole) // 2 + 64):
        whole[at] ^= 0xFF
    (folder / "a.csv").write_bytes(whole)
    with pytest.raises(InputError, match=r"a\.csv.*: the compressed file is damaged"):
        read(folder / "a.csv")


def test_long_windows_of_zstandard_are_read(read: Read, folder: Path) -> None:
    # 27 is the most that is read unasked; the archives of posts have 31
    parameters = zstd.CompressionParameter
    packed = zstd.ZstdCompressor(options={parameters.window_log: 31, parameters.enable_long_distance_matching: 1})
    data = packed.compress(CSV) + packed.flush()
    assert zstd.get_frame_info(zstd.compress(CSV)).decompressed_size == len(CSV)
    (folder / "a.csv.zst").write_bytes(data)
    assert read(folder / "a.csv.zst").table.num_rows == 2


def test_a_name_that_says_too_much_is_named(read: Read, folder: Path) -> None:
    (folder / "a.csv.zst").write_bytes(CSV)
    with pytest.raises(InputError, match=r"not compressed, as its ending \.zst says; name it without"):
        read(folder / "a.csv.zst")


def test_a_text_that_begins_like_bzip2_is_a_text(read: Read, folder: Path) -> None:
    (folder / "a.txt").write_text("BZh9 was the code.")
    assert read(folder / "a.txt").table["text"].to_pylist() == ["BZh9 was the code."]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(way=st.sampled_from(sorted(WAYS)), cut=st.integers(0, 200), flips=st.lists(st.integers(0, 199), max_size=3))
def test_no_other_error_comes_of_damage(read: Read, folder: Path, way: str, cut: int, flips: list[int]) -> None:
    data = bytearray(WAYS[way](rows(40)))
    for at in flips:
        data[at % len(data)] ^= 0x5A
    (folder / "a.csv").write_bytes(data[: max(1, len(data) - cut)])
    try:
        found = read(folder / "a.csv", bad_rows="skip")
    except InputError:
        return
    assert found.n_rows == found.table.num_rows + found.skipped.n + found.n_empty
