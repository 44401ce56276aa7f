"""A column of mixed types in a pandas frame is read as the same rows in a list of dictionaries are."""

from __future__ import annotations

from typing import Any

import pandas as pd

import inchorus

LINE = "the harbour master wants to close the old swing bridge at night from may on"


def documents(given: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = inchorus.find(given).documents.arrow().to_pylist()
    return found


def test_numbers_and_text_become_text() -> None:
    frame = pd.DataFrame({"source": ["a", "b"], "text": [LINE, LINE], "n": ["1", 2]})
    assert [d["n"] for d in documents(frame)] == ["1", "2"]
    assert documents(frame) == documents(frame.to_dict("records"))


def test_ids_and_sources_of_mixed_types_too() -> None:
    frame = pd.DataFrame({"id": ["x", 7, 1380242280532049921], "source": [1, "b", 2.0], "text": [LINE] * 3})
    assert sorted(d["doc_id"] for d in documents(frame)) == ["1380242280532049921", "7", "x"]
    assert sorted(d["source"] for d in documents(frame)) == ["1", "2", "b"]
    assert documents(frame) == documents(frame.to_dict("records"))


def test_a_time_that_is_text_in_some_rows() -> None:
    times = [pd.Timestamp("2024-05-01T12:00:00"), "2024-05-02"]
    frame = pd.DataFrame({"source": ["a", "b"], "text": [LINE, LINE], "time": pd.Series(times, dtype=object)})
    assert [d["time_precision"] for d in documents(frame)] == ["second", "day"]
