"""Parts of a corpus: languages, declared columns, the days that sources keep to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import inchorus
from inchorus.errors import UsageError
from inchorus.progress import Silent
from inchorus.relate.exchangeability_blocks import DAY, WEEK, alone, kept_to, languages, parts, script
from inchorus.relate.strata import HOUR, Strata
from inchorus.relate.up_to_date import ready

N = 600
SOURCE = (np.arange(N) % 30).astype(np.int32)
OWN = SOURCE.astype(np.int64)
KNOWN = np.ones(N, np.int64)
NEVER = np.zeros(N, bool)


def test_a_corpus_of_one_language_at_any_day_is_one_part() -> None:
    time = np.random.default_rng(0).integers(0, 26 * WEEK, N)
    found = parts(time, KNOWN, SOURCE, ~NEVER, (), np.zeros(N, np.int64))
    assert (found.by, found.part.tolist()) == ((), [0] * N)


def test_languages_and_declared_values_part_it() -> None:
    time = np.random.default_rng(0).integers(0, 26 * WEEK, N)
    found = parts(time, KNOWN, SOURCE, NEVER, [("region", np.arange(N) % 3)], np.arange(N) % 2)
    assert found.by == ("language", "region")
    assert len(np.unique(found.part)) == 6


def test_weekdays_part_it_only_where_sources_keep_to_them() -> None:
    chance = np.random.default_rng(1)
    week, own = chance.integers(0, 26, N) * WEEK, OWN % 7 * DAY
    weekly = week + own + chance.integers(0, 20, N) * HOUR
    assert parts(weekly, KNOWN, SOURCE, NEVER).by == ("day of the week",)
    # All publish on Mondays: that tells nobody from anybody.
    assert parts(week + chance.integers(0, 20, N) * HOUR, KNOWN, SOURCE, NEVER).by == ()


def test_a_burst_of_one_day_is_no_habit_of_a_weekday() -> None:
    day = np.random.default_rng(2).integers(0, 180, 30)
    burst = day[SOURCE] * DAY
    assert kept_to(burst // DAY % 7, burst // WEEK, SOURCE) == 0.0


def test_hours_part_it_only_where_times_have_any() -> None:
    chance = np.random.default_rng(3)
    time = chance.integers(0, 180, N) * DAY + OWN % 2 * 12 * HOUR + chance.integers(0, 6, N) * HOUR
    assert parts(time, KNOWN, SOURCE, ~NEVER).by == ("hour of the day",)
    assert parts(time, KNOWN, SOURCE, NEVER).by == ()


def test_sources_that_nobody_was_beside_are_named() -> None:
    source = np.array([0, 0, 1, 1, 2], np.int32)
    strata = Strata(np.array([0, 0, 1, 1, 1], np.int32), "week", np.array([1.0, 1.0, 8.0, 8.0, 8.0]))
    assert alone(["a", "b", "c"], source, strata) == ["a"]


def test_the_script_stands_for_a_language_that_is_not_said(tmp_path: Path) -> None:
    texts = ["the water is clean", "вода сегодня чистая", "الماء نظيف اليوم", "a second English one"]
    rows = [
        {"id": str(i), "source": f"s{i % 2}", "time": "2024-01-01", "text": text, "language": "xx" if i == 3 else None}
        for i, text in enumerate(texts)
    ]
    found = languages(inchorus.find(rows, tmp_path / "study"))
    assert len(set(found.tolist())) == 4


def test_what_stands_before_a_text_says_nothing_of_its_language(tmp_path: Path) -> None:
    texts = ["the water is clean", "\n\n" + " " * 900 + "the water is clean", "... 12 ...", "\u00a0\t the water"]
    rows = [{"id": str(i), "source": f"s{i % 2}", "time": "2024-01-01", "text": t} for i, t in enumerate(texts)]
    assert len(set(languages(inchorus.find(rows, tmp_path / "study")).tolist())) == 1


def test_a_column_to_exchange_within_must_be_there(tmp_path: Path) -> None:
    rows = [
        {"id": s, "source": s, "time": "2024-01-01", "text": "some words", "region": region}
        for s, region in (("a", "north"), ("b", "south"))
    ]
    study = inchorus.find(rows, tmp_path / "study")
    with pytest.raises(UsageError, match=r"no column 'regoin'.*region"):
        ready(study, {"exchange_within": ("regoin",)}, Silent())
    assert ready(study, {"exchange_within": ("region",)}, Silent()).manifest["ties"]["parted_by"] == ["region"]


def test_find_exchanges_within_a_column_too_and_ties_keep_to_it(tmp_path: Path) -> None:
    rows = [
        {"id": s, "source": s, "time": "2024-01-01", "text": "some words", "region": region}
        for s, region in (("a", "north"), ("b", "south"))
    ]
    with pytest.raises(UsageError, match=r"no column 'regoin'.*region"):
        inchorus.find(rows, tmp_path / "study", exchange_within="regoin")
    with pytest.raises(UsageError, match="--no-ties"):
        inchorus.find(rows, tmp_path / "study", exchange_within="region", no_ties=True)
    study = inchorus.find(rows, tmp_path / "study", exchange_within="region")
    assert study.manifest["ties"]["parted_by"] == ["region"]
    study.ties(seed=1)
    assert study.manifest["ties"]["parted_by"] == ["region"]


def test_a_script_is_told_by_most_letters() -> None:
    sentences = ["NATO сказал вчера в Москве", "the word вода is Russian for water", "水は清い", "水清"]
    found = script([*sentences, "", "12:30 — …", "!?"]).tolist()
    assert found[0] == script(["вода"])[0]
    assert found[1] == script(["water"])[0]
    assert len(set(found[:4])) == 4
    assert found[4:] == [0, 0, 0]
