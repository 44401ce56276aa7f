"""Claims looked up in a study: the sentences of documents that make them, and how alike they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.check.draft import MOST, Draft, number_of, sentences_in
from inchorus.check.likeness import Likeness, cosines
from inchorus.check.runs import places_of, runs_of
from inchorus.check.synonyms import Synonyms
from inchorus.check.verdict import plain_weights
from inchorus.check.windows import aligned
from inchorus.compiled.kernel import F32, F64, I64
from inchorus.match.meaning.embed import embed, one_core_each
from inchorus.match.meaning.model import Model
from inchorus.options import FindOptions
from inchorus.progress import Progress
from inchorus.read.claims import Claim
from inchorus.schema import arrow_schema
from inchorus.search.bm25 import fit, norms, rarity
from inchorus.search.index import Index, span
from inchorus.search.query import fold_words
from inchorus.search.search import index_documents
from inchorus.study import Study
from inchorus.words.texts import cut

# Of lines of debates that readers say repeat one of 278 claims, half are so near to it; of 36,000 other lines one in a
# hundred is so near to any, and many of these repeat it, too (decision 047).
LEAST = 0.5
LEAST_MEANT = 0.56  # the same with a model: as many other lines are so near, and more of those that repeat a claim
MEANING = 1.5  # of the model beside letters; chosen on half of these lines, and from 1 to 2 it hardly matters
# Below these nothing is kept; between, of each document the `LISTED` nearest claims, for who ranks them by hand.
FLOOR, FLOOR_MEANT, LISTED = 0.1, 0.2, 5
READ = 20  # sentences that the model reads of each claim, those nearest by letters and by their words' vectors
NEAREST = 50  # documents whose sentences are compared with a claim, those with most of its words (BM25)
LEARNED = 2_000_000  # code points of documents, evenly from all of them, that say how common runs of letters are
BATCH = 2000  # documents whose sentences are compared at a time,
AT_ONCE = 64  # with so many claims: what is compared is held in memory
_WORDS = 60  # of a document, such as a post, that is compared as a whole, too
_KINDS = ("wording", "paraphrase")


class Places(NamedTuple):
    """Sentences near a claim, a row each.

    claim, document: their numbers. start, end: code points in the document's text. letters: how alike both are by
    letters. score: the same, or with a model by letters and meaning.
    """

    claim: I64
    document: I64
    start: I64
    end: I64
    letters: F64
    score: F64


def look_up(
    study: Study, claims: Sequence[Claim], threads: int, progress: Progress, model: Model | None = None
) -> tuple[pa.Table, dict[str, Any]]:
    """The table `claims` of a study, and what its manifest says: of how many claims, and which were not found.

    With a model, documents with words near those of a claim are looked at, too, and sentences are compared by letters
    and by meaning.
    """
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
        meant = None if model is None else Meant(model, shelf.index, said_so, threads)
        if meant is not None:
            near = [np.union1d(a, b) for a, b in zip(near, meant.documents(NEAREST), strict=True)]
        like = Likeness(sentence_texts([text(n) for n in _sample(shelf.index)])[0])
        wanted = like.vectors(pa.array(said_so, pa.large_string()))
        places = [
            _compared(like, wanted, near, [(n, text(n)) for n in some], meant) for some in _batches(near)
        ]  # fmt: skip
        found = _joined(places)
        if meant is not None:
            found = meant.scored(found, text)
        advance(len(claims))
    least = LEAST if meant is None else LEAST_MEANT
    found = _settled(found, least)
    near_by = found.score >= least
    known = np.isin(np.arange(len(claims)), found.claim[near_by])
    ids = pa.array([claim.claim_id for claim in claims]).take(pa.array(found.claim))
    said = pa.array(said_so, pa.large_string()).take(pa.array(found.claim))
    doc_ids = facts.documents["doc_id"].combine_chunks().take(pa.array(found.document))
    kinds = pa.array(_KINDS).take(pa.array((found.letters < LEAST) & (meant is not None)).cast(pa.int8()))
    columns = [ids, said, doc_ids, found.start, found.end, kinds, found.score, pa.array(near_by)]
    table = pa.table(columns, schema=arrow_schema("claims"))
    missing = [claim._asdict() for claim, there in zip(claims, known, strict=True) if not there]
    by = {} if model is None else {"model": model.name, "model_sha256": model.hash}
    return table, {"asked": len(claims), "found": int(known.sum()), **by, "not_found": missing}


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
    norm = norms(index)
    score = np.zeros(len(index))
    for word in dict.fromkeys(words):
        first, last = span(index, word)
        if first == last:
            continue
        rows = slice(int(index.bounds[first]), int(index.bounds[last]))
        texts, times = index.texts[rows], index.times[rows].astype(np.float64)
        score[texts] += rarity(len(index), len(texts)) * fit(times, norm[texts])
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


def _compared(
    like: Likeness, wanted: Any, near: Sequence[I64], documents: Sequence[tuple[int, str]], meant: Meant | None
) -> Places:
    """The sentences of some documents that are near a claim whose nearest documents they are."""
    numbers = np.array([number for number, _ in documents], np.int64)
    sets = [set(some.tolist()) for some in near]
    said, text, start, end = _units([said for _, said in documents])
    vectors = like.vectors(said)
    cheap = None if meant is None else meant.cheap(said.to_pylist())
    parts = []
    for first in range(0, len(near), AT_ONCE):
        score = cosines(wanted[first : first + AT_ONCE], vectors).tocoo()
        close = score.data >= FLOOR
        claim, sentence, letters = (
            score.row[close].astype(np.int64),
            score.col[close].astype(np.int64),
            score.data[close],
        )
        if meant is not None and cheap is not None:
            claim, sentence, letters = meant.chosen(score.toarray(), cheap, first)
        claim = claim + first
        document = numbers[text[sentence]]
        asked = np.array([d in sets[c] for c, d in zip(claim.tolist(), document.tolist(), strict=True)], np.bool_)
        letters = np.minimum(letters, 1.0)
        made = Places(claim, document, start[sentence], end[sentence], letters, letters)
        parts.append(_rows(made, np.flatnonzero(asked)))
    return _joined(parts)


def _units(texts: Sequence[str]) -> tuple[pa.Array, I64, I64, I64]:
    """The sentences of some texts as `sentence_texts` has them, and short texts of several sentences as a whole."""
    said, text, start, end = sentence_texts(texts)
    first = np.searchsorted(text, np.arange(len(texts) + 1))
    whole = [
        n
        for n, (lo, hi) in enumerate(pairwise(first.tolist()))
        if hi - lo > 1 and len(texts[n][start[lo] : end[hi - 1]].split()) <= _WORDS
    ]
    if not whole:
        return said, text, start, end
    of = np.array(whole, np.int64)
    begins, ends = start[first[of]], end[first[of + 1] - 1]
    more = pa.array([texts[n][a:b] for n, a, b in zip(whole, begins, ends, strict=True)], pa.large_string())
    joined = (np.concatenate(pair) for pair in ((text, of), (start, begins), (end, ends)))
    return pa.concat_arrays([said, more]), *joined


def _settled(found: Places, least: float) -> Places:
    """The rows that stay, nearest first: those that are near, and of each document those of its nearest claims.

    Of a document as a whole and its sentences, those stay that are nearer to the claim.
    """
    order = np.lexsort((found.start, found.document, found.claim, -found.score))
    found = _rows(found, order)
    taken: dict[tuple[int, int], list[tuple[int, int]]] = {}
    claims: dict[int, set[int]] = {}
    keep = np.zeros(len(found.claim), np.bool_)
    rows = zip(*(column.tolist() for column in found[:4]), found.score.tolist(), strict=True)
    for k, (claim, document, start, end, score) in enumerate(rows):
        spans = taken.setdefault((claim, document), [])
        listed = claims.setdefault(document, set())
        if any(a < end and start < b for a, b in spans):
            continue
        if score < least and (spans or len(listed) >= LISTED):
            continue
        spans.append((start, end))
        listed.add(claim)
        keep[k] = True
    return _rows(found, np.flatnonzero(keep))


def _rows(places: Places, rows: I64) -> Places:
    claim, document, start, end, letters, score = places
    return Places(claim[rows], document[rows], start[rows], end[rows], letters[rows], score[rows])


def _joined(parts: Sequence[Places]) -> Places:
    whole, part = np.empty(0, np.int64), np.empty(0, np.float64)
    parts = [Places(whole, whole, whole, whole, part, part), *parts]
    claim, document, start, end = (np.concatenate([p[i] for p in parts]) for i in range(4))
    letters, score = (np.concatenate(column) for column in zip(*((p.letters, p.score) for p in parts), strict=True))
    return Places(claim, document, start, end, letters, score)


class Meant:
    """Claims by a model of meaning, against the sentences of an index."""

    def __init__(self, model: Model, index: Index, claims: Sequence[str], threads: int) -> None:
        self._model, self._index, self._claims, self._threads = model, index, claims, threads
        self._synonyms = Synonyms(model, index)
        self._words = self._synonyms.words(claims)
        self._cheap = self._synonyms.vectors(self._words)

    def documents(self, most: int) -> list[I64]:
        """For each claim the documents that have most of its words or of words near these (see `Synonyms`)."""
        every = np.ones(len(self._index), np.bool_)
        with one_core_each():
            return self._synonyms.documents(self._words, [every] * len(self._claims), most)

    def cheap(self, sentences: Sequence[str]) -> F32:
        """A vector of length one for each sentence, of its words' vectors."""
        return self._synonyms.vectors(self._synonyms.words(sentences))

    def chosen(self, letters: F64, cheap: F32, first: int) -> tuple[I64, I64, F64]:
        """Of sentences those that the model is to read for each of the claims from number `first` on.

        Gives the claims, from 0, the sentences, and how alike both are by letters.
        """
        both = letters + self._cheap[first : first + len(letters)] @ cheap.T
        most = min(READ, both.shape[1])
        best = np.argsort(-both, axis=1, kind="stable")[:, :most]
        claim = np.repeat(np.arange(len(letters)), most)
        return claim, best.reshape(-1).astype(np.int64), letters[claim, best.reshape(-1)]

    def scored(self, places: Places, text: Callable[[int], str]) -> Places:
        """The places whose score, by letters and meaning, is no less than `FLOOR_MEANT`."""
        keys = np.stack([places.document, places.start, places.end])
        spans, of = np.unique(keys, axis=1, return_inverse=True)
        said = [" ".join(text(d)[a:b].split()) for d, a, b in spans.T.tolist()]
        claims = [" ".join(claim.split()) for claim in self._claims]
        vectors = embed(self._model, [*claims, *said], self._threads, lambda done: None)
        near = np.einsum("ij,ij->i", vectors[places.claim], vectors[len(claims) + of.reshape(-1)])
        score = (places.letters + MEANING * np.maximum(near, 0)) / (1 + MEANING)
        kept = places._replace(score=np.minimum(score, 1.0))
        return _rows(kept, np.flatnonzero(score >= FLOOR_MEANT))
