"""What two sources share of a column within a window of time: links, hashtags, reposts, media, posts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any

from inchorus.engine.identifiers import identifier
from inchorus.ui.reader import Reader
from inchorus.urls import normalise_url

POSTS = "posts"
MOST = 10_000  # pairs of documents; a few sources that post one thing all day have millions
Shares = list[dict[str, Any]]

# Only documents that have one of the other source within the window can count.
_VALUES = """
WITH held AS (
    SELECT doc_id, source, time, time_precision, {value} AS value FROM documents
    WHERE source IN ($1, $2) AND time IS NOT NULL),
near AS (
    SELECT *,
        max(time) FILTER (source = $1) OVER before AS a_before, max(time) FILTER (source = $2) OVER before AS b_before,
        min(time) FILTER (source = $1) OVER after AS a_after, min(time) FILTER (source = $2) OVER after AS b_after
    FROM held
    WINDOW before AS (ORDER BY time RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
        after AS (ORDER BY time RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)),
kept AS (
    SELECT * FROM near
    WHERE coalesce(time - CASE source WHEN $1 THEN b_before ELSE a_before END <= to_microseconds($3), false)
        OR coalesce(CASE source WHEN $1 THEN b_after ELSE a_after END - time <= to_microseconds($3), false))
SELECT doc_id, source, time, time_precision, value FROM kept WHERE value IS NOT NULL AND value != ''
"""
_POSTS = """
SELECT DISTINCT doc_id, source, p.time, d.time_precision, tp_id AS value
FROM passages p JOIN (SELECT doc_id, time_precision FROM documents) d USING (doc_id)
WHERE source IN ($1, $2) AND p.time IS NOT NULL AND tp_id IN (
    SELECT tp_id FROM passages WHERE source IN ($1, $2) GROUP BY tp_id HAVING count(DISTINCT source) = 2)
"""


def shared_objects(reader: Reader, a: str, b: str, column: str, window: float) -> list[dict[str, Any]]:
    """Pairs of documents of `a` and `b` with the same value of `column` at most `window` seconds apart, by time.

    Addresses are compared as the test does: `normalise_url` says what is dropped. For `posts` the value is the talking
    point that both hold. At most 10,000; empty where the documents have no such column.
    """
    types = {row["column_name"]: row["column_type"] for row in reader.rows("DESCRIBE documents")}
    if column == POSTS:
        rows = reader.rows(_POSTS, [a, b])
    elif column in types:
        rows = _of_column(reader, a, b, column, types[column], window)
    else:
        return []
    by_value: dict[str, tuple[Shares, Shares]] = {}
    for row in rows:
        sides = by_value.setdefault(row["value"], ([], []))
        sides[row["source"] == b].append(row)
    pairs = list(islice(_pairs(by_value, timedelta(seconds=window)), MOST))
    pairs.sort(key=lambda pair: (min(pair["time_a"], pair["time_b"]), pair["object"], pair["doc_id_a"]))
    return pairs


def _pairs(by_value: Mapping[str, tuple[Shares, Shares]], window: timedelta) -> Iterator[dict[str, Any]]:
    for value, (lefts, rights) in by_value.items():
        rights.sort(key=lambda row: (row["time"], row["doc_id"]))
        times = [row["time"] for row in rights]
        for left in lefts:
            near = slice(bisect_left(times, left["time"] - window), bisect_right(times, left["time"] + window))
            for right in rights[near]:
                yield {
                    "object": value,
                    **{f"{name}_a": left[name] for name in ("doc_id", "time", "time_precision")},
                    **{f"{name}_b": right[name] for name in ("doc_id", "time", "time_precision")},
                    "seconds": abs((right["time"] - left["time"]).total_seconds()),
                }


def _of_column(reader: Reader, a: str, b: str, column: str, kind: str, window: float) -> list[dict[str, Any]]:
    quoted = identifier(column)
    value = f"unnest({quoted})::VARCHAR" if kind.endswith("[]") else f"{quoted}::VARCHAR"
    rows = reader.rows(_VALUES.format(value=value), [a, b, round(window * 1e6)])
    names = {value: normalise_url(value) for value in {row["value"] for row in rows}}
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        row["value"] = names[row["value"]]
        seen.setdefault((row["value"], row["doc_id"]), row)
    return list(seen.values())
