"""Versions of one article, and documents that are not."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.label.article_versions import originals
from inchorus.progress import Silent
from inchorus.words.corpus import Corpus, build_corpus

HOUR = 3_600_000_000


def corpus(rows: Sequence[tuple[str, float | None, str]]) -> Corpus:
    """Documents of source, hour and text, in the order of the table."""
    rows = sorted(rows, key=lambda r: (r[0], r[1] is None, r[1] or 0.0))
    times = pa.array([None if h is None else int(h * HOUR) for _, h, _ in rows], pa.int64())
    columns = {
        "source": pa.array([r[0] for r in rows]),
        "time": times.cast(pa.timestamp("us", tz="UTC")),
        "time_precision": pa.array([None if r[1] is None else "second" for r in rows]),
        "text": pa.array([r[2] for r in rows], pa.large_string()),
    }
    return build_corpus(pa.table(columns), 1, Silent())


def text(chance: random.Random, words: int = 80) -> list[str]:
    return [f"w{chance.randrange(5000)}" for _ in range(words)]


def corrected(chance: random.Random, words: list[str]) -> list[str]:
    changed = list(words)
    changed[chance.randrange(len(words))] = "corrected"
    return changed


def test_versions_are_one_article_though_each_changes_a_word() -> None:
    chance = random.Random(1)
    versions = [text(chance)]
    for _ in range(7):
        versions.append(corrected(chance, versions[-1]))
    rows = [("A", 10.0 * i, " ".join(v)) for i, v in enumerate(versions)]
    rows += [("A", 10.0 * i + 3, " ".join(text(chance))) for i in range(8)] + [("B", 1.0, " ".join(versions[0]))]
    found = originals(corpus(rows))
    assert found.tolist() == [0, 1, 0, 3, 0, 5, 0, 7, 0, 9, 0, 11, 0, 13, 0, 15, 16]


def test_what_comes_back_after_weeks_is_no_version() -> None:
    same = " ".join(text(random.Random(2)))
    assert originals(corpus([("A", 0.0, same), ("A", 24.0 * 8, same)])).tolist() == [0, 1]
    assert originals(corpus([("A", 0.0, same), ("A", 24.0 * 6, same)])).tolist() == [0, 0]
    assert originals(corpus([("A", None, same), ("A", None, same)])).tolist() == [0, 0]


def test_a_daily_report_is_an_article_a_week() -> None:
    chance = random.Random(5)
    form = text(chance, 90)
    rows = [("A", 24.0 * i, " ".join([*form, f"n{i}", f"m{i}"])) for i in range(30)]
    assert np.unique(originals(corpus(rows)), return_counts=True)[1].tolist() == [8, 8, 8, 6]


def test_a_common_footer_makes_no_versions() -> None:
    chance = random.Random(3)
    footer = " ".join(text(chance, 30))
    rows = [("A", float(i), " ".join(text(chance, 60)) + " " + footer) for i in range(10)]
    assert originals(corpus(rows)).tolist() == list(range(10))


def test_short_posts_are_their_own() -> None:
    same = " ".join(text(random.Random(4), 20))
    assert originals(corpus([("A", 0.0, same), ("A", 1.0, same)])).tolist() == [0, 1]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 300), st.integers(0, 3)), min_size=1, max_size=20))
def test_each_original_is_its_own_and_of_its_source(rows: list[tuple[str, int, int]]) -> None:
    texts = [" ".join(text(random.Random(i))) for i in range(4)]
    made = corpus([(s, float(h), texts[k]) for s, h, k in rows])
    found = originals(made)
    assert (found[found] == found).all()
    assert (found <= np.arange(len(found))).all()
    assert (made.source[found] == made.source).all()
