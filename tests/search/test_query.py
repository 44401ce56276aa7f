from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.search.query import LONGEST, MOST_WORDS, Query, Term, fold_words, parse

typed = st.text('ab "“-:.\n\x00中\u0301\ud800', max_size=30) | st.lists(
    st.sampled_from(
        ["source:", "-source:x", 'label:"', "from:2024", "to:", '"', "-", "--", "clean", "ÉTÉ", "水を", "…", "👍"]
    )
).map(" ".join)


@given(typed | st.text(max_size=LONGEST + 20))
def test_any_text_is_a_query(text: str) -> None:
    query = parse(text)
    words = [word for term in query.terms + query.without for word in term.words]
    assert all(words)
    assert len(words) <= MOST_WORDS
    assert all(term.words for term in query.terms + query.without)
    assert sum(term.prefix for term in query.terms) <= 1
    assert not any(term.prefix for term in query.without)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("clean wat", [Term(("clean",)), Term(("wat",), True)]),
        ("clean water ", [Term(("clean",)), Term(("water",))]),
        ('"clean water"', [Term(("clean", "water"))]),
        ('"clean wat', [Term(("clean", "wat"), True)]),
        ("“clean water” «now»", [Term(("clean", "water")), Term(("now",))]),
        ("anti-war", [Term(("anti", "war"), True)]),
        ("U.S.", [Term(("u", "s"))]),
        ("清洁的水", [Term(("清", "洁", "的", "水"), True)]),
        ("ＣＡＦÉ x", [Term(("cafe",)), Term(("x",), True)]),
        ("کتابی x", [Term(("كتابي",)), Term(("x",), True)]),
        ("water water ", [Term(("water",))]),
        ("http://a.example/b x", [Term(("x",), True)]),
        ("RT @a: x", [Term(("rt",)), Term(("a",)), Term(("x",), True)]),
        ("sources: x", [Term(("sources",)), Term(("x",), True)]),
        ('👍 … - \' ""', []),
        ("", []),
    ],
)
def test_words_and_phrases(text: str, terms: list[Term]) -> None:
    assert list(parse(text).terms) == terms


def test_what_is_not_to_be_there() -> None:
    query = parse('-draft -"first reading" water -')
    assert query.without == (Term(("draft",)), Term(("first", "reading")))
    assert query.terms == (Term(("water",)),)
    assert parse("-dra").without == (Term(("dra",)),)


def test_filters() -> None:
    query = parse('source:"Daily Courier" SOURCE:Post label:line from:2024-02 to:2024-02-29 water ')
    assert query == Query(
        terms=(Term(("water",)),),
        sources=("Daily Courier", "Post"),
        labels=("line",),
        since=datetime(2024, 2, 1, tzinfo=UTC),
        until=datetime(2024, 3, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("text", "until"), [("to:2023", (2024, 1, 1)), ("to:2023-12", (2024, 1, 1)), ("to:2023-1-31", (2023, 2, 1))]
)
def test_the_end_of_a_span_is_part_of_it(text: str, until: tuple[int, int, int]) -> None:
    assert parse(text).until == datetime(*until, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["from:soon", "from:2024-13", "to:9999", "to:9999-12-31", "from:0000", "from:2024-02-30"]
)
def test_what_is_no_date_is_left_out_and_said_to_be(text: str) -> None:
    query = parse(text)
    assert query.empty
    assert len(query.notes) == 1
    assert "takes a date" in query.notes[0]


def test_a_filter_on_its_way_is_no_word() -> None:
    assert parse("water source:").terms == (Term(("water",)),)
    assert parse("source:").empty
    assert parse('label:"').empty


def test_a_filter_cannot_exclude_and_says_so() -> None:
    query = parse("-source:Courier water ")
    assert query.terms == (Term(("water",)),)
    assert query.notes == ("-source: is not understood: a filter can only ask for something.",)


def test_a_query_is_limited_and_says_so() -> None:
    query = parse("a" * 10_000)
    assert query.terms == (Term(("a" * LONGEST,), True),)
    assert "400 characters" in query.notes[0]
    query = parse("水" * 200)
    assert len(query.terms[0].words) == MOST_WORDS
    assert "64 words" in query.notes[0]


def test_words_are_folded_as_those_of_documents_are() -> None:
    assert fold_words(["Straße ﬁne", "", "١٢٣ 1,250"]) == [("strasse", "fine"), (), ("123", "1250")]


def test_an_address_is_not_searched_and_that_is_said() -> None:
    assert parse("https://valley.example/a").notes == (
        "Web addresses and markup are no words of a text, and are not searched.",
    )
    assert parse("valley ...").notes == ()
