import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.ui.excerpt import by_its_ends, context, folded

SIGNS = st.text("ab .\n水e\u0301ה\u05b8", max_size=150)


@given(SIGNS, st.integers(0, 150), st.integers(0, 150), st.integers(1, 40))
def test_context_is_the_text_that_adjoins(text: str, a: int, b: int, most: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    before, after = context(text, start, end, most)
    assert text[:start].endswith(before.removeprefix("…"))
    assert text[end:].startswith(after.removesuffix("…"))
    assert len(before) <= most + 1
    assert before.startswith("…") == (start > most)
    assert after.endswith("…") == (len(text) > end + most)


@given(st.lists(st.tuples(st.sampled_from(["same", "only"]), SIGNS), max_size=4), st.integers(3, 12))
def test_folding_keeps_every_sign(pieces: list[tuple[str, str]], whole: int) -> None:
    found = folded(pieces, whole=whole, ends=1)
    assert "".join(piece["text"] for piece in found) == "".join(text for _, text in pieces)
    inner = [piece["text"] for n, piece in enumerate(found) if piece["folded"] or (n and found[n - 1]["folded"])]
    assert all(not text or unicodedata.category(text[0])[0] != "M" for text in inner)


def test_both_sides_of_a_pair_fold_the_same_words() -> None:
    left = folded([("same", " ".join(f"w{n}" for n in range(200)))])
    right = folded([("same", "\n\n".join(f"w{n}" for n in range(200)))])
    assert [piece["text"].split() for piece in left] == [piece["text"].split() for piece in right]
    assert [piece["folded"] for piece in left] == ["", "120 words", ""]


@pytest.mark.parametrize("text", ["w" * 100_000, "." * 100_000, "\u0301" * 100_000])
def test_endless_words_are_folded_or_whole(text: str) -> None:
    pieces = folded([("same", text)])
    assert "".join(piece["text"] for piece in pieces) == text
    assert text[0] == "\u0301" or sum(len(piece["text"]) for piece in pieces if not piece["folded"]) < 5000


def test_what_is_not_compared_shows_its_ends_only() -> None:
    pieces = by_its_ends(" ".join(f"w{n}" for n in range(5000)))
    assert pieces[0]["text"].startswith("w0 w1 ")
    assert pieces[1] == {"op": "same", "text": "", "folded": "4,920 words"}
    assert pieces[2]["text"].endswith(" w4999")


def test_context_is_cut_between_sentences() -> None:
    text = "A long sentence that nobody needs stands here. This one is read by everybody who comes. LINE Then more."
    start = text.index("LINE")
    assert context(text, start, start + 4, 60)[0] == "…This one is read by everybody who comes. "
