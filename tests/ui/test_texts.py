"""Texts by their documents, whatever else the input had."""

from __future__ import annotations

import pyarrow as pa

import inchorus
from inchorus.ui.reader import Reader

LINE = "nobody in this valley will ever pay for the same water twice again this year"


def test_columns_of_the_input_are_not_taken_for_places_in_the_file() -> None:
    rows = [
        {"id": f"d{n}", "source": f"s{n}", "time": f"2024-05-0{n}", "text": f"Number {n}. {LINE}. End {n}.",
         "file_row_number": 9 - n, "Position": 5}
        for n in range(1, 6)
    ]  # fmt: skip
    reader = Reader(inchorus.find(pa.Table.from_pylist(rows)))
    assert reader.texts(["d4", "d2", "nope"]) == {row["id"]: row["text"] for row in rows if row["id"] in {"d2", "d4"}}
    assert reader.texts(["nope"]) == {}
    assert reader.texts([]) == {}
    reader.close()
