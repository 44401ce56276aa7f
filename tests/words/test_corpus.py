from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchorus.progress import Silent
from inchorus.schema import TIME
from inchorus.words import corpus as module
from inchorus.words.corpus import DAY, NEVER, Corpus, build_corpus
from inchorus.words.texts import vocabulary


def table(texts: list[str | None], chunks: int = 1, sources: list[str] | None = None) -> pa.Table:
    n = len(texts)
    bounds = [round(n * k / chunks) for k in range(chunks + 1)]
    column = pa.chunked_array(
        [pa.array(["padding", *texts[lo:hi]], pa.large_string()).slice(1) for lo, hi in pairwise(bounds)],
        pa.large_string(),
    )
    return pa.table(
        {
            "source": pa.array(sources or ["s"] * n, pa.string()),
            "time": pa.array([None] * n, TIME),
            "time_precision": pa.array([None] * n, pa.string()),
            "text": column,
        }
    )


def same(a: Corpus, b: Corpus) -> None:
    for name in Corpus._fields:
        x, y = getattr(a, name), getattr(b, name)
        assert np.array_equal(x, y), name
        assert x.dtype == y.dtype


@given(st.lists(st.lists(st.sampled_from(["a", "b", "É", "é", "我", "x1"]), max_size=8), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_numbers_and_counts_are_those_of_a_dictionary(texts: list[list[str]]) -> None:
    joined: list[str | None] = [" ".join(t) for t in texts]
    c = build_corpus(table(joined, 3), 1, Silent())
    flat = [w.casefold().replace("é", "e") for t in texts for w in t]
    numbers: dict[str, int] = {}
    for w in flat:
        numbers.setdefault(w, len(numbers))
    assert c.word.tolist() == [numbers[w] for w in flat]
    assert c.offsets.tolist() == np.concatenate([[0], np.cumsum([len(t) for t in texts])]).tolist()
    counts = Counter(flat)
    assert c.frequency.tolist() == [counts[w] for w in numbers]
    held = Counter(w for t in texts for w in {x.casefold().replace("é", "e") for x in t})
    assert c.documents.tolist() == [held[w] for w in numbers]
    assert c.first.tolist() == [flat.index(w) for w in numbers]
    if numbers:
        assert vocabulary(c, table(joined, 3)["text"]).to_pylist() == list(numbers)


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("chunks", [1, 4])
def test_threads_chunks_and_batches_change_nothing(monkeypatch: pytest.MonkeyPatch, threads: int, chunks: int) -> None:
    rng = random.Random(1)
    spellings = ["alpha", "beta", "gamma", "délta", "我", "1,5"]
    texts: list[str | None] = [" ".join(rng.choices(spellings, k=30)) for _ in range(40)]
    texts[3] = texts[39] = None
    texts[7] = ""
    whole = build_corpus(table(texts), 1, Silent())
    monkeypatch.setattr(module, "BATCH_BYTES", 300)
    same(build_corpus(table(texts, chunks), threads, Silent()), whole)


def test_the_vocabulary_grows_past_its_first_table() -> None:
    n = 150_000
    texts: list[str | None] = [" ".join(f"w{i}" for i in range(lo, lo + 1000)) for lo in range(0, n, 1000)]
    c = build_corpus(table([*texts, *texts]), 1, Silent())
    assert c.word.tolist() == [*range(n), *range(n)]
    assert np.all(c.frequency == 2)
    assert np.all(c.documents == 2)
    assert c.first.tolist() == [*range(n)]


def test_a_text_of_more_words_than_the_first_table_holds() -> None:
    n = 100_000
    c = build_corpus(table(["", " ".join(f"w{i}" for i in range(n)) + " w0 w99999", "w5"]), 1, Silent())
    assert c.word.tolist() == [*range(n), 0, n - 1, 5]
    assert c.offsets.tolist() == [0, 0, n + 2, n + 3]
    assert c.documents.tolist()[:6] == [1, 1, 1, 1, 1, 2]
    assert c.frequency[0] == 2


def test_chunks_without_rows_and_texts_without_words() -> None:
    for texts in (["", None, "..."], [None]):
        c = build_corpus(table(texts), 2, Silent())  # type: ignore[arg-type]
        assert c.offsets.tolist() == [0] * (len(texts) + 1)
        assert len(c.word) == len(c.frequency) == 0
    with_empty = table(["a b", "c"])
    text = pa.chunked_array(
        [pa.array([], pa.large_string()), *with_empty["text"].chunks, pa.array([], pa.large_string())]
    )
    same(build_corpus(with_empty.set_column(3, "text", text), 1, Silent()), build_corpus(with_empty, 1, Silent()))


def test_spans_of_time_follow_the_precision() -> None:
    stamp = datetime(2024, 5, 1, 12, tzinfo=UTC)
    micros = int(stamp.timestamp()) * 1_000_000
    documents = table(["a"] * 4, sources=["a", "a", "b", "c"])
    documents = documents.set_column(1, "time", pa.array([stamp, stamp, stamp, None], TIME))
    documents = documents.set_column(2, "time_precision", pa.array(["second", "minute", "day", None], pa.string()))
    c = build_corpus(documents, 1, Silent())
    assert c.earliest.tolist() == [micros, micros, micros, NEVER]
    assert c.latest.tolist() == [micros + 1_000_000, micros + 60_000_000, micros + DAY, NEVER]
    assert c.source.tolist() == [0, 0, 1, 2]
