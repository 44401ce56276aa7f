"""Whether anybody who looks up the words of a line finds a document that the line lacks, or one before its first."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from bench.rows import Row
from inchorus.study import Study

LINES = 120  # drawn from the study by a hash of their ids
_BETWEEN = "\n"  # stands between documents, whose own white space is made blanks
_INSIDE = re.compile(r"[\w.,'’-]")  # what a word, a number or a name goes on with


def measure(study: Study, corpus: str) -> Iterator[Row]:
    """Of lines drawn at random: those that lack a document, and those whose first source is contradicted.

    A document has the words of a line if its text has them letter by letter, but for capitals and white space, and no
    word or number goes on at either end. This is a search of strings and knows nothing of words, n-grams or studies.
    """
    lines = study.sql(
        "SELECT tp_id, text, first_time FROM talking_points WHERE label = 'line' ORDER BY hash(tp_id) LIMIT ?", [LINES]
    ).to_pylist()
    documents = study.sql("SELECT doc_id, time, text FROM documents").to_pylist()
    texts = [_plain(row["text"]) for row in documents]
    starts = [0, *accumulate(len(text) + len(_BETWEEN) for text in texts)]
    everything = _BETWEEN.join(texts)
    lacking = contradicted = 0
    for line in lines:
        has = {
            row["doc_id"]
            for row in study.sql("SELECT doc_id FROM passages WHERE tp_id = ?", [line["tp_id"]]).to_pylist()
        }
        others = [
            documents[d] for d in _with(everything, starts, _plain(line["text"])) if documents[d]["doc_id"] not in has
        ]
        lacking += bool(others)
        contradicted += any(d["time"] and line["first_time"] and d["time"] < line["first_time"] for d in others)
    yield Row("lines that lack a document with their words", corpus, lacking / len(lines), low=True)
    yield Row("lines with a first time that a document contradicts", corpus, contradicted / len(lines), low=True)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _with(everything: str, starts: list[int], words: str) -> set[int]:
    """The documents that have the words."""
    out, place = set(), everything.find(words)
    while place >= 0:
        before, after = everything[place - 1 : place], everything[place + len(words) : place + len(words) + 1]
        if not _INSIDE.match(before) and not _INSIDE.match(after):
            out.add(bisect_right(starts, place) - 1)
        place = everything.find(words, place + 1)
    return out
