"""The matching stage: from words to talking points and their passages."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import I64
from inchorus.match.candidates import candidate_pairs, index_wordings
from inchorus.match.chains import join, occurrences
from inchorus.match.families import Families, build_families
from inchorus.match.grams import shared_grams
from inchorus.match.merge import merge
from inchorus.match.overlaps import paired, settle
from inchorus.match.paths import compact, segments
from inchorus.match.recruit import recruit
from inchorus.match.sentences import sentences
from inchorus.match.star_clustering import compare_documents, gather
from inchorus.match.stretches import NO_VISITS, Visits, visits
from inchorus.options import FindOptions
from inchorus.progress import Progress
from inchorus.words.corpus import Corpus


class Found(NamedTuple):
    """Talking points, and where documents run through wording that sources share (see `uncovered`)."""

    families: Families
    visits: Visits


def find_passages(corpus: Corpus, options: FindOptions, progress: Progress, pairs: I64 | None = None) -> Found:
    """Find every wording that sources share, and every passage that carries it.

    `pairs` (int64, (pairs, 2), places of documents) limits what is compared with what. Raises nothing:
    a corpus that shares nothing gives no families.
    """
    if pairs is not None:
        pairs = np.ascontiguousarray(pairs[corpus.source[pairs[:, 0]] != corpus.source[pairs[:, 1]]])
    if options.edited:
        return Found(_by_sentences(corpus, options, progress, pairs), NO_VISITS)
    families, pieces = _by_wording(corpus, options, progress)
    return Found(settle(corpus, families if pairs is None else paired(families, pairs), options.min_sources), pieces)


def _by_wording(corpus: Corpus, options: FindOptions, progress: Progress) -> Found:
    """Read shared n-grams as paths, join paths across edits into chains, align their occurrences.

    Time and memory are linear in the words of the corpus.
    """
    words = len(corpus.word)
    with progress.stage("shared n-grams", words, "words") as advance:
        grams, count = shared_grams(corpus, options.gram, options.min_sources, options.workers)
        advance(words)
    with progress.stage("passages", words, "words") as advance:
        pieces = visits(grams, count, corpus.offsets, options.gram, options.min_words)
        paths = compact(grams, count, corpus.offsets)
        runs = segments(grams, corpus.offsets, paths)
        del grams
        chains = join(corpus.word, paths, runs, options.gram)
        found = occurrences(runs, chains, options.gram, options.min_words)
        del runs, paths, chains
        families = build_families(
            corpus, found, options.gram, options.min_words, options.min_sources, options.min_similarity, options.workers
        )
        advance(words)
    with progress.stage("edited passages", words, "words") as advance:
        begin, end = families.begin[families.canonical], families.end[families.canonical]
        families = merge(
            corpus, families, index_wordings(corpus, begin, end), options.min_words, options.min_similarity
        )
        families = recruit(
            corpus, families, sentences(corpus), options.min_words, options.min_similarity, options.workers
        )
        advance(words)
    return Found(families, pieces)


def _by_sentences(corpus: Corpus, options: FindOptions, progress: Progress, pairs: I64 | None) -> Families:
    """Compare documents whose sentences share rare words, sentence by sentence."""
    cut = sentences(corpus)
    if pairs is None:
        with progress.stage("candidates", len(cut.bounds) - 1, "sentences") as advance:
            pairs = candidate_pairs(corpus, cut)
            advance(len(cut.bounds) - 1)
    with progress.stage("passages", len(pairs), "pairs") as advance:
        matches = compare_documents(corpus, cut, pairs, options.min_words, options.workers, advance)
    return settle(corpus, gather(corpus, matches), options.min_sources, tenths=None)
