"""Tables as CSV: nothing lost, nothing run."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from inchorus.ui.table import csv_of

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def read(rows: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(csv_of(rows)), newline="")))


@given(st.lists(CELLS, min_size=1))
def test_text_comes_back_with_at_most_an_apostrophe_before_it(cells: list[str]) -> None:
    (_, *rows) = read([{"a": cell, "b": 1} for cell in cells])
    assert len(rows) == len(cells)
    for cell, (text, one) in zip(cells, rows, strict=True):
        assert text in {cell, "'" + cell}
        assert not text.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
        assert one == "1"


def test_names_of_columns_are_guarded_too() -> None:
    assert read([{"=1+1": -2.5}]) == [["'=1+1"], ["-2.5"]]


def test_values_that_are_no_text() -> None:
    row = {"time": datetime(2024, 5, 1, tzinfo=UTC), "list": ["=a", "ü"], "none": None, "yes": True, "n": -1}
    assert read([row])[1] == ["2024-05-01T00:00:00+00:00", '["=a", "ü"]', "", "true", "-1"]


def test_an_arrow_table_is_written_piece_by_piece_and_wholly() -> None:
    table = pa.table({"n": range(5000), "text": ["=x"] * 5000})
    pieces = list(csv_of(table))
    assert len(pieces) > 3
    rows = list(csv.reader(io.StringIO("".join(pieces), newline="")))
    assert rows[0] == ["n", "text"]
    assert rows[1:] == [[str(n), "'=x"] for n in range(5000)]
    assert rows == read(table.to_pylist())


def test_a_table_without_rows_has_its_names() -> None:
    assert read(pa.table({"a": pa.array([], pa.int64())})) == [["a"]]
    assert read([]) == []
