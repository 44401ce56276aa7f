"""Families of which every passage says what the canonical one says; what does not is gathered apart."""

from __future__ import annotations

import numpy as np

from inchorus.compiled.kernel import BOOL, F64, I64
from inchorus.match.content import Compared, Lexicon, compare
from inchorus.match.edits import KEEP, Edits
from inchorus.match.families import Families
from inchorus.match.filled import filled_in
from inchorus.match.forms import refilled
from inchorus.match.hashes import wording_hashes
from inchorus.match.occurrences import everywhere
from inchorus.match.slots import fillers
from inchorus.match.unturned import usual_heads
from inchorus.words.corpus import Corpus

ROUNDS = 8  # wordings taken out of what one family rejects


def _sources(corpus: Corpus, family: I64, document: I64, n: int) -> I64:
    keys = np.unique((family << 32) | corpus.source[document].astype(np.int64))
    return np.bincount(keys >> 32, minlength=n)


def _heads(corpus: Corpus, family: I64, document: I64, begin: I64, end: I64) -> I64:
    """For each family the row of the wording that most of its sources have, the earliest of them."""
    hashes = np.empty(len(begin), np.uint64)
    wording_hashes(corpus.word, begin, end, hashes)
    _, wording = np.unique(np.stack([family.astype(np.uint64), hashes]), axis=1, return_inverse=True)
    wording = wording.reshape(-1).astype(np.int64)
    held = _sources(corpus, wording, document, int(wording.max(initial=-1)) + 1)[wording]
    order = np.lexsort((begin, document, corpus.earliest[document], begin - end, -held, family))
    return order[np.flatnonzero(np.diff(family[order], prepend=-1))]


def _longest_runs(runs: Edits, n: int) -> tuple[I64, I64, I64, I64]:
    """Of each pair the longest run of words that both have: where it is in the one and in the other."""
    owner = np.repeat(np.arange(n), np.diff(runs.offsets))
    size = np.where(runs.op == KEEP, runs.from_end - runs.from_begin, 0)
    order = np.lexsort((np.arange(len(size)), -size, owner))
    best = order[np.flatnonzero(np.diff(owner[order], prepend=-1))]
    return runs.from_begin[best], runs.from_end[best], runs.to_begin[best], runs.to_end[best]


def split(
    corpus: Corpus, families: Families, words: Lexicon, min_words: int, min_sources: int, min_similarity: float
) -> Families:
    """Keep in each family what says the same as its canonical passage; gather what does not among itself.

    What a passage has in common with a wording that it does not repeat, to the letter and in `min_words` words or
    more, stays a talking point: of that wording alone. The result is unsorted; `settle` brings it in order.
    """
    if not len(families.family):
        return families
    families = usual_heads(corpus, words, families, min_sources)
    family, document = families.family.astype(np.int64), families.document.astype(np.int64)
    begin, end = families.begin.copy(), families.end.copy()
    n = len(families.canonical)
    head = families.canonical[family]
    found = compare(corpus, words, begin[head], end[head], begin, end, min_words)
    filled = fillers(corpus, words, found, document)
    kept = _repeats(corpus, words, found, filled) & ~filled_in(corpus, found, family, document, min_words)
    kept[families.canonical] = True
    alive = _sources(corpus, family[kept], document[kept], n) >= min_sources
    stays = kept & alive[family]
    rows = [_rows(family, document, begin, end, families.similarity, head, stays)]
    pool = np.flatnonzero(~stays & ~(kept & (np.arange(len(family)) == head)))
    runs = _longest_runs(found.runs, len(family))
    # What fills a slot with one thing is gathered with what fills it with the same.
    apart = np.unique(np.stack([family, filled]), axis=1, return_inverse=True)[1].reshape(-1).astype(np.int64)
    made, gathered = _gathered(corpus, words, apart, document, begin, end, pool, min_words, min_sources, min_similarity)
    left = np.setdiff1d(np.flatnonzero(~kept), gathered)
    rows += [*made, *_in_common(document, runs, left, head, min_words)]
    return _families(_everywhere(corpus, _numbered(rows), min_words))


def _everywhere(corpus: Corpus, rows: _Rows, min_words: int) -> _Rows:
    """The families of one wording as one, with every passage of the corpus that has it to the letter.

    Without these a line would have a first source that an earlier document contradicts: 4 of 60 did. A canonical
    passage shorter than `min_words` words is left as it is.
    """
    family, document, begin, end, similarity, canonical = rows
    where = np.flatnonzero(canonical)
    where = where[np.argsort(family[where], kind="stable")]
    long = end[where] - begin[where] >= min_words
    number = np.full(len(where), -1)
    number[long], wording, found, place = everywhere(corpus, begin[where[long]], end[where[long]], min_words)
    size = np.zeros(int(number.max(initial=-1)) + 1, np.int64)
    size[number[number >= 0]] = (end - begin)[where[number >= 0]]
    alone = number < 0
    number[alone] = len(size) + np.arange(int(alone.sum()))
    heads = np.zeros(len(family), np.bool_)
    heads[where[np.unique(number, return_index=True)[1]]] = True
    return (
        np.concatenate([number[family], wording]),
        np.concatenate([document, found]),
        np.concatenate([begin, place]),
        np.concatenate([end, place + size[wording]]),
        np.concatenate([similarity, np.ones(len(wording))]),
        np.concatenate([heads, np.zeros(len(wording), np.bool_)]),
    )


_Rows = tuple[I64, I64, I64, I64, F64, BOOL]


def _rows(family: I64, document: I64, begin: I64, end: I64, similarity: F64, head: I64, which: BOOL | I64) -> _Rows:
    own = np.arange(len(family)) == head
    return family[which], document[which], begin[which], end[which], similarity[which], own[which]


def _repeats(corpus: Corpus, words: Lexicon, found: Compared, filled: I64) -> BOOL:
    """Which passages say what their wording says, and fill no slot and no form of it with something else."""
    return found.same & found.sure & (filled < 0) & ~refilled(corpus, words, found)


def _gathered(
    corpus: Corpus, words: Lexicon, family: I64, document: I64, begin: I64, end: I64, pool: I64, min_words: int,
    min_sources: int, min_similarity: float,
) -> tuple[list[_Rows], I64]:  # fmt: skip
    """Families among what was rejected, each of wordings that say the same; and the rows that are in one."""
    out: list[_Rows] = []
    taken = [np.empty(0, np.int64)]
    for _ in range(ROUNDS):
        groups, of = np.unique(family[pool], return_inverse=True)
        enough = _sources(corpus, of, document[pool], len(groups)) >= min_sources
        pool = pool[enough[of]]
        if not len(pool):
            break
        _, of = np.unique(family[pool], return_inverse=True)
        heads = pool[_heads(corpus, of, document[pool], begin[pool], end[pool])]
        head = heads[of]
        found = compare(corpus, words, begin[head], end[head], begin[pool], end[pool], min_words)
        size = end[head] - begin[head] + end[pool] - begin[pool]
        same = _repeats(corpus, words, found, fillers(corpus, words, found, document[pool]))
        same &= ~filled_in(corpus, found, of, document[pool], min_words)
        same &= 2.0 * found.kept >= min_similarity * size
        good = _sources(corpus, of[same], document[pool][same], len(heads)) >= min_sources
        good &= end[heads] - begin[heads] >= min_words
        which = same & good[of]
        out.append((of[which], document[pool[which]], begin[pool[which]], end[pool[which]],
            2.0 * found.kept[which] / size[which], (pool == head)[which]))  # fmt: skip
        taken.append(pool[which])
        pool = pool[~which & (pool != head)]
    return out, np.concatenate(taken)


def _in_common(document: I64, runs: tuple[I64, I64, I64, I64], left: I64, head: I64, min_words: int) -> list[_Rows]:
    """What the rows that are in no family have in common with the canonical passage, to the letter."""
    a0, a1, b0, b1 = runs
    left = left[a1[left] - a0[left] >= min_words]
    if not len(left):
        return []
    _, first, of = np.unique(np.stack([a0[left], a1[left]]), axis=1, return_index=True, return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    heads = head[left[first]]
    ones = np.ones(len(first) + len(left))
    return [(
        np.concatenate([np.arange(len(first)), of]),
        np.concatenate([document[heads], document[left]]),
        np.concatenate([a0[left[first]], b0[left]]),
        np.concatenate([a1[left[first]], b1[left]]),
        ones,
        np.arange(len(ones)) < len(first),
    )]  # fmt: skip


def _numbered(parts: list[_Rows]) -> _Rows:
    """The rows of all parts, their families numbered without gaps."""
    base, numbered = 0, [(*(np.empty(0, np.int64) for _ in range(4)), np.empty(0), np.empty(0, np.bool_))]
    for family, *rest in parts:
        if len(family):
            numbers = np.unique(family, return_inverse=True)[1].astype(np.int64)
            numbered.append((numbers + base, *rest))
            base += int(numbers.max()) + 1
    family, document, begin, end, similarity, canonical = (np.concatenate(c) for c in zip(*numbered, strict=True))
    return family, document, begin, end, similarity, canonical


def _families(rows: _Rows) -> Families:
    family, document, begin, end, similarity, canonical = rows
    where = np.flatnonzero(canonical)
    return Families(
        family, document.astype(np.uint32), begin, end, similarity, where[np.argsort(family[where], kind="stable")]
    )
