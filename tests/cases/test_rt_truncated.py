"""Reposts that a platform marked and cut are copies of the original, not edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from .case import given, rows, run


def test_retweets_are_copies_of_the_original(tmp_path: Path) -> None:
    columns = ("--source", "author", "--time", "created_at", "--preset", "posts")
    assert run("find", given("rt-truncated", "in.csv"), "--out", tmp_path / "study", *columns).code == 0
    (point,) = rows(tmp_path / "study", "talking_points")
    assert (point["n_sources"], point["n_documents"], point["first_sources"]) == (5, 5, ["quayside_news"])
    passages = rows(tmp_path / "study", "passages")
    assert {p["similarity"] for p in passages} == {1.0}
    assert [p["copied_from"] is None for p in passages] == [True, False, False, False, False]
    assert all(p["copied_from"] < p["doc_id"] for p in passages[1:])
    assert not any("RT" in v["text"] for v in rows(tmp_path / "study", "variants"))


ORIGINAL = (
    "Volunteers will repaint the old lighthouse on Saturday morning because the harbour board has no money left for "
    "brushes or paint and nobody else offered help"
)


CUTS = (126, 127, 128, 131, 133)


@pytest.mark.parametrize("mark", ["…", "...", "… https://t.co/9f2…", "… https://t.co/9f2abc"])
@pytest.mark.parametrize(
    "head", ["RT @quayside_news: ", "RT @a: RT @quayside_news: ", "rt @quayside.news@sea.example ", ""]
)
def test_wherever_and_however_it_is_cut(head: str, mark: str, tmp_path: Path) -> None:
    lines = [f'quayside,"{ORIGINAL}"']
    lines += [f'r{cut}-{n},"{head}{ORIGINAL[:cut].rstrip()}{mark}"' for cut in CUTS for n in range(3)]
    (tmp_path / "in.csv").write_text("source,text\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert run("find", tmp_path / "in.csv", "--out", tmp_path / "study", "--preset", "posts").code == 0
    assert {p["similarity"] for p in rows(tmp_path / "study", "passages")} == {1.0}
    (variant,) = rows(tmp_path / "study", "variants")
    assert variant["n_sources"] == 1 + 3 * len(CUTS)
    assert variant["text"] == ORIGINAL[: len(variant["text"])]
