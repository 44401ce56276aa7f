"""Where sentences begin: abbreviations, headings, wrapped lines, posts with links, texts that lost their marks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.progress import Silent
from inchorus.words.corpus import Corpus, build_corpus
from inchorus.words.ends import sentence_starts
from inchorus.words.stops import CLAUSE, CLOSES, COLON, OPENS, stops
from inchorus.words.texts import vocabulary


def corpus_of(texts: list[str]) -> tuple[Corpus, pa.Table]:
    rows = [
        {"doc_id": f"d{i}", "source": "s", "time": None, "time_precision": None, "text": t} for i, t in enumerate(texts)
    ]
    schema = pa.schema(
        [("doc_id", pa.string()), ("source", pa.string()), ("time", pa.timestamp("us", "UTC")),
         ("time_precision", pa.string()), ("text", pa.large_string())]
    )  # fmt: skip
    table = pa.Table.from_pylist(rows, schema)
    return build_corpus(table, 1, Silent()), table


def sentences(texts: list[str]) -> list[list[str]]:
    corpus, table = corpus_of(texts)
    documents = np.arange(len(texts))
    marks = stops(corpus, table["text"], documents)
    starts = sentence_starts(corpus, vocabulary(corpus, table["text"]), marks, documents)
    out = []
    for d, text in enumerate(texts):
        words = range(corpus.offsets[d], corpus.offsets[d + 1])
        at = [int(corpus.start[w]) for w in words if starts[w]] + [len(text)]
        out.append([text[a:b].strip() for a, b in pairwise(at)])
    return out


@pytest.mark.parametrize(
    "whole",
    [
        "Mr. Alder met Sen. Birch and Gov. Cedar in St. Elm on Jan. 3 at the office of the Dogwood Co. in town.",
        "The U.S. Senate sent it to J. R. Hazel, who lives in Washington, D.C., and to no other member.",
        "At 5 p.m. on Friday they sold 1,250.75 tons of it for $3.5 million, no. 4 on the list.",
        "Der Plan von Dr. Ahorn kostet ca. 5 Mio. Euro, d.h. mehr als vorher, bzw. gar nichts.",
        "أبرمت المجموعة عقدا مع شركة إم. إم. إل. للتجارة قبل أعوام ولم تتسلم المعدات حتى اليوم",
        "“Who pays?” she asked, and nobody in the hall had an answer to that.",
        "أعلن الوزير أن المدينة آمنة. مشيرا إلى أن الوفد غادرها أمس ولن يعود إليها قريبا",
        "Wait ... and see what becomes of it, said the man at the gate.",
        "This is a sentence that somebody has broken for its length, as letters\n"
        "were written in those days, so that no line had more than seventy\ncharacters in it.",
    ],
)
def test_what_is_one_sentence_stays_one(whole: str) -> None:
    assert sentences([whole]) == [[whole.lstrip("“")]]


@pytest.mark.parametrize(
    "parts",
    [
        ["We must act.", "They will not!", "Who pays?", "Nobody does…", "Well."],
        ["He said so.”", "“We did not.", "That is all.”"],
        ["ALDER AND BIRCH ANNOUNCE A PLAN\n", "The plan is a good one."],
        ["Valley Post\n\n", "By our own reporter\n\n", "The bridge is open"],
        ["لن نرتاح اليوم.", "هل نرتاح غدا؟", "نعم؛ غدا نرتاح"],
        ["Look at this https://example.org/a.b?c=d", "Nobody else did"],
        ["<p>The bridge is open</p>", "<p>The river is low</p>"],
        ["Home       ", "News       ", "The bridge is open"],
    ],
)
def test_sentences_end_where_readers_see_an_end(parts: list[str]) -> None:
    found = sentences([" ".join(parts)])[0]
    assert len(found) == len(parts), found


def test_abbreviations_are_learned_and_initials_end_a_sentence_before_a_word_that_is_small_elsewhere() -> None:
    usual = ["We saw the mill and the lake, and then the hill and the lake in the rain."] * 4
    learned = [f"They met Abg. Birke{i} and Abg. Eiche{i} near the mill." for i in range(4)]
    found = sentences([*usual, *learned, "It was made in the U.S. The bill was small."])
    assert found[4] == [learned[0]]
    assert found[-1] == ["It was made in the U.S.", "The bill was small."]


def test_texts_that_lost_their_marks_are_parted_before_words_that_are_small_elsewhere() -> None:
    usual = ["We saw the mill and the lake, and then the hill and the lake in the rain."] * 4
    found = sentences([*usual, "Senator Alder  D VT  met the mayor on Sunday  The mill will stay"])
    assert found[-1] == ["Senator Alder  D VT  met the mayor on Sunday", "The mill will stay"]


def test_marks_between_words_are_told_apart() -> None:
    corpus, table = corpus_of(['She said: "We must, now" — and left (early)'])
    marks = stops(corpus, table["text"], np.array([0])).tolist()
    # she said we must now and left early
    assert marks[2] & OPENS
    assert marks[2] & COLON
    assert marks[4] & CLAUSE
    assert marks[5] & CLOSES
    assert marks[5] & CLAUSE
    assert marks[7] & CLAUSE


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from('aB1 .!?:,;\n\t"“”()<>&-é中ع…') | st.characters(codec="utf-8"), max_size=40), max_size=4
    )
)
def test_any_text_has_its_first_word_and_nothing_that_is_no_word_as_a_beginning(texts: list[str]) -> None:
    corpus, table = corpus_of(["some words", *texts])
    documents = np.arange(len(texts) + 1)
    starts = sentence_starts(
        corpus, vocabulary(corpus, table["text"]), stops(corpus, table["text"], documents), documents
    )
    assert len(starts) == len(corpus.word)
    first = corpus.offsets[:-1][np.diff(corpus.offsets) > 0]
    assert starts[first].all()
