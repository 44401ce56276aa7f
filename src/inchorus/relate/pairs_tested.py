"""The test of pairs of sources: what stands under both null models, beside the structure that nobody declared."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I32, I64
from inchorus.relate.base_rates import habit
from inchorus.relate.company import Kept, company, hours, kept
from inchorus.relate.expected_counts import Drawn, drawn, joined, joins, matched
from inchorus.relate.links import CLASSES, Links, without_pairs
from inchorus.relate.overdispersion import spread
from inchorus.relate.p_values import q_values, tails
from inchorus.relate.permutation_null import Pairs, Unlisted, unlisted
from inchorus.relate.strata import Strata
from inchorus.thresholds import FEWEST_OCCASIONS, LEVEL

ROUNDS = 20
# One story of a day, told in ten lines, and two occasions by chance are three episodes: a tie is what still has this
# p-value at most without the story (docs/decisions/076).
STORY = 0.2
_LEAST = 1e-9


class Corpus(NamedTuple):
    """What does not change from round to round; `source`, `stratum`, `only_repeats` (its source) are by document.

    `kept` has the hours of all documents that are no repeats, and what they share.
    """

    source: I32
    stratum: I32
    only_repeats: BOOL
    sources: int
    able: BOOL
    kept: Kept


class Judged(NamedTuple):
    """By pair: means by class and p under each null model, and the greater; `spread` is one number (see `spread`)."""

    mean: F64
    p_documents: F64
    p_sharing: F64
    q_documents: F64
    q_sharing: F64
    spread: float
    moved: float

    @property
    def p(self) -> F64:
        """The p-value under the stricter null model."""
        return np.maximum(self.p_documents, self.p_sharing)

    @property
    def q(self) -> F64:
        """The q-value under the stricter null model."""
        return np.maximum(self.q_documents, self.q_sharing)


def corpus(
    links: Links, source: I32, time: I64, known: I64, strata: Strata, only_repeats: BOOL, n_sources: int
) -> Corpus:
    """What the test needs of the documents. Sources without three documents cannot have three occasions: no test."""
    able = np.bincount(source[~only_repeats], minlength=n_sources) >= FEWEST_OCCASIONS
    there = hours(source, time, known, strata.stratum, ~only_repeats, n_sources)
    return Corpus(source, strata.stratum, only_repeats, n_sources, able, kept(there, links))


def tests(c: Corpus) -> int:
    """How many pairs of sources are tested, those that share nothing among them."""
    n = int(c.able.sum())
    return n * (n - 1) // 2


def judge(links: Links, c: Corpus, pairs: Pairs, counts: I64, episodes: I64, part: F64) -> Judged:
    """Test `counts`, occasions of `pairs` by class, under both null models; ties are set aside until none is new.

    `part`, by class, of all occasions is counted: one an episode where stories last long.
    Under `documents` all documents of a stratum may exchange their sources, and the mean of a pair is multiplied by its
    habits of sharing at all; under `sharing` only those that share wording do, and the structure that is left shows
    as the spread of the pairs' rates. Under both the mean of a pair that could be a tie is multiplied by the
    `company` that the two keep without sharing. A tie needs both, and three `episodes` (and see `without_one_story`).
    """
    enough = (counts.sum(1) >= FEWEST_OCCASIONS) & (episodes >= FEWEST_OCCASIONS) & c.able[pairs.a] & c.able[pairs.b]
    sharing = np.zeros(len(c.source), bool)
    sharing[links.a], sharing[links.b] = True, True
    models = tuple(_model(links, c, members, part) for members in (~c.only_repeats, sharing))
    other = unlisted(pairs, c.able)
    beside = np.ones(len(pairs.a))
    beside[enough] = company(c.kept, pairs.a[enough], pairs.b[enough])
    rest, tied, found = links, np.zeros(len(pairs.a), bool), None
    for _ in range(ROUNDS):
        found = _round(rest, models, c, pairs, other, counts, enough, beside, tied)
        new = found.q <= LEVEL
        if not (new & ~tied).any():
            break
        tied |= new
        rest = without_pairs(links, c.source, pairs.keys[tied], c.sources)
    assert found is not None
    return found


def without_one_story(judged: Judged, left: I64) -> Judged:
    """The same, with what would be a tie by its greatest episode alone at the p of the occasions that are `left`.

    `left` (pairs, classes) are the occasions of each pair without that episode; they are held against the whole mean
    of the pair under its stricter null model. A p of `STORY` at most is enough, and changes nothing.
    """
    p = np.zeros(len(left))
    documents = judged.p_documents > judged.p_sharing
    for stricter, factor in ((documents, 0.0), (~documents, judged.spread)):
        rows = np.flatnonzero(stricter & (judged.q <= LEVEL))
        p[rows] = tails(left[rows], judged.mean[rows], factor)
    least = np.where(p > STORY, p, 0.0)
    names = ("p_documents", "p_sharing", "q_documents", "q_sharing")
    return judged._replace(**{name: np.maximum(getattr(judged, name), least) for name in names})


class _Model(NamedTuple):
    drawn: Drawn
    part: F64
    moved: float


def _model(links: Links, c: Corpus, members: BOOL, counted: F64) -> _Model:
    part, moved = matched(links, c.source, c.stratum, members, c.sources) if len(links.a) else (np.ones(CLASSES), 1.0)
    return _Model(drawn(c.source, c.stratum, members, c.sources), part * counted, moved)


def _round(
    rest: Links,
    models: tuple[_Model, ...],
    c: Corpus,
    pairs: Pairs,
    other: Unlisted,
    counts: I64,
    enough: BOOL,
    beside: F64,
    tied: BOOL,
) -> Judged:
    habits = habit(rest, c.source, c.stratum, c.sources)
    made = joins(rest, c.stratum, int(c.stratum.max(initial=-1)) + 1)
    a, b = np.concatenate([pairs.a, other.a]), np.concatenate([pairs.b, other.b])
    means, squares = [], 0.0
    for model in models:
        best = joined(made, model.drawn, a, b) * model.part
        mean, unmet = best[: len(pairs.a)], best[len(pairs.a) :].sum(1)
        if model is models[0]:
            both = habits[a] * habits[b]
            kept = best.sum() / max(float((best.sum(1) * both).sum()), _LEAST)
            mean, unmet = mean * (both[: len(mean)] * kept)[:, None], unmet * both[len(mean) :] * kept
        whole = float(mean.sum() + unmet.mean() * other.whole) if len(unmet) else float(mean.sum())
        scale = whole / max(whole - float(mean[tied].sum()), 0.1 * whole + _LEAST)
        means.append(np.maximum(mean * scale, _LEAST))
        squares = other.whole * float(((unmet * scale) ** 2).mean()) if len(unmet) else 0.0
    rows = ~tied & c.able[pairs.a] & c.able[pairs.b]
    wide = spread(counts[rows].sum(1), means[1][rows].sum(1), other.whole, squares)
    p = []
    for mean, factor in zip(means, (0.0, wide), strict=True):
        one = np.ones(len(counts))
        one[enough] = tails(counts[enough], mean[enough] * beside[enough, None], factor)
        p.append(one)
    q = [np.ones(len(counts)), np.ones(len(counts))]
    for one, of in zip(p, q, strict=True):
        of[enough] = q_values(one[enough], tests(c))
    stricter = np.where((p[0] > p[1])[:, None], means[0], means[1]) * beside[:, None]
    moved = min(model.moved for model in models)
    return Judged(stricter, p[0], p[1], q[0], q[1], wide, moved)
