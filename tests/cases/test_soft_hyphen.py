"""What is folded away is no edit: not in the tables, not where a talking point is shown."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .case import given, rows, run

SPELLINGS = {
    "accents": ("the cafe beside the river will not reopen in summer", {"cafe": "café", "river": "rivér"}),
    "yeh": ("قال الوزير في المدينة إن الحكومة لن ترفع سعر الخبز هذا العام", {"في": "فى"}),
    "numbers": ("they promised 1,000 homes for families by the end of June", {"1,000": "1000"}),
    "invisible": (
        "they promised thousands of homes by the end of June",
        {"en": "e\u2060n", "Ju": "\u200eJu", "ou": "o\u200du"},
    ),
    "breaks": (
        "the crowd gathered before the gates of the old town hall",
        {"gathered": "gath-\nered", "old": "<b>old</b>"},
    ),
}


def alike_and_unmarked(study: Path) -> None:
    passages = rows(study, "passages")
    assert [p["similarity"] for p in passages] == [1.0, 1.0]
    assert [[edit["op"] for edit in v["edits"]] for v in rows(study, "variants")] == [["keep"]]
    shown = run("show", study, passages[0]["tp_id"]).out
    assert shown.count("100% alike") == 2
    assert "[-" not in shown
    assert "{+" not in shown


def test_soft_hyphens_are_not_compared(tmp_path: Path) -> None:
    assert run("find", given("soft-hyphen", "in.csv"), "--out", tmp_path / "study").code == 0
    alike_and_unmarked(tmp_path / "study")


@pytest.mark.parametrize("kind", SPELLINGS)
@pytest.mark.parametrize("long", [False, True])
def test_other_spellings_of_the_same_words(kind: str, long: bool, tmp_path: Path) -> None:
    one, changes = SPELLINGS[kind]
    if long:
        one = f"{one} {' '.join(f'word{n}' for n in range(400))} {one}"
    other = one
    for plain, spelled in changes.items():
        other = other.replace(plain, spelled)
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "time", "text"), ("a", "2024-01-01", one), ("b", "2024-01-02", other)])
    assert run("find", tmp_path / "in.csv", "--out", tmp_path / "study").code == 0
    alike_and_unmarked(tmp_path / "study")
