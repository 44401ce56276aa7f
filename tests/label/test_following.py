"""What words weigh behind one another."""

from __future__ import annotations

import random
from itertools import pairwise
from math import log2

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.label.features import measure
from inchorus.label.following import LONGEST, PRIOR, UNSEEN, following
from inchorus.label.labels import judge
from inchorus.labels import LABELS
from inchorus.match.families import Families
from inchorus.match.word_weights import mean_bits
from inchorus.words.corpus import Corpus
from match.planted import corpus_of, filler, find


def of(corpus: Corpus, passages: list[tuple[int, int, int]]) -> Families:
    """One talking point of these passages (document, first word of it, words), the first canonical."""
    documents = np.array([d for d, _, _ in passages], np.int64)
    begin = corpus.offsets[documents] + np.array([b for _, b, _ in passages])
    end = begin + np.array([n for _, _, n in passages])
    zeros = np.zeros(len(passages), np.int64)
    return Families(zeros, documents.astype(np.uint32), begin, end, np.ones(len(passages)), zeros[:1])


def by_counting(texts: list[list[str]], wording: list[str], uses: int, bits: float, *, pairs: bool) -> float:
    """The same as `following`, with words counted one by one, and all pairs of words or none of them."""
    words = [w for text in texts for w in text]
    every = [pair for text in texts for pair in pairwise(text)] if pairs else []
    own = list(pairwise(wording))
    out = 0.0
    for i, w in enumerate(wording):
        share = (max(0, words.count(w) - uses * wording.count(w)) + UNSEEN) / (len(words) + UNSEEN)
        if i:
            before = wording[i - 1]
            together = max(0, every.count((before, w)) - uses * own.count((before, w)))
            first = max(0, words.count(before) - uses * wording.count(before))
            share = min(1.0, (together + PRIOR * share) / (first + PRIOR))
        out -= log2(share)
    return out / bits


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=20), max_size=4),
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=9),
    st.integers(1, 3),
)
@settings(max_examples=60, deadline=None)
def test_pairs_count_once_a_surrounding_so_never_more_than_they_are_used(
    texts: list[list[str]], wording: list[str], uses: int
) -> None:
    every = [*[wording] * uses, *texts]
    corpus = corpus_of([("s", " ".join(t)) for t in every])
    found = following(corpus, of(corpus, [(d, 0, len(wording)) for d in range(uses)]))[0]
    bits = mean_bits(corpus.frequency) or 1.0
    least, most = (by_counting(every, wording, uses, bits, pairs=pairs) for pairs in (True, False))
    assert least - 1e-9 <= found <= most + 1e-9


WORDING = ["we", "shall", "not", "rest", "now"]


def weight_beside(others: list[list[str]]) -> float:
    """What `WORDING`, of two documents, weighs in a corpus with these others; its bits, not in ordinary words."""
    corpus = corpus_of([("s", " ".join(t)) for t in [WORDING, WORDING, *others]])
    found = following(corpus, of(corpus, [(0, 0, 5), (1, 0, 5)]))[0]
    return float(found) * mean_bits(corpus.frequency)


def test_a_pair_in_many_surroundings_is_common_and_one_in_the_same_again_and_again_is_not() -> None:
    apart = [[f"x{i}", "shall", "not", f"y{i}"] for i in range(30)]
    alike = [["x", "shall", "not", "y"]] * 30
    beside = [["x", "shall", "y", "not"]] * 30
    many, one, none = (weight_beside(texts) for texts in (apart, alike, beside))
    # 30 of 30 uses of "shall" go on with "not": in as many surroundings next to no bit is left, in one about 3 are.
    assert none - many > 2
    assert many < one <= none + 0.1


def test_the_surrounding_that_a_pair_has_in_the_wording_is_no_witness() -> None:
    # As an edit of the line has it: another word at its end.
    edits = [["we", "shall", "not", "rest", "today"]] * 10
    corpus = [WORDING, WORDING, *edits]
    bits = mean_bits(corpus_of([("s", " ".join(t)) for t in corpus]).frequency)
    share = (10 + UNSEEN) / (60 + UNSEEN)
    # "not" behind "shall", between "we" and "rest" as in the wording: only its own frequency tells.
    alone = -log2(PRIOR * share / (10 + PRIOR))
    as_used = -log2((10 + PRIOR * share) / (10 + PRIOR))
    assert weight_beside(edits) > by_counting(corpus, WORDING, 2, bits, pairs=True) * bits + (alone - as_used) - 1e-9


def test_a_long_wording_is_not_asked() -> None:
    text = " ".join(f"w{i}" for i in range(LONGEST + 1))
    corpus = corpus_of([("a", text), ("b", text)])
    assert np.isnan(following(corpus, of(corpus, [(0, 0, LONGEST + 1), (1, 0, LONGEST + 1)])))[0]
    assert not np.isnan(following(corpus, of(corpus, [(0, 0, LONGEST), (1, 0, LONGEST)])))[0]


USUAL = [f"usual{i}" for i in range(400)]


def label_of(shown: list[str], *, said: bool) -> str:
    """The label of a wording of three sources, whose neighbours others have beside each other too, or in any order."""
    rng = random.Random(4)
    rows = [(f"s{k}", f"{filler(rng, 30, 10**6)} {' '.join(shown)} {filler(rng, 30, 10**6)}") for k in range(3)]
    for i in range(300):
        words = rng.sample(USUAL, 100)
        if said:  # three of its words in a row, here and there: nobody else has the whole
            at = rng.randrange(len(shown) - 2)
            words[20:23] = shown[at : at + 3]
        rows.append((f"t{i:03}", " ".join(words)))
    corpus = corpus_of(rows)
    families = find(corpus)
    labels = judge(measure(corpus, families), 8)
    assert len(labels.label) == 1
    assert ("follows the one before" in labels.rule[0]) == (LABELS[labels.label[0]] == "phrase")
    return str(LABELS[labels.label[0]])


def test_a_wording_made_of_what_others_say_one_after_the_other_is_a_phrase() -> None:
    assert label_of(random.Random(5).sample(USUAL, 15), said=True) == "phrase"


def test_the_same_words_in_an_order_of_their_own_are_a_line() -> None:
    assert label_of(random.Random(5).sample(USUAL, 15), said=False) == "line"
