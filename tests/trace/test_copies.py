from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.trace.copies import likeliest_originals
from inchorus.trace.variants import distinct_wordings
from inchorus.words.corpus import NEVER
from match.planted import lcs

Row = tuple[list[int], tuple[int, int] | None]

rows_of_one = st.lists(
    st.tuples(
        st.lists(st.integers(0, 3), min_size=3, max_size=6),
        st.none() | st.tuples(st.integers(0, 30), st.sampled_from([1, 4, 10])),
    ),
    min_size=1,
    max_size=9,
)


def originals(families: list[list[Row]]) -> list[int]:
    rows = [row for family in families for row in family]
    ends = np.cumsum([len(w) for w, _ in rows]).astype(np.int64)
    begin = ends - np.array([len(w) for w, _ in rows], np.int64)
    word = np.array([x for w, _ in rows for x in w], np.uint32)
    family = np.repeat(np.arange(len(families)), [len(f) for f in families]).astype(np.int64)
    earliest = np.array([NEVER if t is None else t[0] for _, t in rows], np.int64)
    latest = np.array([NEVER if t is None else t[0] + t[1] for _, t in rows], np.int64)
    document = np.arange(len(rows), dtype=np.uint32)
    variants = distinct_wordings(word, family, begin, ends, earliest)
    first = np.concatenate([[0], np.cumsum([len(f) for f in families])]).astype(np.int64)
    return [int(i) for i in likeliest_originals(word, begin, ends, document, earliest, latest, variants, first)]


@given(st.lists(rows_of_one, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_the_same_wording_wins_then_the_most_similar(families: list[list[Row]]) -> None:
    got = originals(families)
    at = 0
    for family in families:
        for i, (w, t) in enumerate(family):
            sure = [j for j, (_, u) in enumerate(family) if t is not None and u is not None and u[0] + u[1] <= t[0]]
            found = got[at + i]
            assert (found < 0) == (not sure)
            if sure:
                assert found - at in sure
                like = {j: 2 * lcs(w, family[j][0]) / (len(w) + len(family[j][0])) for j in sure}
                best = max(like.values())
                assert like[found - at] == best
                # Of one wording no later passage than the chosen one was surely there.
                chosen = family[found - at]
                assert chosen[1]
                assert all(sum(family[j][1] or ()) <= sum(chosen[1]) for j in sure if family[j][0] == chosen[0])
        at += len(family)


@given(rows_of_one)
@settings(max_examples=200, deadline=None)
def test_of_equally_similar_wordings_the_latest_wins(rows: list[Row]) -> None:
    timed: list[Row] = [(w, None if t is None else (t[0], 1)) for w, t in rows]
    got = originals([timed])
    for i, (w, t) in enumerate(timed):
        if got[i] < 0 or t is None:
            continue
        sure = [j for j, (_, u) in enumerate(timed) if u is not None and u[0] + 1 <= t[0]]
        score = [(2 * lcs(w, timed[j][0]) / (len(w) + len(timed[j][0])), (timed[j][1] or t)[0]) for j in sure]
        chosen = timed[got[i]]
        assert chosen[1]
        assert (2 * lcs(w, chosen[0]) / (len(w) + len(chosen[0])), chosen[1][0]) == max(score)


def test_by_hand() -> None:
    a, b, far = [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 9], [1, 2, 8, 8, 8, 8]
    day = 10
    rows: list[Row] = [
        (a, (0, day)),
        (a, (5, 1)),  # may have come before the first
        (b, (20, day)),
        (a, (40, 1)),  # its wording's latest, not the nearer b
        (far, None),
        (b, (40, 1)),
    ]
    assert originals([rows]) == [-1, -1, 0, 0, -1, 2]


def test_a_family_with_more_wordings_than_are_compared() -> None:
    rows: list[Row] = [([k, 200 + k, 300 + k], (2 * k, 1)) for k in range(120)]
    rows += [([k, 200 + k, 300 + k], (1000 + 2 * k, 1)) for k in range(120)]
    assert originals([rows])[120:] == list(range(120))
