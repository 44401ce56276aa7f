"""Block quotations: found without marks, with the speaker of what leads them in or of the line after them."""

from __future__ import annotations

import pytest

from inchorus.quote.document import quotations
from inchorus.quote.language import language

EN = language("en")


def said(text: str) -> list[tuple[list[str], str | None]]:
    return [
        ([text[a:b] for a, b in q.spans], q.speaker and text[slice(*q.speaker)])
        for q in quotations(text, EN)
        if q.direct
    ]


BRIDGE = ["The bridge is safe now.", "Nobody here pays twice."]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Ash wrote in a letter:\n\n> The bridge is safe now.\n> Nobody here pays twice.\n\nShe left.",
        "Ada Ash wrote in a letter:\n> The bridge is safe now.\n>\n> Nobody here pays twice.\nShe left.",
        "Ada Ash wrote in a letter:\n\n    The bridge is safe now.\n\n    Nobody here pays twice.\n\nShe left.",
        "Ada Ash wrote in a letter:\n\n\tThe bridge is safe now.\n\tNobody here pays twice.\n\nShe left.",
        "Ada Ash wrote in a letter:\n<blockquote><p>The bridge is safe now.</p>\n\n"
        "<p>Nobody here pays twice.</p></blockquote>\nShe left.",
        "It was read out:\n\n> The bridge is safe now.\n> Nobody here pays twice.\n— Ada Ash, mayor\n\nShe left.",
    ],
)
def test_a_block_has_the_speaker_who_leads_it_in_or_signs_it(text: str) -> None:
    assert said(text) == [(BRIDGE, "Ada Ash")]


def test_a_block_inside_of_a_paragraph() -> None:
    text = "Ada Ash wrote: <blockquote>The bridge is safe now.</blockquote> and she left."
    assert said(text) == [(["The bridge is safe now."], "Ada Ash")]


def test_what_is_quoted_in_a_message_is_of_nobody_who_is_named() -> None:
    assert said("I will come.\n\n> The bridge is safe now.\n\nBye.") == [(["The bridge is safe now."], None)]


def test_a_block_that_has_marks_is_told_by_them() -> None:
    text = "From the paper:\n\n> “The bridge is safe,” said Ben Oak.\n\nYes."
    assert said(text) == [(["The bridge is safe,"], "Ben Oak")]


@pytest.mark.parametrize(
    "text",
    [
        "The town needs:\n\n  - a bridge for the horses of all\n  - a pool\n\nAnd more.",
        "    Every paragraph of this text is further in:\n\n    The bridge is safe now.\n\n    Nobody pays.",
        "The town needs three things:\n\n  Bridge\n\n  Pool\n\nAnd more.",
        "Results for x > y and y > z are in the table.",
    ],
)
def test_lists_and_indented_texts_are_none(text: str) -> None:
    assert said(text) == []
