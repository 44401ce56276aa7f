"""The answer to a query: the wording and the documents that match, with the places of the words in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.compiled.kernel import BOOL, I64
from inchorus.search.excerpt import Excerpt, Places, Words, excerpt, found_in, merged, within, words_of
from inchorus.search.facts import Facts
from inchorus.search.index import Index
from inchorus.search.matches import Wanted, match
from inchorus.search.packed import Packed
from inchorus.search.query import Query

WORDING_WIDTH = 320  # code points of a wording that are shown
DOCUMENT_WIDTH = 160


@dataclass(frozen=True)
class Shelf:
    """Texts with their index."""

    index: Index
    texts: Packed


class Wording(NamedTuple):
    """Canonical wordings by rank, then the variants that differ from them, those with most passages first.

    point (int64): for each of these texts its talking point, by rank. variants: the ids of the variants.
    """

    shelf: Shelf
    point: I64
    variants: pa.ChunkedArray


@dataclass(frozen=True)
class WordingFound:
    """A talking point; variant_id is None where the canonical wording matches, and else names one that does."""

    tp_id: str
    variant_id: str | None
    excerpt: Excerpt
    label: str
    n_sources: int
    n_documents: int
    first_time: datetime | None


@dataclass(frozen=True)
class DocumentFound:
    """A document; title_hits are [start, end) in code points of the title."""

    doc_id: str
    source: str
    time: datetime | None
    time_precision: str | None
    title: str | None
    title_hits: list[tuple[int, int]]
    excerpt: Excerpt


@dataclass(frozen=True)
class WordingSection:
    """How many talking points match, and some of them, highest score first."""

    total: int
    found: list[WordingFound]


@dataclass(frozen=True)
class DocumentSection:
    """How many documents match, and some of them, best first."""

    total: int
    found: list[DocumentFound]


def find_wording(wording: Wording, facts: Facts, points: BOOL, query: Query, first: int, most: int) -> WordingSection:
    """The talking points among `points` with a wording that matches: at most `most`, from number `first` on."""
    index = wording.shelf.index
    matches = match(index, query.terms, query.without, points[wording.point])
    # Texts are in order of preference, talking points in that of their scores.
    ranked, at = np.unique(wording.point[matches.texts], return_index=True)
    found = []
    for point, text in zip(ranked[first : first + most], matches.texts[at[first : first + most]], strict=True):
        row = facts.points.slice(int(point), 1).to_pylist()[0]
        whole, words, places = _read(wording.shelf, int(text), matches.terms)
        variant = int(text) - facts.points.num_rows
        found.append(
            WordingFound(
                row["tp_id"],
                wording.variants[variant].as_py() if variant >= 0 else None,
                excerpt(whole, words, places, matches.terms, WORDING_WIDTH),
                row["label"],
                row["n_sources"],
                row["n_documents"],
                row["first_time"],
            )
        )
    return WordingSection(len(ranked), found)


def find_documents(shelf: Shelf, facts: Facts, documents: BOOL, query: Query, first: int, most: int) -> DocumentSection:
    """The documents among `documents` that match: at most `most`, from number `first` on.

    Best first by BM25; of equally good ones, and where only filters are given, earliest first. A text of
    `shelf` is a document's title, where it has one, a line break, and its text.
    """
    matches = match(shelf.index, query.terms, query.without, documents)
    order = np.lexsort((matches.texts, facts.time[matches.texts], -matches.score))[first : first + most]
    found = []
    for number in matches.texts[order].tolist():
        row = facts.documents.slice(number, 1).to_pylist()[0]
        whole, words, places = _read(shelf, number, matches.terms)
        shift = len(row["title"]) + 1 if row["title"] else 0
        inside = words.start >= shift
        found.append(
            DocumentFound(
                **row,
                title_hits=merged(within(places, 0, max(0, shift - 1))),
                excerpt=excerpt(
                    whole[shift:],
                    Words(words.start[inside] - shift, words.end[inside] - shift),
                    within(places, shift, len(whole)),
                    matches.terms,
                    DOCUMENT_WIDTH,
                ),
            )
        )
    return DocumentSection(len(matches.texts), found)


def _read(shelf: Shelf, number: int, terms: Sequence[Wanted]) -> tuple[str, Words, Places]:
    text = shelf.texts[number]
    words = words_of(text)
    numbers = shelf.index.stream[shelf.index.offsets[number] : shelf.index.offsets[number + 1]]
    return text, words, found_in(words, numbers, terms)
