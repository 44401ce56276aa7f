"""Quotes of talking points in their parts, and those of studies that have none."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from inchorus import find
from inchorus.evidence.asking import asking
from inchorus.evidence.quotes import add_quotes, has_quotes, set_off, shortened, texts_of

LINE = "nobody in this valley will ever pay twice for clean water"
ROWS = [
    {"source": "a", "text": f"I say that {LINE}."},
    {"source": "b", "text": f"They hold that {LINE} or wine."},
]


def test_a_quote_is_the_sentence_and_its_parts_are_what_is_shared_and_what_is_not() -> None:
    study = find(ROWS)
    rows = [{"tp_id": row["tp_id"], "text": row["text"]} for row in study.talking_points.arrow().to_pylist()]
    add_quotes(rows, asking(study), texts_of(study))
    (row,) = rows
    assert row["quote"] == f"I say that {LINE}."
    before, shared, after = row["quote_parts"]
    assert (before, shared, after) == ("I say ", f"that {LINE}", ".")


def test_a_study_without_quotes_shows_the_wording(tmp_path: Path) -> None:
    study = find(ROWS, tmp_path / "s")
    file = study.file("talking_points")
    pq.write_table(pq.read_table(file).drop_columns(["quote_doc", "quote_start", "quote_end"]), file)
    assert not has_quotes(asking(study))
    rows = study.show()["talking_points"]
    assert [row["quote_parts"] for row in rows] == [["", row["text"], ""] for row in rows]


def test_what_is_shared_is_in_brackets_unless_it_is_all() -> None:
    assert set_off(["He said ", LINE, "."], 200) == f"He said ⟦{LINE}⟧."
    assert set_off(["“", LINE, ".”"], 200) == f"“{LINE}.”"


@given(*[st.text(st.sampled_from("ab  é中"), max_size=60)] * 3, st.integers(8, 80))
def test_shortened_parts_fit_and_the_shared_words_are_in_view(before: str, shared: str, after: str, most: int) -> None:
    found = shortened([before, shared, after], most)
    assert len("".join(found)) <= most + 3 or len("".join(found)) <= len(before + shared + after)
    assert found[1].rstrip("…")[:1] == shared[:1] or not shared.strip() or found[1].startswith(("…", shared[:1]))
