"""Claims looked up in a study: the sentences of documents that make them, and how alike they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.check.draft import MOST, Draft, number_of, sentences_in
from inchorus.check.likeness import Likeness, cosines
from inchorus.check.runs import places_of, runs_of
from inchorus.check.verdict import plain_weights
from inchorus.check.windows import aligned
from inchorus.compiled.kernel import F64, I64
from inchorus.options import FindOptions
from inchorus.prepare.texts import cut
from inchorus.progress import Progress
from inchorus.read.claims import Claim
from inchorus.schema import arrow_schema
from inchorus.search.index import Index, span
from inchorus.search.matches import K1, B
from inchorus.search.query import fold_words
from inchorus.search.search import index_documents
from inchorus.study import Study

# Of lines of debates that readers say repeat one of 278 claims, half are so near to it; of 36,000 other lines one in a
# hundred is so near to any, and many of these repeat it, too (decision 047).
LEAST = 0.5
NEAREST = 50  # documents whose sentences are compared with a claim, those with most of its words (BM25)
LEARNED = 2_000_000  # code points of documents, evenly from all of them, that say how common runs of letters are
BATCH = 2000  # documents whose sentences are compared at a time,
AT_ONCE = 64  # with so many claims: what is compared is held in memory
_KIND = "wording"


class Places(NamedTuple):
    """Sentences that make a claim, a row each: its number, the document's, code points in its text, the score."""

    claim: I64
    document: I64
    start: I64
    end: I64
    score: F64


def look_up(study: Study, claims: Sequence[Claim], threads: int, progress: Progress) -> tuple[pa.Table, dict[str, Any]]:
    """The table `claims` of a study, and what its manifest says: of how many claims, and which were not found."""
    rows = int(study.manifest["tables"]["documents"]["rows"])
    with progress.stage("index documents", rows, "documents") as advance:
        facts, shelf = index_documents(study, threads, advance)
    titles = facts.documents["title"].to_pylist()
    texts = [(f"{title}\n" if title else "", number) for number, title in enumerate(titles)]

    def text(number: int) -> str:
        # A claim is looked for in what a document says, and not in its title.
        return shelf.texts[number][len(texts[number][0]) :]

    with progress.stage("claims", len(claims), "claims") as advance:
        said_so = [claim.text for claim in claims]
        near = [
            np.union1d(a, b)
            for a, b in zip(nearest(shelf.index, said_so), repeating(shelf.index, said_so), strict=True)
        ]
        like = Likeness(sentence_texts([text(n) for n in _sample(shelf.index)])[0])
        wanted = like.vectors(pa.array(said_so, pa.large_string()))
        places = [
            _compared(like, wanted, near, [(n, text(n)) for n in some]) for some in _batches(near)
        ]  # fmt: skip
        advance(len(claims))
    found = _joined(places)
    found = _rows(found, np.lexsort((found.start, found.document, found.claim, -found.score)))
    known = np.isin(np.arange(len(claims)), found.claim)
    ids = pa.array([claim.claim_id for claim in claims]).take(pa.array(found.claim))
    said = pa.array(said_so, pa.large_string()).take(pa.array(found.claim))
    doc_ids = facts.documents["doc_id"].combine_chunks().take(pa.array(found.document))
    kinds = pa.repeat(_KIND, len(found.claim))
    table = pa.table([ids, said, doc_ids, found.start, found.end, kinds, found.score], schema=arrow_schema("claims"))
    missing = [claim._asdict() for claim, there in zip(claims, known, strict=True) if not there]
    return table, {"asked": len(claims), "found": int(known.sum()), "not_found": missing}


def nearest(index: Index, claims: Sequence[str]) -> list[I64]:
    """For each claim the numbers of the documents that have most of its words, by BM25, at most `NEAREST`."""
    out = []
    for words in fold_words(list(claims)):
        score = bm25(index, words)
        best = np.argsort(-score, kind="stable")[:NEAREST]
        out.append(best[score[best] > 0].astype(np.int64))
    return out


def bm25(index: Index, words: Sequence[str]) -> F64:
    """How well each text of an index fits some words (float64), by BM25."""
    length = np.diff(index.offsets)
    norm = K1 * (1 - B + B * length / max(1.0, len(index.stream) / max(1, len(index))))
    score = np.zeros(len(index))
    for word in dict.fromkeys(words):
        first, last = span(index, word)
        if first == last:
            continue
        rows = slice(int(index.bounds[first]), int(index.bounds[last]))
        texts, times = index.texts[rows], index.times[rows].astype(np.float64)
        rarity = np.log(1 + (len(index) - len(texts) + 0.5) / (len(texts) + 0.5))
        score[texts] += rarity * (K1 + 1) * times / (times + norm[texts])
    return score


def repeating(index: Index, claims: Sequence[str]) -> list[I64]:
    """For each claim the numbers of all documents that have most of its first `MOST` words in their order."""
    words = [found[:MOST] for found in fold_words(list(claims))]
    forms = pa.array([word for found in words for word in found], pa.large_string())
    number = number_of(forms, index.words)
    bounds = np.concatenate([[0], np.cumsum([len(found) for found in words])]).astype(np.int64)
    nowhere = np.zeros(len(claims), np.int64)
    draft = Draft("", nowhere, nowhere, bounds, number, nowhere, nowhere, len(index.words))
    runs = runs_of(draft)
    found, _ = aligned(draft, runs, places_of(runs, index), index, plain_weights(index, draft), FindOptions.min_words)
    close = found.same >= FindOptions.min_similarity
    alike = draft.first_alike()
    return [found.document[close & (found.sentence == alike[c])] for c in range(len(claims))]


def sentence_texts(texts: Sequence[str]) -> tuple[pa.Array, I64, I64, I64]:
    """The sentences of some texts (large_string): what each says, its text, and its code points there (int64 each)."""
    given = pa.chunked_array([pa.array(texts, pa.large_string())])
    if not texts:
        none = np.empty(0, np.int64)
        return pa.array([], pa.large_string()), none, none, none
    bounds, text, word_start, word_end = sentences_in(given)
    start, end = word_start[bounds[:-1]], word_end[bounds[1:] - 1]
    return cut(given, text, start, end), text, start, end


def _sample(index: Index) -> list[int]:
    """Numbers of documents, evenly from all, of about `LEARNED` code points in all, at six to a word."""
    step = max(1, round(6 * len(index.stream) / LEARNED))
    return list(range(0, len(index), step))


def _batches(near: Sequence[I64]) -> list[I64]:
    every = np.unique(np.concatenate([np.empty(0, np.int64), *near]))
    return [every[i : i + BATCH] for i in range(0, len(every), BATCH)]


def _compared(like: Likeness, wanted: Any, near: Sequence[I64], documents: Sequence[tuple[int, str]]) -> Places:
    """The sentences of some documents that are near a claim whose nearest documents they are."""
    numbers = np.array([number for number, _ in documents], np.int64)
    sets = [set(some.tolist()) for some in near]
    said, text, start, end = sentence_texts([said for _, said in documents])
    vectors = like.vectors(said)
    parts = []
    for first in range(0, len(near), AT_ONCE):
        score = cosines(wanted[first : first + AT_ONCE], vectors).tocoo()
        close = score.data >= LEAST
        claim, sentence = score.row[close].astype(np.int64) + first, score.col[close].astype(np.int64)
        document = numbers[text[sentence]]
        asked = np.array([d in sets[c] for c, d in zip(claim.tolist(), document.tolist(), strict=True)], np.bool_)
        made = Places(claim, document, start[sentence], end[sentence], np.minimum(score.data[close], 1.0))
        parts.append(_rows(made, np.flatnonzero(asked)))
    return _joined(parts)


def _rows(places: Places, rows: I64) -> Places:
    claim, document, start, end, score = places
    return Places(claim[rows], document[rows], start[rows], end[rows], score[rows])


def _joined(parts: Sequence[Places]) -> Places:
    whole, part = np.empty(0, np.int64), np.empty(0, np.float64)
    parts = [Places(whole, whole, whole, whole, part), *parts]
    claim, document, start, end = (np.concatenate([p[i] for p in parts]) for i in range(4))
    return Places(claim, document, start, end, np.concatenate([p.score for p in parts]))
