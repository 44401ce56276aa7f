"""Pairs of sentences of press releases that readers judged: how many of the first say the same, by what orders them.

The pairs share no five words in a row and are of 5,000 documents; `bench/judged/README.md` says how they were drawn and
read. The model reads them anew, so that a change of the order shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from bench.corpora import ROOT, corpus
from bench.rows import Row
from inchorus.check.draft import sentences_in
from inchorus.match.meaning.cover import covers, rare_tokens
from inchorus.match.meaning.embed import embed
from inchorus.match.meaning.model import Model
from inchorus.words.texts import cut

FOLDER = ROOT / "bench" / "judged"
FIRST = (40, 80)  # pairs of which the share is told
SAME, FORMULA, OTHER = "S", "F", "O"


def measure(model: Model) -> Iterator[Row]:
    """Shares of the first pairs by cover, and by the cosine for comparison; and how far the two readers agree."""
    rows = csv.read_csv(FOLDER / "paraphrases.csv").to_pylist()
    texts = _texts(rows)
    sides = [
        [texts[row[f"{side}doc"]][row[f"{side}start"] : row[f"{side}end"]] for row in rows] for side in ("", "other_")
    ]
    said = [" ".join(text.split()) for side in sides for text in side]
    a = np.arange(len(rows))
    rare = rare_tokens(model, _sentences(list(texts.values())))
    meant = embed(model, said, 2, lambda done: None)
    orders = {
        "cover": covers(model, said, rare, a, a + len(rows), 2, lambda done: None),
        "cosine": np.einsum("ij,ij->i", meant[: len(rows)], meant[len(rows) :]),
    }
    second = {row["n"]: row["letter"] for row in csv.read_csv(FOLDER / "paraphrases_second.csv").to_pylist()}
    readers = {"": [row["letter"] for row in rows], ", a blind reader": [second[row["n"]] for row in rows]}
    counted = np.array([not row["title"] for row in rows])
    for name, score in orders.items():
        order = np.argsort(-score, kind="stable")
        order = order[counted[order]]
        for first, (who, letters) in product(FIRST, readers.items()):
            some = np.array(letters)[order[:first]]
            of = f"in other words: of the first {first} judged pairs by {name}{who}"
            yield Row(f"{of}, say the same", "senate", _share(some, SAME, FORMULA), floored=name == "cover")
            yield Row(f"{of}, a point and no formula", "senate", _share(some, SAME), floored=False)
            yield Row(f"{of}, other number, name or negation", "senate", _share(some, OTHER), True, name == "cover")
    same = [
        (one in (SAME, FORMULA)) == (other in (SAME, FORMULA)) for one, other in zip(*readers.values(), strict=True)
    ]
    yield Row("in other words: two readers agree whether a pair says the same", "senate", float(np.mean(same)))


def _share(letters: Any, *which: str) -> float:
    return float(np.isin(letters, which).mean())


def _texts(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    wanted = pa.array(sorted({row[f"{side}doc"] for row in rows for side in ("", "other_")}))
    table = pq.read_table(corpus("senate/press_releases.parquet"), columns=["id", "text"])
    table = table.filter(pc.is_in(table["id"], wanted))
    return dict(zip(table["id"].to_pylist(), table["text"].to_pylist(), strict=True))


def _sentences(texts: Sequence[str]) -> list[str]:
    given = pa.chunked_array([pa.array(texts, pa.large_string())])
    bounds, text, start, end = sentences_in(given)
    return list(cut(given, text, start[bounds[:-1]], end[bounds[1:] - 1]).to_pylist())
