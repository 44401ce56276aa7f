"""The points that sources make in other words: families of sentences, as wordings are families of passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, F32, I64
from inchorus.match.families import Families
from inchorus.match.meaning.cover import covers, rare_tokens
from inchorus.match.meaning.embed import embed, one_core_each
from inchorus.match.meaning.model import Model
from inchorus.match.meaning.near import CHANCE, CLOSE, STANDING, Near, near, when
from inchorus.match.meaning.other_claims import REASONS, SAME, other_claims
from inchorus.match.meaning.stars import Stars, stars
from inchorus.match.meaning.static import sentence_vectors, word_vectors
from inchorus.match.meaning.threshold import Curve, by_draws, by_months, nearest
from inchorus.match.meaning.topic import stand_out
from inchorus.match.meaning.wordings import Wordings, wordings
from inchorus.match.spans import Lexicon
from inchorus.progress import Progress
from inchorus.words.corpus import Corpus
from inchorus.words.ends import sentence_starts
from inchorus.words.stops import stops
from inchorus.words.texts import cut

ROOM, PART = 10_000, 6  # wordings that the model reads at most: so many, or one in `PART` of them if that is more
_DRAWN = 1 << 20  # pairs that the tail is told by, where no months lie apart
LOWEST = 0.5  # likeness by the model from which on pairs are held against each other word by word


@dataclass(frozen=True)
class How:
    """gram: words in a row that the comparison of wordings has seen to. rate: the expected share of false pairs."""

    gram: int
    min_words: int
    min_sources: int
    rate: float
    seed: int
    threads: int


class Others(NamedTuple):
    """Sentences that make another claim on the subject of a point: one entry a sentence (int64).

    family: the point. document, begin, end; like (float32); reason: an index into `REASONS`.
    """

    family: I64
    document: I64
    begin: I64
    end: I64
    like: F32
    reason: I64


class Paraphrases(NamedTuple):
    """Families of sentences, the canonical one in the middle, and what is said besides.

    inside (int64): of each family of wording the point that it is a wording of, or -1. others; facts: what the manifest
    says.
    """

    families: Families
    inside: I64
    others: Others
    facts: dict[str, Any]


def paraphrases(
    corpus: Corpus, texts: pa.ChunkedArray, words: Lexicon, families: Families, worth: BOOL, model: Model, how: How,
    progress: Progress,
) -> Paraphrases:  # fmt: skip
    """Find sentences of different sources that say one thing in other words.

    All are compared by their words alone (see `static`), those near each other by the model, and those near by that
    word by word (see `cover`). Where the threshold lies the corpus tells (see `threshold`). Pairs that share `how.gram`
    words in a row are left to the comparison of wordings, which has judged them. `worth` says which families of wording
    can be points: no titles or footers.
    """
    everywhere = np.arange(len(texts))
    starts = sentence_starts(corpus, words.forms, stops(corpus, texts, everywhere), everywhere)
    found = wordings(corpus, starts, families, worth, how.min_words)
    n = len(found.heads)
    vectors = sentence_vectors(corpus, word_vectors(model, corpus, words.forms), found)
    times = when(corpus, found)
    with progress.stage("sentences", None, "blocks") as advance, one_core_each():
        pairs = near(vectors, times, how.seed, max(ROOM, n // PART), how.threads, advance)
    pairs = _kept(pairs, (pairs.kind == STANDING) | ~_worded_alike(corpus, found, pairs, how.gram))
    used = np.unique(np.concatenate([pairs.a, pairs.b]))
    with progress.stage("meanings", len(used), "sentences") as advance:
        meant = embed(model, _texts(corpus, texts, found, used), how.threads, advance)
        read = np.zeros((n, meant.shape[1]), np.float32)
        read[used] = meant
    like = np.einsum("ij,ij->i", read[pairs.a], read[pairs.b])
    always = _always(pairs._replace(like=like), n)
    said_always = like <= np.maximum(always[pairs.a], always[pairs.b])
    standing = int((said_always & (pairs.kind == CLOSE) & (like >= LOWEST)).sum())
    pairs = _kept(pairs._replace(like=like), (like >= LOWEST) & (pairs.kind != STANDING) & ~said_always)
    heads = found.heads
    reason = other_claims(corpus, words, found.begin[heads], found.end[heads], pairs.a, pairs.b)
    out = stand_out(found, vectors, pairs.a, pairs.b)
    if not times.apart:
        pairs, reason, out = _with_drawn(pairs, reason, out, read[used], used, times.source[used], how.seed)
    in_pairs = np.unique(np.concatenate([pairs.a, pairs.b]))
    rare = rare_tokens(model, _texts(corpus, texts, found, used))
    with progress.stage("cover", len(in_pairs), "sentences") as advance:
        a, b = (np.searchsorted(in_pairs, side).astype(np.int64) for side in (pairs.a, pairs.b))
        cover = covers(model, _texts(corpus, texts, found, in_pairs), rare, a, b, how.threads, advance)
    curve = _calibrated(_kept(pairs._replace(like=cover), out & (reason == SAME)), times.apart, how)
    least = np.inf if curve.threshold is None else curve.threshold
    close = (cover >= least) & (pairs.kind == CLOSE)
    above = close & out
    points = _points(corpus, found, _kept(pairs, above & (reason == SAME)), how.min_sources)
    others = _others(found, points, _kept(pairs, above & (reason != SAME)), reason[above & (reason != SAME)])
    facts = {
        "model": model.name,
        "model_sha256": model.hash,
        "sentences": len(found.begin),
        "wordings": n,
        "read_by_model": len(used),
        "compared": pairs.compared,
        "compared_apart": pairs.compared_far,
        "threshold": curve.threshold,
        "told_by": curve.by,
        "fdr": how.rate,
        "curve": _told(curve),
        "points": len(np.unique(points.star)),
        "pairs": int((above & (reason == SAME)).sum()),
        "other_claims": {REASONS[r]: int((above & (reason == r)).sum()) for r in range(1, len(REASONS))},
        "same_subject": int((close & ~out).sum()),
        "said_always": standing,
    }
    return Paraphrases(_families(corpus, found, points), _inside(found, points, families), others, facts)


def _calibrated(pairs: Near, apart: bool, how: How) -> Curve:
    """The curve of the pairs that stand for one thing, by how well they cover each other."""
    close, chance = (_kept(pairs, pairs.kind == kind) for kind in (CLOSE, CHANCE))
    found = close.like[nearest(close.a, close.b, close.like)]
    if apart:
        by_chance = chance.like[nearest(chance.a, chance.b, chance.like)]
        return by_months(found, by_chance, pairs.compared, pairs.compared_far, how.rate)
    return by_draws(found, chance.like, pairs.compared, pairs.compared_far, how.rate)


def _kept(pairs: Near, keep: BOOL) -> Near:
    return pairs._replace(a=pairs.a[keep], b=pairs.b[keep], like=pairs.like[keep], kind=pairs.kind[keep])


def _always(pairs: Near, n: int) -> F32:
    """The likeness of each wording to what is nearest to it at other times: what is said always is no campaign."""
    out = np.full(n, -1, np.float32)
    rows = pairs.kind == STANDING
    for side in (pairs.a, pairs.b):
        np.maximum.at(out, side[rows], pairs.like[rows])
    return out


def _texts(corpus: Corpus, texts: pa.ChunkedArray, found: Wordings, which: I64) -> list[str]:
    rows = found.heads[which]
    last = found.end[rows] - 1
    start = corpus.start[found.begin[rows]].astype(np.int64)
    stop = corpus.start[last].astype(np.int64) + corpus.length[last]
    return [" ".join(text.split()) for text in cut(texts, found.document[rows], start, stop).to_pylist()]


def _worded_alike(corpus: Corpus, found: Wordings, pairs: Near, gram: int) -> BOOL:
    """Whether the wordings of each pair have `gram` words in a row in common."""
    runs: dict[int, frozenset[bytes]] = {}

    def of(wording: int) -> frozenset[bytes]:
        if wording not in runs:
            row = found.heads[wording]
            data = corpus.word[found.begin[row] : found.end[row]].tobytes()
            size = corpus.word.itemsize
            runs[wording] = frozenset(data[k : k + gram * size] for k in range(0, len(data) - (gram - 1) * size, size))
        return runs[wording]

    both = zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)
    return np.array([not of(a).isdisjoint(of(b)) for a, b in both], np.bool_)


def _with_drawn(
    pairs: Near, reason: NDArray[np.int8], out: BOOL, vectors: F32, which: I64, source: I64, seed: int
) -> tuple[Near, NDArray[np.int8], BOOL]:
    """With pairs of the wordings `which` drawn at random, of different sources, as what chance has."""
    rng = np.random.default_rng(seed)
    a, b = rng.integers(max(len(which), 1), size=(2, _DRAWN if len(which) > 1 else 0))
    keep = (a != b) & ((source[a] != source[b]) | (source[a] < 0))
    a, b = a[keep], b[keep]
    like = np.empty(len(a), np.float32)
    for k in range(0, len(a), 1 << 14):
        part = slice(k, k + (1 << 14))
        like[part] = np.einsum("ij,ij->i", vectors[a[part]], vectors[b[part]])
    near = like >= LOWEST
    every = Near(
        np.concatenate([pairs.a, which[a[near]]]),
        np.concatenate([pairs.b, which[b[near]]]),
        np.concatenate([pairs.like, like[near]]),
        np.concatenate([pairs.kind, np.full(int(near.sum()), CHANCE)]),
        pairs.compared,
        len(a),
    )
    more = np.zeros(int(near.sum()), np.int8)
    return every, np.concatenate([reason, more]), np.concatenate([out, more == SAME])


def _points(corpus: Corpus, found: Wordings, pairs: Near, min_sources: int) -> Stars:
    """Stars of wordings, of as many sources as are asked for."""
    n = len(found.heads)
    sources = corpus.source[found.document].astype(np.int64)
    keys = np.unique(np.stack([found.wording, sources]), axis=1)
    weight = np.bincount(keys[0], minlength=n)
    at = np.empty(n, np.int64)
    at[np.lexsort((found.begin[found.heads], corpus.earliest[found.document[found.heads]]))] = np.arange(n)
    made = stars(pairs.a, pairs.b, pairs.like, n, weight, at)
    star = np.full(n, -1)
    star[made.wording] = made.star
    of = star[keys[0]]
    held = np.unique(np.stack([of[of >= 0], keys[1][of >= 0]]), axis=1)
    enough = np.bincount(held[0], minlength=int(made.star.max(initial=-1)) + 1) >= min_sources
    keep = enough[made.star] if len(made.star) else np.zeros(0, np.bool_)
    number = np.cumsum(enough) - 1
    return Stars(number[made.star[keep]], made.wording[keep], made.like[keep])


def _rows(found: Wordings, which: I64) -> tuple[I64, I64]:
    """All sentences of wordings, and for each the place of its wording in `which`."""
    count = found.first[which + 1] - found.first[which]
    of = np.repeat(np.arange(len(which)), count)
    before = np.concatenate([[0], np.cumsum(count)[:-1]]) if len(which) else np.zeros(0, np.int64)
    return np.arange(len(of)) - before[of] + found.first[which][of], of


def _families(corpus: Corpus, found: Wordings, points: Stars) -> Families:
    rows, of = _rows(found, points.wording)
    family = points.star[of]
    order = np.lexsort((found.begin[rows], found.document[rows], family))
    rows, of, family = rows[order], of[order], family[order]
    middle = np.unique(points.star, return_index=True)[1]
    heads = found.heads[points.wording[middle]]
    # A sentence is in one family at most, so that its row is found by where it begins.
    canonical = np.full(int(rows.max(initial=-1)) + 1, -1)
    canonical[rows] = np.arange(len(rows))
    return Families(
        family,
        found.document[rows].astype(np.uint32),
        found.begin[rows],
        found.end[rows],
        points.like[of].astype(np.float64),
        canonical[heads].astype(np.int64) if len(heads) else np.empty(0, np.int64),
    )


def _inside(found: Wordings, points: Stars, families: Families) -> I64:
    out = np.full(len(families.canonical), -1)
    point = found.point[points.wording]
    out[point[point >= 0]] = points.star[point >= 0]
    return out


def _others(found: Wordings, points: Stars, pairs: Near, reason: I64) -> Others:
    """Sentences near the middle of a point that make another claim; each once a point, for its nearest."""
    star = np.full(len(found.heads), -1)
    star[points.wording] = points.star
    a, b = np.concatenate([pairs.a, pairs.b]), np.concatenate([pairs.b, pairs.a])
    like, why = np.tile(pairs.like, 2), np.tile(reason, 2)
    keep = (star[a] >= 0) & (star[a] != star[b])
    a, b, like, why = (x[keep] for x in (a, b, like, why))
    order = np.lexsort((-like, b, star[a]))
    once = order[np.unique(np.stack([star[a], b])[:, order], axis=1, return_index=True)[1]]
    rows, of = _rows(found, b[once])
    return Others(
        star[a[once]][of], found.document[rows], found.begin[rows], found.end[rows], like[once][of],
        why[once][of].astype(np.int64),
    )  # fmt: skip


def _told(curve: Curve) -> list[dict[str, float]]:
    columns = (curve.at.tolist(), curve.found.tolist(), curve.chance.tolist(), curve.false.tolist())
    return [
        {"from": at, "pairs": int(found), "chance": round(chance, 2), "false": round(false, 4)}
        for at, found, chance, false in zip(*columns, strict=True)
    ]
