import random
import unicodedata
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import inchorus
from inchorus.search.query import fold_words
from inchorus.simulate import Simulation, simulate
from inchorus.text.differences import differences, sides, spaced, words
from inchorus.words.tokens import tokenise

TEXTS = st.text("ab cd,.’\n水的กำ\u0301\u094d\u093fह", max_size=60)

FOLDING = st.text("ab 1,.'\n-\u00ad\u200b\u0301é水يی\u200e&;<>", max_size=24)


def passage_words(text: str) -> list[int]:
    return list(tokenise(pa.array([text], pa.large_string()), whole=False).hash)


def respelled(text: str, chance: random.Random) -> str:
    """The text with signs that are not compared thrown in, in other capitals, its accents composed or apart."""
    text = unicodedata.normalize(chance.choice(["NFC", "NFD"]), text)
    return "".join(chance.choice([c, c.upper(), c + "\u200d", c + "\u2060"]) for c in text)


@settings(deadline=None)  # the first call compiles
@given(TEXTS, TEXTS)
def test_the_pieces_of_a_side_joined_give_its_wording(left: str, right: str) -> None:
    a, b = sides(left, right)
    assert "".join(text for _, text in a) == left
    assert "".join(text for _, text in b) == right
    assert {op for op, _ in a + b} <= {"same", "only"}


@settings(deadline=None)  # the first call compiles
@given(TEXTS, TEXTS)
def test_what_is_the_same_on_both_sides_are_the_same_words(left: str, right: str) -> None:
    same = [fold_words([" ".join(t for op, t in side if op == "same")])[0] for side in sides(left, right)]
    assert same[0] == same[1]


@settings(deadline=None)  # the first call compiles
@given(FOLDING, FOLDING, st.integers(0, 9))
def test_edits_are_marked_if_and_only_if_folded_words_differ(left: str, right: str, spelled: int) -> None:
    if spelled:  # else the two would hardly ever be the same
        right = respelled(left, random.Random(spelled))
    alike = passage_words(left) == passage_words(right)
    marks = [op for op, _ in differences(left, right) if op != "same"]
    only = [op for side in sides(left, right) for op, _ in side if op == "only"]
    assert (not marks) == (not only) == alike


@settings(deadline=None)  # the first call compiles
@given(TEXTS)
def test_a_wording_does_not_differ_from_itself_in_capitals(text: str) -> None:
    assert all(op == "same" for side in sides(text, text) for op, _ in side)
    assert all(op == "same" for op, _ in differences(text, text))


@settings(deadline=None)  # the first call compiles
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


def test_what_is_folded_away_marks_nothing() -> None:
    for left, right in (
        ("the cafe\u0301 is open", "the cafe is open"),
        ("the co\u00adoperative bakery", "the cooperative bakery"),
        ("کتاب یک", "كتاب يك"),
        ("1,000 homes and 2\u066c500", "1000 homes and 2500"),
        ("mi\u200bnis\u2060t\ufe0fry \u200ewill", "ministry will"),
        ("caf&eacute;&nbsp;<b>here</b>", "café here"),
        ("the gath-\nered crowd", "the gathered crowd"),
        ("they asked https://t.co/f9d2 us", "they asked us"),
    ):
        assert sides(left, right) == ([("same", left)], [("same", right)])
        assert differences(left, right) == [("same", right)]


def test_a_passage_that_begins_as_a_repost_does_is_cut_as_its_document_was() -> None:
    assert [text for op, text in sides("RT @a: x or…", "x")[0] if op == "only"] == ["RT @a", "or"]


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


def test_what_is_marked_is_what_the_variants_of_a_study_say() -> None:
    options = Simulation(documents=200, sources=20, lines=8, edits="heavy", seed=5)
    study = inchorus.find(pa.Table.from_batches(simulate(options)))
    rows = study.sql("SELECT t.text AS canonical, v.text, v.edits FROM variants v JOIN talking_points t USING (tp_id)")
    compared = 0
    for row in rows.to_pylist():
        stored = [e for e in row["edits"] if e["op"] != "keep"]
        marked = differences(row["canonical"], row["text"])
        assert [words_of(text) for op, text in marked if op == "removed"] == [
            words_of(e["from"]) for e in stored if e["op"] != "insert"
        ]
        assert [words_of(text) for op, text in marked if op == "added"] == [
            words_of(e["to"]) for e in stored if e["op"] != "delete"
        ]
        compared += bool(stored)
    assert compared > 20


def words_of(text: str) -> list[str]:
    return [text[a:b] for a, b in words(text)]
