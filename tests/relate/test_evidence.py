"""The table of occasions: known answers, and that the table of ties and the evidence agree."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

import inchorus
from inchorus.api import Study
from inchorus.evidence.asking import asking
from inchorus.evidence.occasions import occasions
from inchorus.evidence.ties import both_use, shared
from inchorus.progress import Silent
from inchorus.relate.evidence import MATCHED_OTHERWISE, counted_wording, left_out_wording, shared_things
from inchorus.relate.up_to_date import ready
from relate.made import made


def test_what_two_documents_share() -> None:
    pairs = np.array([[0, 2], [1, 2], [0, 1]])
    first, held = shared_things(pairs, np.array([4, 9, 9, 4, 9, 4]), np.array([0, 0, 1, 2, 2, 2]))
    assert (first.tolist(), held.tolist()) == ([0, 2, 3, 4], [4, 9, 9, 9])
    assert shared_things(np.zeros((0, 2), np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))[0].tolist() == [0]


def test_rows_say_what_is_shared_and_of_which_class() -> None:
    m = made([0, 0, 1, 1, 2, 2], [0, 2, 0, 2, 1, 3], [0, 0, 1, 1], day=[0, 5, 0, 30])
    ids = pa.array(["a", "b", "c", "d"])
    table = counted_wording(m, np.array([[0, 2], [1, 3]]), np.ones(3, bool), ids).to_pylist()
    assert [(r["doc_a"], r["doc_b"], r["shared"], r["counted"], r["reason"]) for r in table] == [
        ("a", "c", ["0", "1"], True, None), ("b", "d", ["2"], True, None)
    ]  # fmt: skip
    assert [r["class"] for r in table] == [
        "at most 2 sources, several, a day apart or less", "at most 2 sources, one, further apart"
    ]  # fmt: skip
    layer = np.array([None, None, "one day"], object)
    out = left_out_wording(m, np.array([True, True, False]), layer, ids).to_pylist()
    assert [(r["doc_a"], r["doc_b"], r["shared"], r["reason"]) for r in out] == [("b", "d", ["2"], "one day")]
    layer = np.array(["title", "one day", None], object)
    out = left_out_wording(m, np.array([False, False, True]), layer, ids).to_pylist()
    assert [(r["doc_a"], r["doc_b"], r["shared"], r["reason"]) for r in out] == [
        ("a", "c", ["1"], "one day"), ("a", "c", ["0"], "title")
    ]  # fmt: skip


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Lines that now and then stand side by side, some of them edited: rare wording inside more popular wording."""
    chance = random.Random(4)
    words = [f"w{i}x" for i in range(900)]

    def sentence() -> str:
        return " ".join(chance.choices(words, k=chance.randint(12, 18))).capitalize() + "."

    start = datetime(2023, 1, 2, tzinfo=UTC)
    made_of = sorted(
        (start + timedelta(seconds=chance.randrange(6_000_000)), f"S{s:02}", [sentence() for _ in range(5)])
        for s in range(10)
        for _ in range(chance.randint(2, 18))
    )
    for _ in range(45):
        line, i = sentence(), chance.randrange(len(made_of) - 30)
        for _, _, text in chance.sample(made_of[i : i + 30], chance.randint(2, 9)):
            edited = line.split()
            if chance.random() < 0.3:
                edited[chance.randrange(len(edited))] = chance.choice(words)
            text.insert(chance.randint(0, len(text)), " ".join(edited))
    rows = [{"source": source, "time": time, "text": " ".join(text)} for time, source, text in made_of]
    return inchorus.find(rows, out=tmp_path_factory.mktemp("evidence") / "study")


def test_the_table_of_ties_and_its_evidence_agree(study: Study) -> None:
    tested = ready(study, {}, Silent())
    rows = asking(tested)
    pairs = rows("SELECT * FROM ties", [])
    assert len(pairs) > 30
    for row in pairs:
        delays = [x["delay"] for x in occasions(rows, row["source_a"], row["source_b"])]
        firsts = (sum((d or 0) > 0 for d in delays), sum((d or 0) < 0 for d in delays))
        assert (len(delays), *firsts) == (row["occasions"], row["first_a"], row["first_b"])


def test_every_talking_point_that_two_share_is_listed_counted_or_with_a_reason(study: Study) -> None:
    tested = ready(study, {"without": "none"}, Silent())
    rows = asking(tested)
    places = {(p["tp_id"], p["doc_id"], p["start"]) for p in tested.passages.arrow().to_pylist()}
    reasons = set()
    for row in rows("SELECT * FROM ties", [])[::3]:
        found = shared(rows, row["source_a"], row["source_b"])
        assert len({one["tp_id"] for one in found}) == len(found) == row["observed"]
        assert all(one["counted"] == (one["reason"] is None) for one in found)
        both = both_use(rows, row["source_a"], row["source_b"])
        assert {one["tp_id"] for one in both} == {one["tp_id"] for one in found}
        assert {(x["tp_id"], x[f"doc_{side}"], x[f"start_{side}"]) for x in found for side in "ab"} <= places
        reasons |= {one["reason"] for one in found}
    assert reasons == {None, MATCHED_OTHERWISE, "of more than 5 sources"}
