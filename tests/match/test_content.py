from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from inchorus.match.content import LITTLE, OTHER, SAME, compare, lexicon
from inchorus.prepare.corpus import build_corpus
from inchorus.prepare.texts import vocabulary
from inchorus.progress import Silent
from inchorus.schema import TIME


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


def verdict(line: str, other: str, min_words: int = 8) -> int:
    # Beside them ordinary text, so that the words of the two weigh what they weigh anywhere.
    filler = " ".join(f"the end of {w} in a street of the town" for w in ("may", "june", "july", "spring", "summer"))
    docs = documents([line, other, filler])
    corpus = build_corpus(docs, 1, Silent())
    words = lexicon(corpus, vocabulary(corpus, docs["text"]))
    b = corpus.offsets
    found = compare(corpus, words, b[:1], b[1:2], b[1:2], b[2:3], min_words)
    return int(found.verdict[0])


@pytest.mark.parametrize(
    "other",
    [
        LINE,
        LINE.upper(),
        LINE.replace("the taxes", "taxes"),
        LINE.replace("lower", "lowers"),
        LINE.replace("closed", "have closed"),
        LINE.replace("40", "forty"),
        LINE.replace("Norwick", "Norwik"),
        LINE.replace("will", "can"),
    ],
)
def test_what_is_only_worded_otherwise_is_the_same(other: str) -> None:
    assert verdict(LINE, other) == SAME


@pytest.mark.parametrize(
    "other",
    [
        LINE.replace("lower", "raise"),
        LINE.replace("will", "will not"),
        LINE.replace("40", "70"),
        LINE.replace("40 shops", "fifty shops"),
        LINE.replace("every family", "only family"),
        LINE.replace("before", "after"),
    ],
)
def test_what_turns_the_claim_is_another(other: str) -> None:
    assert verdict(LINE, other) == OTHER


def test_figures_are_compared_and_not_their_notation() -> None:
    line = "they spent 20 million on the bridge over the river last year and told nobody of it"
    assert verdict(line, line.replace("20 million", "20,000,000")) == SAME
    assert verdict(line, line.replace("20 million", "30 million")) == OTHER


def test_of_a_text_of_many_words_a_new_figure_is_an_update() -> None:
    line = " ".join(f"word{i} stands here" for i in range(30)) + " and 182 votes"
    assert verdict(line, line.replace("182", "201")) == SAME


def test_a_tail_in_common_is_little() -> None:
    one = "our senator met with the nominee to be ambassador in the afternoon of that day"
    assert verdict(one, "nothing else was said of it in the afternoon of that day") == LITTLE


def test_other_languages_turn_claims_with_their_own_words() -> None:
    german = "wir werden die Steuern der Familien noch vor dem Ende des Jahres in ganz Norwick senken"
    russian = "мы снизим налоги для семей до конца этого года во всём городе и во всей области"
    assert verdict(german, german.replace("senken", "erhöhen")) == OTHER
    assert verdict(german, german.replace("senken", "nicht senken")) == OTHER
    assert verdict(russian, russian.replace("снизим", "не снизим")) == OTHER
    assert verdict(russian, russian.replace("этого", "того")) == SAME


def test_weights_average_one_over_the_running_words() -> None:
    docs = documents(["one two two three three three", "three four"])
    corpus = build_corpus(docs, 1, Silent())
    words = lexicon(corpus, vocabulary(corpus, docs["text"]))
    assert np.average(words.weight, weights=corpus.frequency) == pytest.approx(1)
    assert isinstance(words.forms, pa.Array)
