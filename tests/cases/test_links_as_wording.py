"""A link is where a post leads, and no word of its wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from .case import given, rows, run


def test_a_shared_link_is_no_wording_and_ends_none(tmp_path: Path) -> None:
    assert run("find", given("links-as-wording", "in.csv"), "--out", tmp_path / "study", "--preset", "posts").code == 0
    (point,) = rows(tmp_path / "study", "talking_points")
    assert point["n_sources"] == 6
    assert point["text"].startswith("They asked every neighbour")
    assert point["text"].endswith("before the vote")


@pytest.mark.parametrize("preset", ["posts", "articles", "edited"])
@pytest.mark.parametrize(
    "link",
    [
        "http://valley.example/2024/mayor-will-not-rebuild-the-old-wooden-bridge-this-year-or-ever-again-says-council",
        "www.valley.example/mayor-will-not-rebuild-the-old-wooden-bridge-this-year-or-ever-again-says-the-council?a=b",
        "valley.example.com/mayor/will/not/rebuild/the/old/wooden/bridge/this/year/or/ever/again/says/the/council",
        "(https://ar.valley.example/wiki/ماذا_يقول_العمدة_عن_الجسر_القديم_هذا_العام_أو_أي_عام_آخر#mayor-old-bridge).",
        "pic.twitter.com/mayor-will-not-rebuild-the-old-wooden-bridge-this-year-or-ever-again-says-council",
    ],
)
def test_links_of_many_forms_share_no_wording(preset: str, link: str, tmp_path: Path) -> None:
    lines = [f'r{n},"{word} {link}"' for n, word in enumerate(("Unbelievable.", "Shame", "Look here:", "My\nbridge"))]
    (tmp_path / "in.csv").write_text("source,text\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert run("find", tmp_path / "in.csv", "--out", tmp_path / "study", "--preset", preset).code == 0
    assert rows(tmp_path / "study", "talking_points") == []


def test_links_of_their_own_are_in_no_wording_of_posts(tmp_path: Path) -> None:
    text = "they closed the pool without asking anybody in the valley"
    ends = ["https://t.co/7hfagh2k1d", "pic.twitter.com/d4j5O7dOkc", "bit.ly/3xYz", "http://a.example/x?y=the#z"]
    lines = [
        f"s{n},{text}{glue}{end}" for n, (end, glue) in enumerate(zip(ends, (" ", "", " ", "\u00a0"), strict=True))
    ]
    (tmp_path / "in.csv").write_text("source,text\n" + "\n".join(lines) + "\n", encoding="utf-8")
    assert run("find", tmp_path / "in.csv", "--out", tmp_path / "study", "--preset", "posts").code == 0
    (variant,) = rows(tmp_path / "study", "variants")
    assert (variant["text"], variant["n_sources"]) == (text, 4)
