"""Frames: what lines that say different things have in common to the letter, and which lines are variations of one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from inchorus.compiled.kernel import BOOL, I64, U8, U32, kernel
from inchorus.match.beside import beside
from inchorus.match.candidates import index_wordings, meetings
from inchorus.match.classes import CONTENT, DIRECTION, NAME, NEGATION, NUMBER
from inchorus.match.content import Lexicon, compare
from inchorus.match.families import Families
from inchorus.match.slots import fillers
from inchorus.match.spans import whole_numbers
from inchorus.words.corpus import Corpus
from inchorus.words.flags import STARTS_LINE, STARTS_SENTENCE

LOOK = 64  # passages that begin before another and are tried as holding it
LEAST = 0.5  # of `min_words` ordinary words that two lines of one frame have in common at least
HOLDERS = 2  # longer talking points that a wording is asked to be the frame of
SHORT = 2  # times `min_words`: a longer wording says enough beside a number that it begins in the middle of
MARGIN = 16  # words on each side of a wording that are looked at: where it ends, something else begins


class Rows(NamedTuple):
    """Passages sorted by document, then place; one entry a passage."""

    document: U32
    begin: I64
    end: I64
    family: I64


class Frames(NamedTuple):
    """One entry a talking point.

    of (int64): the talking point that it is linked to as a variation, the centre of its frame, -1 if there is none.
    bare (bool): it is what variations have in common, and nobody says it but as a part of them. turned (bool): that,
    where some have before it what turns it round, and others may say just its words (see `lines.Lines.common`).
    """

    of: I64
    bare: BOOL
    turned: BOOL


@kernel
def _holding(document: U32, begin: I64, end: I64, family: I64, asked: U8, holds: U8, more: int, out: I64) -> int:
    """Rows (held, holding) of passages, sorted by document and begin; with no room, only their number.

    Of the families that are `asked` about those held by passages, of families that `holds` marks, with `more` words.
    """
    n = 0
    for i in range(len(document)):
        if not asked[family[i]]:
            continue
        for step in range(1, 2 * LOOK):
            j = i - (step + 1) // 2 if step % 2 else i + step // 2
            if j < 0 or j >= len(document) or document[j] != document[i] or family[j] == family[i]:
                continue
            if not holds[family[j]]:
                continue
            if begin[j] <= begin[i] and end[j] >= end[i] and end[j] - begin[j] >= end[i] - begin[i] + more:
                if n < out.shape[1]:
                    out[0, n], out[1, n] = i, j
                n += 1
    return n


def no_frames(families: Families) -> Frames:
    """That no family is of a frame."""
    n = len(families.canonical)
    return Frames(np.full(n, -1), np.zeros(n, np.bool_), np.zeros(n, np.bool_))


def frames(corpus: Corpus, words: Lexicon, families: Families, min_words: int, common: int = 0) -> Frames:
    """Find what is a frame, and what is a variation of which line, among families sorted by number.

    The last `common` of them are known to be what lines have in common that turn it round (see `lines`).

    A wording to the letter is a frame where a longer line has it, and wherever that line does not, what stands around
    it is that line turned: another number, name, negation (see `compare`). Lines are variations of each other where
    such a wording shows it, or where most of their words are the same and something stands in the place of something
    else. Each is linked to the widest of those that it varies.
    """
    n = len(families.canonical)
    order = np.lexsort((-families.end, families.begin, families.document))
    rows = Rows(families.document[order], families.begin[order], families.end[order], families.family[order])
    turned = np.arange(n) >= n - common
    bare, links = _bare(corpus, words, rows, _within(families, rows, turned, n), n, min_words)
    bare |= turned | _cut(corpus, words, families, n, min_words)
    links = np.concatenate(
        [links, _alike(corpus, words, families, bare, min_words), _of_turned(corpus, words, rows, turned)], axis=1
    )
    return Frames(stars(links, _sources(corpus, families), bare), bare, turned)


def _cut(corpus: Corpus, words: Lexicon, families: Families, n: int, min_words: int) -> BOOL:
    """Which short talking points begin or end within a number in most of their passages: each is about another one."""
    begin, end = whole_numbers(corpus, words, families.begin, families.end)
    cut = np.bincount(families.family, weights=(begin < families.begin) | (end > families.end), minlength=n)
    size = (families.end - families.begin)[families.canonical]
    out: BOOL = (2 * cut > np.bincount(families.family, minlength=n)) & (size < SHORT * min_words)
    return out


def _of_turned(corpus: Corpus, words: Lexicon, rows: Rows, turned: BOOL) -> I64:
    """Pairs of what lines have in common that turn it round, and the widest of these, by what they have before it."""
    if not turned.any():
        return np.empty((2, 0), np.int64)
    held, holding = _held(rows, turned, ~turned, 0)
    before = beside(corpus, words.turns.kinds, rows.begin[held])[0]
    (inner, how, outer), votes = np.unique(
        np.stack([rows.family[held], before, rows.family[holding]]), axis=1, return_counts=True
    )
    rank = np.lexsort((outer, -votes, how, inner))
    first = (np.diff(inner[rank], prepend=-1) != 0) | (np.diff(how[rank], prepend=-1) != 0)
    chosen = rank[first]
    return np.stack([inner[chosen], outer[chosen]])


def _held(rows: Rows, asked: BOOL, holds: BOOL, more: int) -> I64:
    """Rows (held, holding) of passages, as in `_holding`."""
    which = asked.astype(np.uint8), holds.astype(np.uint8), int(np.int64(more))
    out = np.empty((2, 0), np.int64)
    out = np.empty((2, _holding(*rows, *which, out)), np.int64)
    _holding(*rows, *which, out)
    return out


def _within(families: Families, rows: Rows, turned: BOOL, n: int) -> I64:
    """Rows (held, holding): passages of wordings to the letter, and longer passages of others that have them whole."""
    least = np.ones(n)
    np.minimum.at(least, families.family, families.similarity)
    out = _held(rows, (least == 1) & ~turned, ~turned, 1)
    # A place that two passages of one line hold counts once.
    keys = np.stack([out[0], rows.family[out[1]]])
    return out[:, np.sort(np.unique(keys, axis=1, return_index=True)[1])]


class _Pairs(NamedTuple):
    """One entry a wording and a longer line that has it: both families, and one passage of the line that has it.

    line: the place of the wording in that passage. at: of each row (held, holding) its pair, or -1. before, after:
    words of that passage on each side, `MARGIN` at most.
    """

    inner: I64
    outer: I64
    line: I64
    at: I64
    before: I64
    after: I64


def _pairs(rows: Rows, within: I64) -> _Pairs:
    """For each wording the `HOLDERS` longer lines that hold most of its places, two at least."""
    held, holding = within
    keys, shown, number, votes = np.unique(
        rows.family[held] << 32 | rows.family[holding], return_index=True, return_inverse=True, return_counts=True
    )
    inner, outer = keys >> 32, keys & 0xFFFFFFFF
    ranked = np.lexsort((outer, -votes, inner))
    first = np.flatnonzero(np.diff(inner[ranked], prepend=-1))
    rank = np.arange(len(ranked)) - np.repeat(first, np.diff(np.append(first, len(ranked))))
    chosen = np.sort(ranked[(rank < HOLDERS) & (votes[ranked] > 1)])
    to_chosen = np.full(len(keys), -1)
    to_chosen[chosen] = np.arange(len(chosen))
    line, wording = holding[shown[chosen]], held[shown[chosen]]
    before = np.minimum(rows.begin[wording] - rows.begin[line], MARGIN)
    after = np.minimum(rows.end[line] - rows.end[wording], MARGIN)
    return _Pairs(inner[chosen], outer[chosen], wording, to_chosen[number], before, after)


def _bare(corpus: Corpus, words: Lexicon, rows: Rows, within: I64, n: int, min_words: int) -> tuple[BOOL, I64]:
    """Which families are frames; and pairs of families that they link."""
    bare = np.zeros(n, np.bool_)
    if not within.shape[1]:
        return bare, within
    held, holding = within
    p = _pairs(rows, within)
    which, place = _elsewhere(rows, held, p, n)
    # What is said as a whole sentence somewhere is a statement of its own.
    alone = np.bincount(which[_sentences(corpus, rows.begin[place], rows.end[place])], minlength=len(p.inner)) > 0
    which, place = which[~alone[which]], place[~alone[which]]
    document = rows.document[place].astype(np.int64)
    begin, end = rows.begin[p.line] - p.before, rows.end[p.line] + p.after
    found = compare(
        corpus, words, begin[which], end[which],
        np.maximum(rows.begin[place] - p.before[which], corpus.offsets[document]),
        np.minimum(rows.end[place] + p.after[which], corpus.offsets[document + 1]), min_words,
    )  # fmt: skip
    turned = found.enough & (~found.same | (fillers(corpus, words, found, document) >= 0))
    free = np.bincount(which[~found.enough], minlength=len(p.inner))
    is_frame = (np.bincount(which[turned], minlength=len(p.inner)) > 0) & (free == 0)
    bare[p.inner[is_frame]] = True
    turns = np.zeros(len(rows.family), np.bool_)
    turns[place[turned & is_frame[which]]] = True
    varied = turns[held]
    return bare, np.concatenate(
        [
            np.stack([p.inner[is_frame], p.outer[is_frame]]),
            np.stack([rows.family[held[varied]], rows.family[holding[varied]]]),
        ],
        axis=1,
    )


def _elsewhere(rows: Rows, held: I64, p: _Pairs, n: int) -> tuple[I64, I64]:
    """Every place of each pair's wording that its line does not have: the pair, and the row."""
    by = np.argsort(rows.family, kind="stable")
    size = np.bincount(rows.family, minlength=n)
    start = np.cumsum(size) - size
    count = size[p.inner]
    which = np.repeat(np.arange(len(p.inner)), count)
    step = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    place = by[step + np.repeat(start[p.inner], count)]
    known = p.at >= 0
    m = len(rows.family)
    inside = np.isin(which * m + place, p.at[known] * m + held[known], kind="sort")
    return which[~inside], place[~inside]


def _sentences(corpus: Corpus, begin: I64, end: I64) -> BOOL:
    """Which spans are whole sentences."""
    document = np.searchsorted(corpus.offsets, begin, "right") - 1
    begins = STARTS_SENTENCE | STARTS_LINE
    behind = corpus.flags[np.minimum(end, len(corpus.flags) - 1)] & begins
    out: BOOL = ((end == corpus.offsets[document + 1]) | (behind != 0)) & (corpus.flags[begin] & begins != 0)
    return out


def _alike(corpus: Corpus, words: Lexicon, families: Families, bare: BOOL, min_words: int) -> I64:
    """Pairs of lines that have most in common, and something in the place of something else, or what turns the one."""
    rows = np.flatnonzero(~bare)
    begin, end = families.begin[families.canonical[rows]], families.end[families.canonical[rows]]
    index = index_wordings(corpus, begin, end)
    a, b = meetings(index.keys, index.of_key, len(rows))
    found = compare(corpus, words, begin[a], end[a], begin[b], end[b], LEAST * min_words)
    other = np.isin(found.of_run.classes, (NUMBER, NAME, NEGATION, DIRECTION, CONTENT)) | found.of_run.fatal
    owner = np.repeat(np.arange(len(a)), np.diff(found.runs.offsets))
    good = found.enough & (np.bincount(owner[other], minlength=len(a)) > 0)
    return np.stack([rows[a[good]], rows[b[good]]])


def _sources(corpus: Corpus, families: Families) -> I64:
    keys = np.unique(np.stack([families.family, corpus.source[families.document].astype(np.int64)]), axis=1)
    return np.bincount(keys[0], minlength=len(families.canonical))


def stars(links: I64, sources: I64, bare: BOOL) -> I64:
    """For each talking point the one that it is linked to and that is of no other, or -1.

    What is `bare` comes first, as it is what variations have in common, then what has most sources.
    """
    n = len(sources)
    both = np.unique(np.concatenate([links, links[::-1]], axis=1), axis=1)
    starts = np.searchsorted(both[0], np.arange(n + 1)).tolist()
    to = both[1].tolist()
    out = [-1] * n
    linked = np.unique(both[0])
    for i in linked[np.lexsort((linked, -sources[linked], ~bare[linked]))].tolist():
        free = [j for j in to[starts[i] : starts[i + 1]] if out[j] < 0 and j != i]
        if out[i] < 0 and free:
            for j in (i, *free):
                out[j] = i
    # What is linked to no centre is of the frame of the widest line that it is linked to.
    near = {
        i: min((j for j in to[starts[i] : starts[i + 1]] if out[j] >= 0), key=lambda j: (-sources[j], j), default=-1)
        for i in linked.tolist()
        if out[i] < 0
    }
    for i, j in near.items():
        out[i] = out[j] if j >= 0 else -1
    return np.array(out, np.int64)
