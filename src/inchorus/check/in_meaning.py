"""The sentences of documents that a model has near a text in meaning, and how often chance has one as near."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from inchorus.check.draft import number_of, sentences_in
from inchorus.check.synonyms import Synonyms
from inchorus.compiled.kernel import BOOL, F32, I64
from inchorus.match.meaning.embed import embed, one_core_each
from inchorus.match.meaning.model import Model
from inchorus.match.meaning.other_claims import REASONS, other_claims
from inchorus.match.meaning.wordings import MOST
from inchorus.match.spans import lexicon
from inchorus.progress import Silent
from inchorus.schema import TIME
from inchorus.search.answer import Shelf
from inchorus.search.facts import Facts
from inchorus.words.corpus import DAY, NEVER, build_corpus
from inchorus.words.texts import cut, folded, vocabulary

DOCUMENTS = 30  # whose sentences are compared with a text by their words, those that fit it best
READ = 6  # of these sentences the model reads, the nearest by their words
FEWEST = 5  # words of a sentence
SAMPLE = 149  # sentences of the study itself that tell what chance has near
LEAST_SAMPLE = 49  # with fewer it cannot be told
RARE = 0.02  # of them at most have anything as near: then it counts as near
APART = 30 * DAY  # what is published closer than this may be the same point; a study must last `_LASTS` as long
_LASTS = 4
_GRAM = 6  # words in a row in common: the same wording, no other words
_SPARE = 4  # times as many are looked at where some of them are left out for that


class Hit(NamedTuple):
    """A sentence near a text: its document's number, code points in the document's text, what it says.

    like: the cosine of the model. chance: the share of the study's own sentences that have anything as near in another
    source; None where that cannot be told. reason: what makes it another claim (see `REASONS`), else "".
    """

    document: int
    start: int
    end: int
    text: str
    like: float
    chance: float | None
    reason: str

    @property
    def rare(self) -> bool:
        """Whether chance hardly has anything so near."""
        return self.chance is not None and self.chance <= RARE

    @property
    def near(self) -> bool:
        """Whether it counts as near: so rare, and no other claim."""
        return self.rare and not self.reason


class _Sentences(NamedTuple):
    """Sentences of documents: document (int64), code points there, words of the index, and the texts."""

    document: I64
    start: I64
    end: I64
    begin: I64
    stop: I64
    text: list[str]


class InMeaning:
    """Looks texts up by meaning in one study, whose index it holds; threads may use it at the same time."""

    def __init__(self, model: Model, facts: Facts, shelf: Shelf, threads: int) -> None:
        self.model = model
        self.facts, self._shelf, self._threads = facts, shelf, threads
        self._synonyms = Synonyms(model, shelf.index)
        self._lock = Lock()
        self._by_chance: F32 | None = None
        titles = facts.documents["title"].to_pylist()
        self._shift = np.array([len(title) + 1 if title else 0 for title in titles], np.int64)

    def near(self, texts: Sequence[str], without: int = -1) -> list[list[Hit]]:
        """For each text the sentences that the model has nearest, at most `READ`; none of the source `without`."""
        allowed = self.facts.source != without
        found = self._nearest(texts, [allowed] * len(texts), 0)
        chance = self.by_chance()
        return [
            [
                Hit(*hit[:4], like, _chance(chance, like), reason)
                for hit, like, reason in zip(hits, likes, self._reasons(text, [hit[3] for hit in hits]), strict=True)
            ]
            for text, (hits, likes) in zip(texts, found, strict=True)
        ]

    def by_chance(self) -> F32:
        """How near the nearest sentence of another source is to sentences of the study, evenly from all of it; rising.

        Where times are known and the study lasts long enough, the other source has it a month earlier or later:
        else sources that make one point at one time would vouch for chance. Empty where too few sentences can tell.
        """
        with self._lock:
            if self._by_chance is None:
                self._by_chance = self._measured()
            return self._by_chance

    def _measured(self) -> F32:
        facts, n = self.facts, len(self.facts.source)
        some = np.unique(np.linspace(0, n - 1, min(n, SAMPLE)).round().astype(np.int64))
        sentences = self._sentences(some)
        # One of each document, from its middle, where no greeting and no footer stands.
        rows = [np.flatnonzero(sentences.document == d) for d in some.tolist()]
        middle = [int(at[len(at) // 2]) for at in rows if len(at)]
        known = facts.time != NEVER
        lasts = known.any() and np.ptp(facts.time[known]) >= _LASTS * APART
        allowed = []
        for row in middle:
            d = int(sentences.document[row])
            other: BOOL = facts.source != facts.source[d]
            if lasts:
                other = other & known & known[d] & (np.abs(facts.time - facts.time[d]) > APART)
            allowed.append(other)
        found = self._nearest([sentences.text[row] for row in middle], allowed, _GRAM)
        told = [max(likes, default=-1.0) for (_, likes), where in zip(found, allowed, strict=True) if where.any()]
        if len(told) < LEAST_SAMPLE:
            return np.empty(0, np.float32)
        return np.sort(np.array(told, np.float32))

    def _nearest(
        self, texts: Sequence[str], allowed: Sequence[BOOL], gram: int
    ) -> list[tuple[list[tuple[int, int, int, str]], list[float]]]:
        """The nearest sentences of each text, and how near the model has them, nearest first."""
        if not texts:
            return []
        words = self._synonyms.words(texts)
        with one_core_each():
            documents = self._synonyms.documents(words, allowed, DOCUMENTS)
            sentences = self._sentences(np.unique(np.concatenate([np.empty(0, np.int64), *documents])))
            asked = self._synonyms.vectors(words)
            cheap = self._synonyms.sentences(sentences.begin, sentences.stop)
        of = [np.flatnonzero(np.isin(sentences.document, some)) for some in documents]
        chosen = [
            rows[np.argsort(-(cheap[rows] @ asked[k]), kind="stable")[: READ * (_SPARE if gram else 1)]]
            for k, rows in enumerate(of)
        ]
        if gram:
            chosen = [
                rows[~self._shared(text, sentences, rows, gram)][:READ]
                for text, rows in zip(texts, chosen, strict=True)
            ]
        used = np.unique(np.concatenate([np.empty(0, np.int64), *chosen]))
        said = [" ".join(sentences.text[row].split()) for row in used.tolist()]
        mine = [" ".join(text.split()) for text in texts]
        vectors = embed(self.model, [*mine, *said], self._threads, lambda done: None)
        out = []
        for k, rows in enumerate(chosen):
            like = vectors[len(texts) + np.searchsorted(used, rows)] @ vectors[k]
            order = np.argsort(-like, kind="stable")
            places = [
                (int(sentences.document[r]), int(sentences.start[r]), int(sentences.end[r]), sentences.text[r])
                for r in rows[order].tolist()
            ]
            out.append((places, np.minimum(like[order], 1.0).tolist()))
        return out

    def _sentences(self, documents: I64) -> _Sentences:
        """The sentences of some documents that are long enough and no list; none of a title."""
        none = np.empty(0, np.int64)
        if not len(documents):
            return _Sentences(none, none, none, none, none, [])
        texts = pa.chunked_array([pa.array([self._shelf.texts[n] for n in documents.tolist()], pa.large_string())])
        bounds, text, word_start, word_end = sentences_in(texts)
        offsets = self._shelf.index.offsets
        first = np.searchsorted(text, np.arange(len(documents)))
        before = bounds[first[np.minimum(text, len(documents) - 1)]]
        size = np.diff(bounds)
        begin = offsets[documents[text]] + bounds[:-1] - before
        start, end = word_start[bounds[:-1]], word_end[bounds[1:] - 1]
        keep = (size >= FEWEST) & (size <= MOST) & (start >= self._shift[documents[text]])
        keep &= begin + size <= offsets[documents[text] + 1]
        said = cut(texts, text[keep], start[keep], end[keep]).to_pylist()
        document, shift = documents[text[keep]], self._shift[documents[text[keep]]]
        return _Sentences(document, start[keep] - shift, end[keep] - shift, begin[keep], begin[keep] + size[keep], said)

    def _shared(self, text: str, sentences: _Sentences, rows: I64, gram: int) -> BOOL:
        """Which of some sentences have `gram` words in a row in common with a text."""
        index = self._shelf.index
        given = pa.chunked_array([pa.array([text], pa.large_string())])
        _, _, start, end = sentences_in(given)
        forms = folded(cut(given, np.zeros(len(start), np.int64), start, end))
        own = number_of(forms, index.words)
        runs = {own[k : k + gram].tobytes() for k in range(len(own) - gram + 1)}
        out = np.zeros(len(rows), np.bool_)
        for k, row in enumerate(rows.tolist()):
            there = index.stream[sentences.begin[row] : sentences.stop[row]]
            out[k] = any(there[i : i + gram].tobytes() in runs for i in range(len(there) - gram + 1))
        return out

    def _reasons(self, text: str, others: Sequence[str]) -> list[str]:
        """What makes each of some sentences another claim than a text."""
        if not others:
            return []
        n = len(others) + 1
        given = pa.chunked_array([pa.array([text, *others], pa.large_string())])
        nothing = {"time": pa.nulls(n, TIME), "time_precision": pa.nulls(n, pa.string())}
        corpus = build_corpus(pa.table({"text": given, "source": pa.repeat("", n), **nothing}), 1, Silent())
        begin, end = corpus.offsets[:-1], corpus.offsets[1:]
        filled = np.flatnonzero(end > begin)
        out = [""] * len(others)
        if len(filled) < 2 or filled[0] != 0:
            return out
        words = lexicon(corpus, vocabulary(corpus, given))
        left = np.zeros(len(filled) - 1, np.int64)
        told = other_claims(corpus, words, begin, end, left, filled[1:])
        for at, reason in zip(filled[1:].tolist(), told.tolist(), strict=True):
            out[at - 1] = REASONS[reason]
        return out


def _chance(rising: F32, like: float) -> float | None:
    """The share of what chance has that is as near or nearer, one added: its p-value."""
    if not len(rising):
        return None
    return float(1 + len(rising) - np.searchsorted(rising, np.float32(like), "left")) / (len(rising) + 1)
