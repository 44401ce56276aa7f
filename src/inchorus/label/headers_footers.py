"""Fixed wording by its place: what stands at the beginning or the end of nearly all that a source publishes."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, I64, U8
from inchorus.match.families import Families
from inchorus.words.corpus import Corpus

FEWEST = 8  # articles that have shared wording at the place
ALWAYS = 0.5  # of a source's articles, in each third of them
MOST = 0.5  # of a document: what is more is no footer, but a copy


def by_place(corpus: Corpus, families: Families, original: I64, at_start: BOOL, at_end: BOOL) -> U8:
    """1 for each passage that stands where its source has wording of others always: uint8, (passages,).

    `original` is by document (see `article_versions`), `at_start` and `at_end` by passage. A footer that changes every
    month, or an address that changes every week, never stands in many documents of a source; but some footer stands in
    all of them. So a source has fixed wording at a place if half of its articles, at least eight, have shared wording
    there, and half of those of each third of its time: a campaign of some weeks is none. A passage of more than half of
    its document does not count.
    """
    document = families.document.astype(np.int64)
    length = np.diff(corpus.offsets)[document]
    small = (families.end - families.begin) <= MOST * length
    out = np.zeros(len(document), np.uint8)
    for place in (at_start & small, at_end & small):
        always = _always(corpus, original, np.unique(original[document[place]]))
        out |= place & always[corpus.source[document]]
    return out


def _always(corpus: Corpus, original: I64, held: I64) -> BOOL:
    """By source, whether its articles, of which `held` have such wording, always do; documents are in order."""
    article = np.flatnonzero(original == np.arange(len(original)))
    source = corpus.source[article].astype(np.int64)
    has = np.isin(article, held)
    size = np.bincount(source)
    rank = np.arange(len(article)) - (np.cumsum(size) - size)[source]
    third = 3 * source + 3 * rank // size[source]
    n, of = np.bincount(third[has], minlength=3 * len(size)), np.bincount(third, minlength=3 * len(size))
    each = (n >= ALWAYS * of).reshape(-1, 3).all(1)
    return np.asarray(each & (n.reshape(-1, 3).sum(1) >= FEWEST))
