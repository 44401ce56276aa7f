"""Wording that must not be lost for what else is in the corpus, nor counted where it is not."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import LCSseq

from cases.case import given, rows, run


def study_of(case: str, name: str, tmp_path: Path, *options: str) -> list[dict[str, Any]]:
    """The talking points of a case, each with its `sources` and `passages`."""
    out = tmp_path / "study"
    assert run("find", given(case, name), "--out", out, "--quiet", *options).code == 0
    points = rows(out, "talking_points")
    passages = rows(out, "passages")
    for point in points:
        point["passages"] = [p for p in passages if p["tp_id"] == point["tp_id"]]
        point["sources"] = sorted({p["source"] for p in point["passages"]})
        for a, b in pairwise(sorted(point["passages"], key=lambda p: (p["doc_id"], p["start"]))):
            assert a["doc_id"] != b["doc_id"] or a["end"] <= b["start"]
    return points


@pytest.mark.parametrize("name", ["in.csv", "without.csv"])
def test_that_others_use_the_beginning_takes_nothing_away(name: str, tmp_path: Path) -> None:
    points = study_of("popular-start", name, tmp_path)
    assert any({"full1", "full2"} <= set(p["sources"]) for p in points)


@pytest.mark.parametrize("options", [(), ("--preset", "posts")])
def test_words_that_repeat_with_a_period_of_two(options: tuple[str, ...], tmp_path: Path) -> None:
    (point,) = study_of("periodic", "in.csv", tmp_path, *options)
    assert len(point["sources"]) == 10


@pytest.mark.parametrize("period", [1, 2, 3, 5])
def test_words_that_repeat_with_any_short_period(period: int, tmp_path: Path) -> None:
    text = " ".join(["march", "today", "for", "our", "rivers"][k % period] for k in range(14))
    posts = tmp_path / "posts.csv"
    posts.write_text("source,text\n" + "".join(f"acct{k},{text}\n" for k in range(4)))
    assert run("find", posts, "--out", tmp_path / "study", "--quiet").code == 0
    assert [p["n_sources"] for p in rows(tmp_path / "study", "talking_points")] == [4]


def test_a_chain_of_texts_that_move_on_is_cut_where_they_are_no_longer_alike(tmp_path: Path) -> None:
    points = study_of("chain", "in.csv", tmp_path)
    text = {d["doc_id"]: d["text"] for d in rows(tmp_path / "study", "documents")}
    assert {p["source"] for point in points for p in point["passages"]} == {f"c{k:02}" for k in range(20)}
    for point in points:
        whole = point["text"].split()
        for p in point["passages"]:
            words = text[p["doc_id"]][p["start"] : p["end"]].split()
            assert 2 * LCSseq.similarity(whole, words) / (len(whole) + len(words)) >= 0.6
    for k in range(19):
        assert any({f"c{k:02}", f"c{k + 1:02}"} <= set(p["sources"]) for p in points)


def test_a_line_again_and_again_in_one_document(tmp_path: Path) -> None:
    points = {tuple(p["sources"]): p for p in study_of("repeats-in-doc", "in.csv", tmp_path)}
    assert set(points) == {("s1", "s2"), ("s3", "s4")}
    line = points["s1", "s2"]
    assert (line["n_sources"], line["n_documents"], line["n_passages"]) == (2, 2, 11)


def test_a_tail_that_all_have_lends_no_likeness(tmp_path: Path) -> None:
    points = study_of("docket-tail", "in.csv", tmp_path)
    form, tail = "reinstate the night ferry", "Regional Ferry Program: Tariffs and Timetables for Island Residents"
    (everybody,) = (p for p in points if len(p["sources"]) == 20)
    assert tail in everybody["text"]
    assert form not in everybody["text"]
    with_form = [p for p in points if form in p["text"]]
    camp = {f"camp{n}" for n in range(8)}
    assert with_form
    assert all(camp <= set(p["sources"]) <= camp | {"own06"} for p in with_form)


def test_a_letter_that_each_edits_is_one_talking_point(tmp_path: Path) -> None:
    points = study_of("template-edited", "in.csv", tmp_path)
    letter = [p for p in points if len(p["sources"]) >= 34]
    assert len(letter) == 1
    others = [p["sources"] for p in points if p is not letter[0]]
    assert others == [["commenter 04", "commenter 19"]]
    assert not [row for row in rows(tmp_path / "study", "ties") if row["q_value"] <= 0.05]
