"""Real texts without known truth: what must hold of every study, recomputed from its tables alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
from rapidfuzz.distance import LCSseq

from bench import firsts, found
from bench.rows import Row
from inchorus.words.tokens import tokenise

LEAST = 0.6
_AT_A_TIME = 20_000
_NAME = "senate"


def measure() -> Iterator[Row]:
    """Passages unlike their canonical wording, how much the largest talking point holds, lines that lack documents."""
    study = found.senate()
    texts = study.documents.select("doc_id, text").arrow()
    text_of = dict(zip(texts["doc_id"].to_pylist(), texts["text"].to_pylist(), strict=True))
    del texts
    points = study.talking_points.arrow()
    canonical = dict(zip(points["tp_id"].to_pylist(), words(points["text"].combine_chunks()), strict=True))
    passages = study.passages.arrow()
    similarity = np.concatenate(
        [_similarities(part, text_of, canonical) for part in passages.to_batches(_AT_A_TIME)] or [np.empty(0)]
    )
    stated = passages["similarity"].to_numpy()
    yield Row(
        f"passages with a recomputed similarity below {LEAST:g}", _NAME, float((similarity < LEAST).sum()), low=True
    )
    yield Row(
        "largest error of a stated similarity", _NAME, float(np.abs(similarity - stated).max(initial=0)), low=True
    )
    largest = max(points["n_passages"].to_pylist(), default=0)
    yield Row("share of all passages in the largest talking point", _NAME, largest / max(1, len(passages)), low=True)
    yield from firsts.measure(study, _NAME)
    yield Row("talking points", _NAME, len(points), floored=False)
    yield Row("passages", _NAME, len(passages), floored=False)


def words(texts: pa.Array) -> list[list[int]]:
    """The normalised words of each text, as their hashes."""
    tokens = tokenise(texts.cast(pa.large_string()))
    hashes = tokens.hash.tolist()
    return [hashes[a:b] for a, b in pairwise(tokens.offsets.tolist())]


def similarity(a: list[int], b: list[int]) -> float:
    """`2 x LCS / (m + n)` of two lists of words, by an implementation that inchorus does not use.

    >>> similarity([1, 2, 3, 4], [1, 3, 4, 5])
    0.75
    """
    return 2 * LCSseq.similarity(a, b) / (len(a) + len(b)) if a or b else 1.0


def _similarities(passages: pa.RecordBatch, text_of: dict[str, str], canonical: dict[str, list[int]]) -> np.ndarray:
    rows = passages.select(["tp_id", "doc_id", "start", "end"]).to_pylist()
    cut = [text_of[row["doc_id"]][row["start"] : row["end"]] for row in rows]
    found = words(pa.array(cut, pa.large_string()))
    return np.array([similarity(w, canonical[row["tp_id"]]) for w, row in zip(found, rows, strict=True)])
