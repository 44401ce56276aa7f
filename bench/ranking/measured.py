"""The share of points worth quoting among the first lines, as a measure with floors."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from bench.ranking.corpora import CORPORA, study_of
from bench.ranking.judged import JUDGED, Line, first, judgements, key
from bench.rows import Row

FIRST = 50
WHOLE = JUDGED.with_name("ranking_whole.csv")
Sql = Callable[[str, Sequence[Any]], pa.Table]
_OTHERS = """
SELECT substring(d.text, p.start + 1, p."end" - p.start) AS text FROM passages p JOIN documents d USING (doc_id)
WHERE p.tp_id = (SELECT min(tp_id) FROM talking_points WHERE quote_doc = ? AND quote_start = ? AND quote_end = ?)
    AND p.doc_id <> ?
ORDER BY p.time NULLS LAST, p.doc_id LIMIT ?
"""


def measure() -> Iterator[Row]:
    """Points and fragments among the first 50 of each corpus, and how many of these nobody has judged.

    Of four corpora also how many are points that can be printed as they stand, to the word: others were not read so.
    """
    known, whole = judgements(), _whole()
    for name in CORPORA:
        lines = first(study_of(name).show(limit=FIRST)["talking_points"])
        shares = known[name].shares(lines)
        if name in whole:
            printed = sum(key(line.text) in whole[name] for line in lines) / FIRST
            yield Row(f"points that can be printed as they stand among the first {FIRST}", name, printed)
        yield Row(f"points worth quoting among the first {FIRST}", name, shares["P"])
        yield Row(f"fragments among the first {FIRST}", name, shares["F"], low=True)
        yield Row(f"not judged among the first {FIRST}", name, shares["?"], floored=False)


def _whole() -> dict[str, set[str]]:
    """By corpus the lines that a reader would print as they stand, by the hash of their words."""
    found = defaultdict(set)
    with WHOLE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["corpus"]].update([row["key"]] if row["whole"] == "1" else [])
    return found


def passages(sql: Sql, line: Line, most: int) -> list[str]:
    """Other passages of the talking point that is shown by a line, earliest first."""
    place = [line.doc_id, line.start, line.end, line.doc_id, most]
    return [str(text) for text in sql(_OTHERS, place)["text"].to_pylist()]
