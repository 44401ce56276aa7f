"""What texts name becomes columns of the documents, unless the input has such."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import inchorus
from inchorus.read.named import hashtags, links, mentions, named

LINE = "the harbour master wants to close the old swing bridge at night from may on"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(https://www.example.org/a_(b)), https://example.org/a_(b)", ["example.org/a_(b)"]),
        ("«http://example.org/x?utm_source=y&b=1»", ["example.org/x?b=1"]),
        ("www.example.org. https://t.co/AbC…", ["example.org", "t.co/AbC"]),
        ("no link at example.org or https://", []),
    ],
)
def test_links(text: str, expected: list[str]) -> None:
    assert links(text) == expected


def test_names_are_no_part_of_an_address_of_mail_or_an_entity() -> None:
    assert hashtags("https://example.org/#a x#b &#39; #c ＃D #1 #2x") == ["c", "d", "2x"]
    assert mentions("joe@example.org @Joe, ＠Ann! https://example.org/@me") == ["joe", "ann"]


@given(st.lists(st.none() | st.text("ab#@ .:/wht\n＃é", max_size=20)))
def test_every_text_has_its_lists(texts: list[str | None]) -> None:
    array = pa.array(texts, pa.large_string())
    found = named(array, ["links", "hashtags", "mentions"])
    for what, find in (("links", links), ("hashtags", hashtags), ("mentions", mentions)):
        assert found[what].to_pylist() == [find(text or "") for text in texts]


def rows(**more: Any) -> list[dict[str, Any]]:
    return [
        {"source": source, "time": "2024-05-01", "text": f"{LINE} #Harbour #Bridge https://example.org/{n}", **more}
        for source in ("Courier", "Herald")
        for n in range(4)
    ]


def test_a_study_has_them_and_no_wording_does(tmp_path: Path) -> None:
    study = inchorus.find(rows(), tmp_path / "study", preset="posts", objects=["hashtags", "links"])
    first = study.documents.arrow().to_pylist()[0]
    assert first["hashtags"] == ["harbour", "bridge"]
    assert first["links"][0].startswith("example.org/")
    assert first["mentions"] == []
    assert study.talking_points.arrow()["text"].to_pylist() == [LINE]
    assert set(study.ties.arrow()["kind"].to_pylist()) == {"wording", "hashtags", "links"}


def test_the_inputs_own_column_stands_in_their_place(tmp_path: Path) -> None:
    study = inchorus.find(rows(hashtags="given"), tmp_path / "study")
    first = study.documents.arrow().to_pylist()[0]
    assert first["hashtags"] == "given"
    assert len(first["links"]) == 1
