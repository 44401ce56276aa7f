"""Which documents are worth comparing sentence by sentence: those whose sentences share rare words."""

from __future__ import annotations

import numpy as np

from inchorus.kernel import I64, U32, U64, kernel
from inchorus.match.sentences import Sentences
from inchorus.prepare.corpus import Corpus

# Calibrated on pan13_train without its list of pairs: of the pairs that share a passage these find 0.96
# (translated), 0.96 (words shuffled), 0.98 (summarised) and 1.00 (verbatim), comparing 0.3 % of all pairs.
RARE = 8  # words of a sentence that it is looked up by: the rarest that other documents have too
COMMON = 10  # a word in more than one document of so many is not rare
SHARED = 3  # pairs of rare words that two sentences must share: three words
CROWD = 32  # sentences with the same two rare words that are paired each with each
HUBS = 4  # of a larger crowd each is paired with its first few, so that no wording is too popular to be found


@kernel
def _rare_words(word: U32, bounds: I64, documents: I64, most: int, out: U32) -> None:
    """The rarest words of each sentence, rarest first; unused places hold 2^32 - 1."""
    for s in range(len(bounds) - 1):
        own = np.unique(word[bounds[s] : bounds[s + 1]])
        rank = np.empty(len(own), np.int64)
        n = 0
        for w in own:
            if 2 <= documents[w] <= most:
                rank[n] = (documents[w] << 32) | np.int64(w)
                n += 1
        rank = np.sort(rank[:n])
        for k in range(min(n, out.shape[1])):
            out[s, k] = rank[k] & 0xFFFFFFFF


@kernel
def _keys(rare: U32, keys: U64, sentence: U32) -> int:
    """Pairs of rare words, a row for each sentence that has them; with empty `keys`, only their number."""
    none = np.uint32(0xFFFFFFFF)
    n = 0
    for s in range(rare.shape[0]):
        for i in range(rare.shape[1]):
            for j in range(i + 1, rare.shape[1]):
                if rare[s, j] == none:
                    break
                if len(keys):
                    x = np.uint64(min(rare[s, i], rare[s, j]))
                    y = np.uint64(max(rare[s, i], rare[s, j]))
                    keys[n] = (x << np.uint64(32)) | y
                    sentence[n] = s
                n += 1
    return n


@kernel
def _meetings(keys: U64, sentence: U32, document: U32, source: U32, out: U64) -> int:
    """Pairs of sentences of two sources that share a key; with empty `out`, only their number."""
    n = 0
    lo = 0
    while lo < len(keys):
        hi = lo
        while hi < len(keys) and keys[hi] == keys[lo]:
            hi += 1
        hubs = hi - lo if hi - lo <= CROWD else HUBS
        for i in range(lo, lo + hubs):
            for j in range(i + 1, hi):
                if source[document[sentence[i]]] != source[document[sentence[j]]]:
                    if len(out):
                        out[n] = (np.uint64(sentence[i]) << np.uint64(32)) | np.uint64(sentence[j])
                    n += 1
        lo = hi
    return n


def candidate_pairs(corpus: Corpus, cut: Sentences) -> I64:
    """Pairs of documents of two sources that may share an edited passage: int64, (pairs, 2), sorted."""
    none = np.empty((0, 2), np.int64)
    count = len(cut.bounds) - 1
    rare = np.full((count, RARE), 0xFFFFFFFF, np.uint32)
    most = max(len(corpus.source) // COMMON, 2)
    _rare_words(corpus.word, cut.bounds, corpus.documents, most, rare)
    n = _keys(rare, np.empty(0, np.uint64), np.empty(0, np.uint32))
    if not n:
        return none
    keys, sentence = np.empty(n, np.uint64), np.empty(n, np.uint32)
    _keys(rare, keys, sentence)
    order = np.argsort(keys, kind="stable")
    keys, sentence = keys[order], sentence[order]
    document = np.repeat(np.arange(len(corpus.source), dtype=np.uint32), np.diff(cut.offsets))
    met = np.empty(_meetings(keys, sentence, document, corpus.source, np.empty(0, np.uint64)), np.uint64)
    if not len(met):
        return none
    _meetings(keys, sentence, document, corpus.source, met)
    pairs, times = np.unique(met, return_counts=True)
    pairs = pairs[times >= SHARED]
    a = document[(pairs >> np.uint64(32)).astype(np.int64)].astype(np.uint64)
    b = document[(pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)].astype(np.uint64)
    of_documents = np.unique((np.minimum(a, b) << np.uint64(32)) | np.maximum(a, b))
    return np.stack([of_documents >> np.uint64(32), of_documents & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)
