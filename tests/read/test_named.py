"""What texts name becomes columns of the documents, unless the input has such."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

import inchorus
from inchorus.read import named as named_module
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


def by_expression(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@given(
    st.lists(
        st.sampled_from(
            [
                "http",
                "https",
                "HTTPS",
                "://",
                ":",
                "/",
                "www.",
                "WwW.",
                "w",
                ".",
                "a",
                "é",
                " ",
                "#",
                "＃",
                "@",
                "＠",
                "9",
                ")",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_what_is_found_place_by_place_is_what_expressions_find(text: str) -> None:
    spans: dict[str, list[tuple[int, int]]] = {"links": [], "hashtags": [], "mentions": []}

    class Noting:
        """An expression that notes what it matches."""

        def __init__(self, name: str, pattern: re.Pattern[str]) -> None:
            self.name, self.pattern = name, pattern

        def match(self, text: str, start: int) -> re.Match[str] | None:
            found = self.pattern.match(text, start)
            if found is not None:
                spans[self.name].append(found.span())
            return found

    patterns = {"links": named_module._LINK, "hashtags": named_module._HASHTAG, "mentions": named_module._MENTION}
    with pytest.MonkeyPatch.context() as patch:
        for name, attribute in (("links", "_LINK"), ("hashtags", "_HASHTAG"), ("mentions", "_MENTION")):
            patch.setattr(named_module, attribute, Noting(name, patterns[name]))
        links(text), hashtags(text), mentions(text)
    assert spans == {name: by_expression(pattern, text) for name, pattern in patterns.items()}


@given(
    st.lists(st.none() | st.text("a#＃@＠:/wW.é，", max_size=12), max_size=12),
    st.sampled_from([pa.string(), pa.large_string()]),
    st.integers(1, 9),
    st.integers(0, 3),
)
def test_no_text_that_names_something_is_passed_over(
    texts: list[str | None], kind: pa.DataType, block: int, first: int
) -> None:
    array = pa.array(texts, kind).slice(min(first, len(texts)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(named_module, "_BLOCK", block)
        found = named_module.naming(array).tolist()
    by_expression = pc.match_substring_regex(array, "[#＃@＠]|://|[Ww][Ww][Ww]\\.").fill_null(False)
    wanted = {i for i, some in enumerate(by_expression.to_pylist()) if some}
    # a sign may lie across the end of a text and the next one's beginning: such a text is looked at in vain
    held = [text or "" for text in array.to_pylist()]
    across = {i for i, text in enumerate(held) if text and re.search(r"(?:[:wW/.])$", text)}
    assert wanted <= set(found) <= wanted | across
    assert found == sorted(found)


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
