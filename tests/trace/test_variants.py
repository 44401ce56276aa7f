from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.match.edits import DELETE, INSERT, KEEP, REPLACE, edits
from inchorus.trace.variants import distinct_wordings
from match.planted import lcs

wording = st.lists(st.integers(0, 4), min_size=1, max_size=12)


def laid(wordings: list[list[int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    ends = np.cumsum([len(w) for w in wordings]).astype(np.int64)
    return np.array([x for w in wordings for x in w], np.uint32), ends - [len(w) for w in wordings], ends


def check_edits(pairs: list[tuple[list[int], list[int]]]) -> list[list[tuple[int, list[int], list[int]]]]:
    word, begin, end = laid([w for pair in pairs for w in pair])
    runs = edits(word, begin[::2].copy(), end[::2].copy(), begin[1::2].copy(), end[1::2].copy())
    assert runs.offsets[0] == 0
    assert runs.offsets[-1] == len(runs.op)
    out = []
    for v, (a, b) in enumerate(pairs):
        own = []
        i, j = int(begin[2 * v]), int(begin[2 * v + 1])
        kept = 0
        for k in range(runs.offsets[v], runs.offsets[v + 1]):
            i1, j1 = int(runs.from_end[k]), int(runs.to_end[k])
            assert (i, j) == (runs.from_begin[k], runs.to_begin[k])
            left, right = word[i:i1].tolist(), word[j:j1].tolist()
            op = int(runs.op[k])
            if op == KEEP:
                assert left == right
                assert left
                kept += len(left)
            assert (bool(left), bool(right)) == {
                KEEP: (True, True), REPLACE: (True, True), INSERT: (False, True), DELETE: (True, False)
            }[op]  # fmt: skip
            own.append((op, left, right))
            i, j = i1, j1
        assert (i, j) == (end[2 * v], end[2 * v + 1])
        assert kept == lcs(a, b)
        out.append(own)
    return out


@given(st.lists(st.tuples(wording, wording), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_edits_lead_from_one_wording_to_the_other(pairs: list[tuple[list[int], list[int]]]) -> None:
    check_edits(pairs)


def test_edits_of_long_wordings() -> None:
    rng = np.random.default_rng(1)
    for m in (63, 64, 65, 130, 200):
        a = rng.integers(0, 30, m).tolist()
        b = [x if rng.random() > 0.2 else 99 for x in a if rng.random() > 0.1]
        check_edits([(a, b), (b, a), (a, a), (a, rng.integers(0, 3, 70).tolist())])


def test_more_edits_than_there_was_room_for() -> None:
    a = list(range(1300))
    b = [x if x % 2 else x + 10_000 for x in a]
    (runs, _) = check_edits([(a, b), (b, a)])
    assert len(runs) == 1300


def test_wordings_of_numbers_near_their_lengths_stay_distinct() -> None:
    word, begin, end = laid([[3, 3, 4], [1, 4], [8, 1, 2], [2, 2], [0], [0, 0], [1]])
    got = distinct_wordings(word, np.zeros(7, np.int64), begin, end, np.zeros(7, np.int64))
    assert got.of.tolist() == list(range(7))


def test_edits_by_hand() -> None:
    assert check_edits([([1, 2, 3, 4], [1, 9, 3, 4, 5])]) == [
        [(KEEP, [1], [1]), (REPLACE, [2], [9]), (KEEP, [3, 4], [3, 4]), (INSERT, [], [5])]
    ]
    assert check_edits([([1, 2, 3], [1, 3])]) == [[(KEEP, [1], [1]), (DELETE, [2], []), (KEEP, [3], [3])]]
    assert check_edits([([1, 2], [1, 2])]) == [[(KEEP, [1, 2], [1, 2])]]
    assert check_edits([([1, 2], [3])]) == [[(REPLACE, [1, 2], [3])]]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.lists(st.integers(0, 1), min_size=1, max_size=3), st.integers(0, 3)),
        max_size=15,
    )
)
@settings(max_examples=200, deadline=None)
def test_distinct_wordings_are_those_of_a_dictionary(rows: list[tuple[int, list[int], int]]) -> None:
    rows = sorted(rows, key=lambda r: r[0])
    word, begin, end = laid([w for _, w, _ in rows])
    family = np.array([f for f, _, _ in rows], np.int64)
    earliest = np.array([t for _, _, t in rows], np.int64)
    got = distinct_wordings(word, family, begin.astype(np.int64), end, earliest)
    groups: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for i, (f, w, _) in enumerate(rows):
        groups.setdefault((f, tuple(w)), []).append(i)
    assert len(got.family) == len(groups)
    for (f, _), members in groups.items():
        (v,) = {int(got.of[i]) for i in members}
        assert got.family[v] == f
        assert got.passage[v] == min(members, key=lambda i: (rows[i][2], i))
    assert np.all(np.diff(got.family) >= 0)
