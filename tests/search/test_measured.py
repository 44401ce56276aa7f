"""The measurement of the search asks what it says it asks, of every way that it compares."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bench import search
from bench.search import WORST
from made_study import made


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("study") / "s").path


def test_the_queries_are_those_of_the_seed_and_stand_in_the_study(study: Path) -> None:
    asked = search.queries(study)
    assert asked == search.queries(study)
    assert asked != search.queries(study, seed=1)
    assert sum(a.phrase for a in asked) == len(asked) / 4
    texts = pq.read_table(study / "talking_points.parquet")["text"].to_pylist()
    whole = " ".join(" ".join(re.findall(r"\w{2,}", text.lower())) for text in texts)
    assert all(" ".join(a.words) in whole for a in asked)


@pytest.mark.parametrize("way", ["index", "unicode61", "trigram", "scan"])
def test_every_way_answers_every_query(study: Path, way: str) -> None:
    asked = [*search.queries(study)[:20], *WORST]
    ways = {"index": search.index, "scan": search.scan}
    figures = ways[way](study, asked) if way in ways else search.fts5(study, asked, f"tokenize='{way}'")
    assert len(figures.answers) == len(asked)
    assert figures.peak > 1_000_000
