from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchorus.simulate.recovered import Recovery, compare

# line, document, source, first; every span is 0 to 100.
Planted = tuple[str, str, str, bool]
# talking point, document, start, end.
Found = tuple[str, str, int, int]

TWO_LINES: list[Planted] = [
    ("one", "d1", "A", True),
    ("one", "d2", "B", False),
    ("one", "d3", "C", False),
    ("two", "d4", "B", True),
    ("two", "d5", "A", False),
]


def truth(rows: list[Planted], kinds: dict[str, str] | None = None) -> pa.Table:
    lines, documents, sources, firsts = zip(*rows, strict=True) if rows else ((), (), (), ())
    return pa.table(
        {
            "line_id": pa.array(lines, pa.string()),
            "kind": pa.array([(kinds or {}).get(line, "line") for line in lines], pa.string()),
            "doc_id": pa.array(documents, pa.string()),
            "source": pa.array(sources, pa.string()),
            "start": pa.array([0] * len(lines), pa.int64()),
            "end": pa.array([100] * len(lines), pa.int64()),
            "is_first": pa.array(firsts, pa.bool_()),
        }
    )


def found(rows: list[Found], firsts: dict[str, list[str]] | None = None) -> tuple[pa.Table, pa.Table]:
    points, documents, starts, ends = zip(*rows, strict=True) if rows else ((), (), (), ())
    named = {**{p: [""] for p in points}, **(firsts or {})}
    talking_points = {
        "tp_id": pa.array(list(named), pa.string()),
        "first_sources": pa.array(list(named.values()), pa.list_(pa.string())),
    }
    passages = {
        "tp_id": pa.array(points, pa.string()),
        "doc_id": pa.array(documents, pa.string()),
        "start": pa.array(starts, pa.int64()),
        "end": pa.array(ends, pa.int64()),
    }
    return pa.table(talking_points), pa.table(passages)


def run(rows: list[Found], firsts: dict[str, list[str]] | None = None, planted: list[Planted] = TWO_LINES) -> Recovery:
    return compare(truth(planted), *found(rows, firsts))


def everything(points: str) -> list[Found]:
    """All five passages, in the talking points named letter by letter."""
    return [(p, f"d{i}", 0, 100) for i, p in enumerate(points, 1) if p != "-"]


@pytest.mark.parametrize(
    ("points", "precision", "recall"),
    [
        ("xxxyy", 1.0, 1.0),
        ("xxxxx", (3 * 3 / 5 + 2 * 2 / 5) / 5, 1.0),
        ("abcde", 1.0, (3 / 3 + 2 / 2) / 5),
        ("xx-yy", 1.0, (2 * 2 / 3 + 1 / 3 + 2) / 5),
        ("xxyyy", (2 + 1 / 3 + 2 * 2 / 3) / 5, (2 * 2 / 3 + 1 / 3 + 2) / 5),
        ("-----", 1.0, (3 * 1 / 3 + 2 * 1 / 2) / 5),
    ],
)
def test_b_cubed_by_hand(points: str, precision: float, recall: float) -> None:
    figures = run(everything(points)).all
    assert [figures.precision, figures.recall] == pytest.approx([precision, recall])
    assert figures.f1 == pytest.approx(2 * precision * recall / (precision + recall))
    assert figures.found == sum(p != "-" for p in points)


def test_a_stray_passage_counts_only_in_a_talking_point_that_holds_planted_ones() -> None:
    alone = run([*everything("xxxyy"), ("z", "d9", 0, 100), ("z", "d8", 0, 100)]).all
    assert alone.precision == 1.0
    within = run([*everything("xxxyy"), ("y", "d9", 0, 100), ("y", "d8", 0, 100)]).all
    assert within.precision == pytest.approx((3 + 2 * 2 / 4) / 5)


@pytest.mark.parametrize(
    ("start", "end", "hit"),
    [
        (0, 100, True),
        (0, 50, True),
        (0, 49, False),
        (50, 100, True),
        (0, 200, True),
        (0, 201, False),
        (100, 200, False),
    ],
)
def test_half_of_the_union_is_enough(start: int, end: int, hit: bool) -> None:
    assert run([("x", "d1", start, end)]).all.found == int(hit)


def test_the_best_overlap_wins_and_another_document_never() -> None:
    rows = [("far", "d1", 0, 60), ("near", "d1", 0, 90), ("x", "d7", 0, 100)]
    figures = compare(truth(TWO_LINES[:1]), *found(rows, {"near": ["A"]})).all
    assert (figures.found, figures.first_right, figures.precision) == (1, 1.0, 1.0)


def test_a_found_passage_answers_for_one_planted_passage() -> None:
    planted = truth([("one", "d1", "A", True), ("two", "d1", "A", True)])
    planted = planted.set_column(4, "start", pa.array([0, 100])).set_column(5, "end", pa.array([100, 200]))
    assert compare(planted, *found([("x", "d1", 0, 200)])).all.found == 1


@pytest.mark.parametrize(
    ("points", "recovered"),
    [("xxxyy", 1.0), ("xx-yy", 1.0), ("x--yy", 0.5), ("xyzuv", 0.5), ("xxxxx", 0.5), ("-----", 0.0)],
)
def test_a_line_is_recovered_by_half_of_it_in_one_talking_point(points: str, recovered: float) -> None:
    assert run(everything(points)).all.lines_recovered == recovered


@pytest.mark.parametrize(
    ("firsts", "right"),
    [
        ({"x": ["A"], "y": ["B"]}, 1.0),
        ({"x": ["A"], "y": ["A"]}, 0.5),
        ({"x": ["A", "B"], "y": ["B"]}, 0.5),
        ({"x": [], "y": ["A"]}, 0.0),
    ],
)
def test_the_first_source_is_right_only_alone(firsts: dict[str, list[str]], right: float) -> None:
    assert run(everything("xxxyy"), firsts).all.first_right == right


def test_figures_by_kind_and_their_rows() -> None:
    recovery = compare(truth(TWO_LINES, {"two": "quotation"}), *found(everything("xxx--"), {"x": ["A"]}))
    assert [(f.kind, f.lines, f.passages, f.found) for f in recovery.by_kind] == [
        ("line", 1, 3, 3),
        ("quotation", 1, 2, 0),
    ]
    assert [row["kind"] for row in recovery.rows()] == ["line", "quotation", "all"]
    assert recovery.by_kind[0].recall == recovery.by_kind[0].first_right == 1.0
    assert recovery.by_kind[1].recall == 0.5
    assert json.loads(json.dumps(recovery.as_dict()))["all"]["passages"] == 5


def test_nothing_planted_and_nothing_found() -> None:
    nothing = run([], planted=[])
    assert (nothing.by_kind, nothing.all.f1, nothing.all.lines) == ((), 0.0, 0)
    assert run(everything("xxxyy"), planted=[]).all.passages == 0


def test_columns_in_chunks_and_large_strings_are_the_same() -> None:
    planted = truth(TWO_LINES)
    points, passages = found(everything("xxxyy"), {"x": ["A"], "y": ["B"]})
    chunked = pa.concat_tables([planted.slice(0, 2), planted.slice(2)])
    large = passages.set_column(1, "doc_id", passages["doc_id"].cast(pa.large_string()))
    assert compare(chunked, points, large) == compare(planted, points, passages)


Rows = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), min_size=1, max_size=30, unique_by=lambda row: row[1])


def slow(planted: list[tuple[int, int]], rows: list[tuple[int, int]]) -> tuple[float, float]:
    """B-cubed as the papers write it, a passage at a time: (line, document) and (talking point, document)."""
    point = {document: p for p, document in rows}
    precision, recall = [], []
    for line, document in planted:
        fellows = [d for other, d in planted if other == line]
        if document not in point:
            precision.append(1.0)
            recall.append(1 / len(fellows))
            continue
        cluster = [d for p, d in rows if p == point[document]]
        both = len(set(fellows) & set(cluster))
        precision.append(both / len(cluster))
        recall.append(both / len(fellows))
    return sum(precision) / len(precision), sum(recall) / len(recall)


@given(Rows, Rows)
def test_it_agrees_with_the_definition(planted: list[tuple[int, int]], rows: list[tuple[int, int]]) -> None:
    recovery = run(
        [(f"t{p}", f"d{d}", 0, 100) for p, d in rows], planted=[(f"l{line}", f"d{d}", "A", True) for line, d in planted]
    )
    assert (recovery.all.precision, recovery.all.recall) == pytest.approx(slow(planted, rows))


@given(Rows, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows: list[tuple[int, int]], random: Any) -> None:
    planted: list[Planted] = [(f"l{line}", f"d{d}", "A", True) for line, d in rows]
    shuffled = random.sample(planted, len(planted))
    one, other = (run([(f"t{p}", f"d{d}", 0, 100) for p, d in rows], planted=each).all for each in (planted, shuffled))
    assert (one.precision, one.recall, one.found) == pytest.approx((other.precision, other.recall, other.found))


def test_a_hundred_thousand_passages_take_about_a_second() -> None:
    n = 100_000
    rng = np.random.default_rng(0)
    documents = pa.array([f"d{i}" for i in range(n)])
    planted = pa.table(
        {
            "line_id": pa.array([f"l{i}" for i in rng.integers(0, 5000, n)]),
            "kind": pa.array(["line"] * n),
            "doc_id": documents,
            "source": pa.array([f"s{i}" for i in rng.integers(0, 50, n)]),
            "start": pa.array(np.zeros(n, np.int64)),
            "end": pa.array(np.full(n, 100)),
            "is_first": pa.array(rng.random(n) < 0.05),
        }
    )
    passages = pa.table(
        {"tp_id": planted["line_id"], "doc_id": documents, "start": planted["start"], "end": planted["end"]}
    )
    points = pa.table(
        {"tp_id": planted["line_id"].unique(), "first_sources": [["s1"]] * len(planted["line_id"].unique())}
    )
    began = time.process_time()
    recovery = compare(planted, points, passages)
    assert time.process_time() - began < 5
    assert recovery.all.f1 == pytest.approx(1.0)
