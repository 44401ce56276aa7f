"""Sentences near claims: known answers, whatever the order and the company of the claims."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.api import Study
from inchorus.check.claims import bm25, look_up, nearest, repeating, sentence_texts
from inchorus.check.likeness import Likeness, cosines
from inchorus.progress import Silent
from inchorus.read.claims import Claim
from inchorus.search.index import build

from .conftest import ALONE, LINE

CLAIMS = [
    Claim("water", "In this valley, nobody has to pay twice for clean water in the same year."),
    Claim("heron", "Eleven schoolchildren painted a heron on the weir of Saltmarsh."),
    Claim("moon", "The moon is made of green cheese."),
]
WORDS = st.lists(st.sampled_from("water waters paid pay heron herons 水 الماء 7".split()), min_size=1, max_size=8)


def strings(*texts: str) -> pa.Array:
    return pa.array(texts, pa.large_string())


def found(study: Study, claims: list[Claim]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = look_up(study, claims, 1, Silent())[0].to_pylist()
    return rows


def test_who_makes_which_claim(valley: Study) -> None:
    table, facts = look_up(valley, CLAIMS, 1, Silent())
    rows = table.to_pylist()
    assert {(row["claim_id"], row["doc_id"]) for row in rows} >= {("water", "a"), ("water", "b"), ("heron", "d")}
    assert {row["claim_id"] for row in rows} == {"water", "heron"}
    assert facts == {"asked": 3, "found": 2, "not_found": [CLAIMS[2]._asdict()]}
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    texts = {row["doc_id"]: row["text"] for row in valley.documents.arrow().to_pylist()}
    spans = {row["claim_id"]: texts[row["doc_id"]][row["start"] : row["end"]] for row in reversed(rows)}
    assert spans == {"water": LINE[:-1], "heron": ALONE[:-1]}


def test_a_claim_is_found_the_same_in_any_company(valley: Study) -> None:
    together = found(valley, CLAIMS)
    assert found(valley, CLAIMS[::-1]) == together
    assert [row for claim in CLAIMS for row in found(valley, [claim])] == [
        row for claim in CLAIMS for row in together if row["claim_id"] == claim.claim_id
    ]


def test_claims_of_nobody(valley: Study) -> None:
    assert found(valley, [Claim("a", "..."), Claim("b", "zzz qqq"), Claim("c", "水")]) == []


def test_bm25_of_a_small_index_by_hand() -> None:
    index, _ = build([strings("a b", "b b c", "c")], 1, lambda rows: None)
    assert bm25(index, ["x"]).tolist() == [0, 0, 0]
    one = np.log(1 + 2.5 / 1.5)
    assert bm25(index, ["a", "a"]).round(9).tolist() == [round(one * 2.2 / (1 + 1.2), 9), 0, 0]
    assert [some.tolist() for some in nearest(index, ["b", "c a", "x"])] == [[1, 0], [0, 2, 1], []]


def test_all_documents_that_repeat_a_claim() -> None:
    index, _ = build([strings(*[f"n{i} {LINE}" for i in range(80)], ALONE)], 1, lambda rows: None)
    assert [len(some) for some in repeating(index, [LINE, ALONE, LINE, "moon"])] == [80, 1, 80, 0]


def test_sentences_of_several_texts() -> None:
    said, text, start, end = sentence_texts(["One is here. Two is there!", "", "«Three» is."])
    assert said.to_pylist() == ["One is here", "Two is there", "Three» is"]
    assert text.tolist() == [0, 0, 2]
    assert list(zip(start.tolist(), end.tolist(), strict=True)) == [(0, 11), (13, 25), (1, 10)]
    assert len(sentence_texts([])[0]) == 0


@settings(deadline=None)
@given(WORDS, WORDS)
def test_cosines_are_symmetric_and_one_for_the_same_words(a: list[str], b: list[str]) -> None:
    like = Likeness(strings("the waters", "a heron paid", "水は"))
    one, other = like.vectors(strings(" ".join(a))), like.vectors(strings(" ".join(b)))
    there, back = cosines(one, other).toarray()[0, 0], cosines(other, one).toarray()[0, 0]
    assert there == pytest.approx(back)
    assert -1e-9 <= there <= 1 + 1e-9
    if sorted(a) == sorted(b):
        assert there == pytest.approx(1)


def test_endings_matter_little_and_other_words_much() -> None:
    like = Likeness(strings("families pay taxes", "the weather is fine", "birds sing at dawn"))
    family = like.vectors(strings("The family paid its tax"))
    near, far = cosines(family, like.vectors(strings("Families pay taxes", "Birds sing"))).toarray()[0]
    assert near > 0.1 > far
