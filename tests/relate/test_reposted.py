"""What a document has only because it reposts another is no use of its own."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from inchorus.relate.reposted import only_reposted, originals, reposts
from inchorus.relate.wording import Material


def material(source: list[int], passages: list[tuple[int, int]]) -> Material:
    """Sources by document, and passages as talking point and document."""
    point, document = np.array(passages, np.int64).T
    n = len(source)
    zeros = np.zeros(n, np.int64)
    ids = [f"t{k}" for k in range(int(point.max()) + 1)]
    names = [f"s{k}" for k in range(max(source) + 1)]
    return Material(
        names, np.array(source, np.int32), zeros, zeros, ids, np.array(["line"] * len(ids)), point, document
    )


def test_only_what_both_have_is_reposted() -> None:
    m = material([0, 1, 2], [(0, 0), (0, 1), (1, 1), (0, 2), (1, 2)])
    original = np.array([-1, 0, -1])  # 1 reposts 0, and says 1 besides
    which = only_reposted(m, original)
    assert which.tolist() == [False, True, False, False, False]
    pairs, first, points = reposts(m, which, original)
    assert (pairs.tolist(), first.tolist(), points.tolist()) == ([[0, 1]], [0, 1], [0])


def test_a_source_that_reposts_itself_is_in_no_pair() -> None:
    m = material([0, 0, 1], [(0, 0), (0, 1), (0, 2)])
    original = np.array([-1, 0, 0])
    pairs, first, points = reposts(m, only_reposted(m, original), original)
    assert (pairs.tolist(), first.tolist(), points.tolist()) == ([[0, 2]], [0, 1], [0])


def test_what_is_reposted_may_be_somewhere_else() -> None:
    table = pa.table({"doc_id": ["1", "2"], "repost_of": pa.array(["https://elsewhere.example/1", None])})
    assert originals(table).tolist() == [-1, -1]
    m = material([0, 1], [(0, 0), (0, 1)])
    pairs, first, points = reposts(m, only_reposted(m, originals(table)), originals(table))
    assert (pairs.tolist(), first.tolist(), points.tolist()) == ([], [0], [])
