"""What cannot be seen, and markup, does not hide the same wording."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .case import given, rows, run


def test_all_but_look_alike_letters_are_found_with_exact_places(tmp_path: Path) -> None:
    assert run("find", given("zero-width", "in.csv"), "--out", tmp_path / "study").code == 0
    with given("zero-width", "in.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["source"]: row["text"] for row in csv.DictReader(file)}
    passages = {p["source"]: p for p in rows(tmp_path / "study", "passages")}
    assert set(passages) == set(texts) - {"homoglyph"}
    assert {p["similarity"] for p in passages.values()} == {1.0}
    for source, passage in passages.items():
        wording = texts[source][passage["start"] : passage["end"]]
        assert wording == (texts[source].removeprefix("<p>").removesuffix("</p>"))


PLAIN = "the ministry will quietly close every second rural café in München before the next election"


@pytest.mark.parametrize(
    "hidden",
    [
        PLAIN.replace("i", "i\U000e0101"),
        PLAIN.replace("e", "e\u2064"),
        PLAIN.replace(" ", " \u200f\u2066"),
        PLAIN.replace("t", "t\u034f"),
        PLAIN.replace("é", "&eacute;").replace("ü", "&#252;").replace(" ", "&#xa0;"),
        '<div class="a b"><p>'
        + PLAIN.replace("rural", "<em>rural</em>").replace("before", "<br/>\nbefore")
        + "</p></div>",
        f'<a href="https://valley.example/second/rural">{PLAIN}</a> &mdash; <i>Herald</i>',
    ],
)
def test_other_ways_to_hide_it(hidden: str, tmp_path: Path) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "text"), ("a", PLAIN), ("b", hidden)])
    assert run("find", tmp_path / "in.csv", "--out", tmp_path / "study").code == 0
    first, second = rows(tmp_path / "study", "passages")
    assert (first["similarity"], second["similarity"]) == (1.0, 1.0)
    (point,) = rows(tmp_path / "study", "talking_points")
    assert point["words"] == len(PLAIN.split())
