"""Pieces of HTML as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.read.markup import text_of_markup


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a<br/>b<br>c", "a\nb\nc"),
        ("<p>One.</p>\n\n<p>Two.</p>", "One.\n\nTwo."),
        ("it&rsquo;s 5&nbsp;%", "it’s 5\u00a0%"),
        ("&lt;b&gt; stays", "<b> stays"),
        ("x < y and <3", "x < y and <3"),
        (
            "<span class='invisible'>https://</span><span>a.example/long</span><span>er</span>",
            "https://a.example/longer",
        ),
        ("<script>x()</script>Rain.<style>p{}</style>", "Rain."),
        ("<ul><li>Rain</li><li>Hail</li></ul>", "Rain\nHail"),
        ("write to <ann@example.org>", "write to <ann@example.org>"),
        (" as it is\n", " as it is\n"),
        ("Rain <![;", "Rain <![;"),
        ("Rain <![; no section> and hail", "Rain  and hail"),
    ],
)
def test_marks_go_and_words_stay(written: str, text: str) -> None:
    assert text_of_markup(written) == text


@given(st.text("<>/&;ab p\n!-[\"'"))
def test_it_reads_anything(written: str) -> None:
    assert isinstance(text_of_markup(written), str)
