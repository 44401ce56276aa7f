import random
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.differences import differences, sides, spaced, words

TEXTS = st.text("ab cd,.’\n水的กำ\u0301\u094d\u093fह", max_size=60)


@given(TEXTS, TEXTS)
def test_the_pieces_of_a_side_joined_give_its_wording(left: str, right: str) -> None:
    a, b = sides(left, right)
    assert "".join(text for _, text in a) == left
    assert "".join(text for _, text in b) == right
    assert {op for op, _ in a + b} <= {"same", "only"}


@given(TEXTS, TEXTS)
def test_what_is_the_same_on_both_sides_are_the_same_words(left: str, right: str) -> None:
    same = [
        [unicodedata.normalize("NFC", text[i:j].casefold()) for i, j in words(text)]
        for text in (" ".join(t for op, t in side if op == "same") for side in sides(left, right))
    ]
    assert same[0] == same[1]


@given(TEXTS)
def test_a_wording_does_not_differ_from_itself_in_capitals(text: str) -> None:
    assert all(op == "same" for side in sides(text, text) for op, _ in side)
    assert all(op == "same" for op, _ in differences(text, text))


@given(TEXTS)
def test_words_do_not_overlap_and_no_mark_is_parted_from_its_letter(text: str) -> None:
    spans = words(text)
    assert all(a < b for a, b in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for _, end in spans:
        assert end == len(text) or unicodedata.category(text[end])[0] != "M"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cafe\u0301s said", ["cafe\u0301s", "said"]),
        ("हम चैन से", ["हम", "चैन", "से"]),
        ("क्यों लोगों", ["क्यों", "लोगों"]),
        ("清洁的水", ["清", "洁", "的", "水"]),
        ("น้ำ", ["น้", "ำ"]),
        ("أُسْرَة في", ["أُسْرَة", "في"]),
        ("we’ll don't o'", ["we’ll", "don't", "o"]),
    ],
)
def test_words_of_many_scripts(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in words(text)] == found


def test_one_accent_more_marks_the_whole_word() -> None:
    assert sides("the cafe\u0301 is open", "the cafe is open") == (
        [("same", "the "), ("only", "cafe\u0301"), ("same", " is open")],
        [("same", "the "), ("only", "cafe"), ("same", " is open")],
    )


def test_composed_and_decomposed_accents_are_the_same() -> None:
    assert sides("café", "CAFE\u0301") == ([("same", "café")], [("same", "CAFE\u0301")])


def test_long_wordings_are_compared_as_short_ones_are() -> None:
    chance = random.Random(1)
    known = [f"word{n}" for n in range(6000)]
    left = [chance.choice(known) for _ in range(9000)]
    right = list(left)
    edited = sorted(chance.sample(range(len(right)), 200))
    for place in edited:
        right[place] = f"new{place}"
    pieces = sides(" ".join(left), " ".join(right))[1]
    only = [word for op, text in pieces if op == "only" for word in text.split()]
    assert [word for word in only if word.startswith("new")] == [f"new{place}" for place in edited]
    assert len(only) < 220


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("a " * 50_000, "a " * 49_000 + "b"),
        ("a b " * 25_000, "b a a " * 17_000),
        (" ".join(f"{n} x{n}" for n in range(8000)), " ".join(f"{n} y{n}" for n in range(8000))),
        (" ".join(map(str, range(15_000))), " ".join(map(str, range(15_000, 0, -1)))),
        ("的一是不" * 25_000, "是的不了" * 25_000),
        ("word " * 20_000, ""),
    ],
)
def test_hostile_wordings_are_still_whole(left: str, right: str) -> None:
    a, b = sides(left, right)
    assert "".join(text for _, text in a) == left
    assert "".join(text for _, text in b) == right


def test_a_text_twice_over_is_compared_by_words_that_stand_twice() -> None:
    once = [f"word{n}" for n in range(3000)]
    left, right = once + once, [*once[:1500], "other", *once[1500:], *once]
    assert [text for op, text in sides(" ".join(left), " ".join(right))[1] if op == "only"] == ["other"]


def test_a_removed_word_is_set_apart_from_the_next() -> None:
    assert spaced(differences("today announced", "announced")) == [("removed", "today "), ("same", "announced")]
    assert spaced(differences("的水", "水")) == [("removed", "的"), ("same", "水")]
