"""The test of shared objects: which pairs of sources meet on more of them than their presence gives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.relate.base_rates import habit
from inchorus.relate.links import CLASSES, Links, without_pairs
from inchorus.relate.near_unshared import Posted, begins, nearness
from inchorus.relate.p_values import q_values, tails
from inchorus.relate.pairs_tested import ROUNDS
from inchorus.relate.permutation_null import Pairs, matched_documents, observe, unlisted
from inchorus.relate.presence import HOUR, Presence, joined, presence
from inchorus.relate.sharing_units import Units
from inchorus.relate.sorted_arrays import distinct
from inchorus.relate.stories import by_episode, episode_of, episodes, story_length
from inchorus.relate.strata import HOUR as MICROSECONDS
from inchorus.relate.strata import Strata
from inchorus.relate.wording import Tested, TieOptions
from inchorus.thresholds import FEWEST_OCCASIONS, LEVEL

SAMPLED = 200_000
TRIMMED = 0.02  # of all pairs: as many may be tied without being taken for structure that all have
_LEAST_TRIMMED = 40  # four groups of five in a small corpus
CANDIDATE = 0.03  # of such p, what a pair shares is set aside at first, to see what the others give it
# Rates differ by two fifths, whatever the bulk shows: with less, 2 of 10 corpora of reposts and mentions had ties.
LEAST_SPREAD, MOST_SPREAD = 0.15, 64.0
_LEAST = 1e-9


class _Compared(NamedTuple):
    """Pairs of sources: `a`, `b`, the `listed` ones that share something first; `weight`, how many each stands for."""

    a: I64
    b: I64
    weight: F64
    listed: int


def judge_meetings(
    links: Links,
    u: Units,
    pairs: Pairs,
    observed: I64,
    strata: Strata,
    n_sources: int,
    options: TieOptions,
    posted: Posted,
    window: float,
) -> Tested:
    """Test `pairs` on the links between their units; `observed` is reported beside. Strata are blocks of time.

    A tie needs occasions in three different hours: what happens in one is one event; where stories last longer than an
    hour (see `story_length`), three episodes, of which each counts once. The occasions of a pair are taken
    as negative binomial, with the spread that the bulk of the pairs has. What pairs share that may be ties is set
    aside, and all are tested against what is left, until those that are tied are those whose links are set aside.
    Who is near one another without sharing more often than presence gives (see `nearness`; `posted` are all documents,
    `window` is in seconds) would share so much more often, too.
    """
    counts, edges, of = observe(links, u.source, pairs)
    matches = matched_documents(links, edges, u.source)
    able = np.bincount(u.source, minlength=n_sources) >= FEWEST_OCCASIONS
    tested = int(able.sum()) * (int(able.sum()) - 1) // 2
    told, often, lasts = _told(counts, matches, of, links.cls[edges], u, pairs)
    enough = (counts.sum(1) >= FEWEST_OCCASIONS) & (often >= FEWEST_OCCASIONS)
    compared, (there, told_by) = _compared(pairs, able), _presence(links, u, strata, n_sources, options)
    nearer = np.ones((len(counts), 1))
    could = pairs.a[enough], pairs.b[enough]
    nearer[enough, 0] = nearness(posted, begins(strata.stratum, u.time), told_by, *could, window)
    # Of the links between two sources only those are occasions on which they did not meet before.
    rate = told.sum(0) / np.maximum(np.bincount(links.cls, minlength=CLASSES), 1)
    total = np.append(told.sum(1), np.zeros(len(compared.a) - len(pairs.a), np.int64))
    aside = np.zeros(len(pairs.a), bool)
    for k in range(ROUNDS + 1):
        rest = without_pairs(links, u.source, pairs.keys[aside], n_sources)
        mean = _means(rest, u, there, compared, rate, aside)
        rows = np.flatnonzero(np.append(able[pairs.a] & able[pairs.b] & ~aside, np.ones(len(mean) - len(aside), bool)))
        wide = max(LEAST_SPREAD, spread(total[rows], mean.sum(1)[rows], compared.weight[rows]))
        p, q = np.ones(len(counts)), np.ones(len(counts))
        p[enough] = tails(told[enough], (mean[: len(counts)] * nearer)[enough], wide)
        q[enough] = q_values(p[enough], tested)
        tied = q <= LEVEL
        if k and not (tied ^ aside).any():
            break
        aside = tied | _candidates(p, compared) if k == 0 else tied
    mean = mean[: len(counts)] * nearer * (np.maximum(counts.sum(0), 1) / np.maximum(told.sum(0), 1))
    moved = _moved(links, u, strata)
    return Tested(
        pairs.a,
        pairs.b,
        observed,
        mean.sum(1),
        counts,
        mean,
        p,
        q,
        tested,
        strata.width,
        moved,
        u.document[matches],
        of,
        lasts=lasts,
    )


def spread(counts: I64, mean: F64, weight: F64) -> float:
    """The variance of the factor, of mean 1, by which pairs depart from their means; 0 where chance alone explains it.

    Beats, cities, languages, circles: sources that have one in common meet more, all others less, and every pair of the
    one kind would be a tie. Genetics calls that population structure and corrects all tests by what their bulk shows
    (genomic control: Devlin and Roeder 1999, doi:10.1111/j.0006-341X.1999.00997.x). Here a count has variance
    m + spread m^2, and the spread is the greater of two. One is sum((o - m)^2 - o) / sum(m^2) without the fiftieth of
    all pairs that is most above its mean, or a third of those that meet; means are then those of what is left. The
    other is what pairs that met just twice give, where few meet at all. Of both, two standard deviations are allowed
    to chance. `weight` is how many pairs each stands for.

    >>> one = np.ones(1000)
    >>> spread(np.tile([3, 4, 5], 334)[:1000], 4 * one, one), round(spread(np.tile([0, 8], 500), 4 * one, one), 1)
    (0.0, 0.8)
    """
    o, m = counts.astype(np.float64), mean.copy()
    most = min(TRIMMED * float(weight.sum()), float((o > 0).sum()) / 3)
    left = len(o) - int(max(most, min(_LEAST_TRIMMED, len(o) / 4)))
    kept = np.argsort((o - m) / np.sqrt(m + 0.05), kind="stable")[:left]
    m[kept] *= min(1.0, float(o[kept].sum()) / max(float((weight[kept] * m[kept]).sum()), _LEAST))
    squares = float((weight[kept] * m[kept] ** 2).sum())
    more = float((weight[kept] * ((o[kept] - m[kept]) ** 2 - o[kept])).sum()) - 2 * np.sqrt(2 * squares)
    rare = mean < 0.5
    given = float((weight[rare] * mean[rare] ** 2 / 2 * np.exp(-mean[rare])).sum())
    twice = float((o[rare] == 2).sum())
    wide = max(more / max(squares, _LEAST), (twice - 2 - 2 * np.sqrt(given)) / max(given, _LEAST) - 1, 0.0)
    return float(round(min(wide, MOST_SPREAD), 6))


def _presence(links: Links, u: Units, strata: Strata, n_sources: int, options: TieOptions) -> tuple[Presence, I64]:
    """Who is there, and how many units of each source say so."""
    level = np.full(len(u.source), CLASSES, np.int64)
    for ends in (links.a, links.b):
        np.minimum.at(level, ends, links.cls)
    sharing = level < CLASSES
    members = sharing if options.null == "sharing" else np.ones(len(level), bool)
    there = presence(u.source, u.time, strata.stratum, np.where(sharing, level // 4, -1), members, n_sources)
    return there, np.bincount(u.source[members], minlength=n_sources)


def _compared(pairs: Pairs, able: BOOL) -> _Compared:
    """The pairs that share something, and those of the others that are tested, too, or so many of them drawn by lot."""
    others = unlisted(pairs, able, SAMPLED)
    each = np.full(len(others.a), others.whole / max(len(others.a), 1))
    weight = np.append(np.ones(len(pairs.a)), each)
    return _Compared(np.append(pairs.a, others.a), np.append(pairs.b, others.b), weight, len(pairs.a))


def _means(rest: Links, u: Units, there: Presence, compared: _Compared, rate: F64, tied: BOOL) -> F64:
    """Occasions of each pair by class, given that nobody tied meets any more; a source's habit of sharing counts.

    `rest` are the links without those of ties. All pairs together have what there is, whatever the habits.
    """
    mean = joined(rest, there, compared.a, compared.b)
    mean *= rate
    habits = habit(rest, u.source, there.cell, len(there.first) - 1)
    both = habits[compared.a] * habits[compared.b]
    sums = mean.sum(1)
    rows = sums * compared.weight
    whole = float(rows.sum())
    factor = both * (whole / max(float((rows * both).sum()), _LEAST))
    of_ties = float((sums * factor)[: compared.listed][tied].sum())
    factor *= whole / max(whole - of_ties, 0.1 * whole + _LEAST)
    mean *= factor[:, None]
    return np.maximum(mean, _LEAST, out=mean)


def _candidates(p: F64, compared: _Compared) -> BOOL:
    """The pairs whose links are set aside at first, no more than may be taken for structure otherwise."""
    most = int(max(TRIMMED * compared.weight.sum(), _LEAST_TRIMMED))
    some = np.argsort(p, kind="stable")[:most]
    out = np.zeros(len(p), bool)
    out[some] = p[some] <= CANDIDATE
    return out


def _told(counts: I64, matches: I64, of: I64, cls: I32, u: Units, pairs: Pairs) -> tuple[I64, I64, int]:
    """What is tested of the occasions of each pair, how many episodes these are, how long a story lasts: 0 an hour."""
    n = len(pairs.a)
    time, known = (u.time * 1e6).astype(np.int64), np.ones(len(u.time), np.int64)
    lasts = story_length(matches, of, (pairs.a, pairs.b), u.source, time, known, MICROSECONDS)
    if lasts == MICROSECONDS:
        return counts, _hours(matches, of, u, n), 0
    episode = episode_of(matches, of, time, known, lasts)
    return by_episode(episode, of, cls, n), episodes(episode, of, n), lasts


def _hours(matches: I64, of: I64, u: Units, n_pairs: int) -> I64:
    """In how many hours of the clock each pair has occasions."""
    hour = (np.minimum(u.time[matches[:, 0]], u.time[matches[:, 1]]) // HOUR).astype(np.int64)
    hour -= hour.min(initial=0)
    hours = int(hour.max(initial=0)) + 1
    return np.bincount(distinct(of * hours + hour) // hours, minlength=n_pairs).astype(np.int64)


def _moved(links: Links, u: Units, strata: Strata) -> float:
    """How likely a unit that shares something would be of another source."""
    linked = np.flatnonzero(np.diff(links.first))
    if not len(linked):
        return 1.0
    key = strata.stratum.astype(np.int64) * (int(u.source.max()) + 1) + u.source
    _, of, own = np.unique(key, return_inverse=True, return_counts=True)
    return float(1 - (own[of] / np.bincount(strata.stratum)[strata.stratum])[linked].mean())
