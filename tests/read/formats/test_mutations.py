"""Files as programs write them, then damaged: no other error than ours leaves a reader, and no row is lost."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inchorus.errors import InchorusError
from inchorus.progress import Silent
from inchorus.read import ReadOptions, read_documents
from read.formats.test_rows_in_rows_out import EMPTY, GOOD, MAKE, ODD

# those whose rows are read by processes of their own, which start for each file, are damaged in their own tests
APART = {"pdf", "page", "warc", "wacz", "workbook"}
PUT = (
    b"\0", b'"', b"\n", b"\r", b"{", b"[", b"}", b"\xff", b"\xef\xbb\xbf", b"null", b"1e999", b"9" * 30, b'"\\ud800"',
    b",", b"<", b"&#0;", b"\xe2\x80\xa8", b"\x80\x80",
)  # fmt: skip
Damage = tuple[str, int, int, bytes]
DAMAGE = st.tuples(
    st.sampled_from(["flip", "delete", "repeat", "splice", "put", "cut", "swap"]),
    st.integers(0, 1 << 16),
    st.sampled_from([1, 2, 5, 20, 100, 1000]),
    st.sampled_from(PUT),
)


def damaged(data: bytes, other: bytes, damage: Damage) -> bytes:
    kind, at, length, put = damage
    a = at % (len(data) + 1)
    b = a + length
    if kind == "flip":
        return data[:a] + bytes(c ^ (length & 255 or 1) for c in data[a : a + 1]) + data[a + 1 :]
    if kind == "swap":
        c = (at * 7) % (len(data) + 1)
        return data[:a] + data[c : c + length] + data[b:]
    return {
        "delete": data[:a] + data[b:],
        "repeat": data[:a] + data[a:b] + data[a:],
        "splice": data[:a] + other[at % (len(other) + 1) :],
        "put": data[:a] + put + data[a:],
        "cut": data[:a],
    }[kind]


@pytest.fixture(scope="module")
def whole() -> dict[str, list[tuple[str, bytes]]]:
    """Of each format, files as they should be."""
    made: dict[str, list[tuple[str, bytes]]] = {}
    for name in MAKE.keys() - APART:
        for kinds in ([GOOD] * 3, [GOOD, EMPTY, ODD, GOOD]):
            with TemporaryDirectory() as folder:
                MAKE[name](Path(folder), kinds)
                files = [(file.name, file.read_bytes()) for file in sorted(Path(folder).iterdir())]
            made[name] = made.get(name, []) + files
    return made


@pytest.mark.parametrize("format", sorted(MAKE.keys() - APART))
@settings(deadline=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    damage=st.lists(DAMAGE, min_size=1, max_size=3),
    which=st.tuples(st.integers(0, 9), st.integers(0, 9)),
    told=st.booleans(),
)
def test_what_is_damaged_is_said_and_nothing_is_lost(
    whole: dict[str, list[tuple[str, bytes]]], format: str, damage: list[Damage], which: tuple[int, int], told: bool
) -> None:
    files = whole[format]
    (name, data), (_, other) = (files[i % len(files)] for i in which)
    for one in damage:
        data = damaged(data, other, one)
    named = None if told or format == "x-archive" else format
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(data)
        options = ReadOptions(bad_rows="skip", bad_times="null", format=named)
        try:
            found = read_documents([file], options, Path(folder) / "scratch", Silent())
        except InchorusError:
            return
        assert found.n_rows == found.table.num_rows + found.n_empty + sum(found.passed.values()) + found.skipped.n
