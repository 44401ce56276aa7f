"""The table `occasions`: which documents of two sources the test matched, and what they share."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, I64
from inchorus.relate.links import LEVELS, document_pairs, most_sources, popularity, uses
from inchorus.relate.sorted_arrays import among, distinct_rows, in_order
from inchorus.relate.wording import Material
from inchorus.schema import arrow_schema
from inchorus.thresholds import MOST_SOURCES

_AT_ONCE = 50_000  # pairs of documents
_NEAR = 24 * 3_600_000_000
MATCHED_OTHERWISE = "one of the two is matched with another document"
REPOSTED = "one of the two reposts the other"


def counted_wording(m: Material, matches: I64, keep: BOOL, doc_ids: pa.Array) -> pa.Table:
    """The occasions of wording: documents as the test matched them (`matches`); `keep` by talking point."""
    chosen = keep[m.point]
    thing, document = m.point[chosen], m.document[chosen]
    first, held = shared_things(matches, thing, document)
    sizes = popularity(uses(thing, document, m.source, len(m.source)), m.counted)
    rarest = np.minimum.reduceat(sizes[held], first[:-1]) if len(matches) else np.zeros(0, np.int64)
    level = LEVELS[np.minimum(np.searchsorted(LEVELS, rarest), len(LEVELS) - 1)]
    a, b = matches.T
    near = (np.abs(m.time[a] - m.time[b]) <= _NEAR) & (m.known[a] > 0) & (m.known[b] > 0)
    classes = [
        f"at most {n} sources, {'several' if k > 1 else 'one'}, {'a day apart or less' if close else 'further apart'}"
        for n, k, close in zip(level.tolist(), np.diff(first).tolist(), near.tolist(), strict=True)
    ]
    return _table("wording", m, matches, (first, held, m.point_ids), doc_ids, classes, None)


def left_out_wording(m: Material, keep: BOOL, layer: NDArray[np.object_], doc_ids: pa.Array) -> pa.Table:
    """What the test of wording leaves out, as pairs of the documents that use it first, and why.

    `layer`, by talking point, is that for which it is left out where it is not kept.

    Wording of more than 32 sources is not listed: there could be as many pairs as sources have.
    """
    used = uses(m.point, m.document, m.source, len(m.source))
    sizes = np.bincount(used.point, minlength=len(keep)).astype(np.int64)
    most = most_sources(len(m.names))
    counts = np.zeros(len(keep), np.int64)
    known = popularity(used, m.counted)
    counts[: len(known)] = known
    out = (~keep | (counts > most)) & (sizes <= MOST_SOURCES)
    reason = np.where(keep, f"of more than {most} sources", layer)
    tables = [arrow_schema("occasions").empty_table()]
    for why in sorted(set(reason[out].tolist())):  # two documents may share wording of several
        points = out & (reason == why)
        rows = points[used.point]
        left, right, _ = document_pairs(
            used.point[rows], used.document[rows], np.minimum(sizes, MOST_SOURCES), MOST_SOURCES
        )
        pairs = np.stack(distinct_rows(np.minimum(left, right), np.maximum(left, right)), axis=1)
        chosen = points[m.point]
        first, held = shared_things(pairs, m.point[chosen], m.document[chosen])
        tables.append(_table("wording", m, pairs, (first, held, m.point_ids), doc_ids, None, [why] * len(pairs)))
    return pa.concat_tables(tables)


def matched_otherwise(m: Material, matches: I64, keep: BOOL, doc_ids: pa.Array) -> pa.Table:
    """What two sources share beside their occasions: talking points that the test counts, and none of `matches` holds.

    Each is listed once for a pair of sources, with the document of either that uses it first: one of the two is matched
    with another document of the other source, and a document counts once with each.
    """
    kept = keep[m.point]
    used = uses(m.point[kept], m.document[kept], m.source, len(m.source))
    few = popularity(used, m.counted)[used.point] <= most_sources(len(m.names))
    a, b, point = _pairs_that_share(used.point[few], used.document[few])
    first, held = shared_things(matches, m.point[kept], m.document[kept])
    listed = among(
        _of_sources(m, a, b) * len(keep) + point,
        _of_sources(m, *np.repeat(matches, np.diff(first), axis=0).T) * len(keep) + held,
    )
    a, b, point = a[~listed], b[~listed], point[~listed]
    order = in_order(a, b, point)
    a, b, point = a[order], b[order], point[order]
    new = np.flatnonzero(np.append(True, (np.diff(a) != 0) | (np.diff(b) != 0))) if len(a) else np.zeros(0, np.int64)
    shared = np.append(new, len(a)).astype(np.int64), point, m.point_ids
    pairs = np.stack([a[new], b[new]], axis=1)
    return _table("wording", m, pairs, shared, doc_ids, None, [MATCHED_OTHERWISE] * len(new))


def reposted_wording(m: Material, reposts: tuple[I64, I64, I64], doc_ids: pa.Array) -> pa.Table:
    """What documents have only because they repost another: pairs, and offsets into talking points (see `reposted`)."""
    pairs, first, held = reposts
    return _table("wording", m, pairs, (first, held, m.point_ids), doc_ids, None, [REPOSTED] * len(pairs))


def _pairs_that_share(point: I64, document: I64) -> tuple[I64, I64, I64]:
    """Every pair of documents (lesser, greater) that uses a talking point, and which; `point` is sorted.

    >>> [x.tolist() for x in _pairs_that_share(np.array([4, 4, 7, 7, 7]), np.array([2, 1, 0, 1, 3]))]
    [[1, 0, 0, 1], [2, 1, 3, 3], [4, 7, 7, 7]]
    """
    points, start, size = np.unique(point, return_index=True, return_counts=True)
    out = [np.zeros((3, 0), np.int64)]
    for n in np.unique(size):
        members = document[start[size == n][:, None] + np.arange(n)]
        i, j = np.triu_indices(int(n), 1)
        left, right = members[:, i].ravel(), members[:, j].ravel()
        which = np.repeat(points[size == n], len(i))
        out.append(np.stack([np.minimum(left, right), np.maximum(left, right), which]))
    a, b, which = np.concatenate(out, axis=1)
    return a, b, which


def _of_sources(m: Material, a: I64, b: I64) -> I64:
    """A number for the two sources of each pair of documents."""
    one, two = m.source[a].astype(np.int64), m.source[b].astype(np.int64)
    keys: I64 = np.minimum(one, two) * len(m.names) + np.maximum(one, two)
    return keys


def counted_objects(
    kind: str, m: Material, matches: I64, things: tuple[I64, I64, list[str]], doc_ids: pa.Array
) -> pa.Table:
    """The occasions of shared objects; `things` are objects and documents in parallel, and the names of objects."""
    first, held = shared_things(matches, things[0], things[1])
    return _table(kind, m, matches, (first, held, things[2]), doc_ids, None, None)


def shared_things(pairs: I64, thing: I64, document: I64) -> tuple[I64, I64]:
    """Offsets (pairs + 1) into the things that both documents of each pair have (`thing`, `document` in parallel).

    >>> pairs, thing, document = np.array([[0, 1], [0, 2]]), np.array([5, 6, 5, 6, 7]), np.array([0, 0, 1, 1, 2])
    >>> [x.tolist() for x in shared_things(pairs, thing, document)]
    [[0, 2, 2], [5, 6]]
    """
    once = distinct_rows(document, thing)
    start = np.searchsorted(once[0], np.arange(int(max(pairs.max(initial=0), once[0].max(initial=0))) + 2))
    most = int(once[1].max(initial=0)) + 1
    sizes, held = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for low in range(0, len(pairs), _AT_ONCE):
        part = pairs[low : low + _AT_ONCE]
        keys = []
        for side in part.T:
            count = start[side + 1] - start[side]
            row = np.repeat(np.arange(len(part)), count)
            at = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(start[side], count)
            keys.append(row * most + once[1][at])
        both = np.intersect1d(keys[0], keys[1], assume_unique=True)
        sizes.append(np.bincount(both // most, minlength=len(part)).astype(np.int64))
        held.append(both % most)
    return np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int64), np.concatenate(held)


def _table(
    kind: str,
    m: Material,
    pairs: I64,
    shared: tuple[I64, I64, list[str]],
    doc_ids: pa.Array,
    classes: list[str] | None,
    reasons: list[str] | None,
) -> pa.Table:
    first, held, ids = shared
    names, n = pa.array(m.names, pa.string()), len(pairs)
    a, b = pairs.T
    lists = pa.ListArray.from_arrays(pa.array(first.astype(np.int32)), pa.array(ids, pa.string()).take(pa.array(held)))
    columns = {
        "source_a": names.take(pa.array(m.source[a])),
        "source_b": names.take(pa.array(m.source[b])),
        "kind": pa.array([kind] * n, pa.string()),
        "doc_a": doc_ids.take(pa.array(a)),
        "doc_b": doc_ids.take(pa.array(b)),
        "shared": lists,
        "class": pa.nulls(n, pa.string()) if classes is None else pa.array(classes, pa.string()),
        "counted": pa.array([reasons is None] * n, pa.bool_()),
        "reason": pa.nulls(n, pa.string()) if reasons is None else pa.array(reasons, pa.string()),
    }
    order = in_order(m.source[a], m.source[b], a, b)
    return pa.table(columns).cast(arrow_schema("occasions")).take(pa.array(order))
