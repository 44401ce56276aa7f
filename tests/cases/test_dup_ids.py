"""Exports in which whole rows repeat, with their ids: an error that says so, and two ways on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cases.case import Said, given, rows, run

CASE = "dup-ids"


def find(tmp_path: Path, file: Path, *more: str) -> Said:
    return run("find", file, *more, "--out", tmp_path / "study")


def test_the_error_names_both_rows_says_they_are_the_same_and_what_can_be_done(tmp_path: Path) -> None:
    ended = find(tmp_path, given(CASE, "in.csv"))
    assert ended.code == 1
    assert "in.csv, row 3 (line 4): the id '7' was given before, in in.csv, row 1 (line 2)" in ended.err
    assert "the whole row is the same" in ended.err
    assert "--bad-rows skip" in ended.err
    assert "--id ''" in ended.err


def test_repeats_are_skipped(tmp_path: Path) -> None:
    ended = find(tmp_path, given(CASE, "in.csv"), "--bad-rows", "skip")
    assert "1 row was skipped: in.csv, row 3 (line 4): the row repeats one before" in ended.err
    assert [d["doc_id"] for d in rows(tmp_path / "study", "documents")] == ["7", "8"]


def test_an_empty_name_of_the_id_gives_ids_to_all_rows(tmp_path: Path) -> None:
    assert find(tmp_path, given(CASE, "in.csv"), "--id", "").code == 0
    documents = rows(tmp_path / "study", "documents")
    ids = [d["doc_id"] for d in documents]
    assert [d["id"] for d in documents] == ["7", "7", "8"]
    assert ids[1] == f"{ids[0]}-2"
    assert rows(tmp_path / "study", "talking_points")[0]["n_sources"] == 2


def test_rows_without_ids_are_numbered(tmp_path: Path) -> None:
    assert find(tmp_path, given(CASE, "noid.csv")).code == 0
    ids = [d["doc_id"] for d in rows(tmp_path / "study", "documents") if d["source"] == "ann"]
    assert ids[1] == f"{ids[0]}-2"
    assert rows(tmp_path / "study", "talking_points")[0]["n_sources"] == 2


def posts(path: Path, *given: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps({"source": "a", "text": "one", **row}) + "\n" for row in given))
    return path


def test_of_rows_that_differ_in_other_columns_one_is_kept_in_any_order(tmp_path: Path) -> None:
    two: list[dict[str, Any]] = [{"id": 1, "likes": 5}, {"id": 1, "likes": 3}]
    other = {"id": 2, "source": "b", "likes": 0}
    kept = set()
    for k, order in enumerate((two, two[::-1])):
        file = posts(tmp_path / f"{k}.jsonl", *order, other)
        assert "source, time and text are the same" in find(tmp_path, file).err
        assert find(tmp_path, file, "--bad-rows", "skip").code == 0
        kept.add(rows(tmp_path / "study", "documents")[0]["likes"])
    assert len(kept) == 1


def test_two_documents_with_one_id_are_never_skipped(tmp_path: Path) -> None:
    file = posts(tmp_path / "a.jsonl", {"id": 1}, {"id": 1, "source": "b", "text": "two"})
    ended = find(tmp_path, file, "--bad-rows", "skip")
    assert ended.code == 1
    assert "the two rows are of different documents" in ended.err
    assert "--id ''" in ended.err
    assert find(tmp_path, file, "--id", "").code == 0
