"""What a study says of its documents and talking points, for filters and results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from inchorus.compiled.kernel import BOOL, I64
from inchorus.engine.columns import read_columns
from inchorus.errors import nearest
from inchorus.search.query import Query, fold_words
from inchorus.study import Study

NEVER = np.iinfo(np.int64).max
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DOCUMENT = ["doc_id", "source", "time", "time_precision", "title"]
_POINT = ["tp_id", "text", "n_documents", "n_sources", "first_time", "label", "score"]


class Facts(NamedTuple):
    """Tables of a study without the texts of documents, and which document has which talking point.

    points: by rank, highest score first. documents: in the order of their file. sources, labels: the names that
    there are, sorted. source (int64): for each document the number of its source; time (int64): microseconds since
    1970, `NEVER` where it is not known. document, point (int64): one entry a passage.
    """

    points: pa.Table
    documents: pa.Table
    sources: list[str]
    labels: list[str]
    source: I64
    time: I64
    document: I64
    point: I64


def read_facts(study: Study) -> Facts:
    """Read what search needs to know of a study besides its texts."""
    points = read_columns(study.file("talking_points"), _POINT)
    points = points.sort_by([("score", "descending"), ("tp_id", "ascending")])
    documents = read_columns(study.file("documents"), _DOCUMENT)
    passages = read_columns(study.file("passages"), ["tp_id", "doc_id"])
    sources = sorted(documents["source"].unique().to_pylist())
    return Facts(
        points,
        documents,
        sources,
        sorted(points["label"].unique().to_pylist()),
        _numbers(documents["source"], pa.array(sources, documents["source"].type)),
        documents["time"].cast(pa.int64()).fill_null(NEVER).to_numpy().astype(np.int64),
        _numbers(passages["doc_id"], documents["doc_id"]),
        _numbers(passages["tp_id"], points["tp_id"]),
    )


def allowed(facts: Facts, query: Query) -> tuple[BOOL, BOOL, list[str]]:
    """The talking points and the documents that pass a query's filters, and what is to be said of these.

    A document passes by its source, its time, and the labels of the talking points in it; a talking point by
    its label, and by a passage in such a document. A filter that names nothing lets nothing pass.
    """
    notes: list[str] = []
    documents = np.ones(len(facts.time), np.bool_)
    if query.sources:
        documents &= np.isin(facts.source, _named("source", query.sources, facts.sources, notes))
    if query.since:
        documents &= facts.time >= _microseconds(query.since)
    if query.until:
        documents &= facts.time < _microseconds(query.until)
    if query.since or query.until:
        documents &= facts.time != NEVER
    points = np.ones(facts.points.num_rows, np.bool_)
    if query.sources or query.since or query.until:
        points[:] = False
        points[facts.point[documents[facts.document]]] = True
    if query.labels:
        kept = [facts.labels[i] for i in _named("label", query.labels, facts.labels, notes)]
        labelled = np.asarray(pc.is_in(facts.points["label"], pa.array(kept, facts.points["label"].type)))
        points &= labelled
        holding = np.zeros_like(documents)
        holding[facts.document[labelled[facts.point]]] = True
        documents &= holding
    return points, documents, notes


def _named(what: str, asked: Iterable[str], known: Sequence[str], notes: list[str]) -> list[int]:
    """The numbers of the names that are asked for: those that read so, else those that contain it."""
    folds = [" ".join(words) for words in fold_words(list(known))]
    out: list[int] = []
    for name in asked:
        fold = " ".join(fold_words([name])[0])
        found = [i for i, k in enumerate(known) if k == name]
        found = found or [i for i, f in enumerate(folds) if fold and f == fold]
        found = found or [i for i, f in enumerate(folds) if fold and fold in f]
        if not found:
            hint = nearest(name, known)
            notes.append(f"There is no {what} {name!r}{': ' + hint if hint else '.'}")
        out += found
    return out


def _numbers(values: pa.ChunkedArray, among: pa.Array | pa.ChunkedArray) -> I64:
    among = among.combine_chunks() if isinstance(among, pa.ChunkedArray) else among
    return np.asarray(pc.index_in(values, among).to_numpy()).astype(np.int64)


def _microseconds(time: datetime) -> int:
    return (time - _EPOCH) // timedelta(microseconds=1)
