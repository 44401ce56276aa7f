from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.match.content import compare, lexicon
from inchorus.progress import Silent
from inchorus.schema import TIME
from inchorus.words.corpus import build_corpus
from inchorus.words.texts import vocabulary


def documents(texts: list[str]) -> pa.Table:
    n = len(texts)
    return pa.table(
        {
            "doc_id": pa.array([f"d{i}" for i in range(n)]),
            "source": pa.array([f"s{i}" for i in range(n)]),
            "time": pa.nulls(n, TIME),
            "time_precision": pa.nulls(n, pa.string()),
            "text": pa.array(texts, pa.large_string()),
        }
    )


LINE = "the council will lower the taxes of every family in Norwick before the end of March because 40 shops closed"


def same(line: str, other: str, min_words: int = 8) -> bool:
    # Beside them ordinary text, so that the words of the two weigh what they weigh anywhere.
    filler = " ".join(f"the end of {w} in a street of the town" for w in ("may", "june", "july", "spring", "summer"))
    docs = documents([line, other, filler])
    corpus = build_corpus(docs, 1, Silent())
    words = lexicon(corpus, vocabulary(corpus, docs["text"]))
    b = corpus.offsets
    return bool(compare(corpus, words, b[:1], b[1:2], b[1:2], b[2:3], min_words).same[0])


@pytest.mark.parametrize(
    "other",
    [
        LINE,
        LINE.upper(),
        LINE.replace("the taxes", "taxes"),
        LINE.replace("lower", "lowers"),
        LINE.replace("closed", "have closed"),
        LINE.replace("40", "forty"),
        LINE.replace("because 40 shops closed", ""),
    ],
)
def test_what_is_only_worded_otherwise_is_the_same(other: str) -> None:
    assert same(LINE, other)


@pytest.mark.parametrize("number", ["70", "fifty", "4"])
def test_with_another_number_it_is_another_claim(number: str) -> None:
    assert not same(LINE, LINE.replace("40", number))


def test_figures_are_compared_and_not_their_notation() -> None:
    line = "they spent 20 million on the bridge over the river last year and told nobody of it"
    assert same(line, line.replace("20 million", "20,000,000"))
    assert not same(line, line.replace("20 million", "30 million"))


def test_of_a_text_of_many_words_a_new_figure_is_an_update() -> None:
    line = " ".join(f"word{i} stands here" for i in range(30)) + " and 182 votes"
    assert same(line, line.replace("182", "201"))


def test_a_tail_in_common_is_little() -> None:
    one = "our senator met with the nominee to be ambassador in the afternoon of that day"
    assert not same(one, "nothing else was said of it in the afternoon of that day")


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=30))
def test_equal_words_are_the_same_whatever_they_weigh(words: list[str]) -> None:
    assert same(" ".join(words), " ".join(words))


@given(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=20),
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=20),
)
def test_either_may_be_the_wording(one: list[str], other: list[str]) -> None:
    assert same(" ".join(one), " ".join(other)) == same(" ".join(other), " ".join(one))


def test_weights_average_one_over_the_running_words() -> None:
    docs = documents(["one two two three three three", "three four"])
    corpus = build_corpus(docs, 1, Silent())
    words = lexicon(corpus, vocabulary(corpus, docs["text"]))
    assert np.average(words.weight, weights=corpus.frequency) == pytest.approx(1)
    assert isinstance(words.forms, pa.Array)


def sure(line: str, other: str, min_words: int = 8) -> bool:
    filler = " ".join(f"the end of {w} in a street of the town" for w in ("may", "june", "july", "spring", "summer"))
    docs = documents([f"they say {line} and they", f"but he says {other} or not", filler])
    corpus = build_corpus(docs, 1, Silent())
    words = lexicon(corpus, vocabulary(corpus, docs["text"]))
    b = corpus.offsets
    return bool(compare(corpus, words, b[:1] + 2, b[1:2] - 2, b[1:2] + 3, b[2:3] - 2, min_words).sure[0])


CLAIM = "nobody in Norwick pays for the harbor that they promised us"


def test_the_words_themselves_are_sure_and_so_are_small_words_more_or_less() -> None:
    assert sure(CLAIM, CLAIM)
    assert sure(CLAIM, CLAIM.replace("the harbor", "harbor"))


def test_what_is_cut_off_must_be_made_up_for_by_what_is_left() -> None:
    assert not sure(CLAIM, CLAIM.replace("nobody in Norwick ", ""))
    assert not sure(CLAIM, CLAIM.replace(" promised us", ""))
    long = f"{CLAIM} when they wanted our votes and our money for another bridge over another river"
    assert sure(long, long.replace("nobody in ", ""))


def test_whole_sentences_are_sure_however_short() -> None:
    said = "Nobody pays for the harbor that they promised us"
    docs = documents([f"But no. {said}. And so on, in a street of the town.", f"{said.replace('promised', 'showed')}."])
    corpus = build_corpus(docs, 1, Silent())
    words = lexicon(corpus, vocabulary(corpus, docs["text"]))
    b = corpus.offsets
    whole = compare(corpus, words, b[:1] + 2, b[:1] + 11, b[1:2], b[2:3], 6.1)
    inside = compare(corpus, words, b[:1] + 3, b[:1] + 11, b[1:2] + 1, b[2:3], 6.1)
    assert (bool(whole.sure[0]), bool(inside.sure[0])) == (True, False)


def test_with_another_word_more_than_the_shortest_wording_must_be_left() -> None:
    assert sure(CLAIM, CLAIM.replace("promised", "showed"), 6)
    assert not sure(CLAIM, CLAIM.replace("promised", "showed"), 10)


def test_from_is_not_to() -> None:
    line = "they will raise the minimum wage to the level of the poorest town in the valley"
    assert not same(line, line.replace("wage to", "wage from"))
