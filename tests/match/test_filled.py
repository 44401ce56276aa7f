"""What documents fill with something of their own, between what a portal gives all of them."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest

from inchorus.match.content import Lexicon, compare, lexicon
from inchorus.match.filled import filled_in
from inchorus.match.lines import lines
from inchorus.match.passages import find_passages
from inchorus.options import FindOptions
from inchorus.progress import Silent
from inchorus.words.corpus import Corpus
from inchorus.words.texts import vocabulary
from match.planted import corpus_of, filler, line

HEAD, TAIL = line("head", 14), line("tail", 20)


def edited(text: str, n: int, seed: int) -> str:
    """The text with `n` of its words edited."""
    words, rng = text.split(), random.Random(seed)
    for i in rng.sample(range(len(words)), n):
        words[i] = f"e{seed}x{i}"
    return " ".join(words)


def letters(forms: int, each: int, alone: int, words: int, edits: int = 0) -> list[tuple[str, str]]:
    """Letters in one frame: `each` of a form, and those `alone` with words of their own; (source, text)."""
    rng = random.Random(1)
    rows = [(f"o{k:02}", f"{HEAD} {filler(rng, words, 10**6)} {TAIL}") for k in range(alone)]
    for f in range(forms):
        form = line(f"f{f}w", words)
        rows += [(f"f{f}s{k}", f"{HEAD} {edited(form, edits, 100 * f + k)} {TAIL}") for k in range(each)]
    return sorted(rows)


def of_rows(rows: list[tuple[str, str]]) -> tuple[Corpus, Lexicon]:
    """The corpus of these rows and what is known of its words."""
    corpus, texts = corpus_of(rows), pa.chunked_array([pa.array([text for _, text in rows], pa.large_string())])
    return corpus, lexicon(corpus, vocabulary(corpus, texts))


def told(rows: list[tuple[str, str]]) -> list[tuple[int, list[str]]]:
    """The words and the sources of each talking point."""
    (corpus, words), options = of_rows(rows), FindOptions(threads=1)
    families = lines(corpus, find_passages(corpus, options, Silent()), words, options).families
    out = []
    for f, c in enumerate(families.canonical):
        documents = families.document[families.family == f].tolist()
        out.append((int(families.end[c] - families.begin[c]), sorted({rows[d][0] for d in documents})))
    return sorted(out)


def whole(rows: list[tuple[str, str]], words: int) -> list[list[str]]:
    """The sources of what is nearly as long as a letter of a form with so many words."""
    return [sources for n, sources in told(rows) if n >= 0.9 * (34 + words)]


def test_a_frame_of_head_and_tail_lends_no_likeness_to_what_stands_between() -> None:
    rows = letters(forms=3, each=4, alone=10, words=18)
    every = sorted({source for source, _ in rows})
    assert [(n, len(sources)) for n, sources in told(rows)] == [(14, 22), (20, 22), (52, 4), (52, 4), (52, 4)]
    assert [sources for n, sources in told(rows) if n < 50] == [every, every]


def test_forms_that_each_edits_are_told_apart_too() -> None:
    rows = letters(forms=3, each=5, alone=10, words=18, edits=2)
    forms = [[f"f{f}s{k}" for k in range(5)] for f in range(3)]
    assert sorted(whole(rows, 18)) == forms


def test_two_ways_to_fill_a_place_are_an_edit() -> None:
    assert whole(letters(forms=2, each=4, alone=0, words=12), 12) == [[f"f{f}s{k}" for f in range(2) for k in range(4)]]


@pytest.mark.parametrize(("around", "parted"), [(20, True), (30, False)])
def test_what_is_little_of_a_letter_leaves_it_the_letter(around: int, parted: bool) -> None:
    own = [line(f"own{k}x", 12) for k in range(4)]
    rows = [(f"s{k}", f"{line('a', around)} {text} {line('b', around)}") for k, text in enumerate(own)]
    corpus, words = of_rows(rows)
    begin, end = corpus.offsets[:-1], corpus.offsets[1:]
    found = compare(corpus, words, np.repeat(begin[:1], 4), np.repeat(end[:1], 4), begin, end, 8)
    expected = [False, parted, parted, parted]
    assert filled_in(corpus, found, np.zeros(4, np.int64), np.arange(4), 8).tolist() == expected


def test_words_edited_here_and_there_fill_no_place() -> None:
    rows = [(f"s{k:02}", edited(line("w", 60), 12, k)) for k in range(12)]
    assert max(len(sources) for n, sources in told(rows) if n > 50) == 12
