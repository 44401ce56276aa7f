"""The matching stage: from words to talking points, their passages, labels and ranking."""

from __future__ import annotations

from inchorus.match.chains import join, occurrences
from inchorus.match.families import Families, build_families
from inchorus.match.grams import shared_grams
from inchorus.match.paths import compact, segments
from inchorus.match.settle import settle
from inchorus.options import FindOptions
from inchorus.prepare.corpus import Corpus
from inchorus.progress import Progress


def find_passages(corpus: Corpus, options: FindOptions, progress: Progress) -> Families:
    """Find every wording that sources share, and every passage that carries it.

    Shared n-grams are read as paths, paths joined across edits into chains, and the occurrences of a
    chain aligned with its canonical passage. Time and memory are linear in the words of the corpus.
    """
    words = len(corpus.word)
    with progress.stage("shared n-grams", words, "words") as advance:
        grams, count = shared_grams(corpus, options.gram, options.min_sources, options.workers)
        advance(words)
    with progress.stage("passages", words, "words") as advance:
        paths = compact(grams, count, corpus.offsets)
        runs = segments(grams, corpus.offsets, paths)
        del grams
        chains = join(paths, runs, options.gram)
        found = occurrences(runs, chains, options.gram, options.min_words)
        del runs, paths, chains
        families = build_families(
            corpus,
            found,
            options.gram,
            options.min_words,
            options.min_sources,
            options.min_similarity,
            options.workers,
        )
        settled = settle(corpus, families, options.min_sources)
        advance(words)
    return settled
