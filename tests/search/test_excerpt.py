from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.search.excerpt import Excerpt, excerpt, found_in, words_of
from inchorus.search.index import build
from inchorus.search.matches import match
from inchorus.search.query import fold_words, parse

WIDTH = 40


def cut(text: str, asked: str, width: int = WIDTH) -> Excerpt:
    index, _ = build([pa.array([text], pa.large_string())], 1, lambda rows: None)
    terms = match(index, parse(asked).terms, (), np.ones(1, np.bool_)).terms
    words = words_of(text)
    return excerpt(text, words, found_in(words, index.stream, terms), terms, width)


def marked(part: Excerpt) -> list[str]:
    return [part.text[a:b] for a, b in part.hits]


@given(
    st.lists(st.sampled_from(["water", "Wa\u0301ter", "水", "น้ำ", "of", "👍", "\n", "x" * 60, "ﷺ", "—"]), max_size=60),
    st.sampled_from(["water ", "of", '"of water"', "水", "น้", "of water", "xx"]),
)
@settings(max_examples=300, deadline=None)
def test_an_excerpt_is_a_part_of_the_text_with_its_hits_in_it(words: list[str], asked: str) -> None:
    text = " ".join(words)
    part = cut(text, asked)
    assert part.text == text[part.start : part.start + len(part.text)]
    assert len(part.text) <= WIDTH
    assert part.before == (part.start > 0)
    assert part.after == (part.start + len(part.text) < len(text))
    ends = [0]
    for start, end in part.hits:
        assert ends[-1] <= start < end <= len(part.text)
        ends.append(end)
        (found,) = fold_words([part.text[start:end]])
        assert found  # at least one word, and none that was not asked for
        assert all(any(word.startswith(w) for t in parse(asked).terms for w in t.words) for word in found)
    (everything,) = fold_words([text])
    if all(any(word.startswith(w) for word in everything) for t in parse(asked).terms for w in t.words[:1]):
        single = all(len(t.words) == 1 for t in parse(asked).terms)
        assert part.hits or not single


def test_the_place_with_the_most_different_words_is_shown() -> None:
    text = "water here and there. " * 6 + "The valley has clean water today. " + "clean as ever. " * 9
    part = cut(text, "clean water valley")
    assert set(marked(part)) == {"valley", "clean", "water"}
    assert part.before
    assert part.after


def test_a_short_text_is_shown_whole() -> None:
    part = cut("Clean water, clean air", "clean ")
    assert part == Excerpt("Clean water, clean air", 0, [(0, 5), (13, 18)], before=False, after=False)


def test_without_a_hit_the_beginning_is_shown() -> None:
    part = cut("one two three four five six seven eight nine ten", "")
    assert (part.text, part.start, part.hits) == ("one two three four five six seven eight", 0, [])


def test_words_are_not_cut_unless_one_is_longer_than_the_excerpt() -> None:
    part = cut("aaaaaaaaa " * 5 + "water " + "bbbbbbbbb " * 5, "water ")
    assert part.text == "aaaaaaaaa water bbbbbbbbb"
    part = cut("water" + "x" * 200, "water")
    assert part.text == "water" + "x" * 35
    assert part.hits == [(0, 40)]


def test_a_phrase_is_one_hit() -> None:
    assert marked(cut("Clean,\nWATER", '"clean water"')) == ["Clean,\nWATER"]


def test_accents_are_inside_the_hit() -> None:
    assert marked(cut("l'e\u0301te\u0301 passe\u0301", "passe")) == ["passe\u0301"]
