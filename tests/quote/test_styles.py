"""What makes quotations hard, in every style of marks."""

from __future__ import annotations

import pytest

from inchorus.quote.document import quotations
from inchorus.quote.language import language
from inchorus.quote.marks import SINGLE, stretches

STYLES = [
    ("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("›", "‹"),
    ("‹", "›"), ("‚", "‘"), ("「", "」"), ("『", "』"), ("``", "''"), ("＂", "＂"),
]  # fmt: skip
every_style = pytest.mark.parametrize(("opens", "closes"), STYLES)


def inside(text: str) -> list[str]:
    return [text[s.start : s.end] for s in stretches(text) if s.depth == 0]


@every_style
def test_paragraphs_that_each_begin_with_the_mark_are_one_quotation(opens: str, closes: str) -> None:
    text = f"Ada Ash wrote: {opens}The bridge is safe now.\n\n{opens}Nobody here pays twice.{closes} She left."
    (found,) = (q for q in quotations(text, language("en")) if q.direct)
    assert [text[a:b] for a, b in found.spans] == ["The bridge is safe now.", "Nobody here pays twice."]


@every_style
def test_what_is_quoted_inside_is_nested(opens: str, closes: str) -> None:
    inner = ("“", "”") if opens[0] in SINGLE else ("‘", "’")
    text = f"He said {opens}she told me {inner[0]}never{inner[1]} again{closes} twice."
    assert inside(text) == [f"she told me {inner[0]}never{inner[1]} again"]


@every_style
def test_a_mark_that_is_never_closed_costs_its_paragraph_only(opens: str, closes: str) -> None:
    text = f"He said {opens}one and left.\n\nShe went home.\n\nShe said {opens}two{closes} and stayed."
    assert [text[s.start : s.end] for s in stretches(text) if s.closed] == ["two"]


@every_style
def test_an_apostrophe_ends_nothing(opens: str, closes: str) -> None:
    assert inside(f"She said {opens}it's theirs and isn’t mine{closes} again.") == ["it's theirs and isn’t mine"]


@every_style
def test_inches_end_nothing(opens: str, closes: str) -> None:
    assert inside(f'She said {opens}the 12" pipe of 6\'2" burst{closes} again.') == ['the 12" pipe of 6\'2" burst']


@every_style
def test_scare_quotes_and_titles_are_no_quotations(opens: str, closes: str) -> None:
    for text in (
        f"The so-called {opens}experts{closes} of Oldford came to the hall with a map.",
        f"The film {opens}Summer Nights{closes} ran for six weeks in the cinema.",
        f"He sells {opens}organic{closes} apples at the market of Oldford.",
    ):
        assert [q for q in quotations(text, language("en")) if q.direct] == []
