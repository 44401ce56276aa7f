"""Talking points as they are told: each passage says what its line says."""

from __future__ import annotations

from inchorus.compiled.kernel import I64
from inchorus.match.content import Lexicon
from inchorus.match.families import Families
from inchorus.match.overlaps import paired, settle
from inchorus.match.split import split
from inchorus.options import FindOptions
from inchorus.prepare.corpus import Corpus


def lines(corpus: Corpus, found: Families, words: Lexicon, options: FindOptions, pairs: I64 | None = None) -> Families:
    """Split what does not say the same (see `split`).

    `pairs` limits passages as in `find_passages`. The result is settled.
    """
    apart = split(corpus, found, words, options.min_words, options.min_sources, options.min_similarity)
    return settle(corpus, apart if pairs is None else paired(apart, pairs), options.min_sources)
