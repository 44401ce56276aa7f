"""Ties from wording: which pairs of sources share more talking points than the null model gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.errors import UsageError
from inchorus.relate.base_rates import popular
from inchorus.relate.company import company
from inchorus.relate.links import CLASSES, Uses, link, too_popular, uses
from inchorus.relate.pairs_tested import Judged, corpus, judge, tests, without_one_story
from inchorus.relate.permutation_null import Pairs, index_pairs, matched_documents, observe
from inchorus.relate.rarity import counted_sources, story_sources
from inchorus.relate.recurring import Found, recurring
from inchorus.relate.sorted_arrays import among
from inchorus.relate.stories import by_episode, episode_of, episodes, least_apart, story_length, without_greatest
from inchorus.relate.strata import WIDTHS, Strata, choose
from inchorus.thresholds import LEVEL, MOST_SOURCES

NULLS = ("documents", "sharing")
MOST_LISTED = 1000
MOST_PAIRS = 2_000_000  # of sources, whose test takes 2 kB each
_PAIRS_AT_ONCE = 10_000_000


@dataclass(frozen=True)
class TieOptions:
    """How ties are tested.

    `width`: of the strata of time, None for what the data allow; `seed`: of what is drawn by lot. `null`, of shared
    objects: `documents` or `sharing` (only what is shared is exchanged); of wording both are always asked.
    """

    width: str | None = None
    seed: int = 0
    null: str = "documents"

    def check(self) -> None:
        """Raise UsageError where a value is out of range."""
        if self.width is not None and self.width not in WIDTHS:
            raise UsageError(f"no stratum width {self.width!r}", fix=f"there are {', '.join(WIDTHS)}")
        if self.null not in NULLS:
            raise UsageError(f"no null model {self.null!r}", fix=f"there are {', '.join(NULLS)}")


class Material(NamedTuple):
    """Documents and passages as numbers.

    `names` of the sources; by document `source`, `time` (microseconds) and `known` (1 where there is one);
    by passage `point` and `document`; by talking point `point_ids`, `labels` and `counted`, how many sources
    its wording counts for at least (see `rarity`), None for those that use it.
    """

    names: list[str]
    source: I32
    time: I64
    known: I64
    point_ids: list[str]
    labels: NDArray[np.str_]
    point: I64
    document: I64
    counted: I64 | None = None
    part: I32 | None = None


class Tested(NamedTuple):
    """Pairs that share at least one talking point (`a` < `b`, indices of sources), and what chance gives.

    `observed`, `expected`: talking points that both use. `occasions`, `expected_occasions`: documents
    matched, by class of rarity (pairs, classes). `tested`: pairs of sources with three documents or more, those
    that share nothing among them. `matches`: (occasions, 2) documents of `a` and `b` of each occasion, `of` its row.
    `q` is the greater of `q_documents` and `q_sharing`, or `q_recurring` if that is less; `recur` has the set behind it
    of the rows where it is 0.05 or less. `lasts`: how long a story does (microseconds) where that is longer than usual,
    else 0.
    """

    a: I64
    b: I64
    observed: I64
    expected: F64
    occasions: I64
    expected_occasions: F64
    p: F64
    q: F64
    tested: int
    strata: str
    moved: float
    matches: I64
    of: I64
    q_documents: F64 = np.zeros(0)
    q_sharing: F64 = np.zeros(0)
    q_recurring: F64 = np.zeros(0)
    spread: float = 0.0
    recur: Mapping[int, Found] = MappingProxyType({})
    lasts: int = 0


def material(documents: pa.Table, talking_points: pa.Table, passages: pa.Table) -> Material:
    """Tables of a study (columns doc_id, source, time; tp_id, label; tp_id, doc_id, start, end) as numbers."""
    encoded = documents["source"].combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    order = np.argsort(np.array(values, dtype=object)) if values else np.zeros(0, np.int64)
    rank = np.empty(len(values), np.int32)
    rank[order] = np.arange(len(values), dtype=np.int32)
    times = documents["time"].combine_chunks()
    micros = times.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64())
    labels = talking_points["label"].to_pylist()
    source = rank[encoded.indices.to_numpy()]
    point = _index(passages["tp_id"], talking_points["tp_id"])
    document = _index(passages["doc_id"], documents["doc_id"])
    begin, end = (passages[name].to_numpy().astype(np.int64) for name in ("start", "end"))
    time = micros.fill_null(0).to_numpy().astype(np.int64)
    known = pc.is_valid(times).cast(pa.int64()).to_numpy(zero_copy_only=False)
    rows = point, document, begin, end, source
    return Material(
        [values[i] for i in order],
        source,
        time,
        known,
        talking_points["tp_id"].to_pylist(),
        np.array(labels) if labels else np.zeros(0, np.str_),
        point,
        document,
        np.maximum(counted_sources(*rows, len(labels)), story_sources(*rows, time, known, len(labels))),
    )


def _index(values: pa.ChunkedArray, known: pa.ChunkedArray) -> I64:
    found = pc.index_in(values.cast(pa.large_string()), known.cast(pa.large_string()).combine_chunks())
    return np.asarray(found.combine_chunks().to_numpy(zero_copy_only=False)).astype(np.int64)


def shared_points(used: Uses, source: I32, n_sources: int) -> tuple[I64, I64]:
    """The key (lesser source x n_sources + greater) of each pair that shares talking points, and how many.

    Talking points of more than 1,000 sources, or of fewer where those of up to 1,000 would list more than two million
    pairs, are counted for the pairs that share another one; pairs that share nothing else are not listed, as
    there could be as many as all pairs. Memory: 0.5 GB at most, and 16 bytes a listed pair.
    """
    keys, counts = np.zeros(0, np.int64), np.zeros(0, np.int64)
    _, start, size = np.unique(used.point, return_index=True, return_counts=True)
    waiting: list[I64] = []
    held = 0
    users = source[used.document].astype(np.int64)
    most = _most_listed(size, n_sources)
    for n in np.unique(size[size <= most]):
        i, j = np.triu_indices(int(n), 1)
        rows = start[size == n]
        step = max(1, _PAIRS_AT_ONCE // len(i))
        for low in range(0, len(rows), step):
            members = users[rows[low : low + step, None] + np.arange(n)]
            left, right = members[:, i].ravel(), members[:, j].ravel()
            waiting.append(np.minimum(left, right) * n_sources + np.maximum(left, right))
            held += len(waiting[-1])
            if held > _PAIRS_AT_ONCE:
                keys, counts = _merge(keys, counts, waiting)
                waiting, held = [], 0
    keys, counts = _merge(keys, counts, waiting)
    a, b = keys // n_sources, keys % n_sources
    popular = np.flatnonzero(size > most)
    # A bit a talking point: all pairs are gone through once for 64 of them.
    for low in range(0, len(popular), 64):
        uses_it = np.zeros(n_sources, np.uint64)
        for bit, row in enumerate(popular[low : low + 64]):
            uses_it[users[start[row] : start[row] + size[row]]] |= np.uint64(1 << bit)
        counts += np.bitwise_count(uses_it[a] & uses_it[b])
    return keys, counts


def _most_listed(size: I64, n_sources: int) -> int:
    """Talking points of more sources than these list no pairs; those of `MOST_SOURCES`, which the test is of, do."""
    if n_sources * (n_sources - 1) // 2 <= MOST_PAIRS:
        return MOST_LISTED
    sizes, times = np.unique(size[size <= MOST_LISTED], return_counts=True)
    few = sizes[np.cumsum(times * (sizes * (sizes - 1) // 2)) <= MOST_PAIRS]
    return max(MOST_SOURCES, int(few.max(initial=0))) if len(few) < len(sizes) else MOST_LISTED


def _merge(keys: I64, counts: I64, waiting: list[I64]) -> tuple[I64, I64]:
    if not waiting:
        return keys, counts
    new, times = np.unique(np.concatenate(waiting), return_counts=True)
    both, place = np.unique(np.concatenate([keys, new]), return_inverse=True)
    total = np.zeros(len(both), np.int64)
    np.add.at(total, place, np.concatenate([counts, times]))
    return both, total


def judge_pairs(m: Material, keep: BOOL, options: TieOptions, strata: Strata | None = None) -> Tested:
    """Test every pair of sources on the talking points that `keep` (by talking point) leaves in.

    The statistic is a weighted number of occasions: documents of the one matched with documents of the
    other that share wording, each document at most once, the rarest wording first, so that one copied
    text with thirty talking points is one occasion. See `exchange` for the null models, `judge` for what both
    must give, `recurring` for sets of three and more, and `tail` for the weights.
    """
    options.check()
    n_sources = len(m.names)
    used, only = kept_uses(m, keep)
    strata = strata or choose(m.time, m.known, m.source, options.width, m.part)
    t = judge_uses(m, used, only, strata)
    share = np.bincount(m.source, minlength=n_sources) / max(1, len(m.source))
    points = t.observed.sum() / max(t.counts.sum(), 1) * t.judged.mean.sum(1)
    crowd = popular(too_popular(used, n_sources, m.counted), share, (t.pairs.a, t.pairs.b))
    return Tested(
        t.pairs.a,
        t.pairs.b,
        t.observed,
        points + crowd,
        t.counts,
        t.judged.mean,
        np.where(t.q_recurring <= LEVEL, np.minimum(t.judged.p, t.q_recurring / max(t.tested, 1)), t.judged.p),
        t.q,
        t.tested,
        strata.width,
        t.judged.moved,
        t.matches,
        t.of,
        t.judged.q_documents,
        t.judged.q_sharing,
        t.q_recurring,
        t.judged.spread,
        t.recur,
        t.lasts,
    )


class Outcome(NamedTuple):
    """What the test makes of uses of wording; by pair but for `tested`, the number of pairs, `matches` and `lasts`."""

    pairs: Pairs
    observed: I64
    counts: I64
    matches: I64
    of: I64
    judged: Judged
    q_recurring: F64
    recur: dict[int, Found]
    tested: int
    lasts: int

    @property
    def q(self) -> F64:
        """The q-value under the stricter null model, or that of a recurring set if it is less."""
        return np.minimum(self.judged.q, self.q_recurring)


def kept_uses(m: Material, keep: BOOL) -> tuple[Uses, BOOL]:
    """Who uses what of the talking points that `keep` leaves in, and which documents only repeat their source."""
    chosen = keep[m.point] if len(m.point) else np.zeros(0, bool)
    used = uses(m.point[chosen], m.document[chosen], m.source, len(m.source))
    only = np.zeros(len(m.source), bool)
    only[used.repeat] = True
    only[used.document] = False
    return used, only


def judge_uses(m: Material, used: Uses, only: BOOL, strata: Strata) -> Outcome:
    """Test all pairs on what they use; `only` marks documents that only repeat their source."""
    n_sources = len(m.names)
    keys, observed = shared_points(used, m.source, n_sources)
    links = link(used, m.time, m.known, n_sources, m.counted)
    pairs = index_pairs(keys, n_sources)
    counts, edges, of = observe(links, m.source, pairs)
    matches = matched_documents(links, edges, m.source)
    when, least = (m.time, m.known), least_apart(m.time, m.known)
    c = corpus(links, m.source, *when, strata, only, n_sources)
    lasts = story_length(matches, of, (pairs.a, pairs.b), m.source, *when, least)
    episode = episode_of(matches, of, *when, lasts)
    told, part, left = counts, np.ones(CLASSES), without_greatest(episode, of, links.cls[edges], len(keys))
    if lasts > least:  # then an episode counts once, and none for much
        told = by_episode(episode, of, links.cls[edges], len(keys))
        part = np.maximum(told.sum(0), 1) / np.maximum(counts.sum(0), 1)
        left = told
    judged = without_one_story(judge(links, c, pairs, told, episodes(episode, of, len(keys)), part), left)
    judged = judged._replace(mean=judged.mean / part)
    beside = partial(company, c.kept)
    sets = recurring(used, m.source, *when, strata, n_sources, judged.spread, lasts, beside)
    q_recurring = np.ones(len(keys))
    at = np.where(among(sets.keys, keys), np.searchsorted(keys, sets.keys), -1)  # -1 for what has no row
    q_recurring[at[at >= 0]] = sets.q[at >= 0]
    recur = {row: one for row, one in zip(at.tolist(), sets.found, strict=True) if row >= 0 and one.q <= LEVEL}
    return Outcome(
        pairs, observed, counts, matches, of, judged, q_recurring, recur, tests(c), lasts if lasts > least else 0
    )
