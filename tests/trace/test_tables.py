from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from inchorus.label.features import measure
from inchorus.label.labels import judge
from inchorus.match.content import lexicon
from inchorus.match.passages import find_passages
from inchorus.options import FindOptions
from inchorus.progress import Silent
from inchorus.schema import TIME, arrow_schema
from inchorus.trace.tables import Tables, build_tables
from inchorus.words.corpus import build_corpus
from inchorus.words.texts import vocabulary

START = datetime(2024, 3, 1, tzinfo=UTC)
LINE = "We will not rest — until “every” family\u00a0in this valley has cléan water, at last"
EDITED = "we will NOT rest until every single family in that valley has clean water at last"
ARABIC = "لن نرتاح حتى تحصل كل أسرة في هذا الوادي على مياه نظيفة"


def documents(rows: list[tuple[str, str, int | None, str]]) -> pa.Table:
    rows = sorted(rows)
    return pa.table(
        {
            "doc_id": pa.array([f"d{i}" for i in range(len(rows))], pa.string()),
            "source": pa.array([r[0] for r in rows], pa.string()),
            "time": pa.array([None if r[2] is None else START + timedelta(days=r[2]) for r in rows], TIME),
            "time_precision": pa.array([None if r[2] is None else "day" for r in rows], pa.string()),
            "text": pa.array([r[3] for r in rows], pa.large_string()),
        }
    )


def tables_of(docs: pa.Table) -> Tables:
    corpus = build_corpus(docs, 1, Silent())
    families = find_passages(corpus, FindOptions(threads=1), Silent()).families
    features, forms = measure(corpus, families), vocabulary(corpus, docs["text"])
    return build_tables(corpus, docs, forms, lexicon(corpus, forms), families, features, judge(features, 8))


def own(n: int) -> str:
    return " ".join(f"q{n}x{i}" for i in range(12))


ROWS = [
    ("alpha", "1", 3, f"{own(1)} 👍 {LINE}! {own(2)}"),
    ("beta", "1", 1, f"{own(3)}\r\n{LINE}. {own(4)}"),
    ("gamma", "1", 1, f"{own(5)} {EDITED}: {own(6)}"),
    ("gamma", "2", None, f"{own(7)} {LINE} {own(8)} {LINE} {own(14)}"),
    ("delta", "1", 9, f"{own(9)} {EDITED} {own(10)} {ARABIC} {own(11)}"),
    ("ζ", "1", 4, f"{own(12)} {ARABIC}، {own(13)}"),
]


def docs_of_rows() -> pa.Table:
    return documents([(s, i, t, text) for s, i, t, text in ROWS])


def test_tables_of_a_small_corpus() -> None:
    docs = docs_of_rows()
    tables = tables_of(docs)
    for name in ("talking_points", "passages", "variants"):
        assert getattr(tables, name).schema.equals(arrow_schema(name))
        getattr(tables, name).validate(full=True)
    points = {p["words"]: p for p in tables.talking_points.to_pylist()}
    assert sorted(points) == [12, 15]
    line = points[15]
    assert line["text"] == LINE
    assert (line["n_passages"], line["n_documents"], line["n_sources"], line["n_variants"]) == (6, 5, 4, 2)
    assert line["first_time"] == START + timedelta(days=1)
    assert line["last_time"] == START + timedelta(days=9)
    assert line["first_sources"] == ["beta", "gamma"]
    assert points[12]["text"] == ARABIC
    assert points[12]["first_sources"] == ["ζ"]


def test_passages_say_what_stands_in_the_documents() -> None:
    docs = docs_of_rows()
    tables = tables_of(docs)
    texts = dict(zip(docs["doc_id"].to_pylist(), docs["text"].to_pylist(), strict=True))
    of = dict(zip(docs["doc_id"].to_pylist(), docs["source"].to_pylist(), strict=True))
    times = dict(zip(docs["doc_id"].to_pylist(), docs["time"].to_pylist(), strict=True))
    for p in tables.passages.to_pylist():
        assert texts[p["doc_id"]][p["start"] : p["end"]] in {LINE, EDITED, ARABIC}
        assert p["source"] == of[p["doc_id"]]
        assert p["time"] == times[p["doc_id"]]
        if p["copied_from"] is not None:
            assert times[p["copied_from"]] < p["time"]
            assert not p["is_first"]
        else:
            assert p["is_first"] or p["time"] is None


def test_tables_agree_with_each_other() -> None:
    tables = tables_of(docs_of_rows())
    passages = tables.passages.to_pylist()
    by_point = Counter(p["tp_id"] for p in passages)
    by_variant = Counter(p["variant_id"] for p in passages)
    for point in tables.talking_points.to_pylist():
        own_passages = [p for p in passages if p["tp_id"] == point["tp_id"]]
        assert point["n_passages"] == by_point[point["tp_id"]]
        assert point["n_sources"] == len({p["source"] for p in own_passages})
        assert point["n_documents"] == len({p["doc_id"] for p in own_passages})
        assert point["n_variants"] == len({p["variant_id"] for p in own_passages})
        assert point["first_sources"] == sorted({p["source"] for p in own_passages if p["is_first"]})
        assert 1.0 in {p["similarity"] for p in own_passages}
    for v in tables.variants.to_pylist():
        own_passages = [p for p in passages if p["variant_id"] == v["variant_id"]]
        assert v["n_passages"] == by_variant[v["variant_id"]] > 0
        assert v["n_sources"] == len({p["source"] for p in own_passages})
        assert {p["tp_id"] for p in own_passages} == {v["tp_id"]}
        assert v["first_time"] == min((p["time"] for p in own_passages if p["time"]), default=None)


def test_edits_of_a_variant() -> None:
    tables = tables_of(docs_of_rows())
    variants = {v["text"]: v for v in tables.variants.to_pylist()}
    assert [e["op"] for e in variants[LINE]["edits"]] == ["keep"]
    changes = [(e["op"], e["from"], e["to"]) for e in variants[EDITED]["edits"]]
    assert changes == [
        ("keep", "We will not rest — until “every", "we will NOT rest until every"),
        ("insert", "", "single"),
        ("keep", "family\u00a0in", "family in"),
        ("replace", "this", "that"),
        ("keep", "valley has cléan water, at last", "valley has clean water at last"),
    ]


def test_ids_depend_on_the_wording_alone() -> None:
    one = tables_of(docs_of_rows())
    other = tables_of(documents([("a", "1", 5, LINE.upper()), ("b", "2", None, f"x {LINE}")]))
    (point,) = other.talking_points.to_pylist()
    assert point["tp_id"] in one.talking_points["tp_id"].to_pylist()


@pytest.mark.parametrize("texts", [["a b", "c"], ["", ""]])
def test_nothing_found_gives_empty_tables(texts: list[str]) -> None:
    tables = tables_of(documents([(f"s{k}", "1", None, t) for k, t in enumerate(texts)]))
    for name in ("talking_points", "passages", "variants"):
        assert getattr(tables, name).num_rows == 0
        assert getattr(tables, name).schema.equals(arrow_schema(name))


def test_every_edit_says_what_it_does_to_the_claim() -> None:
    line = (
        "the council of the old town will spend 300 million on the bridges over the river and on the road to the mill "
        "and the mayor says that nobody who lives in the valley or works in it will have to pay for the water twice "
        "while the river runs and the dam of the miners stands as it has always stood"
    )
    updated = line.replace("300", "450").replace("always", "long").replace("bridges over", "bridges built over")
    rows: list[tuple[str, str, int | None, str]] = [
        (name, "1", n, f"{own(n)} {line} {own(n + 20)}") for n, name in enumerate("abc")
    ]
    longer = line.replace("the council of the old town will spend", "they spend")
    rows += [("d", "1", 3, f"{own(30)} {updated} {own(31)}"), ("e", "1", 4, f"{own(32)} {longer} {own(33)}")]
    variants = {v["text"]: v["edits"] for v in tables_of(documents(rows)).variants.to_pylist()}
    found = {e["to"]: e["class"] for edits in variants.values() for e in edits}
    assert found["450"] == "number"
    assert (found["long"], found["built"]) == ("content", "harmless")
    assert found["450"] != found[""] == "cut"
    assert {e["class"] for edits in variants.values() for e in edits if e["op"] == "keep"} == {None}
