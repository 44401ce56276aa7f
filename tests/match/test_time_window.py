from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inchorus
from inchorus.errors import UsageError
from inchorus.match.families import Families
from inchorus.match.time_window import within
from inchorus.words.corpus import DAY, NEVER, Corpus

LINE = "nobody in this valley will pay for water twice"

uses = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 3), st.none() | st.integers(0, 12)), min_size=1, max_size=30
)


def corpus_of(rows: list[tuple[int, int, int | None]]) -> tuple[Corpus, Families]:
    """A document a use: (family, source, day), all with the same eight words."""
    rows = sorted(rows, key=lambda row: row[0])
    n = len(rows)
    times = np.array([NEVER if day is None else day * DAY for _, _, day in rows])
    word = np.tile(np.arange(8, dtype=np.uint32), n)
    ones = np.ones(8, np.int64)
    offsets = np.arange(n + 1) * 8
    corpus = Corpus(
        word, word, word.astype(np.uint16), word.astype(np.uint8), offsets,
        np.array([source for _, source, _ in rows], np.uint32), times, times, ones, ones, ones,
    )  # fmt: skip
    _, family = np.unique([row[0] for row in rows], return_inverse=True)
    canonical = np.searchsorted(family, np.arange(family.max() + 1))
    return corpus, Families(
        family.astype(np.int64), np.arange(n, dtype=np.uint32), offsets[:-1], offsets[1:], np.ones(n), canonical
    )


@given(uses, st.integers(0, 5), st.integers(2, 3))
@settings(max_examples=150, deadline=None)
def test_what_is_kept_is_what_all_pairs_say(rows: list[tuple[int, int, int | None]], days: int, least: int) -> None:
    corpus, families = corpus_of(rows)
    kept, left = within(corpus, families, days, least, 0.6)
    ordered = sorted(rows, key=lambda row: row[0])
    near = [
        i
        for i, (family, source, day) in enumerate(ordered)
        if day is not None
        and any(f == family and s != source and d is not None and abs(d - day) <= days for f, s, d in ordered)
    ]
    by_family: dict[int, set[int]] = {}
    for i in near:
        by_family.setdefault(ordered[i][0], set()).add(ordered[i][1])
    expected = [i for i in near if len(by_family[ordered[i][0]]) >= least]
    assert kept.document.tolist() == expected
    assert left.apart + left.without_time == len(rows) - len(expected)
    assert left.without_time == sum(day is None for _, _, day in rows)
    assert [kept.family[c] for c in kept.canonical] == list(range(len(kept.canonical)))


def documents(*uses: tuple[str, str | None, str]) -> list[dict[str, Any]]:
    return [{"source": source, "time": time, "text": text} for source, time, text in uses]


def test_old_uses_are_left_out_and_counted(tmp_path: Path) -> None:
    study = inchorus.find(
        documents(
            ("Ancient", "2010-05-01", f"Long ago: {LINE}."),
            ("Herald", "2024-05-01", f"She said {LINE}."),
            ("Courier", "2024-05-03", f"Once more: {LINE}!"),
            ("Undated", None, f"Somebody wrote {LINE}."),
        ),
        within=7,
    )
    assert set(study.passages.arrow()["source"].to_pylist()) == {"Herald", "Courier"}
    assert study.talking_points.arrow()["first_sources"].to_pylist() == [["Herald"]]
    left_out = study.manifest["left_out"]
    assert left_out["passages with no other source within 7 days"] == 1
    assert left_out["passages without a time"] == 1
    assert study.manifest["options"]["within"] == 7


def test_the_canonical_passage_may_go_and_similarities_are_to_another() -> None:
    study = inchorus.find(
        documents(
            ("Ancient", "2010-05-01", f"{LINE} and that is what they all promised us"),
            ("Older", "2010-06-01", f"{LINE} and that is what they all promised us"),
            ("Herald", "2024-05-01", f"{LINE} and that was what they promised us"),
            ("Courier", "2024-05-03", f"{LINE} and that was what they promised us"),
        ),
        within=7,
    )
    assert study.passages.arrow()["similarity"].to_pylist() == [1.0, 1.0]
    (point,) = study.talking_points.arrow().to_pylist()
    assert point["text"].endswith("that was what they promised us")
    assert [[e["op"] for e in edits] for edits in study.variants.arrow()["edits"].to_pylist()] == [["keep"]]


def test_nothing_near_gives_no_talking_points() -> None:
    far = documents(("A", "2010-05-01", LINE), ("B", "2024-05-01", LINE))
    assert len(inchorus.find(far, within=30).talking_points.arrow()) == 0
    assert len(inchorus.find(far, within=6000).talking_points.arrow()) == 1


@pytest.mark.parametrize("days", [-1, float("nan"), float("inf")])
def test_days_are_days(days: float) -> None:
    with pytest.raises(UsageError, match="within"):
        inchorus.find(pa.table({"source": ["a", "b"], "text": [LINE, LINE]}), within=days)
