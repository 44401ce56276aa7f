"""Words that a scan breaks at line ends are the words that they were."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .case import given, rows, run


def test_one_talking_point_of_all_six(tmp_path: Path) -> None:
    assert run("find", given("ocr-hyphens", "in.csv"), "--out", tmp_path / "study").code == 0
    with given("ocr-hyphens", "in.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["source"]: row["text"] for row in csv.DictReader(file)}
    (point,) = rows(tmp_path / "study", "talking_points")
    assert (point["n_sources"], point["words"]) == (6, len(texts["book"].split()))
    for passage in rows(tmp_path / "study", "passages"):
        share = (passage["end"] - passage["start"]) / len(texts[passage["source"]])
        assert share > 0.85 if passage["source"] == "courier" else share == 1.0
        assert passage["source"] == "courier" or passage["similarity"] == 1.0


@pytest.mark.parametrize("sign", ["-", "\u2010", "\u00ac", "\u00ad"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", " \n   ", "\u2028"])
def test_hyphens_and_line_ends_of_other_scans(sign: str, line_end: str, tmp_path: Path) -> None:
    whole = (
        "der Gemeinderat hat gestern beschlossen dass die Brücke über den Fluss unverzüglich ausgebessert werden soll"
    )
    broken = whole
    for head, tail in (("beschl", "ossen"), ("Brü", "cke"), ("unver", "züglich")):
        broken = broken.replace(head + tail, head + sign + line_end + tail)
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("source", "text"), ("a", whole), ("b", broken)])
    assert run("find", tmp_path / "in.csv", "--out", tmp_path / "study").code == 0
    passages = rows(tmp_path / "study", "passages")
    assert [(p["similarity"], p["start"], p["end"]) for p in passages] == [(1.0, 0, len(whole)), (1.0, 0, len(broken))]
