"""Ties: every pair of sources tested on wording and on objects; the three tables of it, and how it was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from inchorus.compiled.kernel import BOOL, I64
from inchorus.engine.identifiers import identifier
from inchorus.evidence.paraphrases import of_kinds, of_wordings
from inchorus.evidence.posts import of_posts, whole_posts
from inchorus.labels import left_out
from inchorus.progress import Progress
from inchorus.relate.controls import controls
from inchorus.relate.direction import Direction, Matched, When, directions, precision
from inchorus.relate.evidence import (
    counted_objects,
    counted_wording,
    left_out_wording,
    matched_otherwise,
    reposted_wording,
)
from inchorus.relate.exchangeability_blocks import DAY, alone, declared_parts, languages, parts
from inchorus.relate.explained import declare, explain, layers_apart, looked_up
from inchorus.relate.layers import kept, layers, of_layer
from inchorus.relate.objects import Objects, judge_objects, read_objects
from inchorus.relate.reposted import only_reposted, originals, reposts
from inchorus.relate.strata import choose
from inchorus.relate.tables import group_table, tie_table
from inchorus.relate.wording import Material, Tested, TieOptions, judge_pairs, material
from inchorus.study import Study
from inchorus.thresholds import LEVEL

WORDING = "wording"
POSTS = "posts"
SOME = 5  # objects of a layer that are named


@dataclass(frozen=True)
class Asked:
    """What is asked of `ties`: layers to leave out (None for the default), objects, and how to test.

    `objects` are columns of the documents, or `posts` for near-identical posts; `window` is in seconds.
    `declared` has values by source: where both of a tie have the same, it is explained by that. `whole`: a value of
    a column of objects is one object, whatever it looks like. `within`: columns of the documents; only those with one
    value may exchange their sources. `threads` changes the time and no table. `kinds`: of the talking points that
    count as shared wording (see `evidence.paraphrases.KINDS`).
    """

    without: tuple[str, ...] | None = None
    within: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    window: float = 60.0
    min_participation: int = 1
    declared: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    options: TieOptions = field(default_factory=TieOptions)
    each_layer: bool = True
    whole: bool = False
    threads: int = 1
    kinds: tuple[str, ...] = (WORDING,)


class Related(NamedTuple):
    """The three tables, and what to tell the reader: how the test was made."""

    ties: pa.Table
    groups: pa.Table
    occasions: pa.Table
    facts: dict[str, Any]


def default_layers(study: Study) -> tuple[str, ...]:
    """What is left out where the user says nothing: boilerplate and syndicated, of posts only boilerplate.

    A post that others copied is the very thing to be found; an article that others copied may be an agency's.
    """
    return left_out(of_posts(study))


class _OfKind(NamedTuple):
    """What one kind of sharing gives: its rows of `ties`, the evidence, the test behind them, what to tell of it."""

    table: pa.Table
    evidence: list[pa.Table]
    tested: Tested
    facts: dict[str, Any]


@dataclass(frozen=True)
class _Corpus:
    """What every test of a study goes by.

    `whole`, by passage: it is its document; `within`: how exact times are; `reposts`: what documents have only because
    they repost another, which is in no passage of `m` (see `reposted`).
    """

    study: Study
    m: Material
    whole: BOOL
    within: I64
    doc_ids: pa.Array
    parted_by: Sequence[str]
    reposts: tuple[I64, I64, I64]

    def directions(self, tested: Tested, things: tuple[I64, I64]) -> Direction:
        """Who leads of each tie; `things`: what was shared, and the document, in parallel."""
        when = When(self.m.source, self.m.time, self.m.known, self.within)
        matched = Matched(tested.matches, tested.of, tested.a, tested.b)
        return directions(matched, when, things, tested.q <= LEVEL)


def relate(study: Study, asked: Asked, progress: Progress) -> Related:
    """Test every pair of sources on what they word alike, and on the objects asked for, and find the groups."""
    corpus = _corpus(study, asked)
    wording = _wording(corpus, asked, progress)
    kinds = {WORDING: wording}
    for name in asked.objects:
        with progress.stage(f"ties of {name}", 2, "tests of all pairs") as advance:
            kinds[name] = _objects(corpus, name, asked, progress, advance)
    facts = {**wording.facts, "objects": {name: kinds[name].facts for name in asked.objects}}
    groups = group_table([(name, corpus.m.names, kind.tested) for name, kind in kinds.items()], asked.options.seed)
    ties = pa.concat_tables([kind.table for kind in kinds.values()])
    return Related(ties, groups, pa.concat_tables([rows for kind in kinds.values() for rows in kind.evidence]), facts)


def _corpus(study: Study, asked: Asked) -> _Corpus:
    points, passages = of_kinds(study, asked.kinds), study.passages.select('tp_id, doc_id, start, "end"').arrow()
    of = of_wordings(passages, points)
    m = material(study.documents.select("doc_id, source, time").arrow(), points, passages.filter(of))
    within = precision(np.array(study.documents.select("time_precision").arrow()["time_precision"].to_pylist(), str))
    parted = parts(m.time, m.known, m.source, within < DAY, declared_parts(study, asked.within), languages(study))
    doc_ids = study.documents.select("doc_id").arrow()["doc_id"].combine_chunks().cast(pa.string())
    whole = whole_posts(study)[of.to_numpy()]
    original = originals(study.documents.select("doc_id, repost_of").arrow())
    again = only_reposted(m, original)
    own = m._replace(part=parted.part, point=m.point[~again], document=m.document[~again])
    return _Corpus(study, own, whole[~again], within, doc_ids, parted.by, reposts(m, again, original))


def _wording(corpus: _Corpus, asked: Asked, progress: Progress) -> _OfKind:
    m = corpus.m
    without = default_layers(corpus.study) if asked.without is None else asked.without
    known_layers = layers(m, corpus.whole)
    strata = choose(m.time, m.known, m.source, asked.options.width, m.part)
    keep = kept(known_layers, without)
    with progress.stage("ties", 1, "test of all pairs") as advance:
        tested = judge_pairs(m, keep, asked.options, strata)
        advance(1)
    beside, q_controls = {}, None
    if asked.each_layer:
        with progress.stage("controls", None, "controls") as advance:
            made = controls(m, keep, strata, asked.options.seed, asked.threads)
            advance(made.made)
        beside = {"controls": {"made": made.made, "with_ties": made.with_ties, "ties": list(made.ties)}}
        if made.made:
            q_controls = made.corrected(tested.q)
            tested = tested._replace(q=np.maximum(tested.q, q_controls))
    tied = tested.q <= LEVEL
    each = {}
    runs = layers_apart(known_layers, keep, without) if asked.each_layer else {}
    if runs and tied.any():
        with progress.stage("ties without layers", len(runs), "tests of all pairs") as advance:
            for name, mask in runs.items():
                each[name] = (mask, judge_pairs(m, keep & ~mask, asked.options, strata))
                advance(1)
    explained = explain(m, tested, keep, each)
    declare(explained, tested, asked.declared)
    direction = corpus.directions(tested, (m.point, m.document))
    q_models = tested.q_documents, tested.q_sharing, q_controls
    evidence = [
        counted_wording(m, tested.matches, keep, corpus.doc_ids),
        left_out_wording(m, keep, of_layer(known_layers, without), corpus.doc_ids),
        matched_otherwise(m, tested.matches, keep, corpus.doc_ids),
        reposted_wording(m, corpus.reposts, corpus.doc_ids),
    ]
    facts: dict[str, Any] = {
        "tested": tested.tested,
        "tied": int(tied.sum()),
        "one_model_only": int((((tested.q_documents <= LEVEL) != (tested.q_sharing <= LEVEL)) & ~tied).sum()),
        "as_in_controls": 0 if q_controls is None else int((q_controls > LEVEL).sum()),
        "only_in_sets": int((tied & (np.maximum(tested.q_documents, tested.q_sharing) > LEVEL)).sum()),
        **beside,
        "spread": round(tested.spread, 4),
        "story_days": round(tested.lasts / DAY, 1) or None,
        "strata": tested.strata,
        "parted_by": list(corpus.parted_by),
        "alone": alone(m.names, m.source, strata),
        "moved": round(tested.moved, 4),
        "without": list(without),
        "sources": len(m.names),
        "documents": len(m.source),
    }
    return _OfKind(tie_table(WORDING, m, tested, q_models, direction, explained), evidence, tested, facts)


def _objects(corpus: _Corpus, name: str, asked: Asked, progress: Progress, advance: Callable[[int], object]) -> _OfKind:
    m, n = corpus.m, len(corpus.m.names)
    if name == POSTS:
        o, others = _posts(m, corpus.whole), _texts(corpus.study)
    else:
        o, others = _column(corpus.study, name, asked.whole, progress), None
    layered = asked.each_layer and asked.without != ()
    found = judge_objects(o, m, asked.window, asked.options, asked.min_participation, others, layered)
    advance(1)
    again = replace(asked.options, null="sharing")
    other = judge_objects(o, m, asked.window, again, asked.min_participation, others, layered).tested
    advance(1)
    tested = found.tested
    explained: list[list[dict[str, Any]]] = [[] for _ in tested.a]
    declare(explained, tested, asked.declared)
    direction = corpus.directions(tested, (o.object, o.document))
    sharing = looked_up(tested.a * n + tested.b, other.a * n + other.b, other.q, 1.0)
    evidence = [counted_objects(name, m, tested.matches, (o.object, o.document, o.names), corpus.doc_ids)]
    facts = {
        "read_as": o.read_as,
        "not_lists": o.apart,
        "window": asked.window,
        "min_participation": asked.min_participation,
        "tied": int((tested.q <= LEVEL).sum()),
        "set_aside": {
            layer: {"objects": len(which), "some": [o.names[k] for k in which[:SOME].tolist()]}
            for layer, which in found.aside.items()
        },
        "crowded": found.pairs.crowded,
        "unlisted": found.pairs.unlisted,
        "most_unlisted": found.pairs.bound,
        "uncounted": found.pairs.uncounted,
    }
    q_models = tested.q, sharing, None
    return _OfKind(tie_table(name, m, tested, q_models, direction, explained, found), evidence, tested, facts)


def _column(study: Study, name: str, whole: bool, progress: Progress) -> Objects:
    separator = study.manifest.get("options", {}).get("list_separator")
    column = study.documents.select(identifier(name)).arrow()
    return read_objects(column, name, separator, progress.note, whole)


def _posts(m: Material, whole: BOOL) -> Objects:
    once = np.unique(np.stack([m.point[whole], m.document[whole]], axis=1), axis=0)
    return Objects(once[:, 0], once[:, 1], m.point_ids)


def _texts(study: Study) -> I64:
    """By document a number of its text, the same for equal ones: a post that nobody copied could have been copied."""
    numbers = study.documents.select("hash(trim(text)) >> 1 AS number").arrow()["number"]
    return np.asarray(numbers.to_numpy()).astype(np.int64)
