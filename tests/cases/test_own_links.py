from __future__ import annotations

import random
import string
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cases.case import rows, run
from inchorus.match import grams
from inchorus.match.hashes import content_key

LETTERS = string.ascii_letters + string.digits


def written(folder: Path, n: int) -> Path:
    """Posts of eight random words, each followed by a short link of its own; two of them say the same."""
    rng = random.Random(4)
    words = ["".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, 9))) for _ in range(3000)]
    texts = [" ".join(rng.choices(words, k=8)) for _ in range(n)]
    texts[n // 2 + 1] = texts[0] = "the water main under the old bridge will close on monday at noon"
    table = {
        "id": [f"p{i}" for i in range(n)],
        "source": [f"s{i % 97}" for i in range(n)],
        "time": [f"2024-01-{1 + i % 28:02d}T{i % 24:02d}:00:00Z" for i in range(n)],
        "text": [f"{text} https://t.co/{''.join(rng.choices(LETTERS, k=10))}" for text in texts],
    }
    path = folder / "in.parquet"
    pq.write_table(pa.table(table), path)
    return path


def test_links_of_their_own_at_the_end_are_in_no_wording(tmp_path: Path) -> None:
    said = run("find", written(tmp_path, 400), "--out", tmp_path / "study", "--preset", "posts", "--quiet")
    assert said.code == 0, said.err
    points = rows(tmp_path / "study", "talking_points")
    assert [p["n_sources"] for p in points] == [2]
    assert points[0]["text"] == "the water main under the old bridge will close on monday at noon"


def test_slots_that_are_looked_at_grow_as_the_posts() -> None:
    """With a word of its own at the end of each post, whatever becomes of links when texts are cut into words."""
    for n in (2_000, 8_000):
        words = np.empty((n, 11), np.uint32)
        words[:, :8] = np.random.default_rng(4).integers(0, 3000, (n, 8))
        words[:, 8:10] = 3000, 3001
        words[:, 10] = 4000 + np.arange(n)
        flat, first = words.ravel().copy(), np.full(11 * n, grams.NONE, np.uint32)
        offsets = 11 * np.arange(n + 1)
        bounds = np.array([0, 11 * (n // 2), 11 * n])
        assert grams._share(flat, offsets, bounds, 6, 0, 0, 0, 2, content_key(flat), first) <= 4 * len(flat)
