"""Whatever Python holds is read as it stands or refused; nothing but errors of inchorus leaves its public face."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import UserDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import inchorus
from inchorus.errors import Defect
from inchorus.progress import Silent
from inchorus.read import ReadOptions, read_documents
from inchorus.read.in_memory import held

LINE = "the harbour master wants to close the old swing bridge at night from may on"
FUZZ = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)


class Colour(Enum):
    RED = "red"


def documents(given_: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = inchorus.find(given_).documents.arrow().to_pylist()
    return rows


@pytest.mark.parametrize(
    "values",
    [
        ["1", 2], [1, None, "x"], [1.5, "x"], [True, 1], [{"a": 1}, "x"], [[1, 2], "x"], [dt.date(2024, 5, 1), "x"],
        [2**70, 1], [dt.date(2024, 5, 1), dt.datetime(2024, 5, 1, 12)], ["x", float("nan")], [1, float("nan"), "x"],
        [2**53 + 1, 0.5], ["\ud800", "x"], [b"ab", "x"], [Decimal("1.50"), "x"], [{"a": 1}, [1]], [[1, "a"], [None]],
    ],
)  # fmt: skip
def test_a_column_of_mixed_types_is_as_the_same_rows_in_dictionaries(values: list[Any]) -> None:
    table = {
        "source": ["a", "b", "c"][: len(values)],
        "text": [LINE] * len(values),
        "n": pd.Series(values, dtype=object),
    }
    frame = pd.DataFrame(table)
    assert documents(frame) == documents(frame.to_dict("records"))


def test_values_of_many_types_are_written() -> None:
    values = {
        "u": uuid.UUID(int=7), "p": Path("a/b"), "d": Decimal("1.50"), "e": Colour.RED, "b": b"\xff",
        "t": dt.time(3, 4), "l": (1, 2), "m": UserDict({"a": 1}), "na": pd.NA, "nat": pd.NaT, "np": np.int64(3),
        "nd": np.datetime64("NaT"), "nt": np.datetime64("2024-05-01T12:00"), "arr": np.array([1, 2]),
        "td": dt.timedelta(hours=1), "nan": float("nan"), "dn": Decimal("sNaN"),
    }  # fmt: skip
    row = documents([{"source": "a", "text": LINE, **values}, {"source": "b", "text": LINE}])[0]
    assert {n: row[n] for n in values} == {
        "u": str(uuid.UUID(int=7)), "p": "a/b", "d": "1.50", "e": "red", "b": "ff", "t": "03:04:00", "l": "[1, 2]",
        "m": '{"a": 1}', "na": None, "nat": None, "np": 3, "nd": None, "nt": "2024-05-01T12:00", "arr": "[1, 2]",
        "td": "1:00:00", "nan": None, "dn": None,
    }  # fmt: skip


BYTES: list[dict[str, Any]] = [
    {"id": b"q", "source": "Gac\u00e9ta".encode(), "text": LINE.encode(), "n": b"\xff"},
    {"id": b"p", "source": b"b", "text": LINE.encode(), "n": b"x"},
]
MADE: list[Callable[[Any], Any]] = [list, pd.DataFrame, pa.Table.from_pylist]


@pytest.mark.parametrize("made", MADE)
def test_bytes_of_texts_and_names_are_utf_8_in_rows_as_in_tables(made: Callable[[Any], Any]) -> None:
    rows = {row["doc_id"]: row for row in documents(made(BYTES))}
    assert (rows["q"]["source"], rows["q"]["text"]) == ("Gac\u00e9ta", LINE)
    assert (rows["p"]["source"], rows["p"]["text"]) == ("b", LINE)
    assert rows["q"]["n"] == (b"\xff" if made is MADE[2] else "ff")


@pytest.mark.parametrize("column", ["id", "source", "text"])
@pytest.mark.parametrize("made", MADE)
def test_bytes_that_are_no_text_are_refused_there(made: Callable[[Any], Any], column: str) -> None:
    with pytest.raises(inchorus.InputError, match=f"column '{column}': the column holds binary, not text"):
        documents(made([{**BYTES[0], column: b"\xff"}, BYTES[1]]))


ODD = {
    "dictionary": pa.array(["x", "y", "x"]).dictionary_encode(),
    "dictionary of ints": pa.array([1, 2, 1]).dictionary_encode(),
    "decimal": pa.array([Decimal("1.5"), None, Decimal("2.5")]),
    "decimal256": pa.array([Decimal("1.5"), None, None], pa.decimal256(60, 2)),
    "duration": pa.array([1, 2, None], pa.duration("s")),
    "list": pa.array([["a"], [], None]),
    "fixed list": pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int8(), 2)),
    "list view": pa.array([["a"], [], None], pa.list_view(pa.string())),
    "struct": pa.array([{"a": 1}, None, {"a": 2}]),
    "empty struct": pa.array([{}, None, {}], pa.struct([])),
    "map": pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int64())),
    "binary": pa.array([b"\xff", None, b""]),
    "fixed binary": pa.array([b"ab", None, b"cd"], pa.binary(2)),
    "null": pa.nulls(3),
    "large": pa.array(["a", None, "c"], pa.large_string()),
    "view": pa.array(["a", None, "c"], pa.string_view()),
    "binary view": pa.array([b"a", None, b"c"], pa.binary_view()),
    "half": pa.array(np.array([1, 2, 3], np.float16)),
    "time": pa.array([dt.time(1, 2), None, None]),
    "time32": pa.array([1, None, 2], pa.time32("s")),
    "date64": pa.array([dt.date(2024, 1, 1), None, None], pa.date64()),
    "nanoseconds": pa.array([1, None, 2], pa.timestamp("ns", "Asia/Tokyo")),
    "odd zone": pa.array([1, None, 2], pa.timestamp("us", "Nowhere/Land")),
    "far": pa.array([2**62, None, -(2**62)], pa.timestamp("s")),
    "nested far": pa.array([[2**62], None, []], pa.list_(pa.timestamp("s"))),
    "interval": pa.array([None, (1, 2, 3), None], pa.month_day_nano_interval()),
    "union": pa.UnionArray.from_dense(
        pa.array([0, 1, 0], pa.int8()), pa.array([0, 0, 1], pa.int32()), [pa.array([1, 2]), pa.array(["x"])]
    ),
    "run ends": pa.RunEndEncodedArray.from_arrays([2, 3], ["a", "b"]),
    "uint64": pa.array([2**64 - 1, None, 0], pa.uint64()),
    "bool8": pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, 0, None], pa.int8())),
    "uuid": pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"a" * 16, None, b"b" * 16], pa.binary(16))),
    "json": pa.ExtensionArray.from_storage(pa.json_(), pa.array(["{}", None, "1"])),
    "invalid": pa.Array.from_buffers(
        pa.string(), 3, [None, pa.py_buffer(np.array([0, 1, 2, 3], np.int32)), pa.py_buffer(b"\xff\xfea")]
    ),
}  # fmt: skip
CLEAR = (inchorus.InputError, inchorus.UsageError)


@pytest.mark.parametrize("kind", ODD)
def test_further_columns_of_any_type_are_kept_or_refused(kind: str) -> None:
    table = pa.table({"source": ["a", "b", "a"], "text": [LINE, LINE, "x"], "odd": ODD[kind]})
    try:
        found = inchorus.find(table)
    except CLEAR as error:
        assert kind in {"invalid", "far", "nested far", "odd zone"}, error  # noqa: PT017
    else:
        assert len(found.documents.arrow()) == 3


@pytest.mark.parametrize("part", ["id", "source", "time", "text"])
@pytest.mark.parametrize("kind", ODD)
def test_parts_of_any_type_are_read_or_refused(tmp_path: Path, kind: str, part: str) -> None:
    columns = {"id": ["1", "2", "3"], "source": ["a", "b", "a"], "time": ["2024-05-01"] * 3, "text": [LINE, LINE, "x"]}
    with suppress(*CLEAR):
        table = held(pa.table({**columns, part: ODD[kind]}))
        read_documents([table], ReadOptions(), tmp_path / "scratch", Silent())


NAMES = st.one_of(
    st.sampled_from(
        [
            "source",
            "text",
            "time",
            "id",
            "title",
            "url",
            "language",
            "repost_of",
            "doc_id",
            "time_precision",
            "",
            " ",
            "a.b",
        ]
    ),
    st.text(max_size=4),
    st.sampled_from(["\ud800", "\0", "TEXT", "Text", "%s", '"', "input_text", "__index_level_0__", 1, None, ("a", 1)]),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(st.characters(), max_size=8),
    st.text(st.characters(categories=["Cs", "Lu"]), max_size=3),
    st.binary(max_size=3),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.decimals(),
    st.uuids(),
    st.complex_numbers(),
    st.sampled_from(
        [pd.NaT, pd.NA, np.nan, np.datetime64("NaT"), np.int8(3), np.float32("nan"), Colour.RED, object(), int]
    ),
)
VALUES = st.recursive(
    LEAVES, lambda v: st.lists(v, max_size=3) | st.dictionaries(NAMES, v, max_size=2) | st.tuples(v), max_leaves=4
)
ROWS = st.lists(
    st.one_of(
        st.dictionaries(NAMES, VALUES, max_size=4),
        st.fixed_dictionaries(
            {"source": st.sampled_from(["a", "b", 1, None]), "text": st.just(LINE) | VALUES}, optional={"n": VALUES}
        ),
    ),
    max_size=4,
)


@FUZZ
@given(ROWS)
def test_no_dictionaries_raise_what_is_not_ours(rows: list[dict[Any, Any]]) -> None:
    no_foreign_error(rows)


@FUZZ
@given(ROWS, st.sampled_from([pd.DataFrame, lambda rows: pl.DataFrame(rows, strict=False), pa.Table.from_pylist, iter]))
def test_no_table_raises_what_is_not_ours(rows: list[dict[Any, Any]], made: Callable[[Any], Any]) -> None:
    try:
        table = made(rows)
    except BaseException:  # what cannot be made cannot be given; Polars panics
        return
    no_foreign_error(table)


def no_foreign_error(given_: Any) -> None:
    try:
        inchorus.find(given_)
    except Defect:
        raise
    except inchorus.InchorusError:
        pass


def test_objects_in_a_polars_table_are_read_as_rows_are() -> None:
    frame = pl.DataFrame({**FRAME, "n": pl.Series([Path("a"), 2], dtype=pl.Object)})
    assert [d["n"] for d in documents(frame)] == ["a", "2"]
    assert len(documents(pl.DataFrame({**FRAME, "n\0": [1, 2], "s": [{"\0": 1}, None]}))) == 2


def generator(error: Exception) -> Iterator[dict[str, str]]:
    yield {"source": "a", "text": LINE}
    raise error


FRAME = {"source": ["a", "b"], "text": [LINE, LINE]}


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (generator(KeyError("x")), "row 2: the documents end with an error (KeyError: 'x')"),
        (pd.DataFrame(), "no column"),
        (pl.DataFrame(), "no column"),
        (pa.table({}), "no column"),
        (pd.DataFrame(FRAME).iloc[:0], "the input holds no rows"),
        (pd.DataFrame([["a", LINE, "x"]], columns=["source", "text", "text"]), "two columns are named 'text'"),
        ([{1: "x", "1": "y", "source": "a", "text": LINE}], "two columns have one name as text"),
        (pd.Series(["a"]), "no"),
        ([{"source": "a", "text": LINE, "n": {("k", 1): 2}}], "row 1, column 'n': a value cannot be kept"),
        ("\0", "there is no such file or folder"),
        ("x" * 5000, "no such file"),
    ],
)
def test_what_cannot_be_read_is_said(given_: Any, said: str) -> None:
    with pytest.raises(inchorus.InchorusError) as caught:
        inchorus.find(given_)
    assert said in str(caught.value)
    assert not isinstance(caught.value, Defect)


def test_nested_without_end_is_said() -> None:
    endless: list[Any] = []
    endless.append(endless)
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    for value in (endless, deep):
        with pytest.raises(inchorus.InputError, match=r"row 1.* cannot be kept"):
            inchorus.find([{"source": "a", "text": LINE, "n": value}])


@pytest.mark.parametrize("made", [pd.DataFrame, pl.DataFrame, pa.table, pa.record_batch])
def test_tables_of_every_library_are_read(made: Callable[[Any], Any]) -> None:
    assert [d["source"] for d in documents(made(FRAME))] == ["a", "b"]


@pytest.mark.parametrize(
    "options",
    [
        {"min_words": "many"}, {"min_sources": 2.5}, {"gram": 2.5}, {"threads": True}, {"window": "x"}, {"seed": "x"},
        {"objects": 7}, {"objects": [1]}, {"preset": []}, {"source": 3}, {"pairs": 7}, {"bad_rows": 1}, {"id": b"id"},
        {"bad_times": []}, {"attributes": 1.5}, {"coortweet": "yes"}, {"edited": 1}, {"min_similarity": "x"},
        {"min_participation": 1.5}, {"min_words": [8]},
    ],
)  # fmt: skip
def test_options_of_other_types_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(inchorus.UsageError):
        inchorus.find(pd.DataFrame(FRAME), **options)


def test_the_place_of_the_study_must_be_a_path() -> None:
    with pytest.raises(inchorus.UsageError, match="out is 7; give a path"):
        inchorus.find(pd.DataFrame(FRAME), 7)  # type: ignore[arg-type]


def test_an_option_that_is_none_is_as_if_it_were_not_said() -> None:
    rows = [{"source": name, "text": "one two three four five six seven eight nine"} for name in "ab"]
    said = inchorus.find(rows, preset="posts", min_words=None, gram=None, seed=None, no_ties=True)
    assert said.manifest["options"] == inchorus.find(rows, preset="posts", no_ties=True).manifest["options"]
